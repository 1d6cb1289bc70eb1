package model

// AtCwd stands for the working directory where the descriptor of a directory is asked for. Source: openat(2), AT_FDCWD.
const AtCwd = -100

// At makes a call whose relative paths begin at an open directory: At(fd, func() Errno { return p.Mkdir("a", 0o755) }) is mkdirat.
//
// Errors: EBADF, ENOTDIR, and those of the call. Source: openat(2), "Rationale for openat() and other directory file descriptor APIs".
func (p *Process) At(dir int, call func() Errno) Errno {
	if dir == AtCwd {
		return call()
	}
	f, e := p.file(dir)
	if e != OK {
		return e
	}
	if !f.path.d.ino.isDir() {
		return ENOTDIR
	}
	cwd := p.fs.cwd
	p.fs.cwd = f.path
	e = call()
	p.fs.cwd = cwd
	return e
}

// OpenIn opens a path below an open directory that is taken for the root; with noLinks every symbolic link on the way is refused. It is how what
// lies in an untrusted tree is opened. Source: openat2(2), RESOLVE_IN_ROOT, RESOLVE_NO_SYMLINKS.
func (p *Process) OpenIn(dir int, path string, flags int, noLinks bool) (fd int, e Errno) {
	root := p.fs.root
	e = p.At(dir, func() Errno {
		p.fs.root, p.fs.noLinks = p.fs.cwd, noLinks
		fd, e = p.Open(path, flags, 0)
		return e
	})
	p.fs.root, p.fs.noLinks = root, false
	return fd, e
}

// CloseOnExec marks every descriptor from first on to be closed when the program is replaced. Source: close_range(2), CLOSE_RANGE_CLOEXEC.
func (p *Process) CloseOnExec(first int) {
	p.syscall()
	for fd := first; fd < len(p.fds); fd++ {
		p.fds[fd].cloexec = true
	}
}
