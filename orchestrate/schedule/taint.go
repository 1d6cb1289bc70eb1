package schedule

import (
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

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

// tolerates tells whether one of the pod's tolerations covers a taint: the effect and key are equal or empty in the
// toleration, and the operator is Exists, or the values compare as it says.
//
// Source: Kubernetes documentation, "Taints and Tolerations".
func tolerates(p *api.Pod, taint api.Taint) bool {
	for i := range p.Spec.Tolerations {
		t := &p.Spec.Tolerations[i]
		if t.Effect != "" && t.Effect != taint.Effect || t.Key != "" && t.Key != taint.Key {
			continue
		}
		switch t.Operator {
		case api.TolerationExists:
			return true
		case api.TolerationLt, api.TolerationGt:
			have, err := strconv.ParseInt(taint.Value, 10, 64)
			want, err2 := strconv.ParseInt(t.Value, 10, 64)
			if err == nil && err2 == nil && have != want && (have < want) == (t.Operator == api.TolerationLt) {
				return true
			}
		default:
			if t.Key != "" && t.Value == taint.Value {
				return true
			}
		}
	}
	return false
}
