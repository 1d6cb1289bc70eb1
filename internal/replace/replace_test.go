package replace_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/internal/replace"
)

func ExampleAll() {
	fmt.Println(replace.All(`50%% of \\n`, "%%", "%", `\\`, `\`, `\n`, "newline"))
	// Output: 50% of \n
}

func TestAllIsWhatAReplacerDoes(t *testing.T) {
	sets := [][]string{
		{"a", "1"}, {"a", "1", "b", "2"}, {"a", "one", "b", ""}, {"ab", "1", "a", "2"}, {"a", "2", "ab", "1"},
		{`\n`, "\n", `\000`, "\x00", `\0`, "\x00", `\\`, `\`}, {"aa", "a", "ữ", "u", "\xff", "?"},
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var s string
		for range r.IntN(12) {
			s += []string{"a", "b", `\`, "0", "n", "ữ", "\xff", ""}[r.IntN(8)]
		}
		for _, pairs := range sets {
			if got, want := replace.All(s, pairs...), strings.NewReplacer(pairs...).Replace(s); got != want {
				t.Fatalf("All(%q, %q) = %q, want %q", s, pairs, got, want)
			}
		}
	}
}
