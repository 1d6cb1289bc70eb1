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
func (l *NodeLifecycle) tainted(in reconcile.Input, plan *reconcile.Plan, n *api.Node, silent bool) []api.Taint {
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
	evicts := key != "" && l.mayEvict(in, plan, n, silent, out, key)
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
func (l *NodeLifecycle) mayEvict(in reconcile.Input, plan *reconcile.Plan, n *api.Node, silent bool, taints []api.Taint, key string) bool {
	whole, part := l.zones.whole, l.zones.parts[regionOf(n)]
	if silent { // not counted as lost yet
		whole.lost++
		part.lost++
	}
	if whole.lost == whole.all {
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
	pause := part.pause()
	if pause < 0 {
		return false
	}
	due := (time.Duration(seen-in.WallAt(0))*time.Second/monitorPeriod + 1) * monitorPeriod
	if last := l.zones.lastEviction(in.Snapshot, regionOf(n)); last != 0 {
		due = max(due, time.Duration(last-in.WallAt(0))*time.Second+pause)
	}
	if due > in.Now {
		plan.Again(due - in.Now)
		return false
	}
	return true
}
