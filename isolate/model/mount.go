package model

import (
	"slices"

	"github.com/slipway-dev/slipway/internal/sorting"
)

// MountFlags are the properties of one mount. Source: mount(2).
type MountFlags uint16

// The flags of a mount, and what mount(2) is asked to do.
const (
	MountReadOnly MountFlags = 1 << iota
	MountNoSuid
	MountNoDev
	MountNoExec
	MountNoAtime
	MountNoDirAtime
	MountRelatime
	MountStrictAtime
	MountNoSymFollow
)

// Mount is a file system, or a part of one, at a place.
type Mount struct {
	id     int
	parent *Mount
	place  *Dentry // in parent
	root   *Dentry // what of the file system is seen
	sb     *Super
	source string
	flags  MountFlags
	locked MountFlags // what a less privileged namespace must not clear
	fixed  bool       // it came with a more privileged namespace's tree and must not be taken off alone
	ns     *MntNS     // nil once it is detached
	kids   []*Mount   // in the order of their making
	order  int

	peers      int // the group whose members share what is mounted; 0 is none
	master     int // the group it hears from
	unbindable bool
}

// MntNS is a mount namespace: a tree of mounts. Source: mount_namespaces(7).
type MntNS struct {
	nsBase
	root  *Mount
	users int
}

// childAt is what is mounted at a place, the last if it is several.
func (m *Mount) childAt(d *Dentry) *Mount {
	for i := len(m.kids) - 1; i >= 0; i-- {
		if m.kids[i].place == d {
			return m.kids[i]
		}
	}
	return nil
}

// top is where a process starts that enters the namespace.
func (ns *MntNS) top() Path { return Path{ns.root, ns.root.root}.down() }

// all are the mounts of the tree, parents before children, in the order of /proc/mounts.
func (ns *MntNS) all() []*Mount {
	var list []*Mount
	if ns.root != nil {
		list = ns.root.tree(nil)
	}
	sorting.Stable(list, func(a, b *Mount) int { return a.order - b.order })
	return list
}

// tree appends a mount and those below it.
func (m *Mount) tree(list []*Mount) []*Mount {
	list = append(list, m)
	for _, kid := range m.kids {
		list = kid.tree(list)
	}
	return list
}

func (k *Kernel) newMount(sb *Super, root *Dentry, source string, flags MountFlags) *Mount {
	k.mountIDs++
	return &Mount{id: k.mountIDs, order: k.mountIDs, sb: sb, root: root, source: source, flags: flags}
}

// attach puts a mount at a place of a parent.
func (m *Mount) attach(parent *Mount, place *Dentry) {
	m.parent, m.place = parent, place
	place.mounts++
	parent.kids = append(parent.kids, m)
	for _, each := range m.tree(nil) {
		each.ns = parent.ns
	}
}

// detach takes a mount, with those below it, out of its parent.
func (m *Mount) detach() {
	if m.parent == nil {
		return
	}
	m.place.mounts--
	i := slices.Index(m.parent.kids, m)
	m.parent.kids = slices.Delete(m.parent.kids, i, i+1)
	m.parent, m.place = nil, nil
}

// copy is a mount like m, of the part of its file system below root, with the same peers.
func (k *Kernel) copyMount(m *Mount, root *Dentry) *Mount {
	c := k.newMount(m.sb, root, m.source, m.flags)
	c.locked, c.peers, c.master, c.unbindable = m.locked, m.peers, m.master, m.unbindable
	return c
}

// copyTree copies a mount and those below it that lie below root. Without recursion only the first; unbindable ones are left out
// if they are to be bound.
func (k *Kernel) copyTree(m *Mount, root *Dentry, recursive, binding bool) *Mount {
	c := k.copyMount(m, root)
	if recursive {
		for _, kid := range m.kids {
			if !kid.place.under(root) || binding && kid.unbindable {
				continue
			}
			kc := k.copyTree(kid, kid.root, true, binding)
			kc.fixed = kid.fixed
			kc.attach(c, kid.place)
		}
	}
	return c
}

// copyMounts copies the tree of the process' mount namespace and moves the process into the copy.
func (p *Process) copyMounts(base nsBase) *MntNS {
	old := p.ns.mnt
	ns := &MntNS{nsBase: base, users: 1}
	ns.root = p.k.copyTree(old.root, old.root.root, true, false)
	from, to := old.root.tree(nil), ns.root.tree(nil)
	lesser := base.owner != old.owner
	for i, m := range to {
		m.ns = ns
		m.order = from[i].order
		if lesser {
			m.locked |= m.flags & (MountReadOnly | MountNoSuid | MountNoDev | MountNoExec)
			m.fixed = m != ns.root
			if m.peers != 0 {
				m.master, m.peers = m.peers, 0
			}
		}
		if p.fs.root.mnt == from[i] {
			p.fs.root.mnt = m
		}
		if p.fs.cwd.mnt == from[i] {
			p.fs.cwd.mnt = m
		}
	}
	old.left(p.k)
	return ns
}

// left says that a process has left the namespace; the mounts of an empty one vanish, unless something else keeps it.
func (ns *MntNS) left(k *Kernel) {
	ns.users--
	if ns.users > 0 || ns.root == nil || k.kept(ns) {
		return
	}
	for _, m := range ns.root.tree(nil) {
		m.detach()
		m.ns = nil
	}
}

// kept tells whether a mount somewhere shows the namespace's file, or a process has it open.
func (k *Kernel) kept(ns Namespace) bool {
	for _, nr := range sortedPIDs(k.pidNS) {
		q := k.pidNS.procs[nr]
		if q.state == zombie {
			continue
		}
		if q.ns.mnt != nil && Namespace(q.ns.mnt) == ns {
			return true
		}
		for _, f := range q.fds {
			if f.file != nil && f.file.ino.ns == ns {
				return true
			}
		}
		if q.ns.mnt.root == nil {
			continue
		}
		for _, m := range q.ns.mnt.root.tree(nil) {
			if m.root.ino.ns == ns {
				return true
			}
		}
	}
	return false
}

// setPeers makes m and those below it members of groups of their own if they are in none.
func (k *Kernel) setShared(m *Mount) {
	if m.peers == 0 {
		k.groupIDs++
		m.peers = k.groupIDs
	}
	m.unbindable = false
}

// receivers are the mounts that hear what is mounted on m: its peers, and those whose master its group is, and so on.
func (k *Kernel) receivers(m *Mount) []*Mount {
	if m.peers == 0 {
		return nil
	}
	var found []*Mount
	groups := []int{m.peers}
	for n := 0; n < len(groups); n++ {
		for _, o := range k.everyMount() {
			if o == m || slices.Contains(found, o) {
				continue
			}
			if n == 0 && o.peers == groups[0] || o.master == groups[n] {
				found = append(found, o)
				if o.peers != 0 && !slices.Contains(groups, o.peers) {
					groups = append(groups, o.peers)
				}
			}
			if n > 0 && o.peers == groups[n] && !slices.Contains(found, o) {
				found = append(found, o)
			}
		}
	}
	return found
}

// everyMount are the mounts of all namespaces that have processes, by their numbers.
func (k *Kernel) everyMount() []*Mount {
	var list []*Mount
	var seen []*MntNS
	for _, nr := range sortedPIDs(k.pidNS) {
		ns := k.pidNS.procs[nr].ns.mnt
		if ns.root == nil || slices.Contains(seen, ns) {
			continue
		}
		seen = append(seen, ns)
		list = ns.root.tree(list)
	}
	sorting.Func(list, func(a, b *Mount) int { return a.id - b.id })
	return list
}
