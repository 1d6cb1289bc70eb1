package network

import (
	"cmp"
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/internal/calendar"
	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// MaxEndpoints is how many endpoints one slice lists.
const MaxEndpoints = 100

// managedBy marks the slices this loop writes.
const managedBy = "endpointslice-controller.k8s.io"

// triggerTime is the annotation that says when the change began that a slice shows.
const triggerTime = "endpoints.kubernetes.io/last-change-trigger-time"

func ours(s *api.EndpointSlice) bool { return s.Labels[api.LabelManagedBy] == managedBy }

// sameForServices tells whether two versions of a pod are the same to every Service.
func sameForServices(a, b *api.Pod) bool {
	ra, rb := readyCondition(a), readyCondition(b)
	return listed(a) == listed(b) && a.Status.PodIP == b.Status.PodIP &&
		(ra != nil && ra.Status == api.ConditionTrue) == (rb != nil && rb.Status == api.ConditionTrue) &&
		(a.DeletionTimestamp != 0) == (b.DeletionTimestamp != 0) && a.Spec.NodeName == b.Spec.NodeName &&
		maps.Equal(a.Labels, b.Labels)
}

// rewrite is one look at the slices of a Service.
type rewrite struct {
	reconcile.Input
	svc     *api.Service
	have    *backing
	slices  []edit // by number
	adds    []addition
	seen    map[api.UID]bool
	trigger api.Time // when the earliest change shown began; 0 if nothing says
}

// edit is a slice and what becomes of it.
type edit struct {
	id        store.ID
	old       *api.EndpointSlice
	endpoints []api.Endpoint
	touched   bool
	done      bool // it is in the plan
}

// addition are endpoints that have no slice yet, of pods with the same ports.
type addition struct {
	ports     []api.EndpointPort
	endpoints []api.Endpoint
}

// Reconcile brings the slices of one Service in step with its pods.
func (e *EndpointSlices) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	b := e.services[in.Key]
	svc, isService := o.(*api.Service)
	if !ok || b == nil || !isService || svc.DeletionTimestamp != 0 {
		return
	}
	r := rewrite{Input: in, svc: svc, have: b, seen: map[api.UID]bool{}}
	r.load(plan)
	if b.all != 0 {
		r.lookAtAll()
	} else {
		sorting.Func(b.dirty, func(x, y dirtyPod) int { return cmp.Compare(x.id, y.id) }) // as lookAtAll goes
		for _, d := range b.dirty {
			r.look(d.id, d.uid)
		}
	}
	r.finish(plan)
	b.planned = b.planned[:0]
	for i := range plan.Ops {
		op := &plan.Ops[i]
		if s, ok := op.Object.(*api.EndpointSlice); ok {
			b.planned = append(b.planned, s)
		} else if o, _ := in.Snapshot.ByID(op.ID); o != nil {
			b.planned = append(b.planned, o.(*api.EndpointSlice))
		}
	}
	if len(plan.Ops) == 0 {
		b.settle(in.Snapshot.Revision())
	}
}

// settle forgets what a look at this revision has found in order.
func (b *backing) settle(rev api.Revision) {
	if b.all <= rev {
		b.all = 0
	}
	b.dirty = slices.DeleteFunc(b.dirty, func(d dirtyPod) bool { return d.rev <= rev })
}

// load reads the Service's slices. Those of an older Service of the same name go.
func (r *rewrite) load(plan *reconcile.Plan) {
	for id, o := range r.Snapshot.ByLabel(api.KindEndpointSlice, api.LabelServiceName, r.svc.Name) {
		s, ok := o.(*api.EndpointSlice)
		if !ok || s.Namespace != r.svc.Namespace || !ours(s) || s.DeletionTimestamp != 0 {
			continue
		}
		if !slices.ContainsFunc(s.OwnerReferences, func(o api.OwnerReference) bool { return o.UID == r.svc.UID }) {
			plan.Delete(id, s, "NotItsService")
			continue
		}
		r.slices = append(r.slices, edit{id: id, old: s, endpoints: s.Endpoints})
	}
}

// lookAtAll looks at every pod the Service selects, and drops every endpoint of another.
func (r *rewrite) lookAtAll() {
	a := r.have.anchor
	for id, o := range r.Snapshot.ByLabel(api.KindPod, a.key, a.value) {
		if m := o.Meta(); m.Namespace == a.namespace && selects(r.have.selector, m.Labels) {
			r.look(id, m.UID)
		}
	}
	for i := range r.slices {
		s := &r.slices[i]
		for j := len(s.endpoints) - 1; j >= 0; j-- {
			uid := target(&s.endpoints[j])
			if !r.seen[uid] || r.have.where[uid] != s.id {
				s.remove(j)
			}
		}
	}
}

// look decides what becomes of one pod's endpoint.
func (r *rewrite) look(id store.ID, uid api.UID) {
	if r.seen[uid] {
		return
	}
	r.seen[uid] = true
	o, ok := r.Snapshot.ByID(id)
	pod, isPod := o.(*api.Pod)
	wanted := ok && isPod && pod.Namespace == r.svc.Namespace && selects(r.have.selector, pod.Labels) && listed(pod)
	s, at := r.find(uid)
	if !wanted {
		if s != nil {
			s.remove(at)
		}
		return
	}
	e, ports := endpointOf(r.svc, pod, r.Snapshot), portsOf(r.svc, pod)
	switch {
	case s != nil && samePorts(s.old.Ports, ports):
		if sameEndpoint(&s.endpoints[at], &e) {
			return
		}
		s.touch()
		s.endpoints[at] = e
	case s != nil:
		s.remove(at)
		r.add(ports, e)
	default:
		r.add(ports, e)
	}
	if c := readyCondition(pod); c != nil && c.LastTransitionTime != 0 {
		r.triggered(c.LastTransitionTime)
	}
}

func (r *rewrite) triggered(t api.Time) {
	if t != 0 && (r.trigger == 0 || t < r.trigger) {
		r.trigger = t
	}
}

// find is the slice that lists a pod, and where; nil if none does.
func (r *rewrite) find(uid api.UID) (*edit, int) {
	id, ok := r.have.where[uid]
	if !ok {
		return nil, 0
	}
	i, ok := slices.BinarySearchFunc(r.slices, id, func(e edit, id store.ID) int { return cmp.Compare(e.id, id) })
	if !ok {
		return nil, 0
	}
	s := &r.slices[i]
	for at := range s.endpoints {
		if target(&s.endpoints[at]) == uid {
			return s, at
		}
	}
	return nil, 0
}

func (r *rewrite) add(ports []api.EndpointPort, e api.Endpoint) {
	for i := range r.adds {
		if samePorts(r.adds[i].ports, ports) {
			r.adds[i].endpoints = append(r.adds[i].endpoints, e)
			return
		}
	}
	r.adds = append(r.adds, addition{ports, []api.Endpoint{e}})
}

// touch makes the endpoints a copy that may be changed.
func (s *edit) touch() {
	if !s.touched {
		s.touched = true
		s.endpoints = append(make([]api.Endpoint, 0, len(s.endpoints)+1), s.endpoints...)
	}
}

func (s *edit) remove(at int) {
	s.touch()
	s.endpoints = slices.Delete(s.endpoints, at, at+1)
}

// stamp is a moment as the annotation has it.
func stamp(t api.Time) string { return calendar.Text(t.Std(), calendar.RFC3339) }
