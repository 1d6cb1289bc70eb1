package workload

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/replace"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Launch is what a container is started with.
type Launch struct {
	// Command replaces the image's entry point and Args its arguments, as in a Pod; both may be empty.
	Command, Args []string
	// Env are its variables, with their values found.
	Env []api.EnvVar
	// Host is its hostname: the name of the pod.
	Host string
	// Started is when it began, on the clock of the world.
	Started api.Time
	// Terminal tells that its standard input stays open, so that a shell waits for what is typed.
	Terminal bool
	// Once tells that it is closed when whoever is attached leaves, so that somebody is meant to be.
	Once bool
}

// Behaviour is what one container does. It is a small value that can be made again at any time.
type Behaviour struct {
	// StartError is why the process cannot be started at all, as a runtime says it; "" if it can.
	StartError string
	// Typed is the command of a container that does what whoever is attached to it types; nil if it goes its own way.
	Typed   []string
	image   *Image
	tag     string
	program *Program
	script  *list  // what a shell runs; nil if it runs none
	files   []mark // what people changed in it
	launch  Launch
}

var nothing Program

// Behave decides what runs.
func (im *Image) Behave(ref string, l Launch) Behaviour {
	b := Behaviour{image: im, program: &im.Program, launch: l}
	_, b.tag = Split(ref)
	argv := l.Command
	if len(argv) == 0 {
		argv = l.Args
		if len(argv) == 0 && im.Shell && im.Name == "" {
			argv = []string{"sh"}
		}
	} else if len(l.Args) > 0 {
		argv = slices.Concat(l.Command, l.Args)
	}
	if len(argv) == 0 || len(l.Command) == 0 && (im.Entry || argv[0] == "" || argv[0][0] == '-') {
		return b.needing()
	}
	o := b.command(argv)
	if o.missing {
		b.StartError = `exec: "` + argv[0] + `": executable file not found in $PATH`
		b.program = &nothing
		return b
	}
	b.script, b.program = o.script, &o.program
	if o.typed {
		b.Typed = argv
	}
	if o.same {
		b.program = &im.Program
		return b.needing()
	}
	return b
}

// needing is what runs if a variable the program needs is missing: it ends at once.
func (b Behaviour) needing() Behaviour {
	if len(b.program.Needs) == 0 {
		return b
	}
	for _, name := range b.program.Needs {
		if b.env(name) != "" {
			return b
		}
	}
	p := Program{ExitCode: 1, Runs: 300 * time.Millisecond}
	for text := range strings.SplitSeq(b.program.Without, "\n") {
		p.Log = append(p.Log, Line{At: 200 * time.Millisecond, Text: text, Err: true})
	}
	b.program = &p
	return b
}

// env is the value of a variable; "" if it is not set.
func (b *Behaviour) env(name string) string {
	if name == "HOSTNAME" {
		return b.launch.Host
	}
	for i := len(b.launch.Env) - 1; i >= 0; i-- {
		if b.launch.Env[i].Name == name {
			return b.launch.Env[i].Value
		}
	}
	if name == "PATH" {
		return "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
	}
	return ""
}

// End is when it ends by itself, counted from its start, and with which code; false if it never does.
func (b *Behaviour) End() (time.Duration, int32, bool) {
	if b.script == nil {
		return b.program.Runs, b.program.ExitCode, !b.program.Forever
	}
	r := b.run(maxAge, never)
	return r.now, r.code, r.ended && !r.forever
}

// Stop is how long it takes to end after SIGTERM at some age, and with which code; false if it does not end of it.
func (b *Behaviour) Stop(age time.Duration) (time.Duration, int32, bool) {
	if b.script == nil {
		return b.program.StopsAfter, b.program.StopCode, !b.program.IgnoresTerm
	}
	r := b.run(maxAge, age)
	if r.trapped && r.ended && !r.forever {
		return max(r.now-age, 0), r.code, true
	}
	if p := r.served(); p != nil && !p.IgnoresTerm {
		return p.StopsAfter, p.StopCode, true
	}
	return 0, 0, false
}

// Usage is what it uses at an age if nothing stops it: milliCPU and bytes.
func (b *Behaviour) Usage(age time.Duration) (cpu, memory int64) {
	p := b.at(age)
	return p.CPU, p.Memory + p.Leak*int64(age/time.Millisecond)/1000
}

// at is the program that runs at an age: that of the script's last command, if there is a script.
func (b *Behaviour) at(age time.Duration) *Program {
	if b.script == nil {
		return b.program
	}
	r := b.run(age, never)
	if p := r.served(); p != nil {
		return p
	}
	return b.program
}

// Fills is the age at which it holds so much memory, in bytes; false if it never does.
func (b *Behaviour) Fills(limit int64) (time.Duration, bool) {
	p := b.at(0)
	if b.script != nil {
		p = b.at(maxAge)
	}
	switch {
	case p.Memory >= limit:
		return p.Starts, true
	case p.Leak <= 0:
		return 0, false
	}
	return time.Duration((limit-p.Memory)*1000/p.Leak) * time.Millisecond, true
}

// expand puts the values of variables into a text.
func (b *Behaviour) expand(text string, age time.Duration) string {
	if !strings.Contains(text, "$") {
		return text
	}
	return replace.All(text, "$HOSTNAME", b.launch.Host, "$VERSION", b.tag, "$AGE", strconv.FormatInt(int64(age/time.Second), 10))
}
