package labels_test

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/labels"
	"github.com/stretchr/testify/require"
)

// Each test here is a wart of the reference that this package does not have.

func TestRequirementsDoNotShareTheCallersSlice(t *testing.T) {
	values := []string{"b", "a"}
	r, err := labels.NewRequirement("k", labels.In, values)
	require.NoError(t, err)
	values[0] = "changed"
	require.Equal(t, "k in (a,b)", r.String())
	require.Equal(t, []string{"changed", "a"}, values, "the caller's slice keeps its order")
	r.Values()[0] = "changed"
	require.Equal(t, "k in (a,b)", r.String())

	s := labels.NewSelector(r)
	reqs, _ := s.Requirements()
	reqs[0] = labels.Requirement{}
	require.Equal(t, "k in (a,b)", s.String())

	ls := &labels.LabelSelector{MatchExpressions: []labels.LabelSelectorRequirement{{Key: "k", Operator: "In", Values: []string{"b", "a"}}}}
	clone := ls.Clone()
	s, err = ls.Selector()
	require.NoError(t, err)
	ls.MatchExpressions[0].Values[0] = "changed"
	require.Equal(t, "k in (a,b)", s.String())
	require.Equal(t, "b", clone.MatchExpressions[0].Values[0])
}

func TestRepeatedKeysPrintInTheOrderWritten(t *testing.T) {
	var b strings.Builder
	for i := range 50 {
		b.WriteString("b!=" + strconv.Itoa(i) + ",a!=" + strconv.Itoa(i) + ",")
	}
	s := labels.MustParse(strings.TrimSuffix(b.String(), ","))
	var want []string
	for _, key := range []string{"a", "b"} {
		for i := range 50 {
			want = append(want, key+"!="+strconv.Itoa(i))
		}
	}
	require.Equal(t, strings.Join(want, ","), s.String())
}

func TestNothingDoesNotPrintAsEverything(t *testing.T) {
	back, err := labels.Parse(labels.Nothing().String())
	require.NoError(t, err)
	require.False(t, back.Empty())
	require.False(t, back.Satisfiable())
	require.True(t, back.Equivalent(labels.Nothing()))
	require.Equal(t, "<none>", labels.FormatLabelSelector(nil), "kubectl's word stays")
	require.Equal(t, labels.Nothing(), labels.Nothing().Add(labels.Requirement{}))
	require.Equal(t, labels.Nothing(), labels.MustParse("a").And(labels.Nothing()))
}

func TestNULIsAnError(t *testing.T) {
	for _, input := range []string{"a=b\x00", "\x00", "a\x00,b", "a in (b\x00,c)", "a=b \x00,c=d"} {
		_, err := labels.Parse(input)
		require.ErrorContains(t, err, "found a NUL byte at offset "+strconv.Itoa(strings.IndexByte(input, 0)))
	}
}

func TestErrorsComeInAStableOrder(t *testing.T) {
	bad := map[string]string{"-a": "x", "-b": "-", "c": "_", "-d": "x"}
	want := labels.ValidateLabels(bad, "metadata.labels").Error()
	_, wantErr := labels.ValidatedSelectorFromSet(bad)
	for range 50 {
		require.Equal(t, want, labels.ValidateLabels(bad, "metadata.labels").Error())
		_, err := labels.ValidatedSelectorFromSet(bad)
		require.Equal(t, wantErr, err)
		_, err = (&labels.LabelSelector{MatchLabels: bad}).Selector()
		require.Equal(t, wantErr, err)
	}
}

func TestZeroAndNilValuesAreUseful(t *testing.T) {
	var s labels.Selector
	require.True(t, s.Matches(nil))
	require.True(t, s == labels.Everything() && s == labels.NewSelector())
	require.True(t, labels.MustParse("!a,b!=c").Matches(nil))
	require.False(t, labels.MustParse("a").Matches(labels.Set(nil)))
	require.False(t, labels.Requirement{}.Matches(labels.Set{"": ""}))
	require.Equal(t, "", labels.Requirement{}.String())
	require.Empty(t, labels.Requirement{}.Values())
}

