package playground

import (
	"maps"
	"strconv"

	"github.com/slipway-dev/slipway/playground/kubectl"
)

// GoalState is how one goal stands.
type GoalState struct {
	// ID is the goal's, and Step that of the step it belongs to.
	ID, Step string
	// Reached tells that it has been met while its step was the one to do; it stays so.
	Reached bool
	// Met tells that it is met now.
	Met bool
	// Err is why it cannot be judged, if so: a mistake in the lesson.
	Err error
}

// Goals tells how every goal of the scenario stands, in order.
func (s *Session) Goals() []GoalState {
	var out []GoalState
	for _, step := range s.scenario.Steps {
		for _, g := range step.Goals {
			met, err := s.met(g)
			out = append(out, GoalState{ID: g.ID, Step: step.ID, Reached: s.reached[g.ID], Met: met, Err: err})
		}
	}
	return out
}

// met tells whether a goal is met now.
func (s *Session) met(g Goal) (bool, error) {
	if g.Run != "" {
		return s.printsWhatItShould(g), nil
	}
	return kubectl.GoalMet(s.env(nil), kubectl.Goal{Resource: g.Resource, Namespace: g.Namespace, For: g.For})
}

// checkGoals notes the goals of the step at hand that are met, and goes on to the next step when it has them all. A
// step waits for the ones before it, so that a goal like "is gone" cannot be met before the thing was there.
func (s *Session) checkGoals() {
	for s.step < len(s.scenario.Steps) {
		all := true
		for _, g := range s.scenario.Steps[s.step].Goals {
			if s.reached[g.ID] {
				continue
			}
			if met, err := s.met(g); err == nil && met {
				reached := maps.Clone(s.reached)
				reached[g.ID] = true
				s.reached = reached
				continue
			}
			all = false
		}
		if !all {
			return
		}
		s.step++
	}
}

// appendGoals writes the goals as docs/wire.md has them, without the brackets around.
func (s *Session) appendGoals(b []byte) []byte {
	for _, step := range s.scenario.Steps {
		for _, g := range step.Goals {
			if len(b) > 0 {
				b = append(b, ',')
			}
			b = appendField(append(b, '{'), "id", g.ID)
			b = append(strconv.AppendBool(append(b, `,"met":`...), s.reached[g.ID]), '}')
		}
	}
	return b
}
