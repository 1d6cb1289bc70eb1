//go:build amd64 || arm64

package isolate

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// CVE-2019-5736: a command that is a link to /proc/self/exe, or a script for it, is executed while the child still is the program that starts
// containers. It would run inside, and whoever is inside could hold on to it.
func TestKernelTheStartingProgramIsNotExecutedInside(t *testing.T) {
	needKernel(t)
	root := rootfs(t)
	require.NoError(t, os.Symlink("/proc/self/exe", filepath.Join(root, "link")))
	require.NoError(t, os.WriteFile(filepath.Join(root, "script"), []byte("#!/proc/self/exe -test.list=^$\n"), 0o755))
	refused := func(t *testing.T, s Spec, command ...string) {
		t.Helper()
		s.Rootfs, s.Args = root, command
		err := Command(s).Run()
		var step *StepError
		require.ErrorAs(t, err, &step)
		require.Equal(t, "execve", step.Step.Call)
		require.Equal(t, EACCES, step.Errno, err)
		require.Contains(t, step.Cause, "leads out of the container")
	}
	for name, command := range map[string][]string{"by a link": {"/link", "-test.list=^$"}, "by its name": {"/proc/self/exe", "-test.list=^$"}, "as an interpreter": {"/script"}} {
		t.Run(name, func(t *testing.T) {
			refused(t, Spec{}, command...)
			refused(t, Spec{Init: true}, command...)
			// With the wall open it is executed, or would be if the libraries it may be linked with were there.
			err := Command(Spec{Rootfs: root, Args: command, Open: Programs}).Run()
			if err != nil {
				require.ErrorIs(t, err, os.ErrNotExist)
			}
		})
	}
	t.Run("by who joins", func(t *testing.T) {
		s := running(t, Spec{Rootfs: root})
		refused(t, s, "/link", "-test.list=^$")
	})
}

// What is below the root goes on: what is mounted there, programs in memory, and moving files between folders.
func TestKernelProgramsBelowTheRootAreExecuted(t *testing.T) {
	needKernel(t)
	outside := t.TempDir()
	file, err := probe()
	require.NoError(t, err)
	copyFile(t, file, filepath.Join(outside, "bound"))
	s := Spec{Mounts: []Mount{{Kind: Bind, Source: outside, Target: "/data"}}}
	s.Rootfs, s.Args = rootfs(t), []string{"/data/bound", "true"}
	require.NoError(t, Command(Spec{Rootfs: s.Rootfs, Args: []string{"/probe", "true"}, Scratch: 1 << 20}).Run())
	require.NoError(t, os.Symlink("/data/bound", filepath.Join(s.Rootfs, "true")))
	s.Args = []string{"/true"}
	require.NoError(t, Command(s).Run())
	require.NoError(t, os.MkdirAll(filepath.Join(s.Rootfs, "a"), 0o755))
	require.NoError(t, os.MkdirAll(filepath.Join(s.Rootfs, "b"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(s.Rootfs, "a/file"), nil, 0o644))
	says(t, Spec{Rootfs: s.Rootfs}, "move", "/a/file", "/b/file")
	require.FileExists(t, filepath.Join(s.Rootfs, "b/file"))
}

// CVE-2024-21626: the working directory is a link to a file that is open in the child.
func TestKernelTheWorkingDirectoryIsInside(t *testing.T) {
	needKernel(t)
	root := rootfs(t)
	outside, err := os.Open(t.TempDir()) // as a caller may have one open
	require.NoError(t, err)
	defer outside.Close()
	inherited, _, errno := syscall.Syscall(syscall.SYS_FCNTL, outside.Fd(), syscall.F_DUPFD, 0)
	require.Zero(t, errno)
	defer syscall.Close(int(inherited))
	s := Spec{Rootfs: root, Dir: "/link", Limits: someLimits(t)}
	link := filepath.Join(root, "link")
	for fd := range 40 { // the caller's, and those that are opened on the way
		_ = os.Remove(link)
		require.NoError(t, os.Symlink("/proc/self/fd/"+strconv.Itoa(fd), link))
		out, err := inside(t, s, "pwd")
		var step *StepError
		require.ErrorAs(t, err, &step, "descriptor %d: %s", fd, out)
		require.Equal(t, "openat2", step.Step.Call)
		s.Dir = "/proc/self/fd/" + strconv.Itoa(fd)
		_, err = inside(t, s, "pwd")
		require.ErrorAs(t, err, &step)
		s.Dir = "/link"
	}
	for dir, want := range map[string]string{"/proc": "/proc", "proc/../dev": "/dev", "/../../proc": "/proc"} {
		require.Equal(t, want, says(t, Spec{Rootfs: root, Dir: dir}, "pwd"))
	}
}

// someLimits are limits where there are any to be had: for them more files are open.
func someLimits(t *testing.T) (l Limits) {
	t.Helper()
	h, err := Detect()
	require.NoError(t, err)
	if _, ok := h.controller("pids"); ok {
		l.PIDs = 50
	}
	if _, ok := h.controller("memory"); ok {
		l.Memory = 64 << 20
	}
	return l
}
