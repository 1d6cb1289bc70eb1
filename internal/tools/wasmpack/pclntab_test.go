package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOnlyWhatNobodyPointsAtIsCleared(t *testing.T) {
	region := []byte("aabbbcccc")
	u := uses{before: []uint32{5, 2, 0, 2}, after: []uint32{2}}
	require.NoError(t, u.clear(region))
	require.Equal(t, "\x00\x00bbb\x00\x00\x00\x00", string(region))
	u = uses{before: []uint32{10}}
	require.ErrorIs(t, u.clear(region), errTable)
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

// What a program needs to unwind and to collect garbage stays as it was, to the byte.
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
		require.Equal(t, was[:pcfile], f[:pcfile])
		require.Equal(t, was[startLine+4:entrySize], f[startLine+4:entrySize])
		for j, at := range pcTables(f) {
			if j == 0 || j == 2 { // the stack's height, and the number of its map
				require.Equal(t, word(was, at), word(f, at))
				require.Equal(t, before.pctab[word(f, at)], after.pctab[word(f, at)])
			}
		}
		for j, at := range funcdataOf(f) {
			if w := word(was, at); w != noFuncdata && (j < funcdataInlTree || j == 4 || j == 7) {
				require.Equal(t, w, word(f, at))
				require.Equal(t, before.funcdata[w:w+2], after.funcdata[w:w+2])
				kept++
			}
		}
	}
	require.Greater(t, kept, 1000)
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
