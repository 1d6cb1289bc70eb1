package main

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func op(op byte, n ...int) instruction {
	i := instruction{op: op}
	if len(n) > 0 {
		i.n = n[0]
	}
	return i
}

// frameSum is what Go's compiler writes for a place in the stack frame.
func frameSum(place int) []instruction {
	return []instruction{op(opLocalGet, localSP), op(opExtendU), op(opI64Const, place), op(opI64Add), op(opI32WrapI64)}
}

func concat(parts ...[]instruction) []instruction {
	var all []instruction
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func made(code ...instruction) function {
	return function{locals: []local{{1, typeI32}, {3, 0x7e}}, code: code}
}

func TestAPlaceInTheStackBecomesAnOffset(t *testing.T) {
	load, store := op(0x29), op(opI64Store, 16)
	sp, value := op(opLocalGet, localSP), op(opLocalGet, 2)
	for _, test := range []struct {
		name       string
		code, want []instruction
	}{
		{"a load", concat(frameSum(40), []instruction{load}), []instruction{sp, op(0x29, 40)}},
		{"a store keeps the offset it has", concat(frameSum(40), []instruction{value, store}), []instruction{sp, value, op(opI64Store, 56)}},
		{"one within the other", concat(frameSum(8), frameSum(24), []instruction{load, store}), []instruction{sp, sp, op(0x29, 24), op(opI64Store, 24)}},
		{"the value that is stored is no address", concat([]instruction{sp}, frameSum(8), []instruction{op(0x36)}),
			[]instruction{sp, sp, op(opI32Const, 8), op(opI32Add), op(0x36)}},
		{"a call takes it", concat(frameSum(8), []instruction{op(opCall, 1)}), []instruction{sp, op(opI32Const, 8), op(opI32Add), op(opCall, 1)}},
		{"before the frame", concat(frameSum(-8), []instruction{load}), []instruction{sp, op(opI32Const, -8), op(opI32Add), load}},
		{"no stack pointer", concat([]instruction{op(opI32Const, -1)}, frameSum(8)[1:], []instruction{load}), []instruction{op(opI32Const, -1), op(opI32Const, 8), op(opI32Add), load}},
		{"of 64 bits", concat(frameSum(1<<32+8), []instruction{load}), []instruction{sp, op(opI32Const, 8), op(opI32Add), load}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := made(test.code...)
			f.foldAddresses()
			require.Equal(t, test.want, f.code)
		})
	}
}

func TestAnUnwindingCallReturnsWhereItStands(t *testing.T) {
	body := []instruction{op(opBlock), op(opBlock), op(opBrIf, 1), op(opBrIf, 0), op(opEnd), op(opBrIf, 0), op(opEnd), op(opI32Const, 1), op(opEnd)}
	in := []instruction{op(opIf, typeEmpty), op(opI32Const, 1), op(opReturn), op(opEnd)}
	f := made(body...)
	f.returnInPlace()
	require.Equal(t, concat(body[:2], in, body[3:5], in, body[6:]), f.code)

	other := copied(body)
	other[len(other)-2].n = 0 // what is left behind is another number
	f = made(other...)
	f.returnInPlace()
	require.Equal(t, other, f.code)
}

func copied(code []instruction) []instruction { return append([]instruction(nil), code...) }

const number = firstFunction + 7<<16

// counting is a function of three blocks as Go's compiler makes it: a call, a jump back to the beginning, a panic.
func counting() []instruction {
	push := func(place int) []instruction {
		return []instruction{op(opLocalTee, localSP), op(opGlobalSet), op(opLocalGet, localSP), op(opI64Const, number|place), op(opI64Store), op(opI32Const), op(opCall, 9)}
	}
	nilCheck := func(place int) []instruction {
		return concat([]instruction{op(opLocalGet, 2), op(opIf, typeEmpty)}, push(place), []instruction{op(opEnd)})
	}
	return concat(
		[]instruction{op(opGlobalGet), op(opLocalSet, localSP), op(opBlock), op(opLoop), op(opBlock), op(opBlock), op(opBlock), op(opLocalGet),
			{op: opBrTable, table: []int{0, 0, 1, 1, 2}}, op(opEnd)},
		nilCheck(1), push(2), []instruction{op(opBrIf, 3), op(opEnd)}, // to block 1
		[]instruction{op(opLocalGet, 2), op(opIf, typeEmpty), op(opI32Const, 0), op(opLocalSet), op(opBr, 2), op(opEnd)}, nilCheck(3), []instruction{op(opEnd)}, // back, or on to block 2
		push(5), []instruction{op(opUnreachable), op(opEnd), op(opUnreachable), op(opEnd), op(opI32Const, 1), op(opEnd)})
}

