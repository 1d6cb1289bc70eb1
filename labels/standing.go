package labels

import (
	"iter"
	"slices"
	"sync/atomic"
)

// EventType tells what a change of an object meant to a standing query.
type EventType uint8

// The types of events.
const (
	Added   EventType = iota + 1 // the object matches now and did not before, or was not there
	Removed                      // it matched and does not now, or was deleted
	Changed                      // it matched and still does, with other labels
)

// String returns "Added", "Removed" or "Changed".
func (t EventType) String() string {
	switch t {
	case Added:
		return "Added"
	case Removed:
		return "Removed"
	case Changed:
		return "Changed"
	}
	return "EventType(0)"
}

// Event tells a watcher that an object came into, left, or changed within what a selector selects.
type Event[K comparable] struct {
	Type EventType
	Key  K
	// Labels are those given to Put, nil after Delete. They belong to the caller of Put: read them during the call only.
	Labels Set
}

// standing holds the standing queries. Each is filed under one place where every object that matches must pass: a pair or
// a key that it wants, or else under `always`. So a change looks only at the queries filed under the object's labels.
type standing[K comparable] struct {
	byPair [][]*watcher[K]
	byKey  [][]*watcher[K]
	always []*watcher[K]
	next   uint64

	marks      marks
	candidates []*watcher[K]
	events     []pending[K]
}

// watcher is one standing query.
type watcher[K comparable] struct {
	id       uint64 // in the order of registration
	seen     uint64 // the round in which it was last a candidate
	selector Selector
	reqs     []numbered
	tell     func(Event[K])
	canceled atomic.Bool // read outside of the gate
}

// numbered is a requirement in the index's numbers.
type numbered struct {
	op    opcode
	key   uint32
	pair  uint32   // the only one of = and !=
	pairs []uint32 // sorted
	bound int64
}

// pending is an event that is told after the gate is left.
type pending[K comparable] struct {
	to    *watcher[K]
	event EventType
}

// marks answers which pair of a key an object had before a change, and which it has after. Marks of earlier rounds do
// not count, so nothing need be wiped.
type marks struct {
	round uint64
	byKey []mark
}

// mark has pairs plus one, and 0 where the object lacks the key.
type mark struct {
	round         uint64
	before, after uint32
}

// Watch calls tell whenever an object comes to match the selector, ceases to, or matches with changed labels. It is
// not called for the objects that are there already: Select them. Calls come from the goroutine that changes the
// index, after the change, for several watchers in the order of registration. The function may use the index; what it
// changes is told before it returns.
//
// Cancel ends it; calling cancel again does nothing.
func (ix *Index[K]) Watch(s Selector, tell func(Event[K])) (cancel func()) {
	ix.gate.lock()
	defer ix.gate.unlock()
	ix.standing.next++
	w := &watcher[K]{id: ix.standing.next, selector: s, tell: tell}
	reqs := s.requirements()
	for i := range reqs {
		w.reqs = append(w.reqs, ix.number(&reqs[i]))
	}
	for _, list := range ix.placesOf(w) {
		*list = append(*list, w)
	}
	return func() { ix.cancel(w) }
}

// number turns a requirement into numbers, and keeps its pairs from being dropped.
func (ix *Index[K]) number(r *Requirement) numbered {
	n := numbered{op: r.op, key: ix.key(r.key), bound: r.bound()}
	ix.keyPins[n.key]++
	if r.op.ordered() || r.op.unary() {
		return n
	}
	for i := range r.count() {
		if i > 0 && r.at(i) == r.at(i-1) {
			continue
		}
		id := ix.pair(n.key, r.at(i))
		ix.pins[id]++
		n.pairs = append(n.pairs, id)
	}
	if len(n.pairs) > 0 {
		n.pair = n.pairs[0]
	}
	sortOrdered(n.pairs)
	return n
}

func (ix *Index[K]) cancel(w *watcher[K]) {
	ix.gate.lock()
	defer ix.gate.unlock()
	if w.canceled.Swap(true) {
		return
	}
	is := func(other *watcher[K]) bool { return other == w }
	s := &ix.standing
	s.always = slices.DeleteFunc(s.always, is)
	for _, r := range w.reqs {
		s.byKey[r.key] = slices.DeleteFunc(s.byKey[r.key], is)
		ix.keyPins[r.key]--
		for _, id := range r.pairs {
			s.byPair[id] = slices.DeleteFunc(s.byPair[id], is)
			if ix.pins[id]--; ix.pins[id] == 0 && ix.byPair[id].n == 0 {
				ix.rest(id)
			}
		}
	}
}

// placesOf returns the lists to file a query under, those of one of its requirements: where fewest changes pass by fewest
// queries, as far as the objects that are there tell.
func (ix *Index[K]) placesOf(w *watcher[K]) []*[]*watcher[K] {
	best, least := []*[]*watcher[K]{&ix.standing.always}, -1
	for _, r := range w.reqs {
		lists, objects := ix.placesFor(&r)
		longest := 0
		for _, list := range lists {
			longest = max(longest, len(*list))
		}
		if cost := (longest + 1) * (objects + 1); lists != nil && (least < 0 || cost < least) {
			best, least = lists, cost
		}
	}
	return best
}

// placesFor returns the lists that serve one requirement, and how many objects pass there; nil if absence may fulfil it.
func (ix *Index[K]) placesFor(r *numbered) (lists []*[]*watcher[K], objects int) {
	switch r.op {
	case opEquals, opDoubleEquals, opIn:
		for _, id := range r.pairs {
			lists = append(lists, &ix.standing.byPair[id])
			objects += ix.byPair[id].n
		}
		return lists, objects
	case opExists, opGreaterThan, opLessThan:
		return []*[]*watcher[K]{&ix.standing.byKey[r.key]}, ix.byKey[r.key].n
	}
	return nil, 0
}

// Matching returns the selectors of the standing queries that the labels match, in the order of registration.
func (ix *Index[K]) Matching(set Set) iter.Seq[Selector] {
	return func(yield func(Selector) bool) {
		for _, w := range ix.matching(set) {
			if !yield(w.selector) {
				return
			}
		}
	}
}

func (ix *Index[K]) matching(set Set) []*watcher[K] {
	ix.gate.enter()
	defer ix.gate.leave()
	matching := slices.Clone(ix.standing.always)
	//order:irrelevant the queries are sorted below
	for k, v := range set {
		key, ok := ix.table.names[k]
		if !ok {
			continue
		}
		matching = append(matching, ix.standing.byKey[key]...)
		if id, ok := ix.table.keys[key].values[v]; ok {
			matching = append(matching, ix.standing.byPair[id]...)
		}
	}
	matching = slices.DeleteFunc(matching, func(w *watcher[K]) bool { return !w.selector.Matches(set) })
	sortBy(matching, func(a, b *watcher[K]) bool { return a.id < b.id })
	return slices.Compact(matching)
}
