package main

// Go's compiler opens all blocks of a function before its br_table, also those to which only branches ahead lead. Such a one can be opened where
// the first of these branches is, or a little before,
//
//	block block block ... br_table        block block ... br_table
//	  ... br_if 1 ... end ... end           block ... br_if 0 ... end ... end
//
// if none that the br_table leads to ends in between. Then it needs no number, and other branches have fewer blocks to cross.

const atHead = -1

// begunAgain says to which blocks the br_table leads: the first, where a call goes on, where a jump back leads, and where a function returns when it has recovered.
func (w *frame) begunAgain() []bool {
	again := make([]bool, len(w.begin)+1)
	again[0], again[w.deferreturn] = true, true
	for _, e := range w.events {
		switch {
		case e.kind == aCall && e.resumes:
			again[e.block+1] = true
		case e.kind == aJump && e.n <= e.block:
			again[e.n] = true
		}
	}
	return again
}

// open decides where the block is opened that ends where each block of the code begins.
func (w *frame) open(again []bool) {
	w.opened = make([]int, len(w.begin)+1)
	first := make([]int, len(w.begin)+1) // from where a branch leads to each, or the block before it
	for block := range first {
		first[block] = block - 1
		if again[block] || block == len(w.begin) {
			first[block] = atHead
		}
	}
	for _, e := range w.events {
		if e.kind == aJump && e.n > e.block {
			first[e.n] = min(first[e.n], e.block)
		}
	}
	for block, at := range first {
		for inner := block - 1; inner > at && at != atHead; inner-- {
			at = min(at, w.opened[inner])
		}
		w.opened[block] = at
	}
}

// between is how many blocks have to be crossed from the code of one to the beginning of another ahead.
func (w *frame) between(from, to int) int {
	count := 0
	for _, at := range w.opened[from+1 : to] {
		if at <= from {
			count++
		}
	}
	return count
}
