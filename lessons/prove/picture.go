package prove

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/slipway-dev/slipway/lessons"
	"github.com/slipway-dev/slipway/playground"
)

// Picture is what is wanted of a step, as a page draws it: the world to which the step's solution leads. It is an
// illustration. What decides are the goals, and they may be reached by another way to another world.
type Picture struct {
	Step string `json:"step"`
	// Show is the drawing: "cluster" or "labels".
	Show string `json:"show"`
	// Patch and Labels are messages of docs/wire.md; Labels is left out where the cluster is drawn.
	Patch  json.RawMessage `json:"patch"`
	Labels json.RawMessage `json:"labels,omitempty"`
	// Stems are the given parts of names whose rest is made up, by key.
	Stems map[string]string `json:"stems"`
}

// Pictures plays a lesson's solutions in order and draws each step that has goals, unless the lesson wants no picture of it.
// The error says why the lesson cannot be played, or which step has no moment to draw.
func Pictures(l *lessons.Lesson) ([]Picture, error) {
	sc, err := scenario(l.Scenario)
	if err != nil {
		return nil, err
	}
	s, err := playground.Open(sc)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	out := []Picture{}
	for i, step := range sc.Steps {
		want := l.Scenario.Steps[i].Picture
		if err := play(s, l.Scenario.Steps[i].Does); err != nil {
			return nil, err
		}
		reached, err := playWatching(s, step, want == lessons.PictureMoment)
		if err != nil {
			return nil, err
		}
		if len(step.Goals) == 0 || want == lessons.PictureNone || sc.Machine {
			continue
		}
		drawn := s.Picture()
		if want == lessons.PictureMoment {
			if reached == nil {
				return nil, fmt.Errorf("prove: step %s: its solution does not reach its goals, so there is no moment to draw", step.ID)
			}
			drawn = *reached
		}
		p, err := picture(step.ID, want, drawn)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// playWatching types the lines of a solution. With watch it also draws the moment at which the last goal of the step was
// reached; nil if that never was.
func playWatching(s *playground.Session, step playground.Step, watch bool) (*playground.Picture, error) {
	if !watch {
		return nil, play(s, step.Solution)
	}
	var reached *playground.Picture
	for i, line := range step.Solution {
		if _, err := s.Type(line); err != nil {
			return nil, err
		}
		for end := s.Now() + settleFor; i == len(step.Solution)-1 && s.Now() < end && reached == nil; {
			if all(goals(s, step.ID)) {
				p := s.Picture()
				reached = &p
			} else if _, err := s.Advance(watchEvery); err != nil {
				return nil, err
			}
		}
		if _, err := s.Settle(settleFor); err != nil {
			return nil, err
		}
	}
	return reached, nil
}

// watchEvery is how often a moment is looked for: shorter than anything a kubelet does.
const watchEvery = 50 * time.Millisecond

func all(goals []playground.GoalState) bool {
	for _, g := range goals {
		if !g.Reached {
			return false
		}
	}
	return true
}

// picture puts a drawn moment into the form of the file, without what happened before it and how the goals stand.
func picture(step, want string, drawn playground.Picture) (Picture, error) {
	p := Picture{Step: step, Show: "cluster", Stems: drawn.Stems}
	if want == lessons.PictureLabels {
		p.Show, p.Labels = "labels", drawn.Labels
	}
	var patch map[string]json.RawMessage
	if err := json.Unmarshal(drawn.Patch, &patch); err != nil {
		return p, err
	}
	patch["events"], patch["goals"] = json.RawMessage("[]"), json.RawMessage("[]")
	var err error
	p.Patch, err = json.Marshal(patch)
	return p, err
}

// seen is what the picture of a step shows of the world as it is, without times and numbers of writes; "" if nothing is drawn of
// it at rest.
func seen(s *playground.Session, step lessons.Step) string {
	drawn, keys := s.Picture().Patch, []string{"nodes", "pods", "services", "traffic"}
	switch {
	case s.Machine() != nil || len(step.Goals) == 0 || step.Picture == lessons.PictureNone || step.Picture == lessons.PictureMoment:
		return ""
	case step.Picture == lessons.PictureLabels:
		drawn, keys = s.Picture().Labels, []string{"chips", "sets"}
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(drawn, &fields); err != nil {
		return ""
	}
	text := ""
	for _, key := range keys {
		text += string(fields[key])
	}
	return text
}
