// Package model is a Linux kernel small enough to read: processes, namespaces, cgroups, capabilities, mounts and a network, in one program
// without a host, on a clock that only it moves.
//
//	     program (userland)        p.Open  p.Fork  p.Mount  p.Unshare ...      result: an Errno
//	─────────────────────────────────────────────────────────────────────────────────────────────
//	 Process   who (Cred, UserNS) · where (fsState, MntNS) · what is open (fdSlot) · limits · signals
//	 files     walk: path -> Path{Mount, Dentry} -> Inode;  node: proc, sysfs, cgroup2, overlay
//	 groups    Cgroup: pids, memory, cpu, freezer            network  NetNS: Link, Route, socket, NATRule
//	 Kernel    run queue, timers, clock
//
// A program is a Go function that makes system calls. One that has to wait (for a child, a pipe, the clock) is suspended in the middle and goes on
// later, see docs/decisions/009-model-kernel.md. What runs next depends on nothing but what ran before.
//
// To add a system call: write a method of [Process] that begins with p.syscall(), checks in the order in which the kernel checks, and returns an
// [Errno]; name the manual page. A call that waits uses p.wait with the queues that wake it, in a loop that looks again. To add a file below
// /proc, give it a row in procpid.go or procroot.go; to add one to a cgroup, a row in cgroupcore.go or cgroupctl.go.
//
// What is missing is in docs/differences.md: threads, terminals, block devices, IPv6, UDP, packet filters other than the translation of addresses.
package model
