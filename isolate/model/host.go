package model

// HostPipe is the machine's side of a pipe whose other side processes use: how a host types to a shell and sees what it prints.
type HostPipe struct {
	k       *Kernel
	q       *pipe
	session *Process
}

// HostPipe is the pipe behind a descriptor. It stays open for the host whatever processes do.
func (p *Process) HostPipe(fd int) *HostPipe {
	f, e := p.file(fd)
	if e != OK || f.ino.pipe == nil {
		return nil
	}
	f.ino.pipe.readers++
	f.ino.pipe.writers++
	return &HostPipe{p.k, f.ino.pipe, p.session}
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

// Terminal makes the two pipes what a person has before them: what is written is taken at once, however much it is, and a shell that reads
// what is typed knows that somebody types.
func Terminal(in, out *HostPipe) {
	in.q.terminal = true
	Endless(out)
}

// Endless makes a pipe take whatever is written.
func Endless(out *HostPipe) { out.q.endless = true }

// Len is how much was written and not taken, in bytes.
func (h *HostPipe) Len() int { return len(h.q.data) }

// Terminal is the process that the line typed next is for: of those that have the pipe as their input and are not in the background, the
// one started last. It is nil if none has.
func (h *HostPipe) Terminal() *Process {
	var last *Process
	//order:irrelevant the one with the highest start and number is taken
	for _, p := range h.k.pidNS.procs {
		f, e := p.file(0)
		if e != OK || f.ino.pipe != h.q || !p.interactive() || p.state == zombie {
			continue
		}
		if last == nil || p.start > last.start || p.start == last.start && p.ids[0].nr > last.ids[0].nr {
			last = p
		}
	}
	return last
}

// interactive tells whether the process is a shell that catches what a terminal sends.
func (p *Process) interactive() bool { return p.actions[SIGINT] == Caught }

// End types the end of the input: the next read sees it, and no read after that.
func (h *HostPipe) End() {
	h.q.ended = true
	h.q.change.wake()
}

// Drop forgets what was typed and not read yet.
func (h *HostPipe) Drop() { h.q.data = nil }

// Isatty tells whether somebody types at the other end of a descriptor. Source: isatty(3).
func (p *Process) Isatty(fd int) bool {
	f, e := p.file(fd)
	return e == OK && f.ino.pipe != nil && f.ino.pipe.terminal
}

// Interrupt sends SIGINT to the processes that share the terminal, as Ctrl-C does: all but those that ignore it. A shell that reads the
// terminal gives up the line it works on.
func (h *HostPipe) Interrupt() {
	h.Drop()
	for _, nr := range sortedPIDs(h.k.pidNS) {
		p := h.k.pidNS.procs[nr]
		if p == nil || p.session != h.session || p.isInit() && p.actions[SIGINT] == Default {
			continue // process 1 of a pid namespace gets only what it waits for
		}
		p.signal(SIGINT, nil)
	}
}
