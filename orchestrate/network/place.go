package network

import (
	"maps"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
)

// finish finds places for new endpoints and turns what was edited into ops.
func (r *rewrite) finish(plan *reconcile.Plan) {
	var fresh []addition
	for _, a := range r.adds {
		fresh = append(fresh, r.place(a)...)
	}
	var gone []*edit
	kept := 0
	for i := range r.slices {
		if s := &r.slices[i]; len(s.endpoints) == 0 {
			gone = append(gone, s)
		} else {
			kept++
		}
	}
	if kept == 0 && len(fresh) == 0 {
		if len(gone) == 1 && len(gone[0].old.Ports) == 0 {
			r.update(plan, gone[0], nil)
			return
		}
		fresh = []addition{{}} // a Service without endpoints has one empty slice, so that readers see it was looked at
	}
	if len(r.slices) == 0 {
		r.triggered(r.svc.CreationTimestamp)
	}
	for len(gone) > 0 && len(fresh) > 0 { // rather than one slice less and another one more
		last := fresh[len(fresh)-1]
		gone[0].touch()
		gone[0].endpoints = last.endpoints
		r.update(plan, gone[0], last.ports)
		gone, fresh = gone[1:], fresh[:len(fresh)-1]
	}
	for _, a := range fresh {
		plan.Create(r.slice(a), "EndpointsListed")
	}
	for i := range r.slices {
		if s := &r.slices[i]; len(s.endpoints) > 0 && !s.done {
			r.update(plan, s, s.old.Ports)
		}
	}
	for _, s := range gone {
		plan.Delete(s.id, s.old, "NoEndpointsLeft")
	}
}

// place puts endpoints where there is room: first into slices that are rewritten anyway, the fullest first; then, if they
// all fit, into the one other slice that gets closest to full; the rest becomes new slices, which are returned.
//
// Source: k8s.io/endpointslice, reconciler.go, reconcileByPortMapping.
func (r *rewrite) place(a addition) []addition {
	var touched []*edit
	for i := range r.slices {
		if s := &r.slices[i]; s.touched && len(s.endpoints) > 0 && samePorts(s.old.Ports, a.ports) {
			touched = append(touched, s)
		}
	}
	sorting.Stable(touched, func(x, y *edit) int { return len(y.endpoints) - len(x.endpoints) })
	for _, s := range touched {
		a.endpoints = s.fill(a.endpoints)
	}
	if n := len(a.endpoints); n > 0 && n < MaxEndpoints {
		if s := r.closest(a.ports, n); s != nil {
			a.endpoints = s.fill(a.endpoints)
		}
	}
	var fresh []addition
	for len(a.endpoints) > 0 {
		n := min(len(a.endpoints), MaxEndpoints)
		fresh = append(fresh, addition{a.ports, a.endpoints[:n:n]})
		a.endpoints = a.endpoints[n:]
	}
	return fresh
}

// closest is the untouched slice that n more endpoints fill best; nil if they fit into none.
func (r *rewrite) closest(ports []api.EndpointPort, n int) *edit {
	var best *edit
	for i := range r.slices {
		s := &r.slices[i]
		if s.touched || len(s.endpoints) == 0 || len(s.endpoints)+n > MaxEndpoints || !samePorts(s.old.Ports, ports) {
			continue
		}
		if best == nil || len(s.endpoints) > len(best.endpoints) {
			best = s
		}
	}
	return best
}

// fill adds endpoints up to the limit and returns those left over.
func (s *edit) fill(more []api.Endpoint) []api.Endpoint {
	n := min(len(more), MaxEndpoints-len(s.endpoints))
	if n > 0 {
		s.touch()
		s.endpoints = append(s.endpoints, more[:n]...)
	}
	return more[max(n, 0):]
}

// update plans the new version of a slice if it differs from the old one.
func (r *rewrite) update(plan *reconcile.Plan, s *edit, ports []api.EndpointPort) {
	s.done = true
	labels := r.labels()
	if !s.touched && maps.Equal(labels, s.old.Labels) {
		return
	}
	next := *s.old
	next.Labels, next.Endpoints, next.Ports = labels, s.endpoints, ports
	if s.touched {
		next.Generation++
	}
	next.Annotations = r.annotations(s.old.Annotations)
	plan.Update(s.id, &next, "EndpointsChanged")
}

// slice is a new slice with these endpoints.
func (r *rewrite) slice(a addition) *api.EndpointSlice {
	m := r.svc.ObjectMeta
	prefix := m.Name + "-"
	return &api.EndpointSlice{
		ObjectMeta: api.ObjectMeta{
			Namespace: m.Namespace, Name: r.name(prefix), GenerateName: prefix, Generation: 1,
			Labels: r.labels(), Annotations: r.annotations(nil),
			OwnerReferences: []api.OwnerReference{{
				APIVersion: "v1", Kind: "Service", Name: m.Name, UID: m.UID, Controller: &yes, BlockOwnerDeletion: &yes,
			}},
		},
		AddressType: api.AddressIPv4, Endpoints: a.endpoints, Ports: a.ports,
	}
}

// name is a free name with this beginning.
func (r *rewrite) name(prefix string) string {
	const most = 63 - 5
	prefix = prefix[:min(len(prefix), most)]
	for {
		name := prefix + r.Rand.Suffix(5)
		if _, _, taken := r.Snapshot.Get(api.KindEndpointSlice, r.svc.Namespace, name); !taken {
			return name
		}
	}
}

// labels are those of the Service, and the two by which slices are found.
func (r *rewrite) labels() map[string]string {
	labels := make(map[string]string, len(r.svc.Labels)+3)
	maps.Copy(labels, r.svc.Labels)
	delete(labels, api.LabelHeadless)
	labels[api.LabelServiceName], labels[api.LabelManagedBy] = r.svc.Name, managedBy
	if r.svc.Spec.ClusterIP == api.ClusterIPNone {
		labels[api.LabelHeadless] = ""
	}
	return labels
}

func (r *rewrite) annotations(old map[string]string) map[string]string {
	next := maps.Clone(old)
	if r.trigger == 0 {
		delete(next, triggerTime)
		return next
	}
	if next == nil {
		next = map[string]string{}
	}
	next[triggerTime] = stamp(r.trigger)
	return next
}
