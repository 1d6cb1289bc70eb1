package main

import "slices"

// jump is a jump to the beginning of a block. Go's compiler writes it as a way to the loop, where the br_table leads on:
//
//	i32.const 12; local.set 0; br 40
//
// Ahead there is a shorter way, since every block ends where the next begins: br 2. It is also the quicker, for a machine
// and for the compiler of the browser, which sees where it leads.
type jump struct {
	at       int // of the local.set
	from, to int // blocks
	explicit int // how many blocks of the code itself it leaves
	more     int // how much more the parameter holds there than here
}

// isJump says whether at a local.set a jump is written.
func (w *frame) isJump(at int) bool {
	return w.loop && w.is(at-1, opI32Const, opLocalSet, opBr) && w.code[at].n == localBlock &&
		w.code[at-1].n >= 0 && w.code[at-1].n < len(w.table) && w.code[at+1].n == w.explicit+len(w.begin)-1-w.block
}

// change is the jump as it should be. What the parameter holds matters only if the block it leads to needs it.
func (w *frame) change(j jump, needed bool) edit {
	ahead := j.to - j.from - 1
	if ahead < 0 { // it may lead to a number behind the block's first; what is counted begins with that
		return edit{j.at - 1, 1, []instruction{{op: opI32Const, n: w.begin[j.to]}}}
	}
	if needed {
		return edit{j.at - 1, 3, append(add(j.more), instruction{op: opBr, n: j.explicit + ahead})}
	}
	if w.is(j.at-2, opIf, opI32Const, opLocalSet, opBr, opEnd) && w.code[j.at-2].n == typeEmpty {
		return edit{j.at - 2, 5, []instruction{{op: opBrIf, n: j.explicit - 1 + ahead}}}
	}
	return edit{j.at - 1, 3, []instruction{{op: opBr, n: j.explicit + ahead}}}
}

// add makes the parameter hold more.
func add(more int) []instruction {
	return []instruction{{op: opLocalGet, n: localBlock}, {op: opI32Const, n: more}, {op: opI32Add}, {op: opLocalSet, n: localBlock}}
}

// finish adds the changes on the ways between blocks. What the parameter holds is needed in a block that calls, and in one from which
// a way leads ahead to where it is needed.
func (w *frame) finish() {
	needed := make([]bool, len(w.begin)+1)
	jumps := w.jumps
	for block := len(w.ways) - 1; block >= 0; block-- {
		needed[block] = w.calls[block]
		if block+1 < len(w.ways) && w.ways[block+1].code != nil && needed[block+1] {
			w.edits = append(w.edits, w.ways[block+1])
			needed[block] = true
		}
		for ; len(jumps) > 0 && jumps[len(jumps)-1].from == block; jumps = jumps[:len(jumps)-1] {
			j := jumps[len(jumps)-1]
			ahead := j.to > block && needed[j.to]
			needed[block] = needed[block] || ahead
			w.edits = append(w.edits, w.change(j, ahead))
		}
	}
	slices.SortFunc(w.edits, func(a, b edit) int { return a.at - b.at })
}
