package schedule

import (
	"cmp"
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// digest is what the scheduler keeps of the store so as not to read it all for each pod: who is on which node and what they
// take. It can be built again from the store at any time, and decides nothing that the store would not.
type digest struct {
	nodes      []*nodeInfo // those that exist, by name, once it is sorted
	sorted     bool
	byName     map[string]*nodeInfo
	placed     map[store.ID]*placed
	kins       map[string]*kin
	waiting    map[store.ID]*need // pods that could not be placed so far
	namespaces map[string]map[string]string
	images     map[string]int // how many nodes have the image of this name
	social     int            // kins that say something about others
	topologies map[string]*topology

	// shape counts changes after which nothing that was derived holds; services, changes to what Services select.
	shape, services int
	log             []delta // later changes, the first of them having the number base
	base            int
	classes         map[string]*class
	used            int // the age of classes
	bound           binding
	buf             []byte
}

// nodeInfo is a node, and the sum of what its pods request.
type nodeInfo struct {
	name  string
	at    int       // its place in digest.nodes
	node  *api.Node // nil while pods name it but it does not exist
	plain bool      // it has no taints and takes pods
	free  Resources // allocatable, before any pod
	used  Resources
	asked Resources // like used, but pods without requests count with a default, for scoring
	pods  []*placed
	most  int64 // allocatable pods
	ports int   // how many of its pods take ports of the node
}

// placed is a pod on a node.
type placed struct {
	*kin
	pod  *api.Pod
	node *nodeInfo
	slot int // its place in node.pods
}

// delta is a change that classes follow: one of its kin came to (1) or left (-1) a node, or (0) the node's images changed.
type delta struct {
	info *nodeInfo
	kin  *kin
	sign int64
}

func newDigest() *digest {
	return &digest{
		byName: map[string]*nodeInfo{}, placed: map[store.ID]*placed{}, kins: map[string]*kin{}, waiting: map[store.ID]*need{},
		namespaces: map[string]map[string]string{}, images: map[string]int{},
		topologies: map[string]*topology{}, classes: map[string]*class{},
	}
}

// observe follows one change.
func (d *digest) observe(c store.Change) {
	switch o := c.Object().(type) {
	case *api.Node:
		d.observeNode(o, c.New != nil)
	case *api.Pod:
		if old, ok := c.Old.(*api.Pod); !ok || c.New == nil || o.Spec.NodeName == "" || !alike(old, o) {
			d.observePod(c.ID, o, c.New != nil)
		}
	case *api.Namespace:
		d.observeNamespace(o, c.New != nil)
	case *api.Service:
		if old, ok := c.Old.(*api.Service); !ok || c.New == nil || !maps.Equal(old.Spec.Selector, o.Spec.Selector) {
			d.services++
		}
	}
}

func (d *digest) observeNamespace(n *api.Namespace, exists bool) {
	old, was := d.namespaces[n.Name]
	if was == exists && maps.Equal(old, n.Labels) {
		return
	}
	d.shape++
	delete(d.namespaces, n.Name)
	if exists {
		d.namespaces[n.Name] = n.Labels
	}
}

func (d *digest) observeNode(n *api.Node, exists bool) {
	info := d.at(n.Name)
	old := info.node
	if old != nil && exists && sameOffer(old, n) {
		info.node = n
		if !sameImages(old.Status.Images, n.Status.Images) {
			d.countImages(old, -1)
			d.countImages(n, 1)
			d.append(delta{info: info})
		}
		return
	}
	d.countImages(old, -1)
	info.node = nil
	if exists {
		info.node = n
		info.free, info.most = allocatable(n)
		info.plain = len(n.Spec.Taints) == 0 && !n.Spec.Unschedulable
		d.countImages(n, 1)
	}
	if (old != nil) != exists {
		d.sorted = false
		return
	}
	d.reshape()
}

// sameOffer tells whether nothing changed that the filters look at.
func sameOffer(a, b *api.Node) bool {
	return a.Spec.Unschedulable == b.Spec.Unschedulable && slices.Equal(a.Spec.Taints, b.Spec.Taints) &&
		maps.Equal(a.Labels, b.Labels) && maps.Equal(a.Status.Allocatable, b.Status.Allocatable)
}

func sameImages(a, b []api.ContainerImage) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

func (d *digest) countImages(n *api.Node, by int) {
	if n == nil {
		return
	}
	for i := range n.Status.Images {
		for _, name := range n.Status.Images[i].Names {
			if d.images[name] += by; d.images[name] == 0 {
				delete(d.images, name)
			}
		}
	}
}

// reshape makes everybody forget what was derived from the nodes.
func (d *digest) reshape() {
	d.shape++
	clear(d.topologies)
	d.base += len(d.log)
	d.log = d.log[:0]
}

// order puts the nodes in order if some came or went.
func (d *digest) order() {
	if d.sorted {
		return
	}
	d.sorted = true
	d.nodes = d.nodes[:0]
	//order:irrelevant sorted below
	for _, info := range d.byName {
		if info.node != nil {
			d.nodes = append(d.nodes, info)
		}
	}
	sorting.Func(d.nodes, func(a, b *nodeInfo) int { return cmp.Compare(a.name, b.name) })
	for i, info := range d.nodes {
		info.at = i
	}
	d.reshape()
}

// at is the info of a node; a pod may name a node before the node is known.
func (d *digest) at(name string) *nodeInfo {
	info := d.byName[name]
	if info == nil {
		info = &nodeInfo{name: name}
		d.byName[name] = info
	}
	return info
}

func (d *digest) observePod(id store.ID, p *api.Pod, exists bool) {
	d.observeWaiting(id, p, exists)
	old := d.placed[id]
	runs := exists && p.Spec.NodeName != "" && !finished(p)
	if old != nil && runs && old.is(p) || old == nil && !runs {
		return
	}
	if old != nil {
		d.remove(old)
		delete(d.placed, id)
	}
	if runs {
		d.placed[id] = d.add(p)
	}
}

// observeWaiting keeps those that asked for a node in vain.
func (d *digest) observeWaiting(id store.ID, p *api.Pod, exists bool) {
	old := d.waiting[id]
	switch {
	case !exists || p.Spec.NodeName != "" || finished(p) || !refused(p):
		if old != nil {
			delete(d.waiting, id)
		}
	case old == nil || old.pod.Spec != p.Spec || !maps.Equal(old.pod.Labels, p.Labels):
		n := needOf(p)
		d.waiting[id] = &n
	}
}

// alike tells whether two versions of a pod take and say the same.
//
//go:noinline
func alike(a, b *api.Pod) bool {
	return a.Spec == b.Spec && (a.DeletionTimestamp != 0) == (b.DeletionTimestamp != 0) && finished(a) == finished(b) && maps.Equal(a.Labels, b.Labels)
}

// is tells whether a version of the pod takes and says the same.
func (l *placed) is(p *api.Pod) bool {
	return l.pod.Spec == p.Spec && l.leaving == (p.DeletionTimestamp != 0) && maps.Equal(l.pod.Labels, p.Labels)
}

func (d *digest) add(p *api.Pod) *placed {
	l := &placed{kin: d.kinOf(p), pod: p, node: d.at(p.Spec.NodeName)}
	info := l.node
	l.slot = len(info.pods)
	info.pods = append(info.pods, l)
	info.used.add(&l.used)
	info.asked.add(&l.asked)
	d.count(l, 1)
	return l
}

func (d *digest) remove(l *placed) {
	info, last := l.node, len(l.node.pods)-1
	info.pods[l.slot] = info.pods[last]
	info.pods[l.slot].slot = l.slot
	info.pods[last] = nil
	info.pods = info.pods[:last]
	info.used.sub(&l.used)
	info.asked.sub(&l.asked)
	d.count(l, -1)
}

// count notes that a pod came or left.
func (d *digest) count(l *placed, sign int) {
	if len(l.ports) > 0 {
		l.node.ports += sign
	}
	d.countKin(l.kin, l.node, sign)
	d.append(delta{l.node, l.kin, int64(sign)})
}

// append keeps a change for the classes, as long as there are any that it may concern.
func (d *digest) append(e delta) {
	if len(d.classes) == 0 {
		d.base++
		return
	}
	if len(d.log) == maxLog {
		d.base += len(d.log)
		clear(d.log)
		d.log = d.log[:0]
	}
	d.log = append(d.log, e)
}

// maxLog is how many changes are kept for classes that were not asked for a while.
const maxLog = 4096

// finished tells whether a pod no longer holds what it requested.
func finished(p *api.Pod) bool {
	return p.Status.Phase == api.PodSucceeded || p.Status.Phase == api.PodFailed
}

// refused tells whether a pod was found to fit on no node.
func refused(p *api.Pod) bool {
	c, ok := api.PodConditionOf(p.Status.Conditions, api.PodScheduled)
	return ok && c.Status == api.ConditionFalse && c.Reason == api.ReasonUnschedulable
}
