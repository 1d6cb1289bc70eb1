package controller

import (
	"cmp"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// set is a ReplicaSet of a Deployment, as it is and as it is to be.
type set struct {
	id      store.ID
	rs      *api.ReplicaSet // a changed copy once touched
	touched bool
	created bool
	removed bool
	events  []string // of the Deployment, about what was done to it
}

// size is how many pods the set is asked for.
func (s *set) size() int32 { return wanted(s.rs.Spec.Replicas) }

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
	starting := r.current.size() - r.current.rs.Status.AvailableReplicas
	spare := sizes(r.sets) - least - starting
	if spare <= 0 {
		return false
	}
	done := false
	for _, s := range old {
		if broken := s.size() - s.rs.Status.AvailableReplicas; broken > 0 && spare > 0 {
			n := min(spare, broken)
			spare -= n
			done = r.resize(s, s.size()-n) || done
		}
	}
	available := r.current.rs.Status.AvailableReplicas
	for _, s := range old {
		available += s.rs.Status.AvailableReplicas
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

// touch makes a set's ReplicaSet a copy that may be changed.
func (r *rollout) touch(s *set) *api.ReplicaSet {
	if !s.touched {
		s.touched = true
		c := *s.rs
		c.Annotations = maps.Clone(c.Annotations)
		s.rs = &c
		r.touched = append(r.touched, s)
	}
	if s.rs.Annotations == nil {
		s.rs.Annotations = map[string]string{}
	}
	return s.rs
}

// resize asks a set for n pods and tells whether that is news.
func (r *rollout) resize(s *set, n int32) bool {
	if s.size() == n {
		return false
	}
	return r.resizeOrAnnotate(s, n)
}

// resizeOrAnnotate asks a set for n pods and notes for how many the whole Deployment is meant.
func (r *rollout) resizeOrAnnotate(s *set, n int32) bool {
	was := s.size()
	if was == n && !r.annotationsDiffer(s.rs) {
		return false
	}
	rs := r.touch(s)
	r.annotateSize(rs)
	if was == n {
		return false
	}
	rs.Spec.Replicas = &n
	if !s.created {
		rs.Generation++
	}
	s.events = append(s.events, scaledText(rs.Name, was, n))
	return true
}

func scaledText(name string, from, to int32) string {
	way := "up"
	if to < from {
		way = "down"
	}
	return "Scaled " + way + " replica set " + name + " from " + strconv.Itoa(int(from)) + " to " + strconv.Itoa(int(to))
}

// createCurrent makes the set of the Deployment's template, at its first size already. It tells false if the name is taken
// by a stranger: then the Deployment counts one more collision, which changes the name.
func (r *rollout) createCurrent() bool {
	d := r.d
	hash := schema.TemplateHash(&d.Spec.Template, d.Status.CollisionCount)
	rs := &api.ReplicaSet{
		ObjectMeta: api.ObjectMeta{
			Name: d.Name + "-" + hash, Namespace: d.Namespace, Generation: 1,
			Labels:          with(d.Spec.Template.Labels, api.LabelPodTemplateHash, hash),
			OwnerReferences: []api.OwnerReference{controls(d, appsV1)},
		},
		Spec: api.ReplicaSetSpec{MinReadySeconds: d.Spec.MinReadySeconds, Template: d.Spec.Template},
	}
	rs.Spec.Selector = &api.LabelSelector{
		MatchLabels: with(d.Spec.Selector.MatchLabels, api.LabelPodTemplateHash, hash), MatchExpressions: d.Spec.Selector.MatchExpressions,
	}
	rs.Spec.Template.Labels = rs.Labels
	if r.taken(rs.Name) != nil {
		n := int32(1)
		if d.Status.CollisionCount != nil {
			n += *d.Status.CollisionCount
		}
		r.next.Status.CollisionCount = &n
		r.failed = true
		return false
	}
	size, revision := r.sizeOfCurrent(), strconv.FormatInt(r.lastRevision()+1, 10)
	rs.Spec.Replicas = &size
	s := &set{rs: rs, touched: true, created: true}
	r.touched = append(r.touched, s)
	r.reviseSet(s, revision)
	r.annotateSize(s.rs)
	if size > 0 {
		s.events = append(s.events, scaledText(rs.Name, 0, size))
	}
	r.sets = append(r.sets, s)
	r.current = s
	r.reviseDeployment(revision)
	if hasDeadline(d) {
		r.condition(api.DeploymentProgressing, api.ConditionTrue, "NewReplicaSetCreated", "Created new replica set "+quote(rs.Name))
	}
	return true
}

func with(labels map[string]string, key, value string) map[string]string {
	out := maps.Clone(labels)
	if out == nil {
		out = map[string]string{}
	}
	out[key] = value
	return out
}

// sameTemplate tells whether two templates make the same pods, whatever their hashes say.
func sameTemplate(a, b *api.PodTemplateSpec) bool {
	return sameButHash(a.Labels, b.Labels) && sameButHash(b.Labels, a.Labels) && maps.Equal(a.Annotations, b.Annotations) &&
		(a.Spec == b.Spec || reflect.DeepEqual(a.Spec, b.Spec))
}

func sameButHash(a, b map[string]string) bool {
	//order:irrelevant all of them must be equal
	for k, v := range a {
		if have, ok := b[k]; k != api.LabelPodTemplateHash && (!ok || have != v) {
			return false
		}
	}
	return true
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
