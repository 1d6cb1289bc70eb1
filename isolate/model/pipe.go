package model

// pipeRoom is how many bytes a pipe holds. Source: pipe(7).
const pipeRoom = 65536

// pipe is what a pipe and a FIFO hold.
type pipe struct {
	data             []byte
	readers, writers int
	change           queue
	terminal         bool // a person types at the other end
	endless          bool // the host takes whatever is written
	ended            bool // the next read sees the end, once
}

// Pipe makes a pipe: what is written to the second descriptor is read from the first. Source: pipe(2).
func (p *Process) Pipe() (r, w int, e Errno) {
	p.syscall()
	i := p.k.pipefs.inode(p.k, ModeFIFO|0o600, nil)
	i.UID, i.GID = p.cred.FSUID, p.cred.FSGID
	i.pipe = &pipe{readers: 1, writers: 1}
	d := &Dentry{name: "pipe:[" + utoa(i.Ino) + "]", ino: i}
	d.parent = d
	at := Path{p.k.pipeMount(), d}
	if r, e = p.install(&File{path: at, ino: i, flags: ReadOnly, opener: p.cred}, 0, false); e != OK {
		return 0, 0, e
	}
	if w, e = p.install(&File{path: at, ino: i, flags: WriteOnly, opener: p.cred}, 0, false); e != OK {
		p.Close(r)
		return 0, 0, e
	}
	return r, w, OK
}

func (k *Kernel) pipeMount() *Mount {
	return &Mount{sb: k.pipefs, root: k.pipefs.root, source: "pipefs"}
}

// openFIFO waits until the other end is open too.
func (p *Process) openFIFO(f *File) Errno {
	if f.ino.pipe == nil {
		f.ino.pipe = &pipe{}
	}
	q := f.ino.pipe
	if f.reads() {
		q.readers++
	}
	if f.writes() {
		q.writers++
	}
	q.change.wake()
	for f.flags&3 == ReadOnly && q.writers == 0 || f.flags&3 == WriteOnly && q.readers == 0 {
		if f.flags&NonBlock != 0 {
			if f.flags&3 == ReadOnly {
				return OK
			}
			q.writers--
			return ENXIO
		}
		if e := p.wait(0, &q.change); e != OK {
			f.refs = 1
			f.release()
			return e
		}
	}
	return OK
}

func (p *Process) readPipe(q *pipe, n int) ([]byte, Errno) {
	if q == nil {
		return nil, ENOTCONN
	}
	for len(q.data) == 0 {
		if q.writers == 0 || q.ended {
			q.ended = false
			return nil, OK
		}
		if e := p.wait(0, &q.change); e != OK {
			return nil, e
		}
	}
	n = min(n, len(q.data))
	data := append([]byte(nil), q.data[:n]...)
	q.data = q.data[n:]
	q.change.wake()
	return data, OK
}

func (p *Process) writePipe(q *pipe, data []byte) (int, Errno) {
	if q == nil {
		return 0, ENOTCONN
	}
	written := 0
	for written < len(data) {
		if q.readers == 0 || q.writers == 0 {
			p.signal(SIGPIPE, p)
			p.deliver()
			return 0, EPIPE
		}
		room := pipeRoom - len(q.data)
		if q.endless {
			room = len(data)
		}
		if room > 0 {
			n := min(room, len(data)-written)
			q.data = append(q.data, data[written:written+n]...)
			written += n
			q.change.wake()
			continue
		}
		if e := p.wait(0, &q.change); e != OK {
			if written > 0 {
				return written, OK
			}
			return 0, e
		}
	}
	return written, OK
}
