package labels

// chunk is the objects of 65,536 slots: their keys by slot, and their labels.
type chunk[K comparable] struct {
	keys []K
	rowStore
}

// rowStore is the labels of a chunk's objects, as rows of pair numbers.
type rowStore struct {
	live *bitset  // which slots are taken
	rows []uint32 // by slot: where in arena the row begins

	// arena holds the rows: how long the row is, then its pairs in ascending order, all of it packed.
	arena []uint16
	free  [][]uint32 // places of dropped rows, by length
}

// Most indexes have few different pairs, so a number takes two bytes, and four only above this.
const wide = 1 << 15

// pack appends a number below 1<<31.
func pack(packed []uint16, n uint32) []uint16 {
	if n < wide {
		return append(packed, uint16(n))
	}
	return append(packed, uint16(wide|n>>16), uint16(n))
}

// unpack returns the first number and what follows it.
func unpack(packed []uint16) (n uint32, rest []uint16) {
	if packed[0] < wide {
		return uint32(packed[0]), packed[1:]
	}
	return uint32(packed[0]&^wide)<<16 | uint32(packed[1]), packed[2:]
}

// packed returns the pairs of a slot as they are stored.
func (s *rowStore) packed(low uint16) []uint16 {
	n, rest := unpack(s.arena[s.rows[low]:])
	return rest[:n]
}

// appendRow appends the pairs of a slot.
func (s *rowStore) appendRow(row []uint32, low uint16) []uint32 {
	for packed := s.packed(low); len(packed) > 0; {
		var id uint32
		id, packed = unpack(packed)
		row = append(row, id)
	}
	return row
}

// setRow stores a row for a slot, over the old one if that is as long.
func (s *rowStore) setRow(low uint16, packed []uint16) {
	if old := s.packed(low); len(old) == len(packed) {
		copy(old, packed)
		return
	}
	s.dropRow(low)
	s.newRow(low, packed)
}

func (s *rowStore) newRow(low uint16, packed []uint16) {
	if n := len(packed); n < len(s.free) && len(s.free[n]) > 0 {
		places := s.free[n]
		s.rows[low] = places[len(places)-1]
		s.free[n] = places[:len(places)-1]
		copy(s.packed(low), packed)
		return
	}
	s.rows[low] = uint32(len(s.arena))
	s.arena = append(pack(s.arena, uint32(len(packed))), packed...)
}

func (s *rowStore) dropRow(low uint16) {
	n := len(s.packed(low))
	for len(s.free) <= n {
		s.free = append(s.free, nil)
	}
	s.free[n] = append(s.free[n], s.rows[low])
}

// clip gives back the room that a full chunk no longer needs.
func (s *rowStore) clip() {
	s.rows = append(make([]uint32, 0, len(s.rows)), s.rows...)
	s.arena = append(make([]uint16, 0, len(s.arena)), s.arena...)
}
