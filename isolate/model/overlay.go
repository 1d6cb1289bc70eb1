package model

import "strings"

// overlay lays directories one over the other; what is changed goes into the uppermost, if there is one that takes it.
//
// Source: the kernel's filesystems/overlayfs.
type overlay struct {
	upper  *Dentry // nil: read-only
	work   *Dentry
	opaque map[*Dentry]bool // directories in upper that hide what is below
}

// overlayNode is a file seen through an overlay: in upper, in one lower layer, or for a directory in several.
type overlayNode struct {
	none
	o      *overlay
	upper  *Dentry
	lowers []*Dentry // the uppermost first
}

// top is the real file that is seen.
func (n *overlayNode) top() *Dentry {
	if n.upper != nil {
		return n.upper
	}
	return n.lowers[0]
}

func whiteout(i *Inode) bool { return i.Mode&ModeType == ModeChar && i.Major == 0 && i.Minor == 0 }

// inode shows the real file's attributes.
func (n *overlayNode) inode(p *Process, sb *Super) *Inode {
	i := sb.inode(p.k, ModeFile, n)
	i.Ino = n.top().ino.Ino
	n.sync(i)
	return i
}

func (n *overlayNode) sync(i *Inode) {
	r := n.top().ino
	i.Mode, i.UID, i.GID, i.Major, i.Minor, i.Nlink = r.Mode, r.UID, r.GID, r.Major, r.Minor, r.Nlink
	i.entries = r.entries
	i.mtime, i.ctime, i.atime = r.mtime, r.ctime, r.atime
	i.data, i.target, i.caps, i.pipe = r.data, r.target, r.caps, r.pipe
	if r.isDir() {
		i.Nlink = 1
	}
}

// valid is asked of the directory, about a file in it.
func (n *overlayNode) valid(d *Dentry) bool {
	file := d.ino.virtual.(*overlayNode)
	if file.top().gone {
		return false
	}
	file.sync(d.ino)
	return true
}

func (n *overlayNode) lookup(p *Process, d *Dentry, name string) (*Inode, Errno) {
	found := &overlayNode{o: n.o}
	if n.upper != nil {
		kid, e := n.upper.child(p, name)
		switch {
		case e == OK && whiteout(kid.ino):
			return nil, ENOENT
		case e == OK:
			found.upper = kid
			if !kid.ino.isDir() || n.o.opaque[kid] {
				return found.inode(p, d.ino.sb), OK
			}
		case e != ENOENT:
			return nil, e
		}
	}
	for _, l := range n.lowers {
		kid, e := l.child(p, name)
		if e != OK {
			continue
		}
		if whiteout(kid.ino) {
			break
		}
		if !kid.ino.isDir() {
			if found.upper == nil && len(found.lowers) == 0 {
				found.lowers = append(found.lowers, kid)
			}
			break
		}
		found.lowers = append(found.lowers, kid)
	}
	if found.upper == nil && len(found.lowers) == 0 {
		return nil, ENOENT
	}
	return found.inode(p, d.ino.sb), OK
}

