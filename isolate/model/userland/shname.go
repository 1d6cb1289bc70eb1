package userland

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

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
