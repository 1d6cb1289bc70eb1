package labels

import "hash/maphash"

// slotTable finds the slot of a key. It holds slot numbers only and compares with the keys in the chunks, so it weighs
// a third of a Go map, which would hold every key again.
//
// It is an extendible hash table: the first bits of a key's hash choose a part, and a part that is full becomes two. So
// a writer never rebuilds more than a thousand entries at once. The hashes differ in each process, and show nowhere:
// nobody goes through the table, and what it finds does not depend on them.
type slotTable[K comparable] struct {
	seed  maphash.Seed
	n     int         // keys
	depth uint8       // how many bits of the hash choose a part
	parts []*slotPart // by those bits; a part that needs fewer of them stands in several places
}

// slotPart is open addressing with linear probing. An entry is a slot, plus one, in the low bits, and bits of the hash
// above them, which spare most comparisons of keys.
type slotPart struct {
	entries []uint32 // 0 where free
	slots   uint8    // how many bits the slot takes
	depth   uint8    // how many bits of the hash all keys share
	used    int      // entries not free, those of gone keys too
	live    int
}

const (
	partMin  = 8
	partMax  = 1024       // entries; above them a part is split
	goneSlot = ^uint32(0) // an entry whose key was deleted: it is passed over, not filled
	depthMax = 32         // bits of the hash that may choose a part; the others place a key in it
)

// keyed is where the table's keys are.
type keyed[K comparable] []*chunk[K]

func (c keyed[K]) key(slot uint32) *K { return &c[slot>>16].keys[uint16(slot)] }

func (t *slotTable[K]) hash(k K) uint64 {
	if t.parts == nil {
		t.seed = maphash.MakeSeed()
		t.parts = []*slotPart{{entries: make([]uint32, partMin), slots: 16}}
	}
	return maphash.Comparable(t.seed, k)
}

func (t *slotTable[K]) part(hash uint64) *slotPart { return t.parts[hash>>(64-t.depth)] }

// find returns the slot of a key.
func (t *slotTable[K]) find(chunks keyed[K], k K) (slot uint32, ok bool) {
	if t.n == 0 {
		return 0, false
	}
	hash := maphash.Comparable(t.seed, k)
	_, slot, ok = search(t.part(hash), chunks, hash, k)
	return slot, ok
}

// search returns the place and the slot of a key in its part.
func search[K comparable](p *slotPart, chunks keyed[K], hash uint64, k K) (at int, slot uint32, ok bool) {
	tag := uint32(hash) << p.slots
	for at = p.home(hash); ; at = p.after(at) {
		e := p.entries[at]
		if e == 0 {
			return at, 0, false
		}
		if (e^tag)>>p.slots == 0 && e != goneSlot {
			if slot = e&(1<<p.slots-1) - 1; *chunks.key(slot) == k {
				return at, slot, true
			}
		}
	}
}

// home is where the search for a hash begins.
func (p *slotPart) home(hash uint64) int {
	return int(uint64(uint32(hash)) * uint64(len(p.entries)) >> 32)
}

func (p *slotPart) after(at int) int {
	if at++; at == len(p.entries) {
		return 0
	}
	return at
}

// insert adds a key that is not there.
func (t *slotTable[K]) insert(chunks keyed[K], k K, slot uint32) {
	hash := t.hash(k)
	p := t.part(hash)
	for !p.hasRoom(slot) {
		t.rebuild(chunks, hash, slot)
		p = t.part(hash)
	}
	p.insert(hash, slot)
	t.n++
}

// hasRoom says whether a sixth of the entries stays free, and whether the slot's bits are enough.
func (p *slotPart) hasRoom(slot uint32) bool {
	return (p.used+1)*6 <= len(p.entries)*5 && slot+1 < 1<<p.slots-1
}

func (p *slotPart) insert(hash uint64, slot uint32) {
	at := p.home(hash)
	for p.entries[at] != 0 {
		at = p.after(at)
	}
	p.entries[at] = uint32(hash)<<p.slots | (slot + 1)
	p.used++
	p.live++
}

// remove takes out a key and returns its slot.
func (t *slotTable[K]) remove(chunks keyed[K], k K) (slot uint32, ok bool) {
	if t.n == 0 {
		return 0, false
	}
	hash := t.hash(k)
	p := t.part(hash)
	at, slot, ok := search(p, chunks, hash, k)
	if ok {
		p.entries[at] = goneSlot
		p.live--
		t.n--
	}
	return slot, ok
}

// rebuild makes room for another slot where the hash leads: it clears the part out, makes it larger, or splits it.
func (t *slotTable[K]) rebuild(chunks keyed[K], hash uint64, slot uint32) {
	p := t.part(hash)
	slots, hashes := t.entries(chunks, p)
	bits := p.slots
	for slot+1 >= 1<<bits-1 {
		bits++
	}
	if p.roomFor(p.live+1) <= partMax || p.depth == depthMax {
		*p = slotPart{entries: make([]uint32, p.roomFor(p.live+1)), slots: bits, depth: p.depth}
		for i, slot := range slots {
			p.insert(hashes[i], slot)
		}
		return
	}
	if p.depth == t.depth {
		t.widen()
	}
	right := 0 // entries with the next bit
	for _, h := range hashes {
		right += int(h << p.depth >> 63)
	}
	halves := [2]*slotPart{}
	for i, n := range [2]int{len(hashes) - right, right} {
		halves[i] = &slotPart{entries: make([]uint32, p.roomFor(n)), slots: bits, depth: p.depth + 1}
	}
	for i, slot := range slots {
		halves[hashes[i]<<p.depth>>63].insert(hashes[i], slot)
	}
	t.replace(p, hash, halves)
}

// roomFor returns how many entries a part of n keys should have.
func (p *slotPart) roomFor(n int) int { return max(partMin, n*3/2) }

// entries returns the slots of a part, and the hashes of their keys.
func (t *slotTable[K]) entries(chunks keyed[K], p *slotPart) (slots []uint32, hashes []uint64) {
	slots, hashes = make([]uint32, 0, p.live), make([]uint64, 0, p.live)
	for _, e := range p.entries {
		if e != 0 && e != goneSlot {
			slot := e&(1<<p.slots-1) - 1
			slots = append(slots, slot)
			hashes = append(hashes, maphash.Comparable(t.seed, *chunks.key(slot)))
		}
	}
	return slots, hashes
}

// widen lets one more bit of the hash choose a part.
func (t *slotTable[K]) widen() {
	wider := make([]*slotPart, 0, 2*len(t.parts))
	for _, p := range t.parts {
		wider = append(wider, p, p)
	}
	t.parts = wider
	t.depth++
}

// replace puts the halves of a part in its places.
func (t *slotTable[K]) replace(p *slotPart, hash uint64, halves [2]*slotPart) {
	n := len(t.parts) >> p.depth
	from := int(hash>>(64-p.depth)) * n
	for i := range n {
		t.parts[from+i] = halves[i/(n/2)]
	}
}
