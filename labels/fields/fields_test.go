package fields_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/labels/fields"
	"github.com/stretchr/testify/require"
)

func ExampleParse() {
	selector, err := fields.Parse("status.phase!=Running,spec.nodeName=node-1")
	fmt.Println(selector, err)
	fmt.Println(selector.Matches(fields.Set{"status.phase": "Pending", "spec.nodeName": "node-1"}))
	// Output:
	// spec.nodeName=node-1,status.phase!=Running <nil>
	// true
}

func ExampleEscapeValue() {
	fmt.Println(fields.Equal("spec.args", "a=1,b=2"))
	// Output: spec.args=a\=1\,b\=2
}

func TestParseErrorsKnowTheirPlace(t *testing.T) {
	tests := []struct {
		name, input string
		offset      int
		found, want string
	}{
		{"no operator", "a=b,c", 4, "c", "invalid selector: 'a=b,c'; can't understand 'c'"},
		{"bad escape", `z=1,a==b\x`, 8, `\x`, `invalid field selector: invalid escape sequence: \x`},
		{"open escape", `a!=b\`, 4, `\`, `invalid field selector: invalid escape sequence: \`},
		{"unescaped", "b=1,a=é=c", 8, "=", "invalid field selector: unescaped character in value: 61"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := fields.Parse(tt.input)
			var e *fields.ParseError
			require.True(t, errors.As(err, &e))
			require.Equal(t, tt.want, e.Error())
			require.Equal(t, tt.offset, e.Offset)
			require.Equal(t, tt.found, e.Found)
			require.Equal(t, tt.input, e.Input)
			require.True(t, strings.HasPrefix(tt.input[e.Offset:], e.Found))
		})
	}
	_, err := fields.UnescapeValue("a,b")
	require.EqualError(t, err, "invalid field selector: unescaped character in value: 44")
}

func TestSelectorsJoinAndTransform(t *testing.T) {
	s := fields.And(fields.Equal("a", "1"), fields.NotEqual("b", ""), fields.Everything())
	require.Equal(t, "a=1,b!=", s.String())
	require.True(t, s.Matches(fields.Set{"a": "1", "b": "x"}))
	require.False(t, s.Matches(fields.Set{"a": "1"}))
	require.False(t, s.Matches(nil))
	require.True(t, fields.And(s, fields.Nothing()).IsNothing())
	require.False(t, fields.Nothing().Matches(fields.Set{}))
	require.False(t, fields.Nothing().Empty())
	require.True(t, fields.Everything().Empty())

	upper, err := s.Transform(func(field, value string) (string, string, error) { return strings.ToUpper(field), value, nil })
	require.NoError(t, err)
	require.Equal(t, "A=1,B!=", upper.String())
	gone, err := s.Transform(func(string, string) (string, string, error) { return "", "", nil })
	require.NoError(t, err)
	require.True(t, gone.Empty())
	_, err = s.Transform(func(string, string) (string, string, error) { return "", "", errors.New("no such field") })
	require.EqualError(t, err, "no such field")

	reqs := s.Requirements()
	reqs[0].Value = "changed"
	require.Equal(t, "a=1,b!=", s.String(), "a copy was changed")
	value, found := s.RequiresExactMatch("a")
	require.True(t, found)
	require.Equal(t, "1", value)
	_, found = s.RequiresExactMatch("b")
	require.False(t, found)
	require.Equal(t, "a=1,b=2", fields.Set{"b": "2", "a": "1"}.AsSelector().String())
	require.Equal(t, "a=1,b=2", fields.Set{"b": "2", "a": "1"}.String())
	require.True(t, fields.Set{"a": ""}.Has("a"))
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "a=b", "a!=b,c==d", `a=b\,c`, `a=\`, "=", "a=b=c", ",,", `\,a=b`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, input string) {
		s, err := fields.Parse(input)
		if err != nil {
			var e *fields.ParseError
			if !errors.As(err, &e) || e.Offset < 0 || e.Offset+len(e.Found) > len(input) && strings.ToValidUTF8(input, "") == input {
				t.Fatalf("%q: %#v", input, err)
			}
			return
		}
		if plain, err := fields.UnescapeValue(fields.EscapeValue(input)); err != nil || strings.ToValidUTF8(input, "") == input && plain != input {
			t.Fatalf("%q escapes to %q, back to %q, %v", input, fields.EscapeValue(input), plain, err)
		}
		_ = s.String()
	})
}
