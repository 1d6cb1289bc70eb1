package model

// What open is asked for. Source: open(2).
const (
	ReadOnly  = 0
	WriteOnly = 1
	ReadWrite = 2
	Create    = 0o100
	Excl      = 0o200
	Truncate  = 0o1000
	Append    = 0o2000
	NonBlock  = 0o4000
	Directory = 0o200000
	NoFollow  = 0o400000
	PathOnly  = 0o10000000
	CloseExec = 0o2000000
)

// File is an open file description: several descriptors, of several processes, may share it.
type File struct {
	path   Path
	ino    *Inode
	flags  int
	pos    int64
	refs   int
	opener *Cred
	text   []byte // of a file that the kernel makes up, as it was at the first read
	asked  bool
	// context is set for a file system that is being described.
	context *fsContext
}

func (f *File) reads() bool  { return f.flags&3 != WriteOnly }
func (f *File) writes() bool { return f.flags&3 != ReadOnly }

// Open opens a file, or makes it, and returns its descriptor. Source: open(2).
func (p *Process) Open(path string, flags int, mode uint32) (int, Errno) {
	p.syscall()
	at, made, e := p.openPath(path, flags, mode)
	if e != OK {
		return 0, e
	}
	i := at.d.ino
	if i.isLink() && flags&PathOnly == 0 {
		return 0, ELOOP
	}
	if flags&Directory != 0 && !i.isDir() {
		return 0, ENOTDIR
	}
	if !made && flags&PathOnly == 0 {
		if e := p.mayOpen(at, flags); e != OK {
			return 0, e
		}
	}
	f := &File{path: at, ino: i, flags: flags, opener: p.cred}
	if flags&PathOnly == 0 {
		if e := p.opened(f, flags); e != OK {
			return 0, e
		}
	}
	return p.install(f, 0, flags&CloseExec != 0)
}

// openPath finds the file, making it if it is asked for and missing.
func (p *Process) openPath(path string, flags int, mode uint32) (at Path, made bool, e Errno) {
	fl := follow
	if flags&(NoFollow|Excl) != 0 && (flags&NoFollow != 0 || flags&Create != 0) {
		fl = noFollow
	}
	at, e = p.lookup(path, fl)
	if flags&Create == 0 {
		return at, false, e
	}
	if e == OK {
		if flags&Excl != 0 {
			return at, false, EEXIST
		}
		if at.d.ino.isDir() {
			return at, false, EISDIR
		}
		return at, false, OK
	}
	if e != ENOENT {
		return at, false, e
	}
	for n := 0; ; n++ {
		dir, name, slash, e := p.lookupParent(path)
		if e != OK {
			return at, false, e
		}
		if slash || name == "." || name == ".." {
			return at, false, EISDIR
		}
		// A link that leads to nothing is where its target is made.
		if kid, e := dir.d.child(p, name); e == OK && kid.ino.isLink() && fl == follow && n < maxLinks {
			path = kid.ino.target
			if path != "" && path[0] != '/' {
				head, _ := dir.name(p.fs.root)
				path = head + "/" + path
			}
			continue
		}
		d, e := p.create(dir, name, ModeFile|mode&0o7777&^p.fs.umask, [2]uint32{}, "")
		return Path{dir.mnt, d}, true, e
	}
}

// mayOpen checks what is asked for against the file's permissions.
func (p *Process) mayOpen(at Path, flags int) Errno {
	i := at.d.ino
	var want access
	if flags&3 != WriteOnly {
		want |= mayRead
	}
	if flags&3 != ReadOnly {
		want |= mayWrite
		if i.isDir() {
			return EISDIR
		}
	}
	if flags&Truncate != 0 {
		want |= mayWrite
	}
	if e := p.permission(at, want); e != OK {
		return e
	}
	if kind := i.Mode & ModeType; (kind == ModeChar || kind == ModeBlock) && (at.mnt.flags&MountNoDev != 0 || i.sb.owner != p.k.userNS) {
		return EACCES
	}
	return OK
}

