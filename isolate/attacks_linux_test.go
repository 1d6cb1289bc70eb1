//go:build amd64 || arm64

package isolate

import (
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// Attacks on what the audit looks at, carried out. Where it can be done without harm, the same attack is seen to work with the wall open.

// CVE-2022-0492: a program that the kernel runs outside when a group of v1 becomes empty.
func TestKernelNoReleaseAgentCanBeNamed(t *testing.T) {
	needKernel(t)
	tmp := []Mount{{Kind: Tmpfs, Target: "/tmp"}}
	require.Equal(t, "none []", says(t, Spec{Mounts: tmp}, "release-agent"))
	require.Equal(t, "none []", says(t, Spec{Mounts: tmp, Open: Seccomp}, "release-agent"), "the capabilities alone hold too")
	if v1 := controllersOf1(t); v1 && os.Geteuid() == 0 {
		require.Contains(t, says(t, Spec{Mounts: tmp, Open: Seccomp | Capabilities | CgroupNS}, "release-agent"), "release_agent is there")
	}
}

// controllersOf1 tells whether the machine has cgroup v1.
func controllersOf1(t *testing.T) bool {
	t.Helper()
	h, err := Detect()
	require.NoError(t, err)
	for _, c := range h.Cgroups {
		if !c.Unified {
			return true
		}
	}
	return false
}

// CVE-2020-15257: a daemon listens on a name that lies in no file system.
func TestKernelNobodyConnectsToAnAbstractSocketOutside(t *testing.T) {
	needKernel(t)
	const name = "@slipway-attack"
	l, err := net.Listen("unix", name)
	require.NoError(t, err)
	defer l.Close()
	require.Contains(t, says(t, Spec{}, "dial", name), "connection refused")
	require.Equal(t, "connected", says(t, Spec{Open: NetNS}, "dial", name))
}

// CVE-2014-0181 and its kind: keys of the caller's session are found inside.
func TestKernelNobodyFindsTheCallersKeys(t *testing.T) {
	needKernel(t)
	runtime.LockOSThread() // not unlocked: this thread's session keyring goes with it
	number := func(name string) uintptr { n, _ := Arch(runtime.GOARCH).number(name); return uintptr(n) }
	_, _, errno := syscall.Syscall(number("keyctl"), keyctlJoin, 0, 0)
	if errno == syscall.ENOSYS {
		t.Skip("this kernel has no keyrings")
	}
	require.Zero(t, errno)
	kind, name, text := []byte("user\x00"), []byte("slipway-secret\x00"), []byte("secret")
	_, _, errno = syscall.Syscall6(number("add_key"), uintptr(unsafe.Pointer(&kind[0])), uintptr(unsafe.Pointer(&name[0])), uintptr(unsafe.Pointer(&text[0])), uintptr(len(text)), ^uintptr(2), 0)
	require.Zero(t, errno)
	require.Equal(t, "false EPERM", says(t, Spec{}, "key", "slipway-secret"))
	require.Equal(t, "false EPERM", says(t, Spec{Open: Session}, "key", "slipway-secret"), "the filter alone")
	require.Equal(t, "false errno 126", says(t, Spec{Open: Seccomp}, "key", "slipway-secret"), "the keyring of its own alone: ENOKEY")
	require.Equal(t, "true ", says(t, Spec{Open: Seccomp | Session}, "key", "slipway-secret"))
}

// CVE-2019-10144 and its kind: processes outside are reached by their numbers.
func TestKernelNobodyReachesProcessesOutside(t *testing.T) {
	needKernel(t)
	us := strconv.Itoa(os.Getpid())
	const nothing = "pidfd_open false\nkill false\nptrace false\nmem false"
	require.Equal(t, nothing, says(t, Spec{}, "reach", us))
	require.Equal(t, nothing, says(t, Spec{Open: Seccomp | Capabilities}, "reach", us), "the namespace alone")
	out := says(t, Spec{Open: PIDNS | Seccomp | Capabilities}, "reach", us)
	require.Contains(t, out, "pidfd_open true")
	require.Contains(t, says(t, Spec{Open: PIDNS}, "reach", us), "ptrace false", "the filter alone")
}

// Root walks out of any chroot. The way it does leads nowhere but to the container's own root.
func TestKernelAChrootIsLeftAndTheRootIsNot(t *testing.T) {
	needKernel(t)
	set, err := ParseCapabilities("sys_chroot")
	require.NoError(t, err)
	out := says(t, Spec{Capabilities: Keep(set, User{}), Syscalls: []string{"chroot"}}, "escape")
	require.Equal(t, "dev jail probe proc sys", out, "out of the jail, and no further")
	_, err = inside(t, Spec{}, "escape")
	require.Error(t, err, "by default there is no chroot")
}

// A mount made inside, on a folder that is shared with the machine, must not appear there; nor one made there, inside.
func TestKernelMountsDoNotCross(t *testing.T) {
	needKernel(t)
	needRoot(t)
	shared := t.TempDir()
	require.NoError(t, syscall.Mount("none", shared, "tmpfs", 0, ""))
	t.Cleanup(func() { _ = syscall.Unmount(shared, syscall.MNT_DETACH) })
	require.NoError(t, syscall.Mount("", shared, "", syscall.MS_SHARED, ""))
	for _, dir := range []string{"inside", "outside"} {
		require.NoError(t, os.Mkdir(filepath.Join(shared, dir), 0o755))
	}
	set, err := ParseCapabilities("sys_admin")
	require.NoError(t, err)
	cmd := command(t, "mount", "/data/inside")
	cmd.Capabilities, cmd.Syscalls = Keep(set, User{}), []string{"mount"}
	cmd.Mounts = []Mount{{Kind: Bind, Source: shared, Target: "/data", Writable: true}}
	in, stop := io.Pipe()
	cmd.Stdin = in
	begun(t, cmd)
	require.NoFileExists(t, filepath.Join(shared, "inside/mounted"))
	require.NoError(t, syscall.Mount("none", filepath.Join(shared, "outside"), "tmpfs", 0, ""))
	require.NoError(t, os.WriteFile(filepath.Join(shared, "outside/late"), nil, 0o644))
	theirs := "/proc/" + strconv.Itoa(cmd.Process.PID) + "/root/data/"
	require.FileExists(t, theirs+"inside/mounted", "it was mounted, inside")
	require.NoFileExists(t, theirs+"outside/late")
	require.NoError(t, stop.Close())
	require.NoError(t, cmd.Wait())
}

// CVE-2022-24769 and 29162: what is inheritable outside must not be inside, where a program with file capabilities would get it.
func TestKernelNothingIsInherited(t *testing.T) {
	needKernel(t)
	needRoot(t)
	if os.Getenv("SLIPWAY_INHERIT") == "" { // in a process of its own: capabilities are a thread's, and Go has many
		file, err := probe()
		require.NoError(t, err)
		cmd := exec.Command("/proc/self/exe", "-test.run=^"+t.Name()+"$", "-test.v")
		cmd.Env = append(os.Environ(), "SLIPWAY_INHERIT=1", "SLIPWAY_PROBE="+file)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		return
	}
	runtime.LockOSThread()
	header, data := [2]uint32{0x20080522, 0}, [6]uint32{}
	capsetNumber, _ := Arch(runtime.GOARCH).number("capset")
	capgetNumber, _ := Arch(runtime.GOARCH).number("capget")
	_, _, errno := syscall.RawSyscall(uintptr(capgetNumber), uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&data)), 0)
	require.Zero(t, errno)
	data[2] = data[1] // inheritable = permitted
	_, _, errno = syscall.RawSyscall(uintptr(capsetNumber), uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&data)), 0)
	require.Zero(t, errno)
	require.Equal(t, "0000000000000000", field(says(t, Spec{}, "cat", "/proc/self/status"), "CapInh"))
	require.NotEqual(t, "0000000000000000", field(says(t, Spec{Open: Capabilities}, "cat", "/proc/self/status"), "CapInh"))
}

