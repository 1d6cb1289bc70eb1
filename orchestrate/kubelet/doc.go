// Package kubelet is what runs on every node: it makes the containers a pod asks for exist, and tells the API
// server how they are.
//
//	Pod (desired) ──kubelet──> Sandbox: pull, create, start, stop      what the node really holds
//	Pod.status    <──kubelet── Sandbox <──runtime── time passes: a pull ends, a process starts, exits
//
// Two loops share the work. The kubelet decides: it compares the pod's spec with the [api.Sandbox] on its node
// and asks for the next step. The runtime is the machine itself: it lets what was begun come to its end, by the catalog of
// package workload. One value of each acts for all nodes.
//
// A steady container costs nothing: what its probes would find is known from what it runs, and the kubelet comes back when
// that changes. What a machine suffers (no power, no network, no kubelet) is an [api.Fault], which both loops look for.
//
// What is deliberately missing is listed in docs/differences.md.
package kubelet
