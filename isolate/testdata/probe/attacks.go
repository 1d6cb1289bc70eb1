package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"unsafe"

	"github.com/slipway-dev/slipway/isolate"
)

// attacks are tried from inside. Each says what the kernel answered, and puts back what worked.
var attacks = map[string]func([]string){
	// Mounts v1's controllers, wherever the program that the kernel runs when a group becomes empty could be named.
	"release-agent": func([]string) {
		dir := must(os.MkdirTemp("", "agent"))
		for _, options := range []string{"memory", "pids", "rdma", "devices", "none,name=slipway-attack"} {
			err := syscall.Mount("none", dir, "cgroup", 0, options)
			if err == nil {
				_, err = os.Stat(filepath.Join(dir, "release_agent"))
				_ = syscall.Unmount(dir, syscall.MNT_DETACH)
				if err == nil {
					fmt.Println("release_agent is there")
					return
				}
			}
		}
		found, _ := filepath.Glob("/sys/fs/cgroup/*/release_agent")
		fmt.Println("none", found)
	},
	"dial": func(a []string) {
		if _, err := net.Dial("unix", a[0]); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("connected")
	},
	// Looks for somebody else's key in the session's keyring.
	"key": func(a []string) {
		kind, name := cstring("user"), cstring(a[0])
		_, _, errno := syscall.Syscall6(keyctl, 10, ^uintptr(2), uintptr(kind), uintptr(name), 0, 0) // KEYCTL_SEARCH
		fmt.Println(errno == 0, isolate.Errno(errno))
	},
	// Reaches for a process outside by its number there.
	"reach": func(a []string) {
		pid := uintptr(must(strconv.Atoi(a[0])))
		for _, try := range []struct {
			name   string
			number uintptr
			args   [3]uintptr
		}{{"pidfd_open", 434, [3]uintptr{pid}}, {"kill", syscall.SYS_KILL, [3]uintptr{pid, 0}}, {"ptrace", syscall.SYS_PTRACE, [3]uintptr{0x4206, pid}}} { // PTRACE_SEIZE
			_, _, errno := syscall.Syscall(try.number, try.args[0], try.args[1], try.args[2])
			fmt.Print(try.name, " ", errno == 0, "\n")
		}
		_, err := os.Open("/proc/" + a[0] + "/mem")
		fmt.Println("mem", err == nil)
	},
	// Walks out of a chroot as root always could: chroot again, while standing outside of the new one.
	"escape": func([]string) {
		must(0, os.MkdirAll("/jail/inner", 0o755))
		must(0, syscall.Chroot("/jail"))
		must(0, os.Chdir("/"))
		must(0, syscall.Chroot("inner"))
		for range 64 {
			must(0, os.Chdir(".."))
		}
		must(0, syscall.Chroot("."))
		var names []string
		for _, e := range must(os.ReadDir("/")) {
			names = append(names, e.Name())
		}
		fmt.Println(strings.Join(names, " "))
	},
	// Starts a container from in here, and says of which type the error is.
	"nest": func(a []string) {
		s := isolate.Spec{Rootfs: "/", Args: []string{"/probe", "true"}}
		if len(a) > 0 {
			s.Limits.PIDs = 5
		}
		err := isolate.Command(s).Run()
		var step *isolate.StepError
		var wrong *isolate.SpecError
		switch {
		case errors.As(err, &step):
			fmt.Printf("%T %s %v: %s\n", step, step.Step.Call, step.Errno, step.Cause)
		case errors.As(err, &wrong):
			fmt.Printf("%T %s: %s\n", wrong, wrong.Problems[0].Field, wrong.Problems[0].Wrong)
		default:
			fmt.Println("no such error:", err)
		}
	},
	"move": func(a []string) { must(0, os.Rename(a[0], a[1])) },
	"mount": func(a []string) {
		if err := syscall.Mount("none", a[0], "tmpfs", 0, ""); err != nil {
			fail("%v", err)
		}
		must(0, os.WriteFile(filepath.Join(a[0], "mounted"), nil, 0o644))
		fmt.Println("ready")
		_, _ = os.Stdin.Read(make([]byte, 1))
	},
}

func init() {
	for name, act := range attacks {
		acts[name] = act
	}
}

func cstring(s string) unsafe.Pointer { return unsafe.Pointer(must(syscall.BytePtrFromString(s))) }
