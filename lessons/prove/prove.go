// Package prove holds every goal of a lesson to its promise by playing the lesson.
//
//	for each step: its goals are unmet ──> its solution is typed ──> they are met
//	for each line: without it, some goal of its step is never met
//	for each picture of a goal: it shows something of what the step did
//
// A goal that is met from the start teaches nothing, and a line of a solution that could be left out confuses; both are
// findings.
package prove

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/slipway-dev/slipway/lessons"
	"github.com/slipway-dev/slipway/playground"
)

// settleFor is how long, in virtual time, a line of a solution may need.
const settleFor = 10 * time.Minute

// Finding is a promise the lesson does not keep.
type Finding struct {
	Step string `json:"step"`
	Goal string `json:"goal,omitempty"` // "" if it is about the whole step
	Text string `json:"text"`
}

// String is the finding in one line.
func (f Finding) String() string {
	if f.Goal == "" {
		return "step " + f.Step + ": " + f.Text
	}
	return "step " + f.Step + ", goal " + f.Goal + ": " + f.Text
}

// Lesson plays a lesson and tells what it does not keep; nothing if it keeps everything. The error says why it cannot be
// played at all.
func Lesson(l *lessons.Lesson) ([]Finding, error) {
	sc, err := scenario(l.Scenario)
	if err != nil {
		return nil, err
	}
	p := prover{scenario: sc, steps: l.Scenario.Steps}
	if err := p.whole(); err != nil {
		return nil, err
	}
	for i, step := range sc.Steps {
		for drop := range step.Solution {
			if err := p.without(i, drop); err != nil {
				return nil, err
			}
		}
	}
	return p.findings, nil
}

// scenario is the lesson's scenario as the playground reads it: the two have the same JSON.
func scenario(from lessons.Scenario) (playground.Scenario, error) {
	var to playground.Scenario
	b, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(b, &to)
	}
	return to, err
}

type prover struct {
	scenario playground.Scenario
	steps    []lessons.Step // the same steps, with what only the lesson knows of them
	findings []Finding
}

func (p *prover) find(step, goal, format string, args ...any) {
	p.findings = append(p.findings, Finding{step, goal, fmt.Sprintf(format, args...)})
}

// whole plays the solutions of all steps in order.
func (p *prover) whole() error {
	s, err := playground.Open(p.scenario)
	if err != nil {
		return err
	}
	defer s.Close()
	for i, step := range p.scenario.Steps {
		before := seen(s, p.steps[i])
		for _, g := range goals(s, step.ID) {
			switch {
			case g.Err != nil:
				p.find(step.ID, g.ID, "it cannot be judged: %v", g.Err)
			case g.Met || g.Reached:
				p.find(step.ID, g.ID, "it is met before its step is begun")
			}
		}
		if err := play(s, slices.Concat(p.steps[i].Does, step.Solution)); err != nil {
			return err
		}
		if before != "" && before == seen(s, p.steps[i]) {
			p.find(step.ID, "", "its picture shows nothing of it; write picture: moment, labels or none")
		}
		for _, g := range goals(s, step.ID) {
			if g.Err == nil && !g.Reached {
				p.find(step.ID, g.ID, "the solution does not reach it")
			}
		}
	}
	return nil
}

// without plays everything up to a step, and of that step all lines but one.
func (p *prover) without(at, drop int) error {
	s, err := playground.Open(p.scenario)
	if err != nil {
		return err
	}
	defer s.Close()
	for i, step := range p.scenario.Steps[:at] {
		if err := play(s, slices.Concat(p.steps[i].Does, step.Solution)); err != nil {
			return err
		}
	}
	step := p.scenario.Steps[at]
	if err := play(s, slices.Delete(slices.Clone(step.Solution), drop, drop+1)); err != nil {
		return err
	}
	for _, g := range goals(s, step.ID) {
		if !g.Reached {
			return nil
		}
	}
	p.find(step.ID, "", "line %d of the solution is not needed: %s", drop+1, step.Solution[drop])
	return nil
}

// goals are those of one step.
func goals(s *playground.Session, step string) []playground.GoalState {
	return slices.DeleteFunc(s.Goals(), func(g playground.GoalState) bool { return g.Step != step })
}

// play types lines and lets the world come to rest after each.
func play(s *playground.Session, lines []string) error {
	for _, line := range lines {
		if _, err := s.Type(line); err != nil {
			return err
		}
		if _, err := s.Settle(settleFor); err != nil {
			return err
		}
	}
	return nil
}
