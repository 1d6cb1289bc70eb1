package yaml_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/internal/yaml"
)

// show writes a tree in one line: plain words as they are, others in their quotes, collections in brackets.
func show(n *yaml.Node) string {
	if n == nil {
		return "nothing"
	}
	s := ""
	if n.Anchor != "" {
		s += "&" + n.Anchor + " "
	}
	if n.Tag != "" {
		s += n.Tag + " "
	}
	switch n.Kind {
	case yaml.Alias:
		return s + "*" + n.Value
	case yaml.Scalar:
		quote := map[yaml.Style]string{0: "", yaml.SingleQuoted: "'", yaml.DoubleQuoted: `"`, yaml.Literal: "|", yaml.Folded: ">"}[n.Style]
		if n.Style == 0 && n.Value == "" {
			return s + "~"
		}
		return s + quote + strings.ReplaceAll(n.Value, "\n", "¶") + quote
	}
	var items []string
	for i := 0; i < len(n.Content); i++ {
		item := show(n.Content[i])
		if n.Kind == yaml.Mapping {
			i++
			item += ":" + show(n.Content[i])
		}
		items = append(items, item)
	}
	if n.Kind == yaml.Mapping {
		return s + "{" + strings.Join(items, ", ") + "}"
	}
	return s + "[" + strings.Join(items, ", ") + "]"
}

func TestTrees(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"nothing", "", "nothing"},
		{"only a comment", "# c\n\n  # d", "nothing"},
		{"only a marker", "---\n", "~"},
		{"a list in a map", "a:\n  - b\n  - c\nd: e\n", "{a:[b, c], d:e}"},
		{"dashes below the key", "a:\n- b\n- c: d\n  e: f\n-\n", "{a:[b, {c:d, e:f}, ~]}"},
		{"lists in lists", "- - a\n  - b\n- c", "[[a, b], c]"},
		{"a word over several lines", "a: b\n  c\n\n  d # e\nf: g#h", "{a:b c¶d, f:g#h}"},
		{"colons in words", "a: b:c\nd::e: http://f", "{a:b:c, d::e:http://f}"},
		{"tabs between words", "a:\tb\t# c", "{a:b}"},
		{"brackets", "[a, b: c, {d: e, f, 'g': h}, ]", "[a, {b:c}, {d:e, f:~, 'g':h}]"},
		{"brackets over several lines", "a: {\n  b: [c,\nd]\n}", "{a:{b:[c, d]}}"},
		{"JSON", `{"a": [1, true, null, "b\u00e9\n"]}`, `{"a":[1, true, null, "bé¶"]}`},
		{"complex keys", "? a\n: b\n? - c\n: - d\n? |\n  e\n", "{a:b, [c]:[d], |e¶|:~}"},
		{"single quotes", "a: 'it''s\n  b\n\n  c'", "{a:'it's b¶c'}"},
		{"double quotes", `a: "\x41\u00e9\U0001F600\t\"\\ b\
   c \
   d"`, "{a:\"Aé😀\t\"\\ bc d\"}"},
		{"literal", "a: |\n  b\n    c\n\n  d\n\n\ne: f", "{a:|b¶  c¶¶d¶|, e:f}"},
		{"literal that keeps and strips", "- |+\n a\n\n- |-\n b\n\n- |2\n   c\n", "[|a¶¶|, |b|, | c¶|]"},
		{"folded", "a: >\n  b\n  c\n\n  d\n   e\n  f\n", "{a:>b c¶d¶ e¶f¶>}"},
		{"anchors and aliases", "a: &x {b: c}\nd: *x\n<<: *x", "{a:&x {b:c}, d:*x, <<:*x}"},
		{"tags", "- !!str 1\n- !mine [a]\n- !<tag:x,1:y> b\n- ! c\n- !!null\n- !a%20b c", "[!!str 1, !mine [a], tag:x,1:y b, c, !!null ~, !a b c]"},
		{"directives", "%YAML 1.1 # c\n%TAG !e! tag:x,1:\n--- !e!y\na: b\n...\n", "tag:x,1:y {a:b}"},
		{"carriage returns", "a: b\r\nc: |\r\n  d\r\n  e\r\nf: g\rh: i", "{a:b, c:|d¶e¶|, f:g, h:i}"},
		{"a byte order mark", "\ufeffa: b", "{a:b}"},
		{"UTF-16", "\xff\xfea\x00:\x00 \x00=\xd8\x00\xde", "{a:😀}"},
		{"UTF-16, the other way", "\xfe\xff\x00a\x00:\x00 \x00b", "{a:b}"},
		{"one document", "a: b\n...\nc: d\n", "{a:b}"},
		{"empty values", "a:\nb: ''\nc: ~\n", "{a:~, b:'', c:~}"},
		{"properties of nothing", "- &a\n- !!str\n- &b !c\n", "[&a ~, !!str ~, &b !c ~]"},
		{"a key as long as it may be", strings.Repeat("k", 1024) + ": a", "{" + strings.Repeat("k", 1024) + ":a}"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n, err := yaml.Parse([]byte(tt.src))
			require.NoError(t, err)
			require.Equal(t, tt.want, show(n))
		})
	}
}

