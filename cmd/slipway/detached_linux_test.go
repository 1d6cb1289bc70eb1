package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// detachedHere gives the test a runtime directory of its own, and runs commands of slipway with it.
func detachedHere(t *testing.T) func(args ...string) (int, string) {
	t.Helper()
	needContainers(t)
	dir := t.TempDir()
	return func(args ...string) (int, string) {
		cmd := process(t, args...)
		cmd.Env = append(cmd.Env, "XDG_RUNTIME_DIR="+dir)
		out, err := cmd.CombinedOutput()
		return code(err), string(out)
	}
}

// until waits for what another process does.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 1000 {
		if holds() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal(what)
}

func TestADetachedContainerOutlivesTheCommandLine(t *testing.T) {
	run := detachedHere(t)
	status, out := run("run", "--detach", "--name", "boat", "--only", "pid", "--", "/bin/sh", "-c", "echo hello; exec /bin/sleep 1000")
	require.Zero(t, status, out)
	require.Equal(t, "boat\n", out)
	defer run("kill", "boat")

	_, out = run("ps")
	require.Regexp(t, `boat +\d+ +running .*/bin/sh -c "echo hello; exec /bin/sleep 1000"`, out)
	until(t, "the log stays empty", func() bool { _, out := run("logs", "boat"); return out == "hello\n" })
	status, out = run("run", "--detach", "--name", "boat", "--only", "pid", "--", "/bin/true")
	require.Equal(t, 1, status)
	require.Contains(t, out, "there is a container boat")
	status, out = run("rm", "boat")
	require.Equal(t, 1, status)
	require.Contains(t, out, "boat runs; slipway kill boat ends it")

	status, out = run("kill", "boat")
	require.Zero(t, status, out)
	until(t, "its end is not noted", func() bool { _, out := run("ps"); return strings.Contains(out, "exited (137)") })
	status, out = run("kill", "boat")
	require.Equal(t, 1, status)
	require.Contains(t, out, "boat does not run: exited (137)")
	status, out = run("rm", "boat")
	require.Zero(t, status, out)
	_, out = run("ps")
	require.NotContains(t, out, "boat")
}

func TestADetachedContainerThatCannotStartSaysSo(t *testing.T) {
	run := detachedHere(t)
	status, out := run("run", "--detach", "--name", "wreck", "--rootfs", t.TempDir(), "--", "/nothing")
	require.Equal(t, 1, status)
	require.Contains(t, out, "no such command inside")
	_, out = run("ps")
	require.NotContains(t, out, "wreck", "nothing is kept of it")
}

// A record is not believed when its number is another process's by now.
func TestALostContainerIsNotSomebodyElse(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_RUNTIME_DIR", dir)
	own := filepath.Join(dir, "slipway", "ghost")
	require.NoError(t, os.MkdirAll(own, 0o700))
	other := exec.Command("/bin/sleep", "1000")
	require.NoError(t, other.Start())
	defer func() { _ = other.Process.Kill(); _ = other.Wait() }()
	r := record{Name: "ghost", PID: other.Process.Pid, Born: "1"}
	require.NoError(t, r.write(own))
	require.Equal(t, "lost", r.status())
	status, _, errs := slipway("kill", "ghost")
	require.Equal(t, 1, status)
	require.Contains(t, errs, "ghost does not run: lost")
	r.Born = born(other.Process.Pid)
	require.Equal(t, "running", r.status())
	status, out, _ := slipway("ps", "-o", "json")
	require.Zero(t, status)
	require.Contains(t, out, `"Name":"ghost"`)
}
