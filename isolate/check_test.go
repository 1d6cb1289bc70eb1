package isolate

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestWhatCannotBeIsRefused(t *testing.T) {
	good := func() Spec { return Spec{Rootfs: "/r", Args: []string{"/x"}} }
	for _, test := range []struct {
		name   string
		host   Host
		change func(*Spec)
		want   []string // fields
	}{
		{"nothing wrong", Host{}, func(s *Spec) {}, nil},
		{"empty", Host{}, func(s *Spec) { *s = Spec{} }, []string{"Args", "Rootfs"}},
		{"an empty command", Host{}, func(s *Spec) { s.Args[0] = "" }, []string{"Args"}},
		{"no PATH", Host{}, func(s *Spec) { s.Args[0], s.Env = "x", []string{} }, []string{"Args"}},
		{"a relative PATH", Host{}, func(s *Spec) { s.Args[0], s.Env = "x", []string{"PATH=.:bin"} }, []string{"Args"}},
		{"a name that climbs", Host{}, func(s *Spec) { s.Name = ".." }, []string{"Name"}},
		{"a name with a slash", Host{}, func(s *Spec) { s.Name = "a/b" }, []string{"Name"}},
		{"a long name", Host{}, func(s *Spec) { s.Name = strings.Repeat("x", 64) }, []string{"Name"}},
		{"a zero byte", Host{}, func(s *Spec) { s.Env = []string{"A=\x00"} }, []string{"Spec"}},
		{"a long host name", Host{}, func(s *Spec) { s.Hostname = strings.Repeat("x", 65) }, []string{"Hostname"}},
		{"a root without mounts", Host{}, func(s *Spec) { s.Open = MountNS }, []string{"Open"}},
		{"no user namespace, no root", Host{UID: 5}, func(s *Spec) { s.Open = UserNS }, []string{"Open"}},
		{"another user without root", Host{UID: 5}, func(s *Spec) { s.User.UID = 7 }, []string{"User"}},
		{"groups without root", Host{UID: 5}, func(s *Spec) { s.User.Groups = []uint32{1} }, []string{"User.Groups"}},
		{"ids that are not one's own", Host{UID: 5}, func(s *Spec) { s.UIDs = []IDMap{{0, 0, 1}} }, []string{"UIDs[0]"}},
		{"an empty map", Host{}, func(s *Spec) { s.UIDs = []IDMap{{0, 0, 1}, {5, 5, 0}} }, []string{"UIDs[1]"}},
		{"a map beyond the last", Host{}, func(s *Spec) { s.UIDs = []IDMap{{0, 0, 1}, {5, 1<<32 - 1, 2}} }, []string{"UIDs[1]"}},
		{"root is not mapped", Host{}, func(s *Spec) { s.UIDs, s.User.UID = []IDMap{{1, 1, 9}}, 2 }, []string{"UIDs"}},
		{"clocks without a namespace", Host{}, func(s *Spec) { s.Open, s.Clock.Boottime = TimeNS, time.Second }, []string{"Clock"}},
		{"too little memory", Host{}, func(s *Spec) { s.Limits.Memory = MinMemory - 1 }, []string{"Limits.Memory"}},
		{"too little for the arguments", Host{}, func(s *Spec) { s.Limits.Memory, s.Args = MinMemory+100, append(s.Args, strings.Repeat("x", 1000)) }, []string{"Limits.Memory"}},
		{"negative", Host{}, func(s *Spec) { s.Limits.PIDs = -1 }, []string{"Limits"}},
		{"swap without memory", Host{}, func(s *Spec) { s.Limits.Swap = 1 }, []string{"Limits.Swap"}},
		{"processors by name", Host{}, func(s *Spec) { s.Limits.CPUs = "first" }, []string{"Limits.CPUs"}},
		{"scratch on the caller's root", Host{}, func(s *Spec) { s.Open, s.Scratch = Root, 1<<20 }, []string{"Scratch"}},
		{"less than a hundredth", Host{}, func(s *Spec) { s.Limits.CPU = 9 }, []string{"Limits.CPU"}},
		{"no such controller", Host{Cgroups: []Controller{}}, func(s *Spec) { s.Limits = Limits{PIDs: 1, CPU: 100} }, []string{"Limits", "Limits"}},
		{"a relative target", Host{}, func(s *Spec) { s.Mounts = []Mount{{Kind: Tmpfs, Target: "tmp"}} }, []string{"Mounts[0].Target"}},
		{"the root as a target", Host{}, func(s *Spec) { s.Mounts = []Mount{{Kind: Tmpfs, Target: "//"}} }, []string{"Mounts[0].Target"}},
		{"a target that climbs", Host{}, func(s *Spec) { s.Mounts = []Mount{{Kind: Tmpfs, Target: "/a/../b"}} }, []string{"Mounts[0].Target"}},
		{"a relative source", Host{}, func(s *Spec) { s.Mounts = []Mount{{Kind: Bind, Source: "a", Target: "/a"}} }, []string{"Mounts[0].Source"}},
		{"no kind", Host{}, func(s *Spec) { s.Mounts = []Mount{{Target: "/a"}} }, []string{"Mounts[0].Kind"}},
		{"half an overlay", Host{}, func(s *Spec) { s.Mounts = []Mount{{Kind: Overlay, Lower: []string{"/l"}, Upper: "/u", Target: "/a"}} }, []string{"Mounts[0]"}},
		{"mounts on the caller's root", Host{}, func(s *Spec) { s.Open, s.Mounts = Root, []Mount{{Kind: Tmpfs, Target: "/a"}} }, []string{"Mounts"}},
		{"capabilities beyond the bound", Host{}, func(s *Spec) { s.Capabilities.Permitted = 1 }, []string{"Capabilities"}},
		{"no such limit", Host{}, func(s *Spec) { s.Rlimits = []Rlimit{{"files", 1, 1}} }, []string{"Rlimits[0]"}},
		{"soft above hard", Host{}, func(s *Spec) { s.Rlimits = []Rlimit{{"core", 2, 1}} }, []string{"Rlimits[0]"}},
		{"no such call", Host{}, func(s *Spec) { s.Syscalls = []string{"read", "raed"} }, []string{"Syscalls[1]"}},
		{"the size of no terminal", Host{}, func(s *Spec) { s.TerminalSize.Rows = 24 }, []string{"TerminalSize"}},
		{"no such architecture", Host{Arch: "mips"}, func(s *Spec) {}, []string{"Host.Arch"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := good()
			test.change(&s)
			_, err := Build(s, test.host)
			var wrong *SpecError
			var got []string
			if errors.As(err, &wrong) {
				for _, p := range wrong.Problems {
					got = append(got, p.Field)
					require.NotEmpty(t, p.Wrong)
				}
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("fields (-want +got):\n%s\n%v", d, err)
			}
		})
	}
}

