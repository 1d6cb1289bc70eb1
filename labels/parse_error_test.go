package labels_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slipway-dev/slipway/labels"
	"github.com/stretchr/testify/require"
)

func TestParseErrorSaysWhereAndWhatToWrite(t *testing.T) {
	tests := []struct {
		name, input string
		offset, end int
		want        string
	}{
		{"no parentheses", "env in prod", 7, 11, "env in prod\n       ^^^^ found \"prod\", want '('\nhint: put the values in parentheses: env in (prod)"},
		{"brackets", "env in [prod]", 7, 13, "env in [prod]\n       ^^^^^^ found \"[prod]\", want '('\nhint: put the values in parentheses: env in (prod)"},
		{"upper-case operator", "env IN (prod)", 4, 6, "env IN (prod)\n    ^^ found \"IN\", want in, notin, =, ==, !=, gt, lt\nhint: operators are lower case: env in (a,b)"},
		{"two words", "app web", 4, 7, "app web\n    ^^^ found \"web\", want in, notin, =, ==, !=, gt, lt\nhint: separate requirements by a comma, app,web, or write a sign between key and value, app=web"},
		{"at the end", "a in (b", 7, 7, "a in (b\n       ^ found the end, want ',' or ')'\nhint: close the parenthesis after the last value"},
		{"comma at the end", "a,b,", 4, 4, "a,b,\n    ^ found the end, want identifier after ','\nhint: remove the comma at the end, or write another requirement after it"},
		{"greater or equal", "cpu>=5", 4, 5, "cpu>=5\n    ^ found \"=\", want identifier\nhint: there is no >= or <=; values are integers, so compare with the neighbour: cpu>4 means 5 or more"},
		{"quotes", `app="web"`, 4, 9, "app=\"web\"\n    ^^^^^ found \"\\\"web\\\"\", want a valid value\nhint: write it without quotes"},
		{"or", "env=prod||env=qa", 4, 13, "env=prod||env=qa\n    ^^^^^^^^^ found \"prod||env\", want a valid value\nhint: a comma means and; there is no or, but one key may have several values: env in (prod,qa)"},
		{"bad key", "-app=web", 0, 4, "-app=web\n^^^^ found \"-app\", want a valid key\nhint: letters, digits, '-', '_' and '.' are allowed, with a letter or digit at both ends"},
		{"bad value in a list", "a in (z,-b,c)", 8, 10, "a in (z,-b,c)\n        ^^ found \"-b\", want a valid value\nhint: letters, digits, '-', '_' and '.' are allowed, with a letter or digit at both ends"},
		{"not a number", "a>many", 2, 6, "a>many\n  ^^^^ found \"many\", want a valid value\nhint: > and < compare with a 64-bit integer"},
		{"no number before a comma", "a>,b", 2, 2, "a>,b\n  ^ found \"\", want a valid value\nhint: > and < compare with a 64-bit integer"},
		{"absent with a value", "!a=b", 2, 3, "!a=b\n  ^ found \"=\", want ',' or 'end of string'\nhint: a key with ! before it takes no value; to exclude values write a notin (a,b)"},
		{"NUL", "a=b \x00,c", 4, 5, "a=b ␀,c\n    ^ found \"\\x00\", want no NUL byte\nhint: a selector is text; remove the NUL byte"},
		{"accents before the error", "a=é", 2, 4, "a=é\n  ^ found \"é\", want a valid value\nhint: letters, digits, '-', '_' and '.' are allowed, with a letter or digit at both ends"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := labels.Parse(tt.input)
			var parseErr *labels.ParseError
			require.ErrorAs(t, err, &parseErr)
			require.Equal(t, tt.want, parseErr.Render())
			require.Equal(t, []int{tt.offset, tt.end}, []int{parseErr.Offset, parseErr.End})
		})
	}
}

func TestParseErrorCutsLongSelectors(t *testing.T) {
	long := strings.Repeat("abcdefghi=jk,", 1000) + "x y" + strings.Repeat(",k=v", 1000)
	_, err := labels.Parse(long)
	var parseErr *labels.ParseError
	require.ErrorAs(t, err, &parseErr)
	lines := strings.Split(parseErr.Render(), "\n")
	caret := strings.Index(lines[1], "^")
	require.True(t, strings.HasPrefix(lines[0], "…") && strings.HasSuffix(lines[0], "…"), lines[0])
	require.Equal(t, 'y', []rune(lines[0])[caret])
	require.Less(t, utf8.RuneCountInString(lines[0]), 100)
}

func TestParseErrorUnwrapsToFieldErrors(t *testing.T) {
	_, err := labels.ParseWithPath("a in (-b,_c)", "spec.selector")
	var fields labels.FieldErrors
	require.True(t, errors.As(err, &fields))
	require.Len(t, fields, 2)
	require.Equal(t, "spec.selector.values[0][a]", fields[0].Field)
	require.Equal(t, `"_c"`, fields[1].Value)
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "a", "!a", "a=b", "a==b,c!=d", "x in (foo,,baz),y,z notin ()", "a>1,a<3", "a in (b", "é=1", "a\x00b", "in in (in)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		s, err := labels.Parse(input)
		if err != nil {
			var e *labels.ParseError
			if !errors.As(err, &e) {
				t.Fatalf("error of type %T", err)
			}
			if e.Offset < 0 || e.End < e.Offset || len(input) < e.End || e.Input != input {
				t.Fatalf("offsets %d to %d of %d", e.Offset, e.End, len(input))
			}
			if e.Error() == "" || strings.Count(e.Render(), "\n") < 1 {
				t.Fatalf("error without text: %q", e.Render())
			}
			return
		}
		again, err := labels.Parse(s.String())
		if err != nil || again.String() != s.String() {
			t.Fatalf("%q prints as %q, which parses as %q, error %v", input, s, again, err)
		}
	})
}