func TestNumbersAtTheEdgeOf64Bits(t *testing.T) {
	least, most := strconv.FormatInt(math.MinInt64, 10), strconv.FormatInt(math.MaxInt64, 10)
	for _, tt := range []struct {
		selector, value string
		want            bool
	}{
		{"a<0", least, true}, {"a<0", "-9223372036854775809", false}, {"a>0", most, true}, {"a>0", "9223372036854775808", false},
		{"a>0", "+7", true}, {"a>0", "0007", true}, {"a>0", "", false}, {"a>0", "-", false}, {"a>0", "+", false}, {"a>0", "7x", false}, {"a>0", "1_0", false},
		{"a<1", "-0", true}, {"a>" + most, most, false},
	} {
		require.Equal(t, tt.want, labels.MustParse(tt.selector).Matches(labels.Set{"a": tt.value}), "%s on %s", tt.selector, tt.value)
	}
}

// A megabyte of anything parses or fails quickly; a quadratic parser would take minutes.
func TestAMegabyteIsReadInLinearTime(t *testing.T) {
	const n = 1 << 20
	repeat := func(unit string) string { return strings.Repeat(unit, n/len(unit)) }
	inputs := []string{repeat("a"), repeat(","), repeat("a,") + "a", repeat("!"), repeat("("), repeat("b,a,") + "c", "a in (" + repeat("b,") + "c)", "a in (" + repeat(",") + ")",
		"a in (" + repeat("-,") + ")", repeat("a in (b,c),") + "d", repeat(" "), repeat("\x00"), repeat("\xff"), repeat("a=b,") + "-", repeat("a=\"b\",")}
	var wrong strings.Builder
	for i := 0; wrong.Len() < n; i++ {
		wrong.WriteString(",-" + strconv.Itoa(i))
	}
	inputs = append(inputs, "a in (b"+wrong.String()+")")
	start := time.Now()
	for _, input := range inputs {
		s, err := labels.Parse(input)
		if err != nil {
			_ = err.Error()
			continue
		}
		s.Matches(labels.Set{"a": "b"})
		if again, err := labels.Parse(s.String()); err != nil || again.String() != s.String() {
			t.Errorf("%.20q... does not parse back: %v", input, err)
		}
		s.Simplify()
	}
	require.Less(t, time.Since(start), time.Minute)
}

func TestLabelSelectorIsKubernetesJSON(t *testing.T) {
	text := `{"matchLabels":{"a":"b"},"matchExpressions":[{"key":"c","operator":"In","values":["d"]},{"key":"e","operator":"Exists"}]}`
	var s labels.LabelSelector
	require.NoError(t, json.Unmarshal([]byte(text), &s))
	back, err := json.Marshal(&s)
	require.NoError(t, err)
	require.Equal(t, text, string(back))
	require.Equal(t, "a=b,c in (d),e", labels.FormatLabelSelector(&s))
	require.Equal(t, &labels.LabelSelector{MatchLabels: map[string]string{"a": "b"}}, labels.SetAsLabelSelector(labels.Set{"a": "b"}))
}

func TestParsingAllocatesLittle(t *testing.T) {
	for _, text := range []string{"app=web", "app=web,tier=backend", "environment in (production,qa)", "a/b=web,c notin (dev,test),!canary", "x in (foo,,baz),y,z notin ()"} {
		require.LessOrEqual(t, testing.AllocsPerRun(100, func() { _, _ = labels.Parse(text) }), 2.0, text)
		s := labels.MustParse(text)
		require.LessOrEqual(t, testing.AllocsPerRun(100, func() { _ = s.String() }), 1.0, text)
	}
	for _, key := range []string{"app", "app.kubernetes.io/name"} {
		require.Zero(t, testing.AllocsPerRun(100, func() { labels.ValidateKey(key) }))
	}
}

func TestIndexKeysThatCannotBeCompared(t *testing.T) {
	ix := labels.NewIndex[any]()
	require.Panics(t, func() { ix.Put([]int{1}, nil) }, "as a map would")
	ix.Put("fine", labels.Set{"a": "b"})
	require.Equal(t, 1, ix.Count(labels.MustParse("a=b")), "and the index still works")
}
