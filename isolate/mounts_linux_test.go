//go:build amd64 || arm64

package isolate

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

func folder(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(f)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, f), []byte(f), 0o644))
	}
	return dir
}

func TestKernelABindIsReadOnlyUnlessItSaysOtherwise(t *testing.T) {
	needKernel(t)
	outside := folder(t, "a/b")
	s := Spec{Mounts: []Mount{{Kind: Bind, Source: outside, Target: "/data/deep"}}}
	require.Equal(t, "a/b", says(t, s, "cat", "/data/deep/a/b"))
	out, err := inside(t, s, "write", "/data/deep/new", "x")
	require.Error(t, err)
	require.Contains(t, out, "read-only file system")
	s.Mounts[0].Writable = true
	says(t, s, "write", "/data/deep/new", "x")
	require.FileExists(t, filepath.Join(outside, "new"))
	require.Contains(t, says(t, s, "cat", "/proc/self/mountinfo"), "/data/deep rw,nosuid,nodev")
}

func TestKernelAFileCanBeBound(t *testing.T) {
	needKernel(t)
	outside := folder(t, "conf")
	s := Spec{Mounts: []Mount{{Kind: Bind, Source: filepath.Join(outside, "conf"), Target: "/etc/app/conf", File: true}}}
	require.Equal(t, "conf", says(t, s, "cat", "/etc/app/conf"))
}

func TestKernelMemoryLooksLikeAFolder(t *testing.T) {
	needKernel(t)
	s := Spec{ReadOnly: true, Mounts: []Mount{{Kind: Tmpfs, Target: "/tmp", Size: 1 << 16}}}
	says(t, s, "write", "/tmp/x", "small")
	out, err := inside(t, s, "write", "/tmp/x", strings.Repeat("x", 100_000))
	require.Error(t, err)
	require.Contains(t, out, "no space left")
	out, err = inside(t, s, "write", "/x", "the root is read-only")
	require.Error(t, err)
	require.Contains(t, out, "read-only file system")
}

func TestKernelFoldersAreLaidOneOverTheOther(t *testing.T) {
	needKernel(t)
	low, high := folder(t, "a", "b"), folder(t, "b", "c")
	require.NoError(t, os.WriteFile(filepath.Join(high, "b"), []byte("above"), 0o644))
	upper, work := filepath.Join(folder(t), "u:p"), ""
	work = filepath.Join(filepath.Dir(upper), "work")
	require.NoError(t, os.Mkdir(upper, 0o755))
	require.NoError(t, os.Mkdir(work, 0o755))
	s := Spec{Mounts: []Mount{{Kind: Overlay, Lower: []string{high, low}, Target: "/o"}}}
	require.Equal(t, "a\nb\nc", says(t, s, "ls", "/o"))
	require.Equal(t, "above", says(t, s, "cat", "/o/b"))
	_, err := inside(t, s, "write", "/o/d", "x")
	require.Error(t, err, "without an upper folder nothing is written")
	s.Mounts[0].Upper, s.Mounts[0].Work = upper, work
	says(t, s, "write", "/o/d", "x")
	require.FileExists(t, filepath.Join(upper, "d"))
	require.NoFileExists(t, filepath.Join(low, "d"))
	_ = os.RemoveAll(work)
}

func TestKernelScratchKeepsTheFolder(t *testing.T) {
	needKernel(t)
	root := rootfs(t)
	require.NoError(t, os.WriteFile(filepath.Join(root, "kept"), []byte("as it was"), 0o666))
	require.NoError(t, os.Chmod(root, 0o555)) // somebody else's, as far as nobody is concerned
	s := Spec{Rootfs: root, Scratch: 1 << 20}
	says(t, s, "write", "/new", "x")
	says(t, s, "write", "/kept", "changed")
	require.Equal(t, "dev\nkept\nprobe\nproc\nsys", says(t, s, "ls", "/"))
	out, err := inside(t, s, "write", "/big", strings.Repeat("x", 100_000)+strings.Repeat("y", 20_000))
	require.NoError(t, err, out)
	s.Scratch = 1 << 15
	out, err = inside(t, s, "write", "/big", strings.Repeat("x", 100_000))
	require.Error(t, err)
	require.Contains(t, out, "no space left")
	entries, err := os.ReadDir(root)
	require.NoError(t, err)
	require.Len(t, entries, 2)
	text, err := os.ReadFile(filepath.Join(root, "kept"))
	require.NoError(t, err)
	require.Equal(t, "as it was", string(text))
	require.NoError(t, os.Chmod(root, 0o755))
}

