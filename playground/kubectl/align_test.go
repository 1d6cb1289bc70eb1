package kubectl

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/stretchr/testify/require"
)

func TestColumnsAreThoseOfTabwriter(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	pieces := []string{"\t", "\t", "\n", "a", "bcd", "é", " ", "x\ty\n", "\t\n", "long text"}
	var columns aligner
	align := func(text string) string { return string(columns.append(nil, []byte(text))) }
	for range 3000 {
		var text string
		for range r.IntN(30) {
			text += pieces[r.IntN(len(pieces))]
		}
		text += "\n"
		var want bytes.Buffer
		w := tabwriter.NewWriter(&want, 0, 8, 2, ' ', 0)
		_, err := w.Write([]byte(text))
		require.NoError(t, err)
		require.NoError(t, w.Flush())
		require.Equal(t, want.String(), align(text), "%q", text)
	}
	require.Equal(t, "Name:    web\nLabels:  a=b\n         c=d\n", align(strings.Join([]string{"Name:\tweb", "Labels:\ta=b", "\tc=d", ""}, "\n")))
}
