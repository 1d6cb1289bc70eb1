package controller

import (
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// GarbageCollector deletes what belongs to objects that are gone.
//
//	owner removed                  ──> what it owned and nobody else does is deleted
//	owner removed, another left    ──> the reference is taken off
//	owner deleted, foreground      ──> what it owns is deleted; it goes when those that block it are gone
//	owner deleted, orphan          ──> references to it are taken off, then it goes
type GarbageCollector struct{}

// NewGarbageCollector is the garbage collector.
func NewGarbageCollector() *GarbageCollector { return &GarbageCollector{} }

// collected are the kinds that own or are owned: those clients see, but for Events, which are only about objects.
var collected = func() (kinds api.Kinds) {
	for _, r := range schema.Resources() {
		if r.Kind != api.KindEvent {
			kinds |= api.KindsOf(r.Kind)
		}
	}
	return kinds
}()

// Describe says who the loop is.
func (*GarbageCollector) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    "garbage-collector",
		Doc:     "deletes objects whose owners are gone, and carries out foreground and orphan deletion",
		Watches: collected, Reads: collected, Writes: collected,
		Latency: 50 * time.Millisecond,
	}
}

// Route wakes the loop for what a removed object owned and for owners that waited for it, for objects that are deleted
// in the foreground or orphan what they own, and for objects that name an owner who is not there or going.
func (*GarbageCollector) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	if c.Old != nil && (c.New == nil || !sameOwners(c.Old, c.New)) {
		for _, ref := range c.Old.Meta().OwnerReferences {
			if owner, id, ok := ownerOf(sn, c.Old, &ref); ok && owner.Meta().DeletionTimestamp != 0 {
				enqueue(id)
			}
		}
	}
	if c.New == nil {
		for id := range dependents(sn, c.Old.Meta().UID) {
			enqueue(id)
		}
		return
	}
	if goesOn(c.New) != "" {
		enqueue(c.ID)
		return
	}
	if c.Old != nil && sameOwners(c.Old, c.New) {
		return
	}
	for _, ref := range c.New.Meta().OwnerReferences {
		if owner, _, ok := ownerOf(sn, c.New, &ref); !ok || goesOn(owner) == api.FinalizerForeground {
			enqueue(c.ID)
			return
		}
	}
}

func sameOwners(a, b api.Object) bool {
	x, y := a.Meta().OwnerReferences, b.Meta().OwnerReferences
	if len(x) == len(y) && (len(x) == 0 || &x[0] == &y[0]) {
		return true
	}
	return slices.EqualFunc(x, y, func(a, b api.OwnerReference) bool { return a.UID == b.UID && blocks(&a) == blocks(&b) })
}

func blocks(r *api.OwnerReference) bool { return r.BlockOwnerDeletion != nil && *r.BlockOwnerDeletion }

// goesOn is the finalizer that says how the deletion of an object goes on to what it owns; "" if it is not being deleted
// that way.
func goesOn(o api.Object) string {
	m := o.Meta()
	if m.DeletionTimestamp == 0 {
		return ""
	}
	for _, f := range m.Finalizers {
		if f == api.FinalizerForeground || f == api.FinalizerOrphan {
			return f
		}
	}
	return ""
}

// ownerOf finds the object a reference names: of the same namespace, or of the whole cluster.
func ownerOf(sn store.Snapshot, o api.Object, ref *api.OwnerReference) (api.Object, store.ID, bool) {
	res := schema.ByGVK(ref.APIVersion, ref.Kind)
	if res == nil {
		return nil, 0, false
	}
	namespace := ""
	if res.Namespaced {
		namespace = o.Meta().Namespace
	}
	owner, id, ok := sn.Get(res.Kind, namespace, ref.Name)
	return owner, id, ok && owner.Meta().UID == ref.UID
}

// dependents gives the objects that name an owner, kind by kind.
func dependents(sn store.Snapshot, uid api.UID) func(yield func(store.ID, api.Object) bool) {
	return func(yield func(store.ID, api.Object) bool) {
		for kind := api.KindNone + 1; kind < api.NumKinds; kind++ {
			if !collected.Has(kind) {
				continue
			}
			for id, o := range sn.ByOwner(kind, uid) {
				if !yield(id, o) {
					return
				}
			}
		}
	}
}

