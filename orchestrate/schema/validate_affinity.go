package schema

import (
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

const (
	requiredTerms  = "requiredDuringSchedulingIgnoredDuringExecution"
	preferredTerms = "preferredDuringSchedulingIgnoredDuringExecution"
	weightRange    = "must be in the range 1-100"
	needsValues    = "must be specified when `operator` is 'In' or 'NotIn'"
	takesNoValues  = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
	noOperator     = "not a valid selector operator"
)

func (v *validator) affinity(at *api.Path, a *api.Affinity) {
	if a == nil {
		return
	}
	if n := a.NodeAffinity; n != nil {
		v.nodeAffinity(at.Child("nodeAffinity"), n)
	}
	v.podAffinity(at.Child("podAffinity"), a.PodAffinity)
	v.podAffinity(at.Child("podAntiAffinity"), a.PodAntiAffinity)
}

func (v *validator) nodeAffinity(at *api.Path, n *api.NodeAffinity) {
	if r := n.RequiredDuringSchedulingIgnoredDuringExecution; r != nil {
		here := at.Child(requiredTerms).Child("nodeSelectorTerms")
		if len(r.NodeSelectorTerms) == 0 {
			v.required(here, "must have at least one node selector term")
		}
		for i := range r.NodeSelectorTerms {
			v.nodeTerm(here.Index(i), &r.NodeSelectorTerms[i], true)
		}
	}
	for i := range n.PreferredDuringSchedulingIgnoredDuringExecution {
		p := &n.PreferredDuringSchedulingIgnoredDuringExecution[i]
		here := at.Child(preferredTerms).Index(i)
		v.weight(here.Child("weight"), p.Weight)
		v.nodeTerm(here.Child("preference"), &p.Preference, false)
	}
}

func (v *validator) weight(at *api.Path, n int32) {
	if n < 1 || n > 100 {
		v.invalid(at, n, weightRange)
	}
}

// nodeTerm checks a term; values tells that values that no label can have are refused too.
func (v *validator) nodeTerm(at *api.Path, t *api.NodeSelectorTerm, values bool) {
	for i := range t.MatchExpressions {
		v.nodeExpression(at.Child("matchExpressions").Index(i), &t.MatchExpressions[i], values)
	}
	for i := range t.MatchFields {
		v.nodeField(at.Child("matchFields").Index(i), &t.MatchFields[i])
	}
}

func (v *validator) nodeExpression(at *api.Path, e *api.NodeSelectorRequirement, values bool) {
	switch e.Operator {
	case api.NodeIn, api.NodeNotIn:
		if len(e.Values) == 0 {
			v.required(at.Child("values"), needsValues)
		}
	case api.NodeExists, api.NodeDoesNotExist:
		if len(e.Values) > 0 {
			v.forbidden(at.Child("values"), takesNoValues)
		}
	case api.NodeGt, api.NodeLt:
		if len(e.Values) != 1 {
			v.required(at.Child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'")
		}
	default:
		v.invalid(at.Child("operator"), e.Operator, noOperator)
	}
	v.invalid(at.Child("key"), e.Key, labels.ValidateKey(e.Key)...)
	for i, value := range e.Values {
		if values {
			v.invalid(at.Child("values").Index(i), value, labels.ValidateValue(value)...)
		}
	}
}

func (v *validator) nodeField(at *api.Path, e *api.NodeSelectorRequirement) {
	if e.Operator != api.NodeIn && e.Operator != api.NodeNotIn {
		v.invalid(at.Child("operator"), e.Operator, noOperator)
	} else if len(e.Values) != 1 {
		v.required(at.Child("values"), "must be only one value when `operator` is 'In' or 'NotIn' for node field selector")
	}
	if e.Key != "metadata.name" {
		v.invalid(at.Child("key"), e.Key, "not a valid field selector key")
		return
	}
	for i, name := range e.Values {
		v.invalid(at.Child("values").Index(i), name, labels.ValidateSubdomain(name)...)
	}
}

func (v *validator) podAffinity(at *api.Path, a *api.PodAffinity) {
	if a == nil {
		return
	}
	for i := range a.RequiredDuringSchedulingIgnoredDuringExecution {
		v.podTerm(at.Child(requiredTerms).Index(i), &a.RequiredDuringSchedulingIgnoredDuringExecution[i])
	}
	for i := range a.PreferredDuringSchedulingIgnoredDuringExecution {
		p, here := &a.PreferredDuringSchedulingIgnoredDuringExecution[i], at.Child(preferredTerms).Index(i)
		v.weight(here.Child("weight"), p.Weight)
		v.podTerm(here.Child("podAffinityTerm"), &p.PodAffinityTerm)
	}
}

func (v *validator) podTerm(at *api.Path, t *api.PodAffinityTerm) {
	v.selector(at.Child("labelSelector"), t.LabelSelector)
	v.selector(at.Child("namespaceSelector"), t.NamespaceSelector)
	for _, n := range t.Namespaces {
		v.invalid(at.Child("namespace"), n, DNSLabel(n)...)
	}
	v.labelKeys(at, t.MatchLabelKeys, t.MismatchLabelKeys, t.LabelSelector)
	key := at.Child("topologyKey")
	if t.TopologyKey == "" {
		v.required(key, "can not be empty")
	}
	v.invalid(key, t.TopologyKey, labels.ValidateKey(t.TopologyKey)...)
}

// selector checks a label selector; none is right.
func (v *validator) selector(at *api.Path, s *api.LabelSelector) {
	if s == nil {
		return
	}
	v.labels(at.Child("matchLabels"), s.MatchLabels)
	for i, e := range s.MatchExpressions {
		here := at.Child("matchExpressions").Index(i)
		switch e.Operator {
		case api.LabelIn, api.LabelNotIn:
			if len(e.Values) == 0 {
				v.required(here.Child("values"), needsValues)
			}
		case api.LabelExists, api.LabelDoesNotExist:
			if len(e.Values) > 0 {
				v.forbidden(here.Child("values"), takesNoValues)
			}
		default:
			v.invalid(here.Child("operator"), e.Operator, noOperator)
		}
		v.invalid(here.Child("key"), e.Key, labels.ValidateKey(e.Key)...)
		for j, value := range e.Values {
			v.invalid(here.Child("values").Index(j), value, labels.ValidateValue(value)...)
		}
	}
}

// labelKeys checks keys whose values are taken from the pod itself.
func (v *validator) labelKeys(at *api.Path, match, mismatch []string, s *api.LabelSelector) {
	for _, list := range []struct {
		name string
		keys []string
	}{{"matchLabelKeys", match}, {"mismatchLabelKeys", mismatch}} {
		if len(list.keys) == 0 {
			continue
		}
		if s == nil {
			v.forbidden(at.Child(list.name), "must not be specified when labelSelector is not set")
			continue
		}
		for i, k := range list.keys {
			v.invalid(at.Child(list.name).Index(i), k, labels.ValidateKey(k)...)
		}
	}
	if s != nil {
		v.keysTwice(at, match, s)
	}
	for i, k := range match {
		if slices.Contains(mismatch, k) {
			v.invalid(at.Child("matchLabelKeys").Index(i), k, "exists in both matchLabelKeys and mismatchLabelKeys")
		}
	}
}

// keysTwice finds keys the selector asks for more than once, of which one may stem from matchLabelKeys.
func (v *validator) keysTwice(at *api.Path, match []string, s *api.LabelSelector) {
	seen := slices.Sorted(maps.Keys(s.MatchLabels))
	for _, e := range s.MatchExpressions {
		if i := slices.Index(match, e.Key); i >= 0 && slices.Contains(seen, e.Key) {
			v.invalid(at.Index(i), e.Key, "exists in both matchLabelKeys and labelSelector")
		}
		seen = append(seen, e.Key)
	}
}
