//go:build amd64 || arm64

package isolate

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// needNode makes a node of /dev/null's number, which nothing can harm.
func needNode(t *testing.T, path string) {
	t.Helper()
	needRoot(t)
	require.NoError(t, syscall.Mknod(path, syscall.S_IFCHR|0o666, 1<<8|3))
}

// What holds for root holds for nobody: the same tests, in a process of nobody's. Run by somebody else than root this has nothing to add.
func TestTheKernelHoldsForNobodyToo(t *testing.T) {
	needKernel(t)
	needRoot(t)
	file, err := probe()
	require.NoError(t, err)
	dir, err := os.MkdirTemp("", "slipway-nobody") // not t.TempDir, which nobody may enter
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	require.NoError(t, os.Chmod(dir, 0o777))
	self := filepath.Join(dir, "isolate.test")
	copyFile(t, "/proc/self/exe", self)
	copyFile(t, file, filepath.Join(dir, "probe"))
	cmd := exec.Command(self, "-test.run=^(TestKernel|TestACommand)", "-test.v")
	cmd.Dir = dir
	cmd.Env = []string{"TMPDIR=" + dir, "PATH=" + os.Getenv("PATH"), "SLIPWAY_PROBE=" + filepath.Join(dir, "probe")}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	text := string(out)
	if strings.Contains(text, "starts no container for us") {
		lacking(t, "nobody may not make user namespaces here:\n"+text)
	}
	require.NoError(t, err, text)
	passed, skipped := strings.Count(text, "--- PASS"), strings.Count(text, "--- SKIP")
	t.Logf("%d passed, %d skipped as nobody", passed, skipped)
	require.Greater(t, passed, 15, text)
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	require.NoError(t, err)
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	require.NoError(t, err)
	_, err = io.Copy(out, in)
	require.NoError(t, err)
	require.NoError(t, out.Close())
}
