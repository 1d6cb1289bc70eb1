package shell

import (
	"slices"
	"strings"
)

// frame is a list of commands under way: the script itself, the inside of a compound command, or a substitution.
// Commands wait inside one another, so an Exec holds a stack of frames. A frame is plain data.
type frame struct {
	lists               []List
	list, pipe, command int      // the command under way, or the next
	input               []byte   // what the pipe holds for the next command
	output              []byte   // what the command under way has written into the pipe
	subs                []string // what the substitutions of the command under way printed, as far as they have run
	sinks               [3]sink  // where its commands write unless they say otherwise; [0] is not used
	source              int      // the frame whose stdin its commands read; -1 is the terminal
	stdin               []byte   // of the frames whose source is this one

	compound *Compound // nil for a script and a substitution
	clause   int       // of If, while its conditions are tried
	body     bool      // the lists are a body, not a condition
	items    []string  // of For: what is still to come
	result   int       // of a loop: the status of its last body

	capture []byte // of a substitution: what it printed
	outer   Vars   // the variables that come back when it ends; nil if changes stay
}

func (f *frame) pipeline() *Pipeline { return &f.lists[f.list].Pipelines[f.pipe] }

func (f *frame) current() *Command { return &f.pipeline().Commands[f.command] }

// piping tells whether the command under way writes into a pipe.
func (f *frame) piping() bool { return f.command < len(f.pipeline().Commands)-1 }

// begin makes lists the ones that run next.
func (f *frame) begin(lists []List, body bool) {
	f.lists, f.body = lists, body
	f.list, f.pipe, f.command = 0, 0, 0
	f.input, f.output, f.subs = nil, nil, nil
}

func (f *frame) clone() frame {
	c := *f
	c.input, c.output, c.stdin, c.capture = slices.Clone(f.input), slices.Clone(f.output), slices.Clone(f.stdin), slices.Clone(f.capture)
	c.subs, c.items = slices.Clone(f.subs), slices.Clone(f.items)
	if f.outer != nil {
		c.outer = f.outer.Clone()
	}
	return c
}

func (e *Exec) top() *frame { return &e.frames[len(e.frames)-1] }

// enter starts a compound command. Its words have been expanded.
func (e *Exec) enter(c *Compound, items []string, branch int, source int, stdin []byte, own bool) {
	f := frame{compound: c, sinks: e.sinks, source: source}
	parent := e.top()
	if own {
		f.source, f.stdin = len(e.frames), stdin
	}
	if c.Kind == Subshell || len(parent.pipeline().Commands) > 1 {
		f.outer = e.Vars
		e.Vars = e.Vars.Clone()
	}
	switch c.Kind {
	case For:
		f.items = items
	case Case:
		if branch >= 0 {
			f.begin(c.Clauses[branch].Body, true)
		}
	case Group, Subshell:
		f.begin(c.Clauses[0].Body, true)
	default:
		f.begin(c.Clauses[0].Cond, false)
	}
	e.frames = append(e.frames, f)
	if c.Kind == Case && len(f.lists) == 0 {
		e.setStatus(0)
	}
}

// finish is called when the lists of the top frame are over: it goes round a loop, on to a branch, or leaves the frame.
func (e *Exec) finish() {
	f := e.top()
	c := f.compound
	if c == nil {
		e.leave(e.status)
		return
	}
	switch c.Kind {
	case For:
		e.nextItem(f)
	case While, Until:
		switch {
		case f.body:
			f.result = e.status
			f.begin(c.Clauses[0].Cond, false)
		case (e.status == 0) == (c.Kind == While):
			f.begin(c.Clauses[0].Body, true)
		default:
			e.leave(f.result)
		}
	case If:
		e.nextClause(f)
	default:
		e.leave(e.status)
	}
}

func (e *Exec) nextItem(f *frame) {
	if f.body {
		f.result = e.status
	}
	if len(f.items) == 0 {
		e.leave(f.result)
		return
	}
	e.Vars[f.compound.Name] = f.items[0]
	f.items = f.items[1:]
	f.begin(f.compound.Clauses[0].Body, true)
}

func (e *Exec) nextClause(f *frame) {
	c := f.compound
	switch {
	case f.body:
		e.leave(e.status)
	case e.status == 0:
		f.begin(c.Clauses[f.clause].Body, true)
	case f.clause+1 < len(c.Clauses):
		f.clause++
		f.begin(c.Clauses[f.clause].Cond, false)
	case len(c.Else) > 0:
		f.begin(c.Else, true)
	default:
		e.leave(0)
	}
}

// leave drops the top frame, which ended with this status, and tells the one below.
func (e *Exec) leave(status int) {
	f := *e.top()
	e.frames = e.frames[:len(e.frames)-1]
	if f.outer != nil {
		e.Vars = f.outer
	}
	switch {
	case len(e.frames) == 0:
		e.over = true
		e.setStatus(status)
	case f.compound == nil:
		e.setStatus(status)
		parent := e.top()
		parent.subs = append(parent.subs, strings.TrimRight(string(f.capture), "\n"))
	default:
		e.ended(status)
	}
}

// ended moves on behind the command under way.
func (e *Exec) ended(code int) {
	f := e.top()
	f.subs = nil
	if f.piping() {
		f.input, f.output, f.command = f.output, nil, f.command+1
		return
	}
	if f.pipeline().Not {
		code = int(truth(code == 0))
	}
	e.setStatus(code)
	f.nextPipeline(code)
}

// nextPipeline steps to the pipeline that runs next, over those whose && or || says no.
func (f *frame) nextPipeline(status int) {
	f.command, f.input, f.output = 0, nil, nil
	for f.pipe++; f.pipe < len(f.lists[f.list].Pipelines); f.pipe++ {
		if (f.pipeline().Join == IfOK) == (status == 0) {
			return
		}
	}
	f.pipe = 0
	f.list++
}
