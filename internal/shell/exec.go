package shell

import (
	"slices"
	"strconv"
	"strings"
)

// Runner is what a shell needs of the world: programs, found by name, and files.
type Runner interface {
	// Run starts a program. An unknown name is a Result like another: a message and Code 127.
	Run(Invocation) Result
	// ReadFile is the content of a file; the error's text is shown behind the file's name.
	ReadFile(name string) ([]byte, error)
	// WriteFile makes a file or, with appending, makes it longer.
	WriteFile(name string, data []byte, appending bool) error
}

// Invocation is a command ready to run.
type Invocation struct {
	Args  []string // the program's name first; at least one
	Stdin []byte   // what a pipe, a file or a here-document gives it to read
	Piped bool     // there is such an input, though it may be empty; otherwise the input is the terminal
	Vars  Vars     // the variables it sees; it may keep but not change them
}

// Result is what a command wrote and how it ended, or that it has not ended yet.
type Result struct {
	Stdout, Stderr string
	Code           int  // 0 is success
	Waiting        bool // the command goes on; Code means nothing yet and Resume tells the rest
}

// Stream is where on the terminal a text belongs.
type Stream uint8

// The two streams.
const (
	Stdout Stream = 1
	Stderr Stream = 2
)

// Chunk is text for the terminal.
type Chunk struct {
	Stream Stream
	Text   string
}

// Exec is a script under way. Run walks it until it is done or a command waits; Resume goes on after a wait. Between
// the calls it is plain data: Clone copies it for a checkpoint.
type Exec struct {
	Vars Vars // the shell's variables, changed as assignments run

	script              *Script
	list, pipe, command int    // the command under way, or the next
	status              int    // of the last pipeline
	input               []byte // what the pipe holds for the next command
	waiting, over       bool
	sinks               [3]sink // where the streams of the command under way go; [0] is not used
	output              []byte  // what the command under way has written into the pipe
}

// NewExec starts a script. The Exec owns vars from here on.
func NewExec(s *Script, vars Vars) *Exec {
	if vars == nil {
		vars = Vars{}
	}
	return &Exec{Vars: vars, script: s, over: len(s.Lists) == 0}
}

// Clone is a copy that goes its own way from here. Both share the parsed script, which never changes.
func (e *Exec) Clone() *Exec {
	c := *e
	c.Vars = e.Vars.Clone()
	c.input, c.output = slices.Clone(e.input), slices.Clone(e.output)
	return &c
}

// Done reports whether the script is over.
func (e *Exec) Done() bool { return e.over }

// Waiting reports whether a command waits for Resume.
func (e *Exec) Waiting() bool { return e.waiting }

// Status is the status of the last pipeline that ended; 0 before any has.
func (e *Exec) Status() int { return e.status }

// Run walks the script until a command waits or the script is over, and returns what belongs on the terminal, in order.
// While a command waits, and after the end, it does nothing.
func (e *Exec) Run(r Runner) []Chunk {
	var t terminal
	e.walk(r, &t)
	return t.chunks
}

// Resume takes more from the command that waits. Unless the result waits too, the script goes on behind the command.
func (e *Exec) Resume(r Runner, res Result) []Chunk {
	var t terminal
	if e.waiting {
		e.take(r, res, &t)
		e.walk(r, &t)
	}
	return t.chunks
}

// Interrupt ends the script where it stands, as Ctrl-C does; the status is 130.
func (e *Exec) Interrupt() {
	e.waiting, e.over = false, true
	e.setStatus(130)
}

// walk runs command after command.
func (e *Exec) walk(r Runner, t *terminal) {
	for !e.over && !e.waiting {
		e.take(r, e.start(r, t), t)
	}
}

// start runs the next command up to its end or its first wait.
func (e *Exec) start(r Runner, t *terminal) Result {
	c := e.current()
	stdin, piped := e.input, e.command > 0
	e.input, e.output = nil, nil
	e.sinks = [3]sink{1: {kind: onStdout}, 2: {kind: onStderr}}
	if e.command < len(e.pipeline().Commands)-1 {
		e.sinks[1] = sink{kind: intoPipe}
	}
	var args []string
	for _, w := range c.Words {
		args = append(args, Expand(w, e.Vars)...)
	}
	for _, redirect := range c.Redirects {
		if err := e.redirect(r, redirect, &stdin, &piped); err != nil {
			e.sinks[2] = sink{kind: onStderr}
			return Result{Stderr: "sh: " + err.Error() + "\n", Code: 1}
		}
	}
	vars := e.Vars
	if len(args) > 0 && len(c.Assigns) > 0 && args[0] != "export" {
		vars = vars.Clone() // NAME=value in front of a command is the command's alone
	}
	for _, a := range c.Assigns {
		vars[a.Name] = ExpandText(a.Value, vars)
	}
	switch {
	case len(args) == 0:
		return Result{}
	case args[0] == "export":
		return e.export(args[1:])
	case args[0] == "unset":
		return e.unset(args[1:])
	}
	return r.Run(Invocation{Args: args, Stdin: stdin, Piped: piped, Vars: vars})
}

// take sends what a command wrote where it belongs and, if the command has ended, moves on.
func (e *Exec) take(r Runner, res Result, t *terminal) {
	code := res.Code
	if !e.write(r, 1, res.Stdout, t) || !e.write(r, 2, res.Stderr, t) {
		code = 1
	}
	e.waiting = res.Waiting
	if e.waiting {
		return
	}
	if e.command < len(e.pipeline().Commands)-1 {
		e.input, e.command = e.output, e.command+1
		return
	}
	if e.pipeline().Not {
		if code == 0 {
			code = 1
		} else {
			code = 0
		}
	}
	e.setStatus(code)
	e.nextPipeline()
}

// nextPipeline steps to the pipeline that runs next, over those whose && or || says no.
func (e *Exec) nextPipeline() {
	e.command, e.input, e.output = 0, nil, nil
	for e.pipe++; e.pipe < len(e.script.Lists[e.list].Pipelines); e.pipe++ {
		if (e.pipeline().Join == IfOK) == (e.status == 0) {
			return
		}
	}
	e.pipe = 0
	e.list++
	e.over = e.list == len(e.script.Lists)
}

func (e *Exec) pipeline() *Pipeline { return &e.script.Lists[e.list].Pipelines[e.pipe] }

func (e *Exec) current() *Command { return &e.pipeline().Commands[e.command] }

// setStatus keeps the status where scripts can read it.
func (e *Exec) setStatus(code int) {
	e.status = code
	e.Vars["?"] = strconv.Itoa(code)
}

// export sets NAME=value; every variable is exported here, so a bare NAME has nothing to do.
func (e *Exec) export(args []string) Result {
	for _, arg := range args {
		name, value, set := strings.Cut(arg, "=")
		if name == "" || nameLen(name) != len(name) {
			return Result{Stderr: "sh: export: " + Quoted(name) + ": not a valid identifier\n", Code: 1}
		}
		if set {
			e.Vars[name] = value
		}
	}
	return Result{}
}

// unset forgets variables.
func (e *Exec) unset(args []string) Result {
	for _, name := range args {
		if nameLen(name) != len(name) || name == "" {
			return Result{Stderr: "sh: unset: " + Quoted(name) + ": not a valid identifier\n", Code: 1}
		}
		delete(e.Vars, name)
	}
	return Result{}
}