// Whatever a spec says, Build answers with an error or with a plan that ends in the command.
func TestBuildAlwaysAnswers(t *testing.T) {
	text := rapid.SampledFrom([]string{"", "/", "/a", "a", "..", "/a/../b", "x\x00", "PATH=/a:/b", "ünïcode", strings.Repeat("x", 70)})
	texts := rapid.SliceOfN(text, 0, 3)
	number := rapid.SampledFrom([]int64{-1, 0, 1, 9, 500, MinMemory, 1 << 40})
	id := rapid.SampledFrom([]uint32{0, 1, 5, 1000, 1<<32 - 1})
	maps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) IDMap { return IDMap{id.Draw(t, "in"), id.Draw(t, "out"), id.Draw(t, "size")} }), 0, 2)
	mount := rapid.Custom(func(t *rapid.T) Mount {
		return Mount{Kind: rapid.SampledFrom([]MountKind{Bind, Tmpfs, Overlay, "x"}).Draw(t, "kind"), Source: text.Draw(t, "source"), Target: text.Draw(t, "target"),
			File: rapid.Bool().Draw(t, "file"), Lower: texts.Draw(t, "lower"), Upper: text.Draw(t, "upper"), Work: text.Draw(t, "work")}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := Spec{Name: text.Draw(t, "name"), Rootfs: text.Draw(t, "rootfs"), Args: texts.Draw(t, "args"), Env: texts.Draw(t, "env"), Dir: text.Draw(t, "dir"),
			User: User{UID: id.Draw(t, "uid"), GID: id.Draw(t, "gid")}, Hostname: text.Draw(t, "host"), Open: Walls(rapid.Uint32().Draw(t, "open")) & AllWalls,
			UIDs: maps.Draw(t, "uids"), GIDs: maps.Draw(t, "gids"), Mounts: rapid.SliceOfN(mount, 0, 2).Draw(t, "mounts"),
			Limits:       Limits{Memory: number.Draw(t, "memory"), PIDs: number.Draw(t, "pids"), CPU: number.Draw(t, "cpu"), Weight: number.Draw(t, "weight")},
			Capabilities: Keep(CapabilitySet(rapid.Uint64().Draw(t, "caps")), User{UID: id.Draw(t, "for")}), ReadOnly: rapid.Bool().Draw(t, "ro")}
		h := Host{UID: id.Draw(t, "caller"), Arch: rapid.SampledFrom([]Arch{AMD64, ARM64}).Draw(t, "arch")}
		p, err := Build(s, h)
		var wrong *SpecError
		if err != nil {
			require.ErrorAs(t, err, &wrong)
			require.NotEmpty(t, err.Error())
			return
		}
		last := slices.IndexFunc(p.Steps, func(s Step) bool { return s.By == After })
		if last < 0 {
			last = len(p.Steps)
		}
		require.Equal(t, "execve", p.Steps[last-1].Call)
		require.NotEmpty(t, p.String())
	})
}
