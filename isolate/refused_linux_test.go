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

// Where no container can be made, the error is of a type, says why and what helps, and nothing is left.

func TestKernelInsideAContainerItSaysSo(t *testing.T) {
	needKernel(t)
	require.Equal(t, "*isolate.StepError clone3 ENOSYS: the kernel is older than 5.5, or the container we are in hides clone3", says(t, Spec{}, "nest"))
	out := says(t, Spec{Open: Seccomp}, "nest")
	require.Contains(t, out, "*isolate.StepError clone3 EPERM: namespaces may not be made")
	require.Contains(t, says(t, Spec{}, "nest", "limits"), "*isolate.SpecError Limits: the cgroup controller")
}

func TestKernelWithoutUserNamespacesItSaysSo(t *testing.T) {
	needRoot(t)
	if os.Getenv("SLIPWAY_RIG") == "" {
		t.Skip("a switch of the whole machine is turned: in the rig only")
	}
	const knob = "/proc/sys/user/max_user_namespaces"
	before, err := os.ReadFile(knob)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(knob, []byte("0"), 0))
	t.Cleanup(func() { _ = os.WriteFile(knob, before, 0) })
	out := asNobody(t, "nest")
	require.Contains(t, out, "*isolate.StepError clone3 ENOSPC: there are as many namespaces as there may be")
}

// Nobody gets a container, but no limit that could not be set.
func TestNobodyAsksForLimitsThatAreNotTheirs(t *testing.T) {
	needKernel(t)
	needRoot(t)
	require.Contains(t, asNobody(t, "nest", "limits"), "*isolate.SpecError Limits: the cgroup controller")
}

// asNobody runs an act of the probe in a process of nobody's, outside of any container.
func asNobody(t *testing.T, act ...string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "slipway-nobody")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o755))
	file, err := probe()
	require.NoError(t, err)
	copyFile(t, file, filepath.Join(dir, "probe"))
	cmd := exec.Command(filepath.Join(dir, "probe"), act...)
	cmd.Dir, cmd.Env = dir, []string{}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return strings.TrimSpace(string(out))
}
