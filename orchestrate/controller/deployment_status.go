package controller

import (
	"math"
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
)

// The reasons of the condition Progressing.
const (
	reasonPaused     = "DeploymentPaused"
	reasonResumed    = "DeploymentResumed"
	reasonUpdated    = "ReplicaSetUpdated"
	reasonAvailable  = "NewReplicaSetAvailable"
	reasonDeadline   = "ProgressDeadlineExceeded"
	secondsToBeLate  = 1 // after the deadline, so that it has passed in whole seconds too
	withoutADeadline = math.MaxInt32
)

func hasDeadline(d *api.Deployment) bool {
	s := d.Spec.ProgressDeadlineSeconds
	return s != nil && *s != withoutADeadline
}

// notePause notes in the condition Progressing that the rollout was paused or resumed, so that a pause does not count
// against its deadline.
func (r *rollout) notePause() {
	if !hasDeadline(r.d) {
		return
	}
	c := conditionOf(r.d.Status.Conditions, api.DeploymentProgressing)
	if c != nil && c.Reason == reasonDeadline {
		return
	}
	noted := c != nil && c.Reason == reasonPaused
	switch {
	case r.d.Spec.Paused && !noted:
		r.condition(api.DeploymentProgressing, api.ConditionUnknown, reasonPaused, "Deployment is paused")
	case !r.d.Spec.Paused && noted:
		r.condition(api.DeploymentProgressing, api.ConditionUnknown, reasonResumed, "Deployment is resumed")
	}
}

// condition puts a condition into the Deployment's next status.
func (r *rollout) condition(kind api.DeploymentConditionType, status api.ConditionStatus, reason, message string) {
	r.next.Status.Conditions = setDeploymentCondition(r.next.Status.Conditions, api.DeploymentCondition{
		Type: kind, Status: status, Reason: reason, Message: message, LastUpdateTime: r.now, LastTransitionTime: r.now,
	})
}

// setDeploymentCondition is list with c at its end in the place of the one of the same type. One of the same status and
// reason stays as it is; one of the same status keeps the time of its last transition.
//
// Source: k8s.io/kubernetes, pkg/controller/deployment/util, SetDeploymentCondition.
func setDeploymentCondition(list []api.DeploymentCondition, c api.DeploymentCondition) []api.DeploymentCondition {
	if have := conditionOf(list, c.Type); have != nil {
		if have.Status == c.Status && have.Reason == c.Reason {
			return list
		}
		if have.Status == c.Status {
			c.LastTransitionTime = have.LastTransitionTime
		}
	}
	return append(dropCondition(list, c.Type), c)
}

func dropCondition(list []api.DeploymentCondition, kind api.DeploymentConditionType) []api.DeploymentCondition {
	return slices.DeleteFunc(slices.Clone(list), func(c api.DeploymentCondition) bool { return c.Type == kind })
}

func conditionOf(list []api.DeploymentCondition, kind api.DeploymentConditionType) *api.DeploymentCondition {
	for i := range list {
		if list[i].Type == kind {
			return &list[i]
		}
	}
	return nil
}

// writeStatus notes what the sets add up to, and whether enough pods are available.
//
// Source: k8s.io/kubernetes, pkg/controller/deployment, calculateStatus.
func (r *rollout) writeStatus() {
	s := api.DeploymentStatus{
		ObservedGeneration: r.d.Generation, Conditions: r.next.Status.Conditions, CollisionCount: r.next.Status.CollisionCount,
	}
	size, ending, known := int32(0), int32(0), true
	for _, set := range r.sets {
		have := &set.rs.Status
		size += set.size()
		s.Replicas += have.Replicas
		s.ReadyReplicas += have.ReadyReplicas
		s.AvailableReplicas += have.AvailableReplicas
		if have.TerminatingReplicas == nil {
			known = false
		} else {
			ending += *have.TerminatingReplicas
		}
	}
	if known {
		s.TerminatingReplicas = &ending
	}
	if r.current != nil {
		s.UpdatedReplicas = r.current.rs.Status.Replicas
	}
	s.UnavailableReplicas = max(size-s.AvailableReplicas, 0)
	r.next.Status = s
	if s.AvailableReplicas >= wanted(r.d.Spec.Replicas)-r.limits.unavailable {
		r.condition(api.DeploymentAvailable, api.ConditionTrue, "MinimumReplicasAvailable", "Deployment has minimum availability.")
	} else {
		r.condition(api.DeploymentAvailable, api.ConditionFalse, "MinimumReplicasUnavailable", "Deployment does not have minimum availability.")
	}
}

