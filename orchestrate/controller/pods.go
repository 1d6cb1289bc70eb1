package controller

import (
	"maps"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// active tells whether a pod counts as a replica: it has not ended and is not being deleted.
func active(p *api.Pod) bool { return p.DeletionTimestamp == 0 && !ended(p) }

// terminating tells whether a pod is being deleted and has not ended yet.
func terminating(p *api.Pod) bool { return p.DeletionTimestamp != 0 && !ended(p) }

func ended(p *api.Pod) bool {
	return p.Status.Phase == api.PodSucceeded || p.Status.Phase == api.PodFailed
}

// readySince is when a pod became ready; false if it is not.
func readySince(p *api.Pod) (api.Time, bool) {
	for i := range p.Status.Conditions {
		if c := &p.Status.Conditions[i]; c.Type == api.PodReady {
			return c.LastTransitionTime, c.Status == api.ConditionTrue
		}
	}
	return 0, false
}

func ready(p *api.Pod) bool { _, is := readySince(p); return is }

// countsAlike tells whether two versions of a pod are the same to a controller of replicas.
func countsAlike(a, b *api.Pod) bool {
	if active(a) != active(b) || terminating(a) != terminating(b) || ready(a) != ready(b) {
		return false
	}
	x, y := controllerOf(a), controllerOf(b)
	return (x == nil) == (y == nil) && (x == nil || x.UID == y.UID) && maps.Equal(a.Labels, b.Labels)
}
