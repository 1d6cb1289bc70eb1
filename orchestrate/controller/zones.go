package controller

import (
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// region is where a node is: its region and its zone.
type region [2]string

func regionOf(n *api.Node) region {
	return region{n.Labels["topology.kubernetes.io/region"], n.Labels["topology.kubernetes.io/zone"]}
}

// tallyOfNodes counts nodes, and those of them that are not ready.
type tallyOfNodes struct{ all, lost int }

func (t *tallyOfNodes) add(n *api.Node, by int) {
	t.all += by
	if readiness(n) != api.ConditionTrue {
		t.lost += by
	}
}

// zones is a digest of all nodes. It holds nothing that the store does not.
type zones struct {
	whole tallyOfNodes
	parts map[region]tallyOfNodes
	// lost are the nodes that are not ready, and evicting those with a taint that evicts, both in the order of their creation.
	lost, evicting []store.ID
}

func newZones() zones { return zones{parts: map[region]tallyOfNodes{}} }

func (z *zones) observe(c store.Change) {
	if n, ok := c.Old.(*api.Node); ok {
		z.count(n, -1)
	}
	n, is := c.New.(*api.Node)
	if is {
		z.count(n, 1)
	}
	z.lost = keep(z.lost, c.ID, is && readiness(n) != api.ConditionTrue)
	z.evicting = keep(z.evicting, c.ID, is && evicting(n))
}

func (z *zones) count(n *api.Node, by int) {
	z.whole.add(n, by)
	at := regionOf(n)
	t := z.parts[at]
	t.add(n, by)
	if t.all == 0 {
		delete(z.parts, at)
		return
	}
	z.parts[at] = t
}

// keep puts an id into a sorted list or takes it out.
func keep(ids []store.ID, id store.ID, in bool) []store.ID {
	i, found := slices.BinarySearch(ids, id)
	switch {
	case in && !found:
		return slices.Insert(ids, i, id)
	case !in && found:
		return slices.Delete(ids, i, i+1)
	}
	return ids
}

// pause is the time between two evictions in a zone; negative if there are none.
//
// Source: kube-controller-manager, --node-eviction-rate, --secondary-node-eviction-rate, --unhealthy-zone-threshold,
// --large-cluster-size-threshold.
func (t tallyOfNodes) pause() time.Duration {
	const large, few, threshold = 50, 2, 55 // nodes, nodes, percent
	switch {
	case t.lost == t.all || t.lost <= few || 100*t.lost < threshold*t.all:
		return 10 * time.Second
	case t.all > large:
		return 100 * time.Second
	}
	return -1
}

// lastEviction is when a node of a zone was last given a taint that evicts; 0 if none has one.
func (z *zones) lastEviction(sn store.Snapshot, at region) (last api.Time) {
	for _, id := range z.evicting {
		o, _ := sn.ByID(id)
		n, ok := o.(*api.Node)
		if !ok || regionOf(n) != at {
			continue
		}
		for _, t := range n.Spec.Taints {
			if t.Effect == api.TaintNoExecute && (t.Key == api.TaintNodeNotReady || t.Key == api.TaintNodeUnreachable) {
				last = max(last, t.TimeAdded)
			}
		}
	}
	return last
}