// writeProgress is writeStatus, and how the rollout gets on: whether it is done, moves, or has stood still for too long.
//
// Source: k8s.io/kubernetes, pkg/controller/deployment, syncRolloutStatus.
func (r *rollout) writeProgress() {
	r.writeStatus()
	next := &r.next.Status
	if !hasDeadline(r.d) {
		next.Conditions = dropCondition(next.Conditions, api.DeploymentProgressing)
	} else if c := conditionOf(next.Conditions, api.DeploymentProgressing); c == nil || c.Reason != reasonAvailable || next.Replicas != next.UpdatedReplicas {
		r.judgeProgress(c)
	}
	if c := r.replicaFailure(); c != nil {
		next.Conditions = setDeploymentCondition(next.Conditions, *c)
	} else if conditionOf(next.Conditions, api.DeploymentReplicaFailure) != nil {
		next.Conditions = dropCondition(next.Conditions, api.DeploymentReplicaFailure)
	}
	r.watchDeadline()
}

func (r *rollout) judgeProgress(was *api.DeploymentCondition) {
	next := &r.next.Status
	who := "Deployment " + quote(r.d.Name)
	if r.current != nil {
		who = "ReplicaSet " + quote(r.current.rs.Name)
	}
	switch {
	case r.complete(next):
		r.condition(api.DeploymentProgressing, api.ConditionTrue, reasonAvailable, who+" has successfully progressed.")
	case r.progressed():
		c := api.DeploymentCondition{
			Type: api.DeploymentProgressing, Status: api.ConditionTrue, Reason: reasonUpdated, Message: who + " is progressing.",
			LastUpdateTime: r.now, LastTransitionTime: r.now,
		}
		if was != nil && was.Status == api.ConditionTrue {
			c.LastTransitionTime = was.LastTransitionTime
		}
		next.Conditions = append(dropCondition(next.Conditions, c.Type), c)
	case r.late(was):
		r.condition(api.DeploymentProgressing, api.ConditionFalse, reasonDeadline, who+" has timed out progressing.")
	}
}

// complete tells whether all pods are of the new template, are available, and no others are left.
func (r *rollout) complete(s *api.DeploymentStatus) bool {
	n := wanted(r.d.Spec.Replicas)
	return s.UpdatedReplicas == n && s.Replicas == n && s.AvailableReplicas == n && s.ObservedGeneration >= r.d.Generation
}

// progressed tells whether there are more new pods, or fewer old ones, or more that are ready or available than before.
func (r *rollout) progressed() bool {
	was, is := &r.d.Status, &r.next.Status
	return is.UpdatedReplicas > was.UpdatedReplicas || is.Replicas-is.UpdatedReplicas < was.Replicas-was.UpdatedReplicas ||
		is.ReadyReplicas > was.ReadyReplicas || is.AvailableReplicas > was.AvailableReplicas
}

// late tells whether the rollout has stood still for longer than its deadline.
func (r *rollout) late(c *api.DeploymentCondition) bool {
	switch {
	case c == nil || c.Reason == reasonAvailable:
		return false
	case c.Reason == reasonDeadline:
		return true
	}
	return c.LastUpdateTime+api.Time(*r.d.Spec.ProgressDeadlineSeconds) < r.now
}

// watchDeadline asks to look again when the deadline will have passed.
func (r *rollout) watchDeadline() {
	c := conditionOf(r.next.Status.Conditions, api.DeploymentProgressing)
	if !hasDeadline(r.d) || c == nil || c.Reason == reasonDeadline || r.complete(&r.next.Status) {
		return
	}
	left := int64(c.LastUpdateTime) + int64(*r.d.Spec.ProgressDeadlineSeconds) - int64(r.now)
	r.after = max(left, 0) + secondsToBeLate
}

// replicaFailure is the condition by which a set says that it cannot make pods, as the Deployment passes it on.
func (r *rollout) replicaFailure() *api.DeploymentCondition {
	find := func(s *set) *api.DeploymentCondition {
		for _, c := range s.rs.Status.Conditions {
			if c.Type == api.ReplicaSetReplicaFailure {
				return &api.DeploymentCondition{
					Type: api.DeploymentReplicaFailure, Status: c.Status, Reason: c.Reason, Message: c.Message,
					LastTransitionTime: c.LastTransitionTime, LastUpdateTime: c.LastTransitionTime,
				}
			}
		}
		return nil
	}
	if r.current != nil {
		if c := find(r.current); c != nil {
			return c
		}
	}
	for _, s := range r.sets {
		if c := find(s); c != nil {
			return c
		}
	}
	return nil
}

func sameDeploymentStatus(a, b *api.DeploymentStatus) bool {
	return a.ObservedGeneration == b.ObservedGeneration && a.Replicas == b.Replicas && a.UpdatedReplicas == b.UpdatedReplicas &&
		a.ReadyReplicas == b.ReadyReplicas && a.AvailableReplicas == b.AvailableReplicas &&
		a.UnavailableReplicas == b.UnavailableReplicas && sameNumber(a.TerminatingReplicas, b.TerminatingReplicas) &&
		sameNumber(a.CollisionCount, b.CollisionCount) && slices.Equal(a.Conditions, b.Conditions)
}

// untilWall is how long it takes until the world's clock shows t; at least until the next moment.
func untilWall(in reconcile.Input, t api.Time) time.Duration {
	return max(time.Duration(t-in.WallAt(0))*time.Second-in.Now, 1)
}
