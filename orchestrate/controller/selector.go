package controller

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// selects tells whether a selector finds an object with these labels. A missing selector finds nothing.
func selects(s *api.LabelSelector, labels map[string]string) bool {
	if s == nil {
		return false
	}
	//order:irrelevant all of them must hold
	for k, v := range s.MatchLabels {
		if have, ok := labels[k]; !ok || have != v {
			return false
		}
	}
	for i := range s.MatchExpressions {
		if !holds(&s.MatchExpressions[i], labels) {
			return false
		}
	}
	return true
}

func holds(r *api.LabelSelectorRequirement, labels map[string]string) bool {
	value, there := labels[r.Key]
	switch r.Operator {
	case api.LabelIn:
		return there && slices.Contains(r.Values, value)
	case api.LabelNotIn:
		return !there || !slices.Contains(r.Values, value)
	case api.LabelExists:
		return there
	case api.LabelDoesNotExist:
		return !there
	}
	return false
}

// selectsAll tells whether a selector has no condition: it would find every object.
func selectsAll(s *api.LabelSelector) bool {
	return s != nil && len(s.MatchLabels) == 0 && len(s.MatchExpressions) == 0
}

// contains tells whether all of part is in labels.
func contains(labels, part map[string]string) bool {
	//order:irrelevant all of them must hold
	for k, v := range part {
		if have, ok := labels[k]; !ok || have != v {
			return false
		}
	}
	return true
}
