package main

import (
	"encoding/binary"
	"maps"
	"slices"
)

// pcs is what the runtime knows of the numbers that calls of a function write: the height of the stack at each, and in the one before it which map says
// where there are pointers in the frame. And the number at which the function is resumed to return when it has recovered from a panic.
type pcs struct {
	heights, maps []stretch
	deferreturn   int
	moved         []move // what became of the numbers, once they have changed
}

// stretch is a value for all numbers up to an end.
type stretch struct {
	value int32
	end   int
}

// endless is where tables end that are written here: one for all, so that equal values make equal tables.
const endless = 1<<14 - 1

// looked is what the runtime finds for a call.
type looked struct {
	height, pointers int32
	ok               bool
}

func (p *pcs) at(number int) looked {
	height, found := lookUp(p.heights, number)
	pointers, also := lookUp(p.maps, number-1)
	return looked{height, pointers, found && also}
}

// lookUp is the value for a number. A function without a table has -1 everywhere.
func lookUp(runs []stretch, number int) (int32, bool) {
	for _, r := range runs {
		if number < r.end {
			return r.value, number >= 0
		}
	}
	return -1, runs == nil
}

// move gives the calls other numbers, and deferreturn its own. It is false, and nothing is changed, if a number would have to have two values.
func (p *pcs) move(moved []move, deferreturn int) bool {
	heights, pointers := points{}, points{}
	heights.put(0, p.heights, 0)
	for _, m := range moved {
		heights.put(m.to, p.heights, m.from)
		if m.to > 0 {
			pointers.put(m.to-1, p.maps, m.from-1)
		}
	}
	if p.deferreturn != 0 {
		heights.put(deferreturn, p.heights, p.deferreturn)
		pointers.put(deferreturn, p.maps, p.deferreturn)
	}
	if heights[impossible] != 0 || pointers[impossible] != 0 {
		return false
	}
	p.heights, p.maps, p.deferreturn = heights.runs(p.heights == nil), pointers.runs(p.maps == nil), deferreturn
	p.moved = moved
	return true
}

// points are the values of numbers that are looked at.
type points map[int]int32

const impossible = -1

func (p points) put(to int, runs []stretch, from int) {
	value, ok := lookUp(runs, from)
	if before, set := p[to]; !ok || set && before != value || to >= endless {
		p[impossible] = 1
		return
	}
	p[to] = value
}

// runs are as few as have all points in them.
func (p points) runs(none bool) []stretch {
	if none || len(p) == 0 {
		return nil
	}
	var all []stretch
	for _, at := range slices.Sorted(maps.Keys(p)) {
		if last := len(all) - 1; last < 0 || all[last].value != p[at] {
			if last >= 0 {
				all[last].end = at
			}
			all = append(all, stretch{p[at], endless})
		}
	}
	return all
}

// readRuns reads a table: for each run by how much the value rises, in zigzag, and how long it is, up to a value that does not rise. nil is an error.
func readRuns(b []byte) []stretch {
	r := reader{rest: b}
	var all []stretch
	last := stretch{value: -1}
	for {
		more := r.unsigned()
		if r.err != nil {
			return nil
		}
		if more == 0 && len(all) > 0 {
			return all
		}
		last.value += int32(more>>1) ^ -int32(more&1)
		last.end += r.unsigned()
		all = append(all, last)
	}
}

// appendRuns is the way back from readRuns.
func appendRuns(b []byte, all []stretch) []byte {
	last := stretch{value: -1}
	for _, r := range all {
		more := r.value - last.value
		b = binary.AppendUvarint(b, uint64(uint32(more<<1)^uint32(more>>31)))
		size := r.end - last.end
		if r.end == endless {
			size = endless // beyond the end, but the same in all tables
		}
		b = binary.AppendUvarint(b, uint64(size))
		last = r
	}
	return append(b, 0)
}
