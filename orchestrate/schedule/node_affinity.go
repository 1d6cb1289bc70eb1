package schedule

import (
	"slices"
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// wants tells whether a node is one the pod may run on by its node selector and its required node affinity.
//
// Source: Kubernetes documentation, "Assigning Pods to Nodes"; k8s.io/component-helpers, scheduling/corev1/nodeaffinity.
func wants(p *api.Pod, n *api.Node) bool {
	//order:irrelevant all must hold
	for k, want := range p.Spec.NodeSelector {
		if have, ok := n.Labels[k]; !ok || have != want {
			return false
		}
	}
	terms := requiredNodes(p)
	return terms == nil || slices.ContainsFunc(terms.NodeSelectorTerms, func(t api.NodeSelectorTerm) bool { return finds(&t, n) })
}

// choosy tells whether the pod does not want just any node.
func choosy(p *api.Pod) bool { return len(p.Spec.NodeSelector) > 0 || requiredNodes(p) != nil }

func requiredNodes(p *api.Pod) *api.NodeSelector {
	if p.Spec.Affinity == nil || p.Spec.Affinity.NodeAffinity == nil {
		return nil
	}
	return p.Spec.Affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution
}

// prefers tells whether the pod would rather be on some nodes than on others.
func prefers(p *api.Pod) bool {
	return p.Spec.Affinity != nil && p.Spec.Affinity.NodeAffinity != nil &&
		len(p.Spec.Affinity.NodeAffinity.PreferredDuringSchedulingIgnoredDuringExecution) > 0
}

// preferred is the sum of the weights of the pod's wishes that a node fulfils.
func preferred(p *api.Pod, n *api.Node) (sum int32) {
	if p.Spec.Affinity == nil || p.Spec.Affinity.NodeAffinity == nil {
		return 0
	}
	wishes := p.Spec.Affinity.NodeAffinity.PreferredDuringSchedulingIgnoredDuringExecution
	for i := range wishes {
		if finds(&wishes[i].Preference, n) {
			sum += wishes[i].Weight
		}
	}
	return sum
}

// finds tells whether all of a term's conditions hold for a node. A term without any finds none.
func finds(t *api.NodeSelectorTerm, n *api.Node) bool {
	if len(t.MatchExpressions)+len(t.MatchFields) == 0 {
		return false
	}
	for i := range t.MatchExpressions {
		value, ok := n.Labels[t.MatchExpressions[i].Key]
		if !holds(&t.MatchExpressions[i], value, ok) {
			return false
		}
	}
	for i := range t.MatchFields {
		if t.MatchFields[i].Key != nameField || !holds(&t.MatchFields[i], n.Name, true) {
			return false
		}
	}
	return true
}

// nameField is the only field matchFields knows.
const nameField = "metadata.name"

func holds(r *api.NodeSelectorRequirement, value string, ok bool) bool {
	switch r.Operator {
	case api.NodeIn:
		return ok && slices.Contains(r.Values, value)
	case api.NodeNotIn:
		return !ok || !slices.Contains(r.Values, value)
	case api.NodeExists:
		return ok
	case api.NodeDoesNotExist:
		return !ok
	}
	if !ok || len(r.Values) != 1 {
		return false
	}
	have, err := strconv.ParseInt(value, 10, 64)
	bound, err2 := strconv.ParseInt(r.Values[0], 10, 64)
	return err == nil && err2 == nil && (r.Operator == api.NodeGt && have > bound || r.Operator == api.NodeLt && have < bound)
}

// named are the only nodes a pod's required affinity leaves, if each of its terms names one; ok is false if it does not. The
// filters are not even asked about the others.
func named(p *api.Pod) (names []string, ok bool) {
	required := requiredNodes(p)
	if required == nil {
		return nil, false
	}
	for i := range required.NodeSelectorTerms {
		var some []string
		fields, found := required.NodeSelectorTerms[i].MatchFields, false
		for j := range fields {
			if fields[j].Key != nameField || fields[j].Operator != api.NodeIn {
				continue
			}
			if !found {
				some = slices.Clone(fields[j].Values)
			} else {
				some = slices.DeleteFunc(some, func(s string) bool { return !slices.Contains(fields[j].Values, s) })
			}
			found = true
		}
		if !found {
			return nil, false
		}
		names = append(names, some...)
	}
	return names, len(required.NodeSelectorTerms) > 0
}
