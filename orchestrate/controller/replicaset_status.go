package controller

import (
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
)

// lastBatch is that of ops which are left out if anything was refused.
const lastBatch = 255

// writeStatus plans what was seen of the pods, if that is news. failure is why pods could not be made; nil if they
// could, or if there were none to make.
func (w *replicas) writeStatus(failure error) {
	status := w.status(failure)
	if sameReplicaSetStatus(&status, &w.rs.Status) {
		return
	}
	next := *w.rs
	next.Status = status
	w.plan.Update(w.Key, &next, "StatusChanged")
	w.plan.Ops[len(w.plan.Ops)-1].Batch = lastBatch
}

func (w *replicas) status(failure error) api.ReplicaSetStatus {
	available := w.total.ready
	if w.rs.Spec.MinReadySeconds > 0 && available > 0 {
		available = w.available()
	}
	ending := w.total.terminating
	return api.ReplicaSetStatus{
		Replicas:             w.total.active,
		FullyLabeledReplicas: w.total.labeled,
		ReadyReplicas:        w.total.ready,
		AvailableReplicas:    available,
		TerminatingReplicas:  &ending,
		ObservedGeneration:   w.rs.Generation,
		Conditions:           w.conditions(failure),
	}
}

// available counts the pods that have been ready for long enough, and asks to look again when the next one will be.
func (w *replicas) available() int32 {
	n, next := int32(0), time.Duration(-1)
	for _, o := range w.Snapshot.ByOwner(api.KindPod, w.rs.UID) {
		p, ok := o.(*api.Pod)
		if !ok || !active(p) || !w.manages(p) {
			continue
		}
		since, ready := readySince(p)
		if !ready {
			continue
		}
		at := time.Duration(since+api.Time(w.rs.Spec.MinReadySeconds)-w.WallAt(0)) * time.Second
		if at <= w.Now {
			n++
		} else if next < 0 || at < next {
			next = at
		}
	}
	if next >= 0 {
		w.plan.Again(next - w.Now)
	}
	return n
}

// conditions are those of the ReplicaSet with ReplicaFailure put on or taken off.
func (w *replicas) conditions(failure error) []api.ReplicaSetCondition {
	have := w.rs.Status.Conditions
	at := slices.IndexFunc(have, func(c api.ReplicaSetCondition) bool { return c.Type == api.ReplicaSetReplicaFailure })
	switch {
	case failure != nil && at < 0:
		return append(slices.Clip(have), api.ReplicaSetCondition{
			Type: api.ReplicaSetReplicaFailure, Status: api.ConditionTrue, LastTransitionTime: w.Wall,
			Reason: "FailedCreate", Message: failure.Error(),
		})
	case failure == nil && at >= 0:
		if len(have) == 1 {
			return nil
		}
		return slices.Delete(slices.Clone(have), at, at+1)
	}
	return have
}

func sameReplicaSetStatus(a, b *api.ReplicaSetStatus) bool {
	return a.Replicas == b.Replicas && a.FullyLabeledReplicas == b.FullyLabeledReplicas && a.ReadyReplicas == b.ReadyReplicas &&
		a.AvailableReplicas == b.AvailableReplicas && a.ObservedGeneration == b.ObservedGeneration &&
		sameNumber(a.TerminatingReplicas, b.TerminatingReplicas) && slices.Equal(a.Conditions, b.Conditions)
}

func sameNumber(a, b *int32) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

// Refused tells people that pods could not be made, notes it in the status, and tries again later. In a namespace that is
// going away nobody needs to know.
func (l *ReplicaSets) Refused(in reconcile.Input, refusals []reconcile.Refusal, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	rs, ok := o.(*api.ReplicaSet)
	if !ok || endingNamespace(refusals[0].Err) {
		return
	}
	w := replicas{Input: in, plan: plan, rs: rs}
	w.total, _ = l.members.total(rs)
	for _, r := range refusals {
		plan.Record(w.event(api.EventWarning, "FailedCreate", "Error creating: "+r.Err.Error()))
	}
	w.writeStatus(refusals[0].Err)
	plan.Failed = true
}

// endingNamespace tells whether something was refused because its namespace is being deleted.
func endingNamespace(err error) bool {
	status, ok := err.(*api.StatusError)
	if !ok || status.Status.Details == nil {
		return false
	}
	return slices.ContainsFunc(status.Status.Details.Causes, func(c api.StatusCause) bool { return c.Type == api.CauseNamespaceTerminating })
}
