package schedule

import (
	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// compile makes a selector ready to match. A missing one matches nothing, and so does one that validation would refuse.
func compile(s *api.LabelSelector) labels.Selector {
	if s == nil {
		return labels.Nothing()
	}
	form := labels.LabelSelector{MatchLabels: s.MatchLabels}
	for _, e := range s.MatchExpressions {
		form.MatchExpressions = append(form.MatchExpressions, labels.LabelSelectorRequirement{
			Key: e.Key, Operator: labels.LabelSelectorOperator(e.Operator), Values: e.Values,
		})
	}
	selector, err := form.Selector()
	if err != nil {
		return labels.Nothing()
	}
	return selector
}

// like narrows a selector to pods whose labels of these keys equal the pod's own; unlike, to those where they differ. Labels
// the pod does not have are left out. It does nothing to a selector that matches nothing.
func like(s labels.Selector, p *api.Pod, keys []string, op labels.Operator) labels.Selector {
	for _, key := range keys {
		value, ok := p.Labels[key]
		if !ok || s.IsNothing() {
			continue
		}
		if r, err := labels.NewRequirement(key, op, []string{value}); err == nil {
			s = s.Add(r)
		}
	}
	return s
}
