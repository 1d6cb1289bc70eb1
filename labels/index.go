package labels

// Index finds the objects whose labels match a selector without looking at the others. K names an object.
//
//	ix := labels.NewIndex[string]()
//	ix.Put("web-1", labels.Set{"app": "web"})
//	for name := range ix.Select(labels.MustParse("app=web")) { ... }
//
// One goroutine may write (Put, Delete, Watch, cancel) while many read; more writers take turns. A method holds the
// others up for microseconds at most, and never while a caller's code runs. Index must not be copied.
//
// How it works: docs/decisions/002-label-index.md.
type Index[K comparable] struct {
	gate     gate
	table    pairTable
	slots    slotTable[K]
	chunks   keyed[K]
	freed    []uint32 // slots of deleted objects, the last to be used first
	byPair   []*posting
	byKey    []*posting
	pins     []int32  // by pair: how many standing queries name it
	keyPins  []int32  // by key: the same
	idle     []uint32 // pairs that lost their last object, the oldest first
	isIdle   []bool   // by pair: it is in idle
	standing standing[K]
	writes   uint64 // grows with each change of an object

	old, row, gone, came []uint32 // scratch of the writer
	packed               []uint16 // the same: row as it is stored
}

// idleMax is how many pairs without objects are kept ready, in case an object gets the label again.
const idleMax = 1024

// NewIndex returns an empty index.
func NewIndex[K comparable]() *Index[K] {
	return &Index[K]{}
}

// Len returns the number of objects.
func (ix *Index[K]) Len() int {
	ix.gate.enter()
	defer ix.gate.leave()
	return ix.slots.n
}

// Get returns a copy of the labels of an object, and whether the object is there.
func (ix *Index[K]) Get(k K) (Set, bool) {
	mustCompare(k, k)
	ix.gate.enter()
	defer ix.gate.leave()
	slot, ok := ix.slots.find(ix.chunks, k)
	if !ok {
		return nil, false
	}
	row := ix.chunks[slot>>16].appendRow(nil, uint16(slot))
	set := make(Set, len(row))
	for _, id := range row {
		pair := &ix.table.pairs[id]
		set[ix.table.keys[pair.key].name] = pair.value
	}
	return set, true
}

// Put adds an object, or gives it other labels. The set is read, not kept. Then it tells the watchers.
func (ix *Index[K]) Put(k K, set Set) {
	mustCompare(k, k)
	ix.gate.lock()
	ix.writes++
	slot, found := ix.slots.find(ix.chunks, k)
	var events []pending[K]
	if found {
		ix.old = ix.chunks[slot>>16].appendRow(ix.old[:0], uint16(slot))
		ix.rereadRow(set, ix.old)
		events = ix.change(slot)
	} else {
		ix.readRow(set)
		events = ix.insert(k)
	}
	ix.dropIdle()
	ix.gate.unlock()
	ix.standing.tell(ix, events, k, set)
}

// Delete takes an object out; one that is not there is no error. Then it tells the watchers.
func (ix *Index[K]) Delete(k K) {
	mustCompare(k, k)
	ix.gate.lock()
	slot, found := ix.slots.remove(ix.chunks, k)
	if !found {
		ix.gate.unlock()
		return
	}
	ix.writes++
	c, low := ix.chunks[slot>>16], uint16(slot)
	ix.old = c.appendRow(ix.old[:0], low)
	events := ix.standing.changes(ix, transition{was: true, old: ix.old})
	for _, id := range ix.old {
		ix.leave(id, slot)
		ix.byKey[ix.table.pairs[id].key].remove(slot)
	}
	c.dropRow(low)
	c.live.clear(low)
	var none K
	c.keys[low] = none
	ix.freed = append(ix.freed, slot)
	ix.dropIdle()
	ix.gate.unlock()
	ix.standing.tell(ix, events, k, nil)
}

// mustCompare panics as a map would if K is an interface type and the key cannot be compared: before the gate is locked.
func mustCompare[K comparable](a, b K) bool { return a == b }

// readRow turns the set into the sorted pair numbers in ix.row.
func (ix *Index[K]) readRow(set Set) {
	ix.row = ix.row[:0]
	if len(set) == 0 {
		return
	}
	//order:irrelevant the numbers are sorted below; new pairs are numbered in sorted order by addPairs
	for k, v := range set {
		id, ok := ix.table.find(k, v)
		if !ok {
			ix.addPairs(set)
			return
		}
		ix.row = append(ix.row, id)
	}
	sortOrdered(ix.row)
}

// rereadRow is readRow for an object that had the labels of old: most of them will be the same, which saves looking up
// their numbers.
func (ix *Index[K]) rereadRow(set Set, old []uint32) {
	ix.row = ix.row[:0]
	for _, id := range old {
		pair := &ix.table.pairs[id]
		v, ok := set[ix.table.keys[pair.key].name]
		if ok && v != pair.value {
			id = ix.pair(pair.key, v)
		}
		if ok {
			ix.row = append(ix.row, id)
		}
	}
	if len(ix.row) < len(set) {
		ix.readRow(set)
		return
	}
	sortOrdered(ix.row)
}

// addPairs is readRow for a set with new pairs; going through the keys in order makes their numbers reproducible.
func (ix *Index[K]) addPairs(set Set) {
	ix.row = ix.row[:0]
	for _, k := range sortedKeys(set) {
		ix.row = append(ix.row, ix.pair(ix.key(k), set[k]))
	}
	sortOrdered(ix.row)
}

