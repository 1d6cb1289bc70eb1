package shell

import (
	"strconv"
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
	Vars  Vars     // the variables it sees; it may keep but not change them, but for PWD if it is cd
	Shown bool     // what it writes goes to the terminal, and nothing else reads it
}

// Result is what a command wrote and how it ended, or that it has not ended yet.
type Result struct {
	Stdout, Stderr string
	Code           int  // 0 is success
	Waiting        bool // the command goes on; Code means nothing yet and Resume tells the rest
	Drained        bool // it read its input, so that a command after it in the same loop finds nothing left
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

// MaxCommands is how many commands a script may run without waiting. A loop that goes on is stopped there with a
// message, so that whoever typed it gets the prompt back.
const MaxCommands = 10_000

// Endless is that message.
const Endless = "sh: stopped after 10000 commands without a pause; put a sleep into the loop\n"

// Exec is a script under way. Run walks it until it is done or a command waits; Resume goes on after a wait. Between
// the calls it is plain data: Clone copies it for a checkpoint.
type Exec struct {
	Vars Vars // the shell's variables, changed as assignments run

	frames        []frame
	status        int // of the last pipeline
	waiting, over bool
	exited        bool    // it ended with exit
	sinks         [3]sink // where the streams of the command under way go; [0] is not used
}

// NewExec starts a script. The Exec owns vars from here on.
func NewExec(s *Script, vars Vars) *Exec {
	if vars == nil {
		vars = Vars{}
	}
	e := &Exec{Vars: vars, over: len(s.Lists) == 0}
	e.status, _ = strconv.Atoi(vars["?"])
	if !e.over {
		e.frames = []frame{{lists: s.Lists, source: -1, sinks: [3]sink{1: {kind: onStdout}, 2: {kind: onStderr}}}}
	}
	return e
}

// Clone is a copy that goes its own way from here. Both share the parsed script, which never changes.
func (e *Exec) Clone() *Exec {
	c := *e
	c.Vars = e.Vars.Clone()
	c.frames = make([]frame, len(e.frames))
	for i := range e.frames {
		c.frames[i] = e.frames[i].clone()
	}
	return &c
}

// Done reports whether the script is over.
func (e *Exec) Done() bool { return e.over }

// Waiting reports whether a command waits for Resume.
func (e *Exec) Waiting() bool { return e.waiting }

// Exited reports whether the script ended because it said exit.
func (e *Exec) Exited() bool { return e.exited }

// Status is the status of the last pipeline that ended; before any has, the one the variables say.
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
	for i := range e.frames {
		if e.frames[i].outer != nil {
			e.Vars = e.frames[i].outer
			break
		}
	}
	e.waiting, e.over, e.frames = false, true, nil
	e.setStatus(130)
}

// walk runs command after command.
func (e *Exec) walk(r Runner, t *terminal) {
	for n := 0; !e.over && !e.waiting; n++ {
		if n >= 4*MaxCommands || t.commands >= MaxCommands {
			t.add(Stderr, Endless)
			e.Interrupt()
			return
		}
		if f := e.top(); f.list >= len(f.lists) {
			e.finish()
			continue
		}
		e.start(r, t)
	}
}

