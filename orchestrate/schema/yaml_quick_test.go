package schema

import (
	"cmp"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// The short ways give what the long ways give.
func TestTheShortWaysOfWritingYAML(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	signs := []rune("aZnytrueFalsonf019_-./: #é~N!\"'&*{}@,\x7f\n\t")
	word := func() string {
		out := make([]rune, r.IntN(9))
		for i := range out {
			out[i] = signs[r.IntN(len(signs))]
		}
		return string(out)
	}
	plain := 0
	for range 200_000 {
		a, b := word(), word()
		require.Equal(t, weighedStyle(a, true), scalarStyle(a, true), "%q", a)
		require.Equal(t, weighedStyle(a, false), scalarStyle(a, false), "%q", a)
		require.Equal(t, cmp.Compare(naturalRunes(a, b), 0), cmp.Compare(naturalOrder(a, b), 0), "%q %q", a, b)
		if plainText(a) {
			plain++
		}
	}
	require.Greater(t, plain, 1000)
	for _, s := range []string{
		"10.0.0.1", "1.2.3.4.5", "1.2.3", "1.2.3.", ".1.2.3", "1...2", "127.0.0.1", "00000000-0000-0000-0000-000000000000",
		"1155371c-4101-4538-90c4-0123456789ab", "1155371c-4101-4538-90c4-0123456789AB", "1155371c04101-4538-90c4-0123456789ab",
		"11553711e4101.4538.90c4.0123456789ab", "2017-02-18T02:00:00Z", "2017-02-31T02:00:00Z", "123456789012345678901234567890123456", "-1", "1-1",
	} {
		require.Equal(t, weighedStyle(s, false), scalarStyle(s, false), s)
	}
	for _, w := range append(append(append([]string{}, yamlTrue...), yamlFalse...), yamlNull...) {
		require.Equal(t, styleDouble, scalarStyle(w, false), w)
	}
}

func TestNumbersWithAFractionAreWrittenAsJSONHasThem(t *testing.T) {
	b, err := MarshalYAMLTree(map[string]any{"a": 1.5, "b": int64(3), "c": 1e21, "d": []any{true, nil, 7}})
	require.NoError(t, err)
	require.Equal(t, "a: 1.5\nb: 3\nc: 1e+21\nd:\n- true\n- null\n- 7\n", string(b))
	_, err = MarshalYAMLTree(map[string]any{"a": func() {}})
	require.Error(t, err)
}

func TestWhatIsLookedUpIsThatPartOfTheTree(t *testing.T) {
	for _, r := range Resources() {
		o := r.New()
		o.Meta().Name = "x"
		whole, lazy := Tree(o), Written(true, o)[0]
		require.Equal(t, whole, Plain(lazy))
		for _, k := range []string{"apiVersion", "kind", "metadata", "spec", "status", "data", "nope"} {
			want, there := whole[k]
			got, ok := Lookup(lazy, k)
			require.Equal(t, there, ok, "%s of %s", k, r.Kind)
			require.Equal(t, want, Plain(got), "%s of %s", k, r.Kind)
		}
	}
}
