package userland

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/isolate/model"
)

// field is a word that is being put together: its text, and the same as a pattern in which quoted characters stand for themselves.
type field struct {
	text, pattern strings.Builder
	begun, magic  bool
}

func (f *field) quoted(t string) {
	f.text.WriteString(t)
	f.pattern.WriteString(shell.EscapePattern(t))
	f.begun = true
}

func (f *field) bare(t string) {
	f.text.WriteString(t)
	f.pattern.WriteString(t)
	f.begun = true
	f.magic = f.magic || strings.ContainsAny(t, "*?[")
}

// expansion turns a word into fields.
type expansion struct {
	s    *sh
	now  field
	done []string
	glob bool
}

func (x *expansion) end() {
	if x.now.begun {
		if x.glob && x.now.magic && !x.s.noglob {
			x.done = append(x.done, x.s.globbed(x.now.text.String(), x.now.pattern.String())...)
		} else {
			x.done = append(x.done, x.now.text.String())
		}
	}
	x.now = field{}
}

// split adds the value of something bare: white space of IFS ends fields, each other character of IFS too.
func (x *expansion) split(value string) {
	ifs := " \t\n"
	if v := x.s.vars["IFS"]; v != nil {
		ifs = v.value
	}
	for i := 0; i < len(value); i++ {
		c := value[i]
		if strings.IndexByte(ifs, c) < 0 {
			x.now.bare(value[i : i+1])
			continue
		}
		if c != ' ' && c != '\t' && c != '\n' {
			x.now.begun = true
		}
		x.end()
	}
}

// fields expands a word as an argument.
func (s *sh) fields(w shell.Word) []string {
	x := &expansion{s: s, glob: true}
	for i, p := range w.Parts {
		if i == 0 && p.Quote == shell.Bare && !p.Var && p.Sub == nil && p.Sum == nil {
			p.Text = s.tilde(p.Text, len(w.Parts) > 1)
		}
		x.part(p)
	}
	x.end()
	return x.done
}

func (x *expansion) part(p shell.Part) {
	switch {
	case p.Var && (p.Text == "@" || p.Text == "*") && p.Op != "length":
		x.arguments(p)
	case !p.Var && p.Sub == nil && p.Sum == nil:
		if p.Quote == shell.Bare {
			x.now.bare(p.Text)
		} else {
			x.now.quoted(p.Text)
		}
	case p.Quote == shell.Double:
		x.now.quoted(x.s.value(p))
	case p.Var && p.Arg != nil && p.Op[0] != '#' && p.Op[0] != '%' && x.s.usesWord(p):
		if op := p.Op[len(p.Op)-1]; op == '=' || op == '?' {
			x.split(x.s.value(p))
			return
		}
		for _, inner := range p.Arg.Parts {
			x.part(inner)
		}
	default:
		x.split(x.s.value(p))
	}
}

// arguments is $@ or $*.
func (x *expansion) arguments(p shell.Part) {
	if p.Quote != shell.Double {
		for i, a := range x.s.args {
			if i > 0 {
				x.end()
			}
			x.split(a)
		}
		return
	}
	if p.Text == "*" {
		sep := " "
		if v := x.s.vars["IFS"]; v != nil {
			sep = v.value[:min(1, len(v.value))]
		}
		x.now.quoted(strings.Join(x.s.args, sep))
		return
	}
	for i, a := range x.s.args {
		if i > 0 {
			x.end()
		}
		x.now.quoted(a)
	}
	if len(x.s.args) == 0 && x.now.text.Len() == 0 {
		x.now.begun = false
	}
}

// usesWord tells whether ${X:-word} stands for the word.
func (s *sh) usesWord(p shell.Part) bool {
	now, set := s.lookup(p.Text)
	missing := !set || p.Op[0] == ':' && now == ""
	return missing != (p.Op[len(p.Op)-1] == '+')
}

// text expands a word into one text, without splitting.
func (s *sh) text(w shell.Word) string {
	var b strings.Builder
	for _, p := range w.Parts {
		b.WriteString(s.value(p))
	}
	return b.String()
}

// assigned expands the value of an assignment.
func (s *sh) assigned(w shell.Word) string {
	if len(w.Parts) > 0 && w.Parts[0].Quote == shell.Bare && strings.HasPrefix(w.Parts[0].Text, "~") && !w.Parts[0].Var {
		n := w
		n.Parts = slices.Clone(w.Parts)
		n.Parts[0].Text = s.tilde(n.Parts[0].Text, len(w.Parts) > 1)
		w = n
	}
	return s.text(w)
}

// pattern expands a word in which quotes take the meaning from *, ? and [.
func (s *sh) pattern(w shell.Word) string {
	text := ""
	for _, p := range w.Parts {
		if v := s.value(p); p.Quote == shell.Bare {
			text += v
		} else {
			text += shell.EscapePattern(v)
		}
	}
	return text
}

func declares(name string) bool { return name == "export" || name == "readonly" || name == "local" }

// declared expands an argument of export: what looks like an assignment is not split.
func (s *sh) declared(w shell.Word) []string {
	if len(w.Parts) > 0 && !w.Parts[0].Var && w.Parts[0].Quote == shell.Bare && strings.Contains(w.Parts[0].Text, "=") {
		return []string{s.text(w)}
	}
	return s.fields(w)
}

// lookup is the value of a variable or parameter, and whether it is set.
func (s *sh) lookup(name string) (string, bool) {
	switch name {
	case "?":
		return itoa(s.status), true
	case "$":
		return itoa(s.self), true
	case "!":
		if s.bg == 0 {
			return "", false
		}
		return itoa(s.bg), true
	case "#":
		return itoa(len(s.args)), true
	case "0":
		return s.arg0, true
	case "-":
		return s.letters(), true
	case "@", "*":
		return strings.Join(s.args, " "), len(s.args) > 0
	}
	if name[0] >= '0' && name[0] <= '9' {
		if n := atoi(name); n <= len(s.args) {
			return s.args[n-1], true
		}
		return "", false
	}
	v := s.vars[name]
	return s.get(name), v != nil && v.set
}

// letters is $-.
func (s *sh) letters() string {
	text := ""
	for _, o := range []struct {
		letter string
		on     bool
	}{{"e", s.errexit}, {"f", s.noglob}, {"s", s.stdin}, {"i", s.interactive}, {"x", s.xtrace}, {"u", s.nounset}} {
		if o.on {
			text += o.letter
		}
	}
	return text
}

// value is what a part stands for.
func (s *sh) value(p shell.Part) string {
	switch {
	case p.Sub != nil:
		return s.output(p.Sub)
	case p.Sum != nil:
		n, err := s.sum(s.text(*p.Sum))
		if err != "" {
			s.complain(err)
			s.abort(2)
		}
		return itoa64(n)
	case !p.Var:
		return p.Text
	}
	return s.parameter(p)
}

// parameter is ${X} with what may stand behind the name.
func (s *sh) parameter(p shell.Part) string {
	now, set := s.lookup(p.Text)
	if !set && s.nounset && (p.Op == "" || p.Op == "length") && p.Text != "@" && p.Text != "*" {
		s.complain(p.Text, ": parameter not set")
		s.abort(2)
		return ""
	}
	if p.Op == "length" {
		return itoa(len([]rune(now)))
	}
	if p.Arg == nil {
		return now
	}
	if p.Op[0] == '#' || p.Op[0] == '%' {
		return shell.TrimPattern(now, s.pattern(*p.Arg), p.Op)
	}
	uses := s.usesWord(p)
	switch p.Op[len(p.Op)-1] {
	case '-':
		if uses {
			return s.text(*p.Arg)
		}
	case '=':
		if uses {
			now = s.text(*p.Arg)
			s.assign(p.Text, now)
		}
	case '?':
		if uses {
			text := s.text(*p.Arg)
			if text == "" {
				text = "parameter not set"
			}
			s.complain(p.Text, ": ", text)
			s.abort(2)
		}
	case '+':
		if uses {
			return s.text(*p.Arg)
		}
		return ""
	}
	return now
}

// output is what a command prints, without the newlines at its end.
func (s *sh) output(script *shell.Script) string {
	r, w, e := s.p.Pipe()
	if e != model.OK {
		s.complain("can't create pipe: ", e.Text())
		s.abort(2)
		return ""
	}
	pid, ok := s.fork(func(s *sh) {
		s.child()
		s.p.Close(r)
		if w != 1 {
			s.p.Dup2(w, 1)
			s.p.Close(w)
		}
		s.lists(script.Lists, true)
	})
	s.p.Close(w)
	if !ok {
		s.p.Close(r)
		return ""
	}
	data, _ := (&cmd{Process: s.p}).readAll(r)
	s.p.Close(r)
	s.status = s.await(&job{pids: []int{pid}})
	s.substituted = true
	return strings.ReplaceAll(strings.TrimRight(string(data), "\n"), "\x00", "")
}
