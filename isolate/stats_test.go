package isolate

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// What the two versions of cgroups write for the same is read as the same.
func TestStatsOfBothVersions(t *testing.T) {
	v2 := map[string]string{
		"cpu.stat":            "usage_usec 1500000\nuser_usec 1\nsystem_usec 2\nnr_periods 20\nnr_throttled 7\nthrottled_usec 3000\n",
		"memory.current":      "4096\n",
		"memory.peak":         "8192\n",
		"memory.max":          "67108864\n",
		"memory.swap.current": "12\n",
		"memory.events":       "low 0\nhigh 0\nmax 5\noom 1\noom_kill 2\noom_group_kill 0\n",
		"pids.current":        "3\n",
		"pids.max":            "20\n",
		"io.stat":             "8:0 rbytes=100 wbytes=200 rios=1 wios=2 dbytes=0 dios=0\n8:16 rbytes=1 wbytes=0 rios=1 wios=0\n",
		"cgroup.events":       "populated 1\nfrozen 1\n",
	}
	v1 := map[string]string{
		"cpuacct.usage":                   "1500000000\n",
		"cpu.stat":                        "nr_periods 20\nnr_throttled 7\nthrottled_time 3000000\n",
		"memory.usage_in_bytes":           "4096\n",
		"memory.max_usage_in_bytes":       "8192\n",
		"memory.limit_in_bytes":           "67108864\n",
		"memory.memsw.usage_in_bytes":     "4108\n",
		"memory.oom_control":              "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n",
		"pids.current":                    "3\n",
		"pids.max":                        "20\n",
		"blkio.throttle.io_service_bytes": "8:0 Read 100\n8:0 Write 200\n8:0 Total 300\n8:16 Read 1\nTotal 301\n",
		"blkio.throttle.io_serviced":      "8:0 Read 1\n8:0 Write 2\n8:16 Read 1\nTotal 4\n",
		"freezer.state":                   "FROZEN\n",
	}
	want := Stats{Counted: []string{"cpu", "memory", "pids", "io"}, CPU: 1500 * time.Millisecond, Periods: 20, Throttled: 7, ThrottledTime: 3 * time.Millisecond,
		Memory: 4096, MemoryPeak: 8192, MemoryLimit: 64 << 20, Swap: 12, OOMKills: 2, PIDs: 3, PIDsLimit: 20,
		ReadBytes: 101, WrittenBytes: 200, Reads: 2, Writes: 2, Frozen: true}
	for unified, files := range map[bool]map[string]string{true: v2, false: v1} {
		got := statsOf([]Group{{"/cg/x", unified}}, func(path string) (string, bool) {
			text, ok := files[filepath.Base(path)]
			return text, ok
		})
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("unified %v (-want +got):\n%s", unified, d)
		}
	}
}

// What nobody counts is not said to be nothing; what has no limit has the limit 0; what cannot be read is not believed.
func TestStatsOfWhatIsNotThere(t *testing.T) {
	require.Empty(t, statsOf([]Group{{"/cg/x", true}}, func(string) (string, bool) { return "", false }))
	got := statsOf([]Group{{"/cg/x", true}}, func(string) (string, bool) { return "max\n", true })
	require.Zero(t, got.MemoryLimit+got.PIDsLimit+got.Memory)
	require.Zero(t, number("9223372036854771712\n"), "v1's way to say that there is no limit")
	got = statsOf([]Group{{"/cg/x", true}, {"/cg/y", false}}, func(string) (string, bool) { return "= = \x00 usage_usec\n8:0 Read\n", true })
	require.Zero(t, got.CPU)
}

func TestGroupsThatWereMadeForAContainer(t *testing.T) {
	v1 := "3:pids:/a/slipway-boat\n2:cpu,cpuacct:/slipway-boat\n1:name=systemd:/\n0::/\n"
	mounts := "30 1 0:1 / /cg/cpu rw - cgroup cgroup rw,cpu,cpuacct\n31 1 0:2 / /cg/pids rw - cgroup cgroup rw,pids\n32 1 0:3 / /cg/u rw - cgroup2 cgroup2 rw\n"
	require.Equal(t, []Group{{Dir: "/cg/cpu/slipway-boat"}, {Dir: "/cg/pids/a/slipway-boat"}}, groupsOf(v1, mounts))
	require.Equal(t, []Group{{"/cg/u/x/slipway/boat", true}}, groupsOf("0::/x/slipway/boat\n", mounts))
	require.Empty(t, groupsOf("3:pids:/user\n0::/user.slice\n", mounts), "the group of whoever started it is not the container's")
}

func TestIOLimitsInBothVersions(t *testing.T) {
	l := Limits{IO: []DeviceLimit{{Major: 8, ReadBytes: 1 << 20, Writes: 100}}}
	p := plan(t, Spec{Limits: l}, rootV2)
	require.Contains(t, lines(p, Before), `write(io.max, "8:0 rbps=1048576 wiops=100", 26)`)
	p = plan(t, Spec{Limits: l}, Host{Cgroups: []Controller{{Name: "io", Dir: "/cg/blkio"}}})
	require.Contains(t, lines(p, Before), `write(blkio.throttle.read_bps_device, "8:0 1048576", 11)`)
	require.Contains(t, lines(p, Before), `write(blkio.throttle.write_iops_device, "8:0 100", 7)`)
	_, err := Build(Spec{Rootfs: "/r", Args: []string{"/x"}, Limits: Limits{IO: []DeviceLimit{{Major: 8}}}}, rootV2)
	require.ErrorContains(t, err, "Limits.IO[0]: it limits nothing")
}

func TestAGroupOfItsOwnWhereNothingIsLimited(t *testing.T) {
	p := plan(t, Spec{Group: true}, rootV2)
	require.Contains(t, lines(p, Before), `write(file, "+cpu +memory +pids +io", 22)`)
	h := Host{Cgroups: []Controller{{Name: "freezer", Dir: "/cg/freezer"}, {Name: "cpuacct", Dir: "/cg/cpuacct"}}}
	p = plan(t, Spec{Group: true}, h)
	require.Contains(t, lines(p, Before), `mkdirat(AT_FDCWD, "/cg/freezer/slipway-container", 0755)`)
	require.Len(t, lines(p, After), 2)
	require.Empty(t, lines(plan(t, Spec{}, h), After))
}