// Reconcile looks at one object: does its own deletion wait for others, or has it nobody left?
func (*GarbageCollector) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	g := garbage{in, plan}
	switch goesOn(o) {
	case api.FinalizerOrphan:
		for id, d := range dependents(in.Snapshot, o.Meta().UID) {
			plan.Update(id, released(d, o.Meta().UID), "Orphaned")
		}
		g.dropFinalizer(o, api.FinalizerOrphan)
	case api.FinalizerForeground:
		g.foreground(o)
	default:
		g.collect(in.Key, o)
	}
}

// garbage is the work of one moment.
type garbage struct {
	reconcile.Input
	plan *reconcile.Plan
}

func (g *garbage) dropFinalizer(o api.Object, name string) {
	next := o.Clone()
	m := next.Meta()
	m.Finalizers = slices.DeleteFunc(slices.Clone(m.Finalizers), func(f string) bool { return f == name })
	if len(m.Finalizers) == 0 {
		m.Finalizers = nil
	}
	g.plan.Update(g.Key, next, "Finalized")
}

// foreground deletes what an object owns, and lets the object go when nothing is left that blocks it.
func (g *garbage) foreground(o api.Object) {
	blocked := false
	for id, d := range dependents(g.Snapshot, o.Meta().UID) {
		for _, ref := range d.Meta().OwnerReferences {
			blocked = blocked || ref.UID == o.Meta().UID && blocks(&ref)
		}
		if id != g.Key {
			g.collect(id, d)
		}
	}
	if !blocked {
		g.plan.Ops = g.plan.Ops[:0] // they have nobody once it is gone
		g.dropFinalizer(o, api.FinalizerForeground)
	}
}

// collect deletes an object if none of its owners is left, and else takes off the references to those that are gone.
//
// Source: k8s.io/kubernetes, pkg/controller/garbagecollector, attemptToDeleteItem.
func (g *garbage) collect(id store.ID, o api.Object) {
	m := o.Meta()
	if m.DeletionTimestamp != 0 || len(m.OwnerReferences) == 0 {
		return
	}
	var solid, gone, waiting int
	keep := make([]api.OwnerReference, 0, len(m.OwnerReferences))
	for _, ref := range m.OwnerReferences {
		owner, _, ok := ownerOf(g.Snapshot, o, &ref)
		switch {
		case !ok && schema.ByGVK(ref.APIVersion, ref.Kind) != nil:
			gone++
		case ok && goesOn(owner) == api.FinalizerForeground:
			waiting++
		default: // there, or of a kind nobody knows: then nothing is known of it either
			solid++
			keep = append(keep, ref)
		}
	}
	switch {
	case solid > 0 && gone+waiting == 0:
	case solid > 0:
		next := o.Clone()
		next.Meta().OwnerReferences = keep
		g.plan.Update(id, next, "OwnerGone")
	case waiting > 0 && g.owns(m.UID):
		g.plan.DeleteAs(id, g.unblocked(o), api.DeleteForeground, g.Wall)
	default:
		g.plan.DeleteAs(id, o, "", g.Wall)
	}
}

func (g *garbage) owns(uid api.UID) bool {
	for range dependents(g.Snapshot, uid) {
		return true
	}
	return false
}

// unblocked is an object that holds up none of its owners, if the object owns one of those in its turn: in a circle
// somebody has to go first.
func (g *garbage) unblocked(o api.Object) api.Object {
	circle := false
	for _, d := range dependents(g.Snapshot, o.Meta().UID) {
		circle = circle || goesOn(d) == api.FinalizerForeground
	}
	if !circle {
		return o
	}
	no := false
	next := o.Clone()
	m := next.Meta()
	m.OwnerReferences = slices.Clone(m.OwnerReferences)
	for i := range m.OwnerReferences {
		m.OwnerReferences[i].BlockOwnerDeletion = &no
	}
	return next
}
