package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/isolate/model"
)

// simple runs words: a function, a builtin or a program.
func (s *sh) simple(c *shell.Command, tail bool) {
	s.substituted = false
	s.lineNo = s.lines + strings.Count(s.src[:min(len(s.src), c.Pos)], "\n")
	var words []string
	for i, w := range c.Words {
		if i > 0 && len(words) > 0 && declares(words[0]) {
			words = append(words, s.declared(w)...)
			continue
		}
		words = append(words, s.fields(w)...)
	}
	if s.leave != staying {
		return
	}
	if s.xtrace {
		s.trace(c, words)
	}
	if len(words) == 0 {
		s.assignments(c)
		return
	}
	if f := s.funcs[words[0]]; f != nil {
		s.call(f, c, words)
		return
	}
	if b, special := s.findBuiltin(words[0]); b != nil {
		s.runBuiltin(b, special, c, words)
		return
	}
	if tail && !s.mayTrap() {
		n := s
		n.childExec(c, words)
		return
	}
	pid, e := s.tryFork(func(s *sh) {
		s.child()
		s.childExec(c, words)
	})
	if e != model.OK {
		saved, _ := s.redirect(c.Redirects, true) // to where the command's errors would have gone
		s.noFork(e)
		s.restore(saved)
		return
	}
	s.status = s.await(&job{pids: []int{pid}})
}

// mayTrap tells whether something is to be run on a signal or at the end.
func (s *sh) mayTrap() bool {
	//order:irrelevant it is asked whether there is one
	for _, text := range s.traps {
		if text != "" {
			return true
		}
	}
	return false
}

// assignments is a command of assignments alone; its status is that of the last command in them.
func (s *sh) assignments(c *shell.Command) {
	if !s.substituted {
		s.status = 0
	}
	saved, ok := s.redirect(c.Redirects, false)
	s.restore(saved)
	if !ok {
		s.status = 1
		return
	}
	for _, a := range c.Assigns {
		if !s.assign(a.Name, s.assigned(a.Value)) {
			return
		}
	}
}

// assign sets a variable, unless it is read-only.
func (s *sh) assign(name, value string) bool {
	if v := s.vars[name]; v != nil && v.fixed {
		s.complain(name, ": is read only")
		s.abort(2)
		return false
	}
	s.set(name, value)
	return true
}

// childExec becomes the program.
func (s *sh) childExec(c *shell.Command, words []string) {
	if _, ok := s.redirect(c.Redirects, false); !ok {
		s.exit(1)
	}
	for _, a := range c.Assigns {
		s.set(a.Name, s.assigned(a.Value)).export = true
	}
	s.program(words)
}

// program replaces the shell with a program, or says why not.
func (s *sh) program(words []string) {
	if s.interactive {
		s.child()
	}
	e := execvp(s.p, words, s.exported(), s.get("PATH"))
	status, text := 126, e.Text()
	if e == model.ENOENT || e == model.ENOTDIR {
		status, text = 127, "not found"
	}
	s.complain(words[0], ": ", text)
	s.exit(status)
}

// exported are the variables that programs get, in the order in which ash keeps them.
func (s *sh) exported() []string {
	var names []string
	//order:irrelevant they are sorted below
	for name, v := range s.vars {
		if v.export && v.set {
			names = append(names, name)
		}
	}
	sorting.Func(names, func(a, b string) int {
		if ha, hb := envHash(a), envHash(b); ha != hb {
			return ha - hb
		}
		return s.vars[a].order - s.vars[b].order
	})
	env := make([]string, len(names))
	for i, name := range names {
		env[i] = name + "=" + s.vars[name].value
	}
	return env
}

// call runs a function: the words become the arguments, and a return ends it.
func (s *sh) call(f *shell.Compound, c *shell.Command, words []string) {
	saved, ok := s.redirect(c.Redirects, false)
	if !ok {
		s.restore(saved)
		s.status = 1
		return
	}
	args, loops := s.args, s.loops
	s.args, s.loops = words[1:], 0
	s.locals = append(s.locals, map[string]*variable{})
	for _, a := range c.Assigns {
		s.assign(a.Name, s.assigned(a.Value))
	}
	s.lists(f.Clauses[0].Body, false)
	if s.leave == returning && s.levels < 1<<30 {
		s.leave = staying
	}
	mine := s.locals[len(s.locals)-1]
	s.locals = s.locals[:len(s.locals)-1]
	//order:irrelevant every entry goes into another map
	for name, v := range mine {
		if v == nil {
			delete(s.vars, name)
		} else {
			s.vars[name] = v
		}
	}
	s.args, s.loops = args, loops
	s.restore(saved)
}

// runBuiltin runs a command of the shell's own. Assignments in front of a special one stay.
func (s *sh) runBuiltin(b builtin, special bool, c *shell.Command, words []string) {
	saved, ok := s.redirect(c.Redirects, words[0] == "exec")
	if !ok {
		s.restore(saved)
		s.status = 1
		if special {
			s.abort(1)
		}
		return
	}
	before := map[string]*variable{}
	for _, a := range c.Assigns {
		if !special {
			if v := s.vars[a.Name]; v != nil {
				n := *v
				before[a.Name] = &n
			} else {
				before[a.Name] = nil
			}
		}
		s.set(a.Name, s.assigned(a.Value))
		if words[0] == "exec" && len(words) > 1 {
			s.vars[a.Name].export = true
		}
	}
	outer := s.builtin
	s.builtin = words[0]
	s.status = b(s, words)
	s.builtin = outer
	//order:irrelevant every entry goes into another map
	for name, v := range before {
		if v == nil {
			delete(s.vars, name)
		} else {
			s.vars[name] = v
		}
	}
	s.restore(saved)
	s.runTraps()
}

// trace shows the command before it is run.
func (s *sh) trace(c *shell.Command, words []string) {
	var parts []string
	for _, a := range c.Assigns {
		parts = append(parts, a.Name+"="+shellQuote(s.assigned(a.Value)))
	}
	for _, w := range words {
		parts = append(parts, shellQuote(w))
	}
	s.say(s.get("PS4") + strings.Join(parts, " ") + "\n")
}

func shellQuote(w string) string {
	if w != "" && strings.Trim(w, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%^") == "" {
		return w
	}
	return "'" + strings.ReplaceAll(w, "'", `'"'"'`) + "'"
}
