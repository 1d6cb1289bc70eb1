//go:build amd64 || arm64

package isolate

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func command(t testing.TB, act ...string) *Cmd {
	return Command(Spec{Rootfs: rootfs(t), Args: append([]string{"/probe"}, act...)})
}

func TestKernelInputAndOutputGoThrough(t *testing.T) {
	needKernel(t)
	cmd := command(t, "stdin")
	cmd.Stdin = strings.NewReader(strings.Repeat("x", 1<<20))
	out, err := cmd.Output()
	require.NoError(t, err)
	require.Len(t, out, 1<<20)

	var stdout, stderr bytes.Buffer
	cmd = command(t, "both")
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	require.NoError(t, cmd.Run())
	require.Equal(t, "out\n", stdout.String())
	require.Equal(t, "err\n", stderr.String())
}

func TestKernelTheStandardFilesMayBeCrossed(t *testing.T) {
	needKernel(t)
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	cmd := command(t, "both")
	cmd.Stdout, cmd.Stderr = w, w
	require.NoError(t, cmd.Run())
	require.NoError(t, w.Close())
	all, err := io.ReadAll(r)
	require.NoError(t, err)
	require.Equal(t, "out\nerr\n", string(all))
}

// begun starts a command and waits for its first line.
func begun(t *testing.T, cmd *Cmd) *bufio.Reader {
	t.Helper()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	t.Cleanup(func() { r.Close() })
	cmd.Stdout = w
	require.NoError(t, cmd.Start())
	require.NoError(t, w.Close())
	lines := bufio.NewReader(r)
	line, err := lines.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "ready\n", line)
	return lines
}

func TestKernelSignalsArrive(t *testing.T) {
	needKernel(t)
	cmd := command(t, "until")
	out := begun(t, cmd)
	require.NoError(t, cmd.Signal(syscall.SIGUSR1))
	line, err := out.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "user defined signal 1\n", line)
	require.NoError(t, cmd.Wait())
	require.ErrorIs(t, cmd.Signal(syscall.SIGUSR1), os.ErrProcessDone)
}

func TestKernelAContextThatEndsKills(t *testing.T) {
	needKernel(t)
	ctx, cancel := context.WithCancel(t.Context())
	cmd := CommandContext(ctx, command(t, "sleep").Spec)
	begun(t, cmd)
	cancel()
	require.ErrorIs(t, cmd.Wait(), context.Canceled)
	require.Equal(t, 9, cmd.State.Signal)
}

func TestKernelUseIsCounted(t *testing.T) {
	needKernel(t)
	cmd := command(t, "burn", "100")
	require.NoError(t, cmd.Run())
	require.Greater(t, cmd.State.User+cmd.State.System, 5*time.Millisecond)
	require.Greater(t, cmd.State.MaxRSS, int64(1<<20))
}

func TestKernelTheEnvironmentIsNotTheCallers(t *testing.T) {
	needKernel(t)
	t.Setenv("SECRET", "x")
	require.NotContains(t, says(t, Spec{}, "env"), "SECRET")
	require.Equal(t, "A=b", says(t, Spec{Env: []string{"A=b"}}, "env"))
	require.Equal(t, "/proc", says(t, Spec{Dir: "/proc"}, "pwd"))
}

func TestKernelRlimitsAreSet(t *testing.T) {
	needKernel(t)
	require.Equal(t, "0 0", says(t, Spec{}, "rlimit", "4"))
	require.Equal(t, "1 2", says(t, Spec{Rlimits: []Rlimit{{"core", 1, 2}}}, "rlimit", "4"))
	require.Equal(t, "5 6", says(t, Spec{Rlimits: []Rlimit{{"msgqueue", 5, 6}}}, "rlimit", "12"))
}

func TestKernelOpenFilesStayOutside(t *testing.T) {
	needKernel(t)
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	defer w.Close()
	// A descriptor that would survive an ordinary exec.
	fd, _, errno := syscall.Syscall(syscall.SYS_FCNTL, w.Fd(), syscall.F_DUPFD, 200)
	require.Zero(t, errno)
	defer syscall.Close(int(fd))
	require.NotContains(t, strings.Fields(says(t, Spec{}, "ls", "/proc/self/fd")), "200")
	require.Contains(t, strings.Fields(says(t, Spec{Open: Descriptors}, "ls", "/proc/self/fd")), "200")
}

func TestKernelManyStartAtOnce(t *testing.T) {
	needKernel(t)
	root := rootfs(t)
	var group sync.WaitGroup
	errs := make(chan error, 64)
	for range 64 {
		group.Go(func() {
			out, err := Command(Spec{Rootfs: root, Args: []string{"/probe", "pid"}}).Output()
			if err != nil || string(out) != "1\n" {
				errs <- err
			}
		})
	}
	group.Wait()
	close(errs)
	for err := range errs {
		t.Error(err)
	}
}

// The child shares memory with a program that goes on: it must not disturb what runs beside it.
func TestKernelTheCallerStaysDumpable(t *testing.T) {
	needKernel(t)
	needRoot(t)
	_, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_DUMPABLE, 1, 0) // os/exec does not keep it either
	require.Zero(t, errno)
	root := rootfs(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			_ = Command(Spec{Rootfs: root, Args: []string{"/probe", "true"}, User: User{UID: 1000, GID: 1000}}).Run()
		})
	}
	group.Wait()
	dumpable, _, _ := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_GET_DUMPABLE, 0, 0)
	require.EqualValues(t, 1, dumpable)
}

func TestKernelFailuresSayWhichStepAndWhy(t *testing.T) {
	needKernel(t)
	for _, test := range []struct {
		name string
		spec Spec
		call string
		want []string
	}{
		{"no command", Spec{Args: []string{"/nothing"}}, "execve", []string{"ENOENT", "no such command inside"}},
		{"no command in the PATH", Spec{Args: []string{"nothing"}}, "execve", []string{"ENOENT", `"/bin/nothing"`}},
		{"a folder", Spec{Args: []string{"/dev"}}, "execve", []string{"EACCES", "not executable"}},
		{"no root", Spec{Rootfs: "/nowhere", Args: []string{"/probe"}}, "openat", []string{"ENOENT", `"/nowhere"`}},
		{"no source", Spec{Args: []string{"/probe"}, Mounts: []Mount{{Kind: Bind, Source: "/nowhere", Target: "/x"}}}, "open_tree", []string{"ENOENT", "missing outside"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.spec.Rootfs == "" {
				test.spec.Rootfs = rootfs(t)
			}
			err := Command(test.spec).Run()
			var step *StepError
			require.ErrorAs(t, err, &step)
			require.Equal(t, test.call, step.Step.Call)
			require.NotEmpty(t, step.Remedy)
			for _, want := range test.want {
				require.Contains(t, err.Error(), want)
			}
		})
	}
}
