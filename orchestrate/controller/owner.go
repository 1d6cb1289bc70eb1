package controller

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// controllerOf is the reference to the owner that manages an object; nil if nobody does.
func controllerOf(o api.Object) *api.OwnerReference {
	if o == nil {
		return nil
	}
	refs := o.Meta().OwnerReferences
	for i := range refs {
		if c := refs[i].Controller; c != nil && *c {
			return &refs[i]
		}
	}
	return nil
}

// controls is the reference by which an object says that it manages another.
func controls(o api.Object, apiVersion string) api.OwnerReference {
	yes, m := true, o.Meta()
	return api.OwnerReference{
		APIVersion: apiVersion, Kind: o.Kind().String(), Name: m.Name, UID: m.UID, Controller: &yes, BlockOwnerDeletion: &yes,
	}
}

// routeToController wakes the object of this kind that manages o, if there is one.
func routeToController(o api.Object, kind api.Kind, sn store.Snapshot, enqueue func(reconcile.Key)) bool {
	ref := controllerOf(o)
	if ref == nil || ref.Kind != kind.String() {
		return false
	}
	owner, id, ok := sn.Get(kind, o.Meta().Namespace, ref.Name)
	if !ok || owner.Meta().UID != ref.UID {
		return false
	}
	enqueue(id)
	return true
}

// adopted is a copy of an object that this owner manages from now on.
func adopted(o api.Object, by api.OwnerReference) api.Object {
	next := o.Clone()
	m := next.Meta()
	m.OwnerReferences = append(slices.Clip(m.OwnerReferences), by)
	return next
}

// released is a copy of an object without the references to this owner.
func released(o api.Object, from api.UID) api.Object {
	next := o.Clone()
	m := next.Meta()
	m.OwnerReferences = slices.DeleteFunc(slices.Clone(m.OwnerReferences), func(r api.OwnerReference) bool { return r.UID == from })
	if len(m.OwnerReferences) == 0 {
		m.OwnerReferences = nil
	}
	return next
}
