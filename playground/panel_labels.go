package playground

import (
	"errors"
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Most of what the panel of labels lists; it says how many more there are.
const (
	mostChips = 120
	mostSets  = 40
)

// labelSet is a selector as the live set of pods it finds.
type labelSet struct {
	key, kind, name string
	namespace       string // where it looks; "" everywhere
	selector        labels.Selector
	count           int64
}

// finds tells whether a pod is in the set.
func (l *labelSet) finds(p *api.Pod) bool {
	return (l.namespace == "" || l.namespace == p.Namespace) && l.selector.Matches(labels.Set(p.Labels))
}

// writeLabels is the panel of labels: pods as chips, selectors as the sets they find, and for the pod on show why it is in a
// set or not.
func writeLabels(v *panelView, p *pen) {
	v.writeSubject(p)
	sets, moreSets := selectors(v.sn)
	typed, err := labels.Parse(v.typed)
	if v.typed != "" && err == nil {
		sets = append([]labelSet{{kind: "typed", name: v.typed, selector: typed}}, sets...)
	}
	writeTyped(p, v.typed, err)
	p.begin("chips", '[')
	chips, more := 0, int64(0)
	for _, o := range v.sn.List(api.KindPod) {
		pod, ok := o.(*api.Pod)
		if !ok {
			continue
		}
		room := chips < mostChips
		if room {
			chips++
			beginChip(p, pod)
		} else {
			more++
		}
		for i := range sets {
			if sets[i].finds(pod) {
				sets[i].count++
				if room {
					p.number("", int64(i))
				}
			}
		}
		if room {
			p.end(']')
			p.end('}')
		}
	}
	p.end(']')
	p.number("moreChips", more)
	writeSets(p, sets, moreSets)
	v.writeReasons(p, sets)
}

// beginChip writes a pod up to the list of the sets it is in.
func beginChip(p *pen, pod *api.Pod) {
	seen := viewPod(pod)
	p.begin("", '{')
	p.text("key", seen.Key)
	p.text("name", seen.Name)
	p.text("tone", string(seen.Tone))
	p.text("shape", shape(seen.Tone))
	p.text("state", seen.State)
	p.texts("labels", pairs(pod.Labels))
	p.begin("in", '[')
}

// pairs are labels as key=value, by key.
func pairs(set map[string]string) []string {
	out := make([]string, 0, len(set))
	for _, k := range slices.Sorted(maps.Keys(set)) {
		out = append(out, k+"="+set[k])
	}
	return out
}

func writeTyped(p *pen, text string, err error) {
	p.begin("typed", '{')
	p.text("text", text)
	message, at, end := "", int64(-1), int64(-1)
	if err != nil && text != "" {
		message = err.Error()
		if bad, ok := errors.AsType[*labels.ParseError](err); ok {
			at, end = int64(bad.Offset), int64(bad.End)
		}
	}
	p.text("error", message)
	p.number("at", at)
	p.number("end", end)
	p.end('}')
}

func writeSets(p *pen, sets []labelSet, more int64) {
	p.begin("sets", '[')
	for i := range sets {
		s := &sets[i]
		p.begin("", '{')
		p.text("key", s.key)
		p.text("kind", s.kind)
		p.text("name", s.name)
		p.text("selector", s.selector.String())
		p.number("count", s.count)
		p.end('}')
	}
	p.end(']')
	p.number("moreSets", more)
}

// writeReasons tells of the pod on show, set by set and requirement by requirement, why it is in or not.
func (v *panelView) writeReasons(p *pen, sets []labelSet) {
	p.begin("reasons", '[')
	o, _ := v.object()
	if pod, ok := o.(*api.Pod); ok {
		for i := range sets {
			s := &sets[i]
			if s.namespace != "" && s.namespace != pod.Namespace {
				continue
			}
			e := s.selector.Explain(labels.Set(pod.Labels))
			p.begin("", '{')
			p.number("set", int64(i))
			p.truth("matches", e.Matches)
			p.begin("lines", '[')
			for _, r := range e.Reasons {
				p.begin("", '{')
				p.text("want", r.Requirement.String())
				p.truth("holds", r.Holds)
				p.text("why", r.Why)
				p.end('}')
			}
			p.end(']')
			p.end('}')
		}
	}
	p.end(']')
}

// selectors are the selectors of a moment's objects: Services, then Deployments, then ReplicaSets that want pods, each by
// namespace and name. More is how many were left out.
func selectors(sn store.Snapshot) (sets []labelSet, more int64) {
	for _, kind := range []api.Kind{api.KindService, api.KindDeployment, api.KindReplicaSet} {
		for _, o := range sn.List(kind) {
			s, ok := selectorOf(o)
			if !ok {
				continue
			}
			if len(sets) == mostSets {
				more++
				continue
			}
			m := o.Meta()
			sets = append(sets, labelSet{
				key: keyOf(kind, m.Namespace, m.Name), kind: kind.String(), name: m.Name, namespace: m.Namespace, selector: s,
			})
		}
	}
	return sets, more
}

// selectorOf is the selector by which an object finds its pods; false if it has none, or wants none.
func selectorOf(o api.Object) (labels.Selector, bool) {
	var s *api.LabelSelector
	switch o := o.(type) {
	case *api.Service:
		return labels.SelectorFromSet(labels.Set(o.Spec.Selector)), len(o.Spec.Selector) > 0
	case *api.Deployment:
		s = o.Spec.Selector
	case *api.ReplicaSet:
		if o.Status.Replicas == 0 && o.Spec.Replicas != nil && *o.Spec.Replicas == 0 {
			return labels.Selector{}, false
		}
		s = o.Spec.Selector
	}
	if s == nil {
		return labels.Selector{}, false
	}
	sel, err := s.Compile()
	return sel, err == nil
}
