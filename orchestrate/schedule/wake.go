package schedule

import (
	"maps"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Route wakes the scheduler for a pod that waits, and for those that were refused when something changed that may help them.
func (s *Scheduler) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	switch o := c.Object().(type) {
	case *api.Pod:
		s.routePod(c, o, sn, enqueue)
	case *api.Node:
		s.routeNode(c, o, sn, enqueue)
	case *api.Namespace:
		if old, ok := c.Old.(*api.Namespace); ok && maps.Equal(old.Labels, o.Labels) {
			return
		}
		s.wake(sn, enqueue, func(n *need) bool { return n.wishes != nil })
	}
}

func (s *Scheduler) routePod(c store.Change, p *api.Pod, sn store.Snapshot, enqueue func(reconcile.Key)) {
	old, _ := c.Old.(*api.Pod)
	if c.New != nil && p.Spec.NodeName == "" {
		if old == nil || old.Spec != p.Spec || !maps.Equal(old.Labels, p.Labels) {
			enqueue(c.ID)
		}
		return
	}
	was, is := old != nil && holdsNode(old), c.New != nil && holdsNode(p)
	if was == is && (!is || old.Spec == p.Spec && (old.DeletionTimestamp == 0) == (p.DeletionTimestamp == 0) && maps.Equal(old.Labels, p.Labels)) {
		return
	}
	if len(s.digest.waiting) == 0 {
		return
	}
	var before, after need
	if was {
		before = needOf(old)
	}
	if is {
		after = needOf(p)
	}
	var left *nodeInfo // where room may have appeared
	if was && (!is || old.Spec != p.Spec) {
		left = s.digest.byName[old.Spec.NodeName]
	}
	s.wake(sn, enqueue, func(n *need) bool {
		return left != nil && left.node != nil && n.passes(left) ||
			was && n.coupled(&before, s.digest) || is && n.coupled(&after, s.digest)
	})
}

// holdsNode tells whether a pod counts on a node.
func holdsNode(p *api.Pod) bool { return p.Spec.NodeName != "" && !finished(p) }

func (s *Scheduler) routeNode(c store.Change, n *api.Node, sn store.Snapshot, enqueue func(reconcile.Key)) {
	old, _ := c.Old.(*api.Node)
	if old != nil && c.New != nil && sameOffer(old, n) {
		return
	}
	info := s.digest.byName[n.Name]
	s.wake(sn, enqueue, func(need *need) bool {
		return need.particular() || s.digest.social > 0 || c.New != nil && info != nil && info.node != nil && need.passes(info)
	})
}

// passes tells whether a node by itself could take the pod.
func (n *need) passes(info *nodeInfo) bool {
	node := info.node
	return (!node.Spec.Unschedulable || tolerates(n.pod, api.Taint{Key: api.TaintNodeUnschedulable, Effect: api.TaintNoSchedule})) &&
		toleratesAll(n.pod, node.Spec.Taints) && wants(n.pod, node) && !info.taken(n.ports) && info.room(&n.used)
}

// wake asks for another look at the pods that were refused and that a change may help.
func (s *Scheduler) wake(sn store.Snapshot, enqueue func(reconcile.Key), helps func(*need) bool) {
	if len(s.digest.waiting) == 0 {
		return
	}
	for id := range sn.ByNode(api.KindPod, "") {
		if n := s.digest.waiting[id]; n != nil && helps(n) {
			enqueue(id)
		}
	}
}
