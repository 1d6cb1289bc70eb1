package userland

import (
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
	path := args[1]
	if !strings.Contains(path, "/") {
		found, ok := s.describe(path, false)
		if _, e := s.p.Stat(path); !ok && e == model.OK {
			found = path // the working directory is looked at last
		}
		if found == "" {
			s.complain(path, ": not found")
			s.abort(2)
			return 2
		}
		path = found
	}
	text, e := (&cmd{Process: s.p}).readFile(path)
	if e != model.OK {
		s.complain("can't open '", path, "': ", e.Text())
		s.abort(127)
		return 127
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
