package main

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// Blocks lie within each other however they are opened, and a branch crosses as many as are open where it stands and end before its target.
func TestBlocksLieWithinEachOther(t *testing.T) {
	chance := rand.New(rand.NewPCG(3, 4))
	within := 0
	for range 2000 {
		count := 2 + chance.IntN(9)
		w := frame{function: &function{}, begin: make([]int, count)}
		for range chance.IntN(10) {
			from := chance.IntN(count)
			to := chance.IntN(count)
			w.events = append(w.events, event{kind: aJump, block: from, n: to})
		}
		for block := range count - 1 {
			if chance.IntN(3) == 0 {
				w.events = append(w.events, event{kind: aCall, block: block, resumes: true})
			}
		}
		again := w.begunAgain()
		w.open(again)

		var open []int // the blocks that are open, each by the number of that which begins where it ends
		for block := count - 1; block >= 0; block-- {
			if w.opened[block] == atHead {
				open = append(open, block)
			}
		}
		for block := range count {
			require.NotEmpty(t, open)
			require.Equal(t, block, open[len(open)-1], "the innermost block is the next to end: %v", w.opened)
			open = open[:len(open)-1]
			for inner := count - 1; inner > block; inner-- {
				if w.opened[inner] == block {
					open = append(open, inner)
					within++
				}
			}
			for _, e := range w.events {
				if e.kind != aJump || e.block != block || e.n <= block {
					continue
				}
				crossed := w.between(block, e.n)
				require.Equal(t, e.n, open[len(open)-1-crossed])
			}
			if again[block] {
				require.Equal(t, atHead, w.opened[block], "the br_table leads there")
			}
		}
		require.Empty(t, open)
	}
	require.Greater(t, within, 1000)
}
