// Command probe makes the system calls that its arguments name on the real kernel, on one thread, and prints the errno of each, a line each.
// "exec:PROGRAM" replaces it; as what it is replaced by it is called with "show" and prints the identity it has.
//
//	setresuid:R,E,S  setresgid:R,E,S  capset:EFFECTIVE,PERMITTED,INHERITABLE  drop:CAP  raise:CAP  lower:CAP  securebits:N  keepcaps:N  nonewprivs:
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"unsafe"
)

const (
	prCapBSetDrop   = 24
	prSetSecurebits = 28
	prGetSecurebits = 27
	prSetKeepCaps   = 8
	prSetNoNewPrivs = 38
	prCapAmbient    = 47
)

func main() {
	runtime.LockOSThread()
	for _, arg := range os.Args[1:] {
		name, rest, _ := strings.Cut(arg, ":")
		switch name {
		case "show":
			show()
		case "exec":
			fmt.Println("exec", int(syscall.Exec(rest, []string{rest, "show"}, nil).(syscall.Errno)))
		default:
			fmt.Println(name, int(call(name, numbers(rest))))
		}
	}
}

func numbers(list string) (n [3]uintptr) {
	for i, text := range strings.Split(list, ",") {
		v, _ := strconv.ParseInt(text, 10, 64)
		n[i] = uintptr(v)
	}
	return n
}

func call(name string, n [3]uintptr) syscall.Errno {
	prctl := func(what, a, b uintptr) (errno syscall.Errno) {
		_, _, errno = syscall.RawSyscall6(syscall.SYS_PRCTL, what, a, b, 0, 0, 0)
		return errno
	}
	var errno syscall.Errno
	switch name {
	case "setresuid":
		_, _, errno = syscall.RawSyscall(syscall.SYS_SETRESUID, n[0], n[1], n[2])
	case "setresgid":
		_, _, errno = syscall.RawSyscall(syscall.SYS_SETRESGID, n[0], n[1], n[2])
	case "capset":
		header := struct {
			version uint32
			pid     int32
		}{version: 0x20080522}
		var sets [2][3]uint32 // the low and the high half of effective, permitted, inheritable
		for i, set := range n {
			sets[0][i], sets[1][i] = uint32(set), uint32(uint64(set)>>32)
		}
		_, _, errno = syscall.RawSyscall(syscall.SYS_CAPSET, uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&sets)), 0)
	case "drop":
		return prctl(prCapBSetDrop, n[0], 0)
	case "raise":
		return prctl(prCapAmbient, 2, n[0])
	case "lower":
		return prctl(prCapAmbient, 3, n[0])
	case "securebits":
		return prctl(prSetSecurebits, n[0], 0)
	case "keepcaps":
		return prctl(prSetKeepCaps, n[0], 0)
	case "nonewprivs":
		return prctl(prSetNoNewPrivs, 1, 0)
	}
	return errno
}

// show prints who this thread is, in the names of /proc/PID/status.
func show() {
	text, err := os.ReadFile("/proc/thread-self/status")
	if err != nil {
		fmt.Println(err)
	}
	for line := range strings.Lines(string(text)) {
		switch name, _, _ := strings.Cut(line, ":"); name {
		case "Uid", "Gid", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs":
			fmt.Print(line)
		}
	}
	bits, _, _ := syscall.RawSyscall(syscall.SYS_PRCTL, prGetSecurebits, 0, 0)
	fmt.Println("Secure:", bits)
}
