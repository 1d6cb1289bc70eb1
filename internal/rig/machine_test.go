//go:build linux

package rig_test

import (
	"net"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What tests in the rig rely on. Outside there is nothing to test: the host is as it is.
func TestTheMachineIsWhatTestsRelyOn(t *testing.T) {
	if os.Getenv("SLIPWAY_RIG") == "" {
		t.Skip("this is not the rig: scripts/rig ./internal/rig")
	}
	require.Zero(t, os.Getuid())

	if os.Getenv("RIG_CGROUP") == "v1" {
		for _, file := range []string{"memory/memory.limit_in_bytes", "pids/tasks", "cpu/cpu.cfs_quota_us", "cpuset/cpuset.cpus", "freezer/tasks"} {
			require.FileExists(t, "/sys/fs/cgroup/"+file)
		}
	} else {
		controllers, err := os.ReadFile("/sys/fs/cgroup/cgroup.subtree_control")
		require.NoError(t, err, "cgroup v2 at its usual place")
		require.Subset(t, strings.Fields(string(controllers)), []string{"cpuset", "cpu", "io", "memory", "pids"})
	}

	modules, err := os.ReadFile("/proc/modules")
	require.NoError(t, err)
	for _, m := range []string{"veth", "bridge", "overlay"} {
		require.Contains(t, "\n"+string(modules), "\n"+m+" ")
	}
	lo, err := net.InterfaceByName("lo")
	require.NoError(t, err)
	require.NotZero(t, lo.Flags&net.FlagUp)

	null, err := os.Stat("/dev/null")
	require.NoError(t, err)
	require.NotZero(t, null.Mode()&os.ModeCharDevice)
	require.NoError(t, os.WriteFile("/tmp/written", nil, 0o600))
}
