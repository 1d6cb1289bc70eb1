package schedule

import (
	"cmp"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// nodeInfo is what the scheduler knows of a node: the object, and the sum of what its pods request.
type nodeInfo struct {
	name  string
	node  *api.Node // nil while pods name it but it does not exist
	free  Resources // allocatable, before any pod
	used  Resources
	asked Resources // like used, but pods without requests count with a default, for scoring
	pods  int64
	most  int64 // allocatable pods
}

// digest is the running sum over all nodes. It can be built again from the store at any time.
type digest struct {
	nodes  []*nodeInfo // by name
	byName map[string]*nodeInfo
	bound  map[store.ID]charge
}

// charge is what one pod was added to a node with, so that the same can be taken off again.
type charge struct {
	node        string
	used, asked Resources
}

func newDigest() digest {
	return digest{byName: map[string]*nodeInfo{}, bound: map[store.ID]charge{}}
}

// observe follows one change to a node or a pod.
func (d *digest) observe(c store.Change) {
	switch o := c.Object().(type) {
	case *api.Node:
		d.observeNode(c, o)
	case *api.Pod:
		d.observePod(c, o)
	}
}

func (d *digest) observeNode(c store.Change, n *api.Node) {
	info := d.at(n.Name)
	info.node = nil
	if c.New != nil {
		info.node = n
		info.free, info.most = allocatable(n)
	}
}

// at is the info of a node; a pod may name a node before the node is known.
func (d *digest) at(name string) *nodeInfo {
	if info := d.byName[name]; info != nil {
		return info
	}
	info := &nodeInfo{name: name}
	d.byName[name] = info
	i, _ := slices.BinarySearchFunc(d.nodes, name, func(n *nodeInfo, name string) int { return cmp.Compare(n.name, name) })
	d.nodes = slices.Insert(d.nodes, i, info)
	return info
}

func (d *digest) observePod(c store.Change, p *api.Pod) {
	old, was := d.bound[c.ID]
	runs := c.New != nil && p.Spec.NodeName != "" && !finished(p)
	if was == runs && (!was || old.node == p.Spec.NodeName) {
		return
	}
	if was {
		info := d.at(old.node)
		info.used.sub(old.used)
		info.asked.sub(old.asked)
		info.pods--
		delete(d.bound, c.ID)
	}
	if runs {
		used, asked := Requests(p)
		info := d.at(p.Spec.NodeName)
		info.used.add(used)
		info.asked.add(asked)
		info.pods++
		d.bound[c.ID] = charge{p.Spec.NodeName, used, asked}
	}
}

// finished tells whether a pod no longer holds what it requested.
func finished(p *api.Pod) bool {
	return p.Status.Phase == api.PodSucceeded || p.Status.Phase == api.PodFailed
}
