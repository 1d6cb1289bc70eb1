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

// disliked counts the taints that only ask pods to stay away and that the pod does not tolerate.
func disliked(p *api.Pod, taints []api.Taint) (n int32) {
	for _, t := range taints {
		if t.Effect == api.TaintPreferNoSchedule && !tolerates(p, t) {
			n++
		}
	}
	return n
}

// tolerates tells whether one of the pod's tolerations covers a taint.
func tolerates(p *api.Pod, taint api.Taint) bool {
	for i := range p.Spec.Tolerations {
		if p.Spec.Tolerations[i].Tolerates(&taint) {
			return true
		}
	}
	return false
}
