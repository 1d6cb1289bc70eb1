package controller

import (
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
)

// conditionTaints are the taints that keep pods off a node while one of its conditions says so.
var conditionTaints = []struct {
	condition api.NodeConditionType
	status    api.ConditionStatus
	taint     string
}{
	{api.NodeReady, api.ConditionFalse, api.TaintNodeNotReady},
	{api.NodeReady, api.ConditionUnknown, api.TaintNodeUnreachable},
	{api.NodeMemoryPressure, api.ConditionTrue, api.TaintMemoryPressure},
	{api.NodeDiskPressure, api.ConditionTrue, api.TaintDiskPressure},
	{api.NodePIDPressure, api.ConditionTrue, api.TaintPIDPressure},
	{api.NodeNetworkUnavailable, api.ConditionTrue, api.TaintNetworkOut},
}

// tainted are the taints a node is to have: others as they are, and those that say how it is.
func tainted(in reconcile.Input, plan *reconcile.Plan, n *api.Node) []api.Taint {
	out := n.Spec.Taints
	for _, t := range conditionTaints {
		c := nodeCondition(n, t.condition)
		out = setTaint(out, t.taint, api.TaintNoSchedule, c != nil && c.Status == t.status, in.Wall)
	}
	out = setTaint(out, api.TaintNodeUnschedulable, api.TaintNoSchedule, n.Spec.Unschedulable, in.Wall)
	ready := nodeCondition(n, api.NodeReady)
	if ready == nil {
		return out
	}
	key := ""
	switch ready.Status {
	case api.ConditionFalse:
		key = api.TaintNodeNotReady
	case api.ConditionUnknown:
		key = api.TaintNodeUnreachable
	}
	evicts := key != "" && mayEvict(in, plan, n, out, key)
	for _, k := range [...]string{api.TaintNodeNotReady, api.TaintNodeUnreachable} {
		out = setTaint(out, k, api.TaintNoExecute, evicts && k == key, in.Wall)
	}
	return out
}

// setTaint puts a taint on or takes it off. The list that is given is not changed.
func setTaint(taints []api.Taint, key string, effect api.TaintEffect, on bool, now api.Time) []api.Taint {
	at := slices.IndexFunc(taints, func(t api.Taint) bool { return t.Key == key && t.Effect == effect })
	switch {
	case on && at < 0:
		return append(slices.Clip(taints), api.Taint{Key: key, Effect: effect, TimeAdded: now})
	case !on && at >= 0:
		out := slices.Delete(slices.Clone(taints), at, at+1)
		if len(out) == 0 {
			return nil
		}
		return out
	}
	return taints
}

// mayEvict tells whether a node that is not ready has, or may now be given, the taint that evicts pods: at the end of the
// period in which it was first seen not to be ready, and one node of a zone at a time. Where most nodes of a zone are lost the
// zone is let be; where all nodes of all zones are, it is most likely the control plane that is cut off, and nobody is evicted.
//
// Source: k8s.io/kubernetes, pkg/controller/nodelifecycle, handleDisruption and doNoExecuteTaintingPass.
func mayEvict(in reconcile.Input, plan *reconcile.Plan, n *api.Node, taints []api.Taint, key string) bool {
	z := survey(in, n)
	if z.lost == z.all {
		return false
	}
	seen := api.Time(0)
	for _, t := range taints {
		if t.Key == key && t.Effect == api.TaintNoExecute {
			return true
		}
		if t.Key == key {
			seen = t.TimeAdded
		}
	}
	pause := z.pause()
	if pause < 0 {
		return false
	}
	due := (time.Duration(seen-in.WallAt(0))*time.Second/monitorPeriod + 1) * monitorPeriod
	if z.last != 0 {
		due = max(due, time.Duration(z.last-in.WallAt(0))*time.Second+pause)
	}
	if due > in.Now {
		plan.Again(due - in.Now)
		return false
	}
	return true
}

// zone is how the nodes of one zone are, and of all: how many there are and how many of them are lost.
type zone struct {
	all, lost      int
	here, lostHere int
	last           api.Time // when the last of them was given a taint that evicts
}

// pause is the time between two evictions in a zone; negative if there are none.
//
// Source: kube-controller-manager, --node-eviction-rate, --secondary-node-eviction-rate, --unhealthy-zone-threshold,
// --large-cluster-size-threshold.
func (z *zone) pause() time.Duration {
	const large, many, threshold = 50, 2, 55 // nodes, nodes, percent
	switch {
	case z.lostHere == z.here || z.lostHere <= many || 100*z.lostHere < threshold*z.here:
		return 10 * time.Second
	case z.here > large:
		return 100 * time.Second
	}
	return -1
}

// survey looks at all nodes from the place of one.
func survey(in reconcile.Input, of *api.Node) (z zone) {
	where := func(n *api.Node) [2]string {
		return [2]string{n.Labels["topology.kubernetes.io/region"], n.Labels["topology.kubernetes.io/zone"]}
	}
	own := where(of)
	for _, o := range in.Snapshot.List(api.KindNode) {
		n, ok := o.(*api.Node)
		if !ok {
			continue
		}
		lost := readiness(n) != api.ConditionTrue || n.Name == of.Name
		z.all++
		if lost {
			z.lost++
		}
		if where(n) != own {
			continue
		}
		z.here++
		if lost {
			z.lostHere++
		}
		for _, t := range n.Spec.Taints {
			if t.Effect == api.TaintNoExecute && (t.Key == api.TaintNodeNotReady || t.Key == api.TaintNodeUnreachable) {
				z.last = max(z.last, t.TimeAdded)
			}
		}
	}
	return z
}
