package main

import (
	"cmp"
	"slices"
)

// numbering is which new numbers the blocks and calls of a function have. A block that the br_table leads to is numbered by how many of them
// begin before it, so that the br_table is the same in every function. A block to which only branches lead needs no number, and is opened
// within the code if no numbered one ends in between (blocks.go).
//
// What the parameter holds is known where all ways have given it the same. There a call adds the difference, which is mostly one; where
// ways meet that have not, it writes its number. Calls that do not come back need a number only for what the runtime reads in its tables, and
// share one with those for which that is the same: the first numbers.
type numbering struct {
	numbers     []int // of each block
	opened      []int // at the beginning of which block the one that ends where this begins is opened; atHead if before all
	shared      int   // how many numbers calls share
	next        int   // the number that is given next, and in the end how many there are
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
	again := w.begunAgain()
	w.open(again)
	ways := slices.Repeat([]span{nowhere}, len(w.begin)+1) // what the parameter holds where branches lead
	w.numbers = make([]int, len(w.begin)+1)
	w.shared, w.next = len(shared), 1+len(shared)
	holds := span{}
	for _, e := range w.events {
		switch e.kind {
		case aCall:
			to := 0
			switch {
			case e.resumes:
				to = w.next
				w.writes = append(w.writes, append(written(holds, to), instruction{op: opLocalTee, n: localBlock}))
				holds = span{to, to}
			case e.n == 0:
				w.writes = append(w.writes, written(holds, to))
			default:
				to = shared[known.at(e.n)]
				w.writes = append(w.writes, []instruction{{op: opI32Const, n: to}})
			}
			w.moved = append(w.moved, move{e.n, to})
		case aJump:
			if e.n > e.block {
				ways[e.n] = ways[e.n].and(holds)
			}
		case anEnd:
			if w.closed(e.at) {
				holds = nowhere
			}
			holds = w.begins(e.block+1, holds.and(ways[e.block+1]), again[e.block+1])
		}
	}
	return known == nil || known.move(w.moved, w.numbers[w.deferreturn])
}

// closed says whether nothing goes on to what stands at a place.
func (w *frame) closed(at int) bool {
	before := w.code[at-1].op
	return before == opBr || before == opReturn || before == opUnreachable
}

// begins gives a block its number and what the parameter holds in it.
func (w *frame) begins(block int, holds span, again bool) span {
	if again || holds == nowhere {
		holds = holds.and(span{w.next, w.next})
	}
	if w.opened[block] == atHead && block < len(w.begin) {
		w.numbers[block] = w.next
		w.next++
	}
	return holds
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
	blocks := func(n int) []instruction { return slices.Repeat([]instruction{{op: opBlock, n: typeEmpty}}, n) }
	straight := instruction{op: opBrTable}
	for number := range w.next {
		straight.table = append(straight.table, number)
	}
	within := make([]int, len(w.begin)+1)
	for _, at := range w.opened {
		if at != atHead {
			within[at]++
		}
	}
	first := append(slices.Repeat([]instruction{{op: opEnd}}, w.shared), blocks(within[0])...)
	w.edits = append(w.edits, edit{w.head - 1 - len(w.begin), len(w.begin), blocks(w.next)}, edit{w.head, 1, []instruction{straight}}, edit{w.head + 2, 0, first})
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
			more := w.between(e.block, len(w.begin)) - (len(w.begin) - 1 - e.block)
			w.edits = append(w.edits, edit{e.at, 1, []instruction{{op: i.op, n: i.n + more}}})
		case anEnd:
			w.edits = append(w.edits, edit{e.at + 1, 0, blocks(within[e.block+1])})
		}
	}
	w.change(w.edits)
}
