package isolate

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The hosts plans are tried on: as root and not, with each kind of cgroups, on both architectures.
var (
	rootV2   = Host{}
	nobodyV2 = Host{UID: 65534, GID: 65534}
	rootV1   = Host{Cgroups: []Controller{{Name: "memory", Dir: "/cg/memory/a"}, {Name: "pids", Dir: "/cg/pids"}, {Name: "cpu", Dir: "/cg/cpu"}}}
	rootARM  = Host{Arch: ARM64}
	hosts    = map[string]Host{"root, v2": rootV2, "nobody, v2": nobodyV2, "root, v1": rootV1, "root, arm64": rootARM}
)

func plan(t testing.TB, s Spec, h Host) Plan {
	t.Helper()
	if s.Rootfs == "" {
		s.Rootfs = "/r"
	}
	if s.Args == nil {
		s.Args = []string{"/bin/true"}
	}
	p, err := Build(s, h)
	require.NoError(t, err)
	return p
}

// lines are a plan's calls by an actor as explain prints them.
func lines(p Plan, by Actor) []string {
	var all []string
	for i, s := range p.Steps {
		if s.By == by {
			all = append(all, p.Line(i))
		}
	}
	return all
}

func TestEveryStepSaysWhyAndWhere(t *testing.T) {
	limits := Limits{Memory: 64 << 20, PIDs: 20, CPU: 500, Weight: 50}
	for name, h := range hosts {
		t.Run(name, func(t *testing.T) {
			p := plan(t, Spec{Limits: limits, ReadOnly: true}, h)
			for i, s := range p.Steps {
				require.NotEmpty(t, s.Why, p.Line(i))
				require.NotEmpty(t, s.Man, p.Line(i))
				require.NotContains(t, p.Line(i), "?", "every argument has a spelling")
				if s.Call != checkCall && s.Call != netlinkCall {
					_, known := p.Arch.number(s.Call)
					require.True(t, known, "%s has no %s", p.Arch, s.Call)
				}
			}
		})
	}
}

// A result is used only after the step that gives it, and never by what stays when that step is left out.
func TestResultsComeBeforeTheirUse(t *testing.T) {
	for name, h := range hosts {
		t.Run(name, func(t *testing.T) {
			p := plan(t, Spec{Limits: Limits{Memory: 64 << 20, PIDs: 2}, Mounts: []Mount{{Kind: Tmpfs, Target: "/a/b"}, {Kind: Bind, Source: "/s", Target: "/c"}}}, h)
			given := map[uint64]bool{}
			for r := refPID; r < firstFree; r++ {
				given[uint64(r)] = true
			}
			left := map[uint64]int{} // results that may not be there, with the last step that may use them
			for i, s := range p.Steps {
				for _, a := range s.Args {
					if a.Kind != Result {
						continue
					}
					require.True(t, given[a.Value], "%s uses what nobody gave", p.Line(i))
					if last, ok := left[a.Value]; ok {
						require.LessOrEqual(t, i, last, "%s uses what may be missing", p.Line(i))
					}
				}
				given[uint64(s.Result)] = true
				if s.Tolerate != 0 && s.Result != noResult {
					left[uint64(s.Result)] = i + s.Skip
				}
			}
		})
	}
}

// The order in which rights are given up is the order in which they are still needed.
func TestTheLastStepsComeInTheirOrder(t *testing.T) {
	p := plan(t, Spec{User: User{UID: 5, GID: 6}}, rootV2)
	order := []string{"clone3", "unshare", "sethostname", "mount", "pivot_root", "umount2", "dup3", "setsid", "keyctl", "prctl", "setgroups", "setresgid",
		"setresuid", "capset", "close_range", "seccomp", "rt_sigprocmask", "execve"}
	at := -1
	for _, call := range order {
		i := slices.IndexFunc(p.Steps, func(s Step) bool { return s.Call == call })
		require.Greater(t, i, at, "%s is missing or too early", call)
		at = i
	}
	require.Equal(t, "execve", p.Steps[len(p.Steps)-1].Call)
}

