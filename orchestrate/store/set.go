package store

import (
	"iter"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// The functions below, and those of place.go and family.go, are small on purpose: compiled into the loop that ranges over them they take nothing from the heap.

// InNamespace gives the objects of a kind in a namespace, in the order of their creation.
func (sn Snapshot) InNamespace(kind api.Kind, namespace string) iter.Seq2[ID, api.Object] {
	return func(yield func(ID, api.Object) bool) {
		sn.each(kind, sn.s.namespaces[kind][namespace], byNamespace, namespace, "", yield)
	}
}

// ByLabel gives the objects of a kind that have this label, in the order of their creation.
func (sn Snapshot) ByLabel(kind api.Kind, key, value string) iter.Seq2[ID, api.Object] {
	return func(yield func(ID, api.Object) bool) {
		sn.each(kind, sn.s.labels[kind][key][value], byLabel, key, value, yield)
	}
}

// each gives the objects of one set: from the index at the newest revision, and at an older one by looking at every candidate,
// because the indexes only know the present.
func (sn Snapshot) each(kind api.Kind, set *idSet, f indexField, a, b string, yield func(ID, api.Object) bool) {
	sn.may(kind)
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
		if id&mark != 0 {
			continue
		}
		if rec := sn.s.records.of(id); rec.kind == kind && !yield(id, rec.now) {
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
	return string(eventAbout(o)) == a || slices.ContainsFunc(m.OwnerReferences, func(r api.OwnerReference) bool { return string(r.UID) == a })
}

// candidates are the objects that may belong to a set at an older revision, in the order of their creation: those that
// belong to it now and those that were written since. Where that is more than there are objects, it is all of the kind.
func (sn Snapshot) candidates(kind api.Kind, set *idSet) []ID {
	var ids []ID
	add := func(id ID) {
		if id&mark == 0 && sn.s.records.of(id).kind == kind {
			ids = append(ids, id)
		}
	}
	if int(sn.s.Revision()-sn.rev) >= sn.s.records.n {
		for id := range ID(sn.s.records.n) {
			add(id)
		}
		return ids
	}
	if set != nil {
		for _, id := range set.ids {
			add(id)
		}
	}
	for rev := sn.rev + 1; rev <= sn.s.Revision(); rev++ {
		add(sn.s.log.at(rev).id)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
