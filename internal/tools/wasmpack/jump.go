package main

// A jump to the beginning of a block Go's compiler writes as a way to the loop, where the br_table leads on:
//
//	i32.const 12; local.set 0; br 40
//
// Ahead there is a shorter way, since every block ends where the next begins: br 2. It is also the quicker, for a machine
// and for the compiler of the browser, which sees where it leads.

// isJump says whether at a local.set a jump is written.
func (w *frame) isJump(at int) bool {
	return w.loop && w.is(at-1, opI32Const, opLocalSet, opBr) && w.code[at].n == localBlock &&
		w.code[at-1].n >= 0 && w.code[at-1].n < len(w.table) && w.code[at+1].n == w.explicit+len(w.begin)-1-w.block
}

// target is the block to which a jump leads.
func (w *frame) target(at int) int { return w.table[w.code[at-1].n] }

// jump makes a jump ahead a branch. One back keeps its way, to the block's new number.
func (w *frame) jump(e event) {
	at := e.at
	if e.n <= e.block {
		w.edits = append(w.edits, edit{at - 1, 1, []instruction{{op: opI32Const, n: w.numbers[e.n]}}})
		return
	}
	ahead := w.between(e.block, e.n)
	if w.is(at-2, opIf, opI32Const, opLocalSet, opBr, opEnd) && w.code[at-2].n == typeEmpty {
		w.edits = append(w.edits, edit{at - 2, 5, []instruction{{op: opBrIf, n: e.explicit - 1 + ahead}}})
		return
	}
	w.edits = append(w.edits, edit{at - 1, 3, []instruction{{op: opBr, n: e.explicit + ahead}}})
}
