package kubelet

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// How often a kubelet gives a sign of life: it renews its Lease, and reports its node's status even if nothing is new.
//
// Source: Kubernetes documentation, "Nodes", heartbeats; kubelet configuration, nodeLeaseDurationSeconds 40, renewed at a quarter
// of that, and nodeStatusReportFrequency.
const (
	leaseSeconds = 40
	renewEvery   = leaseSeconds * time.Second / 4
	reportEvery  = 5 * time.Minute
)

// Heartbeat is the part of all kubelets that says that a node is there.
type Heartbeat struct{}

// NewHeartbeat is a heartbeat for every node.
func NewHeartbeat() *Heartbeat { return &Heartbeat{} }

// Describe says who the heartbeat is.
func (*Heartbeat) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    "node-heartbeat",
		Doc:     "renews the Lease of its node, and reports the node's conditions",
		Watches: api.KindsOf(api.KindNode, api.KindFault),
		Reads:   api.KindsOf(api.KindNode, api.KindLease, api.KindFault, api.KindNamespace),
		Writes:  api.KindsOf(api.KindNode, api.KindLease, api.KindEvent),
		Latency: 50 * time.Millisecond,
	}
}

// Route wakes the heartbeat for a node that is new, and for one whose machine can speak again.
func (*Heartbeat) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	switch o := c.Object().(type) {
	case *api.Node:
		if c.Old == nil {
			enqueue(c.ID)
		}
	case *api.Fault:
		switch o.Type() {
		case api.NodeDown, api.NetworkCut, api.KubeletDown:
			if _, id, ok := sn.Get(api.KindNode, "", o.Target()); ok {
				enqueue(id)
			}
		}
	}
}

// Reconcile renews one node's Lease if it is time, and reports its conditions if they are old or not what they should be.
func (h *Heartbeat) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	node, ok := o.(*api.Node)
	if !ok {
		return
	}
	if m := machineOf(in.Snapshot, node.Name); m.asleep() || m.cut != 0 {
		return // it is woken when that is over
	}
	plan.Actor, plan.Local = "kubelet", true
	h.report(in, node, plan)
	h.renew(in, node, plan)
}

// renew keeps the Lease young.
func (h *Heartbeat) renew(in reconcile.Input, node *api.Node, plan *reconcile.Plan) {
	micro := int64(in.WallAt(0))*1e6 + int64(in.Now/time.Microsecond)
	now := api.MicroTime(micro)
	o, id, ok := in.Snapshot.Get(api.KindLease, api.NamespaceNodeLeases, node.Name)
	if !ok {
		if _, _, there := in.Snapshot.Get(api.KindNamespace, "", api.NamespaceNodeLeases); there {
			holder, seconds := node.Name, int32(leaseSeconds)
			plan.Create(&api.Lease{
				ObjectMeta: api.ObjectMeta{Namespace: api.NamespaceNodeLeases, Name: node.Name, OwnerReferences: []api.OwnerReference{{APIVersion: "v1", Kind: "Node", Name: node.Name, UID: node.UID}}},
				Spec:       api.LeaseSpec{HolderIdentity: &holder, LeaseDurationSeconds: &seconds, RenewTime: now},
			}, "Renewed")
		}
		plan.Again(renewEvery)
		return
	}
	lease, ok := o.(*api.Lease)
	if !ok {
		return
	}
	if due := time.Duration(int64(lease.Spec.RenewTime)-micro)*time.Microsecond + renewEvery; due > 0 {
		plan.Again(due)
		return
	}
	next := *lease
	next.Spec.RenewTime = now
	plan.Update(id, &next, "Renewed")
	plan.Again(renewEvery)
}

// report says how the node is: whenever that is not what the API server believes, and every five minutes.
func (h *Heartbeat) report(in reconcile.Input, node *api.Node, plan *reconcile.Plan) {
	old, wrong := in.Wall, false
	for i := range node.Status.Conditions {
		if c := &node.Status.Conditions[i]; ours(c.Type) {
			old = min(old, c.LastHeartbeatTime)
			wrong = wrong || c.Status == api.ConditionUnknown || c.Type == api.NodeReady && c.Status != api.ConditionTrue
		}
	}
	if !wrong && time.Duration(in.Wall-old)*time.Second < reportEvery {
		return
	}
	next := *node
	next.Status.Conditions = append([]api.NodeCondition(nil), node.Status.Conditions...)
	cameBack := false
	for i := range next.Status.Conditions {
		c := &next.Status.Conditions[i]
		if !ours(c.Type) {
			continue
		}
		c.LastHeartbeatTime = in.Wall
		if is := healthy(c.Type); c.Status == api.ConditionUnknown || c.Type == api.NodeReady && c.Status != is.Status {
			cameBack = cameBack || c.Type == api.NodeReady
			c.Status, c.Reason, c.Message, c.LastTransitionTime = is.Status, is.Reason, is.Message, in.Wall
		}
	}
	id := in.Key
	plan.Update(id, &next, "Heartbeat")
	if cameBack {
		plan.Record(reconcile.Event{
			About: node, Type: api.EventNormal, Reason: "NodeReady", Message: "Node " + node.Name + " status is now: NodeReady",
			Component: "kubelet", Host: node.Name,
		})
	}
}

// ours tells whether a condition is the kubelet's to report.
func ours(kind api.NodeConditionType) bool {
	switch kind {
	case api.NodeReady, api.NodeMemoryPressure, api.NodeDiskPressure, api.NodePIDPressure:
		return true
	}
	return false
}

// healthy is what a kubelet says of a condition when all is well.
func healthy(kind api.NodeConditionType) api.NodeCondition {
	switch kind {
	case api.NodeReady:
		return api.NodeCondition{Status: api.ConditionTrue, Reason: api.ReasonKubeletReady, Message: "kubelet is posting ready status"}
	case api.NodeMemoryPressure:
		return api.NodeCondition{Status: api.ConditionFalse, Reason: api.ReasonKubeletHasSufficientMemory, Message: "kubelet has sufficient memory available"}
	case api.NodeDiskPressure:
		return api.NodeCondition{Status: api.ConditionFalse, Reason: api.ReasonKubeletHasNoDiskPressure, Message: "kubelet has no disk pressure"}
	}
	return api.NodeCondition{Status: api.ConditionFalse, Reason: api.ReasonKubeletHasSufficientPID, Message: "kubelet has sufficient PID available"}
}