// opened is what opening does beyond permission: making room, finding the device, waiting for the other end.
func (p *Process) opened(f *File, flags int) Errno {
	i := f.ino
	if i.virtual != nil {
		if f.writes() && i.isRegular() {
			if n, e := i.virtual.change(p, f.path.d); e != OK {
				return e
			} else if n != i {
				f.ino, i = n, n
			}
		}
		if e := i.virtual0().open(p, f); e != OK {
			return e
		}
	}
	switch i.Mode & ModeType {
	case ModeFile:
		if flags&Truncate != 0 && i.virtual == nil {
			i.resize(p, 0)
		}
	case ModeChar, ModeBlock:
		return p.openDevice(f)
	case ModeFIFO:
		return p.openFIFO(f)
	case ModeSocket:
		return ENXIO
	}
	return OK
}

// virtual0 is the inode's node, or one that does nothing.
func (i *Inode) virtual0() node {
	if i.virtual == nil {
		return none{}
	}
	return i.virtual
}

// Read reads at most n bytes; no bytes and no error is the end. Source: read(2).
func (p *Process) Read(fd, n int) ([]byte, Errno) {
	p.syscall()
	f, e := p.file(fd)
	if e != OK {
		return nil, e
	}
	if !f.reads() {
		return nil, EBADF
	}
	i := f.ino
	switch {
	case i.pipe != nil || i.socket != nil:
		return p.readPipe(f.source(), n)
	case i.isDir():
		return nil, EISDIR
	case i.Mode&ModeType == ModeChar:
		return p.readDevice(f, n)
	}
	data := i.data
	if i.virtual != nil {
		if !f.asked {
			text, e := i.virtual.read(p, f)
			if e != OK {
				return nil, e
			}
			f.text, f.asked = text, true
		}
		data = f.text
	}
	if f.pos >= int64(len(data)) {
		return nil, OK
	}
	data = data[f.pos:min(int64(len(data)), f.pos+int64(n))]
	f.pos += int64(len(data))
	p.Spend(int64(len(data)) / 8)
	return append([]byte(nil), data...), OK
}

// Write writes bytes and returns how many were taken. Source: write(2).
func (p *Process) Write(fd int, data []byte) (int, Errno) {
	p.syscall()
	f, e := p.file(fd)
	if e != OK {
		return 0, e
	}
	if !f.writes() {
		return 0, EBADF
	}
	i := f.ino
	switch {
	case i.pipe != nil:
		return p.writePipe(i.pipe, data)
	case i.socket != nil:
		return p.writePipe(i.socket.out, data)
	case i.Mode&ModeType == ModeChar:
		return p.writeDevice(f, data)
	case i.virtual != nil:
		if e := i.virtual.write(p, f, data); e != OK {
			return 0, e
		}
		p.k.written++
		p.deliver()
		return len(data), OK
	}
	return p.writeFile(f, data)
}

// writeFile writes to a file in memory, as far as limits and room allow.
func (p *Process) writeFile(f *File, data []byte) (int, Errno) {
	i := f.ino
	if f.flags&Append != 0 {
		f.pos = int64(len(i.data))
	}
	end := f.pos + int64(len(data))
	if limit := p.limits[LimitFsize].Soft; limit != Unlimited && uint64(end) > limit {
		if uint64(f.pos) >= limit {
			p.signal(SIGXFSZ, p)
			p.deliver()
			return 0, EFBIG
		}
		data = data[:int64(limit)-f.pos]
		end = int64(limit)
	}
	if end > int64(len(i.data)) {
		if e := i.resize(p, end); e != OK {
			return 0, e
		}
	}
	p.Spend(int64(len(data)) / 8)
	copy(i.data[f.pos:end], data)
	f.pos = end
	i.touch(p.k)
	if i.Mode&0o111 != 0 && !p.cred.capable(p.cred.NS, CapFsetid) {
		i.Mode &^= ModeSetUID | ModeSetGID
	}
	i.caps = nil
	return len(data), OK
}

// Seek moves to an offset from the start (0), from here (1) or from the end (2). Source: lseek(2).
func (p *Process) Seek(fd int, offset int64, whence int) (int64, Errno) {
	f, e := p.file(fd)
	if e != OK {
		return 0, e
	}
	if f.ino.pipe != nil || f.ino.socket != nil {
		return 0, ESPIPE
	}
	switch whence {
	case 1:
		offset += f.pos
	case 2:
		offset += int64(len(f.ino.data))
	}
	if offset < 0 {
		return 0, EINVAL
	}
	if offset == 0 {
		f.asked = false
	}
	f.pos = offset
	return offset, OK
}
