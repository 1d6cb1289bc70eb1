package model

import "math/bits"

// Standing tells two states of the machine apart by what lasts: files, processes that live on, and what their walls are made of. What only
// looks (a command that prints and ends) leaves it as it was; time that passes and what is counted do not matter. Two equal ones are the same
// state but for what a shell keeps for itself, as its variables. That a file was written counts, though the same was written.
func (k *Kernel) Standing() uint64 {
	sum := k.written
	seen := map[Namespace]bool{}
	var last struct {
		ns   nsSet
		pid  *PIDNS
		user *UserNS
	}
	//order:irrelevant each process is a term of a sum
	for _, p := range k.pidNS.procs {
		sum += uint64(digestOf(p))
		if p.ns == last.ns && p.pidns == last.pid && p.cred.NS == last.user {
			continue // as most are
		}
		last.ns, last.pid, last.user = p.ns, p.pidns, p.cred.NS
		for kind := CgroupKind; kind <= UTSKind; kind++ {
			if ns := p.namespace(kind, false); !seen[ns] {
				seen[ns] = true
				h := digest(0)
				h.namespace(ns)
				sum += uint64(h)
			}
		}
	}
	k.root.each(func(c *Cgroup) {
		h := digest(1)
		h.number(c.number())
		sum += uint64(h)
	})
	return sum
}

// number tells cgroups apart.
func (c *Cgroup) number() uint64 {
	if c.dir == nil {
		return 0
	}
	return c.dir.ino.Ino
}

// digest mixes what it is given into one number.
type digest uint64

func (h *digest) number(n uint64) {
	*h = digest(bits.RotateLeft64((uint64(*h)^n)*0x9e3779b97f4a7c15, 29))
}

func (h *digest) text(s string) {
	for i := range len(s) {
		h.number(uint64(s[i]))
	}
	h.number(uint64(len(s)))
}

func digestOf(p *Process) digest {
	h := digest(2)
	h.number(uint64(p.ids[0].nr))
	h.number(uint64(p.start))
	if p.state == stopped || p.state == zombie {
		h.number(uint64(p.state))
	}
	h.number(p.cgroup.number())
	for _, at := range [...]Path{p.fs.root, p.fs.cwd} {
		if at.d != nil {
			h.text(at.d.name)
			h.number(uint64(at.mnt.id))
		}
	}
	h.text(p.Comm)
	h.number(uint64(len(p.args)))
	c := p.cred
	h.number(uint64(c.UID)<<32 | uint64(c.EUID))
	h.number(uint64(c.GID)<<32 | uint64(c.EGID))
	h.number(uint64(p.fs.umask)<<32 | uint64(uint32(p.nice)))
	h.number(uint64(c.Permitted))
	h.number(uint64(c.Effective))
	h.number(uint64(c.Inheritable))
	h.number(uint64(c.Bounding))
	h.number(uint64(c.Ambient))
	h.number(uint64(c.Secure)<<32 | uint64(len(p.filters)))
	if c.NoNewPrivs {
		h.number(1)
	}
	for _, ns := range [...]*nsBase{&p.ns.mnt.nsBase, &p.ns.uts.nsBase, &p.ns.ipc.nsBase, &p.ns.net.nsBase, &p.ns.cgroup.nsBase, &p.ns.time.nsBase,
		&p.ns.pidKids.nsBase, &c.NS.nsBase} {
		h.number(ns.ino)
	}
	for _, which := range [...]int{LimitFsize, LimitNofile, LimitNproc} {
		h.number(p.limits[which].Soft<<1 ^ p.limits[which].Hard)
	}
	return h
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
			if m.parent != nil {
				h.number(uint64(m.parent.id))
				h.text(m.place.name)
			}
			h.text(m.sb.options)
			if m.sb.ro || m.unbindable {
				h.number(1)
			}
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
		h.number(uint64(r.Dst)<<8 | uint64(r.Len))
		h.number(uint64(r.Via))
		h.text(r.Kind)
		if r.Dev != nil {
			h.text(r.Dev.Name)
		}
	}
}
