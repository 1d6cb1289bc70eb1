package json_test

import (
	"bytes"
	std "encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/internal/json"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Everywhere here encoding/json is the judge.

func TestValuesAreWrittenAsTheStandardLibraryWritesThem(t *testing.T) {
	type inner struct {
		X int `json:"x,omitempty"`
	}
	type Inline struct {
		Y *int `json:"y"`
	}
	type outer struct {
		Inline
		A string           `json:"a"`
		B []byte           `json:"b,omitempty"`
		C map[string]inner `json:"c,omitempty"`
		D *inner           `json:"d,omitempty"`
		E any              `json:"e"`
		F float32
		G uint16 `json:"-"`
		h int
		I []inner           `json:"i"`
		J inner             `json:"j,omitempty"`
		K inner             `json:"k,omitzero"`
		L map[string]string `json:"l"`
		M bool              `json:"m,omitempty"`
	}
	seven := 7
	for _, v := range []any{
		nil, true, "", "a\"\\\b\f\n\r\t\x00\x1f\x7f<>&é\u2028\u2029\xff😀", 0, -1, int8(3), uint64(math.MaxUint64), 1.0, 0.1, 1e21, 1e20, 1e-6, 1e-7, -1e-9, 123456789.125,
		float32(0.5), math.Copysign(0, -1), math.MaxFloat64, math.SmallestNonzeroFloat64, []any{}, []any(nil), map[string]any{}, map[string]any(nil),
		map[string]any{"b": []any{1, "x", nil}, "a": map[string]any{"<": true}, "": 1.5}, []string{"a"}, map[string]int{"b": 1, "a": 2}, [][]int{{1}, nil, {}}, [2]int64{1, 2}, [0]int{}, struct{ A [2]byte }{},
		outer{h: 1}, &outer{A: "x", B: []byte("yz"), C: map[string]inner{"k": {1}}, D: &inner{}, E: []int{1}, F: 2, I: []inner{{}, {5}}, J: inner{1}, K: inner{2}, M: true, Inline: Inline{&seven}},
		(*outer)(nil), []byte(nil), []byte{},
	} {
		got, err := json.Marshal(v)
		require.NoError(t, err)
		want, err := std.Marshal(v)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got))
		number := func(digits string) any {
			if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
				return n
			}
			return json.Number(digits)
		}
		parsed, err := json.Parse(want)
		require.NoError(t, err)
		of := json.Types{Number: number}
		tree, err := of.Tree(v)
		require.NoError(t, err)
		require.Equal(t, parsed.Tree(number), tree, "a tree is what would be read of what would be written")
		plain, err := json.Marshal(tree)
		require.NoError(t, err)
		if to := reflect.ValueOf(v); to.Kind() == reflect.Pointer && !to.IsNil() {
			b, err := json.Marshal(of.Object(v, json.ObjectOptions{}))
			require.NoError(t, err)
			require.Equal(t, string(plain), string(b), "in the order of names it is written as its tree is")
		}
		var b strings.Builder
		require.NoError(t, json.Write(&b, v, json.Form{Lines: true}))
		lines, err := std.MarshalIndent(v, "", "    ")
		require.NoError(t, err)
		require.Equal(t, string(lines), b.String(), "with an entry a line")
	}
	for _, v := range []any{func() {}, math.NaN(), math.Inf(-1), []any{make(chan int)}, map[int]int{1: 2}, map[string]any{"a": math.Inf(1)}} {
		_, err := (&json.Types{Number: func(digits string) any { return digits }}).Tree(v)
		require.Error(t, err, "no tree of what cannot be written")
		_, err = json.Marshal(v)
		require.Error(t, err, "%T", v)
		if _, want := std.Marshal(v); want != nil {
			require.EqualError(t, err, want.Error())
		}
	}
}

// fill sets everything below v by chance.
func fill(r *rand.Rand, v reflect.Value, depth int) {
	if r.IntN(4) == 0 || !v.CanSet() {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if depth < 12 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(r, v.Elem(), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i), depth+1)
		}
	case reflect.Slice:
		n := r.IntN(3)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(r, v.Index(i), depth+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for i := range r.IntN(3) {
			item := reflect.New(v.Type().Elem()).Elem()
			fill(r, item, depth+1)
			v.SetMapIndex(reflect.ValueOf(fmt.Sprint("<k", i)).Convert(v.Type().Key()), item)
		}
	case reflect.String:
		v.SetString([]string{"", "a", "é\n<", "\xff"}[r.IntN(4)])
	case reflect.Bool:
		v.SetBool(true)
	default:
		if v.CanInt() {
			v.SetInt(r.Int64N(100))
		} else if v.CanUint() {
			v.SetUint(r.Uint64N(100))
		}
	}
}

