package controller

import (
	"maps"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// The annotations by which a Deployment keeps its history in its ReplicaSets.
const (
	AnnotationRevision        = "deployment.kubernetes.io/revision"
	AnnotationRevisionHistory = "deployment.kubernetes.io/revision-history"
	AnnotationDesiredReplicas = "deployment.kubernetes.io/desired-replicas"
	AnnotationMaxReplicas     = "deployment.kubernetes.io/max-replicas"

	annotationRollbackTo  = "deprecated.deployment.rollback.to"
	annotationLastApplied = "kubectl.kubernetes.io/last-applied-configuration"
	longestHistory        = 2000 // characters
)

// ownAnnotation tells whether an annotation means something for the object it is on, so that it is not copied from a
// Deployment to its ReplicaSets.
func ownAnnotation(key string) bool {
	switch key {
	case annotationLastApplied, AnnotationRevision, AnnotationRevisionHistory, AnnotationDesiredReplicas, AnnotationMaxReplicas, annotationRollbackTo:
		return true
	}
	return false
}

// findCurrent finds the set of the Deployment's template, the oldest if there are several, and sees to it that it has the
// highest revision and the Deployment's annotations.
//
// Source: k8s.io/kubernetes, pkg/controller/deployment, getNewReplicaSet.
func (r *rollout) findCurrent() {
	for _, s := range r.sets {
		if sameTemplate(&s.rs.Spec.Template, &r.d.Spec.Template) {
			r.current = s
			break
		}
	}
	if r.current == nil {
		return
	}
	changed := r.reviseSet(r.current, strconv.FormatInt(r.lastRevision()+1, 10))
	if r.current.rs.Spec.MinReadySeconds != r.d.Spec.MinReadySeconds {
		rs := r.touch(r.current)
		rs.Spec.MinReadySeconds = r.d.Spec.MinReadySeconds
		rs.Generation++
		changed = true
	}
	if changed {
		return // the Deployment follows when the set is written
	}
	r.reviseDeployment(r.current.rs.Annotations[AnnotationRevision])
	if hasDeadline(r.d) && conditionOf(r.next.Status.Conditions, api.DeploymentProgressing) == nil {
		r.condition(api.DeploymentProgressing, api.ConditionTrue, "FoundNewReplicaSet", "Found new replica set "+quote(r.current.rs.Name))
	}
}

// lastRevision is the highest revision among the old sets.
func (r *rollout) lastRevision() (last int64) {
	for _, s := range r.sets {
		if s != r.current {
			last = max(last, revisionOf(s.rs))
		}
	}
	return last
}

// revisionOf is the revision a ReplicaSet has; 0 if it has none.
func revisionOf(rs *api.ReplicaSet) int64 {
	n, err := strconv.ParseInt(rs.Annotations[AnnotationRevision], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// reviseSet gives a set the Deployment's annotations, and the revision if that is higher than its own, which then goes
// into its history. It tells whether anything changed.
func (r *rollout) reviseSet(s *set, revision string) bool {
	changed := false
	//order:irrelevant each goes to a place of its own
	for k, v := range r.d.Annotations {
		if have, ok := s.rs.Annotations[k]; !ownAnnotation(k) && (!ok || have != v) {
			r.touch(s).Annotations[k] = v
			changed = true
		}
	}
	had, ok := s.rs.Annotations[AnnotationRevision]
	if n, err := strconv.ParseInt(revision, 10, 64); err != nil || n <= revisionOf(s.rs) {
		return changed
	}
	rs := r.touch(s)
	rs.Annotations[AnnotationRevision] = revision
	if ok {
		rs.Annotations[AnnotationRevisionHistory] = remember(rs.Annotations[AnnotationRevisionHistory], had)
	}
	return true
}

// remember adds a revision to a history and forgets the first ones if it becomes too long.
func remember(history, revision string) string {
	if history == "" {
		return revision
	}
	all := strings.Split(history, ",")
	for length := len(history) + len(revision) + 1; length > longestHistory && len(all) > 1; {
		length -= len(all[0]) + 1
		all = all[1:]
	}
	return strings.Join(append(all, revision), ",")
}

// reviseDeployment notes the revision of the current set on the Deployment.
func (r *rollout) reviseDeployment(revision string) {
	if revision != "" && r.next.Annotations[AnnotationRevision] != revision {
		r.next.Annotations = maps.Clone(r.next.Annotations)
		if r.next.Annotations == nil {
			r.next.Annotations = map[string]string{}
		}
		r.next.Annotations[AnnotationRevision] = revision
	}
}

// annotateSize notes on a ReplicaSet how many pods the Deployment wants, and how many there may be in a rollout.
func (r *rollout) annotateSize(rs *api.ReplicaSet) {
	replicas := wanted(r.d.Spec.Replicas)
	rs.Annotations[AnnotationDesiredReplicas] = strconv.Itoa(int(replicas))
	rs.Annotations[AnnotationMaxReplicas] = strconv.Itoa(int(replicas + r.limits.surge))
}

func (r *rollout) annotationsDiffer(rs *api.ReplicaSet) bool {
	replicas := wanted(r.d.Spec.Replicas)
	desired, a := desiredOf(rs)
	most, b := maxReplicasOf(rs)
	return !a || !b || desired != replicas || most != replicas+r.limits.surge
}

// desiredOf is how many pods the Deployment wanted in all when it last touched this ReplicaSet; false if it never did.
func desiredOf(rs *api.ReplicaSet) (int32, bool) {
	return numberIn(rs.Annotations[AnnotationDesiredReplicas])
}

// maxReplicasOf is how many pods there were allowed to be in all at that time.
func maxReplicasOf(rs *api.ReplicaSet) (int32, bool) {
	return numberIn(rs.Annotations[AnnotationMaxReplicas])
}

func numberIn(text string) (int32, bool) {
	n, err := strconv.ParseInt(text, 10, 32)
	return int32(n), err == nil
}