// start runs the next command up to its end or its first wait, or one of the substitutions in it.
func (e *Exec) start(r Runner, t *terminal) {
	f := e.top()
	c := f.current()
	if subs := c.substitutions(); len(f.subs) < len(subs) {
		e.substitute(subs[len(f.subs)])
		return
	}
	t.commands++
	x := expander{vars: e.Vars, subs: f.subs}
	e.sinks = f.sinks
	if f.piping() {
		e.sinks[1] = sink{kind: intoPipe, frame: len(e.frames) - 1}
	}
	in := input{data: f.input, own: f.command > 0, source: f.source}
	f.input, f.output = nil, nil
	var words []string
	switch {
	case c.Compound != nil:
		words = x.items(c.Compound)
	default:
		for _, w := range c.Words {
			words = append(words, x.fields(w)...)
		}
	}
	values := make([]string, len(c.Assigns))
	for i, a := range c.Assigns {
		values[i] = x.text(a.Value)
		if i+1 < len(c.Assigns) {
			// A later value may use an earlier one: A=1 B=$A.
			x.vars = x.vars.Clone()
			x.vars[a.Name] = values[i]
		}
	}
	err := e.redirections(r, c, &x, &in)
	if x.err != "" {
		// As in every shell: a word that cannot be expanded ends the shell it stands in, and not only its command.
		e.sinks[2] = f.sinks[2]
		e.write(r, 2, "sh: "+x.err+"\n", t)
		e.leaveShell(2)
		return
	}
	if err != "" {
		e.sinks[2] = f.sinks[2]
		e.take(r, Result{Stderr: "sh: " + err + "\n", Code: 1}, t)
		return
	}
	if c.Compound != nil {
		e.enter(c.Compound, words, x.branch(c.Compound, words), in.source, in.data, in.own)
		return
	}
	e.take(r, e.simple(r, c, words, values, in), t)
}

// input is where a command reads.
type input struct {
	data   []byte
	own    bool // a pipe or a redirection of its own; otherwise it reads where its frame reads
	source int
}

// simple runs a simple command: an assignment, a command of the shell's own, or a program.
func (e *Exec) simple(r Runner, c *Command, args, values []string, in input) Result {
	f := e.top()
	vars := e.Vars
	if len(args) > 0 && len(c.Assigns) > 0 && args[0] != "export" {
		vars = vars.Clone() // NAME=value in front of a command is the command's alone
	}
	for i, a := range c.Assigns {
		vars[a.Name] = values[i]
	}
	if len(args) == 0 {
		if len(f.subs) > 0 {
			return Result{Code: e.status} // of the last substitution
		}
		return Result{}
	}
	data, piped := in.data, in.own
	if !in.own && in.source >= 0 {
		data, piped = e.frames[in.source].stdin, true
	}
	if run, ok := builtins[args[0]]; ok {
		before := e.Vars
		inPipe := len(f.pipeline().Commands) > 1 // then it runs in a shell of its own, which it cannot leave further
		if inPipe {
			switch args[0] {
			case "exit", "break", "continue":
				return exitStatus(e, args)
			}
			e.Vars = e.Vars.Clone()
		}
		res, rest := run(e, r, args, data)
		if inPipe {
			e.Vars = before
		}
		if rest != nil && !in.own && in.source >= 0 && in.source < len(e.frames) {
			e.frames[in.source].stdin = rest
		}
		return res
	}
	res := r.Run(Invocation{Args: args, Stdin: data, Piped: piped, Vars: vars, Shown: e.sinks[1].kind == onStdout})
	if res.Drained && !in.own && in.source >= 0 {
		e.frames[in.source].stdin = nil
	}
	return res
}

// take sends what a command wrote where it belongs and, if the command has ended, moves on.
func (e *Exec) take(r Runner, res Result, t *terminal) {
	if e.over || res.Code == left {
		return // exit, break or continue have moved on already
	}
	code := res.Code
	if !e.write(r, 1, res.Stdout, t) || !e.write(r, 2, res.Stderr, t) {
		code = 1
	}
	if e.waiting = res.Waiting; !e.waiting && !e.over {
		e.ended(code)
	}
}

// substitute starts a command substitution of the command that is about to run.
func (e *Exec) substitute(s *Script) {
	f := frame{lists: s.Lists, source: e.top().source, sinks: e.top().sinks, outer: e.Vars}
	f.sinks[1] = sink{kind: intoCapture, frame: len(e.frames)}
	e.Vars = e.Vars.Clone()
	e.setStatus(0)
	e.frames = append(e.frames, f)
}

// setStatus keeps the status where scripts can read it.
func (e *Exec) setStatus(code int) {
	e.status = code
	e.Vars["?"] = strconv.Itoa(code)
}
