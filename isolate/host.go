package isolate

import (
	"strconv"
	"strings"
)

// Host is what must be known of the machine to make a plan for it. [Detect] reads it; the zero value is Linux on amd64, called by root, with
// the unified cgroup hierarchy, which is what plans on other systems are explained for.
type Host struct {
	Arch     Arch
	UID, GID uint32 // the caller's
	// LastCap is the kernel's highest capability, 0 means 40 (CAP_CHECKPOINT_RESTORE, Linux 5.9).
	LastCap int
	// NoTime says that execve enters no time namespace, as before Linux 6.3: then threads inside could not be made, and a container has the machine's
	// clocks. NoPrograms says that there is no Landlock of Linux 5.19, which the wall [Programs] is made of.
	NoTime, NoPrograms bool
	// NoFile is the caller's hard limit of open files; 0 means 1048576.
	NoFile uint64
	// NotForwarding says that the machine passes no packets on between networks, which a bridge needs.
	NotForwarding bool
	// Cgroups are the hierarchies' controllers; nil is the unified hierarchy at /sys/fs/cgroup with all of them.
	Cgroups []Controller
}

// Controller is a cgroup controller and the folder below which new groups are made.
type Controller struct {
	Name    string // "memory", "pids", "cpu"
	Dir     string // of the caller's group in v1, of the hierarchy's root in v2
	Unified bool   // cgroup v2
}

// older tells whether a kernel's release, such as "6.1.0-56-cloud-amd64", comes before a version. One that cannot be read is not old.
func older(release string, major, minor int) bool {
	first, rest, _ := strings.Cut(release, ".")
	second := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
	a, err := strconv.Atoi(first)
	b, err2 := strconv.Atoi(second)
	return err == nil && err2 == nil && (a < major || a == major && b < minor)
}

func (h Host) lastCap() int {
	if h.LastCap == 0 {
		return 40
	}
	return h.LastCap
}

func (h Host) noFile() uint64 {
	if h.NoFile == 0 {
		return 1 << 20
	}
	return h.NoFile
}

// noFollow is a flag of open, which differs between architectures, as directory is.
func (a Arch) noFollow() uint64 {
	if a == ARM64 {
		return 0x8000
	}
	return 0x20000
}

func (a Arch) directory() uint64 {
	if a == ARM64 {
		return 0x4000
	}
	return 0x10000
}
