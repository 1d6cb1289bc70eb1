package workload

import "time"

// Lines are what the container prints from one age up to another, the second excluded, in order of time. Of more than
// ten thousand lines the later ones are left out.
func (b *Behaviour) Lines(from, to time.Duration) []Line {
	if b.script != nil {
		r := b.runCaring(max(to, 0), never, from)
		return between(r.lines, from, to)
	}
	p := b.program
	if !p.Forever {
		to = min(to, p.Runs+1)
	}
	var out []Line
	for _, l := range between(p.Log, from, to) {
		l.Text = b.expand(l.Text, l.At)
		out = append(out, l)
	}
	if p.Every > 0 {
		at := p.Starts
		if from > at {
			at += (from - at + p.Every - 1) / p.Every * p.Every
		}
		for ; at < to && len(out) < maxLines; at += p.Every {
			out = append(out, Line{At: at, Text: b.expand(p.Tick, at)})
		}
	}
	return out
}

func between(lines []Line, from, to time.Duration) []Line {
	var out []Line
	for _, l := range lines {
		if l.At >= from && l.At < to {
			out = append(out, l)
		}
	}
	return out
}

// Change is the next age at which the container may answer otherwise than it does at this one; false if it never will
// by itself.
func (b *Behaviour) Change(age time.Duration) (time.Duration, bool) {
	p := b.program
	next := maxAge
	later := func(at time.Duration) {
		if at > age && at < next {
			next = at
		}
	}
	if b.script != nil {
		// A script may do anything: it is looked at again an hour later, or when it changes a file before.
		r := b.runCaring(age+time.Hour, never, age)
		for _, m := range r.marks {
			later(m.at)
		}
		if r.server != nil {
			p = r.server
		} else if !r.ended && len(r.marks) > 0 {
			later(age + time.Hour)
		}
	}
	for _, f := range b.files {
		later(f.at)
	}
	later(p.Starts)
	for i := range p.Ports {
		for j := range p.Ports[i].Pages {
			later(p.Ports[i].Pages[j].From)
			later(p.Ports[i].Pages[j].Until)
		}
	}
	return next, next < maxAge
}
