package store

import (
	"iter"
	"sort"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// AllKinds lets a snapshot read everything.
const AllKinds api.Kinds = 1<<api.NumKinds - 1

// Snapshot is the store as it was at one revision. It is a small value, stays true while the store grows,
// and reads only the kinds it was made for: reading another is a bug of the reader and panics.
type Snapshot struct {
	s     *Store
	rev   api.Revision
	reads api.Kinds
}

// Latest is the store as it is now.
func (s *Store) Latest(reads api.Kinds) Snapshot { return Snapshot{s, s.Revision(), reads} }

// At is the store as it was at rev. A revision of the future is an error.
func (s *Store) At(rev api.Revision, reads api.Kinds) (Snapshot, error) {
	if rev > s.Revision() {
		return Snapshot{}, fmt.Errorf("store: revision %d lies ahead; the newest is %d", rev, s.Revision())
	}
	return Snapshot{s, rev, reads}, nil
}

// AsOf is the store as it was when a moment of virtual time was over, or as this snapshot shows it if that is older.
func (sn Snapshot) AsOf(t time.Duration) Snapshot {
	later := sort.Search(int(sn.rev), func(i int) bool { return sn.s.log.at(api.Revision(i+1)).time > t })
	sn.rev = api.Revision(later)
	return sn
}

// CutAt is the same store as it was at a revision before this one: what a reader sees that was cut off then.
func (sn Snapshot) CutAt(rev api.Revision) Snapshot {
	sn.rev = min(rev, sn.rev)
	return sn
}

// Any tells whether there ever was an object of a kind, so that a reader need not look for what is rare.
func (sn Snapshot) Any(kind api.Kind) bool {
	sn.may(kind)
	return len(sn.s.orders[kind].ids) > 0
}

// Revision is the revision the snapshot shows.
func (sn Snapshot) Revision() api.Revision { return sn.rev }

func (sn Snapshot) may(kind api.Kind) {
	if !sn.reads.Has(kind) {
		panic(fmt.Sprintf("orchestrate: bug: a reader that did not declare it reads %s", kind))
	}
}

// newest is the object's last version, even after its deletion.
func (s *Store) newest(id ID) api.Object {
	rec := s.records.of(id)
	if rec.now != nil {
		return rec.now
	}
	return s.log.at(rec.last()).object
}

// at is the version of an object that a snapshot shows; nil if it did not exist then.
func (sn Snapshot) at(id ID) api.Object {
	if sn.rev == sn.s.Revision() {
		return sn.s.records.of(id).now
	}
	v := sn.s.log.at(sn.s.LastWrite(id, sn.rev)) // revision 0 wrote nothing
	if v.verb == VerbDelete {
		return nil
	}
	return v.object
}

// ByID is the object with this number; false if it does not exist at this revision.
func (sn Snapshot) ByID(id ID) (api.Object, bool) {
	if !sn.s.records.has(id) {
		return nil, false
	}
	sn.may(sn.s.records.of(id).kind)
	o := sn.at(id)
	return o, o != nil
}

// Get is the object of this name; false if there is none at this revision.
func (sn Snapshot) Get(kind api.Kind, namespace, name string) (api.Object, ID, bool) {
	sn.may(kind)
	return sn.first(sn.s.named(kind, namespace, name))
}

// first is the object that existed among those that had one name; id is the newest of them.
//
//go:noinline
func (sn Snapshot) first(id ID) (api.Object, ID, bool) {
	for ; id != 0; id = sn.s.records.of(id).older {
		if o := sn.at(id); o != nil {
			return o, id, true
		}
	}
	return nil, 0, false
}

// Last is the number of the newest object that ever had this name, whether or not it still exists.
func (sn Snapshot) Last(kind api.Kind, namespace, name string) (ID, bool) {
	sn.may(kind)
	id := sn.s.named(kind, namespace, name)
	return id, id != 0
}

// List gives the objects of a kind, by namespace, then name.
func (sn Snapshot) List(kind api.Kind) iter.Seq2[ID, api.Object] {
	sn.may(kind)
	return func(yield func(ID, api.Object) bool) {
		for _, id := range sn.s.ordered(&sn.s.orders[kind]) {
			if o := sn.at(id); o != nil && !yield(id, o) {
				return
			}
		}
	}
}

// Kinds gives the kinds of which objects exist now, in the order of their numbers.
func (s *Store) Kinds() iter.Seq[api.Kind] {
	return func(yield func(api.Kind) bool) {
		for k, n := range s.live {
			if n > 0 && !yield(api.Kind(k)) {
				return
			}
		}
	}
}

// LastWrite is the object's last entry at or before rev, which may be its deletion; 0 if it was not there yet.
func (s *Store) LastWrite(id ID, rev api.Revision) api.Revision {
	if !s.records.has(id) {
		return 0
	}
	at := s.records.of(id).last()
	for at > rev {
		at = s.log.at(at).before()
	}
	return at
}
