package controller

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
)

// rollout is all that is decided from about one Deployment at one moment, and what is decided. It reads nothing else.
type rollout struct {
	d    *api.Deployment
	next api.Deployment // the Deployment as it is to be
	sets []*set         // oldest first
	// current is the set of the Deployment's template; nil if there is none yet. revised tells that its revision was just
	// changed, so that the Deployment follows the next time.
	current *set
	limits  limits
	now     api.Time
	touched []*set // in the order in which they were touched first
	// oldPods tells whether pods of other sets still run, and taken which ReplicaSet has a name.
	oldPods func(current *set) bool
	taken   func(name string) *api.ReplicaSet
	// failed asks to try again soon; after asks to look again after so many seconds.
	failed bool
	after  int64
}

func newRollout(d *api.Deployment, sets []*set, now api.Time) *rollout {
	return &rollout{d: d, next: *d, sets: sets, limits: limitsOf(d), now: now}
}

// decide is what a Deployment needs next.
//
// Source: k8s.io/kubernetes, pkg/controller/deployment, syncDeployment.
func (r *rollout) decide() {
	if r.d.DeletionTimestamp != 0 {
		r.findCurrent()
		r.writeStatus()
		return
	}
	r.notePause()
	r.findCurrent()
	switch {
	case r.d.Spec.Paused || r.resized():
		r.scale()
		if r.d.Spec.Paused {
			r.forgetHistory()
		}
		r.writeStatus()
	case r.d.Spec.Strategy.Type == api.DeploymentRecreate:
		r.recreate()
		r.writeProgress()
	default:
		r.roll()
		r.writeProgress()
	}
}

// roll brings a rolling update one step further: the new set up if that fits, or the old ones down if they can be spared.
func (r *rollout) roll() {
	if r.current == nil && !r.createCurrent() {
		return
	}
	if r.growCurrent() || r.shrinkOld() {
		return
	}
	if r.complete(&r.next.Status) {
		r.forgetHistory()
	}
}

// recreate ends all old pods, waits until the last of them is gone, and only then makes new ones.
func (r *rollout) recreate() {
	down := false
	for _, s := range r.active(r.old()) {
		down = r.resize(s, 0) || down
	}
	if down || r.oldPods(r.current) {
		return
	}
	if r.current == nil && !r.createCurrent() {
		return
	}
	r.resize(r.current, wanted(r.d.Spec.Replicas))
	if r.complete(&r.next.Status) {
		r.forgetHistory()
	}
}

// growCurrent scales the new set as far as the surge allows. It tells whether it did.
func (r *rollout) growCurrent() bool {
	if r.current.size() > wanted(r.d.Spec.Replicas) {
		return r.resize(r.current, wanted(r.d.Spec.Replicas))
	}
	return r.resize(r.current, r.sizeOfCurrent())
}

// sizeOfCurrent is how large the new set may be now.
//
// Source: k8s.io/kubernetes, pkg/controller/deployment/util, NewRSNewReplicas.
func (r *rollout) sizeOfCurrent() int32 {
	replicas := wanted(r.d.Spec.Replicas)
	if r.d.Spec.Strategy.Type == api.DeploymentRecreate {
		return replicas
	}
	size := int32(0)
	if r.current != nil {
		size = r.current.size()
	}
	room := replicas + r.limits.surge - sizes(r.sets)
	if room <= 0 {
		return size
	}
	return size + min(room, replicas-size)
}

// shrinkOld scales the old sets down as far as enough pods stay available: first by pods that are not available anyway,
// then by others. It tells whether it did.
//
// Source: k8s.io/kubernetes, pkg/controller/deployment, reconcileOldReplicaSets.
func (r *rollout) shrinkOld() bool {
	old := r.active(r.old())
	if sizes(old) == 0 {
		return false
	}
	least := wanted(r.d.Spec.Replicas) - r.limits.unavailable
	starting := r.current.size() - r.current.staying()
	spare := sizes(r.sets) - least - starting
	if spare <= 0 {
		return false
	}
	done := false
	for _, s := range old {
		if broken := s.size() - s.staying(); broken > 0 && spare > 0 {
			n := min(spare, broken)
			spare -= n
			done = r.resize(s, s.size()-n) || done
		}
	}
	available := r.current.staying()
	for _, s := range old {
		available += s.staying()
	}
	spare = available - least
	for _, s := range old {
		if n := min(spare, s.size()); n > 0 {
			spare -= n
			done = r.resize(s, s.size()-n) || done
		}
	}
	return done
}

// staying is how many available pods a set is going to keep. Its status may still count pods that it has been told to let go,
// and counting those would take one too many when the template changes several times in a moment.
func (s *set) staying() int32 { return min(s.size(), s.rs.Status.AvailableReplicas) }

// old are all sets but the current one, oldest first.
func (r *rollout) old() []*set {
	return slices.DeleteFunc(slices.Clone(r.sets), func(s *set) bool { return s == r.current })
}

// active are those sets that are asked for pods.
func (r *rollout) active(sets []*set) []*set {
	return slices.DeleteFunc(slices.Clone(sets), func(s *set) bool { return s.size() == 0 })
}

func sizes(sets []*set) (n int32) {
	for _, s := range sets {
		n += s.size()
	}
	return n
}

func olderFirst(a, b *api.ReplicaSet) int {
	return cmp.Or(cmp.Compare(a.CreationTimestamp, b.CreationTimestamp), cmp.Compare(a.Name, b.Name))
}

// forgetHistory removes the oldest sets beyond the limit that nobody needs any more.
func (r *rollout) forgetHistory() {
	limit := r.d.Spec.RevisionHistoryLimit
	if limit == nil || *limit == math.MaxInt32 {
		return
	}
	old := slices.DeleteFunc(r.old(), func(s *set) bool { return s.rs.DeletionTimestamp != 0 })
	extra := len(old) - int(*limit)
	if extra <= 0 {
		return
	}
	sorting.Stable(old, func(a, b *set) int { return cmp.Compare(revisionOf(a.rs), revisionOf(b.rs)) })
	for _, s := range old[:extra] {
		if s.rs.Status.Replicas == 0 && s.size() == 0 && s.rs.Generation <= s.rs.Status.ObservedGeneration && !s.touched {
			s.removed = true
			r.touched = append(r.touched, s)
		}
	}
}

// write plans what was decided: the sets in the order in which they were touched, then the Deployment.
func (r *rollout) write(in reconcile.Input, plan *reconcile.Plan) {
	for _, s := range r.touched {
		switch {
		case s.removed:
			plan.DeleteAs(s.id, s.rs, api.DeleteBackground, in.Wall)
		case s.created:
			plan.Create(s.rs, "NewReplicaSetCreated")
		default:
			plan.Update(s.id, s.rs, "ScaledReplicaSet")
		}
		for _, text := range s.events {
			plan.Tell(reconcile.Event{
				About: r.d, Type: api.EventNormal, Reason: "ScalingReplicaSet", Message: text, Component: deploymentController,
			})
		}
	}
	if !maps.Equal(r.d.Annotations, r.next.Annotations) || !sameDeploymentStatus(&r.d.Status, &r.next.Status) {
		plan.Update(in.Key, &r.next, "StatusChanged")
		plan.Ops[len(plan.Ops)-1].Batch = lastBatch
	}
	plan.Failed = r.failed
	if r.after > 0 {
		plan.Again(untilWall(in, in.Wall+api.Time(r.after)))
	}
}

func quote(name string) string { return `"` + name + `"` }
