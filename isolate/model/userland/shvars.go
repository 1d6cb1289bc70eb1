package userland

import (
	"slices"
	"strings"
)

func shExport(s *sh, args []string) int {
	mark := func(v *variable) { v.export = true }
	if args[0] == "readonly" {
		mark = func(v *variable) { v.fixed = true }
	}
	words := args[1:]
	if len(words) > 0 && words[0] == "-p" {
		words = words[1:]
	}
	if len(words) == 0 {
		return s.printf(s.declarations(args[0]))
	}
	for _, w := range words {
		name, value, set := strings.Cut(w, "=")
		if !isName(name) {
			s.complain(name, ": bad variable name")
			s.abort(2)
			return 2
		}
		if set && !s.assign(name, value) {
			return 2
		}
		if s.vars[name] == nil {
			s.vars[name] = &variable{order: len(s.vars)}
		}
		mark(s.vars[name])
	}
	return 0
}

func (s *sh) declarations(what string) string {
	var lines []string
	//order:irrelevant they are sorted below
	for name, v := range s.vars {
		if (what == "export" && v.export || what == "readonly" && v.fixed) && v.set {
			lines = append(lines, what+" "+name+"='"+strings.ReplaceAll(v.value, "'", `'"'"'`)+"'\n")
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

func shUnset(s *sh, args []string) int {
	for _, name := range args[1:] {
		switch {
		case name == "-f" || name == "-v":
		case s.vars[name] != nil && s.vars[name].fixed:
			s.complain(name, ": is read only")
			s.abort(2)
			return 2
		default:
			delete(s.vars, name)
			delete(s.funcs, name)
		}
	}
	return 0
}

func shLocal(s *sh, args []string) int {
	if len(s.locals) == 0 {
		s.complain("not in a function")
		s.abort(2)
		return 2
	}
	mine := s.locals[len(s.locals)-1]
	for _, w := range args[1:] {
		name, value, set := strings.Cut(w, "=")
		if _, saved := mine[name]; !saved {
			mine[name] = s.vars[name]
			n := &variable{order: len(s.vars)}
			if old := s.vars[name]; old != nil {
				*n = *old
			}
			s.vars[name] = n
		}
		if set {
			s.assign(name, value)
		}
	}
	return 0
}

func shSet(s *sh, args []string) int {
	words := args[1:]
	if len(words) == 0 {
		var lines []string
		//order:irrelevant they are sorted below
		for name, v := range s.vars {
			if v.set {
				lines = append(lines, name+"='"+strings.ReplaceAll(v.value, "'", `'"'"'`)+"'\n")
			}
		}
		slices.Sort(lines)
		return s.printf(strings.Join(lines, ""))
	}
	for len(words) > 0 && len(words[0]) > 1 && (words[0][0] == '-' || words[0][0] == '+') {
		w := words[0]
		words = words[1:]
		if w == "--" {
			s.args = words
			return 0
		}
		for i := 1; i < len(w); i++ {
			if w[i] == 'o' {
				words = words[min(1, len(words)):]
				continue
			}
			if !s.option(w[i], w[0] == '-') {
				s.complain("illegal option ", w[:1], w[i:i+1])
				s.abort(2)
				return 2
			}
		}
		if len(words) == 0 {
			return 0
		}
	}
	s.args = words
	return 0
}

func shShift(s *sh, args []string) int {
	n := 1
	if len(args) > 1 {
		n = atoi(args[1])
	}
	if n > len(s.args) {
		return 1
	}
	s.args = s.args[n:]
	return 0
}

func shLet(s *sh, args []string) int {
	n := int64(0)
	for _, w := range args[1:] {
		var err string
		if n, err = s.sum(w); err != "" {
			s.complain(err)
			return 2
		}
	}
	return boolStatus(n != 0)
}

func shGetopts(s *sh, args []string) int {
	if len(args) < 3 {
		s.complain("usage: getopts optstring var [arg...]")
		return 2
	}
	words := s.args
	if len(args) > 3 {
		words = args[3:]
	}
	at := atoi(s.get("OPTIND"))
	if at < 1 || at > len(words) || len(words[at-1]) < 2 || words[at-1][0] != '-' {
		s.set(args[2], "?")
		return 1
	}
	word := words[at-1]
	if word == "--" {
		s.set("OPTIND", itoa(at+1))
		s.set(args[2], "?")
		return 1
	}
	letter := word[1:2]
	i := strings.Index(args[1], letter)
	s.set("OPTIND", itoa(at+1))
	switch {
	case i < 0 || letter == ":":
		s.set(args[2], "?")
		s.say(s.arg0 + ": illegal option -" + letter + "\n")
	case strings.HasPrefix(args[1][i+1:], ":"):
		value := word[2:]
		if value == "" && at < len(words) {
			value = words[at]
			s.set("OPTIND", itoa(at+2))
		}
		s.set("OPTARG", value)
		s.set(args[2], letter)
	default:
		s.set(args[2], letter)
	}
	return 0
}
