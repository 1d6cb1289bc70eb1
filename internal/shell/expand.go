package shell

import (
	"strconv"
	"strings"
)

// Vars are variables by name. "?" is the status of the last command.
type Vars map[string]string

// Clone is a copy that shares nothing.
func (v Vars) Clone() Vars {
	c := make(Vars, len(v))
	//order:irrelevant every entry goes into another map
	for name, value := range v {
		c[name] = value
	}
	return c
}

// maxValue is how long a variable, or a word once it is expanded, may become.
const maxValue = 1 << 20

// expander turns words into text. What the command substitutions in them printed was found out before.
type expander struct {
	vars Vars
	subs []string // in the order in which the substitutions stand
	err  string   // the first thing that went wrong, without "sh: "
}

// Expand turns a word into the arguments it stands for: usually one; none if it is nothing but unset variables without
// quotes; several if a variable without quotes holds white space. A variable that is not set is empty, and so is a
// command substitution, which only an [Exec] can run.
func Expand(w Word, vars Vars) []string {
	x := expander{vars: vars}
	return x.fields(w)
}

// ExpandText turns a word into one text, without splitting: as for assignments, file names and here-documents.
func ExpandText(w Word, vars Vars) string {
	x := expander{vars: vars}
	return x.text(w)
}

func (x *expander) fail(text string) {
	if x.err == "" {
		x.err = text
	}
}

func (x *expander) fields(w Word) []string {
	var s splitter
	for _, p := range w.Parts {
		text := x.value(p)
		if p.plain() || p.Quote == Double {
			s.add(text)
		} else {
			s.split(text)
		}
	}
	s.end()
	return s.fields
}

func (x *expander) text(w Word) string {
	var b strings.Builder
	for _, p := range w.Parts {
		if text := x.value(p); b.Len()+len(text) <= maxValue {
			b.WriteString(text)
		} else {
			x.fail("a word of more than " + strconv.Itoa(maxValue) + " bytes")
		}
	}
	return b.String()
}

// splitter collects fields.
type splitter struct {
	fields []string
	field  strings.Builder
	begun  bool // a field is open, though it may be empty: "" is an argument
}

func (s *splitter) add(text string) {
	s.field.WriteString(text)
	s.begun = true
}

func (s *splitter) end() {
	if s.begun {
		s.fields = append(s.fields, s.field.String())
		s.field.Reset()
		s.begun = false
	}
}

// split adds a text in which white space ends fields.
func (s *splitter) split(text string) {
	if text == "" {
		return
	}
	if isSpace(rune(text[0])) {
		s.end()
	}
	for i, piece := range strings.FieldsFunc(text, isSpace) {
		if i > 0 {
			s.end()
		}
		s.add(piece)
	}
	if isSpace(rune(text[len(text)-1])) {
		s.end()
	}
}

// value is what a part stands for.
func (x *expander) value(p Part) string {
	switch {
	case p.Sub != nil:
		if len(x.subs) == 0 {
			return ""
		}
		text := x.subs[0]
		x.subs = x.subs[1:]
		return text
	case p.Sum != nil:
		n, err := evaluate(x.text(*p.Sum), x.vars)
		if err != "" {
			x.fail(err)
		}
		return strconv.FormatInt(n, 10)
	case p.Var:
		return x.variable(p)
	}
	return p.Text
}

// variable is ${X} with what may stand behind the name.
//
// Source: POSIX.1-2024, Shell Command Language, 2.6.2 Parameter Expansion.
func (x *expander) variable(p Part) string {
	now, set := x.vars[p.Text]
	if p.Op == "length" {
		return strconv.Itoa(len([]rune(now)))
	}
	if p.Arg == nil {
		return now
	}
	arg := x.text(*p.Arg)
	missing := !set || p.Op[0] == ':' && now == ""
	switch p.Op {
	case ":-", "-":
		if missing {
			return arg
		}
	case ":=", "=":
		if missing {
			if nameLen(p.Text) == 0 {
				x.fail(p.Text + ": cannot assign in this way")
				return ""
			}
			x.vars[p.Text] = arg
			return arg
		}
	case ":+", "+":
		if missing {
			return ""
		}
		return arg
	case ":?", "?":
		if missing {
			if arg == "" {
				arg = "parameter not set"
			}
			x.fail(p.Text + ": " + arg)
		}
	case "#", "##", "%", "%%":
		return trimPattern(now, arg, p.Op)
	}
	return now
}

// isSpace reports whether an expansion splits at r: POSIX' default IFS.
func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }
