package main

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatIsPointedAtStandsInTheOrderInWhichItIsMet(t *testing.T) {
	pointers := func(to ...uint32) (column [][]byte) {
		for _, w := range to {
			column = append(column, binary.LittleEndian.AppendUint32(nil, w))
		}
		return column
	}
	region := []byte("0aabbbccccdd")
	first, second := pointers(0, 6, noFuncdata, 6), pointers(1, 0, 6, 10)
	require.NoError(t, gather(region, 1, []uint32{6, 3, 1, 3, 10}, [][][]byte{first, second}))
	require.Equal(t, "0ccccaadd\x00\x00\x00", string(region))
	require.Equal(t, pointers(0, 1, noFuncdata, 1), first, "what points into the part that stays, or nowhere, does so still")
	require.Equal(t, pointers(5, 0, 1, 7), second)
	require.ErrorIs(t, gather(region, 1, []uint32{12}, nil), errTable)
}

func TestThereIsOneModule(t *testing.T) {
	memory := make([]byte, 16*8*modWords)
	require.Nil(t, findModule(memory, 64, 136))
	put := func(at int) {
		memory[at], memory[at+8*modNames], memory[at+8*modFuncdata] = 64, 136, 200
	}
	put(80)
	m := findModule(memory, 64, 136)
	require.Len(t, m, modWords)
	require.EqualValues(t, 200, m[modFuncdata])
	put(8 * 8 * modWords)
	require.Nil(t, findModule(memory, 64, 136), "two are one too many")
}

// What a program needs to unwind and to collect garbage it still finds, to the byte.
func TestWhatTheRuntimeReadsStays(t *testing.T) {
	memory := memoryOf(t, build(t))
	before, err := findTable(bytes.Clone(memory))
	require.NoError(t, err)
	after, err := findTable(memory)
	require.NoError(t, err)
	require.NoError(t, after.strip(true))
	require.Less(t, zeros(before.funcdata), zeros(after.funcdata))
	kept := 0
	for i, f := range after.funcs {
		was := before.funcs[i]
		require.Equal(t, was[:pcsp], f[:pcsp])
		require.Equal(t, was[startLine+4:entrySize], f[startLine+4:entrySize])
		for j, at := range pcTables(f) {
			if w := word(was, at); w != 0 && (j == 0 || j == 2) { // the stack's height, and the number of its map
				pcs := pcTable(before.pctab[w:])
				require.Equal(t, pcs, after.pctab[word(f, at):][:len(pcs)])
			}
		}
		for j, at := range funcdataOf(f) {
			w := word(was, at)
			if w == noFuncdata || !(j < funcdataInlTree || j == 4 || j == 7) {
				require.EqualValues(t, noFuncdata, word(f, at))
				continue
			}
			size := 2 // an offset, or two short numbers
			if j < funcdataInlTree-1 {
				size = 8 + int(word(before.funcdata[w:], 0))*((int(word(before.funcdata[w:], 4))+7)/8)
			} else if j == funcdataInlTree-1 {
				size = 8 + 16*int(word(before.funcdata[w:], 0))
			}
			require.Equal(t, before.funcdata[w:][:size], after.funcdata[word(f, at):][:size])
			kept++
		}
	}
	require.Greater(t, kept, 1000)
}

// pcTable is a table of differences up to the zero behind it.
func pcTable(b []byte) []byte {
	r := reader{rest: b}
	for r.unsigned() != 0 || len(r.rest) == len(b)-1 {
		r.unsigned()
	}
	return b[:len(b)-len(r.rest)]
}

// memoryOf is the initial memory of a module.
func memoryOf(t *testing.T, module []byte) []byte {
	all, err := sections(module)
	require.NoError(t, err)
	for _, s := range all {
		if s.id == dataSection {
			found, err := segments(s.body)
			require.NoError(t, err)
			return image(found)
		}
	}
	t.Fatal("no data section")
	return nil
}

func zeros(b []byte) int { return bytes.Count(b, []byte{0}) }
