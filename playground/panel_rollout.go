package playground

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/controller"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// mostPoints is how many moments the panel draws; between two of them it keeps the worst.
const mostPoints = 160

// writeRollout is the panel of rollouts: the ReplicaSets of one Deployment over time, from the beginning of the last rollout
// before the moment on show, with how far it may go and what became of requests meanwhile.
func writeRollout(v *panelView, p *pen) {
	d, id := v.deployment()
	if d == nil {
		p.text("object", "")
		return
	}
	h := v.history
	h.follow(v.s, id, d)
	shown := v.s.Shown()
	from, to := h.window(shown)
	key := keyOf(api.KindDeployment, d.Namespace, d.Name)
	p.text("object", key)
	p.text("label", d.Name)
	p.text("namespace", d.Namespace)
	surge, unavailable := controller.RollingLimits(d)
	wanted := int64(replicasOf(d.Spec.Replicas))
	p.number("wanted", wanted)
	p.number("most", wanted+int64(surge))
	p.number("least", wanted-int64(unavailable))
	p.number("updated", int64(d.Status.UpdatedReplicas))
	p.number("available", int64(d.Status.AvailableReplicas))
	p.truth("paused", d.Spec.Paused)
	p.number("from", int64(from/time.Millisecond))
	p.number("to", int64(to/time.Millisecond))
	points := h.points(from, to)
	shownSets := h.setsIn(points)
	v.writeReplicaSets(p, shownSets, d)
	p.begin("points", '[')
	for _, point := range points {
		point.write(p, shownSets)
	}
	p.end(']')
}

// deployment is the one the object on show belongs to; if it belongs to none, the first that is not done with its rollout,
// or else the youngest.
func (v *panelView) deployment() (*api.Deployment, store.ID) {
	kind, namespace, name := api.KindNone, v.of.namespace, v.of.name
	if v.of.res != nil {
		kind = v.of.res.Kind
	}
	for _, step := range []api.Kind{api.KindPod, api.KindReplicaSet} {
		if kind != step {
			continue
		}
		if o, _, ok := v.sn.Get(kind, namespace, name); ok {
			if ref, ok := controllerOf(o); ok && (ref.Kind == "ReplicaSet" || ref.Kind == "Deployment") {
				name = ref.Name
				kind = map[string]api.Kind{"ReplicaSet": api.KindReplicaSet, "Deployment": api.KindDeployment}[ref.Kind]
			}
		}
	}
	if kind == api.KindDeployment {
		if o, id, ok := v.sn.Get(kind, namespace, name); ok {
			if d, ok := o.(*api.Deployment); ok {
				return d, id
			}
		}
	}
	var best *api.Deployment
	var at store.ID
	for id, o := range v.sn.List(api.KindDeployment) {
		d, ok := o.(*api.Deployment)
		if !ok {
			continue
		}
		if d.Status.UpdatedReplicas != replicasOf(d.Spec.Replicas) || d.Status.UnavailableReplicas > 0 {
			return d, id
		}
		if id > at {
			best, at = d, id
		}
	}
	return best, at
}

func replicasOf(n *int32) int32 {
	if n == nil {
		return 1
	}
	return *n
}

// writeReplicaSets lists the sets that had pods in the window, the oldest first.
func (v *panelView) writeReplicaSets(p *pen, shown []int, d *api.Deployment) {
	p.begin("sets", '[')
	for _, i := range shown {
		set := v.history.sets[i]
		p.begin("", '{')
		p.text("key", keyOf(api.KindReplicaSet, d.Namespace, set.name))
		p.text("name", set.name)
		p.text("image", set.image)
		revision, replicas, available := set.revision, int64(0), int64(0)
		if o, ok := v.sn.ByID(set.id); ok {
			if rs, ok := o.(*api.ReplicaSet); ok {
				revision = rs.Annotations[controller.AnnotationRevision]
				replicas, available = int64(rs.Status.Replicas), int64(rs.Status.AvailableReplicas)
			}
		}
		p.text("revision", revision)
		p.truth("current", revision != "" && revision == d.Annotations[controller.AnnotationRevision])
		p.number("replicas", replicas)
		p.number("available", available)
		p.end('}')
	}
	p.end(']')
}

// write is one moment of the chart.
func (m *rolloutMoment) write(p *pen, shown []int) {
	p.begin("", '{')
	p.number("ms", int64(m.at/time.Millisecond))
	p.number("wanted", int64(m.wanted))
	p.number("most", int64(m.most))
	p.number("least", int64(m.least))
	p.number("high", int64(m.high))
	p.number("low", int64(m.low))
	p.number("ended", m.ended)
	p.number("lost", m.lost)
	p.begin("sets", '[')
	for _, i := range shown {
		size := m.size(i)
		p.begin("", '[')
		p.number("", int64(size.replicas))
		p.number("", int64(size.available))
		p.end(']')
	}
	p.end(']')
	p.end('}')
}
