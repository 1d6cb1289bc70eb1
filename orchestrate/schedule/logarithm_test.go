package schedule

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLogarithm(t *testing.T) {
	for n := uint64(1); n < 200_000; n += 1 + n/50 {
		require.InDelta(t, math.Log(float64(n)), float64(logarithm(n))/(1<<32), 1e-9, "%d", n)
	}
}
