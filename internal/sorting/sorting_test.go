package sorting_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/internal/sorting"
)

type thing struct{ key, number int }

func byKey(a, b thing) int { return cmp.Compare(a.key, b.key) }

// Many elements compare equal, and their order must be that of package slices all the same: worlds were recorded with it.
func TestTheOrderIsThatOfSlices(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for n := range 300 {
		things := make([]thing, n)
		for i := range things {
			things[i] = thing{r.IntN(1 + n/3), i}
		}
		want, got := slices.Clone(things), slices.Clone(things)
		slices.SortFunc(want, byKey)
		sorting.Func(got, byKey)
		require.Equal(t, want, got)

		want = slices.Clone(things)
		slices.SortStableFunc(want, byKey)
		require.Equal(t, want, append([]thing{}, sorting.Copy(things, byKey)...))
		sorting.Stable(things, byKey)
		require.Equal(t, want, things)
	}
}

func ExampleFunc() {
	words := []string{"pods", "no", "svc"}
	sorting.Func(words, func(a, b string) int { return len(a) - len(b) })
	fmt.Println(words)
	// Output: [no svc pods]
}

func ExampleStable() {
	words := []string{"svc", "pod", "no"}
	sorting.Stable(words, func(a, b string) int { return len(a) - len(b) })
	fmt.Println(words)
	// Output: [no svc pod]
}

func ExampleCopy() {
	words := []string{"svc", "pod", "no"}
	fmt.Println(sorting.Copy(words, func(a, b string) int { return len(a) - len(b) }), words)
	// Output: [no svc pod] [svc pod no]
}
