package schedule

import "github.com/slipway-dev/slipway/orchestrate/api"

// toleratesAll tells whether the pod tolerates every taint that keeps pods off a node.
func toleratesAll(p *api.Pod, taints []api.Taint) bool {
	for _, t := range taints {
		if t.Effect != api.TaintPreferNoSchedule && !tolerates(p, t) {
			return false
		}
	}
	return true
}

// tolerates tells whether one of the pod's tolerations covers a taint: the effect and key are equal or empty in the
// toleration, and the operator is Exists or the values are equal.
//
// Source: Kubernetes documentation, "Taints and Tolerations".
func tolerates(p *api.Pod, taint api.Taint) bool {
	for _, t := range p.Spec.Tolerations {
		if t.Effect != "" && t.Effect != taint.Effect || t.Key != "" && t.Key != taint.Key {
			continue
		}
		if t.Operator == api.TolerationExists || t.Key != "" && t.Value == taint.Value {
			return true
		}
	}
	return false
}
