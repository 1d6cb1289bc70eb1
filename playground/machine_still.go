//go:build !engine || machine

package playground

import (
	"slices"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// The end state of a machine travels with its log as what was drawn of it, for an engine that would make another machine of the same lines.

// picture is the machine as it is drawn; "" if that is too much to be saved with every log.
func (m *machine) picture() string {
	items := m.view(nil)
	if len(items) > maxPictured {
		return ""
	}
	p := &pen{}
	p.begin("", '{')
	p.begin("items", '[')
	for _, it := range items {
		p.begin("", '{')
		p.text("kind", machineKinds[it.kind])
		p.name("item")
		p.b = append(p.b, it.text...)
		p.end('}')
	}
	p.end(']')
	p.end('}')
	return string(p.b)
}

// pictured are the items of a picture. They come from outside: the page holds each to its form, and here they are written anew.
func pictured(state string) ([]drawing, error) {
	var in struct {
		Items []struct {
			Kind string         `json:"kind"`
			Item map[string]any `json:"item"`
		} `json:"items"`
	}
	if err := schema.Unmarshal([]byte(state), &in); err != nil {
		return nil, err
	}
	var out []drawing
	for i, it := range in.Items {
		kind := slices.Index(machineKinds[:], it.Kind)
		key, ok := it.Item["key"].(string)
		if kind < 0 || !ok {
			return nil, fmt.Errorf("item %d has no key, or is of the unknown kind %q", i, it.Kind)
		}
		text, err := schema.MarshalTree(it.Item)
		if err != nil {
			return nil, err
		}
		out = append(out, drawing{kind, key, text})
	}
	return out, nil
}

// stillMachine opens a machine that is only looked at: behind the picture stands a new one, to which nobody can type.
func (saved *savedLog) stillMachine(s *Session) error {
	items, err := pictured(saved.State)
	if err != nil {
		return err
	}
	if s.cluster, err = orchestrate.Still(s.scenario.options(), saved.End, nil); err != nil {
		return err
	}
	s.server = request.New(s.cluster)
	s.machine = newMachine()
	s.machine.scenes = []scene{{saved.End, items}}
	return nil
}
