//go:build amd64 || arm64

package isolate

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// needControllers skips, with the reason, where limits cannot be set.
func needControllers(t testing.TB, names ...string) Host {
	t.Helper()
	needKernel(t)
	h, err := Detect()
	require.NoError(t, err)
	for _, name := range names {
		if _, ok := h.controller(name); !ok {
			lacking(t, fmt.Sprintf("the cgroup controller %q is not there or not ours", name))
		}
	}
	return h
}

func TestKernelAMemoryLimitKills(t *testing.T) {
	needControllers(t, "memory")
	s := Spec{Limits: Limits{Memory: 64 << 20}}
	require.Equal(t, "survived", says(t, s, "hog", "8"))
	out, err := inside(t, s, "hog", "128")
	var exit *ExitError
	require.ErrorAs(t, err, &exit, out)
	require.Equal(t, 9, exit.Signal)
	require.Empty(t, out)
}

// The child shares our memory until execve: the least limit must last that long, every time.
func TestKernelTheLeastMemoryLimitSparesTheCaller(t *testing.T) {
	needControllers(t, "memory")
	root := rootfs(t)
	for range 20 {
		cmd := Command(Spec{Rootfs: root, Args: []string{"/probe", "true"}, Limits: Limits{Memory: MinMemory + 4096}})
		err := cmd.Run()
		var exit *ExitError // the command itself may need more
		require.True(t, err == nil || errors.As(err, &exit), "%v", err)
	}
}

func TestKernelAPIDsLimitStopsForks(t *testing.T) {
	needControllers(t, "pids")
	out := says(t, Spec{Limits: Limits{PIDs: 16}}, "forks", "40")
	require.Contains(t, out, "resource temporarily unavailable")
	n, err := strconv.Atoi(strings.Fields(out)[0])
	require.NoError(t, err)
	require.Less(t, n, 16)
}

func TestKernelAQuotaThrottles(t *testing.T) {
	needControllers(t, "cpu")
	used, err := strconv.Atoi(says(t, Spec{Limits: Limits{CPU: 200}}, "burn", "1000"))
	require.NoError(t, err)
	require.Less(t, used, 400, "a fifth of a processor, for a second")
}

func TestKernelACPUSetHolds(t *testing.T) {
	needControllers(t, "cpuset")
	require.Equal(t, "0", field(says(t, Spec{Limits: Limits{CPUs: "0"}}, "cat", "/proc/self/status"), "Cpus_allowed_list"))
	_, err := inside(t, Spec{Limits: Limits{CPUs: "9999"}}, "true")
	var step *StepError
	require.ErrorAs(t, err, &step, "a limit that cannot be set means no command")
	require.Equal(t, "write", step.Step.Call)
}

func TestKernelTheGroupIsTheRootOfThoseSeen(t *testing.T) {
	h := needControllers(t, "pids")
	s := Spec{Name: "seen", Limits: Limits{PIDs: 50}}
	line := func(s Spec) string {
		for l := range strings.Lines(says(t, s, "cat", "/proc/self/cgroup")) {
			c, _ := h.controller("pids")
			if strings.Contains(l, ":pids:") || c.Unified && strings.HasPrefix(l, "0::") {
				return strings.TrimSpace(l[strings.LastIndex(l, ":")+1:])
			}
		}
		return "none"
	}
	require.Equal(t, "/", line(s))
	s.Open = CgroupNS
	require.True(t, strings.HasSuffix(line(s), "seen"), line(s))
}

func TestALimitThatCannotBeSetMeansNoCommand(t *testing.T) {
	_, err := Build(Spec{Rootfs: "/r", Args: []string{"/x"}, Limits: Limits{PIDs: 4}}, Host{Cgroups: []Controller{}})
	var wrong *SpecError
	require.ErrorAs(t, err, &wrong)
	require.Contains(t, err.Error(), `controller "pids" is not there`)
}

func TestKernelProcessesLeftInTheGroupAreKilled(t *testing.T) {
	needControllers(t, "pids")
	// Without a pid namespace nobody dies with the command.
	out := says(t, Spec{Open: PIDNS, Limits: Limits{PIDs: 40}}, "orphan")
	pid, err := strconv.Atoi(out)
	require.NoError(t, err)
	for range 200 {
		if _, err := os.Stat("/proc/" + out); err != nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %d lives on", pid)
}
