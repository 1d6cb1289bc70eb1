package orchestrate

import (
	"encoding/hex"
	"hash/fnv"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheSumIsThatOfTheStandardLibrary(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		want, got := fnv.New128a(), newSum()
		for range 3 {
			b := make([]byte, r.IntN(n+1))
			for i := range b {
				b[i] = byte(r.Uint32())
			}
			want.Write(b)
			got.write(b)
		}
		require.Equal(t, hex.EncodeToString(want.Sum(nil)), got.String())
	}
}
