package controller

import (
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

const nodeController = "node-controller"

const (
	// silence is how long a kubelet may be silent before its node counts as unreachable.
	//
	// Source: kube-controller-manager, --node-monitor-grace-period.
	silence = 50 * time.Second

	// monitorPeriod is how often nodes are looked at: taints that evict are put on at the end of such a period.
	//
	// Source: kube-controller-manager, --node-monitor-period.
	monitorPeriod = 5 * time.Second
)

// NodeLifecycle notices nodes that do not answer, and puts on nodes the taints that say how they are.
//
//	Lease not renewed for 50 s ──> Ready is Unknown, and so the pods are not ready
//	Ready is False or Unknown  ──> taint NoSchedule at once, NoExecute at the end of the period, one node at a time
//	cordoned, short of memory  ──> taint NoSchedule
type NodeLifecycle struct{ zones zones }

// NewNodeLifecycle is the node lifecycle controller. It knows no node yet; it learns of them as they are observed.
func NewNodeLifecycle() *NodeLifecycle { return &NodeLifecycle{newZones()} }

// Reset forgets all nodes.
func (l *NodeLifecycle) Reset() { l.zones = newZones() }

// Observe follows a change of a node in the sums.
func (l *NodeLifecycle) Observe(c store.Change) {
	if c.Kind == api.KindNode {
		l.zones.observe(c)
	}
}

// Describe says who the loop is.
func (*NodeLifecycle) Describe() reconcile.Description {
	kinds := api.KindsOf(api.KindNode, api.KindLease)
	return reconcile.Description{
		Name:    nodeController,
		Doc:     "notices nodes that do not answer, and taints those that are not well",
		Watches: kinds, Reads: kinds | api.KindsOf(api.KindPod), Writes: api.KindsOf(api.KindNode, api.KindPod, api.KindEvent),
		Latency: 10 * time.Millisecond,
	}
}

// Route wakes the loop for a node, and for the first Lease of one. How a Lease goes on is looked at when it would be over.
// When a node becomes ready or stops being so, others that wait to be tainted are looked at too.
func (l *NodeLifecycle) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	if c.Kind == api.KindLease {
		if c.Old == nil && c.New.Meta().Namespace == api.NamespaceNodeLeases {
			if _, id, ok := sn.Get(api.KindNode, "", c.New.Meta().Name); ok {
				enqueue(id)
			}
		}
		return
	}
	old, was := c.Old.(*api.Node)
	now, is := c.New.(*api.Node)
	if is && !(was && asWell(old, now)) {
		enqueue(c.ID)
	}
	if was && is && readiness(old) == readiness(now) {
		return
	}
	for _, id := range l.zones.lost {
		enqueue(id)
	}
}

// asWell tells whether two versions of a node are the same to this loop.
func asWell(a, b *api.Node) bool {
	return a.Spec.Unschedulable == b.Spec.Unschedulable && slices.Equal(a.Spec.Taints, b.Spec.Taints) &&
		slices.Equal(a.Status.Conditions, b.Status.Conditions)
}

// readiness is what a node's condition Ready says; Unknown if nobody ever said.
func readiness(n *api.Node) api.ConditionStatus {
	if c := nodeCondition(n, api.NodeReady); c != nil {
		return c.Status
	}
	return api.ConditionUnknown
}

func nodeCondition(n *api.Node, kind api.NodeConditionType) *api.NodeCondition {
	for i := range n.Status.Conditions {
		if n.Status.Conditions[i].Type == kind {
			return &n.Status.Conditions[i]
		}
	}
	return nil
}

// Reconcile looks at one node.
func (l *NodeLifecycle) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	n, ok := o.(*api.Node)
	if !ok {
		return
	}
	next := *n
	lost := silent(in, plan, n)
	if lost {
		next.Status.Conditions = unknownConditions(n.Status.Conditions, in.Wall)
	}
	next.Spec.Taints = l.tainted(in, plan, &next, lost)
	if lost || !slices.Equal(next.Spec.Taints, n.Spec.Taints) {
		plan.Update(in.Key, &next, "Tainted")
	}
	if lost {
		plan.Tell(reconcile.Event{
			About: n, Type: api.EventNormal, Reason: "NodeNotReady", Message: "Node " + n.Name + " status is now: NodeNotReady", Component: nodeController,
		})
		markPodsNotReady(in, plan, n.Name)
	}
}

// silent tells whether the kubelet of a node that counts as answering has not renewed its Lease for too long, and asks to
// look again when that could be so. A node without a Lease is never silent: nobody promised that it would speak.
func silent(in reconcile.Input, plan *reconcile.Plan, n *api.Node) bool {
	o, _, ok := in.Snapshot.Get(api.KindLease, api.NamespaceNodeLeases, n.Name)
	lease, is := o.(*api.Lease)
	if !ok || !is || readiness(n) == api.ConditionUnknown {
		return false
	}
	renewed := time.Duration(int64(lease.Spec.RenewTime)-int64(in.WallAt(0))*1e6) * time.Microsecond
	if left := renewed + silence - in.Now; left > 0 {
		plan.Again(left)
		return false
	}
	return true
}

// unknownConditions says of every condition that the kubelet reports that nobody knows.
func unknownConditions(have []api.NodeCondition, now api.Time) []api.NodeCondition {
	out := slices.Clone(have)
	for i := range out {
		switch out[i].Type {
		case api.NodeReady, api.NodeMemoryPressure, api.NodeDiskPressure, api.NodePIDPressure:
			out[i].Status, out[i].LastTransitionTime = api.ConditionUnknown, now
			out[i].Reason, out[i].Message = "NodeStatusUnknown", "Kubelet stopped posting node status."
		}
	}
	return out
}

// markPodsNotReady takes the pods of a node that does not answer out of their Services.
func markPodsNotReady(in reconcile.Input, plan *reconcile.Plan, node string) {
	for id, o := range in.Snapshot.ByNode(api.KindPod, node) {
		p, ok := o.(*api.Pod)
		if !ok {
			continue
		}
		c, has := api.PodConditionOf(p.Status.Conditions, api.PodReady)
		if !has || c.Status != api.ConditionTrue {
			continue
		}
		c.Status, c.LastTransitionTime = api.ConditionFalse, in.Wall
		next := *p
		next.Status.Conditions = api.SetPodCondition(p.Status.Conditions, c)
		plan.Update(id, &next, "NodeNotReady")
		plan.Tell(reconcile.Event{About: p, Type: api.EventWarning, Reason: "NodeNotReady", Message: "Node is not ready", Component: nodeController})
	}
}
