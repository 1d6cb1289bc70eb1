package schedule

import (
	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// constraint is one topology spread constraint of a pod, ready to count.
//
// Source: Kubernetes documentation, "Pod Topology Spread Constraints"; k8s.io/kubernetes, plugin PodTopologySpread.
type constraint struct {
	key        string
	skew       int64
	minDomains int
	selector   labels.Selector
	// What leaves nodes out of the count: that the pod does not want them, that it does not tolerate their taints.
	byAffinity, byTaints bool
}

// constraintsOf are the pod's own constraints with this action.
func constraintsOf(p *api.Pod, action api.UnsatisfiableAction) (list []constraint) {
	for i := range p.Spec.TopologySpreadConstraints {
		c := &p.Spec.TopologySpreadConstraints[i]
		if c.WhenUnsatisfiable != action {
			continue
		}
		out := constraint{
			key: c.TopologyKey, skew: int64(c.MaxSkew), minDomains: 1, byAffinity: true,
			selector: like(compile(c.LabelSelector), p, c.MatchLabelKeys, labels.In),
		}
		if c.MinDomains != nil {
			out.minDomains = int(*c.MinDomains)
		}
		if c.NodeAffinityPolicy != nil {
			out.byAffinity = *c.NodeAffinityPolicy == api.NodeInclusionHonor
		}
		if c.NodeTaintsPolicy != nil {
			out.byTaints = *c.NodeTaintsPolicy == api.NodeInclusionHonor
		}
		list = append(list, out)
	}
	return list
}

// counts tells whether the pods on a node count for the constraint.
func (c *constraint) counts(p *api.Pod, n *api.Node) bool {
	return (!c.byAffinity || wants(p, n)) && (!c.byTaints || toleratesAll(p, n.Spec.Taints))
}

// selects tells whether a pod counts: one of the same namespace that the selector matches and that is not being deleted. An
// empty selector matches, but counts, nothing.
func (c *constraint) selects(p *kin, namespace string) bool {
	return p.pod.Namespace == namespace && !p.leaving && !c.selector.Empty() && c.selector.Matches(labels.Set(p.pod.Labels))
}

// defaults are the constraints of a pod that has none of its own: softly over nodes and, more softly, over zones, together with
// the pods of the same Services and the same ReplicaSet. Without those there are none.
//
// Source: Kubernetes documentation, "Pod Topology Spread Constraints", built-in default constraints.
func defaults(of labels.Selector) []constraint {
	if of.Empty() {
		return nil
	}
	return []constraint{
		{key: api.LabelHostname, skew: 3, minDomains: 1, selector: of, byAffinity: true},
		{key: api.LabelZone, skew: 5, minDomains: 1, selector: of, byAffinity: true},
	}
}

// siblings selects the pods that belong with a pod: what all Services that select it want, and what its ReplicaSet does.
func siblings(p *api.Pod, services []*api.Service, rs *api.ReplicaSet) labels.Selector {
	set := labels.Set{}
	for _, s := range services {
		set = labels.Merge(set, s.Spec.Selector)
	}
	selector := set.AsSelector()
	if rs == nil || rs.Spec.Selector == nil {
		return selector
	}
	if reqs, ok := compile(rs.Spec.Selector).Requirements(); ok {
		selector = selector.Add(reqs...)
	}
	return selector
}

// servicesOf are the Services that select a pod, in the order of their creation.
func servicesOf(p *api.Pod, sn store.Snapshot) (list []*api.Service) {
	for _, o := range sn.InNamespace(api.KindService, p.Namespace) {
		s, ok := o.(*api.Service)
		if ok && len(s.Spec.Selector) > 0 && labels.SelectorFromSet(s.Spec.Selector).Matches(labels.Set(p.Labels)) {
			list = append(list, s)
		}
	}
	return list
}

// replicaSetOf is the ReplicaSet that controls a pod; nil if none does.
func replicaSetOf(p *api.Pod, sn store.Snapshot) *api.ReplicaSet {
	for i := range p.OwnerReferences {
		ref := &p.OwnerReferences[i]
		if ref.Controller == nil || !*ref.Controller || ref.Kind != "ReplicaSet" || ref.APIVersion != "apps/v1" {
			continue
		}
		o, _, _ := sn.Get(api.KindReplicaSet, p.Namespace, ref.Name)
		rs, _ := o.(*api.ReplicaSet)
		return rs
	}
	return nil
}
