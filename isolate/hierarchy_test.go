package isolate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestControllersAreFoundInEveryHierarchy(t *testing.T) {
	const (
		v1 = "30 25 0:26 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory\n" +
			"31 25 0:27 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct\n"
		v2 = "32 25 0:28 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n"
	)
	for _, test := range []struct {
		name, cgroup, mountinfo, offers string
		want                            []Controller
	}{
		{"v1", "4:memory:/a/b\n3:cpu,cpuacct:/\n", v1, "", []Controller{
			{"memory", "/sys/fs/cgroup/memory/a/b", false}, {"cpu", "/sys/fs/cgroup/cpu,cpuacct", false}, {"cpuacct", "/sys/fs/cgroup/cpu,cpuacct", false}}},
		{"v2", "0::/user.slice/x\n", v2, "cpu memory\n", []Controller{{"cpu", "/sys/fs/cgroup", true}, {"memory", "/sys/fs/cgroup", true}}},
		{"hybrid", "4:memory:/\n0::/\n", v1 + strings.ReplaceAll(v2, "/sys/fs/cgroup", "/sys/fs/cgroup/unified"), "memory hugetlb\n",
			[]Controller{{"memory", "/sys/fs/cgroup/memory", false}, {"hugetlb", "/sys/fs/cgroup/unified", true}}},
		{"in a container", "4:memory:/docker/1/in\n", "30 25 0:26 /docker/1 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n", "",
			[]Controller{{"memory", "/sys/fs/cgroup/memory/in", false}}},
		{"a group outside of what is mounted", "4:memory:/other\n", "30 25 0:26 /docker/1 /cg rw - cgroup cgroup rw,memory\n", "", []Controller{{"memory", "/cg", false}}},
		{"blanks", "4:memory:/\n", `30 25 0:26 / /a\040b\134c rw - cgroup cgroup rw,memory`, "", []Controller{{"memory", `/a b\c`, false}}},
		{"nothing", "", "", "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := controllersOf(test.cgroup, test.mountinfo, func(string) string { return test.offers })
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// Both versions limit the same things, with files and units of their own.
func TestLimitsInBothVersions(t *testing.T) {
	l := Limits{Memory: 64 << 20, PIDs: 20, CPU: 500, Weight: 50}
	written := func(h Host) []string {
		var all []string
		p := plan(t, Spec{Name: "n", Limits: l}, h)
		for i, s := range p.Steps {
			if s.By == Before && s.Call == "write" {
				all = append(all, strings.TrimSuffix(p.Steps[i-1].Args[1].Text, "/")+" "+s.Args[1].Text)
			}
		}
		return all
	}
	require.Equal(t, []string{
		"/cg/memory/a/slipway-n/memory.limit_in_bytes 67108864", "/cg/memory/a/slipway-n/memory.memsw.limit_in_bytes 67108864",
		"/cg/pids/slipway-n/pids.max 20",
		"/cg/cpu/slipway-n/cpu.cfs_period_us 100000", "/cg/cpu/slipway-n/cpu.cfs_quota_us 50000", "/cg/cpu/slipway-n/cpu.shares 512",
	}, written(rootV1))
	require.Equal(t, []string{
		"/sys/fs/cgroup/cgroup.subtree_control +memory +pids +cpu", "/sys/fs/cgroup/slipway/cgroup.subtree_control +memory +pids +cpu",
		"/sys/fs/cgroup/slipway/n/memory.max 67108864", "/sys/fs/cgroup/slipway/n/memory.swap.max 0", "/sys/fs/cgroup/slipway/n/pids.max 20",
		"/sys/fs/cgroup/slipway/n/cpu.max 50000 100000", "/sys/fs/cgroup/slipway/n/cpu.weight 50",
	}, written(rootV2))
}

func TestJoiningComesFirst(t *testing.T) {
	l := Limits{Memory: 64 << 20, PIDs: 20}
	require.Equal(t, []string{`write(tasks, "0", 1)`, `write(tasks, "0", 1)`}, lines(plan(t, Spec{Limits: l}, rootV1), Child)[:2])
	p := plan(t, Spec{Limits: l}, rootV2)
	require.Contains(t, p.String(), "CLONE_INTO_CGROUP, SIGCHLD, group) = pid", "v2's clone3 joins")
	require.Contains(t, lines(p, After), `unlinkat(AT_FDCWD, "/sys/fs/cgroup/slipway/container", AT_REMOVEDIR)`)
}

func FuzzMountinfo(f *testing.F) {
	f.Add("4:memory:/a\n0::/\n", "30 25 0:26 / /sys/fs/cgroup/memory rw shared:9 - cgroup cgroup rw,memory\n")
	f.Add("0::/", `32 25 0:28 / /a\040b rw - cgroup2 cgroup2 rw`)
	f.Fuzz(func(t *testing.T, cgroup, mountinfo string) {
		for _, c := range controllersOf(cgroup, mountinfo, func(string) string { return "pids" }) {
			require.NotEmpty(t, c.Name)
		}
		_ = propagating(mountinfo)
		_ = hostMounts(mountinfo)
		_ = rootDisk(mountinfo)
	})
}

func FuzzUnescape(f *testing.F) {
	f.Add(`a\040b`)
	f.Add(`\`)
	f.Fuzz(func(t *testing.T, s string) {
		if !strings.Contains(s, `\`) {
			require.Equal(t, s, unescape(s))
		}
		require.LessOrEqual(t, len(unescape(s)), len(s))
	})
}

func FuzzWallsAndCapabilities(f *testing.F) {
	f.Add("uts,pid")
	f.Add("all")
	f.Add("CAP_KILL,chown")
	f.Fuzz(func(t *testing.T, s string) {
		if w, err := ParseWalls(s); err == nil {
			again, err := ParseWalls(w.String())
			require.NoError(t, err)
			require.Equal(t, w, again)
		}
		if c, err := ParseCapabilities(s); err == nil {
			again, err := ParseCapabilities(c.String())
			require.NoError(t, err)
			require.Equal(t, c, again)
		}
	})
}

func TestIDMapsAreWrittenAsTheKernelReadsThem(t *testing.T) {
	require.Equal(t, "0 100000 65536\n65536 5 1\n", mapText([]IDMap{{0, 100000, 65536}, {65536, 5, 1}}))
	require.Equal(t, "-2 500000000", offsetText(-1500e6))
	require.Equal(t, "1 500000000", offsetText(1500e6))
}

// Without root, groups are made below the nearest group that is one's own and holds no process.
func TestDelegation(t *testing.T) {
	const cgroup = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/run.scope\n"
	above := "/cg/user.slice/user-1000.slice/user@1000.service"
	found := []Controller{{"memory", "/cg", true}, {"pids", "/cg", true}, {"cpu", "/v1/cpu", false}}
	theirs := func(path string) bool { return strings.HasPrefix(path, above) }
	files := map[string]string{
		above + "/app.slice/run.scope/cgroup.procs":       "42\n",
		above + "/app.slice/run.scope/cgroup.controllers": "memory pids",
		above + "/app.slice/cgroup.controllers":           "memory pids",
		above + "/cgroup.controllers":                     "memory pids",
	}
	read := func(file string) string { return files[file] }
	require.Equal(t, []Controller{{"memory", above + "/app.slice", true}, {"pids", above + "/app.slice", true}, {"cpu", "/v1/cpu", false}},
		delegate(found, cgroup, theirs, read))
	files[above+"/app.slice/cgroup.procs"] = "7\n"
	require.Equal(t, above, delegate(found, cgroup, theirs, read)[0].Dir, "one with processes is passed over")
	require.Equal(t, []Controller{{"cpu", "/v1/cpu", false}}, delegate(found, cgroup, func(string) bool { return false }, read))
	require.Empty(t, delegate(found[:1], "", theirs, read))
	require.Empty(t, delegate(found[:1], "0::/\n", theirs, read))
}
