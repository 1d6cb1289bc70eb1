package kubectl

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func inKYAML(v any) string {
	var b strings.Builder
	kyaml(&b, v, "")
	return b.String()
}

func TestKYAML(t *testing.T) {
	for _, test := range []struct {
		name string
		tree any
		want string
	}{
		{"nothing", map[string]any{"a": map[string]any{}, "b": []any{}, "c": nil, "d": ""}, "{\n  a: {},\n  b: [],\n  c: null,\n  d: \"\",\n}"},
		{"scalars", map[string]any{"n": int64(3), "f": 1.5, "t": true, "s": "3"}, "{\n  \"f\": 1.5,\n  \"n\": 3,\n  s: \"3\",\n  \"t\": true,\n}"},
		{"a list of texts", map[string]any{"args": []any{"a", "b"}}, "{\n  args: [\n    \"a\",\n    \"b\",\n  ],\n}"},
		{"a list of objects", []any{map[string]any{"a": "x"}, map[string]any{"b": "y"}}, "[{\n  a: \"x\",\n}, {\n  b: \"y\",\n}]"},
		{"keys", map[string]any{"app.kubernetes.io/name": "x", "no": "x", "a b": "x", "1e3": "x", "ca.crt": "x", "-a": "x"},
			"{\n  \"-a\": \"x\",\n  \"1e3\": \"x\",\n  \"a b\": \"x\",\n  app.kubernetes.io/name: \"x\",\n  ca.crt: \"x\",\n  \"no\": \"x\",\n}"},
		{"several lines", map[string]any{"a": "one\n  two\n"}, "{\n  a: \"\\\n     one\\n\\\n    \\  two\\n\\\n    \",\n}"},
	} {
		t.Run(test.name, func(t *testing.T) { require.Equal(t, test.want, inKYAML(test.tree)) })
	}
}

// TestKYAMLIsYAML: whatever is written is read back as it was.
func TestKYAMLIsYAML(t *testing.T) {
	text := rapid.OneOf(rapid.SampledFrom([]string{"", "no", "3", "a\nb", "\n", " a\n b\n\n", "\"\\", "x: y", "# z", "\t", "a\n\tb", "ü\u2028"}), rapid.StringMatching(`[ -~\n]{0,20}`))
	var value func(depth int) *rapid.Generator[any]
	value = func(depth int) *rapid.Generator[any] {
		return rapid.Custom(func(t *rapid.T) any {
			switch n := rapid.IntRange(0, 7).Draw(t, "kind"); {
			case n == 0 && depth > 0:
				return rapid.SliceOfN(value(depth-1), 0, 3).Draw(t, "list")
			case n == 1 && depth > 0:
				return rapid.MapOfN(text, value(depth-1), 0, 3).Draw(t, "map")
			case n == 2:
				return rapid.Int64().Draw(t, "number")
			case n == 3:
				return rapid.Bool().Draw(t, "truth")
			case n == 4:
				return nil
			}
			return text.Draw(t, "text")
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		tree := map[string]any{"it": value(3).Draw(t, "tree")}
		back, err := schema.ReadTree([]byte("---\n"+inKYAML(tree)+"\n"), "kyaml")
		require.NoError(t, err, inKYAML(tree))
		require.Equal(t, tree, back, inKYAML(tree))
	})
}
