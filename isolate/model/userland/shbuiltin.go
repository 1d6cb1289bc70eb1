package userland

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// builtin is a command of the shell's own; args[0] is its name.
type builtin func(s *sh, args []string) int

// findBuiltin is the builtin of a name, and whether POSIX calls it special.
func (s *sh) findBuiltin(name string) (b builtin, special bool) {
	switch name {
	case ":", "true":
		return func(*sh, []string) int { return 0 }, name == ":"
	case "false":
		return func(*sh, []string) int { return 1 }, false
	case ".", "source":
		return shDot, true
	case "break", "continue":
		return shBreak, true
	case "eval":
		return shEval, true
	case "exec":
		return shExec, true
	case "exit":
		return shExit, true
	case "export", "readonly":
		return shExport, true
	case "return":
		return shReturn, true
	case "set":
		return shSet, true
	case "shift":
		return shShift, true
	case "times":
		return func(s *sh, _ []string) int { return s.printf("0m0.00s 0m0.00s\n0m0.00s 0m0.00s\n") }, true
	case "trap":
		return shTrap, true
	case "unset":
		return shUnset, true
	}
	return s.regularBuiltin(name), false
}

func (s *sh) regularBuiltin(name string) builtin {
	switch name {
	case "cd", "chdir":
		return shCd
	case "pwd":
		return shPwd
	case "echo":
		return func(s *sh, a []string) int { return s.applet(echo, a) }
	case "printf":
		return func(s *sh, a []string) int { return s.applet(printf, a) }
	case "test", "[", "[[":
		return func(s *sh, a []string) int { return s.applet(testMain, a) }
	case "kill":
		return shKill
	case "wait":
		return shWait
	case "read":
		return shRead
	case "umask":
		return shUmask
	case "ulimit":
		return shUlimit
	case "local":
		return shLocal
	case "command":
		return shCommand
	case "type":
		return shType
	case "jobs":
		return shJobs
	case "getopts":
		return shGetopts
	case "let":
		return shLet
	case "hash", "alias", "unalias", "history":
		return func(*sh, []string) int { return 0 }
	case "fg", "bg":
		return func(s *sh, a []string) int { s.complain("job control is not enabled"); return 2 }
	}
	return nil
}

// printf writes to the output, and says if that fails.
func (s *sh) printf(text string) int {
	if e := writeAll(s.p, 1, []byte(text)); e != model.OK {
		s.say(s.arg0 + ": write error: " + e.Text() + "\n")
		return 1
	}
	return 0
}

// applet runs a command inside the shell.
func (s *sh) applet(a applet, args []string) int {
	c := &cmd{Process: s.p, name: s.arg0, args: args[1:]}
	if args[0] == "[" || args[0] == "[[" || args[0] == "test" {
		c.name = args[0]
	}
	status := a(c)
	if len(c.out) > 0 {
		c.name = s.arg0
		c.flush()
		if c.fail != 0 {
			return 1
		}
	}
	return status
}

func shDot(s *sh, args []string) int {
	if len(args) < 2 {
		return 0
	}
	text, e := (&cmd{Process: s.p}).readFile(args[1])
	if e != model.OK {
		what := e.Text()
		if e == model.ENOENT {
			what = "not found"
			if strings.Contains(args[1], "/") {
				what = "no such file"
			}
		}
		s.complain("can't open '", args[1], "': ", what)
		s.abort(2)
		return 2
	}
	s.builtin = ""
	s.runText(text, false)
	if s.leave == returning && s.levels < 1<<30 {
		s.leave = staying
	}
	return s.status
}

func shEval(s *sh, args []string) int {
	s.builtin = ""
	text := strings.Join(args[1:], " ")
	if strings.TrimSpace(text) == "" {
		return 0
	}
	s.runText(text, false)
	return s.status
}

func shBreak(s *sh, args []string) int {
	n := 1
	if len(args) > 1 {
		if n = atoi(args[1]); n < 1 {
			s.complain("Illegal number: ", args[1])
			s.abort(2)
			return 2
		}
	}
	if s.loops == 0 {
		return 0
	}
	s.leave, s.levels = breaking, min(n, s.loops)
	if args[0] == "continue" {
		s.leave = continuing
	}
	return 0
}

func shReturn(s *sh, args []string) int {
	status := s.status
	if len(args) > 1 {
		status = atoi(args[1])
	}
	s.leave, s.levels = returning, 0
	return status
}

func shExit(s *sh, args []string) int {
	status := s.status
	if len(args) > 1 {
		if strings.Trim(args[1], "0123456789") != "" || args[1] == "" {
			s.complain("Illegal number: ", args[1])
			s.abort(2)
			return 2
		}
		status = atoi(args[1]) & 0xff
	}
	s.builtin = ""
	s.exit(status)
	return status
}

func shExec(s *sh, args []string) int {
	if len(args) > 1 && args[1] == "--" {
		args = args[1:]
	}
	if len(args) > 1 {
		s.program(args[1:])
	}
	return 0
}

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

