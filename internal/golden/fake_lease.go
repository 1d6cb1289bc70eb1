package golden

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// leases renew the Lease of every node as KWOK does, whatever the recorder's hand says of the node.
type leases struct{}

// Describe says who they are.
func (leases) Describe() reconcile.Description {
	kinds := api.KindsOf(api.KindNode, api.KindLease)
	return reconcile.Description{
		Name: "kwok-lease", Doc: "says of every node that it is there", Watches: api.KindsOf(api.KindNode), Reads: kinds, Writes: api.KindsOf(api.KindLease),
	}
}

// Route wakes for nodes.
func (leases) Route(c store.Change, _ store.Snapshot, enqueue func(reconcile.Key)) {
	if c.Old == nil && c.New != nil {
		enqueue(c.ID)
	}
}

// Reconcile renews the Lease of one node.
func (leases) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	plan.Again(10 * time.Second)
	node := o.Meta()
	now := api.MicroTime(int64(in.Wall) * 1e6)
	if old, id, ok := in.Snapshot.Get(api.KindLease, api.NamespaceNodeLeases, node.Name); ok {
		if next, ok := old.Clone().(*api.Lease); ok {
			next.Spec.RenewTime = now
			plan.Update(id, next, "Renewed")
		}
		return
	}
	holder, seconds := "vm_"+string(node.UID), int32(40)
	plan.Create(&api.Lease{
		ObjectMeta: api.ObjectMeta{
			Namespace: api.NamespaceNodeLeases, Name: node.Name,
			OwnerReferences: []api.OwnerReference{{APIVersion: "v1", Kind: "Node", Name: node.Name, UID: node.UID}},
		},
		Spec: api.LeaseSpec{HolderIdentity: &holder, LeaseDurationSeconds: &seconds, RenewTime: now},
	}, "Renewed")
}
