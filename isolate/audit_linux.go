//go:build amd64 || arm64

package isolate

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"unsafe"
)

// Look collects what [Audit] compares with, outside, before the container is started.
func Look() Outside {
	var o Outside
	o.Hostname, _ = os.Hostname()
	o.Keyring = sessionKeyring()
	o.PIDNS, _ = os.Readlink("/proc/self/ns/pid")
	o.Runtime = identity("/proc/self/exe")
	mounts, _ := os.ReadFile("/proc/self/mountinfo")
	o.Disk = rootDisk(string(mounts))
	return o
}

// Audit tries, from inside, what a container should not allow, and says for each whether it is kept from. It changes nothing that it does not
// change back. The order is always the same.
func Audit(o Outside) []Finding {
	a := &audit{outside: o}
	a.files()
	a.process()
	a.mounts()
	a.devices()
	a.kernel()
	a.world()
	return a.findings
}

type audit struct {
	outside  Outside
	findings []Finding
}

func (a *audit) add(id string, holds bool, found string) {
	a.findings = append(a.findings, Finding{id, holds, found})
}

// refused notes a call that should have failed.
func (a *audit) refused(id string, errno syscall.Errno) {
	a.add(id, errno != 0, met(errno))
}

func met(errno syscall.Errno) string {
	if errno == 0 {
		return "it works"
	}
	return Errno(errno).String()
}

func errnoOf(err error) syscall.Errno {
	if errno, ok := err.(syscall.Errno); ok {
		return errno
	}
	return 0
}

func (a *audit) files() {
	for _, path := range auditWritable {
		a.refused("not-writable "+path, canOpen(path, syscall.O_WRONLY))
	}
	for _, path := range auditReadable {
		fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
		if err != nil {
			a.add("unreadable "+path, true, met(errnoOf(err)))
			continue
		}
		b := make([]byte, 64)
		n, _ := syscall.Read(fd, b)
		_ = syscall.Close(fd)
		b = b[:max(n, 0)]
		if i := strings.LastIndexByte(string(b), '\n'); i >= 0 {
			b = b[:i+1] // the last line may be cut
		}
		a.add("unreadable "+path, saysNothing(string(b)), fmt.Sprintf("%d bytes", max(n, 0)))
	}
	for _, path := range auditFolders {
		entries, err := os.ReadDir(path)
		a.add("masked "+path, err != nil || len(entries) == 0, fmt.Sprintf("%d entries", len(entries)))
	}
}

func canOpen(path string, mode int) syscall.Errno {
	fd, err := syscall.Open(path, mode|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
	if err != nil {
		return errnoOf(err)
	}
	_ = syscall.Close(fd)
	return 0
}

func (a *audit) process() {
	text, _ := os.ReadFile("/proc/self/status")
	status := string(text)
	for _, name := range auditZero {
		value := field(status, name)
		n, err := strconv.ParseUint(value, 16, 64)
		a.add("zero "+name, err == nil && n == 0, value)
	}
	a.add("no_new_privs", field(status, "NoNewPrivs") == "1", field(status, "NoNewPrivs"))
	a.add("seccomp filter", field(status, "Seccomp") == "2", field(status, "Seccomp"))
	leaked := inherited()
	a.add("no leaked descriptors", leaked == "", leaked)
	wd, err := syscall.Getwd()
	a.add("cwd inside root", err == nil && strings.HasPrefix(wd, "/"), wd)
	ns, _ := os.Readlink("/proc/self/ns/pid")
	a.add("only own processes", ns != "" && ns != a.outside.PIDNS && ns != "pid:[4026531836]", ns)
	exe := identity("/proc/1/exe")
	a.add("pid 1 is not the runtime", exe == "" || exe != a.outside.Runtime, exe)
	text, err = os.ReadFile("/proc/net/unix")
	sockets := abstractSockets(string(text))
	a.add("no host abstract sockets", err != nil || len(sockets) == 0, strings.Join(sockets, " "))
}

// inherited lists descriptors above 2 that came through execve: all that Go opens itself is close-on-exec.
func inherited() string {
	var found []string
	for fd := 3; fd < 4096; fd++ {
		flags, _, errno := syscall.RawSyscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_GETFD, 0)
		if errno == 0 && flags&syscall.FD_CLOEXEC == 0 {
			found = append(found, strconv.Itoa(fd))
		}
	}
	return strings.Join(found, " ")
}

