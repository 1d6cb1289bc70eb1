package playground

import (
	"errors"
	"slices"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate"
)

// Input is one entry of the log.
type Input struct {
	// At is when it was given: virtual time since the epoch.
	At time.Duration `json:"at"`
	// Kind is "line", "interrupt" (Ctrl-C), "end" (Ctrl-D), or "aside": a line that goes past the container the terminal is in.
	Kind string `json:"kind"`
	// Text is what was typed.
	Text string `json:"text,omitempty"`
}

func (in *Input) isLine() bool { return in.Kind == "line" || in.Kind == "aside" }

// Branch is a course of events that is not the present one.
type Branch struct {
	// Inputs are what was typed in it, and End is how far it went.
	Inputs []Input       `json:"inputs"`
	End    time.Duration `json:"end"`
}

// Label is what tells a branch apart for people: its last line.
func (b Branch) Label() string {
	for _, in := range slices.Backward(b.Inputs) {
		if in.isLine() {
			return firstLine(in.Text)
		}
	}
	return ""
}

// mark is a moment the session can return to.
type mark struct {
	cluster *orchestrate.Checkpoint // nil if it is only known of it which step was at hand
	state   state
	step    int
}

// maxInputs is how many inputs a session keeps, and maxMarks how many of them it can return to without replaying more than a
// few others.
const (
	maxInputs   = 10_000
	maxMarks    = 64
	maxBranches = 20
)

// take makes an input the last of the log, and carries it out.
func (s *Session) take(in Input) {
	s.inputs, s.acted = append(s.inputs, in), append(s.acted, false)
	s.apply(in)
}

// ErrNothing says that there is nothing to undo, or nothing to redo.
var ErrNothing = errors.New("playground: there is nothing more")

// Inputs is the log of this branch. It must not be changed.
func (s *Session) Inputs() []Input { return s.inputs }

// Branches are the other courses of events, the oldest first. They must not be changed.
func (s *Session) Branches() []Branch { return s.branches }

// markHere notes this moment as the one before the next input.
func (s *Session) markHere() {
	for len(s.marks) < len(s.inputs) {
		s.marks = append(s.marks, mark{step: s.step})
	}
	if s.machine != nil { // which cannot be copied
		s.marks = append(s.marks, mark{step: s.step})
		return
	}
	s.marks = append(s.marks, mark{s.cluster.Checkpoint(), s.state.clone(), s.step})
	if held(s.marks) > maxMarks {
		thin(s.marks)
	}
}

func held(marks []mark) int {
	n := 0
	for _, m := range marks {
		if m.cluster != nil {
			n++
		}
	}
	return n
}

// thin drops every second mark of the older half.
func thin(marks []mark) {
	drop := false
	for i := 1; i < len(marks)/2; i++ {
		if marks[i].cluster != nil {
			if drop {
				marks[i] = mark{step: marks[i].step}
			}
			drop = !drop
		}
	}
}

// clone is a copy of the moment's state that goes its own way.
func (st state) clone() state {
	st.vars = st.vars.Clone()
	st.transcript = slices.Clip(st.transcript)
	if st.exec != nil {
		st.exec = st.exec.Clone()
	}
	if st.job != nil {
		st.job = st.job.Clone()
	}
	return st
}

// replay makes these inputs the log, and end the present. It goes back to the latest mark that still holds and
// replays from there.
func (s *Session) replay(inputs []Input, end time.Duration) error {
	same := 0
	for same < min(len(inputs), len(s.inputs)) && inputs[same] == s.inputs[same] {
		same++
	}
	from := -1
	for i := min(same, len(s.marks)-1); i >= 0; i-- {
		if m := s.marks[i].cluster; m != nil && m.Now() <= end && (i >= len(inputs) || m.Now() <= inputs[i].At) {
			from = i
			break
		}
	}
	if from < 0 {
		begin := end
		if same < len(inputs) {
			begin = inputs[same].At
		}
		if len(s.inputs) == same && s.cluster.Now() <= begin && (same == 0 || s.machine != nil) {
			from = same // nothing was typed that is not to be, and nothing is to be typed earlier: this moment will do
			s.marks = s.marks[:min(same, len(s.marks))]
		} else if err := s.restart(); err != nil {
			return err
		}
	} else if err := s.restore(from); err != nil {
		return err
	}
	from = max(from, 0)
	s.inputs, s.acted = slices.Clone(inputs[:from]), slices.Clone(s.acted[:from])
	undone := s.undone
	s.undone = nil // lines that are replayed are no news
	defer func() { s.undone = undone }()
	for _, in := range inputs[from:] {
		if err := s.advanceTo(in.At); err != nil {
			return err
		}
		s.markHere()
		s.take(in)
	}
	s.looking = false
	s.generated++
	return s.advanceTo(end)
}

