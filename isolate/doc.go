// Package isolate runs a command in a container: a Linux process behind walls, made with nothing but system calls.
//
// There is no such thing as a container in Linux. What people call one is, as the talk this module follows puts it, "implemented by a number
// of Linux APIs":
//
//   - namespaces decide what a process sees: its own process ids, mounts, host name, network, users (namespaces.go);
//   - cgroups decide how much it may use: memory, processes, processor time (cgroups.go);
//   - capabilities, seccomp and no_new_privs decide what it may do (capabilities.go, seccomp.go);
//   - chroot, and pivot_root, which is the one that holds, decide where its / is (root.go, dev.go, proc.go).
//
// This package puts them together, and shows how:
//
//	Spec ---Build---> Plan ---Start---> Process
//	what is           a list of         carries out that list,
//	wanted            system calls      and nothing else
//
// A [Spec] is data, and everything it does not mention is denied. [Build] is pure: it makes the [Plan] on any platform, as a list of
// system calls, each with its reason and its manual page, and [Plan.String] prints it. [Start] needs Linux 5.19 with Landlock on amd64 or arm64, not root. [Command]
// is all three in the manner of os/exec:
//
//	out, err := isolate.Command(isolate.Spec{Rootfs: "/srv/alpine", Args: []string{"ls", "/"}}).Output()
//
// A plan's steps between clone3 and execve are made by a few instructions of assembly that walk a table in memory shared with the parent: nothing is
// copied, no second program is started, and how large the caller's heap is does not matter. See docs/decisions/008-isolate-executor.md.
//
// A command can also be started in a container that runs already ([Spec.Join], [Find]), on a terminal of its own ([Spec.Terminal]), or below a small
// process 1 that hands signals on and collects the dead ([Spec.Init]).
//
// The network is a loopback, or plugged into a bridge ([Bridge]), which takes root. docs/isolate holds chapters whose examples run.
//
// Missing so far: a network without root other than a loopback, IPv6 on a bridge, subordinate ids without root.
package isolate
