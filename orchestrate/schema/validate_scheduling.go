package schema

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

func (v *validator) tolerations(at *api.Path, list []api.Toleration) {
	for i := range list {
		v.toleration(at.Index(i), &list[i])
	}
}

func (v *validator) toleration(at *api.Path, t *api.Toleration) {
	operator := at.Child("operator")
	if t.Key != "" {
		v.invalid(at.Child("key"), t.Key, labels.ValidateKey(t.Key)...)
	}
	if t.Key == "" && t.Operator != api.TolerationExists {
		v.invalid(operator, t.Operator, "operator must be Exists when `key` is empty, which means \"match all values and all keys\"")
	}
	if t.TolerationSeconds != nil && t.Effect != api.TaintNoExecute {
		v.invalid(at.Child("effect"), t.Effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")
	}
	switch t.Operator {
	case "", api.TolerationEqual:
		if msgs := labels.ValidateValue(t.Value); len(msgs) > 0 {
			v.invalid(operator, t.Value, strings.Join(msgs, ";"))
		}
	case api.TolerationExists:
		if t.Value != "" {
			v.invalid(operator, t.Value, "value must be empty when `operator` is 'Exists'")
		}
	case api.TolerationLt, api.TolerationGt:
		// These are behind a feature gate upstream, which is off by default.
		v.add(api.NotSupportedAt(operator.String(), t.Operator, api.TolerationEqual, api.TolerationExists, api.TolerationLt, api.TolerationGt))
	default:
		v.add(api.NotSupportedAt(operator.String(), t.Operator, api.TolerationEqual, api.TolerationExists))
	}
	if t.Effect != "" {
		v.taintEffect(at.Child("effect"), t.Effect)
	}
}

func (v *validator) taintEffect(at *api.Path, e api.TaintEffect) {
	oneOf(v, at, e, api.TaintNoSchedule, api.TaintPreferNoSchedule, api.TaintNoExecute)
}

func (v *validator) schedulingGates(at *api.Path, list []api.PodSchedulingGate) {
	for i, g := range list {
		v.invalid(at.Index(i), g.Name, labels.ValidateKey(g.Name)...)
		if slices.Contains(list[:i], g) {
			v.duplicate(at.Index(i), g.Name)
		}
	}
}

func (v *validator) spread(at *api.Path, list []api.TopologySpreadConstraint) {
	for i := range list {
		c, here := &list[i], at.Index(i)
		if c.MaxSkew <= 0 {
			v.invalid(here.Child("maxSkew"), c.MaxSkew, "must be greater than zero")
		}
		if c.TopologyKey == "" {
			v.required(here.Child("topologyKey"), "can not be empty")
		}
		oneOf(v, here.Child("whenUnsatisfiable"), c.WhenUnsatisfiable, api.DoNotSchedule, api.ScheduleAnyway)
		if slices.ContainsFunc(list[i+1:], func(o api.TopologySpreadConstraint) bool {
			return o.TopologyKey == c.TopologyKey && o.WhenUnsatisfiable == c.WhenUnsatisfiable
		}) {
			v.duplicate(here.Child("{topologyKey, whenUnsatisfiable}"), "{"+c.TopologyKey+", "+string(c.WhenUnsatisfiable)+"}")
		}
		v.minDomains(here.Child("minDomains"), c)
		oneOfPointer(v, here.Child("nodeAffinityPolicy"), c.NodeAffinityPolicy, api.NodeInclusionHonor, api.NodeInclusionIgnore)
		oneOfPointer(v, here.Child("nodeTaintsPolicy"), c.NodeTaintsPolicy, api.NodeInclusionHonor, api.NodeInclusionIgnore)
		v.labelKeys(here, c.MatchLabelKeys, nil, c.LabelSelector)
		v.selector(here.Child("labelSelector"), c.LabelSelector)
	}
}

func (v *validator) minDomains(at *api.Path, c *api.TopologySpreadConstraint) {
	if c.MinDomains == nil {
		return
	}
	if *c.MinDomains <= 0 {
		v.invalid(at, *c.MinDomains, "must be greater than zero")
	}
	if c.WhenUnsatisfiable != api.DoNotSchedule {
		v.invalid(at, *c.MinDomains, "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "+string(c.WhenUnsatisfiable))
	}
}
