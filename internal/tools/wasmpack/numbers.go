package main

import (
	"cmp"
	"slices"
)

// numbering is which new numbers the blocks and calls of a function have. A block's number is how many blocks of the new function end before it,
// so that the br_table leads each number to the block of that number and is the same in every function.
//
// What the parameter holds is known where all ways have given it the same. There a call adds the difference, which is mostly one; where
// ways meet that have not, it writes its number. Calls that do not come back need a number only for what the runtime reads in its tables, and
// share one with those for which that is the same: the first numbers, which have empty blocks.
type numbering struct {
	place       []int // the number of each block, and how many there are
	writes      [][]instruction
	moved       []move
	deferreturn int // the block to which a function that recovered returns; 0 if there is none
}

// move is a number that became another one.
type move struct{ from, to int }

// span is what the parameter may hold at a place: from least to most.
type span struct{ least, most int }

var nowhere = span{1 << 20, -1}

func (s span) and(t span) span { return span{min(s.least, t.least), max(s.most, t.most)} }

// assign gives every block and call its number; false means that the runtime's tables are not as they should be.
func (w *frame) assign(known *pcs) bool {
	if known != nil && known.deferreturn != 0 {
		block, found := slices.BinarySearch(w.begin, known.deferreturn)
		if !found {
			return false
		}
		w.deferreturn = block
	}
	shared, ok := w.shareNumbers(known)
	if !ok {
		return false
	}
	again := make([]bool, len(w.begin)) // blocks that are begun by the br_table with their own number
	again[0], again[w.deferreturn] = true, true
	for _, e := range w.events {
		if e.kind == aJump && e.n <= e.block {
			again[e.n] = true
		}
	}
	ways := slices.Repeat([]span{nowhere}, len(w.begin)+1) // what the parameter holds where jumps ahead lead
	w.place = make([]int, len(w.begin)+1)
	holds := span{}
	next := 1 + len(shared)
	for _, e := range w.events {
		switch e.kind {
		case aCall:
			w.moved = append(w.moved, move{e.n, 0})
			to := &w.moved[len(w.moved)-1].to
			switch {
			case e.resumes:
				*to = next
				w.writes = append(w.writes, append(written(holds, next), instruction{op: opLocalTee, n: localBlock}))
				holds = span{next, next}
			case e.n == 0:
				w.writes = append(w.writes, written(holds, 0))
			default:
				*to = shared[known.at(e.n)]
				w.writes = append(w.writes, []instruction{{op: opI32Const, n: *to}})
			}
		case aJump:
			if e.n > e.block {
				ways[e.n] = ways[e.n].and(holds)
			}
		case anEnd:
			before := w.code[e.at-1].op
			if before == opBr || before == opReturn || before == opUnreachable {
				holds = nowhere
			}
			w.place[e.block+1] = next
			holds = holds.and(ways[e.block+1])
			if e.block+1 < len(again) && again[e.block+1] || holds == nowhere {
				holds = holds.and(span{next, next})
			}
			next++
		}
	}
	if known == nil {
		return true
	}
	return known.move(w.moved, w.place[w.deferreturn])
}

// shareNumbers gives the calls that do not come back the first numbers, the most frequent first.
func (w *frame) shareNumbers(known *pcs) (map[looked]int, bool) {
	count := map[looked]int{}
	var all []looked
	for _, e := range w.events {
		if e.kind != aCall || e.resumes || e.n == 0 {
			continue
		}
		at := known.at(e.n)
		if !at.ok {
			return nil, false
		}
		if count[at]++; count[at] == 1 {
			all = append(all, at)
		}
	}
	slices.SortStableFunc(all, func(a, b looked) int { return cmp.Compare(count[b], count[a]) })
	shared := map[looked]int{}
	for i, at := range all {
		shared[at] = 1 + i
	}
	return shared, true
}

// written is how a number is written where the parameter may hold what is given.
func written(holds span, n int) []instruction {
	switch {
	case holds.least != holds.most:
		return []instruction{{op: opI32Const, n: n}}
	case holds.least == n:
		return []instruction{{op: opLocalGet, n: localBlock}}
	default:
		return []instruction{{op: opLocalGet, n: localBlock}, {op: opI32Const, n: n - holds.least}, {op: opI32Add}}
	}
}

// rewrite makes the function count as assigned.
func (w *frame) rewrite() {
	blocks := w.place[len(w.begin)]
	added := slices.Repeat([]instruction{{op: opBlock, n: typeEmpty}}, blocks-len(w.begin))
	straight := instruction{op: opBrTable}
	for number := range blocks {
		straight.table = append(straight.table, number)
	}
	w.edits = append(w.edits, edit{w.head - 1, 0, added}, edit{w.head, 1, []instruction{straight}})
	call := 0
	for _, e := range w.events {
		switch e.kind {
		case aCall:
			code := append(w.writes[call], instruction{op: opLocalGet, n: localFunction}, instruction{op: opI32Or}, instruction{op: opExtendU})
			w.edits = append(w.edits, edit{e.at, 1, code})
			call++
		case aJump:
			w.jump(e)
		case aBranchOut:
			i := w.code[e.at]
			more := w.place[len(w.begin)] - w.place[e.block] - (len(w.begin) - e.block)
			w.edits = append(w.edits, edit{e.at, 1, []instruction{{op: i.op, n: i.n + more}}})
		case anEnd:
			if empty := w.place[e.block+1] - w.place[e.block] - 1; empty > 0 {
				w.edits = append(w.edits, edit{e.at, 0, slices.Repeat([]instruction{{op: opEnd}}, empty)})
			}
		}
	}
	w.change(w.edits)
}
