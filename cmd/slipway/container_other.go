//go:build !unix

package main

import (
	"errors"
	"os"
	"syscall"
)

// forwarded are the signals run hands on to its command: where there are no containers it does not matter.
var forwarded = []os.Signal{os.Interrupt}

var apart = &syscall.SysProcAttr{}

func closeOnExec(int) {}

func become(string, []string) error { return errors.ErrUnsupported }
