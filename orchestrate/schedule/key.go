package schedule

import (
	"slices"
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// key appends to b what decides how good each node is for a pod: it is the same for two pods only if every node is equally good
// for both. Words carry their length and lists their brackets, so that nothing can pass for something else.
func (n *need) key(b []byte) []byte {
	p := n.pod
	b = pairs(pairs(word(b, p.Namespace), p.Labels), p.Spec.NodeSelector)
	for i := range p.OwnerReferences {
		if ref := &p.OwnerReferences[i]; ref.Controller != nil && *ref.Controller {
			b = word(word(b, ref.Kind), ref.Name)
		}
	}
	b = amounts(amounts(append(b, ';'), &n.used), &n.asked)
	for i := range p.Spec.Tolerations {
		t := &p.Spec.Tolerations[i]
		b = word(word(word(word(b, t.Key), string(t.Operator)), t.Value), string(t.Effect))
	}
	b = append(b, ';')
	for _, h := range n.ports {
		b = number(word(word(b, string(h.protocol)), h.address), int64(h.port))
	}
	b = images(images(append(b, ';'), p.Spec.Containers), p.Spec.InitContainers)
	for i := range p.Spec.TopologySpreadConstraints {
		b = spreadKey(b, &p.Spec.TopologySpreadConstraints[i])
	}
	if a := p.Spec.Affinity; a != nil {
		b = nodeAffinityKey(append(b, ';'), a.NodeAffinity)
		b = podAffinityKey(podAffinityKey(b, a.PodAffinity), a.PodAntiAffinity)
	}
	return b
}

func word(b []byte, s string) []byte {
	return append(append(strconv.AppendInt(b, int64(len(s)), 36), ':'), s...)
}

func number(b []byte, n int64) []byte { return append(strconv.AppendInt(b, n, 36), ',') }

func words(b []byte, list []string) []byte {
	b = append(b, '[')
	for _, s := range list {
		b = word(b, s)
	}
	return append(b, ']')
}

func pairs(b []byte, m map[string]string) []byte {
	var few [8]string
	keys := few[:0]
	//order:irrelevant sorted below
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	b = append(b, '[')
	for _, k := range keys {
		b = word(word(b, k), m[k])
	}
	return append(b, ']')
}

func amounts(b []byte, r *Resources) []byte {
	b = number(number(number(b, r.CPU), r.Memory), r.Storage)
	for _, name := range r.others() {
		b = number(word(b, string(name)), r.Other[name])
	}
	return append(b, ';')
}

func images(b []byte, list []api.Container) []byte {
	for i := range list {
		b = word(b, list[i].Image)
	}
	return append(b, ';')
}

func spreadKey(b []byte, c *api.TopologySpreadConstraint) []byte {
	b = word(word(number(b, int64(c.MaxSkew)), c.TopologyKey), string(c.WhenUnsatisfiable))
	b = words(selectorKey(b, c.LabelSelector), c.MatchLabelKeys)
	if c.MinDomains != nil {
		b = number(b, int64(*c.MinDomains))
	}
	for _, policy := range []*api.NodeInclusionPolicy{c.NodeAffinityPolicy, c.NodeTaintsPolicy} {
		if policy != nil {
			b = append(b, (*policy)[0])
		}
		b = append(b, ';')
	}
	return b
}

func selectorKey(b []byte, s *api.LabelSelector) []byte {
	if s == nil {
		return append(b, '-')
	}
	b = pairs(b, s.MatchLabels)
	for i := range s.MatchExpressions {
		e := &s.MatchExpressions[i]
		b = words(word(word(b, e.Key), string(e.Operator)), e.Values)
	}
	return append(b, ';')
}

func nodeAffinityKey(b []byte, a *api.NodeAffinity) []byte {
	if a == nil {
		return append(b, '-')
	}
	if r := a.RequiredDuringSchedulingIgnoredDuringExecution; r != nil {
		for i := range r.NodeSelectorTerms {
			b = nodeTermKey(b, &r.NodeSelectorTerms[i])
		}
	}
	b = append(b, ';')
	for i := range a.PreferredDuringSchedulingIgnoredDuringExecution {
		wish := &a.PreferredDuringSchedulingIgnoredDuringExecution[i]
		b = nodeTermKey(number(b, int64(wish.Weight)), &wish.Preference)
	}
	return append(b, ';')
}

func nodeTermKey(b []byte, t *api.NodeSelectorTerm) []byte {
	b = append(b, '(')
	for _, list := range [][]api.NodeSelectorRequirement{t.MatchExpressions, t.MatchFields} {
		for i := range list {
			b = words(word(word(b, list[i].Key), string(list[i].Operator)), list[i].Values)
		}
		b = append(b, ')')
	}
	return b
}

func podAffinityKey(b []byte, a *api.PodAffinity) []byte {
	if a == nil {
		return append(b, '-')
	}
	for i := range a.RequiredDuringSchedulingIgnoredDuringExecution {
		b = podTermKey(b, &a.RequiredDuringSchedulingIgnoredDuringExecution[i])
	}
	b = append(b, ';')
	for i := range a.PreferredDuringSchedulingIgnoredDuringExecution {
		wish := &a.PreferredDuringSchedulingIgnoredDuringExecution[i]
		b = podTermKey(number(b, int64(wish.Weight)), &wish.PodAffinityTerm)
	}
	return append(b, ';')
}

func podTermKey(b []byte, t *api.PodAffinityTerm) []byte {
	b = selectorKey(selectorKey(word(b, t.TopologyKey), t.LabelSelector), t.NamespaceSelector)
	return words(words(words(b, t.Namespaces), t.MatchLabelKeys), t.MismatchLabelKeys)
}
