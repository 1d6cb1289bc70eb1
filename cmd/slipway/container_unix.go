//go:build unix

package main

import (
	"os"
	"syscall"
)

// forwarded are the signals run hands on to its command.
var forwarded = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}

// apart makes a process outlive the terminal it was started from.
var apart = &syscall.SysProcAttr{Setsid: true}

// closeOnExec keeps a descriptor from the command, which must not hold open what somebody waits to be closed.
func closeOnExec(fd int) { syscall.CloseOnExec(fd) }

// become replaces this process by a program; it comes back only if that fails.
func become(path string, args []string) error {
	return syscall.Exec(path, append([]string{path}, args...), os.Environ())
}