func TestPlaces(t *testing.T) {
	n, err := yaml.Parse([]byte("# c\nä: ü\nlist:\n  - &x !!str é\n  -  {ö: *x}\n"))
	require.NoError(t, err)
	var places []string
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		places = append(places, fmt.Sprintf("%d:%d", n.Line, n.Column))
		for _, c := range n.Content {
			walk(c)
		}
	}
	walk(n)
	require.Equal(t, []string{"2:1", "2:1", "2:4", "3:1", "4:3", "4:5", "5:6", "5:7", "5:10"}, places)
	require.Same(t, n.Content[3].Content[0], n.Content[3].Content[1].Content[1].Target)
}

// The texts are kubectl's, their lines too; internal/upstream compares them. The places are ours.
func TestErrors(t *testing.T) {
	for _, tt := range []struct {
		src, want    string
		line, column int
	}{
		{"a: b: c", "yaml: mapping values are not allowed in this context", 1, 5},
		{"x:\n\n  - y: z: 1", "yaml: line 3: mapping values are not allowed in this context", 3, 9},
		{"a:\n  - b\n c: d", "yaml: line 2: did not find expected key", 3, 2},
		{"- a\nb: c", "yaml: line 1: did not find expected '-' indicator", 2, 1},
		{"a:\n\tb: c", "yaml: line 2: found character that cannot start any token", 2, 1},
		{"a: b\n\tc", "yaml: line 2: found a tab character that violates indentation", 2, 1},
		{"a: |\n\tb", "yaml: line 2: found a tab character where an indentation space is expected", 2, 1},
		{"a: @b", "yaml: found character that cannot start any token", 1, 4},
		{"a: 1\nb\nc: 2", "yaml: line 3: could not find expected ':'", 2, 1},
		{"a: 1\n" + strings.Repeat("k", 1025) + ": b", "yaml: line 2: could not find expected ':'", 2, 1},
		{"a: [1,\n  2\n", "yaml: line 2: did not find expected ',' or ']'", 1, 4},
		{"a: {b: c d: e}", "yaml: did not find expected ',' or '}'", 1, 11},
		{"a: {b: c} d", "yaml: did not find expected key", 1, 11},
		{"a:\n  b: \"c\n", "yaml: line 3: found unexpected end of stream", 2, 6},
		{"a: 'b\n---\n", "yaml: line 2: found unexpected document indicator", 1, 4},
		{`a: "\q"`, "yaml: found unknown escape character", 1, 5},
		{`a: "\x4g"`, "yaml: did not find expected hexdecimal number", 1, 7},
		{`a: "\ud800"`, "yaml: found invalid Unicode character escape code", 1, 7},
		{"a: *b", "yaml: unknown anchor 'b' referenced", 1, 4},
		{"a: & b", "yaml: did not find expected alphabetic or numeric character", 1, 5},
		{"a: !e!x b", "yaml: found undefined tag handle", 1, 4},
		{"a: !<b", "yaml: did not find the expected '>'", 1, 7},
		{"a: |0\n b", "yaml: found an indentation indicator equal to 0", 1, 5},
		{"a: |x\n b", "yaml: did not find expected comment or line break", 1, 5},
		{"a: - b", "yaml: block sequence entries are not allowed in this context", 1, 4},
		{"a: ? b", "yaml: mapping keys are not allowed in this context", 1, 4},
		{"a: ]", "yaml: did not find expected node content", 1, 4},
		{"a: [", "yaml: line 1: did not find expected node content", 1, 5},
		{"%YAML 1.3\n---\n", "yaml: found incompatible YAML document", 1, 1},
		{"%YAML 1.1\na: b", "yaml: line 1: did not find expected <document start>", 2, 1},
		{"%FOO\n---\n", "yaml: found unknown directive name", 1, 5},
		{"a: b\nc: \x01", "yaml: control characters are not allowed", 2, 4},
		{"é: \xff", "yaml: invalid leading UTF-8 octet", 1, 4},
		{"a: \xc0\x80", "yaml: invalid length of a UTF-8 sequence", 1, 4},
		{"a: \xed\xa0\x80", "yaml: invalid Unicode character", 1, 4},
		{"a: \xe2\x80", "yaml: incomplete UTF-8 octet sequence", 1, 4},
		{"\xff\xfea", "yaml: incomplete UTF-16 character", 1, 1},
	} {
		t.Run(tt.src, func(t *testing.T) {
			_, err := yaml.Parse([]byte(tt.src))
			var bad *yaml.Error
			require.ErrorAs(t, err, &bad)
			require.Equal(t, tt.want, bad.Error())
			require.Equal(t, []int{tt.line, tt.column}, []int{bad.Line, bad.Column})
		})
	}
}