func TestEveryKindIsWrittenAsTheStandardLibraryWritesIt(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, res := range schema.Resources() {
		for range 60 {
			o := res.New()
			fill(r, reflect.ValueOf(o).Elem(), 0)
			want, wantErr := std.Marshal(o)
			got, err := json.Marshal(o)
			require.NoError(t, wantErr)
			require.NoError(t, err)
			require.Equal(t, string(want), string(got), res.Kind)
		}
	}
}

// Objects that share parts, as those of a template do, are written in each form as their trees are: nothing of one is taken for
// another's.
func TestObjectsAreWrittenAsTheirTrees(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, res := range schema.Resources() {
		var objs []api.Object
		for range 40 {
			o := res.New()
			if n := len(objs); n > 0 && r.IntN(3) > 0 {
				o = objs[r.IntN(n)].Clone()
				field := reflect.ValueOf(o).Elem()
				fill(r, field.Field(r.IntN(field.NumField())), 0)
			} else {
				fill(r, reflect.ValueOf(o).Elem(), 0)
			}
			objs = append(objs, o)
		}
		written := schema.Written(true, objs...)
		trees := schema.Plain(written)
		said := map[string][]byte{}
		for name, marshal := range map[string]func(any) ([]byte, error){"line": schema.MarshalTree, "lines": schema.MarshalIndent, "yaml": schema.MarshalYAMLTree} {
			want, err := marshal(map[string]any{"items": trees})
			require.NoError(t, err)
			got, err := marshal(map[string]any{"items": written})
			require.NoError(t, err)
			got = bytes.ReplaceAll(got, []byte(`\ufffd`), []byte("\ufffd")) // texts that write themselves escape it
			for i := range want {
				if i >= len(got) || want[i] != got[i] {
					t.Fatalf("%s as %s:\n...%s\nwant\n...%s", res.Kind, name, got[max(0, i-200):min(len(got), i+100)], want[max(0, i-200):min(len(want), i+100)])
				}
			}
			require.Len(t, got, len(want))
			said[name] = got
		}
		n := 0
		require.NoError(t, json.Each(written, func(b []byte) {
			want, err := json.Marshal(written[n])
			require.NoError(t, err)
			require.Equal(t, string(want), string(b))
			n++
		}))
		require.Equal(t, len(written), n)
		var lines bytes.Buffer
		require.NoError(t, std.Indent(&lines, said["line"], "", "    "))
		require.Equal(t, lines.String()+"\n", string(said["lines"]), "%s, of which parts leave before the end", res.Kind)
		docs, err := schema.Decode(said["yaml"], "x")
		require.NoError(t, err)
		read, err := schema.MarshalTree(docs[0].Tree)
		require.NoError(t, err)
		require.Equal(t, string(said["line"]), string(read), "%s as YAML", res.Kind)
	}
}

var texts = []string{
	`{}`, `[]`, ` [ ] `, `{"a":1,"b":[true,false,null,"x",{"c":-1.5e+3}]}`, `"\u00e9\ud83d\ude00\ud83d x\ude00\"\\\/\b\f\n\r\t"`, "\"\xff\xc3\"", `0`, `-0`, `1E5`, `10.25`,
	``, ` `, `{`, `[`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{a:1}`, `{"a" 1}`, `{"a":1 "b":2}`, `[1 2]`, `[1,]`, `[,]`, `]`, `}`, `{]`, `[}`, `:`, `{,}`, `{1:2}`,
	`01`, `1.`, `1.x`, `-`, `-x`, `1e`, `1e+`, `1ex`, `.5`, `+1`, `tru`, `trux`, `fals3`, `nul`, `nulll`, `t`, `True`, `"a`, "\"a\nb\"", "\"a\x00\"", `"\x"`, `"\u12"`, `"\u12g4"`, `"\`, `"\u`,
	`{} {}`, `{}x`, `1 x`, `"a" "b"`, `'a'`, `{'a':1}`, "\u00e9", "\xff", `{"a":1,"a":2}`, `[1]]`, `// c`, `{"a":"b"`, `nan`, "\ufeff{}",
}

