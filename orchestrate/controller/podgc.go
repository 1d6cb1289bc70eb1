package controller

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// quarantine is how long a node must be missing before its pods are given up.
//
// Source: k8s.io/kubernetes, pkg/controller/podgc, quarantineTime.
const quarantine = 40 * time.Second

// PodGC removes pods, and what is left of them, from nodes that do not exist any more.
type PodGC struct{}

// NewPodGC is the pod garbage collector.
func NewPodGC() *PodGC { return &PodGC{} }

// Describe says who the loop is.
func (*PodGC) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    "pod-garbage-collector",
		Doc:     "removes pods that are bound to a node which does not exist",
		Watches: api.KindsOf(api.KindNode, api.KindPod),
		Reads:   api.KindsOf(api.KindNode, api.KindPod, api.KindSandbox),
		Writes:  api.KindsOf(api.KindPod, api.KindSandbox),
		Latency: quarantine,
	}
}

// Route wakes the loop for the pods of a node that was removed, and for a pod bound to a node that is not there.
func (*PodGC) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	switch o := c.Object().(type) {
	case *api.Node:
		if c.New == nil {
			for id := range sn.ByNode(api.KindPod, o.Name) {
				enqueue(id)
			}
		}
	case *api.Pod:
		if c.New == nil || o.Spec.NodeName == "" {
			return
		}
		if _, _, ok := sn.NodeOf(c.ID); !ok {
			enqueue(c.ID)
		}
	}
}

// Reconcile removes one pod if its node is still missing, with what its runtime held.
func (*PodGC) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	pod, ok := o.(*api.Pod)
	if !ok || pod.Spec.NodeName == "" || len(pod.Finalizers) > 0 {
		return
	}
	if _, _, there := in.Snapshot.Get(api.KindNode, "", pod.Spec.NodeName); there {
		return
	}
	for id, box := range in.Snapshot.ByOwner(api.KindSandbox, pod.UID) {
		plan.Delete(id, box, "NodeGone")
	}
	plan.Delete(in.Key, pod, "NodeGone")
}