func (n *overlayNode) names(p *Process, d *Dentry) []string {
	var names []string
	seen := map[string]bool{}
	layers := n.lowers
	if n.upper != nil {
		layers = append([]*Dentry{n.upper}, layers...)
	}
	for _, l := range layers {
		for _, name := range l.list(p) {
			if !seen[name] {
				seen[name] = true
				if _, e := d.child(p, name); e == OK {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

func (n *overlayNode) read(*Process, *File) ([]byte, Errno) { return n.top().ino.data, OK }

func (n *overlayNode) link(*Process, *Dentry) string { return n.top().ino.target }

// raise copies a file up, with the directories above it.
func (n *overlayNode) raise(p *Process, d *Dentry) Errno {
	if n.upper != nil {
		return OK
	}
	if n.o.upper == nil {
		return EROFS
	}
	above := d.parent.ino.virtual.(*overlayNode)
	if e := above.raise(p, d.parent); e != OK {
		return e
	}
	r := n.top().ino
	i := above.upper.ino.sb.inode(p.k, r.Mode, nil)
	i.UID, i.GID, i.Major, i.Minor, i.target, i.caps = r.UID, r.GID, r.Major, r.Minor, r.target, r.caps
	if i.isRegular() && len(r.data) > 0 {
		if e := i.resize(p, int64(len(r.data))); e != OK {
			return e
		}
		copy(i.data, r.data)
	}
	i.mtime = r.mtime
	if i.isDir() {
		above.upper.ino.Nlink++
	}
	n.upper = above.upper.add(d.name, i)
	return OK
}

func (n *overlayNode) change(p *Process, d *Dentry) (*Inode, Errno) {
	if e := n.raise(p, d); e != OK {
		return nil, e
	}
	return n.upper.ino, OK
}

func (n *overlayNode) create(p *Process, d *Dentry, name string, mode uint32, dev [2]uint32, target string) (*Inode, Errno) {
	if e := n.raise(p, d); e != OK {
		return nil, e
	}
	hidden := false
	if old, e := n.upper.child(p, name); e == OK {
		hidden = true
		old.drop()
	}
	i := p.newInode(n.upper.ino.sb, n.upper.ino, mode)
	i.Major, i.Minor, i.target = dev[0], dev[1], target
	if i.isDir() {
		n.upper.ino.Nlink++
	}
	n.upper.ino.touch(p.k)
	made := &overlayNode{o: n.o, upper: n.upper.add(name, i)}
	if hidden && i.isDir() {
		n.o.opaque[made.upper] = true
	}
	return made.inode(p, d.ino.sb), OK
}

func (n *overlayNode) remove(p *Process, d *Dentry, kid *Dentry) Errno {
	if kid.ino.isDir() && !kid.empty(p) {
		return ENOTEMPTY
	}
	if e := n.raise(p, d); e != OK {
		return e
	}
	k := kid.ino.virtual.(*overlayNode)
	if k.upper != nil {
		k.upper.ino.drop(p.k)
		k.upper.drop()
		if k.upper.ino.isDir() {
			n.upper.ino.Nlink--
		}
	}
	n.hide(p, kid.name)
	return OK
}

// hardLink gives a file another name in upper, where both have to be.
func (n *overlayNode) hardLink(p *Process, d, file *Dentry, name string) Errno {
	f := file.ino.virtual.(*overlayNode)
	if e := f.raise(p, file); e != OK {
		return e
	}
	if e := n.raise(p, d); e != OK {
		return e
	}
	if old, e := n.upper.child(p, name); e == OK {
		old.drop() // a whiteout
	}
	f.upper.ino.Nlink++
	n.upper.add(name, f.upper.ino)
	n.upper.ino.touch(p.k)
	return OK
}

// hide puts a whiteout into upper if a lower layer has the name.
func (n *overlayNode) hide(p *Process, name string) {
	for _, l := range n.lowers {
		if under, e := l.child(p, name); e == OK {
			if !whiteout(under.ino) {
				n.upper.add(name, n.upper.ino.sb.inode(p.k, ModeChar, nil))
			}
			break
		}
	}
	n.upper.ino.touch(p.k)
}

// rename moves a file within upper. A directory that has parts below cannot be moved: EXDEV, and mv copies it.
func (n *overlayNode) rename(p *Process, d *Dentry, kid *Dentry, to *Dentry, name string) Errno {
	k, dir := kid.ino.virtual.(*overlayNode), to.ino.virtual.(*overlayNode)
	if kid.ino.isDir() && len(k.lowers) > 0 {
		return EXDEV
	}
	for _, up := range []struct {
		n *overlayNode
		d *Dentry
	}{{k, kid}, {n, d}, {dir, to}} {
		if e := up.n.raise(p, up.d); e != OK {
			return e
		}
	}
	if old, e := to.child(p, name); e == OK {
		old.drop()
	}
	if old, e := dir.upper.child(p, name); e == OK {
		old.ino.drop(p.k)
		old.drop()
	}
	i := k.upper.ino
	k.upper.drop()
	moved := dir.upper.add(name, i)
	if kid.ino.isDir() {
		moved.kids = k.upper.kids
		//order:irrelevant each gets the same new parent
		for _, c := range moved.kids {
			c.parent = moved
		}
		n.o.opaque[moved] = true
	}
	k.lowers = nil
	n.hide(p, kid.name)
	kid.drop()
	return OK
}

// makeOverlay reads lowerdir, upperdir and workdir.
func makeOverlay(p *Process, data, _ string) (*Super, *Dentry, Errno) {
	var lower, upper, work string
	for _, o := range splitOptions(data) {
		key, value, _ := strings.Cut(o, "=")
		switch key {
		case "lowerdir":
			lower = value
		case "upperdir":
			upper = value
		case "workdir":
			work = value
		case "index", "redirect_dir", "metacopy", "xino", "userxattr", "volatile", "nfs_export", "uuid", "verity":
		default:
			return nil, nil, EINVAL
		}
	}
	o := &overlay{opaque: map[*Dentry]bool{}}
	top := &overlayNode{o: o}
	if lower == "" || upper != "" && work == "" {
		return nil, nil, EINVAL
	}
	for _, path := range strings.Split(lower, ":") {
		at, e := p.layer(path)
		if e != OK {
			return nil, nil, e
		}
		top.lowers = append(top.lowers, at.d)
	}
	sb := p.k.newSuper("overlay", p.cred.NS)
	sb.options = ",lowerdir=" + lower
	if upper == "" {
		if len(top.lowers) < 2 {
			return nil, nil, EINVAL
		}
		sb.ro, sb.size = true, -1
		return sb, sb.newRoot(top.inode(p, sb)), OK
	}
	if e := p.overlayUpper(o, upper, work); e != OK {
		return nil, nil, e
	}
	sb.options += ",upperdir=" + upper + ",workdir=" + work
	top.upper = o.upper
	return sb, sb.newRoot(top.inode(p, sb)), OK
}

// layer finds a directory of an overlay.
func (p *Process) layer(path string) (Path, Errno) {
	at, e := p.lookup(path, follow)
	if e != OK {
		return at, e
	}
	if !at.d.ino.isDir() {
		return at, ENOTDIR
	}
	if k := at.d.ino.sb.kind; k == "proc" || k == "sysfs" || k == "cgroup2" {
		return at, EINVAL
	}
	return at, OK
}

// overlayUpper checks upperdir and workdir: they lie on one mount, neither below the other.
func (p *Process) overlayUpper(o *overlay, upper, work string) Errno {
	up, e := p.layer(upper)
	if e != OK {
		return e
	}
	wo, e := p.layer(work)
	if e != OK {
		return e
	}
	switch {
	case up.mnt.flags&MountReadOnly != 0 || up.d.ino.sb.ro:
		return EINVAL
	case up.mnt != wo.mnt || up.d.under(wo.d) || wo.d.under(up.d) || up.d.ino.sb.kind == "overlay":
		return EINVAL
	}
	o.upper, o.work = up.d, wo.d
	if _, e := wo.d.child(p, "work"); e == ENOENT {
		wo.d.add("work", wo.d.ino.sb.inode(p.k, ModeDir, nil))
		wo.d.ino.Nlink++
	}
	return OK
}
