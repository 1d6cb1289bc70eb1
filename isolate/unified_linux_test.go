//go:build amd64 || arm64

package isolate

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// unifiedRoot is where the unified hierarchy is mounted; on machines with v1 it may be there beside, with few controllers or none.
func unifiedRoot(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("/proc/self/mountinfo")
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		if m, ok := parseMount(line); ok && m.kind == "cgroup2" {
			return m.point
		}
	}
	t.Skip("no unified hierarchy is mounted")
	return ""
}

// clone3 makes the child in its group: there is no moment at which it is not counted.
func TestKernelTheChildIsBornInItsGroup(t *testing.T) {
	needKernel(t)
	needRoot(t)
	dir := unifiedRoot(t) + "/slipway-test-born"
	fd := firstFree
	p := Plan{Arch: rootV2.Arch, Results: append(givenResults(), "group")}
	h, err := Detect()
	require.NoError(t, err)
	p.Arch = h.Arch
	b := builder{plan: p, host: h}
	b.step("mkdirat", cwd(), str(dir), octal(0o755))
	b.step("openat", cwd(), str(dir), b.pathDirectory()).Result = fd
	b.step("clone3", num(cloneVM|clonePIDFD|cloneClearSighand|cloneIntoCgroup), num(sigChld), fd.use()).Result = refPID
	b.by = Child
	b.stdio()
	file, err := probe()
	require.NoError(t, err)
	b.step("execve", str(file), list([]string{"probe", "cat", "/proc/self/cgroup"}), list(nil))
	b.by = After
	b.step("unlinkat", cwd(), str(dir), named(0x200, "AT_REMOVEDIR")).Of = 0
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	process, err := Start(b.plan, Files{Stdin: os.Stdin, Stdout: w, Stderr: w})
	require.NoError(t, w.Close())
	require.NoError(t, err)
	_, err = process.Wait()
	require.NoError(t, err)
	text := make([]byte, 4096)
	n, err := r.Read(text)
	require.NoError(t, err)
	require.Contains(t, string(text[:n]), "0::/slipway-test-born")
	require.NoDirExists(t, dir)
}
