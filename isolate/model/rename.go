package model

// Rename gives a file another name and place in its file system. Source: rename(2).
func (p *Process) Rename(from, to string) Errno {
	p.syscall()
	dir, name, _, e := p.lookupParent(from)
	if e != OK {
		return e
	}
	todir, toname, slash, e := p.lookupParent(to)
	if e != OK {
		return e
	}
	if dir.mnt != todir.mnt {
		return EXDEV
	}
	if name == "." || name == ".." || name == "/" || toname == "." || toname == ".." || toname == "/" {
		return EBUSY
	}
	kid, e := dir.d.child(p, name)
	if e != OK {
		return e
	}
	if slash && !kid.ino.isDir() {
		return ENOTDIR
	}
	if todir.d.under(kid) {
		return EINVAL
	}
	if e := p.mayRemove(dir, kid); e != OK {
		return e
	}
	old, e := todir.d.child(p, toname)
	if e == OK {
		if old.ino == kid.ino {
			return OK
		}
		if e := p.mayReplace(todir, kid, old); e != OK {
			return e
		}
	} else if e != ENOENT {
		return e
	} else if e := p.permission(todir, mayWrite|mayExec); e != OK {
		return e
	}
	if kid.mounts > 0 && dir.mnt.childAt(kid) != nil {
		return EBUSY
	}
	return p.moveName(dir.d, kid, todir.d, toname, old)
}

func (p *Process) mayReplace(dir Path, kid, old *Dentry) Errno {
	if e := p.mayRemove(dir, old); e != OK {
		return e
	}
	switch {
	case kid.ino.isDir() && !old.ino.isDir():
		return ENOTDIR
	case !kid.ino.isDir() && old.ino.isDir():
		return EISDIR
	case old.mounts > 0 && dir.mnt.childAt(old) != nil:
		return EBUSY
	case old.ino.isDir() && !old.empty(p):
		return ENOTEMPTY
	}
	return OK
}

func (p *Process) moveName(dir *Dentry, kid, todir *Dentry, toname string, old *Dentry) Errno {
	if v := dir.ino.virtual; v != nil {
		return v.rename(p, dir, kid, todir, toname)
	}
	if old != nil {
		if e := p.removeName(todir, old); e != OK {
			return e
		}
	}
	if kid.ino.isDir() {
		dir.ino.Nlink--
		todir.ino.Nlink++
	}
	delete(dir.kids, kid.name)
	dir.ino.entries--
	todir.ino.entries++
	todir.made++
	kid.name, kid.parent, kid.order = toname, todir, todir.made
	if todir.kids == nil {
		todir.kids = map[string]*Dentry{}
	}
	todir.kids[toname] = kid
	dir.ino.touch(p.k)
	todir.ino.touch(p.k)
	kid.ino.ctime = p.k.now
	return OK
}
