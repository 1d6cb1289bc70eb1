package controller

import (
	"maps"
	"reflect"
	"strconv"

	"github.com/slipway-dev/slipway/orchestrate/api"
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
