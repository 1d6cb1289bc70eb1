package schedule

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestNthCountsOverAllRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []*row
		var all []int32
		for range rapid.IntRange(1, 4).Draw(t, "rows") {
			rows = append(rows, &row{})
		}
		for i := range int32(40) {
			if at := rapid.IntRange(-1, len(rows)-1).Draw(t, "row"); at >= 0 {
				rows[at].nodes = append(rows[at].nodes, i)
				all = append(all, i)
			}
		}
		slices.Sort(all)
		for n, want := range all {
			require.Equal(t, want, nth(rows, n, 40))
		}
	})
}
