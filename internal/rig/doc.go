// Package rig holds what runs inside the rig, a virtual machine with Debian's cloud kernel and cgroup v2 in which tests may do what
// they must not do to a host: change sysctls and /dev, and let attacks on a container succeed.
//
//	scripts/rig ./isolate -test.run Escape
//
// starts it with the tests of one package; process 1 in there is the program in internal/rig/init.
package rig