// identity is the device and inode of a file, "" if it cannot be looked at.
func identity(path string) string {
	var st syscall.Stat_t
	if syscall.Stat(path, &st) != nil {
		return ""
	}
	return fmt.Sprintf("%d:%d", st.Dev, st.Ino)
}

func sessionKeyring() int {
	id, _, errno := syscall.Syscall(syscall.SYS_KEYCTL, 0, ^uintptr(2), 0) // KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING
	if errno != 0 {
		return 0
	}
	return int(int32(id))
}

// mounts tries to mount, on a folder of its own where it can make one, and takes away what worked.
func (a *audit) mounts() {
	dir, err := os.MkdirTemp("", "audit")
	if err != nil {
		dir = "/dev/shm"
	} else {
		defer func() { _ = os.Remove(dir) }()
	}
	for _, kind := range []string{"cgroup", "tmpfs", "proc", "sysfs"} {
		options := map[string]string{"cgroup": "pids"}[kind]
		errno := errnoOf(syscall.Mount("none", dir, kind, 0, options))
		if errno == 0 {
			_ = syscall.Unmount(dir, syscall.MNT_DETACH)
		}
		a.refused("mount "+kind+" denied", errno)
	}
	a.refused("remount /proc/sys writable denied", errnoOf(syscall.Mount("", "/proc/sys", "", syscall.MS_REMOUNT|syscall.MS_BIND, "")))
}

func (a *audit) devices() {
	try := func(id string, mode uint32, device int) {
		path := "/audit-node"
		errno := errnoOf(syscall.Mknod(path, mode|0o600, device))
		if errno == 0 {
			_ = os.Remove(path)
		}
		a.refused(id, errno)
	}
	try("mknod block denied", syscall.S_IFBLK, 254<<8)
	try("mknod /dev/mem denied", syscall.S_IFCHR, 1<<8|1)
	disk := a.outside.Disk
	if disk == "" {
		disk = "/dev/vda"
	}
	a.refused("no /dev/<root disk>", canOpen(disk, syscall.O_RDONLY))
	for _, path := range auditDevices {
		a.refused("no "+path, canOpen(path, syscall.O_RDONLY))
	}
}

func (a *audit) kernel() {
	a.refused("chroot denied", errnoOf(syscall.Chroot("/")))
	a.refused("unshare mount namespace denied", unshared(syscall.CLONE_NEWNS))
	// Nothing is executed: whether the clone before it worked shows in the errno.
	cmd := exec.Command("/nonexistent")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER}
	var errno syscall.Errno
	if path, ok := cmd.Start().(*os.PathError); ok {
		errno = errnoOf(path.Err)
	}
	if errno == syscall.ENOENT {
		errno = 0
	}
	a.refused("nested user namespace denied", errno)
	for _, c := range []struct {
		name string
		args [3]uintptr
	}{{"userfaultfd", [3]uintptr{^uintptr(0)}}, {"bpf", [3]uintptr{999, 0, 0}}, {"io_uring_setup", [3]uintptr{0, 0, 0}}} {
		n, _ := Arch(runtime.GOARCH).number(c.name)
		_, _, errno := syscall.Syscall(uintptr(n), c.args[0], c.args[1], c.args[2])
		a.add(c.name+" denied", errno == syscall.EPERM || errno == syscall.ENOSYS, met(errno))
	}
	keyring := sessionKeyring()
	a.add("own session keyring", keyring == 0 || keyring != a.outside.Keyring, strconv.Itoa(keyring))
}

// unshared unshares in a thread that ends afterwards: threads of this process keep what they have.
func unshared(flags int) syscall.Errno {
	result := make(chan syscall.Errno)
	go func() {
		runtime.LockOSThread() // not unlocked: the thread ends with the goroutine
		result <- errnoOf(syscall.Unshare(flags))
	}()
	return <-result
}

func (a *audit) world() {
	name, err := os.Hostname()
	a.add("own hostname", err == nil && name != a.outside.Hostname, name)
	a.add("/.. is /", identity("/..") == identity("/"), identity("/.."))
	text, err := os.ReadFile("/proc/self/mountinfo")
	mounts := string(text)
	a.add("no shared or slave propagation", err == nil && len(propagating(mounts)) == 0, strings.Join(propagating(mounts), " "))
	a.add("no other host mount", err == nil && len(hostMounts(mounts)) == 0, strings.Join(hostMounts(mounts), " "))
	// No letter is given: EFAULT says that one would have been typed.
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, 0, tiocSTI, uintptr(unsafe.Pointer(nil)))
	a.add("terminal injection denied", errno != 0 && errno != syscall.EFAULT, met(errno))
}
