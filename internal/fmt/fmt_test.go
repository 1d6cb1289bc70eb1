package fmt_test

import (
	"errors"
	std "fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/internal/fmt"
)

type word string
type size int64
type named struct{ name string }

func (n named) String() string { return "<" + n.name + ">" }

// The standard library is the judge.
func TestValuesArePrintedAsTheStandardLibraryPrintsThem(t *testing.T) {
	var none []string
	var noMap map[string]any
	for _, tt := range []struct {
		format string
		values []any
	}{
		{"%v", []any{nil, "a b", word("w"), 7, int32(-7), size(8), uint8(9), 1.5, 1e6, 123456789.0, 1e21, 1e-7, float32(0.1), true, errors.New("e"), named{"n"}, &named{"p"}, time.Minute,
			[]string{"a", "b"}, none, []int{1, 2}, []any{"a", nil, 1.5, []any{true}}, map[string]string{"b": "x", "a": "y"}, map[string]any{"a": map[string]any{"c": nil}}, map[word]int{"z": 1, "y": 2}, noMap, []byte("ab")}},
		{"%s", []any{"a", word("w"), errors.New("e"), named{"n"}, time.Second, []string{"a", "b"}, []word{"x"}, []byte("ab"), []error{errors.New("e")}}},
		{"%d", []any{1, int8(-2), size(3), uint16(4), time.Nanosecond, []int{5, 6}, byte(7)}},
		{"%q", []any{"a\n\"é\x00\xff", word("w"), errors.New("e"), named{"n"}, []string{"a", "b"}, 'x', byte('y'), []byte("ab")}},
		{"%c", []any{'x', 'é'}},
		{"%T", []any{nil, 1, "a", []any{}, map[string]any{}, 1.5, true, named{}}},
		{"%#v", []any{nil, "a\"b", int64(1), 1.5, true, []any{}, []any{1, "x", nil, []any{}}, map[string]any{}, map[string]any{"b": nil, "a": map[string]any{"c": []any{int64(1)}}}, []any(nil), noMap}},
		{"100%% of %v, always", []any{"it"}},
		{"%v at the end %", []any{"it"}},
	} {
		for _, v := range tt.values {
			want := std.Sprintf(tt.format, v)
			if strings.HasSuffix(tt.format, "%") {
				want = strings.TrimSuffix(want, "!(NOVERB)")
			}
			require.Equal(t, want, fmt.Sprintf(tt.format, v), "%s of %T", tt.format, v)
			if tt.format == "%v" {
				require.Equal(t, std.Sprint(v), fmt.Sprint(v))
			}
		}
	}
	require.Equal(t, std.Sprintf("a %s b %d c %q", "x", 1, "y"), fmt.Sprintf("a %s b %d c %q", "x", 1, "y"))
	var b strings.Builder
	fmt.Fprintf(&b, "%s=%d", "n", 1)
	require.Equal(t, "n=1", b.String())
}

func TestErrorsAreWrapped(t *testing.T) {
	err := fmt.Errorf("reading %q: %w and %w", "f", io.EOF, io.ErrClosedPipe)
	require.EqualError(t, err, `reading "f": EOF and io: read/write on closed pipe`)
	require.ErrorIs(t, err, io.EOF)
	require.ErrorIs(t, err, io.ErrClosedPipe)
	require.NotErrorIs(t, fmt.Errorf("%v", io.EOF), io.EOF)
}

func ExampleSprintf() {
	std.Println(fmt.Sprintf("pod %q has %d containers: %v", "web", 2, []string{"app", "log"}))
	// Output: pod "web" has 2 containers: [app log]
}

func ExampleErrorf() {
	err := fmt.Errorf("reading %s: %w", "pod.yaml", io.EOF)
	std.Println(err, errors.Is(err, io.EOF))
	// Output: reading pod.yaml: EOF true
}
