// Package userland is what a person types in a lesson: the shell and the commands, as programs for the model kernel.
//
// A program is a function that runs as a process and makes system calls:
//
//	"cat x"  ->  sh parses, forks, execs /bin/cat  ->  catMain: open, read, write, close  ->  exit status
//
// What a command prints is worded as the programs of a Debian system word it (busybox, util-linux, iproute2, libcap); whether it succeeds
// is for the kernel to say. A command therefore holds no rule of the kernel: no check for root, no look at another's tables.
//
// To add a command, write a function like those in files.go (it gets a [cmd] with the arguments and returns the exit status) and give it a
// row in the table of its program, in programs.go. To add a system call, write a method of model.Process that returns a model.Errno.
package userland
