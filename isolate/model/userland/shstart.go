package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// startOptions reads what the shell was started with, and gives the script's path.
func (s *sh) startOptions(args []string) (script string, status int) {
	isCommand := false
	args = args[min(1, len(args)):]
	for len(args) > 0 && len(args[0]) > 1 && (args[0][0] == '-' || args[0][0] == '+') {
		a := args[0]
		args = args[1:]
		if a == "--" {
			break
		}
		for i := 1; i < len(a); i++ {
			if a[i] == 'c' {
				isCommand = true
			} else if a[i] == 'o' && len(args) > 0 {
				args = args[1:]
			} else if !s.option(a[i], a[0] == '-') {
				s.complain("invalid option -- '", a[i:i+1], "'")
				return "", 2
			}
		}
	}
	switch {
	case isCommand && len(args) == 0:
		s.complain("-c requires an argument")
		return "", 2
	case isCommand:
		s.command = args[0] + "\n"
		if args = args[1:]; len(args) > 0 {
			s.arg0 = args[0]
			args = args[1:]
		}
	case len(args) > 0 && !s.stdin:
		script = args[0]
		args = args[1:]
	default:
		s.stdin = true
	}
	s.args = args
	return script, 0
}

// option sets one by its letter.
func (s *sh) option(letter byte, on bool) bool {
	switch letter {
	case 'e':
		s.errexit = on
	case 'u':
		s.nounset = on
	case 'x':
		s.xtrace = on
	case 'f':
		s.noglob = on
	case 'i':
		s.interactive = on
	case 's':
		s.stdin = on
	case 'm', 'n', 'v', 'a', 'b', 'C', 'l', 'I', 'V', 'E':
	default:
		return false
	}
	return true
}

// environment takes over the variables of the environment.
func (s *sh) environment() {
	for _, e := range s.p.Env() {
		name, value, ok := strings.Cut(e, "=")
		if ok && isName(name) {
			s.set(name, value).export = true
		}
	}
	if s.vars["PATH"] == nil {
		s.set("PATH", "/sbin:/usr/sbin:/bin:/usr/bin").export = true
	}
	s.set("IFS", " \t\n")
	s.set("OPTIND", "1")
	s.set("PS4", "+ ")
	s.set("PPID", itoa(s.p.PPID()))
	s.set("SHLVL", itoa(atoi(s.get("SHLVL"))+1)).export = true
	if cwd, e := s.p.Getcwd(); e == model.OK {
		if old := s.get("PWD"); old == "" || !s.sameDir(old) {
			s.set("PWD", cwd)
		}
	}
	s.set("PWD", s.get("PWD")).export = true
}

// sameDir tells whether a path leads to the working directory.
func (s *sh) sameDir(path string) bool {
	a, e1 := s.p.Stat(path)
	b, e2 := s.p.Stat(".")
	return strings.HasPrefix(path, "/") && e1 == model.OK && e2 == model.OK && a.Dev == b.Dev && a.Ino == b.Ino
}

func isName(name string) bool {
	for i := range len(name) {
		c := name[i]
		if !(c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || i > 0 && c >= '0' && c <= '9') {
			return false
		}
	}
	return name != ""
}

// envHash is the order in which the shell hands its variables on. Source: busybox, shell/ash.c, hashvar.
func envHash(name string) int {
	h := int(name[0]) << 4
	for i := range len(name) {
		h += int(name[i])
	}
	return h % 39
}
