package workload

import (
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Result is how a command ended that was run inside a container.
type Result struct {
	// Out and Err are what it printed.
	Out, Err string
	// Code is its exit code.
	Code int32
	// Takes is how long it ran; it is cut at the time it was given.
	Takes time.Duration
	// Missing tells that the container has no such program. Ended tells that the command ended in its time.
	Missing, Ended bool
	// Dir is where it left off: cd goes elsewhere.
	Dir string
	// Files are the files it wrote or removed.
	Files []File
}

// File is a change of a file in a container.
type File struct {
	// At is when, since the start of the container.
	At time.Duration
	// Name is its path and Text its content; Gone tells that it was removed.
	Name, Text string
	Gone       bool
}

// Command is what is run inside a container.
type Command struct {
	// Argv is the program and its arguments.
	Argv []string
	// Stdin is what it can read, and Vars are variables beside the container's own; PWD is where names of files begin.
	Stdin string
	Vars  []api.EnvVar
}

// Exec is what a command does that is run inside the container at an age, and is given some time.
func (b *Behaviour) Exec(argv []string, age, most time.Duration) Result {
	return b.Do(&Command{Argv: argv}, age, most)
}

// Do is the same for a command that is given more than its words.
func (b *Behaviour) Do(c *Command, age, most time.Duration) Result {
	argv := c.Argv
	if len(argv) == 0 || !b.image.Shell && b.image.tool(base(argv[0])) == nil || !b.image.has(base(argv[0])) {
		return Result{Missing: true, Ended: true, Code: 126}
	}
	inside := Behaviour{image: b.image, tag: b.tag, program: b.at(age), launch: b.launch, files: b.files}
	if b.script != nil {
		inside.files = append(inside.files[:len(inside.files):len(inside.files)], b.run(age, never).marks...)
	}
	l := list{{words: argv, plain: true}}
	if isShell(base(argv[0])) {
		script, _ := scriptOf(argv[1:])
		var bad string
		if l, bad = parse(script); bad != "" {
			return Result{Err: "sh: syntax error: unexpected \"" + bad + "\"\n", Code: 2, Ended: true}
		}
	}
	inside.script = &l
	r := &run{b: &inside, horizon: age + most, care: age + most, term: never, now: age, vars: append([]api.EnvVar(nil), c.Vars...), given: len(c.Vars)}
	if c.Stdin != "" {
		r.vars = append(r.vars, api.EnvVar{Name: "\x00stdin", Value: c.Stdin})
	}
	r.list(l)
	if !r.stopped {
		r.ended = true
	}
	res := Result{Code: r.code, Takes: r.now - age, Ended: r.ended && !r.forever, Dir: r.path(".")}
	var out, errs strings.Builder
	for _, line := range r.lines {
		if line.Err {
			errs.WriteString(line.Text + "\n")
		} else {
			out.WriteString(line.Text + "\n")
		}
	}
	out.WriteString(r.text) // what has no line feed at its end
	res.Out, res.Err = out.String(), errs.String()
	for _, m := range r.marks {
		res.Files = append(res.Files, File{m.at, m.name, m.text, m.gone})
	}
	return res
}
