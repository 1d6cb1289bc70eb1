package model

type fdSlot struct {
	file    *File
	cloexec bool
}

func (p *Process) file(fd int) (*File, Errno) {
	if fd < 0 || fd >= len(p.fds) || p.fds[fd].file == nil {
		return nil, EBADF
	}
	return p.fds[fd].file, OK
}

// install gives a file the lowest free descriptor from least on.
func (p *Process) install(f *File, least int, cloexec bool) (int, Errno) {
	fd := least
	for fd < len(p.fds) && p.fds[fd].file != nil {
		fd++
	}
	if uint64(fd) >= p.limits[LimitNofile].Soft {
		return 0, EMFILE
	}
	for len(p.fds) <= fd {
		p.fds = append(p.fds, fdSlot{})
	}
	f.refs++
	p.fds[fd] = fdSlot{f, cloexec}
	return fd, OK
}

func (p *Process) copyFDs() []fdSlot {
	c := make([]fdSlot, len(p.fds))
	copy(c, p.fds)
	for _, s := range c {
		if s.file != nil {
			s.file.refs++
		}
	}
	return c
}

// Close gives a descriptor up. Source: close(2).
func (p *Process) Close(fd int) Errno {
	f, e := p.file(fd)
	if e != OK {
		return e
	}
	p.fds[fd] = fdSlot{}
	f.release()
	if n, ok := f.ino.ns.(*NetNS); ok {
		n.vanish(p.k)
	}
	return OK
}

func (f *File) release() {
	if f.refs--; f.refs > 0 {
		return
	}
	if s := f.ino.socket; s != nil {
		s.close()
	}
	if q := f.ino.pipe; q != nil {
		if f.reads() {
			q.readers--
		}
		if f.writes() {
			q.writers--
		}
		q.change.wake()
	}
}

func (p *Process) closeAll() {
	for fd := range p.fds {
		if p.fds[fd].file != nil {
			p.Close(fd)
		}
	}
	p.fds = nil
}

// Dup2 makes descriptor to mean the same file as from. Source: dup2(2).
func (p *Process) Dup2(from, to int) Errno {
	f, e := p.file(from)
	if e != OK {
		return e
	}
	if to < 0 || uint64(to) >= p.limits[LimitNofile].Soft {
		return EBADF
	}
	if from == to {
		return OK
	}
	if to < len(p.fds) && p.fds[to].file != nil {
		p.Close(to)
	}
	_, e = p.install(f, to, false)
	return e
}

// Dup gives the file another descriptor, the lowest free from least on. Source: fcntl(2), F_DUPFD.
func (p *Process) Dup(fd, least int, cloexec bool) (int, Errno) {
	f, e := p.file(fd)
	if e != OK {
		return 0, e
	}
	if uint64(least) >= p.limits[LimitNofile].Soft {
		return 0, EINVAL
	}
	return p.install(f, least, cloexec)
}
