package kubelet

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// machine is how a node's machine is doing, apart from what the API server knows of it.
type machine struct {
	off     bool         // there is no power
	stopped bool         // the kubelet does not run
	cut     api.Revision // when the way to the control plane was cut; 0 if it is open
}

// machineOf looks for what ails a node.
func machineOf(sn store.Snapshot, node string) machine {
	var m machine
	if !sn.Any(api.KindFault) {
		return m
	}
	_, _, m.off = sn.Get(api.KindFault, api.NodeDown, node)
	_, _, m.stopped = sn.Get(api.KindFault, api.KubeletDown, node)
	if o, _, ok := sn.Get(api.KindFault, api.NetworkCut, node); ok {
		m.cut = o.Meta().ResourceVersion
	}
	return m
}

// asleep tells whether the kubelet does nothing at all.
func (m machine) asleep() bool { return m.off || m.stopped }

// routeFault wakes whoever acts for the pods or sandboxes of a node when something happens to its machine.
func routeFault(f *api.Fault, sn store.Snapshot, kinds []api.Kind, enqueue func(store.ID)) {
	switch f.Type() {
	case api.NodeDown, api.NetworkCut, api.KubeletDown:
		for _, kind := range kinds {
			for id := range sn.ByNode(kind, f.Target()) {
				enqueue(id)
			}
		}
	}
}
