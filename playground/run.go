package playground

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// apply runs one input at this moment.
func (s *Session) apply(in Input) {
	if s.machine != nil {
		s.enterMachine(in)
		return
	}
	before := s.memory()
	defer func() { s.note(before) }()
	r := s.room()
	switch in.Kind {
	case "interrupt":
		s.say(Typed, "^C\n")
		if r != nil {
			r.interrupt()
		} else if s.exec != nil {
			s.exec.Interrupt()
			if j, ok := s.job.(interface {
				Interrupted(*kubectl.Env) kubectl.Result
			}); ok {
				s.say(Out, j.Interrupted(s.env(nil)).Stdout)
			}
			s.vars = s.exec.Vars
			s.exec, s.job, s.pending = nil, nil, nil
		}
	case "end":
		s.say(Typed, "^D\n")
		if r != nil {
			r.hangUp()
		}
	case "aside":
		s.transcript = append(s.transcript, Output{Stream: Typed, Text: in.Text + "\n", At: s.cluster.Now()})
		s.runBeside(in.Text)
	default:
		s.say(Typed, in.Text+"\n")
		switch {
		case r != nil:
			r.typed = append(r.typed[:len(r.typed):len(r.typed)], in.Text)
		case s.exec != nil:
			s.pending = append(s.pending[:len(s.pending):len(s.pending)], in.Text)
			return
		default:
			s.runLine(in.Text)
		}
	}
	// What need not wait ends now, and not when time next passes: a replay lets time pass at other moments.
	s.poll()
	s.checkGoals()
}

// runLine parses and runs what was typed. A whole manifest, pasted as it is, is applied.
func (s *Session) runLine(text string) {
	if looksLikeManifest(text) {
		text = "kubectl apply -f - <<'END_OF_MANIFEST'\n" + strings.TrimRight(text, "\n") + "\nEND_OF_MANIFEST\n"
	}
	s.cluster.Input("", strings.TrimSpace(firstLine(text)))
	script, err := shell.Parse(text)
	if err != nil {
		if syntax, ok := errors.AsType[*shell.SyntaxError](err); ok {
			s.say(Err, syntax.Caret())
		} else {
			s.say(Err, "sh: "+err.Error()+"\n")
		}
		return
	}
	exec := shell.NewExec(script, s.vars)
	s.breathing = breathing{}
	s.print(exec.Run(s))
	s.keep(exec)
}

// runBeside runs a line while a command waits. If the line would wait too, it is let go of: what it began goes on.
func (s *Session) runBeside(text string) {
	s.cluster.Input("", strings.TrimSpace(firstLine(text)))
	script, err := shell.Parse(text)
	if err != nil {
		s.say(Err, "sh: "+err.Error()+"\n")
		return
	}
	job, breath := s.job, s.breathing
	s.breathing = breathing{still: true}
	s.print(shell.NewExec(script, s.vars.Clone()).Run(s))
	s.job, s.breathing = job, breath
}

// keep holds on to a script that waits, and lets go of one that is over.
func (s *Session) keep(exec *shell.Exec) {
	if exec.Waiting() {
		s.exec = exec
		return
	}
	s.vars, s.exec, s.job = exec.Vars, nil, nil
}

// looksLikeManifest tells a pasted manifest from a command: its first word that is no comment begins a YAML or JSON object.
func looksLikeManifest(text string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || line == "---" {
			continue
		}
		for _, start := range []string{"apiVersion:", "kind:", "metadata:", "spec:", "{"} {
			if strings.HasPrefix(line, start) {
				return true
			}
		}
		return false
	}
	return false
}

// firstLine is what the trace remembers of an input.
func firstLine(text string) string {
	line, rest, _ := strings.Cut(text, "\n")
	if strings.TrimSpace(rest) != "" {
		line += " …"
	}
	const most = 200
	if r := []rune(line); len(r) > most {
		line = string(r[:most]) + "…"
	}
	return line
}

func (s *Session) say(stream Stream, text string) {
	if text == "" {
		return
	}
	if stream == Out {
		text = kept(text)
	}
	out := Output{Stream: stream, Text: text, At: s.cluster.Now()}
	if p := s.Prompt(); stream == Typed && p != prompt {
		out.Prompt = p
	}
	s.transcript = append(s.transcript, out)
}

// keptText is how many bytes of an output are kept, as many as a page keeps characters: a session of many long ones would fill the memory.
const keptText = 200_000

// kept is the end of a text, as far as it is kept: from the beginning of a line on, or at least of a character.
func kept(text string) string {
	from := len(text) - keptText
	if from <= 0 {
		return text
	}
	if i := strings.IndexByte(text[from-1:len(text)-1], '\n'); i >= 0 {
		from += i
	}
	for text[from]&0xC0 == 0x80 {
		from++
	}
	return strings.Clone(text[from:])
}

