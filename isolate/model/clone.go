package model

// Clone makes a child as [Process.Fork] does that is, before its first step, in new namespaces of these kinds, and in the cgroup whose
// directory the descriptor into has open; -1 leaves it in its parent's.
//
// Errors: those of Fork and [Process.Unshare]; EBADF, EACCES and EBUSY for the cgroup. Source: clone3(2), CLONE_INTO_CGROUP.
func (p *Process) Clone(flags NSFlags, into int, body Program) (int, Errno) {
	p.Spend(150_000)
	p.deliver()
	if e := p.filtered("clone3", flags.bits()); e != OK {
		return 0, e
	}
	if flags != 0 && !flags.Has(UserKind) && !p.cred.capable(p.cred.NS, CapSysAdmin) {
		return 0, EPERM
	}
	group, e := p.groupOf(into)
	if e != OK {
		return 0, e
	}
	kids := p.ns.pidKids
	cred := p.cred
	if flags.Has(UserKind) { // the namespaces that follow belong to the new users
		if e := p.newUserNS(); e != OK {
			p.cred = cred
			return 0, e
		}
	}
	users := p.cred
	if flags.Has(PIDKind) {
		n := p.ns
		if e := p.fresh(&n, PIDKind); e != OK {
			p.cred = cred
			return 0, e
		}
		p.ns.pidKids = n.pidKids
	}
	child, e := p.copy()
	p.ns.pidKids, p.cred = kids, cred
	if e != OK {
		return 0, e
	}
	child.cred = users
	child.next = body
	if group != nil {
		group.move(child)
	}
	p.children = append(p.children, child)
	e = child.begin(flags &^ (UserKind.Flag() | PIDKind.Flag()))
	p.k.wake(child)
	if e != OK {
		child.signal(SIGKILL, nil)
		return 0, e
	}
	return child.nr(p.pidns), OK
}

// begin puts a process that has not run yet into new namespaces.
func (p *Process) begin(flags NSFlags) Errno {
	n := p.ns
	for kind := NSKind(0); kind <= UTSKind; kind++ {
		if flags.Has(kind) {
			if e := p.fresh(&n, kind); e != OK {
				return e
			}
		}
	}
	if flags.Has(TimeKind) {
		n.time = n.timeKid
	}
	p.ns = n
	return OK
}

// groupOf is the cgroup whose directory a descriptor has open, if a child may be put there; nil for -1.
func (p *Process) groupOf(fd int) (*Cgroup, Errno) {
	if fd < 0 {
		return nil, OK
	}
	f, e := p.file(fd)
	if e != OK {
		return nil, e
	}
	dir, ok := f.ino.virtual.(cgroupDir)
	if !ok {
		return nil, EBADF
	}
	if e := dir.c.mayMove(p, p.cred); e != OK {
		return nil, e
	}
	if dir.c.parent != nil && dir.c.subtree != 0 {
		return nil, EBUSY
	}
	return dir.c, OK
}
