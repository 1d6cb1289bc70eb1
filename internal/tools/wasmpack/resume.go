package main

import (
	"bytes"
	"cmp"
	"slices"
)

// A Go function in WebAssembly is a loop around blocks. Its parameter says which block to begin with, and a call writes the
// number of the block to go on with, and of the function, into the stack: a large constant that is different at every call, and so a tenth
// of a compressed engine. This file has the function count instead.
//
//	block                                   block
//	  loop                                    i32.const function; local.set 2
//	    block block ... block                 loop
//	      local.get 0; br_table 0 0 1 2 ...     the same
//	    end
//	    ... i64.const function<<16|7            ... local.get 0; i32.const 1; i32.add; local.tee 0
//	    i64.store; call f                           local.get 2; i32.or; i64.extend_i32_u; i64.store; call f
//	  end
//
// For that the parameter, which nothing reads after the br_table, has to hold the number of the block. A jump writes it before it goes to the
// loop, whoever resumes a function passes it, and a call keeps the number of the block behind it. Where ways meet on which it holds
// different numbers, the next call writes its own anew.
// A function in which anything is not as described stays as it is.

// The first local variables of a function that is rewritten; those after the stack pointer are new.
const (
	localBlock    = 0
	localSP       = 1
	localFunction = 2
	localScratch  = 3
	localEnd      = 4
	localSize     = 5
	added         = 4
)

// makeRoom gives a function the new variables, also one that will not use them: so the old ones have the same numbers everywhere.
func (f *function) makeRoom() {
	if len(f.locals) == 0 || f.locals[0] != (local{1, typeI32}) || !f.is(0, opGlobalGet, opLocalSet) || f.code[1].n != localSP {
		return
	}
	f.locals[0].count += added
	for i := range f.code {
		if c := &f.code[i]; c.op >= opLocalGet && c.op <= opLocalTee && c.n > localSP {
			c.n += added
			c.raw = nil
		}
	}
}

func (f *function) hasRoom() bool {
	return len(f.locals) > 0 && f.locals[0] == local{1 + added, typeI32}
}

// firstFunction is the number of the first function, above the block's 16 bits (funcValueOffset in cmd/link/internal/wasm).
const firstFunction = 0x1000 << 16

// frame is a function walked through: where its blocks begin, and what in it depends on their numbers.
type frame struct {
	*function
	table    []int // which block each number means
	begin    []int // the first number of each block, with which it is resumed
	head     int   // where the br_table is
	exit     bool  // a block encloses the loop, for leaving the function
	loop     bool
	block    int // the block that is walked through; -1 before the first
	explicit int // how many blocks, loops and ifs of the code itself are open
	number   int // the function's own, in its place above 16 bits; 0 until a call has told it
	events   []event
	edits    []edit
	numbering
}

// event is what the numbers of blocks matter for, and in which block it is.
type event struct {
	kind, at, block int
	explicit        int  // how many blocks of the code itself are open there
	n               int  // the number that a call writes, or the block to which a jump leads
	resumes         bool // a call behind which the next block begins
}

const (
	aCall = iota
	aJump
	aBranchOut // to the loop or out of the function
	anEnd      // of a block
)

// countCalls has a function count its blocks and jump straight ahead, if it is one that Go's compiler made. of gives what the runtime knows of the
// numbers of a function; it gets others with them.
func (f *function) countCalls(of func(number int) *pcs) {
	w := frame{function: f, block: -1}
	at := w.enter()
	if at < 0 || !w.walk(at) {
		return
	}
	var known *pcs
	if w.number != 0 {
		if known = of(w.number); known == nil {
			return
		}
	}
	if !w.assign(known) {
		return
	}
	w.rewrite()
	if w.number != 0 {
		f.code = append([]instruction{{op: opI32Const, n: w.number}, {op: opLocalSet, n: localFunction}}, f.code...)
	}
}

// change makes changes in any order; what is added at a place comes before what is changed there.
func (f *function) change(edits []edit) {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Or(a.at-b.at, a.drop-b.drop) })
	f.apply(edits)
}

// enter reads the beginning of a function up to its br_table, and gives the place behind it; -1 if it begins otherwise.
func (w *frame) enter() int {
	if !w.hasRoom() || !w.is(0, opGlobalGet, opLocalSet) {
		return -1
	}
	at := 2
	for at < len(w.code) && (w.code[at].op == opBlock || w.code[at].op == opLoop) {
		at++
	}
	if !w.is(at, opLocalGet, opBrTable, opEnd) || w.code[at].n != localBlock {
		return -1
	}
	w.head = at + 1
	w.table = w.code[at+1].table
	for number, block := range w.table {
		switch block {
		case len(w.begin):
			w.begin = append(w.begin, number)
		case len(w.begin) - 1:
		default:
			return -1
		}
	}
	outer := w.code[2 : at-min(len(w.begin), at-2)]
	w.exit = len(outer) > 0 && outer[0].op == opBlock
	if w.exit {
		outer = outer[1:]
	}
	w.loop = len(outer) > 0 && outer[0].op == opLoop
	if w.loop {
		outer = outer[1:]
	}
	if len(outer) > 0 || !w.is(at-len(w.begin), bytes.Repeat([]byte{opBlock}, len(w.begin))...) {
		return -1
	}
	return at + 2
}