func shCd(s *sh, args []string) int {
	physical := false
	words := args[1:]
	for len(words) > 0 && (words[0] == "-P" || words[0] == "-L" || words[0] == "--") {
		physical = words[0] == "-P"
		words = words[1:]
	}
	dir, show := s.get("HOME"), false
	if len(words) > 0 {
		dir = words[0]
	}
	if dir == "-" {
		dir, show = s.get("OLDPWD"), true
	}
	if dir == "" {
		dir = "."
	}
	logical := cleanPath(s.get("PWD"), dir)
	to := logical
	if physical || s.get("PWD") == "" {
		to = dir
	}
	e := s.p.Chdir(to)
	if e != model.OK {
		s.complain("can't cd to ", dir, ": ", e.Text())
		return 2
	}
	s.set("OLDPWD", s.get("PWD"))
	if physical || s.get("PWD") == "" {
		logical, _ = s.p.Getcwd()
	}
	s.set("PWD", logical).export = true
	if show {
		return s.printf(logical + "\n")
	}
	return 0
}

// cleanPath is a path with "." and ".." worked out by their names alone.
func cleanPath(from, to string) string {
	if !strings.HasPrefix(to, "/") {
		to = from + "/" + to
	}
	var parts []string
	for _, p := range strings.Split(to, "/") {
		switch p {
		case "", ".":
		case "..":
			parts = parts[:max(0, len(parts)-1)]
		default:
			parts = append(parts, p)
		}
	}
	return "/" + strings.Join(parts, "/")
}

func shPwd(s *sh, args []string) int {
	if len(args) > 1 && args[1] == "-P" || s.get("PWD") == "" {
		cwd, e := s.p.Getcwd()
		if e != model.OK {
			s.complain("getcwd: ", e.Text())
			return 1
		}
		return s.printf(cwd + "\n")
	}
	return s.printf(s.get("PWD") + "\n")
}

func shUmask(s *sh, args []string) int {
	mask := s.p.Umask(0)
	s.p.Umask(mask)
	if len(args) < 2 {
		return s.printf(zeros(octal(mask), 4) + "\n")
	}
	if args[1] == "-S" {
		show := func(bits uint32) string {
			text := ""
			for i, l := range []string{"r", "w", "x"} {
				if bits>>(2-i)&1 == 0 {
					text += l
				}
			}
			return text
		}
		return s.printf("u=" + show(mask>>6&7) + ",g=" + show(mask>>3&7) + ",o=" + show(mask&7) + "\n")
	}
	if n, ok := parseOctal(args[1]); ok {
		s.p.Umask(n)
		return 0
	}
	if mode, ok := chmodMode(args[1], 0o777&^mask, true, 0); ok {
		s.p.Umask(^mode & 0o777)
		return 0
	}
	s.complain("illegal mode: ", args[1])
	return 2
}

func shType(s *sh, args []string) int {
	status := 0
	for _, name := range args[1:] {
		text, ok := s.describe(name, true)
		if !ok {
			status = 127
		}
		s.printf(text + "\n")
	}
	return status
}

// describe says what a name is for the shell.
func (s *sh) describe(name string, verbose bool) (string, bool) {
	pick := func(long string) string {
		if verbose {
			return name + " is " + long
		}
		return name
	}
	if slices.Contains([]string{"if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "{", "}", "!", "in"}, name) {
		return pick("a shell keyword"), true
	}
	if s.funcs[name] != nil {
		return pick("a function"), true
	}
	if b, special := s.findBuiltin(name); b != nil {
		if special {
			return pick("a special shell builtin"), true
		}
		return pick("a shell builtin"), true
	}
	for _, dir := range strings.Split(s.get("PATH"), ":") {
		path := dir + "/" + name
		if strings.Contains(name, "/") {
			path = name
		}
		if st, e := s.p.Stat(path); e == model.OK && st.Mode&model.ModeType == model.ModeFile && s.p.Access(path, 1) == model.OK {
			if verbose {
				return name + " is " + path, true
			}
			return path, true
		}
	}
	if verbose {
		return name + ": not found", false
	}
	return "", false
}

func shCommand(s *sh, args []string) int {
	words := args[1:]
	if len(words) == 0 {
		return 0
	}
	if words[0] == "-v" || words[0] == "-V" {
		if len(words) < 2 {
			return 0
		}
		text, ok := s.describe(words[1], words[0] == "-V")
		if text != "" {
			s.printf(text + "\n")
		}
		if !ok {
			return 127
		}
		return 0
	}
	if words[0] == "-p" {
		words = words[1:]
	}
	if b, _ := s.findBuiltin(words[0]); b != nil {
		return b(s, words)
	}
	s.builtin = ""
	pid, ok := s.fork(func(s *sh) {
		s.child()
		s.program(words)
	})
	if !ok {
		return 2
	}
	return s.await(&job{pids: []int{pid}})
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
