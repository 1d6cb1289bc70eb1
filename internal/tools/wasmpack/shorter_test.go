package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatIsSaidAtLengthIsSaidShortly(t *testing.T) {
	const i64LtS, i64GeS, i32LeU, i32GtU, f64Lt = 0x53, 0x59, 0x4d, 0x4b, 0x63
	get, set, tee := op(opLocalGet, 7), op(opLocalSet, 7), op(opLocalTee, 7)
	eqz := op(opI32Eqz)
	for name, test := range map[string]struct{ code, want []instruction }{
		"set and read":             {[]instruction{set, get}, []instruction{tee}},
		"kept and set":             {[]instruction{tee, set}, []instruction{set}},
		"read and kept":            {[]instruction{get, tee}, []instruction{get}},
		"set to itself":            {[]instruction{get, set}, []instruction{}},
		"another variable":         {[]instruction{set, op(opLocalGet, 8)}, []instruction{set, op(opLocalGet, 8)}},
		"longer and shorter":       {[]instruction{op(opExtendU), op(opI32WrapI64)}, []instruction{}},
		"shorter and longer":       {[]instruction{op(opI32WrapI64), op(opExtendU)}, []instruction{op(opI32WrapI64), op(opExtendU)}},
		"a constant made shorter":  {[]instruction{op(opI64Const, 1<<32-8), op(opI32WrapI64)}, []instruction{op(opI32Const, -8)}},
		"zero, of a longer number": {[]instruction{op(opExtendU), op(opI64Eqz)}, []instruction{eqz}},
		"signed":                   {[]instruction{op(i64LtS), eqz, op(opBrIf, 1)}, []instruction{op(i64GeS), op(opBrIf, 1)}},
		"unsigned":                 {[]instruction{op(i32LeU), eqz, eqz, eqz}, []instruction{op(i32GtU)}},
		"of floating point":        {[]instruction{op(f64Lt), eqz}, []instruction{op(f64Lt), eqz}},
		"one after the other":      {[]instruction{op(opI64Eqz), op(opExtendU), op(opI64Eqz), eqz, op(opIf, typeEmpty)}, []instruction{op(opI64Eqz), op(opIf, typeEmpty)}},
		"not zero as a value":      {[]instruction{eqz, eqz, set}, []instruction{eqz, eqz, set}},
	} {
		f := made(test.code...)
		f.shorten()
		require.True(t, same(test.want, f.code), "%s: %v", name, f.code)
	}
}

func TestAComparisonsContraryIsItsContrary(t *testing.T) {
	const equal, less, more, atMost, atLeast, next, longer = 0, 2, 4, 6, 8, 1, 0x0b // with a sign; without is next; of 64 bits
	for _, width := range []byte{0x46, 0x46 + longer} {
		require.Equal(t, width+equal+next, contrary(width+equal))
		for one, other := range map[byte]byte{less: atLeast, more: atMost} {
			for sign := range byte(2) {
				require.Equal(t, width+other+sign, contrary(width+one+sign))
			}
		}
	}
	for op := range byte(0xff) {
		if other := contrary(op); other != 0 {
			require.Equal(t, op, contrary(other))
		}
	}
}
