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

	// arena holds the rows: the number of pairs, then the pairs in ascending order.
	arena []uint32
	free  map[uint32][]uint32 // places of dropped rows, by number of pairs
}

// row returns the pairs of a slot.
func (s *rowStore) row(low uint16) []uint32 {
	at := s.rows[low]
	return s.arena[at+1 : at+1+s.arena[at]]
}

// setRow stores a row for a slot, over the old one if that is as long.
func (s *rowStore) setRow(low uint16, row []uint32) {
	if old := s.row(low); len(old) == len(row) {
		copy(old, row)
		return
	}
	s.dropRow(low)
	s.newRow(low, row)
}

func (s *rowStore) newRow(low uint16, row []uint32) {
	n := uint32(len(row))
	if places := s.free[n]; len(places) > 0 {
		at := places[len(places)-1]
		s.free[n] = places[:len(places)-1]
		copy(s.arena[at+1:], row)
		s.rows[low] = at
		return
	}
	s.rows[low] = uint32(len(s.arena))
	s.arena = append(append(s.arena, n), row...)
}

func (s *rowStore) dropRow(low uint16) {
	if s.free == nil {
		s.free = map[uint32][]uint32{}
	}
	at := s.rows[low]
	s.free[s.arena[at]] = append(s.free[s.arena[at]], at)
}

// clip gives back the room that a full chunk no longer needs.
func (s *rowStore) clip() {
	s.rows = append(make([]uint32, 0, len(s.rows)), s.rows...)
	s.arena = append(make([]uint32, 0, len(s.arena)), s.arena...)
}
