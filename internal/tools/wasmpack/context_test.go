package main

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatDoesNotMatterIsZero(t *testing.T) {
	written := []byte{0, opBlock, typeEmpty, 0x29, 3, 16, opIf, 0x7e, opI64Store, 1, 0x80, 1, opCallIndirect, 2, 0, opEnd}
	r := reader{rest: written}
	f := r.function()
	require.NoError(t, r.err)
	f.plainly()
	require.Equal(t, []byte{0, opBlock, 0, 0x29, 0, 16, opIf, 0x7e, opI64Store, 0, 0x80, 1, opCallIndirect, 3, 0, opEnd}, f.append(nil))

	for _, odd := range [][]byte{{opBlock, 1}, {opLoop, 0}, {opCallIndirect, 2, 1}} {
		r := reader{rest: odd}
		r.instruction()
		require.ErrorIs(t, r.err, errInstruction, "a type by its number, or another table: %x", odd)
	}
}

func TestTheTypeOfNothingIsTheFirst(t *testing.T) {
	all := []section{
		{typeSection, []byte{2, 0x60, 1, typeI32, 0, 0x60, 0, 1, typeI32}},
		{importSection, []byte{1, 2, 'g', 'o', 1, 'f', 0, 1}},
		{functionSection, []byte{3, 0, 1, 0}},
	}
	require.NoError(t, emptyTypeFirst(all))
	require.Equal(t, []byte{3, 0x60, 0, 0, 0x60, 1, typeI32, 0, 0x60, 0, 1, typeI32}, all[0].body)
	require.Equal(t, []byte{1, 2, 'g', 'o', 1, 'f', 0, 2}, all[1].body)
	require.Equal(t, []byte{3, 1, 2, 1}, all[2].body)

	all[2].body = all[2].body[:3]
	require.ErrorIs(t, emptyTypeFirst(all), errShort)
	all[1].body = []byte{1, 1, 'g', 1, 'm', 2, 0, 1} // a memory
	require.ErrorIs(t, emptyTypeFirst(all), errImport)
}

// TestBrotliSeesNumbersInCode holds the count that brotli makes against its bound of three quarters.
func TestBrotliSeesNumbersInCode(t *testing.T) {
	chance := rand.New(rand.NewPCG(3, 4))
	for _, most := range []int{2, 128, 200, 256} {
		body := make([]byte, 5000)
		for i := range body {
			body[i] = byte(chance.IntN(most))
		}
		code, data := section{codeSection, body}, section{dataSection, []byte{0}}
		all, err := sections(join(withZeros([]section{code, data})))
		require.NoError(t, err)
		require.Equal(t, code, all[0])
		require.Equal(t, data, all[len(all)-1])
		part := body
		if len(all) == 3 {
			require.Zero(t, all[1].id, "a section that nobody reads")
			require.True(t, bytes.HasPrefix(all[1].body, []byte("\x05zeros\x00")))
			part = append(bytes.Clone(body), all[1].body...)
		}
		require.Equal(t, letters(body)*4 > 3*len(body), len(all) == 3, "most %d", most)
		require.Less(t, letters(part)*4, 3*len(part))
	}
	require.Equal(t, 7, letters([]byte("a\x00\xff\x80né\xe2\x82€")))
	require.Len(t, withZeros([]section{{dataSection, nil}}), 1)
	require.Len(t, withZeros([]section{{codeSection, binary.AppendUvarint(nil, 0)}}), 1)
}