// compare reads a text on both sides.
func compare(src []byte) string {
	var want any
	dec := std.NewDecoder(bytes.NewReader(src))
	dec.UseNumber()
	wantErr := std.Unmarshal(src, new(std.RawMessage)) // checks only the form
	v, err := json.Parse(src)
	if fmt.Sprint(err) != fmt.Sprint(wantErr) {
		return fmt.Sprintf("error %v, want %v", err, wantErr)
	}
	if err != nil {
		var ours *json.SyntaxError
		var theirs *std.SyntaxError
		if !errors.As(err, &ours) || !errors.As(wantErr, &theirs) || int64(ours.Offset) != theirs.Offset {
			return fmt.Sprintf("%v at another place than %v", err, wantErr)
		}
		return ""
	}
	if err := dec.Decode(&want); err != nil {
		return err.Error()
	}
	got := v.Tree(func(digits string) any { return std.Number(digits) })
	if !reflect.DeepEqual(got, want) {
		return fmt.Sprintf("%#v, want %#v", got, want)
	}
	tree := v.Tree(func(digits string) any { return json.Number(digits) })
	written, err := json.Marshal(tree)
	back, wantErr := std.Marshal(want)
	if string(written) != string(back) || err != nil || wantErr != nil {
		return fmt.Sprintf("written as %s %v, want %s %v", written, err, back, wantErr)
	}
	var lines strings.Builder
	err = json.Write(&lines, tree, json.Form{Lines: true})
	indented, wantErr := std.MarshalIndent(want, "", "    ")
	if lines.String() != string(indented) || err != nil || wantErr != nil {
		return fmt.Sprintf("indented as %s %v, want %s %v", lines.String(), err, indented, wantErr)
	}
	return ""
}

func TestTextsAreReadAsTheStandardLibraryReadsThem(t *testing.T) {
	for _, src := range texts {
		if d := compare([]byte(src)); d != "" {
			t.Errorf("%q: %s", src, d)
		}
	}
}

// One value after the other, as a decoder reads them: the text of the mistake, and what came before.
func TestStreams(t *testing.T) {
	for _, src := range []string{`{} {"a":1} [2]3 "x"`, `{}{}`, `{} x`, `{"a":1}{"b"`, `1 2x`, `{},{}`} {
		dec, at := std.NewDecoder(strings.NewReader(src)), 0
		for {
			var raw std.RawMessage
			wantErr := dec.Decode(&raw)
			at = json.Space([]byte(src), at)
			if wantErr == io.EOF {
				require.Equal(t, len(src), at)
				break
			}
			v, end, err := json.Read([]byte(src), at)
			if wantErr != nil {
				var bad *json.SyntaxError
				require.ErrorAs(t, err, &bad)
				require.Equal(t, wantErr == io.ErrUnexpectedEOF, bad.Ended, src)
				if !bad.Ended {
					require.EqualError(t, err, wantErr.Error())
				}
				break
			}
			require.NoError(t, err)
			require.Equal(t, string(raw), src[v.At:end])
			at = end
		}
	}
}

func TestDepthIsBounded(t *testing.T) {
	_, err := json.Parse([]byte(strings.Repeat("[", json.MaxDepth) + strings.Repeat("]", json.MaxDepth)))
	require.NoError(t, err)
	_, err = json.Parse([]byte(strings.Repeat(`{"a":`, json.MaxDepth+1)))
	require.EqualError(t, err, "exceeded max depth")
}

func FuzzParse(f *testing.F) {
	for _, src := range texts {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if bytes.Count(src, []byte("["))+bytes.Count(src, []byte("{")) > json.MaxDepth {
			return
		}
		if d := compare(src); d != "" {
			t.Fatalf("%q: %s", src, d)
		}
	})
}

func ExampleMarshal() {
	tree := map[string]any{"b": []any{int64(1), "<x>"}, "a": nil}
	b, err := json.Marshal(tree)
	fmt.Println(string(b), err)
	var lines strings.Builder
	err = json.Write(&lines, tree, json.Form{Lines: true})
	fmt.Println(lines.String(), err)
	// Output:
	// {"a":null,"b":[1,"\u003cx\u003e"]} <nil>
	// {
	//     "a": null,
	//     "b": [
	//         1,
	//         "\u003cx\u003e"
	//     ]
	// } <nil>
}

func ExampleRead() {
	src := []byte(`{"a": [1, true]} {"b" 2}`)
	v, end, err := json.Read(src, 0)
	fmt.Println(v.Keys[0].Text, v.Items[0].Items[1].Text, v.Items[0].Items[1].At, err)
	_, _, err = json.Read(src, end)
	fmt.Println(err, "at", err.(*json.SyntaxError).Offset)
	// Output:
	// a true 10 <nil>
	// invalid character '2' after object key at 23
}
