package sha256

import (
	standard "crypto/sha256"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestEveryLengthAroundABlock(t *testing.T) {
	b := make([]byte, 300)
	for i := range b {
		b[i] = byte(i * 7)
	}
	for n := range b {
		require.Equal(t, standard.Sum256(b[:n]), Sum(b[:n]), n)
	}
}

func TestEqualToTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		require.Equal(t, standard.Sum256(b), Sum(b))
	})
}
