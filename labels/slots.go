package labels

import "hash/maphash"

// slotTable finds the slot of a key: open addressing over slot numbers only, since the keys are in the chunks. It takes
// 5 to 10 bytes an object where a Go map would take 30 and more.
type slotTable[K comparable] struct {
	seed  maphash.Seed
	slots []uint32 // slot + 1; 0 is free; the length is a power of two
	n     int
}

// hash may panic, as any map would, if K is an interface type that holds something not comparable.
func (t *slotTable[K]) hash(k K) uint64 { return maphash.Comparable(t.seed, k) }

// find returns the slot of a key.
func (t *slotTable[K]) find(chunks []*chunk[K], k K, hash uint64) (slot uint32, ok bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	mask := uint64(len(t.slots) - 1)
	for i := hash & mask; t.slots[i] != 0; i = (i + 1) & mask {
		if slot := t.slots[i] - 1; keyOf(chunks, slot) == k {
			return slot, true
		}
	}
	return 0, false
}

func keyOf[K comparable](chunks []*chunk[K], slot uint32) K {
	return chunks[slot>>16].keys[uint16(slot)]
}

// insert adds a key that is not there; its slot must hold it already.
func (t *slotTable[K]) insert(chunks []*chunk[K], slot uint32, hash uint64) {
	if t.n >= len(t.slots)/5*4 {
		t.grow(chunks)
	}
	t.n++
	t.place(slot, hash)
}

func (t *slotTable[K]) place(slot uint32, hash uint64) {
	mask := uint64(len(t.slots) - 1)
	i := hash & mask
	for t.slots[i] != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = slot + 1
}

func (t *slotTable[K]) grow(chunks []*chunk[K]) {
	old := t.slots
	t.slots = make([]uint32, max(16, 2*len(old)))
	for _, s := range old {
		if s != 0 {
			t.place(s-1, t.hash(keyOf(chunks, s-1)))
		}
	}
}

// remove takes out a key that is there, and moves up what had to stand behind it.
func (t *slotTable[K]) remove(chunks []*chunk[K], slot uint32, hash uint64) {
	mask := uint64(len(t.slots) - 1)
	i := hash & mask
	for t.slots[i] != slot+1 {
		i = (i + 1) & mask
	}
	t.n--
	for j := i; ; {
		j = (j + 1) & mask
		if t.slots[j] == 0 {
			break
		}
		home := t.hash(keyOf(chunks, t.slots[j]-1)) & mask
		if (j-home)&mask >= (j-i)&mask {
			t.slots[i] = t.slots[j]
			i = j
		}
	}
	t.slots[i] = 0
}
