// Package podspec says what a pod is to the kernel of its node: a handful of processes, each in a cgroup, with namespaces of which
// they share some.
//
// Kubernetes has no system call of its own. Where [Of] turns a Pod into data, a kubelet and a container runtime do the same in
// several steps, and the result can be looked at on any node:
//
//   - One process, pause, is started first and sleeps. It holds the network, ipc and uts namespaces of the pod, so that containers can come and
//     go while the address stays. Every container joins these three, and with shareProcessNamespace the pid namespace too.
//   - Each container has a mount, a pid and a cgroup namespace of its own: what it sees of files, processes and limits.
//   - limits.memory and limits.cpu become memory.max and cpu.max of the container's cgroup, requests.cpu becomes cpu.weight, and the pod's
//     cgroup, one of three folders down by class of service, gets the sums.
//   - The security context becomes a user, sets of capabilities, no_new_privs and a seccomp filter. What Kubernetes leaves open by default, and
//     isolate would not, is listed in Spec.Open: the user and time namespaces, no_new_privs, and seccomp.
//
// The result is [isolate.Spec], so that the same data can be explained, run by a model kernel, or run for real.
//
// Sources: Kubernetes documentation, "Resource Management for Pods and Containers" and "Configure a Security Context"; the
// container runtime interface; cgroups(7), namespaces(7), capabilities(7).
package podspec
