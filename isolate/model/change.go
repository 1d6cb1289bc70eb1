package model

// changing prepares a change to a file's attributes.
func (p *Process) changing(path string, fl lookupFlags) (*Inode, Path, Errno) {
	p.syscall()
	at, e := p.lookup(path, fl)
	if e != OK {
		return nil, at, e
	}
	if at.mnt.flags&MountReadOnly != 0 || at.d.ino.sb.ro {
		return nil, at, EROFS
	}
	return at.d.ino, at, OK
}

// changed is the inode to change, after permission was found.
func (p *Process) changed(at Path) (*Inode, Errno) {
	i := at.d.ino
	if i.virtual == nil {
		return i, OK
	}
	return i.virtual.change(p, at.d)
}

// Chmod sets a file's permission bits. Source: chmod(2).
func (p *Process) Chmod(path string, mode uint32) Errno {
	i, at, e := p.changing(path, follow)
	if e != OK {
		return e
	}
	if !p.owns(i) {
		return EPERM
	}
	if i, e = p.changed(at); e != OK {
		return e
	}
	if !i.isDir() && !p.cred.inGroup(i.GID) && !p.cred.capableOver(i, CapFsetid) {
		mode &^= ModeSetGID
	}
	i.Mode = i.Mode&ModeType | mode&0o7777
	i.ctime = p.k.now
	p.k.written++
	return OK
}

// Chown gives a file to another owner and group, as the process numbers them; -1 leaves one as it is.
//
// Errors: EINVAL for an id that has no name in the user namespace; EPERM without CAP_CHOWN, but for an owner who changes the group to
// one of his own. Source: chown(2).
func (p *Process) Chown(path string, uid, gid int, followLinks bool) Errno {
	fl := noFollow
	if followLinks {
		fl = follow
	}
	ns := p.cred.NS
	u, g := noID, noID
	if uid >= 0 {
		if u = ns.UIDs.out(uint32(uid)); u == noID {
			p.syscall()
			return EINVAL
		}
	}
	if gid >= 0 {
		if g = ns.GIDs.out(uint32(gid)); g == noID {
			p.syscall()
			return EINVAL
		}
	}
	i, at, e := p.changing(path, fl)
	if e != OK {
		return e
	}
	c := p.cred
	chown := c.capableOver(i, CapChown)
	if u != noID && !chown && !(c.FSUID == i.UID && u == i.UID) {
		return EPERM
	}
	if g != noID && !chown && !(c.FSUID == i.UID && (c.inGroup(g) || g == i.GID)) {
		return EPERM
	}
	if i, e = p.changed(at); e != OK {
		return e
	}
	if u != noID {
		i.UID = u
	}
	if g != noID {
		i.GID = g
	}
	i.ctime = p.k.now
	p.k.written++
	if !i.isDir() && (u != noID || g != noID) {
		i.caps = nil
		i.Mode &^= ModeSetUID
		if i.Mode&0o010 != 0 {
			i.Mode &^= ModeSetGID
		}
	}
	return OK
}

// Truncate makes a file that long. Source: truncate(2).
func (p *Process) Truncate(path string, size int64) Errno {
	i, at, e := p.changing(path, follow)
	if e != OK {
		return e
	}
	if i.isDir() {
		return EISDIR
	}
	if !i.isRegular() || size < 0 {
		return EINVAL
	}
	if e := p.permission(at, mayWrite); e != OK {
		return e
	}
	if i, e = p.changed(at); e != OK {
		return e
	}
	if i.virtual != nil && i.sb.kind != "overlay" {
		return EPERM
	}
	return i.resize(p, size)
}

// Utime sets when a file was changed and read, in Unix seconds; -1 is now. Source: utimensat(2).
func (p *Process) Utime(path string, mtime int64) Errno {
	i, at, e := p.changing(path, follow)
	if e != OK {
		return e
	}
	if !p.owns(i) {
		if mtime >= 0 {
			return EPERM
		}
		if e := p.permission(at, mayWrite); e != OK {
			return EACCES
		}
	}
	if i, e = p.changed(at); e != OK {
		return e
	}
	i.mtime = p.k.now
	if mtime >= 0 {
		i.mtime = (mtime - p.k.epoch) * 1_000_000_000
	}
	i.ctime = p.k.now
	p.k.written++
	return OK
}

// FileCaps are the capabilities a program file carries; nil if none. Source: getxattr(2), security.capability.
func (p *Process) FileCaps(path string) (*FileCaps, Errno) {
	p.syscall()
	at, e := p.lookup(path, follow)
	if e != OK {
		return nil, e
	}
	return at.d.ino.caps, OK
}

// SetFileCaps gives a program file capabilities, or takes them away (nil; ENODATA if it has none).
//
// Errors: EPERM without CAP_SETFCAP over the file. Source: capabilities(7), "File capabilities".
func (p *Process) SetFileCaps(path string, caps *FileCaps) Errno {
	i, at, e := p.changing(path, follow)
	if e != OK {
		return e
	}
	if !p.cred.capableOver(i, CapSetfcap) {
		return EPERM
	}
	if i, e = p.changed(at); e != OK {
		return e
	}
	if caps == nil && i.caps == nil {
		return ENODATA
	}
	if caps != nil {
		c := *caps
		if p.cred.NS != p.k.userNS {
			c.RootID = p.cred.NS.UIDs.out(0)
		}
		caps = &c
	}
	i.caps = caps
	return OK
}
