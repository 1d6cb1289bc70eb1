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
