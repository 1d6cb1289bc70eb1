//go:build linux && (amd64 || arm64)

// Command init is process 1 of the rig: a virtual machine with a kernel and cgroup version other than the host's, in which a test binary
// may break what it likes (scripts/rig). It mounts what a system has, loads the modules it was given, runs the test binary, says how that
// ended in a last line `rig: exit N`, and turns the machine off.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"unsafe"
)

func main() {
	code := 1
	if err := errors.Join(leaveRamfs("/root.new"), prepare()); err != nil {
		fmt.Println("rig:", err)
	} else {
		code = run()
	}
	fmt.Printf("\nrig: exit %d\n", code)
	syscall.Sync()
	if err := syscall.Reboot(syscall.LINUX_REBOOT_CMD_POWER_OFF); err != nil {
		fmt.Println("rig: power off:", err)
	}
	select {} // process 1 must not end
}

// leaveRamfs moves what came in the archive to a tmpfs, which becomes the root: the ramfs it was unpacked to is no mount that
// pivot_root(2) could leave.
func leaveRamfs(at string) error {
	if err := os.Mkdir(at, 0o755); err != nil {
		return err
	}
	if err := syscall.Mount("root", at, "tmpfs", 0, "mode=0755"); err != nil {
		return fmt.Errorf("mount a tmpfs: %w", err)
	}
	came, err := os.ReadDir("/")
	if err != nil {
		return err
	}
	for _, entry := range came {
		dir := entry.Name()
		if !entry.IsDir() || dir == "dev" || "/"+dir == at {
			continue
		}
		if err := os.CopyFS(filepath.Join(at, dir), os.DirFS("/"+dir)); err != nil {
			return err
		}
		if err := os.RemoveAll("/" + dir); err != nil {
			return err
		}
	}
	if err := os.Chdir(at); err != nil {
		return err
	}
	if err := syscall.Mount(".", "/", "", syscall.MS_MOVE, ""); err != nil {
		return fmt.Errorf("move the tmpfs to /: %w", err)
	}
	if err := syscall.Chroot("."); err != nil {
		return fmt.Errorf("chroot: %w", err)
	}
	return os.Chdir("/")
}

// prepare makes of an unpacked archive what programs expect of a system.
func prepare() error {
	mounts := []mount{
		{"proc", "/proc", ""},
		{"sysfs", "/sys", ""},
		{"devtmpfs", "/dev", ""},
		{"devpts", "/dev/pts", "newinstance,ptmxmode=0666,mode=0620"},
		{"tmpfs", "/dev/shm", ""},
		{"tmpfs", "/tmp", "mode=1777"},
		{"tmpfs", "/run", "mode=0755"},
	}
	v1 := os.Getenv("RIG_CGROUP") == "v1"
	if v1 {
		mounts = append(mounts, mount{"tmpfs", "/sys/fs/cgroup", "mode=0755"})
		for _, c := range []string{"blkio", "cpu", "cpuacct", "cpuset", "devices", "freezer", "memory", "pids"} {
			mounts = append(mounts, mount{"cgroup", "/sys/fs/cgroup/" + c, c})
		}
	} else {
		mounts = append(mounts, mount{"cgroup2", "/sys/fs/cgroup", ""})
	}
	for _, m := range mounts {
		if err := os.MkdirAll(m.at, 0o755); err != nil {
			return err
		}
		if err := syscall.Mount(m.kind, m.at, m.kind, 0, m.options); err != nil {
			return fmt.Errorf("mount %s at %s: %w", m.kind, m.at, err)
		}
	}
	if err := loadModules("/modules"); err != nil {
		return err
	}
	if !v1 {
		if err := delegate("/sys/fs/cgroup"); err != nil {
			return err
		}
	}
	return loopbackUp()
}

type mount struct{ kind, at, options string }

// delegate makes all controllers available below the root, one by one: a controller that cannot be had must not take the others along.
func delegate(root string) error {
	list, err := os.ReadFile(filepath.Join(root, "cgroup.controllers"))
	if err != nil {
		return err
	}
	for _, c := range strings.Fields(string(list)) {
		if err := os.WriteFile(filepath.Join(root, "cgroup.subtree_control"), []byte("+"+c), 0); err != nil {
			fmt.Printf("rig: controller %s: %v\n", c, err)
		}
	}
	return nil
}

// loadModules loads the files named in DIR/list in that order, so that what a module needs stands before it. The kernel unpacks those that are
// compressed (finit_module(2), MODULE_INIT_COMPRESSED_FILE).
func loadModules(dir string) error {
	finitModule := map[string]uintptr{"amd64": 313, "arm64": 273}[runtime.GOARCH] // the frozen package syscall does not name it
	list, err := os.Open(filepath.Join(dir, "list"))
	if err != nil {
		return err
	}
	defer list.Close()
	for s := bufio.NewScanner(list); s.Scan(); {
		f, err := os.Open(filepath.Join(dir, s.Text()))
		if err != nil {
			return err
		}
		compressed := uintptr(4)
		if strings.HasSuffix(s.Text(), ".ko") {
			compressed = 0
		}
		none := []byte{0}
		_, _, errno := syscall.Syscall(finitModule, f.Fd(), uintptr(unsafe.Pointer(&none[0])), compressed)
		f.Close()
		if errno != 0 && errno != syscall.EEXIST {
			return fmt.Errorf("load %s: %w", s.Text(), errno)
		}
	}
	return nil
}

// loopbackUp sets the flag IFF_UP of lo (netdevice(7)).
func loopbackUp() error {
	s, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(s)
	var req struct {
		name  [syscall.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}
	copy(req.name[:], "lo")
	req.flags = syscall.IFF_UP
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(s), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&req))); errno != 0 {
		return fmt.Errorf("lo up: %w", errno)
	}
	return nil
}

// run starts /test/binary with the arguments of /test/args, one a line, in /test/package, and returns its exit code.
func run() int {
	text, err := os.ReadFile("/test/args")
	if err != nil && !os.IsNotExist(err) {
		fmt.Println("rig:", err)
		return 1
	}
	env := []string{"PATH=/bin:/sbin:/usr/bin:/usr/sbin", "HOME=/root", "TMPDIR=/tmp", "SLIPWAY_RIG=1", "SLIPWAY_CONTAINERS=required",
		"RIG_CGROUP=" + os.Getenv("RIG_CGROUP"), "SLIPWAY_STARTS=" + os.Getenv("SLIPWAY_STARTS")}
	if _, err := os.Stat("/test/probe"); err == nil {
		env = append(env, "SLIPWAY_PROBE=/test/probe")
	}
	args := []string{"/test/binary"}
	for line := range strings.Lines(string(text)) {
		args = append(args, strings.TrimSuffix(line, "\n"))
	}
	test, err := os.StartProcess(args[0], args, &os.ProcAttr{Dir: "/test/package", Env: env, Files: []*os.File{os.Stdin, os.Stdout, os.Stderr}})
	if err != nil {
		fmt.Println("rig:", err)
		return 1
	}
	// Process 1 collects whoever has no parent left, until the test itself has ended.
	for {
		var status syscall.WaitStatus
		switch pid, err := syscall.Wait4(-1, &status, 0, nil); {
		case err == syscall.EINTR || err == nil && pid != test.Pid:
		case err != nil:
			fmt.Println("rig:", err)
			return 1
		case status.Signaled():
			fmt.Println("rig: the test was ended by", status.Signal())
			return 1
		default:
			return status.ExitStatus()
		}
	}
}
