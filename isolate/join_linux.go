//go:build amd64 || arm64

package isolate

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Find looks a running container up by one of its processes. That there is none is an error that wraps [os.ErrNotExist].
func Find(pid int) (Running, error) {
	r := Running{PID: pid, Born: born(pid)}
	if r.Born == "" {
		return r, fmt.Errorf("isolate: there is no process %d: %w", pid, os.ErrNotExist)
	}
	groups, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/cgroup")
	if err != nil {
		return r, err
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	r.Groups = groupsOf(string(groups), string(mounts))
	return r, err
}

// born is when a process began, in ticks since the machine did; "" if there is none. Source: proc_pid_stat(5), field 22.
func born(pid int) string {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return ""
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:])) // the name before it may hold anything
	if len(fields) < 20 {
		return ""
	}
	return fields[19]
}

// hold opens a pidfd of the process, and only then compares: what it holds on to is the one that was meant.
func (r Running) hold() (*os.File, error) {
	fd, _, errno := syscall.Syscall(sysPidfdOpen, uintptr(r.PID), 0, 0)
	if errno != 0 {
		return nil, fmt.Errorf("isolate: the container's process %d: %w", r.PID, os.NewSyscallError("pidfd_open", errno))
	}
	file := os.NewFile(fd, "pidfd")
	if r.Born != "" && born(r.PID) != r.Born {
		_ = file.Close()
		return nil, fmt.Errorf("isolate: process %d is not the container's any more: %w", r.PID, os.ErrProcessDone)
	}
	return file, nil
}
