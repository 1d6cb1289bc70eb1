package workload

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// print adds to the log; what has no line feed yet waits for it.
func (r *run) print(text string) {
	r.text += text
	for {
		line, rest, ok := strings.Cut(r.text, "\n")
		if !ok {
			return
		}
		r.emit(line, false)
		r.text = rest
	}
}

func (r *run) complain(line string) { r.emit(line, true) }

func (r *run) emit(line string, err bool) {
	if len(r.lines) < maxLines {
		r.lines = append(r.lines, Line{At: r.now, Text: line[:min(len(line), maxText)], Err: err})
	}
}

// flush prints what is left without a line feed.
func (r *run) flush() {
	if r.text != "" {
		r.emit(r.text, false)
		r.text = ""
	}
}

// redirect takes what a step printed out of the log, and puts it where it was to go.
func (r *run) redirect(s *step, from int, before string) {
	text := before
	kept := r.lines[:from]
	for _, l := range r.lines[from:] {
		if l.Err {
			kept = append(kept, l)
			continue
		}
		text += l.Text + "\n"
	}
	text += r.text
	r.lines, r.text = kept, ""
	if s.piped {
		r.set("\x00stdin", text)
		return
	}
	if name := r.expand(s.into); name != "/dev/null" && name != "/dev/stdout" && name != "/dev/stderr" && name != "/proc/1/fd/1" {
		r.write(name, text, false)
	} else if name != "/dev/null" {
		r.print(text)
	}
}

// substitute is what a command printed, for $(command).
func (r *run) substitute(script string) string {
	l, bad := parse(script)
	if bad != "" || r.depth > mostDeep {
		return ""
	}
	inner := *r
	inner.depth++
	inner.lines, inner.text, inner.term = nil, "", never
	inner.vars = append([]api.EnvVar(nil), r.vars...)
	inner.list(l)
	r.ops, r.code = inner.ops+1, inner.code
	inner.flush()
	var b strings.Builder
	for i, line := range inner.lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line.Text)
	}
	return b.String()
}
