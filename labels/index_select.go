package labels

import (
	"iter"
	"math/bits"
	"slices"
)

// Select returns the keys of the objects that match.
//
// The order is that of slots: objects come in the order they were put in, except that a new object takes the place of
// the one deleted last. It does not depend on chance. Each range over the iterator asks anew. The loop may change the
// index, and so may others: then each object counts with its labels at some moment during the loop, and one that is
// deleted and put in again may come twice.
func (ix *Index[K]) Select(s Selector) iter.Seq[K] {
	return func(yield func(K) bool) {
		q := query{selector: s}
		var found []K
		for c, more := 0, true; more; c++ {
			if found, more = ix.selectChunk(&q, c, found[:0]); !yieldAll(found, yield) {
				return
			}
		}
	}
}

func yieldAll[K any](keys []K, yield func(K) bool) bool {
	for _, k := range keys {
		if !yield(k) {
			return false
		}
	}
	return true
}

// AppendSelected appends the keys of the objects that match to keys, in the order of Select, and faster.
func (ix *Index[K]) AppendSelected(keys []K, s Selector) []K {
	q := query{selector: s}
	for c, more := 0, true; more; c++ {
		keys, more = ix.selectChunk(&q, c, keys)
	}
	return keys
}

// selectChunk appends the matching keys of one chunk. There are no more chunks if more is false.
func (ix *Index[K]) selectChunk(q *query, c int, keys []K) (_ []K, more bool) {
	ix.gate.enter()
	defer ix.gate.leave()
	if c >= len(ix.chunks) || !ix.resolve(q) {
		return keys, false
	}
	chunk := ix.chunks[c]
	list, set := q.evaluate(uint16(c), chunk.live)
	if set == nil {
		for _, low := range list {
			keys = append(keys, chunk.keys[low])
		}
		return keys, true
	}
	keys = slices.Grow(keys, set.count())
	for i, w := range set {
		for ; w != 0; w &= w - 1 {
			keys = append(keys, chunk.keys[i*64+bits.TrailingZeros64(w)])
		}
	}
	return keys, true
}

// Count returns how many objects match, without listing them, as of one moment.
func (ix *Index[K]) Count(s Selector) int {
	q := query{selector: s}
	ix.gate.enter()
	defer ix.gate.leave()
	if !ix.resolve(&q) {
		return 0
	}
	if n, ok := q.countAtOnce(ix.slots.n); ok {
		return n
	}
	n := 0
	for c, chunk := range ix.chunks {
		list, set := q.evaluate(uint16(c), chunk.live)
		n += len(list)
		if set != nil {
			n += set.count()
		}
	}
	return n
}

// resolve finds the postings that the query needs, again if pairs have come or gone. It is false if nothing matches.
func (ix *Index[K]) resolve(q *query) bool {
	if q.resolved && q.version == ix.table.version {
		return !q.impossible
	}
	q.resolved, q.version, q.impossible = true, ix.table.version, false
	q.wanted, q.unwanted = q.wanted[:0], q.unwanted[:0]
	reqs := q.selector.requirements()
	for i := range reqs {
		t := ix.term(&reqs[i])
		switch {
		case !t.unwanted && t.n == 0:
			q.impossible = true
			return false
		case !t.unwanted:
			q.wanted = append(q.wanted, t)
		case t.n > 0:
			q.unwanted = append(q.unwanted, t)
		}
	}
	slices.SortStableFunc(q.wanted, func(a, b term) int { return a.n - b.n })
	return true
}

// term finds the postings of one requirement.
func (ix *Index[K]) term(r *Requirement) (t term) {
	key, ok := ix.table.names[r.key]
	t.unwanted = r.op == opNotIn || r.op == opNotEquals || r.op == opDoesNotExist
	if !ok {
		return t
	}
	values := ix.table.keys[key].values
	switch {
	case r.op.unary():
		t.add(ix.byKey[key])
	case r.op.ordered():
		//order:irrelevant the postings are joined into one set
		for _, id := range values {
			if pair := &ix.table.pairs[id]; pair.isInt && (r.op == opGreaterThan) == (pair.number > r.bound) && pair.number != r.bound {
				t.add(ix.byPair[id])
			}
		}
	default:
		for i := range r.count() {
			if id, ok := values[r.at(i)]; ok && (i == 0 || r.at(i) != r.at(i-1)) {
				t.add(ix.byPair[id])
			}
		}
	}
	return t
}
