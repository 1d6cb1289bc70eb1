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
