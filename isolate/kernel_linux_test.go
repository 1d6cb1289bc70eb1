//go:build amd64 || arm64

package isolate

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// probe is the one program in the tests' containers, compiled once.
var probe = sync.OnceValues(func() (string, error) {
	if given := os.Getenv("SLIPWAY_PROBE"); given != "" {
		return given, nil
	}
	dir, err := os.MkdirTemp("", "slipway-probe")
	if err != nil {
		return "", err
	}
	probeDir = dir
	file := filepath.Join(dir, "probe")
	cmd := exec.Command("go", "build", "-o", file, "./testdata/probe")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return file, nil
})

// probeDir is what this process made for the probe, and takes away.
var probeDir string

func TestMain(m *testing.M) {
	code := m.Run()
	if probeDir != "" {
		_ = os.RemoveAll(probeDir)
	}
	os.Exit(code)
}

// rootfs is a folder with nothing in it but the probe.
func rootfs(t testing.TB) string {
	t.Helper()
	file, err := probe()
	require.NoError(t, err)
	dir := filepath.Join(t.TempDir(), "root")
	require.NoError(t, os.Mkdir(dir, 0o755))
	if err := os.Link(file, filepath.Join(dir, "probe")); err != nil {
		b, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, "probe"), b, 0o755))
	}
	return dir
}

// inside runs an act of the probe as the spec says, and returns what it printed without the last newline.
func inside(t testing.TB, s Spec, act ...string) (string, error) {
	t.Helper()
	if s.Rootfs == "" && !s.Open.Has(Root) {
		s.Rootfs = rootfs(t)
	}
	s.Args = append([]string{"/probe"}, act...)
	out, err := Command(s).CombinedOutput()
	return strings.TrimSuffix(string(out), "\n"), err
}

// says is inside for what must succeed.
func says(t testing.TB, s Spec, act ...string) string {
	t.Helper()
	out, err := inside(t, s, act...)
	require.NoError(t, err, out)
	return out
}

func TestACommandRunsWalledIn(t *testing.T) {
	needKernel(t)
	require.Equal(t, "1", says(t, Spec{}, "pid"))
	require.Equal(t, "slipway", says(t, Spec{}, "hostname"))
	require.Equal(t, "dev\nprobe\nproc\nsys", says(t, Spec{}, "ls", "/"))
	_, err := inside(t, Spec{}, "exit", "7")
	var exit *ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, 7, exit.Code)
}

// lacking skips, and says why: unless the machine is one that must have it all, as CI is. Otherwise no test of a container might ever run.
func lacking(t testing.TB, why any) {
	t.Helper()
	if os.Getenv("SLIPWAY_CONTAINERS") == "required" {
		t.Fatalf("required here: %v", why)
	}
	t.Skip(why)
}

// needKernel skips, and says why, where no container can be started at all: the reason is the kernel's own.
func needKernel(t testing.TB) {
	t.Helper()
	if _, err := Detect(); err != nil {
		lacking(t, err)
	}
	if reason := kernelRefuses(); reason != nil {
		lacking(t, fmt.Sprint("this kernel starts no container for us: ", reason))
	}
}

var kernelRefuses = sync.OnceValue(func() error {
	err := Command(Spec{Open: Root | Masks | Seccomp, Args: []string{"/proc/self/exe", "-test.run=^$"}}).Run()
	var step *StepError
	if errors.As(err, &step) && step.Step.Call == "clone3" {
		return err
	}
	return nil
})

func needRoot(t testing.TB) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("this is about what root could do, and we are not root")
	}
}
