package controller

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// namespaced are the kinds that live in a namespace, in the order in which they are deleted. Pods go first, so that
// the events their end leaves behind are swept up with the rest.
var namespaced = []api.Kind{api.KindPod, api.KindEvent}

// Namespaces empties namespaces that are being deleted, then lets them go.
type Namespaces struct{}

// NewNamespaces is the namespace controller.
func NewNamespaces() *Namespaces { return &Namespaces{} }

// Describe says who the loop is.
func (*Namespaces) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    "namespace-controller",
		Doc:     "deletes everything in a namespace that is being deleted, then the namespace",
		Watches: api.KindsOf(api.KindNamespace, api.KindPod, api.KindEvent),
		Reads:   api.KindsOf(api.KindNamespace, api.KindPod, api.KindEvent),
		Writes:  api.KindsOf(api.KindNamespace, api.KindPod, api.KindEvent),
		Latency: 100 * time.Millisecond,
	}
}

// Route wakes the loop for a namespace that is being deleted, and for its content.
func (*Namespaces) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	name := c.Object().Meta().Namespace
	if c.Kind == api.KindNamespace {
		name = c.Object().Meta().Name
	}
	if o, id, ok := sn.Get(api.KindNamespace, "", name); ok && o.Meta().DeletionTimestamp != 0 {
		enqueue(id)
	}
}

// Reconcile asks for the deletion of what is left, or removes the empty namespace.
func (*Namespaces) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok || o.Meta().DeletionTimestamp == 0 {
		return
	}
	left := false
	for _, kind := range namespaced {
		for id, inside := range in.Snapshot.InNamespace(kind, o.Meta().Name) {
			left = true
			plan.DeleteGracefully(id, inside, in.Wall)
		}
		if left {
			return
		}
	}
	ns, ok := o.(*api.Namespace)
	if !ok || len(ns.Finalizers) > 0 {
		return
	}
	plan.Delete(in.Key, ns, "NamespaceEmpty")
}
