package store

import "github.com/slipway-dev/slipway/orchestrate/api"

// record is what the store knows of an object besides its versions. It leads to what is next to the object (its node, what it
// owns, its owner) without a look at a name: in a large world each name is a walk through memory that no cache holds.
type record struct {
	now    api.Object // as it is at the newest revision; nil if it is deleted
	place  *place     // where a pod or sandbox is, and what a node is; nil for others
	family *family    // what it owns; nil if nothing was ever found by it
	latest uint32     // the revision of its last entry, which may be a delete
	older  ID         // the object that had the same name before; 0 if none
	owner  ID         // the object it was made for, which is its first owner; 0 if that is not known
	kind   api.Kind
}

func (r *record) last() api.Revision { return api.Revision(r.latest) }

const recordBits = 9

// records are all records by ID, in pages, so that none is ever moved. ID 0 is of nothing.
type records struct {
	pages []*[1 << recordBits]record
	n     int
}

// of is the record of an object that there is.
func (r *records) of(id ID) *record { return &r.pages[id>>recordBits][id&(1<<recordBits-1)] }

// add appends the record of a new object.
//
//go:noinline
func (r *records) add(rec record) {
	if r.n>>recordBits == len(r.pages) {
		r.pages = append(r.pages, new([1 << recordBits]record))
	}
	r.n++
	*r.of(ID(r.n - 1)) = rec
}

// drop takes away the newest one.
func (r *records) drop() {
	r.n--
	*r.of(ID(r.n)) = record{}
}

// has tells whether there is, or was, an object of this number.
func (r *records) has(id ID) bool { return id != 0 && int(id) < r.n }
