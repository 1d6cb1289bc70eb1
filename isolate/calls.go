package isolate

import (
	"cmp"
	"slices"
)

// Arch is a processor architecture, named as Go names it. A plan is made for one: system call numbers differ.
type Arch string

// The architectures a plan can be made for.
const (
	AMD64 Arch = "amd64"
	ARM64 Arch = "arm64"
)

// call is a system call with its numbers on amd64 and arm64.
type call struct {
	name    string
	numbers [2]int16
}

func (a Arch) column() int {
	switch a {
	case AMD64, "":
		return 0
	case ARM64:
		return 1
	}
	return -1
}

// number is the number of the named call; false if the architecture does not have it, or nobody does.
func (a Arch) number(name string) (uint32, bool) {
	i, found := slices.BinarySearchFunc(calls[:], name, func(c call, name string) int { return cmp.Compare(c.name, name) })
	column := a.column()
	if !found || column < 0 || calls[i].numbers[column] < 0 {
		return 0, false
	}
	return uint32(calls[i].numbers[column]), true
}

// SyscallNumber is the number by which a seccomp filter of the architecture knows a call; false if there is no such call.
func (a Arch) SyscallNumber(name string) (uint32, bool) { return a.number(name) }
