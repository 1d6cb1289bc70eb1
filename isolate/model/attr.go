package model

// Stat is what is known of a file. Source: stat(2).
type Stat struct {
	Dev          uint32
	Ino          uint64
	Mode         uint32
	Nlink        int
	UID, GID     uint32 // as the process' user namespace numbers them
	Major, Minor uint32
	Size         int64
	Mtime        int64 // Unix seconds
	Ctime, Atime int64
	Kind         string // of the file system, as /proc/mounts names it
}

// Stat tells what a path leads to. Source: stat(2).
func (p *Process) Stat(path string) (Stat, Errno) {
	p.syscall()
	at, e := p.lookup(path, follow)
	if e != OK {
		return Stat{}, e
	}
	return p.stat(at.d.ino), OK
}

// Lstat is Stat, but of a symbolic link itself.
func (p *Process) Lstat(path string) (Stat, Errno) {
	p.syscall()
	at, e := p.lookup(path, noFollow)
	if e != OK {
		return Stat{}, e
	}
	return p.stat(at.d.ino), OK
}

// Fstat is Stat of an open file.
func (p *Process) Fstat(fd int) (Stat, Errno) {
	f, e := p.file(fd)
	if e != OK {
		return Stat{}, e
	}
	return p.stat(f.ino), OK
}

func (p *Process) stat(i *Inode) Stat {
	c := p.cred.NS
	s := Stat{Dev: i.sb.dev, Ino: i.Ino, Mode: i.Mode, Nlink: max(i.Nlink, 0), UID: c.UIDs.show(i.UID), GID: c.GIDs.show(i.GID), Major: i.Major, Minor: i.Minor,
		Size: int64(len(i.data)), Mtime: p.k.unix(i.mtime), Ctime: p.k.unix(i.ctime), Atime: p.k.unix(i.atime), Kind: i.sb.kind}
	switch {
	case i.isLink():
		s.Size = int64(len(i.target))
	case i.isDir() && (i.virtual == nil || i.sb.kind == "overlay"):
		s.Size = 40 + 20*int64(i.entries)
	}
	return s
}

func (k *Kernel) unix(ns int64) int64 { return k.epoch + ns/1_000_000_000 }

// DirEntry is a name in a directory.
type DirEntry struct {
	Name string
	Mode uint32 // the type alone
	Ino  uint64
}

// ReadDir lists a directory that is open, without "." and "..", in the directory's own order. Source: getdents(2).
func (p *Process) ReadDir(fd int) ([]DirEntry, Errno) {
	p.syscall()
	f, e := p.file(fd)
	if e != OK {
		return nil, e
	}
	if !f.ino.isDir() {
		return nil, ENOTDIR
	}
	if f.path.d.gone {
		return nil, ENOENT
	}
	var list []DirEntry
	for _, name := range f.path.d.list(p) {
		if kid, e := f.path.d.child(p, name); e == OK {
			list = append(list, DirEntry{name, kid.ino.Mode & ModeType, kid.ino.Ino})
		}
	}
	p.Spend(int64(len(list)) * 100)
	return list, OK
}

// Readlink is what a symbolic link says. Source: readlink(2).
func (p *Process) Readlink(path string) (string, Errno) {
	p.syscall()
	at, e := p.lookup(path, noFollow)
	if e != OK {
		return "", e
	}
	i := at.d.ino
	if !i.isLink() {
		return "", EINVAL
	}
	if i.virtual == nil {
		return i.target, OK
	}
	if _, e := i.virtual.jump(p, at.d); e != OK && e != ENOSYS {
		return "", e
	}
	return i.virtual.link(p, at.d), OK
}

// Access tells whether the process' real ids may read (4), write (2) or execute (1) what a path leads to. Source: access(2).
func (p *Process) Access(path string, want int) Errno {
	p.syscall()
	at, e := p.lookup(path, follow)
	if e != OK {
		return e
	}
	return p.permission(at, access(want))
}

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

// Chdir moves the process to a directory. Source: chdir(2).
func (p *Process) Chdir(path string) Errno {
	p.syscall()
	at, e := p.lookup(path, follow)
	if e != OK {
		return e
	}
	if !at.d.ino.isDir() {
		return ENOTDIR
	}
	if e := p.permission(at, mayExec); e != OK {
		return e
	}
	p.fs.cwd = at
	return OK
}

// Fchdir moves the process to a directory that is open. Source: fchdir(2).
func (p *Process) Fchdir(fd int) Errno {
	p.syscall()
	f, e := p.file(fd)
	if e != OK {
		return e
	}
	if !f.ino.isDir() {
		return ENOTDIR
	}
	if e := p.permission(f.path, mayExec); e != OK {
		return e
	}
	p.fs.cwd = f.path
	return OK
}

// Getcwd is the working directory's path; ENOENT if it has been removed. One that the root does not reach begins with "(unreachable)".
// Source: getcwd(2).
func (p *Process) Getcwd() (string, Errno) {
	p.syscall()
	if p.fs.cwd.d.gone {
		return "", ENOENT
	}
	name, ok := p.fs.cwd.name(p.fs.root)
	if !ok {
		return "(unreachable)" + name, OK
	}
	return name, OK
}

// Chroot makes a directory the root of the process' paths. Source: chroot(2).
func (p *Process) Chroot(path string) Errno {
	p.syscall()
	at, e := p.lookup(path, follow)
	if e != OK {
		return e
	}
	if !at.d.ino.isDir() {
		return ENOTDIR
	}
	if e := p.permission(at, mayExec); e != OK {
		return e
	}
	if !p.cred.capable(p.cred.NS, CapSysChroot) {
		return EPERM
	}
	p.fs.root = at
	return OK
}

func (p *Process) chrooted() bool { return p.ns.mnt.root != nil && p.fs.root != p.ns.mnt.top() }

// Umask sets the bits that new files do not get, and returns those before. Source: umask(2).
func (p *Process) Umask(mask uint32) uint32 {
	old := p.fs.umask
	p.fs.umask = mask & 0o777
	return old
}