func (w *frame) event(kind, at, n int) *event {
	w.events = append(w.events, event{kind: kind, at: at, block: w.block, explicit: w.explicit, n: n})
	return &w.events[len(w.events)-1]
}

// walk goes through the blocks and collects what their numbers matter for; false means that something is not as described above.
func (w *frame) walk(at int) bool {
	for ; at < len(w.code); at++ {
		switch i := w.code[at]; i.op {
		case opBlock, opLoop, opIf:
			w.explicit++
		case opEnd:
			if w.explicit > 0 {
				w.explicit--
				continue
			}
			if w.block >= 0 {
				w.event(anEnd, at, 0)
			}
			w.block++
			if w.block == len(w.begin) {
				return w.untouched(at+1) && w.callsAreKnown()
			}
		case opBr, opBrIf:
			if !w.leads(at) {
				return false
			}
		case opLocalGet, opLocalSet, opLocalTee:
			if i.n == localBlock && !w.parameter(at) {
				return false
			}
		case opBrTable:
			return false
		case opI64Const:
			w.call(at)
		}
	}
	return false
}

// leads says whether a branch leads where the code's own blocks end, to the loop by way of a jump, or out of the function.
func (w *frame) leads(at int) bool {
	loop := w.explicit + len(w.begin) - 1 - w.block
	to := w.code[at].n
	if to < w.explicit {
		return true
	}
	jump := w.isJump(at - 1)
	if !jump || w.target(at-1) <= w.block {
		w.event(aBranchOut, at, 0)
	}
	switch {
	case w.loop && to == loop:
		return jump
	case w.loop:
		return w.exit && to == loop+1
	default:
		return w.exit && to == loop
	}
}

// parameter says whether the parameter is used as described: by a jump, or as room while the arguments of an indirect call change
// places. The latter gets other room.
func (w *frame) parameter(at int) bool {
	switch {
	case w.isJump(at):
		w.event(aJump, at, w.target(at))
	case w.is(at, opLocalSet, opI32Const, opLocalGet, opCallIndirect) && w.code[at+2].n == localBlock:
		w.edits = append(w.edits, edit{at, 1, []instruction{{op: opLocalSet, n: localScratch}}})
	case w.is(at-2, opLocalSet, opI32Const, opLocalGet, opCallIndirect) && w.code[at-2].n == localBlock:
		w.edits = append(w.edits, edit{at, 1, []instruction{{op: opLocalGet, n: localScratch}}})
	default:
		return false
	}
	return true
}

// call notes the constant that a call leaves in the stack, if that is what stands here.
func (w *frame) call(at int) {
	number, place := w.code[at].n&^0xffff, w.code[at].n&0xffff
	if !w.is(at-3, opLocalTee, opGlobalSet, opLocalGet, opI64Const, opI64Store) || w.block < 0 ||
		number < firstFunction || int64(number) >= 1<<31 || w.number != 0 && w.number != number {
		return
	}
	w.number = number
	e := w.event(aCall, at, place)
	e.resumes = w.explicit == 0 && w.block+1 < len(w.begin) && place == w.begin[w.block+1]
}

// callsAreKnown says whether the function's number stands nowhere else, and no call is gone on from but where the next block begins or, after
// the stack has grown, at the function's beginning.
func (w *frame) callsAreKnown() bool {
	known := map[int]bool{}
	for _, e := range w.events {
		if e.kind != aCall {
			continue
		}
		known[e.at] = true
		if _, begins := slices.BinarySearch(w.begin, e.n); begins && !e.resumes && e.n != 0 {
			return false
		}
	}
	for at, i := range w.code {
		if i.op == opI64Const && !known[at] && w.number != 0 && i.n > w.number && i.n < w.number+1<<16 {
			return false
		}
	}
	return true
}

// untouched says whether the rest of a function leaves the parameter alone.
func (w *frame) untouched(at int) bool {
	for _, i := range w.code[at:] {
		if i.op >= opLocalGet && i.op <= opLocalTee && i.n == localBlock {
			return false
		}
	}
	return true
}

// returnInPlace has a call that unwinds the stack return where it stands. Go's compiler branches to the end of the function, and how many
// blocks away that is is different at every call; the same few bytes everywhere compress better.
func (f *function) returnInPlace() {
	last := len(f.code) - 1
	if !f.is(last-2, opEnd, opI32Const, opEnd) || f.code[last-1].n != 1 {
		return
	}
	var edits []edit
	depth := 0
	for at, i := range f.code[:last-1] {
		switch i.op {
		case opBlock, opLoop, opIf:
			depth++
		case opEnd:
			depth--
			if depth == 0 && at != last-2 {
				return // not one block around all
			}
		case opBrIf:
			if i.n == depth-1 {
				edits = append(edits, edit{at, 1, []instruction{{op: opIf, n: typeEmpty}, {op: opI32Const, n: 1}, {op: opReturn}, {op: opEnd}}})
			}
		}
	}
	f.apply(edits)
}
