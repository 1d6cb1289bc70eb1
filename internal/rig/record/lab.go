//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// enterLab is the argument by which the program starts itself as process 1 of a new lab.
const enterLab = "become-lab"

// prepareMachine makes of the rig the machine that FORMAT.md describes: these controllers and no others below the root.
func prepareMachine() error {
	on, err := os.ReadFile("/sys/fs/cgroup/cgroup.subtree_control")
	if err != nil {
		return err
	}
	for _, c := range strings.Fields(string(on)) {
		switch c {
		case "cpuset", "cpu", "io", "memory", "pids":
			continue
		}
		if err := os.WriteFile("/sys/fs/cgroup/cgroup.subtree_control", []byte("-"+c), 0); err != nil {
			return fmt.Errorf("turn the controller %s off: %w", c, err)
		}
	}
	return errors.Join(rememberLimits(), os.MkdirAll("/newlab", 0o755))
}

// limits are how many namespaces users may have, by file: what a script sets there is the whole machine's, and must not outlive its lab.
var limits = map[string][]byte{}

func rememberLimits() error {
	files, err := filepath.Glob("/proc/sys/user/max_*")
	for _, file := range files {
		text, readErr := os.ReadFile(file)
		err = errors.Join(err, readErr)
		limits[file] = text
	}
	return err
}

func restoreLimits() (err error) {
	for file, text := range limits {
		err = errors.Join(err, os.WriteFile(file, text, 0))
	}
	return err
}

// labCommand is the shell of a new lab: this program, in namespaces of its own, which becomes the shell.
func labCommand() *exec.Cmd {
	cmd := exec.Command("/proc/self/exe", enterLab)
	cmd.Env = []string{}
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWUTS | syscall.CLONE_NEWIPC | syscall.CLONE_NEWNET | syscall.CLONE_NEWPID,
	}
	return cmd
}

// becomeLab makes the lab's file systems, leaves the machine's root and becomes `sh -i`.
func becomeLab() error {
	const at = "/newlab"
	syscall.Umask(0)
	steps := []func() error{
		func() error { return syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, "") },
		func() error { return syscall.Mount("lab", at, "tmpfs", 0, "size=262144k,mode=755") },
		func() error { return copyTree("/lab", at) },
		func() error { return setModes(at) },
		func() error { return syscall.Mount("proc", at+"/proc", "proc", 0, "") },
		func() error { return syscall.Mount("sysfs", at+"/sys", "sysfs", 0, "") },
		func() error { return makeDevices(at + "/dev") },
		func() error { return syscall.Mount("cgroup2", at+"/sys/fs/cgroup", "cgroup2", 0, "") },
		func() error { return os.Mkdir(at+"/.old", 0o700) },
		func() error { return syscall.PivotRoot(at, at+"/.old") },
		func() error { return os.Chdir("/root") },
		func() error { return syscall.Unmount("/.old", syscall.MNT_DETACH) },
		func() error { return os.Remove("/.old") },
		func() error { return syscall.Sethostname([]byte("lab")) },
		func() error { return run("/bin/ip", "link", "set", "lo", "up") },
		setLimits,
		// From here on no process but the shell's.
		func() error { return os.WriteFile("/proc/sys/kernel/ns_last_pid", []byte("4199"), 0) },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("step %d: %w", i, err)
		}
	}
	syscall.Umask(0o022)
	return syscall.Exec("/bin/sh", []string{"sh", "-i"}, []string{"PATH=/bin", "HOME=/root", "USER=root", "PS1="})
}

// makeDevices makes /dev: a tmpfs with the devices of a container, and shared memory.
func makeDevices(dev string) error {
	if err := syscall.Mount("dev", dev, "tmpfs", 0, "size=1024k,mode=755"); err != nil {
		return err
	}
	var failed error
	for name, minor := range map[string]int{"full": 7, "null": 3, "random": 8, "urandom": 9, "zero": 5} {
		failed = errors.Join(failed, syscall.Mknod(filepath.Join(dev, name), syscall.S_IFCHR|0o666, 1<<8|minor))
	}
	failed = errors.Join(failed, syscall.Mknod(filepath.Join(dev, "tty"), syscall.S_IFCHR|0o666, 5<<8))
	for name, to := range map[string]string{"fd": "fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2"} {
		failed = errors.Join(failed, os.Symlink("/proc/self/"+to, filepath.Join(dev, name)))
	}
	return errors.Join(failed, os.Mkdir(dev+"/shm", 0o1777), syscall.Mount("shm", dev+"/shm", "tmpfs", 0, "size=1024k"))
}

func setLimits() error {
	return errors.Join(
		syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: 1024, Max: 4096}), // as the kernel gives them to process 1
		syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}),
	)
}

// setModes gives the tree the modes and owners that it lost on its way into the machine.
func setModes(at string) error {
	var failed error
	for _, f := range []struct {
		path string
		mode uint32
		id   int
	}{
		{"/root", 0o700, 0}, {"/tmp", 0o1777, 0}, {"/var/tmp", 0o1777, 0}, {"/home/alice", 0o750, 1000}, {"/home/bob", 0o750, 1001}, {"/etc/shadow", 0o640, 0},
	} {
		failed = errors.Join(failed, os.Chown(at+f.path, f.id, f.id), syscall.Chmod(at+f.path, f.mode))
	}
	return failed
}

// copyTree copies folders, files and links into a folder that is there.
func copyTree(from, to string) error {
	return filepath.Walk(from, func(path string, info os.FileInfo, err error) error {
		if err != nil || path == from {
			return err
		}
		at := to + strings.TrimPrefix(path, from)
		switch {
		case info.Mode()&os.ModeSymlink != 0:
			target, err := os.Readlink(path)
			if err != nil {
				return err
			}
			return os.Symlink(target, at)
		case info.IsDir():
			return os.Mkdir(at, 0o755)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(at, data, info.Mode().Perm())
	})
}

func run(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}
