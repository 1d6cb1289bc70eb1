package schema_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// The files in testdata were recorded from sigs.k8s.io/yaml 1.6, sigs.k8s.io/json and k8s.io/api 0.37.2,
// the libraries kubectl and the API server read and print with.
func recorded[T any](t *testing.T, file string) []T {
	b, err := os.ReadFile("testdata/" + file)
	require.NoError(t, err)
	var cases []T
	require.NoError(t, json.Unmarshal(b, &cases))
	require.Greater(t, len(cases), 20)
	return cases
}

func TestManifestsAreReadAsUpstreamReadsThem(t *testing.T) {
	type read struct {
		YAML, Error string
		JSON        json.RawMessage
	}
	for _, tt := range recorded[read](t, "read.json") {
		t.Run(tt.YAML, func(t *testing.T) {
			docs, err := schema.Decode([]byte(tt.YAML), "x")
			if tt.Error != "" {
				require.EqualError(t, err, "error parsing x: "+tt.Error)
				return
			}
			require.NoError(t, err)
			require.Len(t, docs, 1)
			got, err := json.Marshal(docs[0].Tree)
			require.NoError(t, err)
			require.JSONEq(t, string(tt.JSON), string(got))
		})
	}
}

func TestTypesAreCheckedAsUpstreamChecksThem(t *testing.T) {
	type decode struct {
		JSON   json.RawMessage
		Error  string
		Strict []string
	}
	for _, tt := range recorded[decode](t, "decode.json") {
		t.Run(string(tt.JSON), func(t *testing.T) {
			docs, err := schema.Decode(append([]byte(`{"apiVersion":"v1","kind":"Pod",`), tt.JSON[1:]...), "x")
			require.NoError(t, err)
			if tt.Error != "" {
				require.NotNil(t, docs[0].Err)
				require.Equal(t, tt.Error, docs[0].Err.Message)
				require.Positive(t, docs[0].Err.Column)
				return
			}
			require.Nil(t, docs[0].Err)
			texts := []string{}
			for _, p := range docs[0].Strict {
				texts = append(texts, p.Error())
			}
			require.Equal(t, tt.Strict, texts)
		})
	}
}

func TestTreesArePrintedAsKubectlPrintsThem(t *testing.T) {
	type printed struct {
		Tree any
		YAML string
	}
	for _, tt := range recorded[printed](t, "print.json") {
		t.Run(tt.YAML, func(t *testing.T) {
			got, err := schema.MarshalYAMLTree(tt.Tree)
			require.NoError(t, err)
			require.Equal(t, tt.YAML, string(got))
		})
	}
}

func TestJSONIsPrintedAsKubectlPrintsIt(t *testing.T) {
	got, err := schema.MarshalIndent(map[string]any{"b": []any{int64(1), "<x>"}, "a": map[string]any{}})
	require.NoError(t, err)
	require.Equal(t, "{\n    \"a\": {},\n    \"b\": [\n        1,\n        \"\\u003cx\\u003e\"\n    ]\n}\n", string(got))
	_, err = schema.MarshalYAMLTree(func() {})
	require.Error(t, err)
}

func TestStreamsOfJSON(t *testing.T) {
	docs, err := schema.Decode([]byte("{\"kind\":\"A\"}\n {\"kind\": \"B\",\n\t\"metadata\": {\"name\": \"x\\u00e9\"}}\n"), "x")
	require.NoError(t, err)
	require.Len(t, docs, 2)
	require.Equal(t, "xé", docs[1].Name)
	require.Equal(t, []int{2, 2}, []int{docs[1].Line, docs[1].Column})
	for _, tt := range []struct {
		src, want    string
		line, column int
		docs         int
	}{
		{"{\"a\":\n 1,\n}", "", 0, 0, 1}, // YAML takes the last comma
		{"{\"a\" 1]\n", "error parsing x: json: offset 6: invalid character '1' after object key", 1, 6, 0},
		{"{\"a\":1", "error parsing x: unexpected EOF", 1, 6, 0},
		{"{}\n{}\n{\"a\":}", "error parsing x: json: offset 12: invalid character '}' looking for beginning of value", 3, 6, 2},
	} {
		docs, err := schema.Decode([]byte(tt.src), "x")
		require.Len(t, docs, tt.docs, tt.src)
		if tt.want == "" {
			require.NoError(t, err)
			continue
		}
		require.EqualError(t, err, tt.want)
		var syntax *schema.SyntaxError
		require.ErrorAs(t, err, &syntax)
		require.Equal(t, []int{tt.line, tt.column}, []int{syntax.Line, syntax.Column}, tt.src)
	}
}

func TestMistakesAreFoundInTheirDocument(t *testing.T) {
	for _, tt := range []struct {
		name, src, want, hint string
		line, column, docs    int
	}{
		{"second document", "kind: A\n---\nkind: B\nx:\n\ty: 1\n", "yaml: line 3: found character", "tab", 5, 1, 1},
		{"left between two blocks", "spec:\n  containers:\n    - name: a\n   image: b\n", "yaml: line 3: did not find expected key", "neither", 4, 4, 0},
		{"two colons", "kind: A\nimage: b: c\n", "yaml: line 2: mapping values are not allowed", "second", 2, 9, 0},
		{"words behind the dashes", "kind: A\n--- kind: B\n", "invalid Yaml document separator: kind: B", "comment", 2, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			docs, err := schema.Decode([]byte(tt.src), "x")
			var syntax *schema.SyntaxError
			require.ErrorAs(t, err, &syntax)
			require.Contains(t, syntax.Cause, tt.want)
			require.Contains(t, syntax.Hint, tt.hint)
			require.Equal(t, []int{tt.line, tt.column}, []int{syntax.Line, syntax.Column})
			require.Len(t, docs, tt.docs)
		})
	}
}

func FuzzMarshalYAML(f *testing.F) {
	f.Add("yes", "a: b\n")
	f.Add("\u2028", " x \n\n y")
	f.Fuzz(func(t *testing.T, key, value string) {
		key, value = strings.ToValidUTF8(key, "?"), strings.ToValidUTF8(value, "?")
		tree := map[string]any{key: []any{value, map[string]any{value: key}}, "k": value}
		text, err := schema.MarshalYAMLTree(tree)
		if err != nil {
			t.Fatal(err)
		}
		docs, err := schema.Decode(text, "x")
		if err != nil {
			t.Fatalf("%q cannot be read: %v", text, err)
		}
		got, _ := schema.MarshalTree(docs[0].Tree)
		want, _ := schema.MarshalTree(tree)
		if string(got) != string(want) {
			t.Fatalf("%q reads as %s, not %s", text, got, want)
		}
	})
}