func TestAFunctionCountsItsBlocks(t *testing.T) {
	f := made(counting()...)
	f.makeRoom()
	f.countCalls(alike)
	require.Equal(t, []instruction{op(opI32Const, number), op(opLocalSet, localFunction)}, f.code[:2])
	or := []instruction{op(opLocalGet, localFunction), op(opI32Or), op(opExtendU), op(opI64Store)}
	has := func(code ...instruction) {
		t.Helper()
		for at := range f.code {
			if at+len(code) <= len(f.code) && same(f.code[at:at+len(code)], code) {
				return
			}
		}
		t.Errorf("%v is not in %v", code, f.code)
	}
	has(concat([]instruction{op(opLocalGet), op(opI32Const, 2), op(opI32Add), op(opLocalTee)}, or)...) // the block behind the call keeps 2
	has(instruction{op: opBrTable, table: []int{0, 1, 2}}, op(opEnd), op(opEnd))                       // each number leads to its own block; that of 1 is empty
	has(concat([]instruction{op(opLocalGet, localSP), op(opI32Const, 1)}, or)...)                      // calls that do not come back have 1 in common
	has(op(opLocalGet, 2+added), op(opIf, typeEmpty))
	has(op(opBrIf, 2), op(opEnd), op(opBlock, typeEmpty)) // out, past the block of 2 and the loop; to the last block nothing leads by its number
	has(op(opI32Const), op(opLocalSet), op(opBr, 2))      // back it goes by way of the loop
	for _, i := range f.code {
		require.False(t, i.op == opI64Const && i.n > number, "a constant for a call is left: %v", f.code)
	}
}

func same(a, b []instruction) bool {
	x, y := function{code: a}, function{code: b}
	return bytes.Equal(x.append(nil), y.append(nil))
}

func TestAJumpAheadIsABranch(t *testing.T) {
	jump := func(place, depth int) []instruction {
		return []instruction{op(opI32Const, place), op(opLocalSet), op(opBr, depth)}
	}
	ahead := func(last ...instruction) []instruction { // from block 0 to block 2, past block 1
		return concat([]instruction{op(opGlobalGet), op(opLocalSet, localSP), op(opLoop), op(opBlock), op(opBlock), op(opBlock), op(opLocalGet),
			{op: opBrTable, table: []int{0, 1, 2}}, op(opEnd), op(opLocalGet, 2), op(opIf, typeEmpty)}, jump(2, 3), []instruction{op(opEnd)},
			jump(1, 2), []instruction{op(opEnd), op(opReturn), op(opEnd)}, last, []instruction{op(opReturn), op(opEnd), op(opUnreachable), op(opEnd)})
	}
	f := made(ahead()...)
	f.makeRoom()
	f.countCalls(alike)
	want := []instruction{op(opLocalGet, 2+added), op(opBrIf, 1), op(opBr, 0), op(opEnd), op(opReturn), op(opEnd)}
	require.True(t, same(want, f.code[9:][:len(want)]), "%v", f.code[9:])
	require.Equal(t, []int{0}, f.code[5].table)
	require.Equal(t, []instruction{op(opEnd), op(opBlock, typeEmpty), op(opBlock, typeEmpty)}, f.code[6:9], "nothing resumes the blocks, so they are opened where they are used")
}

// alike knows nothing of the numbers of any function, so that they are all alike.
func alike(int) *pcs { return &pcs{} }

