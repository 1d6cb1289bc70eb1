package main

// What Go's compiler says at length, since it puts one thing after the other without looking back: a local variable set and read again, a number made longer and shorter
// again, a comparison turned round. Numbers of floating point are left alone, of which not every comparison has a contrary.

// shorten says such things shortly, until there are none.
func (f *function) shorten() {
	for again := true; again; {
		again = false
		var edits []edit
		for at := 0; at+1 < len(f.code); at++ {
			if drop, code := f.shorter(at); drop > 0 {
				edits = append(edits, edit{at, drop, code})
				at += drop - 1
				again = true
			}
		}
		f.apply(edits)
	}
}

// shorter is what can stand in place of how many instructions from here on; of none, if it cannot be said shorter.
func (f *function) shorter(at int) (drop int, code []instruction) {
	a, b := f.code[at], f.code[at+1]
	one := func(i instruction) (int, []instruction) { return 2, []instruction{i} }
	same := a.n == b.n
	switch {
	case same && a.op == opLocalSet && b.op == opLocalGet:
		return one(instruction{op: opLocalTee, n: a.n})
	case same && a.op == opLocalTee && b.op == opLocalSet:
		return one(instruction{op: opLocalSet, n: a.n})
	case same && a.op == opLocalGet && b.op == opLocalTee:
		return one(a)
	case same && a.op == opLocalGet && b.op == opLocalSet:
		return 2, nil
	case (a.op == opExtendU || a.op == opExtendS) && b.op == opI32WrapI64:
		return 2, nil
	case a.op == opI64Const && b.op == opI32WrapI64:
		return one(instruction{op: opI32Const, n: int(int32(a.n))})
	case (a.op == opExtendU || a.op == opExtendS) && b.op == opI64Eqz:
		return one(instruction{op: opI32Eqz})
	case b.op == opI32Eqz && contrary(a.op) != 0:
		return one(instruction{op: contrary(a.op)})
	case f.is(at, opI32Eqz, opI32Eqz, opBrIf), f.is(at, opI32Eqz, opI32Eqz, opIf):
		return 2, nil
	}
	return 0, nil
}

// contrary is the comparison of integers that holds where one does not; 0 if an instruction is none.
func contrary(op byte) byte {
	const first32, first64 = 0x46, 0x51
	order := []byte{1, 0, 8, 9, 6, 7, 4, 5, 2, 3} // eq, ne, lt, lt, gt, gt, le, le, ge, ge: signed, then unsigned
	switch {
	case op >= first32 && op < first32+10:
		return first32 + order[op-first32]
	case op >= first64 && op < first64+10:
		return first64 + order[op-first64]
	}
	return 0
}
