package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/isolate/model"
)

// sh is busybox' ash: a shell whose commands are processes.
type sh struct {
	p      *model.Process
	arg0   string
	args   []string // $1 and on
	vars   map[string]*variable
	funcs  map[string]*shell.Compound
	traps  map[int]string // by signal; 0 is EXIT
	status int
	bg     int // $!
	self   int // $$
	jobs   []*job

	interactive, stdin, errexit, nounset, xtrace, noglob bool
	command                                              string // -c
	builtin                                              string // the builtin under way, for errors

	leave       leaving // what a break, continue or return still has to leave
	levels      int
	loops       int
	depth       int
	tested      int    // conditions under way, in which errexit does nothing
	lines       int    // how many lines came before the text under way
	src         string // that text
	lineNo      int    // of the command under way
	locals      []map[string]*variable
	substituted bool // the words of the command under way ran a command
	root        bool // it is the shell that was started, not a subshell
	alias       map[string]string
	exited      bool
}

type leaving uint8

const (
	staying leaving = iota
	breaking
	continuing
	returning
)

// givenUp is how many levels are left when a line is given up.
const givenUp = 1 << 30

type variable struct {
	value              string
	set, export, fixed bool
	order              int
}

// shMain is the program sh.
func shMain(p *model.Process, args []string) int {
	s := &sh{p: p, self: p.PID(), arg0: "sh", vars: map[string]*variable{}, funcs: map[string]*shell.Compound{}, traps: map[int]string{}, root: true, alias: map[string]string{}}
	if len(args) > 0 {
		s.arg0 = args[0]
	}
	script, status := s.startOptions(args)
	if status != 0 {
		return status
	}
	s.environment()
	if s.stdin && p.Isatty(0) {
		s.interactive = true
		p.Signal(model.SIGINT, model.Caught)
	}
	if s.interactive {
		p.Signal(model.SIGTERM, model.Ignored)
		p.Signal(model.SIGINT, model.Caught)
		p.Signal(model.SIGQUIT, model.Ignored)
	}
	switch {
	case s.command != "":
		s.runText(s.command, true)
	case script != "":
		text, e := (&cmd{Process: p}).readFile(script)
		if e != model.OK {
			s.complain("can't open '", script, "': ", e.Text())
			return 127
		}
		s.arg0 = script
		s.lines = 1
		s.runText(text, false)
	default:
		s.lines = 1
		p.Status = 0
		s.loop()
	}
	s.exit(s.status)
	return s.status
}

func (s *sh) set(name, value string) *variable {
	v := s.vars[name]
	if v == nil {
		v = &variable{order: len(s.vars)}
		s.vars[name] = v
	}
	v.value, v.set = value, true
	if name == "PATH" || name == "PWD" {
		return v
	}
	return v
}

func (s *sh) get(name string) string {
	if v := s.vars[name]; v != nil {
		return v.value
	}
	return ""
}

// loop reads commands from the input, one after another, until it ends.
func (s *sh) loop() {
	text := ""
	for {
		line, ok := s.readLine()
		if s.leave != staying { // Ctrl-C: what was typed of a command is forgotten
			s.leave, text = staying, ""
		}
		if !ok {
			if text != "" {
				s.runText(text, false)
			}
			return
		}
		text += line
		script, err := shell.ParseFull(text)
		if se, wrong := err.(*shell.SyntaxError); wrong && se.Incomplete {
			continue
		}
		if err != nil {
			s.syntax(err)
			text = ""
			s.finish(2)
			if !s.interactive {
				s.exit(2)
			}
			continue
		}
		text = ""
		s.src = script.Input
		for _, l := range script.Lists {
			s.list(l, false)
			given := s.leave == returning && s.levels == givenUp
			if s.leave = staying; given {
				break
			}
		}
		s.leave = staying
		s.lines += strings.Count(script.Input, "\n")
		s.p.Status = s.status
	}
}

// readLine reads from the input, a byte at a time so that what follows is left for the commands.
func (s *sh) readLine() (string, bool) {
	var line []byte
	for {
		data, e := s.p.Read(0, 1)
		if e == model.EINTR {
			s.runTraps()
			if s.leave != staying {
				line = nil
			}
			continue
		}
		if e != model.OK || len(data) == 0 {
			return string(line), len(line) > 0
		}
		if line = append(line, data[0]); data[0] == '\n' {
			return string(line), true
		}
	}
}

// runText runs a text; tail says that the shell has nothing to do after it, so that the last command may take its place.
func (s *sh) runText(text string, tail bool) {
	script, err := shell.ParseFull(text)
	if err != nil {
		s.runHead(text)
		return
	}
	before := s.src
	defer func() { s.src = before }()
	s.src = script.Input
	for i, l := range script.Lists {
		s.list(l, tail && i == len(script.Lists)-1)
		if s.leave != staying {
			return
		}
	}
}

// runHead runs the lines in front of one that cannot be understood, and then says so.
func (s *sh) runHead(text string) {
	rest := ""
	for _, line := range strings.SplitAfter(text, "\n") {
		rest += line
		script, err := shell.ParseFull(rest)
		if err != nil {
			if se, ok := err.(*shell.SyntaxError); ok && se.Incomplete && rest != text {
				continue
			}
			s.syntax(err)
			s.status = 2
			if !s.interactive {
				s.exit(2)
			}
			return
		}
		rest = ""
		for _, l := range script.Lists {
			s.list(l, false)
		}
	}
}

// syntax says what cannot be understood, in ash's words.
func (s *sh) syntax(err error) {
	se, ok := err.(*shell.SyntaxError)
	switch {
	case !ok:
		s.complain("syntax error")
	case se.Incomplete && strings.Contains(se.Want, "closing"):
		s.complain("syntax error: unterminated quoted string")
	case se.Incomplete || se.Found == "end of input":
		text := "syntax error: unexpected end of file"
		for _, word := range []string{"then", "do", "done", "fi", "esac", ")", "}"} {
			if strings.HasPrefix(se.Want, "\""+word+"\"") {
				text += " (expecting \"" + word + "\")"
				break
			}
		}
		s.complain(text)
	case se.Found == "the end of the line":
		s.complain("syntax error: unexpected newline")
	default:
		s.complain("syntax error: unexpected ", se.Found)
	}
}

// complain writes an error as the shell words it: with the builtin under way, and the line unless somebody types.
func (s *sh) complain(texts ...string) {
	text := s.arg0 + ": "
	if s.builtin != "" {
		if s.builtin != s.arg0 {
			text += s.builtin + ": "
		}
		if !s.interactive {
			text += "line " + itoa(s.lineNo) + ": "
		}
	}
	s.say(text + strings.Join(texts, "") + "\n")
}

func (s *sh) say(text string) { writeAll(s.p, 2, []byte(text)) }

// exit ends the shell, after what it was told to do at its end.
func (s *sh) exit(status int) {
	if !s.exited {
		s.exited = true
		if text, ok := s.traps[0]; ok && text != "" {
			s.status = status
			s.runText(text, false)
		}
	}
	s.p.Exit(status)
}

func (s *sh) finish(status int) { s.status = status }

func atoi(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			break
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}
