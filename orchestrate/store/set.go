package store

import (
	"iter"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// The functions below are small on purpose: compiled into the loop that ranges over them they take nothing from the heap.

// InNamespace gives the objects of a kind in a namespace, in the order of their creation.
func (sn Snapshot) InNamespace(kind api.Kind, namespace string) iter.Seq2[ID, api.Object] {
	return func(yield func(ID, api.Object) bool) { sn.each(kind, byNamespace, namespace, "", yield) }
}

// ByOwner gives the objects of a kind that name this owner, in the order of their creation. An Event
// counts as owned by the object it is about.
func (sn Snapshot) ByOwner(kind api.Kind, uid api.UID) iter.Seq2[ID, api.Object] {
	return func(yield func(ID, api.Object) bool) { sn.each(kind, byOwner, string(uid), "", yield) }
}

// ByNode gives the pods or sandboxes on a node, in the order of their creation; with the empty name, the
// pods that are bound to none.
func (sn Snapshot) ByNode(kind api.Kind, node string) iter.Seq2[ID, api.Object] {
	return func(yield func(ID, api.Object) bool) { sn.each(kind, byNode, node, "", yield) }
}

// ByLabel gives the objects of a kind that have this label, in the order of their creation.
func (sn Snapshot) ByLabel(kind api.Kind, key, value string) iter.Seq2[ID, api.Object] {
	return func(yield func(ID, api.Object) bool) { sn.each(kind, byLabel, key, value, yield) }
}

// EventsAbout gives the Events about an object that have this reason, in the order of their creation.
func (sn Snapshot) EventsAbout(uid api.UID, reason string) iter.Seq2[ID, api.Object] {
	return func(yield func(ID, api.Object) bool) {
		for id, o := range sn.ByOwner(api.KindEvent, uid) {
			if e, ok := o.(*api.Event); ok && e.InvolvedObject.UID == uid && e.Reason == reason && !yield(id, o) {
				return
			}
		}
	}
}

// each gives the objects of one set: from the index at the newest revision, and at an older one by looking at every candidate,
// because the indexes only know the present.
func (sn Snapshot) each(kind api.Kind, f indexField, a, b string, yield func(ID, api.Object) bool) {
	sn.may(kind)
	sets, word := sn.s.indexes.among(kind, f, a, b, false)
	set := sets[word]
	if sn.rev != sn.s.Revision() {
		for _, id := range sn.candidates(kind, set) {
			if o := sn.at(id); o != nil && holds(o, f, a, b) && !yield(id, o) {
				return
			}
		}
		return
	}
	if set == nil {
		return
	}
	for _, id := range set.ids {
		if id&mark == 0 && !yield(id, sn.s.newest(id)) {
			return
		}
	}
}

// holds tells whether an object belongs to a set of its kind.
func holds(o api.Object, f indexField, a, b string) bool {
	m := o.Meta()
	switch f {
	case byNamespace:
		return m.Namespace == a
	case byNode:
		return nodeOf(o) == a
	case byLabel:
		v, ok := m.Labels[a]
		return ok && v == b
	}
	return eventAbout(o) == a || slices.ContainsFunc(m.OwnerReferences, func(r api.OwnerReference) bool { return string(r.UID) == a })
}

// candidates are the objects that may belong to a set at an older revision, in the order of their creation: those that
// belong to it now and those that were written since. Where that is more than there are objects, it is all of the kind.
func (sn Snapshot) candidates(kind api.Kind, set *idSet) []ID {
	var ids []ID
	if int(sn.s.Revision()-sn.rev) >= len(sn.s.records) {
		for i := 1; i < len(sn.s.records); i++ {
			if sn.s.records[i].kind == kind {
				ids = append(ids, ID(i))
			}
		}
		return ids
	}
	if set != nil {
		ids = slices.DeleteFunc(slices.Clone(set.ids), func(id ID) bool { return id&mark != 0 })
	}
	for rev := sn.rev + 1; rev <= sn.s.Revision(); rev++ {
		if v := sn.s.log.at(rev); v.verb != VerbInput && sn.s.records[v.id].kind == kind {
			ids = append(ids, v.id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
