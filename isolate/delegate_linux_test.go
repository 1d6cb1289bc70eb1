//go:build amd64 || arm64

package isolate

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// A part of the unified hierarchy that root gave to nobody: limits work for nobody there.
func TestRigDelegation(t *testing.T) {
	needRig(t)
	root := unifiedRoot(t)
	if controllers, _ := os.ReadFile(root + "/cgroup.controllers"); !strings.Contains(string(controllers), "pids") {
		t.Skip("the unified hierarchy has no controllers here")
	}
	given := root + "/given"
	leaf := given + "/leaf"
	require.NoError(t, os.MkdirAll(leaf, 0o755))
	t.Cleanup(func() {
		for _, dir := range []string{given + "/slipway", leaf, given} {
			_ = os.Remove(dir)
		}
	})
	for _, dir := range []string{given, leaf} {
		require.NoError(t, os.Chown(dir, 65534, 65534))
		for _, file := range []string{"cgroup.procs", "cgroup.subtree_control", "cgroup.threads"} {
			require.NoError(t, os.Chown(filepath.Join(dir, file), 65534, 65534))
		}
	}
	file, err := probe()
	require.NoError(t, err)
	dir, err := os.MkdirTemp("", "slipway-given")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o777))
	copyFile(t, "/proc/self/exe", filepath.Join(dir, "isolate.test"))
	copyFile(t, file, filepath.Join(dir, "probe"))
	cmd := exec.Command(filepath.Join(dir, "isolate.test"), "-test.run=^TestKernel(APIDsLimit|WhoJoinsIsCounted|AFrozen|Stats)", "-test.v")
	cmd.Dir = dir
	cmd.Env = []string{"TMPDIR=" + dir, "SLIPWAY_PROBE=" + filepath.Join(dir, "probe"), "SLIPWAY_CONTAINERS=required"}
	group, err := os.Open(leaf)
	require.NoError(t, err)
	defer group.Close()
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}, UseCgroupFD: true, CgroupFD: int(group.Fd())}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	require.Equal(t, 4, strings.Count(string(out), "--- PASS"), string(out))
}
