package network

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// faults is the weather that the faults of a world make.
type faults struct{ sn store.Snapshot }

// Path adds up what ails both ends and the network as a whole. A node that is cut off from the control plane is not cut off
// from other nodes.
func (w faults) Path(at time.Duration, from, to string) Path {
	sn := w.sn.AsOf(at)
	amount := func(kind, target string) int64 {
		o, _, ok := sn.Get(api.KindFault, kind, target)
		if f, is := o.(*api.Fault); ok && is {
			return f.Amount
		}
		return 0
	}
	var p Path
	for _, target := range [3]string{api.AllTargets, from, to} {
		if target == "" || target == to && from == to {
			continue
		}
		p.Slow += time.Duration(amount(api.NetworkSlow, target))
		p.Loss = min(p.Loss+int(amount(api.NetworkLossy, target)), 1000)
	}
	return p
}

// Down tells that a node's machine is off.
func (w faults) Down(at time.Duration, node string) bool {
	_, _, off := w.sn.AsOf(at).Get(api.KindFault, api.NodeDown, node)
	return off
}

// Deaf tells since when a node hears nothing of the control plane.
func (w faults) Deaf(at time.Duration, node string) (time.Duration, bool) {
	o, _, cut := w.sn.AsOf(at).Get(api.KindFault, api.NetworkCut, node)
	if f, ok := o.(*api.Fault); cut && ok {
		return time.Duration(f.Begin), true
	}
	return 0, false
}
