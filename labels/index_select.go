package labels

import (
	"iter"
	"slices"
)

// Select returns the keys of the objects that match.
//
// The order is that of slots: objects come in the order they were put in, except that a new object takes the place of
// the one deleted last. It does not depend on chance. Each range over the iterator asks anew. The loop may change the
// index, and so may others: then each object counts with its labels at some moment during the loop, and one that is
// deleted and put in again may come twice.
//
// A loop over it is compiled without a call for each key, because this function and its iterator are small enough to be
// compiled into the caller.
func (ix *Index[K]) Select(s Selector) iter.Seq[K] {
	return func(yield func(K) bool) {
		c := cursor[K]{query: query{selector: s}}
		for keys := ix.next(&c); len(keys) > 0; keys = ix.next(&c) {
			for _, k := range keys {
				if !yield(k) {
					return
				}
			}
		}
	}
}

const (
	batchSize   = 512 // keys handed out between two visits to the gate
	batchChunks = 32  // chunks looked at in one visit at most
)

// cursor is a query on its way through the chunks.
type cursor[K comparable] struct {
	query
	chunk     int
	from      int    // the first slot of the chunk not yet handed out
	evaluated bool   // found and bits are those of the chunk
	writes    uint64 // what Index.writes was then; if it has changed, they may not be looked at
	found     []uint16
	bits      *bitset
	batch     [batchSize]K
}

// next returns the next keys, good until it is called again, and none at the end.
func (ix *Index[K]) next(c *cursor[K]) []K {
	for n, more := 0, true; more; {
		if n, more = ix.fill(c); n > 0 {
			return c.batch[:n]
		}
	}
	return nil
}

// fill puts the next keys into the batch. There are no more if more is false.
func (ix *Index[K]) fill(c *cursor[K]) (n int, more bool) {
	ix.gate.enter()
	defer ix.gate.leave()
	for range batchChunks {
		if c.chunk >= len(ix.chunks) || !ix.resolve(&c.query) {
			c.chunk = len(ix.chunks)
			return n, false
		}
		chunk := ix.chunks[c.chunk]
		if !c.evaluated || c.writes != ix.writes {
			c.found, c.bits = c.inOrder(uint16(c.chunk), &chunk.rowStore)
			c.evaluated, c.writes = true, ix.writes
		}
		added := 0
		if c.bits != nil {
			added, c.from = emitBits(c.batch[n:], chunk.keys, c.bits, c.from)
		} else {
			added, c.from = emitList(c.batch[n:], chunk.keys, c.found, c.from)
		}
		if n += added; c.from < chunkSize {
			return n, true
		}
		c.chunk, c.from, c.evaluated = c.chunk+1, 0, false
	}
	return n, true
}

// AppendSelected appends the keys of the objects that match to keys, in the order of Select, and faster.
func (ix *Index[K]) AppendSelected(keys []K, s Selector) []K {
	q := query{selector: s}
	for c, more := 0, true; more; c++ {
		keys, more = ix.appendChunk(&q, c, keys)
	}
	return keys
}

// appendChunk appends the matching keys of one chunk. There are no more chunks if more is false.
func (ix *Index[K]) appendChunk(q *query, c int, keys []K) (_ []K, more bool) {
	ix.gate.enter()
	defer ix.gate.leave()
	if c >= len(ix.chunks) || !ix.resolve(q) {
		return keys, false
	}
	chunk := ix.chunks[c]
	list, set := q.inOrder(uint16(c), &chunk.rowStore)
	size := len(list)
	if set != nil {
		size = set.count() + 64
	}
	n := len(keys)
	keys = slices.Grow(keys, size)
	if set == nil {
		added, _ := emitList(keys[n:n+size], chunk.keys, list, 0)
		return keys[:n+added], true
	}
	added, _ := emitBits(keys[n:n+size], chunk.keys, set, 0)
	return keys[:n+added], true
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
		list, set, _ := q.evaluate(uint16(c), &chunk.rowStore)
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
	sortBy(q.wanted, func(a, b term) bool { return a.n < b.n })
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
		t.add(ix.byKey[key], 0)
	case r.op.ordered():
		bound := r.bound()
		//order:irrelevant the postings are joined into one set
		for _, id := range values {
			if pair := &ix.table.pairs[id]; pair.isInt && (r.op == opGreaterThan) == (pair.number > bound) && pair.number != bound {
				t.add(ix.byPair[id], id)
			}
		}
	default:
		for i := range r.count() {
			if id, ok := values[r.at(i)]; ok && (i == 0 || r.at(i) != r.at(i-1)) {
				t.add(ix.byPair[id], id)
			}
		}
	}
	sortOrdered(t.pairs)
	return t
}