// CVE-2019-14271: a program that starts a container loads libraries, or reads users, from the container's folder.
func TestKernelNothingOfTheFolderIsReadButTheCommand(t *testing.T) {
	needKernel(t)
	root := rootfs(t)
	watch, err := syscall.InotifyInit1(syscall.IN_CLOEXEC | syscall.IN_NONBLOCK)
	require.NoError(t, err)
	defer syscall.Close(watch)
	for _, file := range []string{"etc/passwd", "etc/group", "etc/nsswitch.conf", "etc/ld.so.cache", "etc/ld.so.preload", "lib/libnss_files.so.2", "lib64/ld-linux-x86-64.so.2"} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(root, file)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, file), []byte("nobody:x:0:0::/:/x\n"), 0o755))
	}
	for _, dir := range []string{"etc", "lib", "lib64"} {
		_, err := syscall.InotifyAddWatch(watch, filepath.Join(root, dir), syscall.IN_OPEN|syscall.IN_ACCESS)
		require.NoError(t, err)
	}
	events := func() int {
		n, err := syscall.Read(watch, make([]byte, 4096))
		if err == syscall.EAGAIN {
			return 0
		}
		require.NoError(t, err)
		return n
	}
	says(t, Spec{Rootfs: root}, "true")
	require.Zero(t, events(), "a file of the folder was opened")
	says(t, Spec{Rootfs: root}, "cat", "/etc/passwd")
	require.NotZero(t, events(), "nothing is seen when one is")
}

