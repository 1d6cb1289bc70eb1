package store

import (
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// indexField is what the objects of a set have in common.
type indexField uint8

const (
	byNamespace indexField = iota
	byOwner
	byNode
	byLabel
)

// idSet is a set of objects in the order of their creation. What leaves it is only marked, and swept out when half of what is
// there is marked: so an object leaves a large set as cheaply as a small one.
//
// Most sets are small (the Events about a pod): they find room in the set itself.
type idSet struct {
	ids  []ID // ascending without the mark
	gone int  // how many are marked
	few  [6]ID
}

// mark tells that an id has left its set. Ids are dense, so none is ever that large.
const mark ID = 1 << 31

func (s *idSet) find(id ID) (int, bool) {
	return slices.BinarySearchFunc(s.ids, id, func(have, want ID) int { return int(have&^mark) - int(want) })
}

func (s *idSet) add(id ID) {
	if s.ids == nil {
		s.ids = s.few[:0]
	}
	if n := len(s.ids); n == 0 || s.ids[n-1]&^mark < id {
		s.ids = append(s.ids, id)
		return
	}
	i, found := s.find(id)
	switch {
	case !found:
		s.ids = slices.Insert(s.ids, i, id)
	case s.ids[i]&mark != 0:
		s.ids[i] = id
		s.gone--
	}
}

func (s *idSet) remove(id ID) {
	i, found := s.find(id)
	if !found || s.ids[i]&mark != 0 {
		return
	}
	s.ids[i] |= mark
	s.gone++
	if 2*s.gone > len(s.ids) {
		s.ids = slices.DeleteFunc(s.ids, func(id ID) bool { return id&mark != 0 })
		s.gone = 0
	}
}

func (s *idSet) empty() bool { return s.gone == len(s.ids) }

// reindex moves an object from the sets of its old version to those of its new one; either may be nil.
func (s *Store) reindex(id ID, kind api.Kind, old, new api.Object) {
	switch {
	case old == nil && new == nil:
		return
	case old == nil:
		s.live[kind]++
		indexIn(&s.namespaces[kind], new.Meta().Namespace, id, true)
	case new == nil:
		s.live[kind]--
		indexIn(&s.namespaces[kind], old.Meta().Namespace, id, false)
	}
	s.settle(id, kind, old, new)
	s.reindexLabels(id, kind, labelsOf(old), labelsOf(new))
	s.reindexOwners(id, kind, old, new)
}

func (s *Store) reindexLabels(id ID, kind api.Kind, old, new map[string]string) {
	if maps.Equal(old, new) {
		return
	}
	//order:irrelevant each pair has a set of its own
	for k, v := range old {
		if now, ok := new[k]; !ok || now != v {
			s.label(id, kind, k, v, false)
		}
	}
	//order:irrelevant each pair has a set of its own
	for k, v := range new {
		if was, ok := old[k]; !ok || was != v {
			s.label(id, kind, k, v, true)
		}
	}
}

func (s *Store) reindexOwners(id ID, kind api.Kind, old, new api.Object) {
	a, b, was, is := ownersOf(old), ownersOf(new), eventAbout(old), eventAbout(new)
	same := len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
	if was == is && (same || slices.EqualFunc(a, b, func(x, y api.OwnerReference) bool { return x.UID == y.UID })) {
		return
	}
	near := s.records.of(id).owner
	for i := range a {
		s.leave(id, kind, a[i].UID, near)
	}
	for i := range b {
		s.join(id, kind, b[i].UID, near)
	}
	if was != "" {
		s.leave(id, kind, was, near)
	}
	if is != "" {
		s.join(id, kind, is, near)
	}
}

func (s *Store) label(id ID, kind api.Kind, key, value string, in bool) {
	if s.labels[kind] == nil {
		s.labels[kind] = map[string]map[string]*idSet{}
	}
	sets := s.labels[kind][key]
	indexIn(&sets, value, id, in)
	s.labels[kind][key] = sets
}

// indexIn enters an object in the set of a word, or takes it out.
func indexIn(sets *map[string]*idSet, word string, id ID, in bool) {
	set := (*sets)[word]
	switch {
	case !in && set == nil:
	case !in:
		if set.remove(id); set.empty() {
			delete(*sets, word)
		}
	default:
		if *sets == nil {
			*sets = map[string]*idSet{}
		}
		if set == nil {
			set = &idSet{}
			(*sets)[word] = set
		}
		set.add(id)
	}
}

func labelsOf(o api.Object) map[string]string {
	if o == nil {
		return nil
	}
	return o.Meta().Labels
}

func ownersOf(o api.Object) []api.OwnerReference {
	if o == nil {
		return nil
	}
	return o.Meta().OwnerReferences
}

// eventAbout is the UID of the object an Event is about: events are found by it as if it owned them.
func eventAbout(o api.Object) api.UID {
	if e, ok := o.(*api.Event); ok {
		return e.InvolvedObject.UID
	}
	return ""
}
