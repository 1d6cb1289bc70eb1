package main

// A function's arguments and results lie behind its frame, so that the same one has another place in every function: the size of the frame
// and eight more. This file has a function keep where its frame ends, from where the first argument is at 8 everywhere, and say the size once.
//
//	                                            const 216; set SIZE
//	get SP; const 216; sub; tee SP; set sp      get SP; tee END; get SIZE; sub; tee SP; set sp
//	get SP; load 224                            get END; load 8
//	call f; get sp; set SP                      call f; get sp; tee SP; get SIZE; add; set END
//	get SP; const 216; add; tee SP; set sp      get END; const 8; add; set sp; const 0; return
//	get SP; const 8; add; tee SP; set sp
//	const 0; return
//
// A call may move the stack, so the end is calculated anew behind it, and at the beginning for whoever resumes the function.
// A function that moves its stack pointer in another way stays as it is.

// How far a function is, along its code.
const (
	outside = iota // the frame is not entered yet
	inside
	leaving // the frame is given back, and the function returns
)

// extent is a function of which the stack pointer is followed.
type extent struct {
	*function
	size   int
	state  int
	pushed bool     // a call's return address is on top of the stack
	early  bool     // a branch leads away before the frame is entered
	table  []int    // where the numbers of blocks lead
	block  int      // the one that is walked through
	depth  int      // how many blocks, loops and ifs within it are open
	before int      // the block in which the frame is entered
	back   []int    // the blocks to which jumps lead
	places [][2]int // what takes the stack pointer, and what adds a place behind the frame to it
	edits  []edit
}

// fromTheEnd has a function find its arguments from the end of its frame.
func (f *function) fromTheEnd() {
	at := 0
	if f.is(0, opI32Const, opLocalSet) { // its number
		at = 2
	}
	if !f.hasRoom() || !f.is(at, opGlobalGet, opLocalSet) || f.code[at+1].n != localSP {
		return
	}
	w := extent{function: f, block: -1, edits: []edit{anew(at + 1)}}
	for at += 2; at < len(f.code); at++ {
		if !w.step(at) {
			return
		}
	}
	if w.size == 0 { // without a frame the stack pointer is where it ends
		f.apply(w.edits[1:])
		return
	}
	for _, to := range w.back {
		if to <= w.before {
			return
		}
	}
	for _, p := range w.places {
		f.code[p[0]] = instruction{op: opLocalGet, n: localEnd}
		f.code[p[1]].n -= w.size
		f.code[p[1]].raw = nil
	}
	f.apply(w.edits)
	f.code = append([]instruction{{op: opI32Const, n: w.size}, {op: opLocalSet, n: localSize}}, f.code...)
}

// anew calculates the end where the stack pointer is set to what a callee or caller left.
func anew(at int) edit {
	return edit{at, 1, []instruction{{op: opLocalTee, n: localSP}, {op: opLocalGet, n: localSize}, {op: opI32Add}, {op: opLocalSet, n: localEnd}}}
}

// step looks at one instruction; false means that the function has to stay as it is.
func (w *extent) step(at int) bool {
	switch i := w.code[at]; i.op {
	case opBlock, opLoop, opIf:
		if w.table != nil {
			w.depth++
		}
	case opElse, opEnd:
		return w.join(at)
	case opBrTable:
		if w.table != nil || w.state != outside {
			return false
		}
		w.table = i.table
	case opBr, opBrIf:
		w.early = w.early || w.state == outside
	case opLocalGet:
		if i.n == localSP && w.state == inside && !w.pushed {
			w.use(at)
		}
	case opLocalSet, opLocalTee:
		switch i.n {
		case localBlock:
			return w.jump(at)
		case localSP:
			return w.move(at)
		}
	}
	return true
}

// join is where ways meet. They have to be as far as each other.
func (w *extent) join(at int) bool {
	if w.code[at].op == opEnd && w.table != nil {
		if w.depth--; w.depth < 0 {
			w.depth = 0
			w.block++
		}
	}
	if w.state == leaving {
		if closed := w.code[at-1].op; closed != opReturn && closed != opUnreachable {
			return false
		}
		w.state = inside
	}
	return !w.pushed
}

// jump notes to which block a jump by way of the loop leads.
func (w *extent) jump(at int) bool {
	if w.is(at-1, opI32Const, opLocalSet, opBr) {
		number := w.code[at-1].n
		if number < 0 || number >= len(w.table) {
			return false
		}
		w.back = append(w.back, w.table[number])
	}
	return true
}

// use notes what is found behind the frame.
func (w *extent) use(at int) {
	user := -1
	switch {
	case w.is(at, opLocalGet, opExtendU, opI64Const, opI64Add):
		user = at + 2
	case w.is(at, opLocalGet, opI32Const, opI32Add) && w.code[at+3].op != opLocalTee:
		user = at + 1
	default:
		user = w.userOf(at)
	}
	if user >= 0 && w.code[user].n >= w.size {
		w.places = append(w.places, [2]int{at, user})
	}
}

// move follows the stack pointer.
func (w *extent) move(at int) bool {
	if w.is(at-1, opGlobalGet, opLocalSet) && w.code[at-1].n == 0 {
		w.pushed = false
		if w.state == inside {
			w.edits = append(w.edits, anew(at))
		}
		return true
	}
	down := w.is(at-3, opLocalGet, opI32Const, opI32Sub, opLocalTee, opGlobalSet)
	if !down && !w.is(at-3, opLocalGet, opI32Const, opI32Add, opLocalTee, opGlobalSet) || w.code[at-3].n != localSP || w.code[at+1].n != 0 || w.pushed {
		return false
	}
	switch by := w.code[at-2].n; {
	case down && by == 8 && w.isReturnAddress(at+2):
		w.pushed = true
	case down && by > 0 && w.state == outside && !w.early:
		w.state, w.size, w.before = inside, by, w.block
		w.edits = append(w.edits, edit{at - 2, 1, []instruction{{op: opLocalTee, n: localEnd}, {op: opLocalGet, n: localSize}}})
	case !down && by == w.size && w.state == inside:
		w.state = leaving
	case !down && by == 8 && w.state != inside:
		return w.leave(at)
	default:
		return false
	}
	return true
}

// isReturnAddress says whether the return address of a call is stored here.
func (w *extent) isReturnAddress(at int) bool {
	if w.is(at, opLocalGet, opI64Const, opI64Store) {
		return w.code[at+1].n >= firstFunction
	}
	for k := at; k < at+6; k++ {
		if w.is(k, opLocalGet, opI32Or, opExtendU, opI64Store) && w.code[k].n == localFunction {
			return true
		}
	}
	return false
}

// leave takes the return address away, with the frame if there is one, and forgets the stack pointer, which nothing reads any more.
func (w *extent) leave(at int) bool {
	if !w.is(at+2, opI32Const, opReturn) {
		return w.state == leaving
	}
	switch {
	case w.state == outside:
		w.edits = append(w.edits, edit{at, 1, nil})
	case w.is(at-8, opLocalGet, opI32Const, opI32Add, opLocalTee, opGlobalSet) && w.code[at-8].n == localSP:
		w.edits = append(w.edits, edit{at - 8, 10, []instruction{{op: opLocalGet, n: localEnd}, {op: opI32Const, n: 8}, {op: opI32Add}, {op: opGlobalSet}}})
	}
	return true
}
