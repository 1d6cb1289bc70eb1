package lab

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// Open starts a lab that somebody types to while time passes as somebody else wills: [Lab.Type], [Lab.Advance] and [Lab.Output] in the place
// of [Lab.Run].
func Open() *Lab {
	l := NewWithSlipway()
	model.Terminal(l.in, l.out)
	l.begin = l.k.Now()
	l.shell.Signal(model.SIGINT, model.Caught) // it was started before there was a terminal
	return l
}

// Now is how long ago the lab was opened, in nanoseconds.
func (l *Lab) Now() int64 { return l.k.Now() - l.begin }

// Kernel is the machine, to be looked at.
func (l *Lab) Kernel() *model.Kernel { return l.k }

// Shell is the machine's first shell: process 1 of what a person sees.
func (l *Lab) Shell() *model.Process { return l.shell }

// Type types a line. Nothing happens before [Lab.Advance].
func (l *Lab) Type(line string) { l.in.Write(line + "\n") }

// Interrupt is Ctrl-C.
func (l *Lab) Interrupt() { l.in.Interrupt() }

// End is Ctrl-D. The first shell does not end by it.
func (l *Lab) End() { l.in.End() }

// Advance lets the machine work until a moment after its opening, or for that many steps. It reports whether work is left, so that more steps
// would do more before the moment. What is printed is taken meanwhile by each.
func (l *Lab) Advance(until int64, steps int) bool {
	return l.k.Run(l.begin+until, steps, nil) && l.Now() < until
}

// Answer lets the machine work on what was typed until it waits for somebody or for time to pass, until a moment, or for that many steps.
func (l *Lab) Answer(until int64, steps int) {
	l.k.Run(l.begin+until, steps, func() bool { return l.k.Waiting() })
}

// Output takes what was printed since it was taken last.
func (l *Lab) Output() string { return l.out.Take() }

// Pending is how much was printed and not taken, in bytes.
func (l *Lab) Pending() int { return l.out.Len() }

// Idle tells whether a shell waits for a line.
func (l *Lab) Idle() bool { return l.Over() || l.in.Reader() != nil }

// Over tells whether the machine has ended with its first shell.
func (l *Lab) Over() bool { return l.shell.Ended() }

// Reader is the process that waits for a line; nil if none does.
func (l *Lab) Reader() *model.Process { return l.in.Reader() }

// Front is the innermost shell that somebody types to, whether or not it waits for a line; nil if there is none.
func (l *Lab) Front() *model.Process { return l.in.Terminal() }

// Prompt is what a shell that waits would print: the machine's name as it sees it, where it is, and # for root.
func (l *Lab) Prompt() string {
	p := l.in.Reader()
	if p == nil {
		return ""
	}
	dir, e := p.Where()
	if e != model.OK {
		dir = "?"
	}
	if rest, home := strings.CutPrefix(dir, "/root"); home && (rest == "" || rest[0] == '/') {
		dir = "~" + rest
	}
	sign := "$ "
	if p.Cred().EUID == 0 {
		sign = "# "
	}
	return p.Hostname() + ":" + dir + sign
}

// probeSteps is how much work a question may be.
const probeSteps = 200_000

// Ask runs a line beside everything and gives what it printed: by root where the first shell is, or with inside where the innermost shell is
// that somebody types to. It leaves no trace. It is false if the line did not come to an end.
func (l *Lab) Ask(line string, inside bool) (string, bool) {
	as := l.shell
	if inside {
		if p := l.in.Terminal(); p != nil {
			as = p
		}
	}
	if as.Ended() {
		return "", false
	}
	var out *model.HostPipe
	ended := l.k.Probe(as, probeSteps, func(p *model.Process) int {
		null, _ := p.Open("/dev/null", model.ReadOnly, 0)
		r, w, e := p.Pipe()
		if e != model.OK {
			return 127
		}
		out = p.HostPipe(r)
		model.Endless(out)
		for fd, from := range []int{null, w, w} {
			p.Dup2(from, fd+10)
		}
		for fd := range 3 {
			p.Close(fd)
			p.Dup2(fd+10, fd)
			p.Close(fd + 10)
		}
		p.Exec("/bin/sh", []string{"sh", "-c", line}, []string{"PATH=/bin:/sbin:/usr/bin:/usr/sbin", "HOME=/root", "USER=root"})
		return 127
	})
	if out == nil {
		return "", false
	}
	return out.Take(), ended
}

// Due is when, after the lab was opened, somebody goes on by himself; false if nobody will.
func (l *Lab) Due() (int64, bool) {
	at, ok := l.k.Due()
	return at - l.begin, ok
}

// StopWorkers ends the processes that want to go on, but for the first shell, which only gives up its line.
func (l *Lab) StopWorkers() {
	l.in.Interrupt()
	l.k.Stop(l.shell)
}
