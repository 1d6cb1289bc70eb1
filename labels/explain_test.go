package labels_test

import (
	"testing"

	"github.com/slipway-dev/slipway/labels"
	"github.com/stretchr/testify/require"
)

func TestExplainSaysWhyForEachOperator(t *testing.T) {
	tests := []struct {
		name, selector string
		set            labels.Set
		want           string
	}{
		{"equal", "a=b", labels.Set{"a": "b"}, `a is "b"`},
		{"not equal", "a=b", labels.Set{"a": "c"}, `a is "c", not "b"`},
		{"equal without key", "a=b", nil, `a is absent, but the requirement wants the key`},
		{"in", "a in (b,c)", labels.Set{"a": "b"}, `a is "b", which is one of b, c`},
		{"not in", "a in (,c)", labels.Set{"a": "d"}, `a is "d", which is none of "", c`},
		{"notin", "a notin (b,c)", labels.Set{"a": "d"}, `a is "d", which is none of the excluded b, c`},
		{"notin fails", "a notin (b,c)", labels.Set{"a": "b"}, `a is "b", which is one of the excluded b, c`},
		{"notin without key", "a notin (b,c)", nil, `a is absent, and notin holds without the key`},
		{"unequal", "a!=b", labels.Set{"a": "c"}, `a is "c", not "b"`},
		{"unequal fails", "a!=b", labels.Set{"a": "b"}, `a is "b", which is excluded`},
		{"unequal without key", "a!=b", nil, `a is absent, and != holds without the key`},
		{"exists", "a", labels.Set{"a": "b"}, `a is "b"; any value will do`},
		{"exists fails", "a", nil, `a is absent, but the requirement wants the key`},
		{"absent", "!a", nil, `a is absent, as wanted`},
		{"absent fails", "!a", labels.Set{"a": ""}, `a is "", but the key must be absent`},
		{"above", "a>5", labels.Set{"a": "6"}, `a is "6", which is above 5`},
		{"not above", "a>5", labels.Set{"a": "5"}, `a is "5", which is not above 5`},
		{"below", "a<5", labels.Set{"a": "4"}, `a is "4", which is below 5`},
		{"not a number", "a<5", labels.Set{"a": "four"}, `a is "four", which is not a 64-bit integer`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := labels.MustParse(tt.selector)
			e := s.Explain(tt.set)
			require.Len(t, e.Reasons, 1)
			require.Equal(t, tt.want, e.Reasons[0].Why)
			require.Equal(t, s.Matches(tt.set), e.Matches)
			require.Equal(t, e.Matches, e.Reasons[0].Holds)
		})
	}
}

func TestExplainGoesOnAfterTheFirstMiss(t *testing.T) {
	e := labels.MustParse("app=web,env notin (prod),tier").Explain(labels.Set{"app": "db", "tier": "back"})
	require.Equal(t, `app=web,env notin (prod),tier does not match
  no   app=web           app is "db", not "web"
  yes  env notin (prod)  env is absent, and notin holds without the key
  yes  tier              tier is "back"; any value will do`, e.String())
	require.Contains(t, labels.Nothing().Explain(nil).String(), "matches no object")
	require.Contains(t, labels.Everything().Explain(nil).String(), "matches everything")
}
