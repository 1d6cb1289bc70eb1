package main

import (
	"encoding/binary"
	"fmt"
)

// A map says which words of a function's arguments, or of its local variables, are pointers: how many rows it has, one for each thing a call may find,
// how many bits a row has, and the rows. Like the entries of functions they are written by columns: first how many rows each map has, then how many bits,
// then the rows, of each map by columns of bytes too.
//
//	2 0 0 0  9 0 0 0  a b  c d          2 1
//	1 0 0 0  4 0 0 0  e           ->    9 4
//	                                    a c b d e
//
// An entry says of a map which one it is, and the program makes that the place where it has written it (start.go).

// rowMaps is how many of a function's funcdata are such maps: those of arguments and of local variables (internal/abi/symtab.go).
const rowMaps = 2

type rowStreams struct {
	counts, bits, rows []byte
	number             map[uint32]uint32 // of the map at each place
	end                int
}

// takeMaps reads the maps, which stand at the beginning of the funcdata (gather), one behind the other.
func (t *table) takeMaps() (*rowStreams, error) {
	met := map[uint32]bool{}
	for _, f := range t.funcs {
		for _, at := range mapsOf(f) {
			if at := word(f, at); at != noFuncdata {
				met[at] = true
			}
		}
	}
	s := &rowStreams{number: map[uint32]uint32{}}
	for met[uint32(s.end)] {
		if err := s.take(t.funcdata); err != nil {
			return nil, err
		}
	}
	if len(met) != len(s.number) || len(met) == 0 {
		return nil, fmt.Errorf("%w: %d of %d maps are where they should be", errTable, len(s.number), len(met))
	}
	return s, nil
}

// mapsOf are the places in an entry that point to maps.
func mapsOf(f []byte) []int {
	all := funcdataOf(f)
	return all[:min(len(all), rowMaps)]
}

// take reads the next map. It ends where a word does.
func (s *rowStreams) take(data []byte) error {
	rows, size, err := rowsAt(data, s.end)
	if err != nil {
		return err
	}
	s.number[uint32(s.end)] = uint32(len(s.number))
	s.counts = binary.AppendUvarint(s.counts, uint64(word(data, s.end)))
	s.bits = binary.AppendUvarint(s.bits, uint64(word(data, s.end+4)))
	for k := range size {
		for at := k; at < len(rows); at += size {
			s.rows = append(s.rows, rows[at])
		}
	}
	s.end = mapEnd(s.end, rows)
	return nil
}

// rowsAt gives the rows of a map, and how many bytes each has.
func rowsAt(data []byte, at int) (rows []byte, size int, err error) {
	if at < 0 || at+8 > len(data) {
		return nil, 0, errTable
	}
	count, bits := int(word(data, at)), int(word(data, at+4))
	size = (bits + 7) / 8
	if rows = data[at+8:]; count*size > len(rows) {
		return nil, 0, fmt.Errorf("%w: a map of %d rows of %d bits", errTable, count, bits)
	}
	return rows[:count*size], size, nil
}

func mapEnd(at int, rows []byte) int { return (at + 8 + len(rows) + 3) &^ 3 }

// mapEnds are the places behind an entry's maps, where the linker may have left more room than to the next word.
func (t *table) mapEnds(f []byte) (ends []uint32, err error) {
	for _, at := range mapsOf(f) {
		at := word(f, at)
		if at == noFuncdata {
			continue
		}
		rows, _, err := rowsAt(t.funcdata, int(at))
		if err != nil {
			return nil, err
		}
		if end := mapEnd(int(at), rows); end < len(t.funcdata) {
			ends = append(ends, uint32(end))
		}
	}
	return ends, nil
}

// The columns of the maps, behind those of the entries: the number of rows and of bits, and the rows.
func (s *rowStreams) columns() []column {
	return []column{{ranks: s.counts, values: s.bits}, {ranks: s.rows}}
}