// restore goes back to a mark and drops it and all later ones, because replaying makes them anew.
func (s *Session) restore(i int) error {
	m := s.marks[i]
	if err := s.cluster.Restore(m.cluster); err != nil {
		return err
	}
	s.state = m.state.clone()
	s.marks = s.marks[:i]
	return nil
}

// restart goes back to the beginning.
func (s *Session) restart() error {
	fresh, err := Open(s.scenario)
	if err != nil {
		return err
	}
	s.Close()
	s.cluster, s.server, s.state, s.marks, s.machine = fresh.cluster, fresh.server, fresh.state, nil, fresh.machine
	return nil
}

// Reset goes back to the beginning. What happened is kept as a branch.
func (s *Session) Reset() error {
	if err := s.thaw(); err != nil {
		return err
	}
	s.keepBranch()
	s.undone = nil
	fresh, err := Open(s.scenario)
	if err != nil {
		return err
	}
	fresh.Close()
	return s.replay(nil, fresh.Now())
}

// ResetStep goes back to where the step at hand began: before the first line typed in it. What happened since is kept as a
// branch.
func (s *Session) ResetStep() error {
	first := 0
	for first < len(s.marks) && s.marks[first].step != s.step {
		first++
	}
	if first >= len(s.inputs) || s.frozen != nil {
		return ErrNothing
	}
	s.keepBranch()
	s.undone = nil
	return s.replay(s.inputs[:first], s.inputs[first].At)
}

// Seek shows a moment: at the present or later it goes live, before that it looks at the past and changes
// nothing. A moment before the beginning is the beginning.
func (s *Session) Seek(at time.Duration) {
	s.looking = at < s.cluster.Now() && s.frozen == nil
	s.look = max(at, 0)
}

// GoLive shows the present.
func (s *Session) GoLive() { s.looking = false }

// forkHere makes the moment on show the present if it is not, and keeps what came after it as a branch.
func (s *Session) forkHere() error {
	if !s.looking {
		return nil
	}
	s.keepBranch()
	at := s.look
	kept := s.inputs
	for len(kept) > 0 && kept[len(kept)-1].At > at {
		kept = kept[:len(kept)-1]
	}
	s.undone = nil
	return s.replay(kept, at)
}

// keepBranch keeps the present course as a branch, if anything was typed in it.
func (s *Session) keepBranch() {
	if len(s.undone) > 0 {
		s.keepUndone()
	} else if len(s.inputs) > 0 {
		s.addBranch(Branch{Inputs: slices.Clone(s.inputs), End: s.cluster.Now()})
	}
}

// addBranch keeps a branch; the oldest goes when there are too many.
func (s *Session) addBranch(b Branch) {
	s.branches = append(s.branches, b)
	if len(s.branches) > maxBranches {
		s.branches = s.branches[1:]
	}
}

// Switch makes another branch the present; the present one takes its place in the list.
func (s *Session) Switch(i int) error {
	if s.frozen != nil {
		return errReadOnly
	}
	if i < 0 || i >= len(s.branches) {
		return fmt.Errorf("playground: there is no branch %d; there are %d", i, len(s.branches))
	}
	target := s.branches[i]
	here := Branch{Inputs: slices.Clone(s.inputs), End: s.cluster.Now()}
	if err := s.replay(target.Inputs, target.End); err != nil {
		return err
	}
	s.branches[i] = here
	s.undone = nil
	return nil
}