func (s *Session) print(chunks []shell.Chunk) {
	for _, c := range chunks {
		stream := Out
		if c.Stream == shell.Stderr {
			stream = Err
		}
		s.say(stream, c.Text)
	}
}

// Run starts a program for the shell.
func (s *Session) Run(in shell.Invocation) shell.Result {
	var stdin []byte
	if in.Piped {
		stdin = in.Stdin
	}
	if in.Args = s.unaliased(in.Args); len(in.Args) == 0 {
		return shell.Result{}
	}
	if res, no := s.refused(in.Args[0]); no {
		return res
	}
	switch in.Args[0] {
	case "kubectl", "k":
		env := s.env(stdin)
		if in.Shown {
			env.Kept = keptText
		}
		return s.start(s.breathe(kubectl.Run(env, in.Args[1:])))
	case "why":
		return s.start(kubectl.Why(s.env(stdin), in.Args[1:]))
	}
	if run, ok := find(in.Args[0]); ok {
		return run(s, in)
	}
	switch in.Args[0] { // those that run other commands, which a table of functions could not name
	case "help":
		return help(s, in)
	case "watch":
		return watch(s, in)
	case "curl", "wget", "nslookup":
		return fetch(s, in)
	case "traffic":
		return traffic(s, in)
	case "xargs":
		return xargs(s, in)
	case "compare":
		return compare(s, in)
	}
	if timeCommand(in.Args[0]) {
		return shell.Result{Stderr: in.Args[0] + ": this changes time itself; type it alone, not as part of another line\n", Code: 2}
	}
	message := in.Args[0] + ": command not found"
	if instead := elsewhere[in.Args[0]]; instead != "" {
		message += "; " + instead
	} else if near := nearest(in.Args[0]); near != "" {
		message += `; did you mean "` + near + `"?`
	}
	return shell.Result{Stderr: message + "\n", Code: 127}
}

// start takes the first result of a kubectl command, which may have only begun.
func (s *Session) start(res kubectl.Result) shell.Result {
	s.job = res.Job
	s.namespace = cmp.Or(res.Namespace, s.namespace)
	return shell.Result{Stdout: res.Stdout, Stderr: res.Stderr, Code: res.Code, Waiting: res.Job != nil}
}

// poll asks the command that waits whether it is over, until it has nothing to say, and runs what was typed meanwhile.
func (s *Session) poll() {
	for said := true; said && s.exec != nil && s.job != nil; {
		before := s.memory()
		res, done := s.pollJob(s.job)
		said = res.Stdout != "" || res.Stderr != ""
		if !done && !said {
			s.note(before)
			break
		}
		exec := s.exec
		s.waited(s.job)
		if done {
			s.job = nil
		}
		s.print(exec.Resume(s, shell.Result{Stdout: res.Stdout, Stderr: res.Stderr, Code: res.Code, Waiting: !done}))
		s.keep(exec)
		s.note(before)
		said = said || done
	}
	for len(s.pending) > 0 {
		switch r := s.room(); {
		case r != nil: // it was typed ahead
			r.typed, s.pending = append(r.typed, s.pending...), nil
			s.poll()
		case s.exec == nil:
			line := s.pending[0]
			s.pending = s.pending[1:]
			s.runLine(line)
		default:
			return
		}
	}
}

// pollJob asks a job, with what it needs.
func (s *Session) pollJob(j kubectl.Job) (kubectl.Result, bool) {
	if j, ok := j.(sessionJob); ok {
		return j.poll(s)
	}
	return j.Poll(s.env(nil))
}

// advanceTo lets time pass up to a moment, polling the command that waits and the goals after each thing that happens.
func (s *Session) advanceTo(end time.Duration) error {
	if s.machine != nil {
		s.advanceMachine(end, 0)
		return nil
	}
	rev := s.cluster.Revision()
	for {
		until := end
		if d, ok := s.deadline(); ok {
			until = min(until, max(d, s.cluster.Now()))
		}
		stopped, err := s.cluster.AdvanceUntil(until, func() bool { return s.cluster.Revision() != rev })
		if err != nil {
			return fmt.Errorf("playground: %w", err)
		}
		rev = s.cluster.Revision()
		s.poll()
		s.checkGoals()
		if !stopped && until == end {
			return nil
		}
	}
}

// deadline is when the command that waits wants to be asked even if nothing happens.
func (s *Session) deadline() (time.Duration, bool) {
	type deadliner interface {
		Deadline() (time.Duration, bool)
	}
	if d, ok := s.job.(deadliner); ok {
		return d.Deadline()
	}
	return 0, false
}
