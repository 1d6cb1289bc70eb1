package main

// foldAddresses puts a place in the stack frame where WebAssembly has room for it. Go's compiler adds the place to the stack
// pointer as a 64-bit number,
//
//	local.get SP; i64.extend_i32_u; i64.const 40; i64.add; i32.wrap_i64; <value>; i64.store 0
//
// and what a load or store adds to its address does the same, since a frame never reaches the end of memory:
//
//	local.get SP; <value>; i64.store 40
//
// That is a tenth of all code.
func (f *function) foldAddresses() {
	var edits []edit
	for at := range f.code {
		if !f.is(at, opExtendU, opI64Const, opI64Add, opI32WrapI64) {
			continue
		}
		place := f.code[at+1].n
		user := -1
		if place >= 0 && place < 1<<24 && f.isStackPointer(at-1) {
			user = f.userOf(at + 3)
		}
		if user < 0 { // the same in 32 bits, which holds for every number
			edits = append(edits, edit{at, 4, []instruction{{op: opI32Const, n: int(int32(place))}, {op: opI32Add}}})
			continue
		}
		edits = append(edits, edit{at, 4, nil})
		f.code[user].n += place
		f.code[user].raw = nil
	}
	f.apply(edits)
}

// isStackPointer says whether an instruction reads the local variable that holds the stack pointer: the second, after the
// number of the block, which Go declares alone as a 32-bit one.
func (f *function) isStackPointer(at int) bool {
	return at >= 0 && f.code[at].op == opLocalGet && f.code[at].n == localSP && f.hasStackPointer()
}

func (f *function) hasStackPointer() bool {
	return len(f.locals) > 0 && f.locals[0] == local{1, typeI32}
}

// userOf finds the load or store that takes what the instruction pushes as its address; -1 if something else takes it, or
// it is not in the same straight line.
func (f *function) userOf(at int) int {
	above := 0 // values on top of the address
	for at++; at < len(f.code); at++ {
		op := f.code[at].op
		pops, pushes, known := arity(op)
		if !known {
			return -1
		}
		if pops > above {
			if op >= opI32Load && op < opI32Store && above == 0 || op >= opI32Store && op <= opI64Store32 && above == 1 {
				return at
			}
			return -1
		}
		above += pushes - pops
	}
	return -1
}

// arity is how many values an instruction takes and leaves, for those that only calculate, load and store.
func arity(op byte) (pops, pushes int, known bool) {
	switch {
	case op == opLocalGet, op == opGlobalGet, op >= opI32Const && op <= opF64Const:
		return 0, 1, true
	case op == opLocalSet, op == opGlobalSet, op == 0x1a: // drop
		return 1, 0, true
	case op == opLocalTee, op >= opI32Load && op < opI32Store:
		return 1, 1, true
	case op >= opI32Store && op <= opI64Store32:
		return 2, 0, true
	case op == 0x1b: // select
		return 3, 1, true
	case op == 0x45, op == 0x50, // eqz
		op >= 0x67 && op <= 0x69, op >= 0x79 && op <= 0x7b, // counts of bits
		op >= 0x8b && op <= 0x91, op >= 0x99 && op <= 0x9f, // of one float
		op >= opI32WrapI64 && op <= opLastNumeric: // conversions
		return 1, 1, true
	case op >= 0x46 && op <= 0xa6: // comparisons and arithmetic of two
		return 2, 1, true
	}
	return 0, 0, false
}
