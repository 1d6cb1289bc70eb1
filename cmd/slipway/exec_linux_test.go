package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// a boat is a detached container that waits.
func boat(t *testing.T, flags ...string) func(args ...string) (int, string) {
	t.Helper()
	run := detachedHere(t)
	args := append([]string{"run", "--detach", "--name", "boat", "--only", "pid,uts,session,no-new-privs", "--hostname", "boat"}, flags...)
	status, out := run(append(args, "--", "/bin/sleep", "1000")...)
	require.Zero(t, status, out)
	t.Cleanup(func() { run("kill", "boat") })
	return run
}

func TestExecRunsInADetachedContainer(t *testing.T) {
	run := boat(t)
	status, out := run("exec", "boat", "--", "/bin/sh", "-c", "read name < /proc/sys/kernel/hostname; echo $name; exit 3")
	require.Equal(t, 3, status)
	require.Equal(t, "boat\n", out)
	status, out = run("exec", "--env", "A=b", "--workdir", "/tmp", "boat", "/bin/sh", "-c", `echo $A; pwd; [ $$ -lt 100 ] && echo small`)
	require.Zero(t, status, out)
	require.Equal(t, "b\n/tmp\nsmall\n", out)

	status, out = run("explain", "--join", "boat", "--", "/bin/true")
	require.Zero(t, status, out)
	require.Contains(t, out, "setns(container, ")
	require.Contains(t, out, "prctl(PR_SET_DUMPABLE, 0)")

	status, out = run("exec", "boat", "--", "/nothing")
	require.Equal(t, 1, status)
	require.Contains(t, out, "no such command inside")
	status, out = run("exec", "boat")
	require.Equal(t, 1, status)
	require.Contains(t, out, "there is no command")
	status, _ = run("exec")
	require.Equal(t, 2, status)
	status, out = run("exec", "ghost", "/bin/true")
	require.Equal(t, 1, status)
	require.Contains(t, out, `there is no container "ghost"`)
	run("kill", "boat")
	until(t, "it does not end", func() bool { _, out := run("ps"); return strings.Contains(out, "exited") })
	_, out = run("exec", "boat", "/bin/true")
	require.Contains(t, out, "boat does not run: exited (137)")
}

// pty is a pair: what a person sits at, and what a shell would hand on.
func pty(t *testing.T) (person, line *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	require.NoError(t, err)
	var n, unlock int32
	require.True(t, control(person, syscall.TIOCSPTLCK, unsafe.Pointer(&unlock)))
	require.True(t, control(person, syscall.TIOCGPTN, unsafe.Pointer(&n)))
	line, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	require.NoError(t, err)
	t.Cleanup(func() { person.Close(); line.Close() })
	return person, line
}

func TestRunOnATerminal(t *testing.T) {
	needContainers(t)
	person, line := pty(t)
	require.True(t, setSize(line, size{rows: 33, columns: 77}))
	var before, during, after syscall.Termios
	require.True(t, control(line, syscall.TCGETS, unsafe.Pointer(&before)))
	cmd := process(t, "run", "-it", "--only", "pid,session", "--", "/bin/sh", "-c",
		`trap 'echo interrupted' INT; echo $$ $(/bin/stty size); read x; echo "got $x"
		until [ "$(/bin/stty size)" = "40 100" ]; do /bin/sleep 0.05; done; echo grown; exit 5`)
	cmd.Env = append(cmd.Env, "PATH=/bin:/usr/bin")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = line, line, line
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 0}
	require.NoError(t, cmd.Start())
	var seen strings.Builder
	see := func(pattern string) {
		t.Helper()
		b := make([]byte, 256)
		for re := regexp.MustCompile(pattern); !re.MatchString(seen.String()); {
			n, err := person.Read(b)
			require.NoError(t, err, seen.String())
			seen.Write(b[:n])
		}
	}
	see(`1 33 77\r\n`)
	require.True(t, control(line, syscall.TCGETS, unsafe.Pointer(&during)))
	require.Zero(t, during.Lflag&(syscall.ICANON|syscall.ECHO|syscall.ISIG), "keys go through one by one")
	_, err := person.WriteString("hello\r")
	require.NoError(t, err)
	see(`got hello\r\n`)
	_, err = person.WriteString("\x03") // a key for the command, not for slipway
	require.NoError(t, err)
	see(`interrupted\r\n`)
	require.True(t, setSize(person, size{rows: 40, columns: 100}))
	see(`grown\r\n`)
	require.Equal(t, 5, code(cmd.Wait()))
	require.True(t, control(line, syscall.TCGETS, unsafe.Pointer(&after)))
	require.Equal(t, before, after, "the terminal is as it was")
}

// However it ends, the terminal is as it was.
func TestATerminalIsGivenBackWhenItIsKilled(t *testing.T) {
	needContainers(t)
	person, line := pty(t)
	var before, after syscall.Termios
	require.True(t, control(line, syscall.TCGETS, unsafe.Pointer(&before)))
	cmd := process(t, "run", "-it", "--only", "pid,session", "--", "/bin/sh", "-c", "echo ready; exec /bin/sleep 1000")
	cmd.Stdin, cmd.Stdout = line, line
	require.NoError(t, cmd.Start())
	b := make([]byte, 64)
	_, err := io.ReadAtLeast(person, b, len("ready"))
	require.NoError(t, err)
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	until(t, "it does not end", func() bool {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		select {
		case err := <-ended:
			require.NotZero(t, code(err))
			return true
		default:
			return false
		}
	})
	require.True(t, control(line, syscall.TCGETS, unsafe.Pointer(&after)))
	require.Equal(t, before, after)
}

func TestExecOnATerminal(t *testing.T) {
	run := boat(t)
	status, out := run("exec", "-t", "boat", "--", "/bin/sh", "-c", "[ -t 0 ] && [ -t 2 ] && echo a terminal")
	require.Zero(t, status, out)
	require.Equal(t, "a terminal\r\n", out)
	status, out = run("run", "--detach", "-t", "--only", "pid", "--", "/bin/true")
	require.Equal(t, 1, status)
	require.Contains(t, out, "use slipway exec -it")
}