func TestDepthIsBounded(t *testing.T) {
	for _, tt := range []struct{ opening, closing string }{{"[", "]"}, {"{a: ", "}"}, {"- ", ""}, {"? ", ""}} {
		_, err := yaml.Parse([]byte(strings.Repeat(tt.opening, yaml.MaxDepth) + strings.Repeat(tt.closing, yaml.MaxDepth)))
		require.NoError(t, err, tt.opening)
		_, err = yaml.Parse([]byte(strings.Repeat(tt.opening, yaml.MaxDepth+1)))
		require.EqualError(t, err, "yaml: "+yaml.TooDeep, tt.opening)
	}
}

func TestByteOrderMarksInside(t *testing.T) {
	n, err := yaml.Parse([]byte("\ufeff\ufeffa: \ufeff\nb: c"))
	require.NoError(t, err)
	require.Equal(t, "{\ufeffa:\ufeff, b:c}", show(n))
}

// A megabyte takes milliseconds. Were anything quadratic, it would take minutes.
func TestTimeIsLinear(t *testing.T) {
	for _, piece := range []string{
		"a: b\n", "- ", "[", "[]", "a,", "[a, ", "{a: b}, ", "a: [b]\n", "x", " ", "\n", "# c\n", "- |\n  a\n", "- >\n\n  a\n", "\"a\\n\"\n", "'a''", "é ",
		"&a ", "!a ", "? a\n", "%", "\t", "a\n", "\"a\n\n", "- a: 1\n  b: 2\n",
	} {
		for _, before := range []string{"", "[", "a: ", "- \"", "- |\n "} {
			start := time.Now()
			_, _ = yaml.Parse([]byte(before + strings.Repeat(piece, 1_000_000/len(piece))))
			require.Less(t, time.Since(start), 10*time.Second, "%q again and again behind %q", piece, before)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, src := range []string{"a: [b, {c: d}]\n", "- |2-\n   x\n- >\n y\n", "? &a !b 'c'\n: *a\n", "%YAML 1.1\n--- \"\\x41\"\n...\n", "\xff\xfea\x00"} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		n, err := yaml.Parse(src)
		if err != nil {
			bad := err.(*yaml.Error)
			if bad.Line < 1 || bad.Column < 1 || bad.Line > len(src)+1 {
				t.Fatalf("%q: %v at %d:%d", src, err, bad.Line, bad.Column)
			}
			return
		}
		place(t, src, n)
	})
}

// place holds the lines of a tree inside the text.
func place(t *testing.T, src []byte, n *yaml.Node) {
	if n == nil {
		return
	}
	if n.Line < 1 || n.Column < 1 || n.Line > len(src)+2 || n.Column > len(src)+2 {
		t.Fatalf("%q: a node at %d:%d", src, n.Line, n.Column)
	}
	for _, c := range n.Content {
		place(t, src, c)
	}
}

func ExampleParse() {
	n, err := yaml.Parse([]byte("kind: Pod\nspec: {nodeName: node-1}\n"))
	fmt.Println(err, n.Content[2].Value, n.Content[3].Line, n.Content[3].Column)

	_, err = yaml.Parse([]byte("kind: Pod\nspec: nodeName: node-1\n"))
	bad := err.(*yaml.Error)
	fmt.Println(bad, "at", bad.Line, bad.Column)
	// Output:
	// <nil> spec 2 7
	// yaml: line 2: mapping values are not allowed in this context at 2 15
}
