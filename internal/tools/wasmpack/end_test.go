package main

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// framed is a function with a frame of 24 bytes as Go's compiler makes it: it may have to grow the stack, reads its argument, calls, and writes its result.
func framed() []instruction {
	move := func(op1 byte, by int) []instruction {
		return []instruction{op(opLocalGet, localSP), op(opI32Const, by), op(op1), op(opLocalTee, localSP), op(opGlobalSet)}
	}
	call := func(place int) []instruction {
		return concat(move(opI32Sub, 8), []instruction{op(opLocalGet, localSP), op(opI64Const, number|place), op(opI64Store), op(opI32Const), op(opCall, 9),
			op(opGlobalGet), op(opLocalSet, localSP), op(opIf, typeEmpty), op(opI32Const, 1), op(opReturn), op(opEnd)})
	}
	return concat(
		[]instruction{op(opGlobalGet), op(opLocalSet, localSP), op(opBlock), op(opLoop), op(opBlock), op(opBlock), op(opBlock), op(opLocalGet),
			{op: opBrTable, table: []int{0, 1, 2, 2}}, op(opEnd), op(opLocalGet, localSP), op(opIf, typeEmpty)}, call(0), []instruction{op(opEnd), op(opEnd)},
		move(opI32Sub, 24),
		[]instruction{op(opLocalGet, localSP), op(opLocalGet, localSP), op(0x29, 32), op(opI64Store, 16)}, call(2), []instruction{op(opEnd)},
		[]instruction{op(opLocalGet, localSP), op(opExtendU), op(opI64Const, 40), op(opI64Add), op(0x1a)},
		move(opI32Add, 24), move(opI32Add, 8), []instruction{op(opI32Const), op(opReturn), op(opEnd), op(opUnreachable), op(opEnd), op(opI32Const, 1), op(opEnd)})
}

func TestArgumentsAreFoundFromTheEndOfTheFrame(t *testing.T) {
	f := made(framed()...)
	f.makeRoom()
	f.fromTheEnd()
	require.Equal(t, []instruction{op(opI32Const, 24), op(opLocalSet, localSize), op(opGlobalGet), op(opLocalTee, localSP), op(opLocalGet, localSize), op(opI32Add), op(opLocalSet, localEnd)}, f.code[:7])
	for what, code := range map[string][]instruction{
		"the frame is entered":          {op(opLocalGet, localSP), op(opLocalTee, localEnd), op(opLocalGet, localSize), op(opI32Sub), op(opLocalTee, localSP), op(opGlobalSet)},
		"an argument":                   {op(opLocalGet, localSP), op(opLocalGet, localEnd), op(0x29, 8), op(opI64Store, 16)},
		"its address":                   {op(opLocalGet, localEnd), op(opExtendU), op(opI64Const, 16), op(opI64Add)},
		"a call puts its return on top": {op(opLocalGet, localSP), op(opI32Const, 8), op(opI32Sub), op(opLocalTee, localSP), op(opGlobalSet), op(opLocalGet, localSP), op(opI64Const, number|2)},
		"a call may move the stack":     {op(opCall, 9), op(opGlobalGet), op(opLocalTee, localSP), op(opLocalGet, localSize), op(opI32Add), op(opLocalSet, localEnd)},
		"the frame is given back":       {op(opLocalGet, localEnd), op(opI32Const, 8), op(opI32Add), op(opGlobalSet), op(opI32Const), op(opReturn)},
	} {
		require.True(t, contains(f.code, code), "%s: %v is not in %v", what, code, f.code)
	}
}

func contains(code, part []instruction) bool {
	for at := range code {
		if at+len(part) <= len(code) && same(code[at:at+len(part)], part) {
			return true
		}
	}
	return false
}

func TestAFunctionWithoutAFrameForgetsTheStackPointer(t *testing.T) {
	leave := []instruction{op(opLocalGet, localSP), op(opI32Const, 8), op(opI32Add), op(opLocalTee, localSP), op(opGlobalSet), op(opI32Const), op(opReturn), op(opEnd)}
	f := made(concat([]instruction{op(opGlobalGet), op(opLocalSet, localSP)}, leave)...)
	f.makeRoom()
	f.fromTheEnd()
	require.True(t, same(concat([]instruction{op(opGlobalGet), op(opLocalSet, localSP)}, leave[:3], leave[4:]), f.code), "%v", f.code)
}

func TestAFunctionThatMovesItsStackPointerOtherwiseStays(t *testing.T) {
	find := func(code []instruction, nth int, want byte) int {
		for at, i := range code {
			if i.op == want {
				if nth--; nth < 0 {
					return at
				}
			}
		}
		return -1
	}
	for name, change := range map[string]func(code []instruction) []instruction{
		"set to a value": func(code []instruction) []instruction {
			return slices.Insert(code, 34, op(opI32Const, 8), op(opLocalSet, localSP))
		},
		"another frame given back":   func(code []instruction) []instruction { code[find(code, 0, opI32Add)-1].n = 16; return code },
		"a branch past the entrance": func(code []instruction) []instruction { return slices.Insert(code, 10, op(opBr, 1)) },
		"a jump before the entrance": func(code []instruction) []instruction {
			return slices.Insert(code, find(code, 1, opReturn)-11, op(opI32Const, 1), op(opLocalSet, localBlock), op(opBr, 1))
		},
		"goes on after leaving": func(code []instruction) []instruction {
			at := find(code, 2, opReturn)
			return slices.Delete(code, at, at+1)
		},
		"a call that is not come back from": func(code []instruction) []instruction {
			at := find(code, 1, opCall)
			return slices.Delete(code, at+1, at+3)
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := made(change(framed())...)
			f.makeRoom()
			want := copied(f.code)
			f.fromTheEnd()
			require.True(t, same(want, f.code), "%v", f.code)
		})
	}
}
