package store

import (
	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Store holds the objects of one world. Use [New]. One goroutine owns it.
type Store struct {
	log        history
	records    records
	names      names
	orders     [api.NumKinds]order
	places     map[string]*place
	families   map[api.UID]*family
	namespaces [api.NumKinds]map[string]*idSet
	labels     [api.NumKinds]map[string]map[string]*idSet // by key, then value
	live       [api.NumKinds]int
	words      []string
	symbols    map[string]Symbol
	freeze     *freezer
}

// Options change what a store checks.
type Options struct {
	// VerifyFrozen remembers a hash of every object at the moment it is stored, for [Store.VerifyFrozen].
	// It makes each write many times slower: it is meant for tests.
	VerifyFrozen bool
}

// New makes an empty store.
func New(o Options) *Store {
	s := &Store{
		places:   map[string]*place{},
		families: map[api.UID]*family{},
		words:    []string{""},
		symbols:  map[string]Symbol{"": 0},
	}
	s.records.add(record{})
	s.log.add(version{})
	if o.VerifyFrozen {
		s.freeze = &freezer{}
	}
	return s
}

// Revision is the number of the last entry, 0 in an empty store.
func (s *Store) Revision() api.Revision { return api.Revision(s.log.n - 1) }

// Symbol is the number of a word, the same for the same word for as long as the store lives.
func (s *Store) Symbol(word string) Symbol {
	if n, ok := s.symbols[word]; ok {
		return n
	}
	if len(s.words) > 0xffff {
		panic("orchestrate: bug: more than 65,535 different actors and reasons; they must not contain names")
	}
	n := Symbol(len(s.words))
	s.words = append(s.words, word)
	s.symbols[word] = n
	return n
}

// Word is the word a symbol stands for.
func (s *Store) Word(n Symbol) string { return s.words[n] }

// Live is how many objects of a kind exist now.
func (s *Store) Live(kind api.Kind) int { return s.live[kind] }

// Entry is the log's entry at a revision, from 1 to [Store.Revision]; false outside.
func (s *Store) Entry(rev api.Revision) (Entry, bool) {
	if rev == 0 || rev > s.Revision() {
		return Entry{}, false
	}
	return s.log.at(rev).entry(), true
}

// Put appends one entry and returns the change it made. A write that contradicts the store (creating what
// exists, updating what does not) is an error and leaves no trace.
func (s *Store) Put(w Write) (Change, error) {
	if w.Verb == VerbInput {
		s.log.add(version{time: w.Time, cause: uint32(w.Cause), actor: w.Actor, reason: w.Reason})
		return Change{Rev: s.Revision()}, nil
	}
	if w.Verb == VerbCreate {
		return s.create(w)
	}
	if !s.records.has(w.ID) {
		return Change{}, fmt.Errorf("store: %s of object %d, which was never created", w.Verb, w.ID)
	}
	rec := s.records.of(w.ID)
	old := rec.now
	if old == nil {
		return Change{}, fmt.Errorf("store: %s of object %d, which was deleted at revision %d", w.Verb, w.ID, rec.latest)
	}
	obj := w.Object
	if w.Verb == VerbDelete && obj == nil {
		obj = old.Clone()
	}
	return s.append(w, w.ID, obj, old), nil
}

func (s *Store) create(w Write) (Change, error) {
	m, kind := w.Object.Meta(), w.Object.Kind()
	id := ID(s.records.n)
	rec := record{kind: kind}
	if unnamed := w.Unique && kind == api.KindEvent; !unnamed {
		rec.older = s.named(kind, m.Namespace, m.Name)
		if rec.older != 0 && s.records.of(rec.older).now != nil {
			return Change{}, fmt.Errorf("store: %s %s/%s exists", kind, m.Namespace, m.Name)
		}
		s.names.put(kind, m, id)
		if kind == api.KindEvent {
			s.names.late = id + 1
		}
	}
	if s.owns(w.Near, w.Object) {
		rec.owner = w.Near
	}
	s.records.add(rec)
	s.orders[kind].add(id)
	return s.append(w, id, w.Object, nil), nil
}

// append writes the entry of a create, update or delete; old is nil for a create.
func (s *Store) append(w Write, id ID, obj, old api.Object) Change {
	rec := s.records.of(id)
	rev := api.Revision(s.log.n)
	obj.Meta().ResourceVersion = rev
	s.log.add(version{
		object: obj, time: w.Time, cause: uint32(w.Cause), prev: rec.latest, id: id, actor: w.Actor, reason: w.Reason, verb: w.Verb,
	})
	rec.latest = uint32(rev)
	if s.freeze != nil {
		s.freeze.remember(rev, obj)
	}
	c := Change{Rev: rev, ID: id, Kind: rec.kind, Verb: w.Verb, Old: old, New: obj}
	if w.Verb == VerbDelete {
		c.New = nil
	}
	rec.now = c.New
	s.reindex(id, rec.kind, c.Old, c.New)
	return c
}

// Truncate forgets every entry after rev, as if it had never been written. It walks the forgotten entries once.
func (s *Store) Truncate(rev api.Revision) {
	for at := s.Revision(); at > rev; at-- {
		v := s.log.at(at)
		if v.verb == VerbInput {
			continue
		}
		rec := s.records.of(v.id)
		var now, before api.Object
		if v.verb != VerbDelete {
			now = v.object
		}
		if v.prev != 0 {
			before = s.log.at(v.before()).object
		}
		s.reindex(v.id, rec.kind, now, before)
		rec.latest, rec.now = v.prev, before
		if v.verb == VerbCreate {
			s.uncreate(v.id, v.object.Meta())
		}
	}
	s.log.cut(int(rev) + 1)
	for kind := range s.orders {
		s.orders[kind].cut(ID(s.records.n))
	}
	s.freeze.forget(rev)
}

// uncreate removes the newest object, whose creation is being forgotten.
func (s *Store) uncreate(id ID, m *api.ObjectMeta) {
	s.unname(id, m)
	if rec := s.records.of(id); rec.kind == api.KindNode {
		rec.place.node = rec.older
	}
	s.records.drop()
}
