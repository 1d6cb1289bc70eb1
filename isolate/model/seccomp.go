package model

// Filter decides on a system call by its name and arguments: OK lets it through, any other errno is its result.
type Filter func(call string, args []uint64) Errno

// Seccomp adds a filter. Every filter is asked, none can be taken away, and children and programs inherit them.
//
// Errors: EACCES without CAP_SYS_ADMIN unless no_new_privs is set. Source: seccomp(2), SECCOMP_SET_MODE_FILTER.
func (p *Process) Seccomp(f Filter) Errno {
	p.syscall()
	if !p.cred.NoNewPrivs && !p.cred.capable(p.cred.NS, CapSysAdmin) {
		return EACCES
	}
	p.filters = append(p.filters[:len(p.filters):len(p.filters)], f)
	return OK
}

// filtered asks the filters. Calls that every list allows (files, processes, memory) do not come here.
func (p *Process) filtered(call string, args ...uint64) Errno {
	for _, f := range p.filters {
		if e := f(call, args); e != OK {
			return e
		}
	}
	return OK
}

// cloneBits are the kinds of namespaces as the flags of clone(2), in the order of the constants.
var cloneBits = [...]uint64{0x2000000, 0x8000000, 0x20000, 0x40000000, 0x20000000, 0x80, 0x10000000, 0x4000000}

// bits are the flags as unshare(2) takes them, for a filter to look at.
func (f NSFlags) bits() uint64 {
	bits := uint64(0)
	for kind, bit := range cloneBits {
		if f.Has(NSKind(kind)) {
			bits |= bit
		}
	}
	return bits
}

// NSFlagsOf are the kinds of namespaces that flags of clone(2) ask for.
func NSFlagsOf(bits uint64) NSFlags {
	var f NSFlags
	for kind, bit := range cloneBits {
		if bits&bit != 0 {
			f |= NSKind(kind).Flag()
		}
	}
	return f
}
