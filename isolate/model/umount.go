package model

// Umount takes off what is mounted at a path; lazily it vanishes from there at once, and from those who use it when they are done.
//
// Errors: EINVAL if nothing is mounted there, or it came with a more privileged namespace; EBUSY if it is used. Source: umount(2).
func (p *Process) Umount(path string, lazy bool) Errno {
	p.syscall()
	if e := p.filtered("umount2"); e != OK {
		return e
	}
	at, e := p.mountWalk(path)
	if e != OK {
		return e
	}
	m := at.mnt
	if !p.mayMount() {
		return EPERM
	}
	if at.d != m.root || m.ns != p.ns.mnt || m.fixed {
		return EINVAL
	}
	if m.parent == nil {
		if lazy {
			return EINVAL
		}
		return EBUSY
	}
	if !lazy && (len(m.kids) > 0 || p.k.busy(m)) {
		return EBUSY
	}
	gone := []*Mount{m}
	for _, r := range p.k.receivers(m.parent) {
		if kid := r.childAt(m.place); kid != nil && kid.sb == m.sb && (lazy || len(kid.kids) == 0) {
			gone = append(gone, kid)
		}
	}
	for _, g := range gone {
		g.detach()
		for _, each := range g.tree(nil) {
			if each != g && lazy {
				each.detach()
			}
			each.ns, each.peers = nil, 0
			if n, ok := each.root.ino.ns.(*NetNS); ok {
				n.vanish(p.k)
			}
		}
	}
	return OK
}

// busy tells whether a process stands in the mount, has its root or a file there.
func (k *Kernel) busy(m *Mount) bool {
	//order:irrelevant it is asked whether there is one
	for _, q := range k.pidNS.procs {
		if q.state == zombie {
			continue
		}
		if q.fs.root.mnt == m || q.fs.cwd.mnt == m || q.exe.mnt == m {
			return true
		}
		for _, f := range q.fds {
			if f.file != nil && f.file.path.mnt == m {
				return true
			}
		}
	}
	return false
}

// PivotRoot makes newRoot the root of the mount namespace and puts the old root at old. Every process whose root or working directory was
// the old root's goes along.
//
// Errors: EBUSY, EINVAL, ENOTDIR, EPERM as pivot_root(2) lists them.
func (p *Process) PivotRoot(newRoot, old string) Errno {
	p.syscall()
	if e := p.filtered("pivot_root"); e != OK {
		return e
	}
	if !p.mayMount() {
		return EPERM
	}
	to, e := p.lookup(newRoot, follow)
	if e != OK {
		return e
	}
	put, e := p.lookup(old, follow)
	if e != OK {
		return e
	}
	root := p.fs.root
	switch {
	case !to.d.ino.isDir() || !put.d.ino.isDir():
		return ENOTDIR
	case to.mnt.parent != nil && to.mnt.parent.peers != 0 || put.mnt.peers != 0 || root.mnt.parent != nil && root.mnt.parent.peers != 0:
		return EINVAL
	case to.mnt.ns != p.ns.mnt || root.mnt.ns != p.ns.mnt || to.mnt.fixed:
		return EINVAL
	case to.mnt == root.mnt || put.mnt == root.mnt:
		return EBUSY
	case to.d != to.mnt.root || root.d != root.mnt.root || to.mnt.parent == nil:
		return EINVAL
	case root.mnt.parent == nil && root.mnt != p.ns.mnt.root:
		return EINVAL
	case !put.below(to):
		return EINVAL
	}
	over, place := root.mnt.parent, root.mnt.place
	to.mnt.detach()
	if over != nil {
		root.mnt.detach()
		to.mnt.attach(over, place)
	} else {
		p.ns.mnt.root = to.mnt
	}
	root.mnt.attach(put.mnt, put.d)
	for _, nr := range sortedPIDs(p.k.pidNS) {
		q := p.k.pidNS.procs[nr]
		if q.fs.root == root {
			q.fs.root = Path{to.mnt, to.mnt.root}
		}
		if q.fs.cwd == root {
			q.fs.cwd = Path{to.mnt, to.mnt.root}
		}
	}
	return OK
}

// below tells whether a place lies at or below another, through mounts too.
func (at Path) below(top Path) bool {
	for {
		if at.mnt == top.mnt {
			return at.d.under(top.d)
		}
		if at.mnt.parent == nil {
			return false
		}
		at = Path{at.mnt.parent, at.mnt.place}
	}
}