// Each wall is made of calls that are there when it is raised alone, and gone when it is the only one open.
func TestEachWallIsItsOwnCalls(t *testing.T) {
	for _, test := range []struct {
		wall Walls
		call string
	}{
		{UserNS, "CLONE_NEWUSER"}, {MountNS, "CLONE_NEWNS"}, {PIDNS, "CLONE_NEWPID"}, {UTSNS, "sethostname"}, {IPCNS, "CLONE_NEWIPC"},
		{NetNS, "SIOCSIFFLAGS"}, {CgroupNS, "CLONE_NEWCGROUP"}, {TimeNS, "CLONE_NEWTIME"}, {Root | MountNS, "pivot_root"},
		{Root | MountNS | Masks, "timer_list"}, {Session, "setsid"}, {Descriptors, "close_range"}, {Capabilities, "capset"},
		{NoNewPrivs, "PR_SET_NO_NEW_PRIVS"}, {Seccomp, "SECCOMP_SET_MODE_FILTER"},
	} {
		t.Run(test.wall.String(), func(t *testing.T) {
			maps := []IDMap{{0, 0, 1}}
			alone := plan(t, Spec{Open: AllWalls &^ test.wall, UIDs: maps, GIDs: maps}, rootV2)
			require.Contains(t, strings.Join(lines(alone, Before), "\n")+strings.Join(lines(alone, Child), "\n"), test.call)
			none := plan(t, Spec{Open: AllWalls, UIDs: maps, GIDs: maps}, rootV2)
			require.NotContains(t, none.String(), test.call)
			open := test.wall
			if test.wall == MountNS {
				open |= Root
			}
			but := plan(t, Spec{Open: open, UIDs: maps, GIDs: maps}, rootV2)
			require.NotContains(t, but.String(), test.call)
		})
	}
}

func TestPlansAreEqualForEqualSpecs(t *testing.T) {
	require.Equal(t, plan(t, Spec{}, rootV1), plan(t, Spec{}, rootV1))
}

func TestWithoutRootTheChildMapsItself(t *testing.T) {
	p := plan(t, Spec{}, nobodyV2)
	require.Contains(t, lines(p, Child), `write(file, "0 65534 1\n", 10)`)
	require.Contains(t, lines(p, Child), `write(file, "deny", 4)`)
	require.Empty(t, lines(p, Beside))
	require.NotContains(t, p.String(), "setgroups(0")
}

func TestWithRootTheParentMapsWhileTheChildWaits(t *testing.T) {
	maps := []IDMap{{0, 100000, 65536}}
	p := plan(t, Spec{UIDs: maps, GIDs: maps}, rootV2)
	require.Contains(t, lines(p, Beside), `openat(AT_FDCWD, "/proc/{pid}/uid_map", O_WRONLY|O_CLOEXEC) = file`)
	require.Contains(t, lines(p, Child), "read(wake, &letter, 1) = read")
}

func TestACommandWithoutASlashIsLookedForInThePATH(t *testing.T) {
	p := plan(t, Spec{Args: []string{"sh", "-c", "x"}, Env: []string{"PATH=/a:b::/c/", "X=1"}}, rootV2)
	require.Equal(t, []string{`execve("/a/sh", ["sh", "-c", "x"], ["PATH=/a:b::/c/", "X=1"])  [ENOENT is fine]`,
		`execve("/c/sh", ["sh", "-c", "x"], ["PATH=/a:b::/c/", "X=1"])`}, lines(p, Child)[len(lines(p, Child))-2:])
}

// Names and paths may hold what a terminal obeys.
func TestNothingPrintedCommandsATerminal(t *testing.T) {
	evil := "/a\x1b[2J\u202e\r"
	p := plan(t, Spec{Rootfs: evil, Args: []string{evil}, Env: []string{"PATH=/b", "A=" + evil}, Dir: evil, Hostname: "h\x1b", Mounts: []Mount{
		{Kind: Bind, Source: evil, Target: evil}, {Kind: Overlay, Lower: []string{evil}, Target: "/o"}}}, rootV2)
	in := Inspection{Root: evil, Cgroups: []string{evil}}
	step := StepError{Step: p.Steps[0], Line: p.Line(0)}
	_, err := Build(Spec{Name: evil, Mounts: []Mount{{Kind: MountKind(evil), Source: evil, Target: evil}}, Syscalls: []string{evil}, Rlimits: []Rlimit{{Name: evil}}}, Host{})
	for _, text := range []string{p.String(), in.String(), step.Error(), err.Error()} {
		for _, r := range text {
			require.True(t, r == '\n' || strconv.IsPrint(r), "%q", text)
		}
	}
}
