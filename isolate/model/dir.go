package model

// create makes a name in a directory, with what it names.
func (p *Process) create(dir Path, name string, mode uint32, dev [2]uint32, target string) (*Dentry, Errno) {
	if _, e := dir.d.child(p, name); e == OK {
		return nil, EEXIST
	} else if e != ENOENT {
		return nil, e
	}
	if dir.d.gone {
		return nil, ENOENT
	}
	if e := p.permission(dir, mayWrite|mayExec); e != OK {
		return nil, e
	}
	sb := dir.d.ino.sb
	if !sb.owner.UIDs.has(p.cred.FSUID) || !p.cred.NS.UIDs.has(p.cred.FSUID) && len(p.cred.NS.UIDs) > 0 {
		return nil, 75
	}
	if v := dir.d.ino.virtual; v != nil {
		i, e := v.create(p, dir.d, name, mode, dev, target)
		if e != OK {
			return nil, e
		}
		kid := dir.d.add(name, i)
		if made, ok := i.virtual.(cgroupDir); ok {
			made.c.dir = kid
		}
		return kid, OK
	}
	i := p.newInode(sb, dir.d.ino, mode)
	i.Major, i.Minor, i.target = dev[0], dev[1], target
	if i.isDir() {
		dir.d.ino.Nlink++
	}
	dir.d.ino.touch(p.k)
	return dir.d.add(name, i), OK
}

// newInode makes an inode that belongs to the process, or to the group of a set-group-ID directory.
func (p *Process) newInode(sb *Super, dir *Inode, mode uint32) *Inode {
	i := sb.inode(p.k, mode, nil)
	i.UID, i.GID = p.cred.FSUID, p.cred.FSGID
	if dir.Mode&ModeSetGID != 0 {
		i.GID = dir.GID
		if i.isDir() {
			i.Mode |= ModeSetGID
		}
	}
	return i
}

func (i *Inode) touch(k *Kernel) {
	i.mtime, i.ctime = k.now, k.now
	k.written++
}

// Mkdir makes a directory. Source: mkdir(2).
func (p *Process) Mkdir(path string, mode uint32) Errno {
	return p.make(path, ModeDir|mode&0o1777&^p.fs.umask, [2]uint32{}, "", true)
}

// Symlink makes a symbolic link at path that says target. Source: symlink(2).
func (p *Process) Symlink(target, path string) Errno {
	if target == "" {
		return ENOENT
	}
	return p.make(path, ModeLink|0o777, [2]uint32{}, target, false)
}

// Mknod makes a file of any type but a directory. Source: mknod(2).
func (p *Process) Mknod(path string, mode uint32, major, minor uint32) Errno {
	kind := mode & ModeType
	if kind == ModeDir {
		return EPERM
	}
	return p.make(path, kind|mode&0o7777&^p.fs.umask, [2]uint32{major, minor}, "", false)
}

func (p *Process) make(path string, mode uint32, dev [2]uint32, target string, slash bool) Errno {
	p.syscall()
	dir, name, trailing, e := p.lookupParent(path)
	if e != OK {
		return e
	}
	if name == "/" || name == "." || name == ".." {
		return EEXIST
	}
	if trailing && !slash {
		return ENOENT
	}
	if e := p.permission(dir, mayExec); e != OK {
		return e
	}
	if _, e := dir.d.child(p, name); e == OK {
		return EEXIST
	}
	if kind := mode & ModeType; (kind == ModeChar || kind == ModeBlock) && dev != [2]uint32{} {
		if e := p.permission(dir, mayWrite|mayExec); e != OK {
			return e
		}
		if !p.cred.capable(p.k.userNS, CapMknod) {
			return EPERM
		}
	}
	_, e = p.create(dir, name, mode, dev, target)
	return e
}

