package store

import (
	"iter"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// family is what names one UID as its owner. An Event counts as owned by the object it is about.
type family struct {
	uid            api.UID
	gone           bool // nothing is left of it: who still knows it must look again
	others, events idSet
}

func (f *family) set(kind api.Kind) *idSet {
	if f == nil {
		return nil
	}
	if kind == api.KindEvent {
		return &f.events
	}
	return &f.others
}

// familyOf is what names a UID as its owner, nil if nothing does. The object that may have this UID saves looking for it; 0 if
// nobody knows.
//
//go:noinline
func (s *Store) familyOf(near ID, uid api.UID) *family {
	if s.records.has(near) {
		if f := s.records.of(near).family; f != nil && !f.gone && f.uid == uid {
			return f
		}
	}
	return s.families[uid]
}

// join enters an object with an owner.
func (s *Store) join(id ID, kind api.Kind, uid api.UID, near ID) {
	f := s.familyOf(near, uid)
	if f == nil {
		f = &family{uid: uid}
		s.families[uid] = f
	}
	if s.is(near, uid) {
		s.records.of(near).family = f
	}
	f.set(kind).add(id)
}

// owns tells whether an object is the first owner of another, or what that Event is about.
func (s *Store) owns(id ID, o api.Object) bool {
	uid := eventAbout(o)
	if refs := o.Meta().OwnerReferences; len(refs) > 0 {
		uid = refs[0].UID
	}
	return uid != "" && s.is(id, uid)
}

// is tells whether an object that exists has a UID.
func (s *Store) is(id ID, uid api.UID) bool {
	return s.records.has(id) && s.records.of(id).now != nil && s.records.of(id).now.Meta().UID == uid
}

// leave takes an object out again.
func (s *Store) leave(id ID, kind api.Kind, uid api.UID, near ID) {
	f := s.familyOf(near, uid)
	if f == nil {
		return
	}
	f.set(kind).remove(id)
	if f.events.empty() && f.others.empty() {
		f.gone = true
		delete(s.families, uid)
	}
}

// ByOwner gives the objects of a kind that name this owner, in the order of their creation. An Event
// counts as owned by the object it is about.
func (sn Snapshot) ByOwner(kind api.Kind, uid api.UID) iter.Seq2[ID, api.Object] {
	return sn.OwnedBy(kind, 0, uid)
}

// OwnedBy is ByOwner for whoever knows which object has the UID, so that nobody has to look for it.
func (sn Snapshot) OwnedBy(kind api.Kind, owner ID, uid api.UID) iter.Seq2[ID, api.Object] {
	return func(yield func(ID, api.Object) bool) { sn.owned(kind, owner, uid, yield) }
}

//go:noinline
func (sn Snapshot) owned(kind api.Kind, owner ID, uid api.UID, yield func(ID, api.Object) bool) {
	sn.each(kind, sn.s.familyOf(owner, uid).set(kind), byOwner, string(uid), "", yield)
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

// MadeFor is the object that another was made for, if that is known: it was its first owner from the start. Otherwise it is 0.
func (sn Snapshot) MadeFor(id ID) ID {
	if !sn.s.records.has(id) {
		return 0
	}
	return sn.s.records.of(id).owner
}
