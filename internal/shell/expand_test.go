package shell

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestExpand(t *testing.T) {
	vars := Vars{"A": "one", "B": " two  three ", "E": "", "S": " ", "?": "7"}
	for _, c := range []struct {
		in    string
		want  []string
		joint string
	}{
		{"a", []string{"a"}, "a"},
		{`'a $A'"b $A"\$A`, []string{"a $Ab one$A"}, "a $Ab one$A"},
		{"$A", []string{"one"}, "one"},
		{"x$B", []string{"x", "two", "three"}, "x two  three "},
		{"x${B}y", []string{"x", "two", "three", "y"}, "x two  three y"},
		{`"$B"`, []string{" two  three "}, " two  three "},
		{`$A$A`, []string{"oneone"}, "oneone"},
		{"$E", nil, ""},
		{"$NOPE", nil, ""},
		{"a$S$S", []string{"a"}, "a " + " "},
		{`""`, []string{""}, ""},
		{`"$E"$E`, []string{""}, ""},
		{`$S""`, []string{""}, " "},
		{"$?", []string{"7"}, "7"},
		{"*.yaml", []string{"*.yaml"}, "*.yaml"},
	} {
		t.Run(c.in, func(t *testing.T) {
			s, err := Parse("echo " + c.in)
			require.NoError(t, err)
			w := s.Lists[0].Pipelines[0].Commands[0].Words[1]
			require.Equal(t, c.want, Expand(w, vars))
			require.Equal(t, c.joint, ExpandText(w, vars))
		})
	}
}

// TestQuotedReadsBack holds Quoted to its promise for texts that a shell would otherwise take apart.
func TestQuotedReadsBack(t *testing.T) {
	for _, text := range []string{"", "a", "a b", "it's", `"`, "$X", "a\nb", "`", "for", "!", "#x", "~", "*", "X=1", "-n", "é", "\\", "2>&1"} {
		s, err := Parse(Quoted(text))
		require.NoError(t, err)
		require.Equal(t, []string{text}, Expand(s.Lists[0].Pipelines[0].Commands[0].Words[0], nil), text)
	}
	require.Equal(t, "web-1", Quoted("web-1"))
	require.Equal(t, `'it'\''s'`, Quoted("it's"))
}
