package controller

import (
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

const taintEviction = "taint-eviction-controller"

// TaintEviction deletes pods from nodes whose taints they do not tolerate, or not for as long.
type TaintEviction struct{}

// NewTaintEviction is the taint eviction controller.
func NewTaintEviction() *TaintEviction { return &TaintEviction{} }

// Describe says who the loop is.
func (*TaintEviction) Describe() reconcile.Description {
	kinds := api.KindsOf(api.KindNode, api.KindPod)
	return reconcile.Description{
		Name:    taintEviction,
		Doc:     "deletes pods from nodes with taints of effect NoExecute, when their tolerations are over",
		Watches: kinds, Reads: kinds, Writes: api.KindsOf(api.KindPod, api.KindEvent),
		Latency: 10 * time.Millisecond,
	}
}

// Route wakes the loop for the pods of a node whose taints that evict have changed, and for a pod that comes to a node which
// has one.
func (*TaintEviction) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	switch now := c.New.(type) {
	case *api.Node:
		old, was := c.Old.(*api.Node)
		if !evicting(now) && (!was || !evicting(old)) || was && slices.Equal(old.Spec.Taints, now.Spec.Taints) {
			return
		}
		for id := range sn.ByNode(api.KindPod, now.Name) {
			enqueue(id)
		}
	case *api.Pod:
		old, was := c.Old.(*api.Pod)
		if now.Spec.NodeName == "" || was && old.Spec == now.Spec {
			return
		}
		if o, _, ok := sn.NodeOf(c.ID); ok {
			if n, is := o.(*api.Node); is && evicting(n) {
				enqueue(c.ID)
			}
		}
	}
}

func evicting(n *api.Node) bool {
	return slices.ContainsFunc(n.Spec.Taints, func(t api.Taint) bool { return t.Effect == api.TaintNoExecute })
}

// Reconcile deletes one pod if it has to leave, or asks to look again when it will have to.
func (*TaintEviction) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	p, ok := o.(*api.Pod)
	if !ok || p.Spec.NodeName == "" || p.DeletionTimestamp != 0 || ended(p) {
		return
	}
	o, _, ok = in.Snapshot.NodeOf(in.Key)
	n, is := o.(*api.Node)
	if !ok || !is {
		return
	}
	at, leaves := eviction(p, n.Spec.Taints)
	if !leaves {
		return
	}
	if at > in.Wall {
		plan.Again(untilWall(in, at))
		return
	}
	next := *p
	next.Status.Conditions = api.SetPodCondition(p.Status.Conditions, api.PodCondition{
		Type: api.DisruptionTarget, Status: api.ConditionTrue, LastTransitionTime: in.Wall,
		Reason: api.ReasonDeletionByTaintManager, Message: "Taint manager: deleting due to NoExecute taint",
	})
	plan.DeleteAs(in.Key, &next, "", in.Wall)
	plan.Tell(reconcile.Event{
		About: p, Type: api.EventNormal, Reason: "TaintManagerEviction", Message: "Marking for deletion Pod " + p.Namespace + "/" + p.Name,
		Component: taintEviction,
	})
}

// eviction is when a pod has to leave a node with these taints; false if it may stay. A taint nobody tolerates is not waited
// for. A pod that came later than a taint is given its time from then on.
func eviction(p *api.Pod, taints []api.Taint) (at api.Time, leaves bool) {
	bound, _ := api.PodConditionOf(p.Status.Conditions, api.PodScheduled)
	for i := range taints {
		t := &taints[i]
		if t.Effect != api.TaintNoExecute {
			continue
		}
		until, forever := tolerated(p, t, max(t.TimeAdded, bound.LastTransitionTime))
		if !forever && (!leaves || until < at) {
			at, leaves = until, true
		}
	}
	return at, leaves
}

// tolerated is until when a pod tolerates a taint that it met at a time.
func tolerated(p *api.Pod, taint *api.Taint, met api.Time) (until api.Time, forever bool) {
	until, forever = 0, false
	found := false
	for i := range p.Spec.Tolerations {
		t := &p.Spec.Tolerations[i]
		if !t.Tolerates(taint) {
			continue
		}
		if t.TolerationSeconds == nil {
			if !found {
				forever = true
			}
			continue
		}
		end := met + api.Time(max(*t.TolerationSeconds, 0))
		if !found || end < until {
			until = end
		}
		found, forever = true, false
	}
	return until, forever
}
