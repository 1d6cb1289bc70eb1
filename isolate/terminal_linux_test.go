//go:build amd64 || arm64

package isolate

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// terminal is a pair of our own: what a shell would hand on as standard input.
func terminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	require.NoError(t, err)
	t.Cleanup(func() { master.Close() })
	var n, unlock int32
	control := func(request uintptr, p *int32) {
		_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, master.Fd(), request, uintptr(unsafe.Pointer(p)))
		require.Zero(t, errno)
	}
	control(syscall.TIOCSPTLCK, &unlock)
	control(syscall.TIOCGPTN, &n)
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	require.NoError(t, err)
	t.Cleanup(func() { slave.Close() })
	return master, slave
}

// CVE-2017-5226: a program types into the terminal it shares with the shell outside. EPERM is the filter's; without the filter the session of its own
// keeps it from typing; with neither it could.
func TestKernelNobodyTypesIntoTheCallersTerminal(t *testing.T) {
	needKernel(t)
	// The terminal must be the session's own for the attack to work at all: a helper process begins such a session.
	if os.Getenv("SLIPWAY_TERMINAL") == "" {
		_, slave := terminal(t)
		file, err := probe()
		require.NoError(t, err)
		cmd := exec.Command("/proc/self/exe", "-test.run=^"+t.Name()+"$", "-test.v")
		cmd.Env = append(os.Environ(), "SLIPWAY_TERMINAL=1", "SLIPWAY_PROBE="+file)
		cmd.Stdin = slave
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 0}
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		return
	}
	try := func(open Walls) string {
		cmd := command(t, "inject")
		cmd.Spec.Open = open
		cmd.Stdin = os.Stdin
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		return string(out)
	}
	require.Equal(t, "EPERM\n", try(0))
	require.Equal(t, "EPERM\n", try(Session))
	if legacy, err := os.ReadFile("/proc/sys/dev/tty/legacy_tiocsti"); err == nil && string(legacy) == "0\n" {
		t.Log("this kernel refuses it to whoever may not administer the machine, with EIO (dev.tty.legacy_tiocsti)")
		require.Contains(t, []string{"EPERM\n", "errno 5\n"}, try(Seccomp))
		return
	}
	require.Equal(t, "EPERM\n", try(Seccomp))
	// No letter is given, so EFAULT is what an attack that works looks like.
	require.Equal(t, "EFAULT\n", try(Session|Seccomp))
}

func TestKernelATerminalHasItsSizeFromTheStart(t *testing.T) {
	needKernel(t)
	p := plan(t, Spec{Terminal: true, TerminalSize: TerminalSize{Rows: 33, Columns: 77}}, Host{})
	calls := lines(p, Child)
	size := slices.IndexFunc(calls, func(l string) bool { return strings.Contains(l, "TIOCSWINSZ, {33 rows, 77 columns}") })
	execve := slices.IndexFunc(calls, func(l string) bool { return strings.HasPrefix(l, "execve(") })
	require.True(t, 0 <= size && size < execve, calls)

	cmd := command(t, "true")
	cmd.Spec.Terminal, cmd.Spec.TerminalSize = true, TerminalSize{Rows: 33, Columns: 77}
	require.NoError(t, cmd.Start())
	var got [4]uint16
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, cmd.Process.Terminal.Fd(), syscall.TIOCGWINSZ, uintptr(unsafe.Pointer(&got)))
	require.Zero(t, errno)
	require.Equal(t, [4]uint16{33, 77}, got)
	require.NoError(t, cmd.Wait())
}
