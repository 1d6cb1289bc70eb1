package controller

import (
	"cmp"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// resized tells whether the Deployment was scaled since its sets were last told how many pods it has in all.
func (r *rollout) resized() bool {
	for _, s := range r.active(r.sets) {
		if n, ok := desiredOf(s.rs); ok && n != wanted(r.d.Spec.Replicas) {
			return true
		}
	}
	return false
}

// scale gives each set its share of the Deployment's new size: all of it to the only active one, or, in the middle of a
// rollout, to each in proportion, what is left over to the largest. It leaves no active set that was told another size than the
// Deployment's: [rollout.resized] would find it resized for ever, and a rollout that waits for that would never begin.
//
// Source: k8s.io/kubernetes, pkg/controller/deployment, scale.
func (r *rollout) scale() {
	replicas := wanted(r.d.Spec.Replicas)
	if only := r.activeOrLatest(); only != nil {
		if only.size() != replicas || r.resized() {
			r.resizeOrAnnotate(only, replicas)
		}
		return
	}
	if r.saturated() {
		for _, s := range r.active(r.old()) {
			r.resize(s, 0)
		}
		return
	}
	sets := r.active(r.sets)
	if r.d.Spec.Strategy.Type == api.DeploymentRecreate {
		for _, s := range sets {
			r.resizeOrAnnotate(s, s.size())
		}
		return
	}
	allowed := int32(0)
	if replicas > 0 {
		allowed = replicas + r.limits.surge
	}
	for i, size := range r.shares(sets, allowed) {
		r.resizeOrAnnotate(sets[i], size)
	}
}

// shares sorts the sets and gives for each the size at which all of them add up to allowed.
func (r *rollout) shares(sets []*set, allowed int32) []int32 {
	add := allowed - sizes(sets)
	sorting.Stable(sets, func(a, b *set) int {
		if add > 0 {
			return cmp.Or(cmp.Compare(b.size(), a.size()), olderFirst(b.rs, a.rs))
		}
		return cmp.Or(cmp.Compare(b.size(), a.size()), olderFirst(a.rs, b.rs))
	})
	out := make([]int32, len(sets))
	added := int32(0)
	for i, s := range sets {
		share := int32(0)
		if add != 0 && add != added {
			share = r.fraction(s)
			if left := add - added; add > 0 {
				share = min(share, left)
			} else {
				share = max(share, left)
			}
		}
		out[i] = s.size() + share
		added += share
	}
	if len(out) > 0 && add != 0 {
		out[0] = max(out[0]+add-added, 0)
	}
	return out
}

// fraction is by how much a set would have to change to keep its part of the whole.
func (r *rollout) fraction(s *set) int32 {
	if wanted(r.d.Spec.Replicas) == 0 {
		return -s.size()
	}
	before, ok := maxReplicasOf(s.rs)
	if !ok || before == 0 {
		before = r.d.Status.Replicas
		if before == 0 {
			return 0
		}
	}
	after := int64(wanted(r.d.Spec.Replicas) + r.limits.surge)
	// Rounded to the nearest, halves up, in whole numbers.
	return int32((2*int64(s.size())*after+int64(before))/(2*int64(before))) - s.size()
}

// activeOrLatest is the only set that is asked for pods, or the newest if none is; nil if there are several.
func (r *rollout) activeOrLatest() *set {
	active := r.active(r.sets)
	switch {
	case len(active) > 1 || len(r.sets) == 0:
		return nil
	case len(active) == 1:
		return active[0]
	case r.current != nil:
		return r.current
	}
	return r.sets[len(r.sets)-1]
}

// saturated tells whether the new set has all pods of the Deployment, and all are available.
func (r *rollout) saturated() bool {
	if r.current == nil {
		return false
	}
	desired, ok := desiredOf(r.current.rs)
	replicas := wanted(r.d.Spec.Replicas)
	return ok && desired == replicas && r.current.size() == replicas && r.current.rs.Status.AvailableReplicas == replicas
}