// Link gives a file another name. Source: link(2).
func (p *Process) Link(path, to string) Errno {
	p.syscall()
	from, e := p.lookup(path, noFollow)
	if e != OK {
		return e
	}
	dir, name, slash, e := p.lookupParent(to)
	if e != OK {
		return e
	}
	if _, e := dir.d.child(p, name); e == OK {
		return EEXIST
	}
	i := from.d.ino
	switch {
	case slash:
		return ENOENT
	case from.mnt != dir.mnt:
		return EXDEV
	case !p.owns(i) && (!i.isRegular() || i.Mode&(ModeSetUID) != 0 || p.inodePermission(i, mayRead|mayWrite) != OK):
		return EPERM // fs.protected_hardlinks
	case i.isDir():
		return EPERM
	}
	if e := p.permission(dir, mayWrite|mayExec); e != OK {
		return e
	}
	if over, ok := dir.d.ino.virtual.(*overlayNode); ok {
		return over.hardLink(p, dir.d, from.d, name)
	}
	if i.virtual != nil || dir.d.ino.virtual != nil {
		return EPERM
	}
	i.Nlink++
	i.ctime = p.k.now
	dir.d.ino.touch(p.k)
	dir.d.add(name, i)
	return OK
}

// mayRemove tells whether the process may take a name out of a directory.
func (p *Process) mayRemove(dir Path, kid *Dentry) Errno {
	if e := p.permission(dir, mayWrite|mayExec); e != OK {
		return e
	}
	if dir.d.ino.Mode&ModeSticky != 0 && dir.d.ino.UID != p.cred.FSUID && !p.owns(kid.ino) {
		return EPERM
	}
	return OK
}

// Unlink takes a name away that is no directory's. Source: unlink(2).
func (p *Process) Unlink(path string) Errno {
	p.syscall()
	dir, name, slash, e := p.lookupParent(path)
	if e != OK {
		return e
	}
	if name == "/" || name == "." || name == ".." {
		return EISDIR
	}
	if e := p.permission(dir, mayExec); e != OK {
		return e
	}
	kid, e := dir.d.child(p, name)
	if e != OK {
		return e
	}
	if slash && !kid.ino.isDir() {
		return ENOTDIR
	}
	if e := p.mayRemove(dir, kid); e != OK {
		return e
	}
	if kid.ino.isDir() {
		return EISDIR
	}
	if kid.mounts > 0 && dir.mnt.childAt(kid) != nil {
		return EBUSY
	}
	return p.removeName(dir.d, kid)
}

// Rmdir takes an empty directory away. Source: rmdir(2).
func (p *Process) Rmdir(path string) Errno {
	p.syscall()
	dir, name, _, e := p.lookupParent(path)
	if e != OK {
		return e
	}
	switch name {
	case "/":
		return EBUSY
	case ".":
		return EINVAL
	case "..":
		return ENOTEMPTY
	}
	if e := p.permission(dir, mayExec); e != OK {
		return e
	}
	kid, e := dir.d.child(p, name)
	if e != OK {
		return e
	}
	if e := p.mayRemove(dir, kid); e != OK {
		return e
	}
	if !kid.ino.isDir() {
		return ENOTDIR
	}
	if kid.mounts > 0 && dir.mnt.childAt(kid) != nil {
		return EBUSY
	}
	return p.removeName(dir.d, kid)
}

// removeName takes a name out of a directory; what is mounted there in other namespaces goes with it.
func (p *Process) removeName(dir, kid *Dentry) Errno {
	if v := dir.ino.virtual; v != nil {
		if e := v.remove(p, dir, kid); e != OK {
			return e
		}
	} else {
		if kid.ino.isDir() {
			if !kid.empty(p) {
				return ENOTEMPTY
			}
			dir.ino.Nlink--
			kid.ino.Nlink--
		}
		dir.ino.touch(p.k)
		kid.ino.drop(p.k)
	}
	if kid.mounts > 0 {
		for _, m := range p.k.everyMount() {
			if m.place == kid {
				m.detach()
			}
		}
	}
	kid.drop()
	return OK
}

// drop forgets one name of an inode, and its data with the last.
func (i *Inode) drop(k *Kernel) {
	i.ctime = k.now
	if i.Nlink--; i.Nlink <= 0 && i.isRegular() && !k.opened(i) {
		i.sb.used -= pages(int64(len(i.data)))
		if i.payer != nil {
			i.payer.unchargeFile(pages(int64(len(i.data))))
		}
		i.payer = nil
	}
}

// opened tells whether a process has the inode open.
func (k *Kernel) opened(i *Inode) bool {
	//order:irrelevant it is asked whether there is one
	for _, q := range k.pidNS.procs {
		for _, f := range q.fds {
			if f.file != nil && f.file.ino == i {
				return true
			}
		}
	}
	return false
}
