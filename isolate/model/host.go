package model

// HostPipe is the machine's side of a pipe whose other side processes use: how a host types to a shell and sees what it prints.
type HostPipe struct {
	k *Kernel
	q *pipe
}

// HostPipe is the pipe behind a descriptor. It stays open for the host whatever processes do.
func (p *Process) HostPipe(fd int) *HostPipe {
	f, e := p.file(fd)
	if e != OK || f.ino.pipe == nil {
		return nil
	}
	f.ino.pipe.readers++
	f.ino.pipe.writers++
	return &HostPipe{p.k, f.ino.pipe}
}

// Write types.
func (h *HostPipe) Write(text string) {
	h.q.data = append(h.q.data, text...)
	h.q.change.wake()
}

// Take takes what was printed.
func (h *HostPipe) Take() string {
	text := string(h.q.data)
	if text != "" {
		h.q.data = nil
		h.q.change.wake()
	}
	return text
}

// Hangup closes the host's side for writing: who reads sees the end.
func (h *HostPipe) Hangup() {
	h.q.writers--
	h.q.change.wake()
}

// Reader is the process that has read everything and waits for more; nil if there is none.
func (h *HostPipe) Reader() *Process {
	if len(h.q.data) > 0 || len(h.q.change) == 0 {
		return nil
	}
	p := h.q.change[0]
	if p.queued {
		return nil
	}
	return p
}

// Interrupt is Ctrl-C: it sends SIGINT to the processes of the process' group in its pid namespace.
func (p *Process) Interrupt() {
	for _, nr := range sortedPIDs(p.pidns) {
		if t := p.pidns.procs[nr]; t.group == p.group {
			t.signal(SIGINT, nil)
		}
	}
}
