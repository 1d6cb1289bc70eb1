package kubectl

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// fuzzed is what templates are tried on: lists in lists, every kind of value.
const fuzzed = `{"kind":"List","items":[{"metadata":{"name":"a","labels":{"x.y/z":"1"}},"spec":{"n":[1,2.5,-3,null,true,"s"],"c":[{"name":"b","ports":[{"p":80},{"p":81}]}]}},{"metadata":{"name":"c"}}]}`

func found(t testing.TB, template string) (string, error) {
	p, err := parseJSONPath(template)
	if err != nil {
		return "", err
	}
	tree, err := schema.ReadTree([]byte(fuzzed), "t")
	require.NoError(t, err)
	var out strings.Builder
	err = p.execute(&out, tree)
	return out.String(), err
}

// A template multiplies what it finds at each step: it is stopped, and says so.
func TestTemplatesThatFindTooMuch(t *testing.T) {
	for _, template := range []string{
		"{" + strings.Repeat("..", 200) + "name}",
		strings.Repeat("{range ..}", 90) + "{..}" + strings.Repeat("{end}", 90),
	} {
		_, err := found(t, template)
		require.ErrorContains(t, err, "the template finds more than 1000000 values", "%.40s", template)
	}
	_, err := found(t, strings.Repeat("{range .items}", 500_000))
	require.EqualError(t, err, "more than 100 ranges in each other")
	out, err := found(t, strings.Repeat("{range .items[*]}{end}", 1000)+"{.kind}")
	require.NoError(t, err)
	require.Equal(t, "List", out)
}

// Whatever the template: it ends, it says the same again, text without braces is itself, and an error is one line of the parser's or
// kubectl's report.
func FuzzJSONPath(f *testing.F) {
	src, err := os.ReadFile("testdata/corpus.txt")
	require.NoError(f, err)
	recorded, err := os.ReadFile("testdata/recorded.txt")
	require.NoError(f, err)
	for line := range strings.Lines(string(src) + string(recorded)) {
		if _, template, ok := strings.Cut(strings.TrimSpace(line), "jsonpath="); ok {
			f.Add(strings.Trim(template, "'"))
		}
	}
	f.Add("{range .items[*]}{.metadata.name}{\"\\t\"}{.spec.n[-1:]}{end}")
	f.Add("{.items[?(@.metadata.name==\"a\")].spec.c[*]['name','ports']}{..p}{[::2]}")
	f.Fuzz(func(t *testing.T, template string) {
		out, err := found(t, template)
		again, twice := found(t, template)
		if out != again || (err == nil) != (twice == nil) {
			t.Fatalf("%q gives %q, then %q", template, out, again)
		}
		if !strings.Contains(template, "{") && out != template {
			t.Fatalf("%q gives %q", template, out)
		}
		if relaxed, err := relaxedPath(template); err == nil {
			if twice, err := relaxedPath(relaxed); err != nil || twice != relaxed {
				t.Fatalf("%q is %q, then %q: %v", template, relaxed, twice, err)
			}
		}
	})
}
