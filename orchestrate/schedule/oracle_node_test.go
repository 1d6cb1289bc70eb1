package schedule_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

func tolerated(p *api.Pod, t api.Taint) bool {
	return slices.ContainsFunc(p.Spec.Tolerations, func(x api.Toleration) bool {
		return (x.Effect == "" || x.Effect == t.Effect) && (x.Key == "" || x.Key == t.Key) &&
			(x.Operator == api.TolerationExists || x.Key != "" && x.Value == t.Value)
	})
}

func untolerated(p *api.Pod, n *api.Node) bool {
	return slices.ContainsFunc(n.Spec.Taints, func(t api.Taint) bool { return t.Effect != api.TaintPreferNoSchedule && !tolerated(p, t) })
}

// selects compiles a selector by its text, a way the scheduler does not go.
func selects(s *api.LabelSelector, p *api.Pod) bool {
	if s == nil {
		return false
	}
	var parts []string
	for k, v := range s.MatchLabels {
		parts = append(parts, k+"="+v)
	}
	for _, e := range s.MatchExpressions {
		switch e.Operator {
		case api.LabelIn:
			parts = append(parts, e.Key+" in ("+strings.Join(e.Values, ",")+")")
		case api.LabelNotIn:
			parts = append(parts, e.Key+" notin ("+strings.Join(e.Values, ",")+")")
		case api.LabelExists:
			parts = append(parts, e.Key)
		default:
			parts = append(parts, "!"+e.Key)
		}
	}
	selector, err := labels.Parse(strings.Join(parts, ","))
	return err == nil && selector.Matches(labels.Set(p.Labels))
}

func wanted(p *api.Pod, n *api.Node) bool {
	for k, v := range p.Spec.NodeSelector {
		if n.Labels[k] != v {
			return false
		}
	}
	if p.Spec.Affinity == nil || p.Spec.Affinity.NodeAffinity == nil || p.Spec.Affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution == nil {
		return true
	}
	for _, t := range p.Spec.Affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms {
		if termHolds(t, n) {
			return true
		}
	}
	return false
}

func termHolds(t api.NodeSelectorTerm, n *api.Node) bool {
	all := maps.Clone(n.Labels)
	if all == nil {
		all = map[string]string{}
	}
	all["metadata.name"] = n.Name
	conditions := append(slices.Clone(t.MatchExpressions), t.MatchFields...)
	for _, e := range conditions {
		v, ok := all[e.Key]
		number, err := strconv.Atoi(v)
		bound := 0
		if len(e.Values) > 0 {
			bound, _ = strconv.Atoi(e.Values[0])
		}
		holds := map[api.NodeSelectorOperator]bool{
			api.NodeIn: ok && slices.Contains(e.Values, v), api.NodeNotIn: !slices.Contains(e.Values, v) || !ok,
			api.NodeExists: ok, api.NodeDoesNotExist: !ok, api.NodeGt: ok && err == nil && number > bound, api.NodeLt: ok && err == nil && number < bound,
		}
		if !holds[e.Operator] {
			return false
		}
	}
	return len(conditions) > 0
}
