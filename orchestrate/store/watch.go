package store

import "github.com/slipway-dev/slipway/orchestrate/api"

// Cursor is a place in the log from which changes are read on. It holds nothing but that place, so a
// watch costs nothing while nobody reads it, and misses nothing when somebody does.
type Cursor struct {
	s     *Store
	next  api.Revision
	kinds api.Kinds
}

// Watch is a cursor behind from: its first change is the first one to these kinds after that revision.
func (s *Store) Watch(kinds api.Kinds, from api.Revision) Cursor { return Cursor{s, from + 1, kinds} }

// Next is the next change, once each and in the order of the log; false when there is none yet.
func (c *Cursor) Next() (Change, bool) {
	for c.next <= c.s.Revision() {
		rev := c.next
		c.next++
		if ch, ok := c.s.Change(rev); ok && c.kinds.Has(ch.Kind) {
			return ch, true
		}
	}
	return Change{}, false
}

// Change is what the entry at rev did; false for an input and outside the log.
func (s *Store) Change(rev api.Revision) (Change, bool) {
	e, ok := s.Entry(rev)
	if !ok || e.Verb == VerbInput {
		return Change{}, false
	}
	c := Change{Rev: rev, ID: e.Object, Kind: s.records.of(e.Object).kind, Verb: e.Verb}
	if e.Prev != 0 {
		c.Old = s.log.at(e.Prev).object
	}
	if e.Verb == VerbDelete {
		c.Old = s.log.at(rev).object
	} else {
		c.New = s.log.at(rev).object
	}
	return c, true
}