// A folder may hold anything: links where we mount lead nowhere.
func TestKernelLinksInTheFolderLeadNowhere(t *testing.T) {
	needKernel(t)
	for _, name := range []string{"dev", "proc", "sys"} {
		t.Run(name, func(t *testing.T) {
			root, victim := rootfs(t), folder(t, "kept")
			require.NoError(t, os.Symlink(victim, filepath.Join(root, name)))
			_, err := inside(t, Spec{Rootfs: root}, "true")
			var step *StepError
			require.ErrorAs(t, err, &step)
			require.Equal(t, "openat2", step.Step.Call)
			require.Equal(t, ELOOP, step.Errno)
			require.Contains(t, step.Cause, "a link is in the place")
			entries, err := os.ReadDir(victim)
			require.NoError(t, err)
			require.Len(t, entries, 1)
		})
	}
	t.Run("a bind's place", func(t *testing.T) {
		root, victim, outside := rootfs(t), folder(t, "kept"), folder(t, "bound")
		require.NoError(t, os.Symlink(victim, filepath.Join(root, "absolute")))
		require.NoError(t, os.Symlink("../../../../../../../../tmp", filepath.Join(root, "up")))
		for _, target := range []string{"/absolute", "/up/x", "/absolute/x"} {
			_, err := inside(t, Spec{Rootfs: root, Mounts: []Mount{{Kind: Bind, Source: outside, Target: target}}}, "true")
			require.Error(t, err, "the link's place does not exist inside: %s", target)
		}
		entries, err := os.ReadDir(victim)
		require.NoError(t, err)
		require.Len(t, entries, 1, "nothing was made outside")
		require.NoDirExists(t, "/tmp/x")
	})
	t.Run("a link inside", func(t *testing.T) {
		root, outside := rootfs(t), folder(t, "bound")
		require.NoError(t, os.MkdirAll(filepath.Join(root, "real"), 0o755))
		require.NoError(t, os.Symlink("/real", filepath.Join(root, "link")))
		s := Spec{Rootfs: root, Mounts: []Mount{{Kind: Bind, Source: outside, Target: "/link"}}}
		require.Equal(t, "bound", says(t, s, "cat", "/real/bound"))
	})
}

// CVE-2021-30465: the place is exchanged for a link while the container starts, again and again.
func TestKernelARaceOfLinksLeadsNowhere(t *testing.T) {
	needKernel(t)
	root, victim, outside := rootfs(t), folder(t, "kept"), folder(t, "bound")
	place, link := filepath.Join(root, "place"), filepath.Join(root, "link")
	require.NoError(t, os.Mkdir(place, 0o755))
	require.NoError(t, os.Symlink(victim, link))
	stop, stopped := make(chan struct{}), make(chan int)
	go func() {
		turns := 0
		for {
			select {
			case <-stop:
				stopped <- turns
				return
			default:
			}
			if errno := exchange(place, link); errno == 0 {
				turns++
			}
		}
	}()
	failed := 0
	for range 200 {
		out, err := inside(t, Spec{Rootfs: root, Mounts: []Mount{{Kind: Bind, Source: outside, Target: "/place"}}}, "ls", "/place")
		if err != nil {
			failed++
			continue
		}
		require.NotContains(t, out, "kept")
	}
	close(stop)
	turns := <-stopped
	t.Logf("%d of 200 starts failed, %d turns", failed, turns)
	require.Greater(t, turns, 100, "nothing was exchanged")
	require.Positive(t, failed, "no start met the link: the race was not run")
	entries, err := os.ReadDir(victim)
	require.NoError(t, err)
	require.Len(t, entries, 1)
}

// exchange makes two names change places at once.
func exchange(a, b string) syscall.Errno {
	n, _ := Arch(runtime.GOARCH).number("renameat2")
	from, _ := syscall.BytePtrFromString(a)
	to, _ := syscall.BytePtrFromString(b)
	here := ^uintptr(99)
	_, _, errno := syscall.Syscall6(uintptr(n), here, uintptr(unsafe.Pointer(from)), here, uintptr(unsafe.Pointer(to)), 2, 0)
	return errno
}

// A file of the folder's named null must not be what masks read through, nor what /dev/null is.
func TestKernelDevicesAreOurOwn(t *testing.T) {
	needKernel(t)
	root := rootfs(t)
	require.NoError(t, os.Mkdir(filepath.Join(root, "dev"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(root, "dev/null"), []byte("a file"), 0o666))
	require.Empty(t, says(t, Spec{Rootfs: root}, "cat", "/dev/null"))
	require.Empty(t, says(t, Spec{Rootfs: root}, "cat", "/proc/timer_list"))
	names := strings.Fields(says(t, Spec{}, "ls", "/dev"))
	require.Equal(t, []string{"fd", "full", "mqueue", "null", "ptmx", "pts", "random", "shm", "stderr", "stdin", "stdout", "tty", "urandom", "zero"}, names)
	_, err := inside(t, Spec{}, "write", "/dev/new", "x")
	require.Error(t, err)
	says(t, Spec{}, "write", "/dev/null", "x")
}

// A device node in the folder is dead, even for root.
func TestKernelDeviceNodesOfTheFolderAreDead(t *testing.T) {
	needKernel(t)
	root := rootfs(t)
	needNode(t, filepath.Join(root, "mem"))
	out, err := inside(t, Spec{Rootfs: root}, "cat", "/mem")
	require.Error(t, err)
	require.Contains(t, out, "permission denied")
}

func TestKernelTheOldRootIsGone(t *testing.T) {
	needKernel(t)
	require.Equal(t, "dev\nprobe\nproc\nsys", says(t, Spec{}, "ls", "/../../.."))
	for line := range strings.Lines(says(t, Spec{}, "cat", "/proc/self/mountinfo")) {
		m, ok := parseMount(line)
		require.True(t, ok)
		require.NotContains(t, []string{"/tmp", "/home", "/var", "/sys/fs/cgroup"}, m.point)
	}
}
