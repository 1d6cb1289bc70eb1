package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/isolate"
)

// needContainers skips, with the kernel's reason, where none can be started; where they are required, as in CI, it fails.
func needContainers(t *testing.T) {
	t.Helper()
	if os.Getenv("SLIPWAY_CONTAINERS") == "required" {
		return
	}
	if _, err := isolate.Detect(); err != nil {
		t.Skip(err)
	}
	out, err := process(t, "run", "--only", "pid", "--", "/bin/true").CombinedOutput()
	if err != nil && strings.Contains(string(out), "clone3(") {
		t.Skipf("this kernel starts no container for us: %s", out)
	}
	require.NoError(t, err, string(out))
}

func code(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	return 0
}

func TestAuditFindsNoHole(t *testing.T) {
	needContainers(t)
	inside := "--env=" + asSlipway + "=1"
	out, err := process(t, "audit", inside).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "53 of 53 walls hold")
	require.NotContains(t, string(out), "HOLE")

	out, err = process(t, "audit", inside, "--open", "uts").CombinedOutput()
	require.Equal(t, 1, code(err), string(out))
	require.Contains(t, string(out), "HOLE  own hostname")
	require.Contains(t, string(out), "52 of 53 walls hold")
}

func TestRunEndsAsItsCommandDoes(t *testing.T) {
	needContainers(t)
	run := func(script string) (int, string) {
		out, err := process(t, "run", "--only", "pid,uts", "--hostname", "boat", "--", "/bin/sh", "-c", script).CombinedOutput()
		return code(err), string(out)
	}
	status, out := run("echo $$; exit 7")
	require.Equal(t, 7, status)
	require.Equal(t, "1\n", out)
	status, out = run("read name < /proc/sys/kernel/hostname; echo $name")
	require.Zero(t, status)
	require.Equal(t, "boat\n", out)

	failed, err := process(t, "run", "--rootfs", t.TempDir(), "--", "/nothing").CombinedOutput()
	require.Equal(t, 1, code(err))
	require.Contains(t, string(failed), "no such command inside")
}

// begin starts a command and waits for its first word.
func begin(t *testing.T, script string) *exec.Cmd {
	t.Helper()
	cmd := process(t, "run", "--only", "pid", "--", "/bin/sh", "-c", script)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "ready\n", line)
	return cmd
}

func TestRunHandsSignalsOn(t *testing.T) {
	needContainers(t)
	cmd := begin(t, `trap 'exit 3' TERM; echo ready; while :; do /bin/sleep 0.05; done`)
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	require.Equal(t, 3, code(cmd.Wait()))
}

// Process 1 of a namespace is not ended by signals it does not ask for, so that insisting must help.
func TestRunGivesWayToWhoInsists(t *testing.T) {
	needContainers(t)
	cmd := begin(t, `echo ready; while :; do /bin/sleep 0.05; done`)
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		_ = cmd.Process.Signal(syscall.SIGTERM) // two of a kind may arrive as one
		select {
		case err := <-ended:
			require.Equal(t, 128+9, code(err))
			return
		default:
		}
	}
}
