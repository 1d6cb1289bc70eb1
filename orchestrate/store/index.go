package store

import (
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

type indexField uint8

const (
	byNamespace indexField = iota
	byOwner
	byNode
	byLabel // the others are of one word, this is of two
)

// indexes are the sets of objects of a kind that have one thing in common.
type indexes struct {
	sets   [byLabel][api.NumKinds]map[string]*idSet
	labels [api.NumKinds]map[string]map[string]*idSet // by key, then value
}

// among is where the set of a word is (for a label: of a key and a value) and its name there. It is nil if there is none, unless
// it is to be made.
func (x *indexes) among(kind api.Kind, f indexField, a, b string, made bool) (map[string]*idSet, string) {
	if f != byLabel {
		sets := x.sets[f][kind]
		if sets == nil && made {
			sets = map[string]*idSet{}
			x.sets[f][kind] = sets
		}
		return sets, a
	}
	sets := x.labels[kind][a]
	if sets == nil && made {
		if x.labels[kind] == nil {
			x.labels[kind] = map[string]map[string]*idSet{}
		}
		sets = map[string]*idSet{}
		x.labels[kind][a] = sets
	}
	return sets, b
}

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
		s.index(id, kind, byNamespace, new.Meta().Namespace, "", true)
	case new == nil:
		s.live[kind]--
		s.index(id, kind, byNamespace, old.Meta().Namespace, "", false)
	}
	if a, b := nodeOf(old), nodeOf(new); a != b || (old == nil) != (new == nil) {
		s.move(id, kind, byNode, a, b, old != nil && nodeBound(old), new != nil && nodeBound(new))
	}
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
			s.index(id, kind, byLabel, k, v, false)
		}
	}
	//order:irrelevant each pair has a set of its own
	for k, v := range new {
		if was, ok := old[k]; !ok || was != v {
			s.index(id, kind, byLabel, k, v, true)
		}
	}
}

func (s *Store) reindexOwners(id ID, kind api.Kind, old, new api.Object) {
	a, b := ownersOf(old), ownersOf(new)
	if slices.EqualFunc(a, b, func(x, y api.OwnerReference) bool { return x.UID == y.UID }) && eventAbout(old) == eventAbout(new) {
		return
	}
	for _, o := range a {
		s.index(id, kind, byOwner, string(o.UID), "", false)
	}
	for _, o := range b {
		s.index(id, kind, byOwner, string(o.UID), "", true)
	}
	s.move(id, kind, byOwner, eventAbout(old), eventAbout(new), eventAbout(old) != "", eventAbout(new) != "")
}

func (s *Store) move(id ID, kind api.Kind, f indexField, from, to string, leave, enter bool) {
	if leave {
		s.index(id, kind, f, from, "", false)
	}
	if enter {
		s.index(id, kind, f, to, "", true)
	}
}

func (s *Store) index(id ID, kind api.Kind, f indexField, a, b string, in bool) {
	sets, word := s.indexes.among(kind, f, a, b, in)
	set := sets[word]
	if set == nil {
		if !in {
			return
		}
		set = &idSet{}
		set.ids = set.few[:0]
		sets[word] = set
	}
	if in {
		set.add(id)
		return
	}
	set.remove(id)
	if set.empty() {
		delete(sets, word)
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

// nodeOf is the node an object is on: "" for a pod that waits for one.
func nodeOf(o api.Object) string {
	switch o := o.(type) {
	case *api.Pod:
		if o.Spec != nil {
			return o.Spec.NodeName
		}
	case *api.Sandbox:
		return o.Node
	}
	return ""
}

// nodeBound tells whether objects of this kind are found by node at all.
func nodeBound(o api.Object) bool { return o.Kind() == api.KindPod || o.Kind() == api.KindSandbox }

// eventAbout is the UID of the object an Event is about: events are found by it as if it owned them.
func eventAbout(o api.Object) string {
	if e, ok := o.(*api.Event); ok {
		return string(e.InvolvedObject.UID)
	}
	return ""
}
