package isolate

import (
	"errors"
	"strconv"
	"strings"
)

// Capability is a part of what root may do, by the kernel's number. Source: capabilities(7).
type Capability uint8

var capabilityNames = [...]string{"CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
	"LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT",
	"SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE",
	"AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE"}

// String is the name as the kernel writes it, with CAP_; a number if it has none yet.
func (c Capability) String() string {
	if int(c) < len(capabilityNames) {
		return "CAP_" + capabilityNames[c]
	}
	return "capability " + strconv.Itoa(int(c))
}

// CapabilitySet is a set of capabilities, one bit each, as /proc/PID/status shows it.
type CapabilitySet uint64

// Has tells whether c is in the set.
func (s CapabilitySet) Has(c Capability) bool { return s>>c&1 == 1 }

// String lists the names in the kernel's order, joined by commas.
func (s CapabilitySet) String() string {
	var names []string
	for c := Capability(0); c < 64; c++ {
		if s.Has(c) {
			names = append(names, c.String())
		}
	}
	return strings.Join(names, ",")
}

// ParseCapabilities reads names joined by commas, with or without CAP_, in any case; "all" is every capability that has a name.
func ParseCapabilities(text string) (CapabilitySet, error) {
	var set CapabilitySet
	for _, word := range strings.Split(text, ",") {
		name := strings.TrimPrefix(strings.ToUpper(word), "CAP_")
		switch name {
		case "":
			continue
		case "ALL":
			set |= 1<<len(capabilityNames) - 1
			continue
		}
		before := set
		known := false
		for c, n := range capabilityNames {
			if n == name {
				set, known = set|1<<c, true
			}
		}
		if !known {
			return before, errors.New("isolate: there is no capability " + strconv.Quote(word) + "; see capabilities(7)")
		}
	}
	return set, nil
}

// CapabilitySets are the five sets a process has. The zero value is none of them.
type CapabilitySets struct {
	Bounding    CapabilitySet // what may ever be had
	Permitted   CapabilitySet // what may be made effective
	Effective   CapabilitySet // what counts
	Inheritable CapabilitySet // what a program with file capabilities gets; leave it empty
	Ambient     CapabilitySet // what survives execve without root
}

// Keep are the five sets that let a command of the given user have the capabilities and no others: root has them by being root, anybody
// else by the ambient set, for which they must be inheritable as well.
func Keep(set CapabilitySet, u User) CapabilitySets {
	sets := CapabilitySets{Bounding: set, Permitted: set, Effective: set}
	if u.UID != 0 {
		sets.Inheritable, sets.Ambient = set, set
	}
	return sets
}

// capset sets what is left. Source: capset(2), version 3: two structs of 32 bits each.
func (b *builder) capset(k CapabilitySets) {
	b.because("capabilities: these are kept, all others go", "capabilities(7)")
	low := func(s CapabilitySet) uint64 { return uint64(uint32(s)) }
	high := func(s CapabilitySet) uint64 { return uint64(s >> 32) }
	text := "{effective=[" + k.Effective.String() + "], permitted=[" + k.Permitted.String() + "], inheritable=[" + k.Inheritable.String() + "]}"
	b.step("capset", words("{_LINUX_CAPABILITY_VERSION_3, 0}", 0x20080522),
		words(text, low(k.Permitted)<<32|low(k.Effective), high(k.Effective)<<32|low(k.Inheritable), high(k.Inheritable)<<32|high(k.Permitted)))
	b.step("prctl", named(prCapAmbient, "PR_CAP_AMBIENT"), named(capAmbientClear, "PR_CAP_AMBIENT_CLEAR_ALL"), num(0), num(0), num(0))
	for c := Capability(0); c < 64; c++ {
		if k.Ambient.Has(c) {
			b.step("prctl", named(prCapAmbient, "PR_CAP_AMBIENT"), named(capAmbientRaise, "PR_CAP_AMBIENT_RAISE"), named(uint64(c), c.String()), num(0), num(0))
		}
	}
}
