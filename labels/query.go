package labels

import "slices"

// query is a selector made ready for one index: what is wanted, fewest objects first, and what is not.
type query struct {
	selector         Selector
	resolved         bool
	impossible       bool
	version          uint64 // of the pair table it was resolved with
	wanted, unwanted []term

	blocks  []*block // scratch: the blocks of the term at hand
	first   []uint16 // scratch: the slots of the first term, when they are few but in several blocks
	list    []uint16 // scratch: the result, when it is a list
	set     *bitset  // scratch: the result, when it is a bitmap
	another *bitset  // scratch: the union of a term's blocks
}

// term is one requirement as postings: the objects in any of them. The postings of one term never overlap, since a key
// has one value.
type term struct {
	unwanted bool
	n        int // objects in all postings
	first    *posting
	rest     []*posting
	pairs    []uint32 // of the postings, sorted; of no use for the posting of a key
}

func (t *term) add(p *posting, pair uint32) {
	switch {
	case p.n == 0:
		return
	case t.first == nil:
		t.first = p
	default:
		t.rest = append(t.rest, p)
	}
	t.n += p.n
	t.pairs = append(t.pairs, pair)
}

// countAtOnce counts without looking at chunks where a single requirement decides.
func (q *query) countAtOnce(all int) (int, bool) {
	switch {
	case len(q.wanted)+len(q.unwanted) == 0:
		return all, true
	case len(q.wanted) == 1 && len(q.unwanted) == 0:
		return q.wanted[0].n, true
	case len(q.wanted) == 0 && len(q.unwanted) == 1:
		return all - q.unwanted[0].n, true
	}
	return 0, false
}

// evaluate returns the matching slots of one chunk: a sorted list, or a bitmap if that is not nil. Both belong to the
// query or to the index and are good until the gate is left.
func (q *query) evaluate(chunk uint16, rows *rowStore) ([]uint16, *bitset) {
	if len(q.wanted) == 0 {
		if len(q.unwanted) == 0 {
			return nil, rows.live
		}
		q.needSet()
		*q.set = *rows.live
		return nil, q.without(chunk)
	}
	blocks := q.gather(&q.wanted[0], chunk)
	switch {
	case len(blocks) == 0:
		return nil, nil
	case len(blocks) == 1 && blocks[0].bits == nil:
		return q.filter(chunk, rows, blocks[0].list), nil
	case len(blocks) == 1 && len(q.wanted)+len(q.unwanted) == 1:
		return nil, blocks[0].bits
	}
	q.needSet()
	q.union(q.set, blocks)
	if total(blocks) < arrayMin {
		q.first = q.set.appendTo(q.first[:0])
		return q.filter(chunk, rows, q.first), nil
	}
	for i := range q.wanted[1:] {
		if !q.intersect(&q.wanted[1+i], chunk) {
			return nil, nil
		}
	}
	return nil, q.without(chunk)
}

func (q *query) needSet() {
	if q.set == nil {
		q.set = new(bitset)
	}
}

// gather returns the blocks of a term in a chunk that are not empty.
func (q *query) gather(t *term, chunk uint16) []*block {
	q.blocks = q.blocks[:0]
	q.gatherOne(t.first, chunk)
	for _, p := range t.rest {
		q.gatherOne(p, chunk)
	}
	return q.blocks
}

func (q *query) gatherOne(p *posting, chunk uint16) {
	if b := p.block(chunk); b != nil && b.n > 0 {
		q.blocks = append(q.blocks, b)
	}
}

// union makes out the slots of the blocks.
func (q *query) union(out *bitset, blocks []*block) {
	if first := blocks[0]; first.bits != nil {
		*out = *first.bits
		blocks = blocks[1:]
	} else {
		*out = bitset{}
	}
	for _, b := range blocks {
		b.orInto(out)
	}
}

// intersect keeps in q.set what the term wants too; false if nothing of the term is in the chunk.
func (q *query) intersect(t *term, chunk uint16) bool {
	blocks := q.gather(t, chunk)
	if len(blocks) == 0 {
		return false
	}
	other := blocks[0].bits
	if len(blocks) > 1 || other == nil {
		if q.another == nil {
			q.another = new(bitset)
		}
		other = q.another
		q.union(other, blocks)
	}
	for i := range q.set {
		q.set[i] &= other[i]
	}
	return true
}

// without takes from q.set what is not wanted.
func (q *query) without(chunk uint16) *bitset {
	for i := range q.unwanted {
		for _, b := range q.gather(&q.unwanted[i], chunk) {
			b.takeFrom(q.set)
		}
	}
	return q.set
}

// filter returns those slots of a list that fulfil the other requirements.
func (q *query) filter(chunk uint16, rows *rowStore, list []uint16) []uint16 {
	if len(q.wanted)+len(q.unwanted) == 1 {
		return list
	}
	q.list = append(q.list[:0], list...)
	for i := range q.wanted[1:] {
		q.keep(&q.wanted[1+i], chunk, rows, true)
	}
	for i := range q.unwanted {
		q.keep(&q.unwanted[i], chunk, rows, false)
	}
	return q.list
}

// How many values are asked one after the other; with more it is quicker to look at an object's own row. A bitmap
// answers at once, a list must be searched.
const (
	fewBlocks = 32
	fewLists  = 2
)

// keep reduces q.list to the slots for which being in the term is as wanted.
func (q *query) keep(t *term, chunk uint16, rows *rowStore, wanted bool) {
	kept := q.list[:0]
	var blocks []*block
	if len(t.pairs) <= fewBlocks {
		blocks = q.gather(t, chunk)
	}
	if len(t.pairs) > fewBlocks || lists(blocks) > fewLists {
		for _, low := range q.list {
			if shares(rows.row(low), t.pairs) == wanted {
				kept = append(kept, low)
			}
		}
	} else {
		for _, low := range q.list {
			if inAny(blocks, low) == wanted {
				kept = append(kept, low)
			}
		}
	}
	q.list = kept
}

// lists counts the blocks that are lists.
func lists(blocks []*block) (n int) {
	for _, b := range blocks {
		if b.bits == nil {
			n++
		}
	}
	return n
}

// total counts the slots of the blocks.
func total(blocks []*block) (n int) {
	for _, b := range blocks {
		n += int(b.n)
	}
	return n
}

func inAny(blocks []*block, low uint16) bool {
	for _, b := range blocks {
		if b.has(low) {
			return true
		}
	}
	return false
}

// shares says whether a row has one of the pairs, which are sorted.
func shares(row, pairs []uint32) bool {
	for _, id := range row {
		if _, ok := slices.BinarySearch(pairs, id); ok {
			return true
		}
	}
	return false
}