func (ix *Index[K]) key(name string) uint32 {
	id := ix.table.key(name)
	if int(id) == len(ix.byKey) {
		ix.byKey = append(ix.byKey, &posting{})
		ix.keyPins = append(ix.keyPins, 0)
		ix.standing.byKey = append(ix.standing.byKey, nil)
	}
	return id
}

func (ix *Index[K]) pair(key uint32, value string) uint32 {
	id := ix.table.pair(key, value)
	if int(id) == len(ix.byPair) {
		ix.byPair = append(ix.byPair, &posting{})
		ix.pins = append(ix.pins, 0)
		ix.isIdle = append(ix.isIdle, false)
		ix.standing.byPair = append(ix.standing.byPair, nil)
	}
	return id
}

// insert gives a new object a slot and the labels of ix.row.
func (ix *Index[K]) insert(k K) []pending[K] {
	slot := ix.newSlot()
	c, low := ix.chunks[slot>>16], uint16(slot)
	c.keys[low] = k
	c.live.set(low)
	c.newRow(low, ix.packedRow())
	ix.slots.insert(ix.chunks, k, slot)
	for _, id := range ix.row {
		ix.byPair[id].add(slot)
		ix.byKey[ix.table.pairs[id].key].add(slot)
	}
	return ix.standing.changes(ix, transition{is: true, row: ix.row})
}

// newSlot returns a free slot: the one freed last, or the next one.
func (ix *Index[K]) newSlot() uint32 {
	if n := len(ix.freed); n > 0 {
		slot := ix.freed[n-1]
		ix.freed = ix.freed[:n-1]
		return slot
	}
	if n := len(ix.chunks); n == 0 || len(ix.chunks[n-1].keys) == chunkSize {
		if n > 0 {
			full := ix.chunks[n-1]
			full.keys = append(make([]K, 0, chunkSize), full.keys...)
			full.clip()
		}
		ix.chunks = append(ix.chunks, &chunk[K]{rowStore: rowStore{live: new(bitset)}})
	}
	n := len(ix.chunks) - 1
	c := ix.chunks[n]
	var none K
	c.keys = append(c.keys, none)
	c.rows = append(c.rows, 0)
	return uint32(n<<16 + len(c.keys) - 1)
}

// packedRow returns ix.row as it is stored.
func (ix *Index[K]) packedRow() []uint16 {
	ix.packed = ix.packed[:0]
	for _, id := range ix.row {
		ix.packed = pack(ix.packed, id)
	}
	return ix.packed
}

// change gives an object that had the labels of ix.old those of ix.row.
func (ix *Index[K]) change(slot uint32) []pending[K] {
	c, low := ix.chunks[slot>>16], uint16(slot)
	ix.diff(ix.old, ix.row)
	if len(ix.gone)+len(ix.came) == 0 {
		return nil
	}
	events := ix.standing.changes(ix, transition{was: true, old: ix.old, is: true, row: ix.row})
	for _, id := range ix.gone {
		ix.leave(id, slot)
		if key := ix.table.pairs[id].key; !ix.hasKey(ix.came, key) {
			ix.byKey[key].remove(slot)
		}
	}
	for _, id := range ix.came {
		ix.byPair[id].add(slot)
		if key := ix.table.pairs[id].key; !ix.hasKey(ix.gone, key) {
			ix.byKey[key].add(slot)
		}
	}
	c.setRow(low, ix.packedRow())
	return events
}

// diff puts what is only in old into ix.gone and what is only in row into ix.came.
func (ix *Index[K]) diff(old, row []uint32) {
	ix.gone, ix.came = ix.gone[:0], ix.came[:0]
	for len(old) > 0 && len(row) > 0 {
		switch {
		case old[0] == row[0]:
			old, row = old[1:], row[1:]
		case old[0] < row[0]:
			ix.gone, old = append(ix.gone, old[0]), old[1:]
		default:
			ix.came, row = append(ix.came, row[0]), row[1:]
		}
	}
	ix.gone, ix.came = append(ix.gone, old...), append(ix.came, row...)
}

// hasKey says whether one of the pairs is of the key.
func (ix *Index[K]) hasKey(pairs []uint32, key uint32) bool {
	for _, id := range pairs {
		if ix.table.pairs[id].key == key {
			return true
		}
	}
	return false
}

// leave takes a slot out of a pair; a pair without objects becomes idle.
func (ix *Index[K]) leave(id, slot uint32) {
	p := ix.byPair[id]
	p.remove(slot)
	if p.n == 0 {
		ix.rest(id)
	}
}

func (ix *Index[K]) rest(id uint32) {
	if !ix.isIdle[id] {
		ix.isIdle[id] = true
		ix.idle = append(ix.idle, id)
	}
}

// dropIdle forgets the pairs that have been idle longest, so that labels of passing objects do not pile up.
func (ix *Index[K]) dropIdle() {
	if len(ix.idle) <= 2*idleMax {
		return
	}
	for _, id := range ix.idle[:idleMax] {
		ix.isIdle[id] = false
		if ix.byPair[id].n == 0 && ix.pins[id] == 0 {
			key := ix.table.pairs[id].key
			ix.table.drop(id)
			*ix.byPair[id] = posting{}
			if len(ix.table.keys[key].values) == 0 && ix.keyPins[key] == 0 {
				ix.table.dropKey(key)
				*ix.byKey[key] = posting{}
			}
		}
	}
	ix.idle = ix.idle[:copy(ix.idle, ix.idle[idleMax:])]
}
