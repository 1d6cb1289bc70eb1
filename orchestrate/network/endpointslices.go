package network

import (
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// EndpointSlices keeps, for each Service with a selector, the list of the pods behind it.
//
// Changes to the pods of one Service within its latency lead to one look, and a look rewrites only the slices it
// touches: that is what keeps a rollout of thousands of pods from writing millions of endpoints.
//
// Source: Kubernetes documentation, "EndpointSlices"; k8s.io/endpointslice, reconciler.go, version 1.37.
type EndpointSlices struct {
	// services are those with a selector, by number, and named the same by name.
	services map[store.ID]*backing
	named    map[fullName]store.ID
	// anchors find the Services that may select a pod: by one pair of their selector.
	anchors map[anchor][]store.ID
}

// fullName is a name in its namespace.
type fullName struct{ namespace, name string }

// anchor is the pair of a selector, smallest by key, by which a Service is found.
type anchor struct{ namespace, key, value string }

// backing is the digest kept of one Service. Dirty pods are those to look at again; they stay so until a look finds
// that nothing is to be done for them, so that a plan that is left undone is made again.
type backing struct {
	anchor   anchor
	selector map[string]string
	all      api.Revision // look at every pod; the revision that asked for it, 0 if none did
	dirty    []dirtyPod
	where    map[api.UID]store.ID // which slice lists a pod
	planned  []*api.EndpointSlice // the versions the last plan wrote, or removed
}

type dirtyPod struct {
	id  store.ID
	uid api.UID
	rev api.Revision
}

// SliceLatency is the time from a change of a pod or a Service to the look at its slices. Changes within it are merged.
const SliceLatency = 100 * time.Millisecond

// NewEndpointSlices makes the loop.
func NewEndpointSlices() *EndpointSlices {
	e := &EndpointSlices{}
	e.Reset()
	return e
}

// Describe says who the loop is.
func (e *EndpointSlices) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    "endpointslice-controller",
		Doc:     "lists the pods behind each Service, and how they are",
		Watches: api.KindsOf(api.KindService, api.KindPod, api.KindEndpointSlice),
		Reads:   api.KindsOf(api.KindService, api.KindPod, api.KindEndpointSlice, api.KindNode),
		Writes:  api.KindsOf(api.KindEndpointSlice),
		Latency: SliceLatency,
	}
}

// Reset forgets the digest.
func (e *EndpointSlices) Reset() {
	e.services, e.named, e.anchors = map[store.ID]*backing{}, map[fullName]store.ID{}, map[anchor][]store.ID{}
}

// Observe keeps the digest in step with one change.
func (e *EndpointSlices) Observe(c store.Change) {
	switch c.Kind {
	case api.KindService:
		e.observeService(c)
	case api.KindPod:
		old, _ := c.Old.(*api.Pod)
		now, _ := c.New.(*api.Pod)
		for _, id := range e.concerned(old, now) {
			b := e.services[id]
			b.dirty = append(b.dirty, dirtyPod{c.ID, c.Object().Meta().UID, c.Rev})
		}
	case api.KindEndpointSlice:
		e.observeSlice(c)
	}
}

func (e *EndpointSlices) observeService(c store.Change) {
	m := c.Object().Meta()
	name := fullName{m.Namespace, m.Name}
	b := e.services[c.ID]
	if b != nil {
		e.anchors[b.anchor] = slices.DeleteFunc(e.anchors[b.anchor], func(id store.ID) bool { return id == c.ID })
		if len(e.anchors[b.anchor]) == 0 {
			delete(e.anchors, b.anchor)
		}
	}
	s, ok := c.New.(*api.Service)
	if !ok || len(s.Spec.Selector) == 0 || s.Spec.Type == api.ServiceExternalName {
		delete(e.services, c.ID)
		delete(e.named, name)
		return
	}
	if b == nil {
		b = &backing{where: map[api.UID]store.ID{}}
	}
	b.selector, b.anchor, b.all = s.Spec.Selector, anchorOf(m.Namespace, s.Spec.Selector), c.Rev
	e.services[c.ID], e.named[name] = b, c.ID
	e.anchors[b.anchor] = append(e.anchors[b.anchor], c.ID)
}

func anchorOf(namespace string, selector map[string]string) anchor {
	a := anchor{namespace: namespace}
	first := true
	//order:irrelevant the smallest key is found in any order
	for k, v := range selector {
		if first || k < a.key {
			a.key, a.value, first = k, v, false
		}
	}
	return a
}

// observeSlice notes which slice lists which pod. After a write of somebody else every pod is looked at.
func (e *EndpointSlices) observeSlice(c store.Change) {
	m := c.Object().Meta()
	b := e.services[e.named[fullName{m.Namespace, m.Labels[api.LabelServiceName]}]]
	if b == nil {
		return
	}
	old, _ := c.Old.(*api.EndpointSlice)
	now, _ := c.New.(*api.EndpointSlice)
	var before, after []api.Endpoint
	if old != nil {
		before = old.Endpoints
	}
	if now != nil {
		after = now.Endpoints
	}
	same := 0
	for same < len(before) && same < len(after) && target(&before[same]) == target(&after[same]) {
		same++
	}
	for i := same; i < len(before); i++ {
		if uid := target(&before[i]); b.where[uid] == c.ID {
			delete(b.where, uid)
		}
	}
	for i := range after {
		b.where[target(&after[i])] = c.ID
	}
	written := now
	if now == nil {
		written = old
	}
	if !slices.Contains(b.planned, written) {
		b.all = c.Rev
	}
}

// concerned are the Services that select a pod as it was or as it is, by number; none if nothing they list has changed.
func (e *EndpointSlices) concerned(old, now *api.Pod) []store.ID {
	if old != nil && now != nil && sameForServices(old, now) {
		return nil
	}
	var ids []store.ID
	add := func(p *api.Pod) {
		if p == nil {
			return
		}
		//order:irrelevant the numbers are sorted below
		for k, v := range p.Labels {
			for _, id := range e.anchors[anchor{p.Namespace, k, v}] {
				if selects(e.services[id].selector, p.Labels) {
					ids = append(ids, id)
				}
			}
		}
	}
	add(old)
	add(now)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// selects tells whether labels have every pair of a selector.
func selects(selector, labels map[string]string) bool {
	//order:irrelevant all pairs must be there
	for k, v := range selector {
		if has, ok := labels[k]; !ok || has != v {
			return false
		}
	}
	return true
}

// Route wakes the loop for the Services a change concerns.
func (e *EndpointSlices) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	switch c.Kind {
	case api.KindService:
		if c.New != nil {
			enqueue(c.ID)
		}
	case api.KindPod:
		old, _ := c.Old.(*api.Pod)
		now, _ := c.New.(*api.Pod)
		for _, id := range e.concerned(old, now) {
			enqueue(id)
		}
	case api.KindEndpointSlice:
		m := c.Object().Meta()
		if id, ok := e.named[fullName{m.Namespace, m.Labels[api.LabelServiceName]}]; ok {
			enqueue(id)
		}
	}
}
