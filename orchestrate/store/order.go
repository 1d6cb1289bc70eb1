package store

import (
	"cmp"
	"slices"
)

// order lists all objects of a kind that ever were, by namespace and name; of equal names the older first.
// New ones wait at the end until somebody lists.
type order struct {
	ids    []ID
	sorted int // ids[:sorted] are in order
}

func (o *order) add(id ID) { o.ids = append(o.ids, id) }

// cut forgets the ids from n on; the others keep their order.
func (o *order) cut(n ID) {
	kept := func(ids []ID) int { return len(slices.DeleteFunc(ids, func(id ID) bool { return id >= n })) }
	sorted := kept(o.ids[:o.sorted:o.sorted])
	fresh := kept(o.ids[o.sorted:])
	copy(o.ids[sorted:], o.ids[o.sorted:o.sorted+fresh])
	o.ids, o.sorted = o.ids[:sorted+fresh], sorted
}

// ordered is the ids in order. The slice is valid until the next add or remove.
func (s *Store) ordered(o *order) []ID {
	if o.sorted == len(o.ids) {
		return o.ids
	}
	compare := func(a, b ID) int {
		ma, mb := s.newest(a).Meta(), s.newest(b).Meta()
		return cmp.Or(cmp.Compare(ma.Namespace, mb.Namespace), cmp.Compare(ma.Name, mb.Name), cmp.Compare(a, b))
	}
	fresh := slices.Clone(o.ids[o.sorted:])
	slices.SortFunc(fresh, compare)
	// Merge from the back, so that it happens in place.
	i, j := o.sorted-1, len(fresh)-1
	for at := len(o.ids) - 1; j >= 0; at-- {
		if i >= 0 && compare(o.ids[i], fresh[j]) > 0 {
			o.ids[at] = o.ids[i]
			i--
		} else {
			o.ids[at] = fresh[j]
			j--
		}
	}
	o.sorted = len(o.ids)
	return o.ids
}
