package main

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestATableOfNumbersSurvivesBeingWritten(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		all := []stretch{{int32(chance.IntN(4) - 1), 1 + chance.IntN(5)}}
		for range chance.IntN(6) {
			last := all[len(all)-1]
			all = append(all, stretch{last.value + 1 + int32(chance.IntN(300)), last.end + 1 + chance.IntN(300)})
		}
		require.Equal(t, all, readRuns(appendRuns(nil, all)))
	}
	require.Nil(t, readRuns([]byte{2, 1}), "it does not end")
	require.Equal(t, []byte{2, 2, 64, 0xff, 0x7f, 0}, appendRuns(nil, []stretch{{0, 2}, {32, endless}}), "what goes on to the end is as long everywhere")
}

func TestCallsKeepWhatTheRuntimeFindsWhenTheirNumbersChange(t *testing.T) {
	heights := []stretch{{0, 2}, {32, 20}}
	pointers := []stretch{{-1, 3}, {0, 6}, {1, 9}, {0, 20}}
	p := &pcs{heights: heights, maps: pointers, deferreturn: 9}
	moved := []move{{0, 0}, {4, 2}, {7, 3}, {8, 3}, {10, 4}}
	require.True(t, p.move(moved, 5))
	require.Equal(t, []stretch{{0, 2}, {32, endless}}, p.heights)
	require.Equal(t, []stretch{{0, 2}, {1, 3}, {0, endless}}, p.maps)
	require.Equal(t, 5, p.deferreturn)
	for _, impossible := range [][]move{{{4, 2}, {7, 2}}, {{0, 1}, {4, 1}}, {{25, 3}}, {{4, endless}}} {
		p := &pcs{heights: heights, maps: pointers}
		require.False(t, p.move(impossible, 0), "%v", impossible)
		require.Equal(t, &pcs{heights: heights, maps: pointers}, p, "nothing is changed")
	}
	none := &pcs{}
	require.True(t, none.move(moved, 0))
	require.Nil(t, none.maps, "a function without a table has none")
}

// In a real program, every call has the same height and map as before, by its new number.
func TestEveryCallOfAProgramKeepsItsHeightAndItsMap(t *testing.T) {
	module := build(t)
	all, err := sections(module)
	require.NoError(t, err)
	memory := memoryOf(t, module)
	before, err := findTable(bytes.Clone(memory))
	require.NoError(t, err)
	after, err := findTable(memory)
	require.NoError(t, err)
	_, err = rewriteCode(find(all, codeSection).body, after.pcs)
	require.NoError(t, err)
	require.NoError(t, after.strip(true))
	calls, returns := 0, 0
	for i, p := range after.known {
		was, is := tablesOf(before, i), tablesOf(after, i)
		for _, m := range p.moved {
			if m.from == 0 {
				require.Zero(t, m.to, "the stack has grown, and the function begins again")
				continue
			}
			require.Equal(t, was.at(m.from), is.at(m.to), "function %d, number %d, now %d", i, m.from, m.to)
			calls++
		}
		if was.deferreturn != 0 && p.moved != nil {
			returns++
			h, _ := lookUp(was.heights, was.deferreturn)
			m, _ := lookUp(was.maps, was.deferreturn)
			height, _ := lookUp(is.heights, is.deferreturn)
			pointers, _ := lookUp(is.maps, is.deferreturn)
			require.Equal(t, []int32{h, m}, []int32{height, pointers})
		}
	}
	require.Greater(t, calls, 5000)
	require.Greater(t, returns, 5)
}

func tablesOf(t *table, i int) *pcs {
	known := t.known
	t.known = nil
	p := t.pcs(firstFunction + i<<16)
	t.known = known
	return p
}
