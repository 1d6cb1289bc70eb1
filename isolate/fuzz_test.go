package isolate

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A spec comes as JSON from whoever keeps it in a file: Build answers with an error that names fields, or with a plan that is sound.
func FuzzSpec(f *testing.F) {
	for _, seed := range []string{`{}`, `{"Rootfs":"/r","Args":["/x"]}`, `{"Rootfs":"/r","Args":["x"],"Env":["PATH=/a:.:b"],"Dir":"/proc/self/fd/7"}`,
		`{"Rootfs":"/r","Args":["/x"],"Open":"net,seccomp","UIDs":[{"Inside":0,"Outside":100000,"Size":65536}],"GIDs":[{"Inside":1,"Outside":4294967295,"Size":2}]}`,
		`{"Rootfs":"/r","Args":["/x"],"Limits":{"Memory":67108864,"Swap":1,"PIDs":20,"CPU":500,"CPUs":"0-1,3"},"Name":"../x"}`,
		`{"Rootfs":"/r","Args":["/x"],"Mounts":[{"Kind":"bind","Source":"/a","Target":"/../b","File":true},{"Kind":"overlay","Lower":["/a:b"],"Target":"/o"}]}`,
		`{"Rootfs":"/r","Args":["/x"],"Terminal":true,"Init":true,"Scratch":9223372036854775807,"Clock":{"Monotonic":-1}}`,
		`{"Rootfs":"/r","Args":["/x"],"Capabilities":{"Bounding":18446744073709551615,"Ambient":1},"Syscalls":["mount"],"Rlimits":[{"Name":"core","Soft":2,"Hard":1}]}`} {
		f.Add([]byte(seed), uint32(0), true)
		f.Add([]byte(seed), uint32(1000), false)
	}
	f.Fuzz(func(t *testing.T, text []byte, uid uint32, v1 bool) {
		var s Spec
		if json.Unmarshal(text, &s) != nil {
			return
		}
		h := rootV2
		if v1 {
			h = rootV1
		}
		h.UID, h.GID = uid, uid
		p, err := Build(s, h)
		if err != nil {
			var wrong *SpecError
			require.True(t, errors.As(err, &wrong))
			require.NotEmpty(t, wrong.Problems)
			return
		}
		sound(t, p)
		require.NotEmpty(t, p.String())
		_, err = json.Marshal(p)
		require.NoError(t, err)
	})
}

// sound tells that a plan can be carried out: each result exists before it is used, no call is without a number, and no text could end too early.
func sound(t *testing.T, p Plan) {
	t.Helper()
	executes := false
	for i, s := range p.Steps {
		executes = executes || s.Call == "execve"
		require.Less(t, int(s.Result), len(p.Results), p.Line(i))
		require.LessOrEqual(t, i+s.Skip, len(p.Steps)-1, p.Line(i))
		require.LessOrEqual(t, len(s.Args), 6, p.Line(i))
		require.NotEmpty(t, s.Why, p.Line(i))
		if _, ok := p.Arch.number(s.Call); !ok {
			require.Contains(t, []string{checkCall, partCall}, s.Call)
		}
		for _, a := range s.Args {
			require.False(t, strings.ContainsRune(a.Text, 0), p.Line(i))
			require.False(t, slices.ContainsFunc(a.List, func(s string) bool { return strings.ContainsRune(s, 0) }), p.Line(i))
			if a.Kind == Result {
				require.Less(t, a.Value, uint64(len(p.Results)), p.Line(i))
			}
		}
	}
	require.True(t, executes)
}

// What /proc says of a process's groups decides which groups a command joins: only such as this package made, and below a hierarchy's folder.
func FuzzGroups(f *testing.F) {
	const v1 = "30 25 0:26 / /sys/fs/cgroup/memory rw shared:9 - cgroup cgroup rw,memory\n"
	const v2 = "32 25 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"
	f.Add("4:memory:/a/slipway-b\n0::/\n", v1)
	f.Add("0::/slipway/c\n", v2)
	f.Add("4:memory:/../slipway-b\n0::/slipway/../../x\n", v1+v2)
	f.Fuzz(func(t *testing.T, cgroup, mountinfo string) {
		for _, g := range groupsOf(cgroup, mountinfo) {
			require.True(t, strings.Contains(cgroup, "/slipway-") || strings.Contains(cgroup, "/slipway/"), g.Dir)
		}
	})
}

// Maps of ids are written for the kernel: three numbers a line, each as it was given.
func FuzzIDMaps(f *testing.F) {
	f.Add(uint32(0), uint32(100000), uint32(65536))
	f.Add(uint32(1<<32-1), uint32(0), uint32(1))
	f.Fuzz(func(t *testing.T, inside, outside, size uint32) {
		m := IDMap{inside, outside, size}
		want := num(uint64(inside)).String() + " " + num(uint64(outside)).String() + " " + num(uint64(size)).String() + "\n"
		require.Equal(t, want+want, mapText([]IDMap{m, m}))
		s := Spec{Rootfs: "/r", Args: []string{"/x"}, UIDs: []IDMap{m}, GIDs: []IDMap{m}}
		if _, err := Build(s, Host{}); err == nil {
			require.Zero(t, inside, "root inside is somebody")
			require.NotZero(t, size)
			require.LessOrEqual(t, uint64(outside)+uint64(size), uint64(1)<<32)
		}
	})
}