// CVE-2025-52881: what is meant for /proc is written through a link to something else. The folder's own /proc is full of them.
func TestKernelWhatIsWrittenToProcGoesToProc(t *testing.T) {
	needKernel(t)
	root, victim := rootfs(t), filepath.Join(folder(t, "victim"), "victim")
	proc := filepath.Join(root, "proc")
	for _, file := range []string{"self/setgroups", "self/uid_map", "self/gid_map", "self/timens_offsets", "self/attr/exec", "self/oom_score_adj", "sys/kernel/core_pattern", "sysrq-trigger"} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(proc, file)), 0o755))
		require.NoError(t, os.Symlink(victim, filepath.Join(proc, file)))
	}
	s := Spec{Rootfs: root, Limits: someLimits(t)}
	if os.Geteuid() == 0 {
		s.UIDs, s.GIDs = []IDMap{{0, 0, 65536}}, []IDMap{{0, 0, 65536}}
	}
	says(t, s, "true")
	text, err := os.ReadFile(victim)
	require.NoError(t, err)
	require.Equal(t, "victim", string(text))
}

// No step writes to a file by a name that somebody inside could have made: it is written to the machine's /proc and cgroups, before there is a
// root of its own.
func TestNothingIsWrittenByNameOnceThereIsARoot(t *testing.T) {
	for _, s := range []Spec{{}, {UIDs: []IDMap{{0, 5, 9}}, GIDs: []IDMap{{0, 5, 9}}}, {Limits: Limits{Memory: 64 << 20, PIDs: 5}}, {Clock: Clock{Boottime: 5}}, {Terminal: true, Init: true}} {
		for _, h := range []Host{rootV1, rootV2, {UID: 5}} {
			if h.UID != 0 && (s.UIDs != nil || s.Limits.Memory > 0) {
				continue
			}
			s.Rootfs, s.Args = "/r", []string{"/x"}
			p, err := Build(s, h)
			require.NoError(t, err)
			rooted := false
			for i, step := range p.Steps {
				rooted = rooted || step.By == Child && step.Call == "openat" && step.Args[1].Text == "/r"
				writes := step.Call == "openat" && strings.Contains(step.Args[2].Text, "O_WRONLY")
				require.False(t, rooted && step.By == Child && writes, p.Line(i))
			}
			require.True(t, rooted)
		}
	}
}

// Masks read as nothing even where the folder has links in the places of the devices they are made of (CVE-2025-31133, CVE-2025-52565).
func TestKernelMasksAreNotReadThroughLinks(t *testing.T) {
	needKernel(t)
	for _, link := range []string{"/proc/sysrq-trigger", "/proc/self/fd/0", "/probe", "../proc/timer_list"} {
		root := rootfs(t)
		require.NoError(t, os.Mkdir(filepath.Join(root, "dev"), 0o755))
		for _, name := range []string{"null", "console", "zero", "pts", "shm", "ptmx"} {
			require.NoError(t, os.Symlink(link, filepath.Join(root, "dev", name)))
		}
		require.Empty(t, says(t, Spec{Rootfs: root}, "cat", "/proc/timer_list", "/proc/kallsyms", "/dev/null"))
		_, err := inside(t, Spec{Rootfs: root}, "write", "/proc/sysrq-trigger", "?")
		require.Error(t, err)
	}
}

// Whoever exchanges the folder itself while containers start gets the old one or the new one, and never something between.
func TestKernelTheFolderIsExchangedWhileContainersStart(t *testing.T) {
	needKernel(t)
	root, victim := rootfs(t), folder(t, "kept")
	link := filepath.Join(filepath.Dir(root), "link")
	require.NoError(t, os.Symlink(victim, link))
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
				exchange(root, link)
			}
		}
	}()
	for range 50 {
		out, err := inside(t, Spec{Rootfs: root}, "ls", "/")
		if err != nil {
			var step *StepError // the other folder has no command
			require.ErrorAs(t, err, &step)
			continue
		}
		require.Equal(t, "dev\nprobe\nproc\nsys", out)
	}
	close(stop)
	<-stopped
	entries, err := os.ReadDir(victim)
	require.NoError(t, err)
	for _, e := range entries {
		require.Contains(t, []string{"kept", "dev", "proc", "sys"}, e.Name(), "a folder for a mount is all that is ever made")
	}
}
