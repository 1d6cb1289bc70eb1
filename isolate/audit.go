package isolate

import (
	"strconv"
	"strings"
)

// Finding is one row of an audit: something a container should keep a process from, and whether it does.
type Finding struct {
	ID    string // such as "not-writable /proc/sysrq-trigger"
	Holds bool   // the wall stands
	Found string // what the probe met: an errno, a value
}

// Outside is what an audit inside must know of the outside to tell one from the other; [Look] collects it. Empty fields are not compared.
type Outside struct {
	Hostname string
	Keyring  int    // serial of the caller's session keyring
	PIDNS    string // the caller's pid namespace, as /proc/self/ns/pid names it
	Runtime  string // device and inode of the program that starts the container
	Disk     string // the device that holds the caller's root
}

// The files and folders that should tell nothing, or take nothing.
var (
	auditWritable = []string{"/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sysrq-trigger", "/proc/sys/vm/drop_caches",
		"/sys/kernel/mm/transparent_hugepage/enabled", "/sys/kernel/profiling", "/proc/irq/default_smp_affinity"}
	auditReadable = []string{"/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/kallsyms", "/proc/sched_debug"}
	auditFolders  = []string{"/sys/firmware", "/proc/acpi", "/proc/scsi"}
	auditZero     = []string{"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}
	auditDevices  = []string{"/dev/kvm", "/dev/mem", "/dev/kmsg", "/dev/fuse", "/dev/net/tun", "/dev/loop-control"}
)

// field is the value of a line of /proc/PID/status.
func field(status, name string) string {
	for line := range strings.Lines(status) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// saysNothing tells whether what was read of a file of the kernel's tells nothing: it is empty, or it lists addresses that are all zero.
func saysNothing(text string) bool {
	for line := range strings.Lines(text) {
		address, _, _ := strings.Cut(line, " ")
		if n, err := strconv.ParseUint(address, 16, 64); err != nil || n != 0 {
			return false
		}
	}
	return true
}

// abstractSockets are the names in /proc/net/unix that lie in no file system and so are everybody's in the network namespace.
func abstractSockets(text string) []string {
	var names []string
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) == 8 && strings.HasPrefix(words[7], "@") {
			names = append(names, words[7])
		}
	}
	return names
}

// propagating are the mounts that mounts may cross to or from.
func propagating(mountinfo string) []string {
	var points []string
	for line := range strings.Lines(mountinfo) {
		if m, ok := parseMount(line); ok && (strings.Contains(m.propagation, "shared:") || strings.Contains(m.propagation, "master:")) {
			points = append(points, m.point)
		}
	}
	return points
}

// hostMounts are mounts of disks besides the root itself.
func hostMounts(mountinfo string) []string {
	var points []string
	for line := range strings.Lines(mountinfo) {
		if m, ok := parseMount(line); ok && strings.HasPrefix(m.source, "/dev/") && m.point != "/" {
			points = append(points, m.point)
		}
	}
	return points
}

// rootDisk is the device that holds /, "" if none does.
func rootDisk(mountinfo string) string {
	for line := range strings.Lines(mountinfo) {
		if m, ok := parseMount(line); ok && m.point == "/" && strings.HasPrefix(m.source, "/dev/") {
			return m.source
		}
	}
	return ""
}