// Where ways meet on which the parameter holds different numbers, a call writes its own; where it holds the same, also if jumps lead there, it counts.
func TestACallCountsWhereItIsKnownWhatItHolds(t *testing.T) {
	for name, test := range map[string]struct {
		first []instruction // what the first block does after a way has led from it to the third
		want  []instruction
	}{
		"a call on one of the ways": {nil, []instruction{op(opI32Const, 3), op(opLocalTee)}},
		"no way but the jump":       {[]instruction{op(opReturn)}, []instruction{op(opLocalGet), op(opI32Const, 3), op(opI32Add), op(opLocalTee)}},
	} {
		push := func(place int) []instruction {
			return []instruction{op(opLocalTee, localSP), op(opGlobalSet), op(opLocalGet, localSP), op(opI64Const, number|place), op(opI64Store), op(opI32Const), op(opCall, 9), op(opBrIf, 4-place+1)}
		}
		f := made(concat([]instruction{op(opGlobalGet), op(opLocalSet, localSP), op(opBlock), op(opLoop), op(opBlock), op(opBlock), op(opBlock), op(opBlock), op(opLocalGet),
			{op: opBrTable, table: []int{0, 1, 2, 3}}, op(opEnd), op(opLocalGet, 2), op(opIf, typeEmpty), op(opI32Const, 2), op(opLocalSet), op(opBr, 4), op(opEnd)},
			push(1), []instruction{op(opEnd)}, test.first, []instruction{op(opEnd)}, push(3), []instruction{op(opEnd), op(opReturn), op(opEnd), op(opUnreachable), op(opEnd), op(opI32Const, 1), op(opEnd)})...)
		f.makeRoom()
		f.countCalls(alike)
		table := slices.IndexFunc(f.code, func(i instruction) bool { return i.op == opBrTable })
		require.Equal(t, []int{0, 1, 2, 3}, f.code[table].table, "the block behind the call ends in between, so that the third is opened before all")
		require.True(t, contains(f.code, append(test.want, op(opLocalGet, localFunction))), "%s: %v", name, f.code)
	}
}

// runtime.goexit is begun with 1, which is no block's.
func TestAFunctionOfWhichTheNumbersMayNotChangeStays(t *testing.T) {
	f := made(counting()...)
	f.makeRoom()
	want := copied(f.code)
	f.countCalls(func(int) *pcs { return nil })
	require.Equal(t, want, f.code)
}

func TestWhatIsNotAsDescribedStays(t *testing.T) {
	for name, change := range map[string]func(code []instruction){
		"the parameter is read":           func(code []instruction) { code[10] = op(opLocalGet) },
		"a branch into a block":           func(code []instruction) { code[27].n = 1 },
		"blocks out of order":             func(code []instruction) { code[8].table = []int{0, 2, 1} },
		"no stack pointer":                func(code []instruction) { code[0] = op(opI32Const) },
		"a jump to where no block begins": func(code []instruction) { code[31].n = 99 },
		"its number stands elsewhere":     func(code []instruction) { code[9] = op(opI64Const, number|2) },
	} {
		t.Run(name, func(t *testing.T) {
			f := made(counting()...)
			f.makeRoom()
			change(f.code)
			want := copied(f.code)
			f.countCalls(alike)
			require.Equal(t, want, f.code)
		})
	}
}

func TestTheCodeOfAProgramSurvivesBeingTakenApart(t *testing.T) {
	all, err := sections(build(t))
	require.NoError(t, err)
	counted, ended, calls := 0, 0, 0
	for _, s := range all {
		if s.id != codeSection {
			continue
		}
		r := reader{rest: s.body}
		for range r.unsigned() {
			body := r.bytes(r.unsigned())
			part := reader{rest: body}
			f := part.function()
			require.NoError(t, part.err)
			require.Equal(t, body, f.append(nil))
			if len(f.locals) > 0 && bytes.Contains(body, binary.AppendUvarint([]byte{opGlobalSet, 0, opLocalGet, localSP}, opI64Const)) {
				calls++
				f.makeRoom()
				if f.countCalls(alike); f.is(0, opI32Const, opLocalSet) {
					counted++
				}
				f.returnInPlace()
				if f.fromTheEnd(); f.is(0, opI32Const, opLocalSet, opI32Const, opLocalSet) {
					ended++
				}
			}
		}
	}
	require.Greater(t, calls, 500)
	require.Greater(t, 100*counted, 95*calls, "%d of %d functions that call count their blocks", counted, calls)
	require.Greater(t, 100*ended, 90*calls, "%d of %d functions that call find their arguments from the end of their frame", ended, calls)
}
