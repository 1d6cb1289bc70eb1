package playground

import (
	"errors"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// logFormat is the version of the saved form. In the one before, Hash was another sum, which is not compared any more.
const logFormat = 2

// maxEnd is how much virtual time a loaded session may span, and maxLog how many bytes it may have.
const (
	maxEnd = 30 * 24 * time.Hour
	maxLog = 4 << 20
)

// savedLog is a session as a file: not what the world looked like, but all that is needed to make it again.
type savedLog struct {
	Format   int           `json:"format"`
	Engine   string        `json:"engine"`
	Scenario Scenario      `json:"scenario"`
	Inputs   []Input       `json:"inputs"`
	End      time.Duration `json:"end"`
	Branches []Branch      `json:"branches,omitempty"`
	// Hash is the fingerprint of the world at End, which replaying must reach.
	Hash string `json:"hash"`
	// State is the world at End, as a List, and Reached are the goals reached by then: what an engine shows that would make
	// another world of the inputs. It is missing where the world is large.
	State   string   `json:"state,omitempty"`
	Reached []string `json:"reached,omitempty"`
}

// LogError says why a saved session is refused.
type LogError struct{ Reason string }

func (e *LogError) Error() string {
	return "playground: this saved session cannot be opened: " + e.Reason
}

// Save is the session as text, to be given to [Load] at any time and on any machine.
func (s *Session) Save() ([]byte, error) {
	if s.frozen != nil {
		return s.frozen.text, nil
	}
	return json.Marshal(savedLog{
		Format: logFormat, Engine: orchestrate.Version, Scenario: s.scenario,
		Inputs: s.inputs, End: s.cluster.Now(), Branches: s.branches, Hash: s.worldHash(),
		State: s.picture(), Reached: s.reachedGoals(),
	})
}

// ReadOn does some milliseconds of the work of the next [Session.Save], and tells whether that was all but the rest of it.
func (s *Session) ReadOn() bool { return s.frozen != nil || s.machine != nil || s.cluster.ReadOn() }

// Load makes a saved session again by replaying its log. One that another version of the engine made, or that does not come
// out as it was, is opened as it was saved, to be looked at: [Session.ReadOnly] says why. What is not a log, is too long, or
// was saved without its end state and cannot be replayed is refused with a *LogError.
func Load(text []byte) (*Session, error) {
	saved, err := readLog(text)
	if err != nil {
		return nil, err
	}
	if saved.Engine != orchestrate.Version {
		return saved.still(text, fmt.Sprintf("it was made by engine %q; this is engine %q, in which the same inputs could lead elsewhere", saved.Engine, orchestrate.Version))
	}
	s, err := Open(saved.Scenario)
	if err != nil {
		return saved.still(text, err.Error())
	}
	if saved.End < s.cluster.Now() {
		return saved.still(text, fmt.Sprintf("it ends at %v, before its scenario has begun", saved.End))
	}
	if err := s.replay(saved.Inputs, saved.End); err != nil {
		return saved.still(text, "replaying it failed: "+err.Error())
	}
	if hash := s.worldHash(); hash != saved.Hash && saved.Format == logFormat {
		return saved.still(text, fmt.Sprintf("replaying it led to another world (%s) than it was saved from (%s)", hash, saved.Hash))
	}
	s.branches = saved.Branches
	return s, nil
}

func readLog(text []byte) (savedLog, error) {
	var saved savedLog
	if len(text) > maxLog {
		return saved, &LogError{fmt.Sprintf("it has %d bytes; at most %d are taken", len(text), maxLog)}
	}
	if err := schema.Unmarshal(text, &saved); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			return saved, &LogError{fmt.Sprintf("it is not JSON from byte %d on: %v", syntax.Offset, syntax)}
		}
		return saved, &LogError{err.Error()}
	}
	switch {
	case saved.Format < 1 || saved.Format > logFormat:
		return saved, &LogError{fmt.Sprintf("its format is %d; this engine reads formats up to %d", saved.Format, logFormat)}
	case len(saved.Branches) > maxBranches:
		return saved, &LogError{fmt.Sprintf("it has %d branches; at most %d are kept", len(saved.Branches), maxBranches)}
	}
	for i, b := range append([]Branch{{saved.Inputs, saved.End}}, saved.Branches...) {
		if err := checkBranch(b); err != nil {
			return saved, &LogError{fmt.Sprintf("branch %d: %v", i, err)}
		}
	}
	return saved, nil
}

func checkBranch(b Branch) error {
	if len(b.Inputs) > maxInputs {
		return fmt.Errorf("it has %d inputs; at most %d are kept", len(b.Inputs), maxInputs)
	}
	if b.End < 0 || b.End > maxEnd {
		return fmt.Errorf("it ends at %v; the end lies between 0 and %v", b.End, maxEnd)
	}
	last := time.Duration(0)
	for i, in := range b.Inputs {
		switch {
		case in.At < last || in.At > b.End:
			return fmt.Errorf("input %d is of %v, which is not between the one before it (%v) and the end (%v)", i, in.At, last, b.End)
		case !in.isLine() && in.Kind != "interrupt" && in.Kind != "end":
			return fmt.Errorf("input %d is a %q; only line, aside, interrupt and end are known", i, in.Kind)
		case len(in.Text) > maxInput:
			return fmt.Errorf("input %d has %d bytes; at most %d are taken", i, len(in.Text), maxInput)
		}
		last = in.At
	}
	return nil
}
