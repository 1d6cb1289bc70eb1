package model

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
	if e := p.filtered("chroot"); e != OK {
		return e
	}
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
