package labels

import "slices"

// query is a selector made ready for one index: what is wanted, fewest objects first, and what is not.
type query struct {
	selector         Selector
	resolved         bool
	impossible       bool
	version          uint64 // of the pair table it was resolved with
	wanted, unwanted []term

	// Scratch. The blocks of the terms at hand, and what comes of them.
	sets    []*bitset
	lists   [][]uint16
	list    []uint16 // the result, when it is a list
	set     *bitset  // the result, when it is a bitmap that is not one of the index
	another *bitset  // the union of a term's blocks
	sorter  *sorter
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

// evaluate returns the matching slots of one chunk: a list, or a bitmap if that is not nil. Both belong to the query or
// to the index and are good until the gate is left. The list must be sorted if sorted is false.
func (q *query) evaluate(chunk uint16, rows *rowStore) (list []uint16, set *bitset, sorted bool) {
	if len(q.wanted) == 0 {
		return nil, q.without(rows.live, chunk), true
	}
	q.gather(&q.wanted[0], chunk)
	if n := total(q.lists); len(q.sets) == 0 && n < arrayMax {
		if n == 0 {
			return nil, nil, true
		}
		sorted = len(q.lists) == 1
		return q.filter(chunk, rows), nil, sorted
	}
	set = q.union(&q.set)
	for i := range q.wanted[1:] {
		if set = q.intersect(set, &q.wanted[1+i], chunk); set == nil {
			return nil, nil, true
		}
	}
	return nil, q.without(set, chunk), true
}

// inOrder is evaluate with a sorted list.
func (q *query) inOrder(chunk uint16, rows *rowStore) ([]uint16, *bitset) {
	list, set, sorted := q.evaluate(chunk, rows)
	if !sorted {
		if q.sorter == nil {
			q.sorter = new(sorter)
		}
		q.sorter.sort(list)
	}
	return list, set
}

// own returns one of the query's own bitmaps, made on first use.
func own(set **bitset) *bitset {
	if *set == nil {
		*set = new(bitset)
	}
	return *set
}

// gather puts the blocks of a term in a chunk into q.sets and q.lists.
func (q *query) gather(t *term, chunk uint16) {
	q.sets, q.lists = q.sets[:0], q.lists[:0]
	q.gatherMore(t, chunk)
}

func (q *query) gatherMore(t *term, chunk uint16) {
	q.gatherOne(t.first, chunk)
	for _, p := range t.rest {
		q.gatherOne(p, chunk)
	}
}

func (q *query) gatherOne(p *posting, chunk uint16) {
	switch b := p.block(chunk); {
	case b == nil || b.n == 0:
	case b.bits != nil:
		q.sets = append(q.sets, b.bits)
	default:
		q.lists = append(q.lists, b.list)
	}
}

// union returns the slots of all gathered blocks: a bitmap of the index, or one made in scratch.
func (q *query) union(scratch **bitset) *bitset {
	if len(q.sets) == 1 && len(q.lists) == 0 {
		return q.sets[0]
	}
	set := own(scratch)
	set.or(q.sets)
	for _, list := range q.lists {
		for _, low := range list {
			set.set(low)
		}
	}
	return set
}

// intersect returns what both the set and the term have; nil if nothing of the term is in the chunk.
func (q *query) intersect(set *bitset, t *term, chunk uint16) *bitset {
	q.gather(t, chunk)
	switch {
	case len(q.sets)+len(q.lists) == 0:
		return nil
	case len(q.lists) > 0 || len(q.sets) > len(four{}):
		q.sets = append(q.sets[:0], q.union(&q.another))
	}
	both := own(&q.set)
	both.and(set, q.sets)
	return both
}

// without returns the set less what is not wanted.
func (q *query) without(set *bitset, chunk uint16) *bitset {
	q.sets, q.lists = q.sets[:0], q.lists[:0]
	for i := range q.unwanted {
		q.gatherMore(&q.unwanted[i], chunk)
	}
	if len(q.sets) > 0 {
		own(&q.set).andNot(set, q.sets)
		set = q.set
	}
	if len(q.lists) > 0 && set != q.set {
		*own(&q.set) = *set
		set = q.set
	}
	for _, list := range q.lists {
		for _, low := range list {
			set.clear(low)
		}
	}
	return set
}

// filter returns those slots of the gathered lists that fulfil the other requirements.
func (q *query) filter(chunk uint16, rows *rowStore) []uint16 {
	if len(q.wanted)+len(q.unwanted) == 1 && len(q.lists) == 1 {
		return q.lists[0]
	}
	q.list = q.list[:0]
	for _, list := range q.lists {
		q.list = append(q.list, list...)
	}
	for i := range q.wanted[1:] {
		q.keep(&q.wanted[1+i], chunk, rows, true)
	}
	for i := range q.unwanted {
		q.keep(&q.unwanted[i], chunk, rows, false)
	}
	return q.list
}

// How many blocks are asked one after the other; with more it is quicker to look at an object's own row. A bitmap
// answers at once, a list must be searched.
const (
	fewSets  = 16
	fewLists = 2
)

// keep reduces q.list to the slots for which being in the term is as wanted.
func (q *query) keep(t *term, chunk uint16, rows *rowStore, wanted bool) {
	if len(t.pairs) <= fewSets+fewLists {
		q.gather(t, chunk)
		if len(q.sets) <= fewSets && len(q.lists) <= fewLists {
			q.keepByBlocks(wanted)
			return
		}
	}
	kept := q.list[:0]
	for _, low := range q.list {
		if shares(rows.packed(low), t.pairs) == wanted {
			kept = append(kept, low)
		}
	}
	q.list = kept
}

// keepByBlocks is keep for the gathered blocks. Whether a slot stays is hard to foresee, so no branch depends on it.
func (q *query) keepByBlocks(wanted bool) {
	n, flip := 0, uint64(1)
	if wanted {
		flip = 0
	}
	for _, low := range q.list {
		var words uint64
		for _, set := range q.sets {
			words |= set[low/64]
		}
		in := words >> (low % 64) & 1
		for _, list := range q.lists {
			if at := placeOf(list, low); at < len(list) && list[at] == low {
				in = 1
			}
		}
		q.list[n] = low
		n += int(in ^ flip)
	}
	q.list = q.list[:n]
}

// total counts the slots of the lists.
func total(lists [][]uint16) (n int) {
	for _, list := range lists {
		n += len(list)
	}
	return n
}

// shares says whether a packed row has one of the pairs, which are sorted.
func shares(row []uint16, pairs []uint32) bool {
	for len(row) > 0 {
		var id uint32
		id, row = unpack(row)
		if _, ok := slices.BinarySearch(pairs, id); ok {
			return true
		}
	}
	return false
}
