package model

import "strconv"

// Standing tells two states of the machine apart by what lasts: files, processes that live on, and what their walls are made of. What only
// looks (a command that prints and ends) leaves it as it was; time that passes and what is counted do not matter. Two equal ones are the same
// state but for what a shell keeps for itself, as its variables. That a file was written counts, though the same was written.
func (k *Kernel) Standing() uint64 {
	h := fnvOffset
	h.number(k.written)
	seen := map[uint64]bool{}
	for _, nr := range sortedPIDs(k.pidNS) {
		p := k.pidNS.procs[nr]
		h.process(p)
		for kind := CgroupKind; kind <= UTSKind; kind++ {
			if ns := p.namespace(kind, false); ns != nil && !seen[ns.Ino()] {
				seen[ns.Ino()] = true
				h.namespace(ns)
			}
		}
	}
	k.root.each(func(c *Cgroup) { h.text(c.Path()) })
	return uint64(h)
}

// digest is FNV-1a over what it is given.
type digest uint64

const (
	fnvOffset digest = 14695981039346656037
	fnvPrime  digest = 1099511628211
)

func (h *digest) number(n uint64) {
	for range 8 {
		*h = (*h ^ digest(n&0xff)) * fnvPrime
		n >>= 8
	}
}

func (h *digest) text(s string) {
	for i := range len(s) {
		*h = (*h ^ digest(s[i])) * fnvPrime
	}
	h.number(uint64(len(s)))
}

func (h *digest) process(p *Process) {
	h.text(p.Key())
	switch p.state {
	case stopped, zombie:
		h.number(uint64(p.state))
	}
	for _, arg := range p.args {
		h.text(arg)
	}
	h.text(p.cgroup.Path())
	for _, at := range []Path{p.fs.root, p.fs.cwd} {
		name, _ := at.name(Path{at.mnt, at.mnt.root})
		h.text(name)
		h.number(uint64(at.mnt.id))
	}
	c := p.cred
	for _, n := range []uint64{uint64(p.fs.umask), uint64(p.nice), uint64(len(p.filters)), uint64(c.UID), uint64(c.EUID), uint64(c.GID), uint64(c.EGID), uint64(c.Permitted),
		uint64(c.Effective), uint64(c.Inheritable), uint64(c.Bounding), uint64(c.Ambient), uint64(c.Secure)} {
		h.number(n)
	}
	if c.NoNewPrivs {
		h.number(1)
	}
	for _, l := range p.limits {
		h.number(l.Soft)
		h.number(l.Hard)
	}
}

// namespace adds which it is and what can be changed in it, but for the processes.
func (h *digest) namespace(ns Namespace) {
	h.number(ns.Ino())
	switch ns := ns.(type) {
	case *UTSNS:
		h.text(ns.host)
		h.text(ns.domain)
	case *MntNS:
		if ns.root == nil {
			return
		}
		for _, m := range ns.root.tree(nil) {
			h.number(uint64(m.id)<<16 | uint64(m.flags))
			h.number(uint64(m.peers)<<32 | uint64(m.master))
			if m.place != nil {
				h.text(m.place.path(m.parent.root))
			}
			h.text(m.options(true))
		}
	case *NetNS:
		h.network(ns)
	}
}

func (h *digest) network(ns *NetNS) {
	for _, l := range ns.links {
		h.text(l.Name)
		h.text(string(l.MAC[:]))
		h.number(uint64(l.Index)<<32 | uint64(l.MTU))
		if l.Up {
			h.number(1)
		}
		if l.master != nil {
			h.number(uint64(l.master.Index))
		}
		for _, a := range l.addrs {
			h.number(uint64(a.IP)<<8 | uint64(a.Len))
		}
	}
	for _, r := range ns.routes {
		h.text(r.Dst.String() + "/" + strconv.Itoa(r.Len) + " " + r.Via.String() + " " + r.Kind)
		if r.Dev != nil {
			h.text(r.Dev.Name)
		}
	}
}
