package playground

import "github.com/slipway-dev/slipway/orchestrate/api"

// Picture is a moment as a page draws it, for whoever shows it without an engine: the goal of a lesson's step, for example.
type Picture struct {
	// Patch and Labels are messages as docs/wire.md has them. The patch adds everything there is to an empty page; Labels is
	// the panel of that name.
	Patch, Labels []byte
	// Stems are the names that were made up, by the pod's key: the part a person or a controller gave. In another run the rest
	// is another.
	Stems map[string]string
}

// Picture draws the moment on show. The bytes are the caller's.
func (s *Session) Picture() Picture {
	p := Picture{Patch: newPainter(s).paint(), Stems: map[string]string{}}
	labels := panels{names: []string{"labels"}}
	labels.write(s, func(message []byte) { p.Labels = message })
	for _, o := range s.snapshot().List(api.KindPod) {
		if m := o.Meta(); m.GenerateName != "" {
			p.Stems[keyOf(api.KindPod, m.Namespace, m.Name)] = m.GenerateName
		}
	}
	return p
}
