//go:build amd64 || arm64

package isolate

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// onTerminal is what a command prints on a terminal of its own.
func onTerminal(t *testing.T, s Spec, act ...string) string {
	t.Helper()
	s.Terminal = true
	var out bytes.Buffer
	if s.Rootfs == "" {
		s.Rootfs = rootfs(t)
	}
	s.Args = append([]string{"/probe"}, act...)
	cmd := Command(s)
	cmd.Stdout = &out
	err := cmd.Run()
	require.NoError(t, err, out.String())
	require.NoError(t, cmd.Process.Terminal.Close())
	return strings.ReplaceAll(out.String(), "\r\n", "\n")
}

func TestKernelATerminalOfItsOwn(t *testing.T) {
	needKernel(t)
	want := "/dev/pts/0\n/dev/pts/0\n/dev/pts/0\n/dev/tty works\nrows 0 columns 0\n"
	require.Equal(t, want, onTerminal(t, Spec{}, "tty"))
	require.Equal(t, want, onTerminal(t, Spec{Init: true}, "tty"))
	require.Equal(t, "hello, operator\n", onTerminal(t, Spec{}, "console"))
	require.Equal(t, "EPERM\n", onTerminal(t, Spec{}, "inject"), "not even into its own")
}

func TestKernelATerminalInARunningContainer(t *testing.T) {
	needKernel(t)
	s := running(t, Spec{})
	require.Contains(t, onTerminal(t, s, "tty"), "/dev/pts/0\n/dev/pts/0\n/dev/pts/0\n/dev/tty works\n")
}

func TestKernelATerminalBelongsToTheUser(t *testing.T) {
	needKernel(t)
	needRoot(t)
	require.Contains(t, onTerminal(t, Spec{User: User{UID: 1000, GID: 1000}}, "tty"), "/dev/tty works")
}

// What is typed arrives, Ctrl-C is a signal.
func TestKernelKeysOfATerminalAreSignals(t *testing.T) {
	needKernel(t)
	keys, typist := io.Pipe()
	screen, out := io.Pipe()
	cmd := command(t, "until")
	cmd.Spec.Terminal, cmd.Spec.Init = true, true
	cmd.Stdin, cmd.Stdout = keys, out
	require.NoError(t, cmd.Start())
	text, b := "", make([]byte, 64)
	see := func(want string) {
		for !strings.Contains(text, want) {
			n, err := screen.Read(b)
			require.NoError(t, err, text)
			text += string(b[:n])
		}
	}
	see("ready\r\n")
	go typist.Write([]byte{3})
	see("interrupt\r\n")
	go io.Copy(io.Discard, screen)
	require.NoError(t, cmd.Wait())
	require.NoError(t, cmd.Process.Terminal.Close())
}

// Much that is printed last is not lost, and what is left behind does not keep Wait.
func TestKernelATerminalIsReadToItsEnd(t *testing.T) {
	needKernel(t)
	text := onTerminal(t, Spec{}, "many", "5000")
	require.Equal(t, 5000, strings.Count(text, "\n"))
	s := running(t, Spec{})
	require.Contains(t, onTerminal(t, s, "orphan"), "\n")
}
