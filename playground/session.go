package playground

import (
	"cmp"
	"maps"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// Stream says what a piece of the transcript is.
type Stream string

// The streams of a transcript: what the learner typed, what a command printed, and what it complained about.
const (
	Typed Stream = "in"
	Out   Stream = "out"
	Err   Stream = "err"
)

// Output is one piece of the transcript.
type Output struct {
	Stream Stream `json:"stream"`
	// Text is all of it or, of what a command printed, the last 200,000 bytes from the beginning of a line on.
	Text string `json:"text"`
	// Prompt is what stood before a typed line, if it was not the session's own prompt.
	Prompt string        `json:"prompt,omitempty"`
	At     time.Duration `json:"at"`
}

// Session is one learner's world. Use [Open] or [Load]. It belongs to one goroutine.
type Session struct {
	scenario Scenario
	cluster  *orchestrate.Cluster
	server   *request.Server
	state
	marks     []mark  // marks[i] is the moment before inputs[i]; some may be nil
	inputs    []Input // the log of this branch
	acted     []bool  // acted[i] tells that inputs[i] changed something
	undone    []undo  // what redo would bring back, the next one last
	branches  []Branch
	looking   bool          // at the past
	look      time.Duration // when looking: the moment on show
	generated uint64        // grows whenever history is rewritten
	frozen    *frozen       // not nil if the world is only looked at
	machine   *machine      // not nil if the terminal is on one; the cluster is empty then
}

// state is what besides the cluster makes a moment; a checkpoint copies it.
type state struct {
	vars      shell.Vars
	namespace string            // where kubectl looks; "" means default
	files     map[string]string // replaced, never edited
	aliases   map[string]string // words that stand for others; replaced, never edited
	exec      *shell.Exec       // the script that waits; nil at the prompt
	job       kubectl.Job       // what it waits for
	pending   []string          // lines typed meanwhile
	breathing
	transcript []Output
	reached    map[string]bool // goals by id; replaced, never edited
	step       int             // the first step whose goals are not all reached
}

// Open starts a session. The manifests of the scenario are applied and have come to rest; the clock then
// stands at the session's beginning. An error says what is wrong with the scenario.
func Open(sc Scenario) (*Session, error) {
	s, err := sc.begin()
	if err != nil {
		return nil, err
	}
	s.cluster = orchestrate.New(sc.options())
	s.server = request.New(s.cluster)
	if sc.Machine {
		s.machine = newMachine()
		s.glance()
		return s, nil
	}
	if err := s.prepare(); err != nil {
		return nil, err
	}
	s.checkGoals()
	return s, nil
}

// begin is a session without a world.
func (sc Scenario) begin() (*Session, error) {
	if err := sc.check(); err != nil {
		return nil, err
	}
	s := &Session{scenario: sc}
	s.state = state{vars: shell.Vars{}, files: map[string]string{}, reached: map[string]bool{}}
	maps.Copy(s.files, sc.Files)
	return s, nil
}

// options are those of the scenario's world.
func (sc Scenario) options() orchestrate.Options {
	if sc.Machine {
		return machineOptions(sc.Seed)
	}
	return orchestrate.Options{
		Seed: sc.Seed, Nodes: sc.Nodes, Catalog: sc.catalog(), Budget: 500_000, MaxHistory: 4_000_000,
		Staleness: time.Duration(sc.Staleness) * time.Millisecond,
	}
}

// prepare applies the scenario's manifests and waits for rest.
func (s *Session) prepare() error {
	if s.scenario.Start == "" {
		return nil
	}
	env := s.env([]byte(s.scenario.Start))
	s.cluster.Input("scenario", "kubectl apply -f -")
	if res := kubectl.Run(env, []string{"apply", "-f", "-"}); res.Code != 0 {
		return fmt.Errorf("playground: the scenario's manifests were refused: %s", res.Stderr)
	}
	_, err := s.cluster.Settle(startTime)
	return err
}

// env is what kubectl sees of the session.
func (s *Session) env(stdin []byte) *kubectl.Env {
	return &kubectl.Env{Server: s.server, Namespace: cmp.Or(s.namespace, "default"), Files: s, Stdin: stdin, Width: 80, Exec: s.execIn, Ask: s.pollJob}
}

// Scenario is where the session started. It must not be changed.
func (s *Session) Scenario() Scenario { return s.scenario }

// Cluster is the world. Reading it is safe between calls; writing to it is not part of the log.
func (s *Session) Cluster() *orchestrate.Cluster { return s.cluster }

// Now is the present: virtual time since the epoch.
func (s *Session) Now() time.Duration { return s.cluster.Now() }

// Shown is the moment on show: the present, or the past one that [Session.Seek] went to.
func (s *Session) Shown() time.Duration {
	if s.looking {
		return s.look
	}
	return s.cluster.Now()
}

// Live tells whether the present is on show.
func (s *Session) Live() bool { return !s.looking }

// Busy tells whether a command is still running, so that there is no prompt. A shell in a container that waits for a line has one.
func (s *Session) Busy() bool {
	if s.machine != nil {
		return !s.machine.idle()
	}
	r := s.room()
	return s.exec != nil && (r == nil || !r.idle())
}

// Transcript is everything that was typed and printed so far. It must not be changed.
func (s *Session) Transcript() []Output { return s.transcript }

// Type takes a line (or several, as pasted), runs it, and returns what it printed at once. A command that waits goes on as
// time passes; lines typed meanwhile are run after it. Typed while looking at the past, or after an undo, it forks:
// what came after that moment is kept as a branch.
func (s *Session) Type(text string) ([]Output, error) {
	return s.enter(Input{Kind: "line", Text: text})
}

// Aside is [Session.Type] of a line that nobody typed into the terminal but a button of the page did: if the terminal is in a
// container, it is run beside that.
func (s *Session) Aside(text string) ([]Output, error) {
	if s.room() == nil {
		return s.Type(text)
	}
	return s.enter(Input{Kind: "aside", Text: text})
}

// Interrupt is Ctrl-C: it ends the command that waits and forgets the lines typed meanwhile.
func (s *Session) Interrupt() ([]Output, error) {
	return s.enter(Input{Kind: "interrupt"})
}

// maxInput is how long one input may be, in bytes.
const maxInput = 256 << 10

func (s *Session) enter(in Input) ([]Output, error) {
	if len(in.Text) > maxInput {
		return nil, fmt.Errorf("playground: %d bytes are too long for one input; at most %d are taken", len(in.Text), maxInput)
	}
	in.Text = strings.ToValidUTF8(in.Text, "\ufffd") // as a saved session would hold it
	if s.frozen != nil {
		from := len(s.transcript)
		s.lookAround(in)
		return s.transcript[from:], nil
	}
	if len(s.inputs) >= maxInputs {
		return nil, fmt.Errorf("playground: this session has %d inputs, which is the most it keeps; start a new one", maxInputs)
	}
	if err := s.forkHere(); err != nil {
		return nil, err
	}
	from := len(s.transcript)
	in.At = s.cluster.Now()
	s.markHere()
	s.take(in)
	return s.transcript[from:], nil
}

// Advance lets virtual time pass, less of it on a machine that is hard at work, and returns what waiting commands printed
// meanwhile. While the past is on show, the
// present goes on all the same.
func (s *Session) Advance(d time.Duration) ([]Output, error) {
	if s.frozen != nil {
		return nil, nil
	}
	from := len(s.transcript)
	if s.machine != nil {
		s.tickMachine(s.cluster.Now() + d)
		return s.transcript[from:], nil
	}
	err := s.advanceTo(s.cluster.Now() + d)
	return s.transcript[from:], err
}

// longestStep is how far Step goes if nothing happens.
const longestStep = 10 * time.Minute

// Step lets time pass up to the next thing a person would call one: a pod that changes, an event, output of the command that
// waits. If nothing of the kind happens it stops after ten minutes of virtual time. The past is left first.
func (s *Session) Step() error {
	s.GoLive()
	if s.frozen != nil {
		return nil
	}
	if s.machine != nil {
		s.stepMachine()
		return nil
	}
	said, end := len(s.transcript), s.cluster.Now()+longestStep
	watch := s.cluster.Watch(api.KindsOf(api.KindPod, api.KindEvent), s.cluster.Revision())
	for s.cluster.Now() < end && len(s.transcript) == said {
		if _, happened := watch.Next(); happened {
			break
		}
		next := end
		if due, ok := s.cluster.Due(); ok {
			next = min(next, due)
		}
		if due, ok := s.deadline(); ok {
			next = min(next, due)
		}
		if err := s.advanceTo(max(next, s.cluster.Now()+time.Millisecond)); err != nil {
			return err
		}
	}
	return nil
}

// Settle lets time pass until no command waits and the world is quiet, or the limit is over.
func (s *Session) Settle(limit time.Duration) ([]Output, error) {
	from := len(s.transcript)
	end := s.cluster.Now() + limit
	if s.machine != nil {
		s.settleMachine(end)
		return s.transcript[from:], nil
	}
	for s.frozen == nil && s.cluster.Now() < end {
		if due, ok := s.cluster.Due(); !s.Busy() && (!ok || due > s.cluster.Changed()+orchestrate.QuietFor) {
			break
		}
		if err := s.advanceTo(min(end, s.cluster.Now()+time.Second)); err != nil {
			return s.transcript[from:], err
		}
	}
	return s.transcript[from:], nil
}
