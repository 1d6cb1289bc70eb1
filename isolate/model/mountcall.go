package model

import "slices"

// mountWalk resolves a path for a call that changes mounts: what is mounted on top is meant, also where "." leads below it.
func (p *Process) mountWalk(path string) (Path, Errno) {
	at, e := p.lookup(path, follow)
	if e != OK {
		return at, e
	}
	return at.down(), OK
}

// mountAt begins a call of mount(2): where the path leads, for who may mount.
func (p *Process) mountAt(path string) (Path, Errno) {
	p.syscall()
	if e := p.filtered("mount"); e != OK {
		return Path{}, e
	}
	at, e := p.mountWalk(path)
	if e == OK && !p.mayMount() {
		e = EPERM
	}
	return at, e
}

func (p *Process) mayMount() bool { return p.cred.capable(p.ns.mnt.owner, CapSysAdmin) }

// Mount puts a new file system of a kind at a path.
//
// Errors: EPERM without CAP_SYS_ADMIN over the mount namespace; ENODEV for a kind that does not exist; EINVAL for an option that does not;
// what a path can lead to. Source: mount(2).
func (p *Process) Mount(source, path, kind string, flags MountFlags, data string) Errno {
	at, e := p.mountAt(path)
	if e != OK {
		return e
	}
	fs, ok := fileSystemOf(kind)
	if !ok {
		return ENODEV
	}
	if !fs.inUserNS && p.ns.mnt.owner != p.k.userNS {
		return EPERM
	}
	sb, root, e := fs.make(p, data, source)
	if e != OK {
		return e
	}
	if flags&MountReadOnly != 0 && kind != "proc" && kind != "sysfs" {
		sb.ro = sb.root != nil && sb.kind == kind
	}
	if root.ino.isDir() != at.d.ino.isDir() {
		return ENOTDIR
	}
	if source == "" {
		source = "none"
	}
	if at.d.gone {
		return ENOENT
	}
	return p.graft(p.k.newMount(sb, root, source, relatime(flags)), at)
}

func relatime(f MountFlags) MountFlags {
	if f&(MountNoAtime|MountStrictAtime) == 0 {
		f |= MountRelatime
	}
	return f &^ MountStrictAtime
}

// graft attaches a tree at a place, and copies of it wherever the place is shared.
func (p *Process) graft(m *Mount, at Path) Errno {
	if at.mnt.ns == nil || at.mnt.ns != p.ns.mnt {
		return EINVAL
	}
	receivers := p.k.receivers(at.mnt)
	if at.mnt.peers != 0 {
		for _, each := range m.tree(nil) {
			p.k.setShared(each)
		}
	}
	m.attach(at.mnt, at.d)
	for _, to := range receivers {
		if !at.d.under(to.root) {
			continue
		}
		c := p.k.copyTree(m, m.root, true, false)
		if to.peers == 0 || to.master != 0 && to.peers != at.mnt.peers {
			for _, each := range c.tree(nil) {
				each.master = each.peers
				each.peers = 0
				if to.peers != 0 {
					p.k.setShared(each)
				}
			}
		}
		c.attach(to, at.d)
	}
	return OK
}

// Bind shows what is at one path at another too, with what is mounted below it if recursive. Source: mount(2), MS_BIND.
func (p *Process) Bind(source, path string, recursive bool) Errno {
	at, e := p.mountAt(path)
	if e != OK {
		return e
	}
	if source == "" {
		return EINVAL
	}
	from, e := p.lookup(source, follow)
	if e != OK {
		return e
	}
	isNS := from.d.ino.ns != nil
	if from.mnt.unbindable || from.mnt.ns != p.ns.mnt && !isNS {
		return EINVAL
	}
	if !recursive && slices.ContainsFunc(from.mnt.kids, func(m *Mount) bool { return m.fixed && m.place.under(from.d) }) {
		return EINVAL
	}
	if from.d.ino.isDir() != at.d.ino.isDir() {
		return ENOTDIR
	}
	if at.d.gone || from.d.gone {
		return ENOENT
	}
	c := p.k.copyTree(from.mnt, from.d, recursive, true)
	c.fixed = false
	return p.graft(c, at)
}

// Move puts a mount elsewhere. Source: mount(2), MS_MOVE.
func (p *Process) Move(source, path string) Errno {
	at, e := p.mountAt(path)
	if e != OK {
		return e
	}
	from, e := p.lookup(source, follow)
	if e != OK {
		return e
	}
	m := from.mnt
	switch {
	case from.d != m.root || m.parent == nil || m.ns != p.ns.mnt || at.mnt.ns != p.ns.mnt || m.fixed || m.parent.peers != 0:
		return EINVAL
	case from.d.ino.isDir() != at.d.ino.isDir():
		return EINVAL
	}
	for up := at.mnt; up != nil; up = up.parent {
		if up == m {
			return ELOOP
		}
	}
	m.detach()
	return p.graft(m, at)
}

// Remount changes the flags of a mount, and the options of its file system unless bind. Source: mount(2), MS_REMOUNT.
func (p *Process) Remount(path string, flags MountFlags, data string, bind bool) Errno {
	at, e := p.mountAt(path)
	if e != OK {
		return e
	}
	m := at.mnt
	if at.d != m.root || m.ns != p.ns.mnt {
		return EINVAL
	}
	if m.locked&^flags != 0 {
		return EPERM
	}
	if !bind {
		if !p.cred.capable(m.sb.owner, CapSysAdmin) {
			return EPERM
		}
		if e := remountSuper(p, m.sb, flags&MountReadOnly != 0, data); e != OK {
			return e
		}
	}
	m.flags = relatime(flags)
	return OK
}

// Propagation is how mounts hear of each other.
type Propagation uint8

// The kinds of propagation. Source: mount_namespaces(7), "Shared subtrees".
const (
	Private Propagation = iota
	Shared
	Slave
	Unbindable
)

// Propagate changes how a mount, or all below it too, hear of what is mounted elsewhere.
func (p *Process) Propagate(path string, how Propagation, recursive bool) Errno {
	at, e := p.mountAt(path)
	if e != OK {
		return e
	}
	if at.d != at.mnt.root {
		return EINVAL
	}
	list := []*Mount{at.mnt}
	if recursive {
		list = at.mnt.tree(nil)
	}
	for _, m := range list {
		p.k.propagate(m, how)
	}
	return OK
}

func (k *Kernel) propagate(m *Mount, how Propagation) {
	if how == Shared {
		k.setShared(m)
		return
	}
	alone := !slices.ContainsFunc(k.everyMount(), func(o *Mount) bool { return o != m && o.peers == m.peers })
	old := m.peers
	m.peers = 0
	switch {
	case how == Slave && old != 0 && !alone:
		m.master = old
	case how == Slave && m.master != 0: // it stays one
	default:
		m.master = 0
	}
	m.unbindable = how == Unbindable
}
