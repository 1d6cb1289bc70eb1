package labels_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/labels"
	"github.com/stretchr/testify/require"
)

// The universe of the brute force: two keys, each absent or with one of these values. Requirements use the first
// seven and bounds from 0 to 3; the rest stands for every other string: another word, other writings of each integer a
// bound can separate, and integers far away. So a law that holds here holds for all strings.
var (
	mentioned = []string{"", "a", "b", "0", "1", "2", "02"}
	others    = []string{"zz", "3", "4", "00", "01", "002", "03", "04", "-1", "-99", "99"}
)

func universe() []labels.Set {
	values := slices.Concat(mentioned, others)
	sets := []labels.Set{}
	for i := -1; i < len(values); i++ {
		for j := -1; j < len(values); j++ {
			set := labels.Set{}
			if i >= 0 {
				set["k"] = values[i]
			}
			if j >= 0 {
				set["l"] = values[j]
			}
			sets = append(sets, set)
		}
	}
	return sets
}

// extent is which sets of the universe a selector matches, a bit each.
type extent [6]uint64

func extentOf(s labels.Selector, sets []labels.Set) (e extent) {
	for i, set := range sets {
		if s.Matches(set) {
			e[i/64] |= 1 << (i % 64)
		}
	}
	return e
}

func (e extent) within(f extent) bool {
	for i := range e {
		if e[i]&^f[i] != 0 {
			return false
		}
	}
	return true
}

func (e extent) meets(f extent) bool {
	for i := range e {
		if e[i]&f[i] != 0 {
			return true
		}
	}
	return false
}

func randomSelector(r *rand.Rand) labels.Selector {
	reqs := make([]labels.Requirement, r.IntN(5))
	ops := []labels.Operator{labels.In, labels.NotIn, labels.Equals, labels.NotEquals, labels.Exists, labels.DoesNotExist, labels.GreaterThan, labels.LessThan}
	for i := range reqs {
		op, n := ops[r.IntN(len(ops))], 1
		values := []string{}
		switch op {
		case labels.In, labels.NotIn:
			n = 1 + r.IntN(3)
		case labels.Exists, labels.DoesNotExist:
			n = 0
		case labels.GreaterThan, labels.LessThan:
			n = 0
			values = []string{[]string{"0", "1", "2", "3"}[r.IntN(4)]}
		}
		for range n {
			values = append(values, mentioned[r.IntN(len(mentioned))])
		}
		req, err := labels.NewRequirement([]string{"k", "l"}[r.IntN(2)], op, values)
		if err != nil {
			panic(err)
		}
		reqs[i] = req
	}
	return labels.NewSelector(reqs...)
}

// A million random pairs, each answer compared with enumeration.
func TestAlgebraAgreesWithBruteForce(t *testing.T) {
	n := 1000
	if testing.Short() {
		n = 200
	}
	r := rand.New(rand.NewPCG(1, 2))
	sets := universe()
	require.LessOrEqual(t, len(sets), 64*len(extent{}))
	selectors, extents := make([]labels.Selector, n), make([]extent, n)
	for i := range selectors {
		selectors[i] = randomSelector(r)
		extents[i] = extentOf(selectors[i], sets)
		checkAlone(t, selectors[i], extents[i], sets)
	}
	for i, a := range selectors {
		for j, b := range selectors {
			if got, want := a.Implies(b), extents[i].within(extents[j]); got != want {
				t.Fatalf("%q implies %q: got %v, want %v", a, b, got, want)
			}
			if got, want := a.Disjoint(b), !extents[i].meets(extents[j]); got != want {
				t.Fatalf("%q disjoint with %q: got %v, want %v", a, b, got, want)
			}
			if got, want := a.Equivalent(b), extents[i] == extents[j]; got != want {
				t.Fatalf("%q equivalent to %q: got %v, want %v", a, b, got, want)
			}
			if extents[i] == extents[j] && a.Simplify().String() != b.Simplify().String() {
				t.Fatalf("%q and %q are equivalent but simplify to %q and %q", a, b, a.Simplify(), b.Simplify())
			}
		}
	}
}

func checkAlone(t *testing.T, s labels.Selector, e extent, sets []labels.Set) {
	t.Helper()
	require.Equal(t, e != extent{}, s.Satisfiable(), "%q satisfiable", s)
	witness, ok := s.Witness()
	require.Equal(t, s.Satisfiable(), ok, "%q has a witness", s)
	if ok {
		require.True(t, s.Matches(witness), "%q witness %q", s, witness)
	}
	simple := s.Simplify()
	require.Equal(t, e, extentOf(simple, sets), "%q simplified to %q", s, simple)
	require.Equal(t, simple.String(), simple.Simplify().String())
	reqs, _ := simple.Requirements()
	require.LessOrEqual(t, len(reqs), 8)
}

func TestSimplify(t *testing.T) {
	tests := []struct{ name, input, want string }{
		{"one value left", "a in (x,y),a!=x", "a=y"},
		{"exists is implied", "a,a=x", "a=x"},
		{"ranges meet", "a>1,a>2,a<9,a<8", "a>2,a<8"},
		{"a range chooses from a list", "a in (1,5,x),a>2", "a=5"},
		{"exceptions out of range go", "a>2,a notin (1,2,3,x)", "a>2,a!=3"},
		{"exceptions join", "a!=x,a!=y,a!=x", "a notin (x,y)"},
		{"absent", "!a,a!=x", "!a"},
		{"two keys", "b,a==x,b notin (c)", "a=x,b,b!=c"},
		{"contradiction", "a,!a", "nothing,!nothing"},
		{"empty range", "a>5,a<6", "nothing,!nothing"},
		{"beyond all integers", "a>9223372036854775807", "nothing,!nothing"},
		{"everything", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, labels.MustParse(tt.input).Simplify().String())
		})
	}
}

func TestWitnessPrefersValidValues(t *testing.T) {
	tests := []struct{ input, want string }{
		{"a", "a=a"}, {"a,a notin (a,b)", "a=c"}, {"a>5,a<7,a!=6", "a=06"}, {"a>5", "a=6"}, {"a<3", "a=0"}, {"a<0", "a=-1"},
		{"a in (,x)", "a="}, {"!a,b!=c", ""}, {"a>9223372036854775806", "a=9223372036854775807"},
	}
	for _, tt := range tests {
		set, ok := labels.MustParse(tt.input).Witness()
		require.True(t, ok, tt.input)
		require.Equal(t, tt.want, set.String(), tt.input)
	}
}

func TestAlgebraOfHugeSelectorsEnds(t *testing.T) {
	big := labels.MustParse("a in (" + strings.Repeat("x,y,z,", 30000) + "w)" + strings.Repeat(",a!=q,a>1,a in (1,2)", 30000))
	require.False(t, big.Satisfiable())
	require.True(t, big.Implies(big))
}

func TestAnyOf(t *testing.T) {
	a := labels.AnyOf{labels.MustParse("env=prod"), labels.MustParse("env in (prod,qa)"), labels.MustParse("x,!x"), labels.MustParse("tier")}
	require.True(t, a.Matches(labels.Set{"env": "qa"}))
	require.False(t, a.Matches(labels.Set{"env": "dev"}))
	require.Equal(t, "env in (prod,qa) || tier", a.Simplify().String())
	require.False(t, a.Implies(labels.MustParse("env")))
	require.True(t, a[:3].Implies(labels.MustParse("env")))
	require.True(t, a.Disjoint(labels.MustParse("!tier,env=dev")))
	set, ok := a[2:].Witness()
	require.True(t, ok)
	require.Equal(t, "tier=a", set.String())
	require.Empty(t, labels.AnyOf{}.Simplify())
	require.False(t, labels.AnyOf{}.Matches(nil))
	same := labels.AnyOf{labels.MustParse("a=b"), labels.MustParse("a==b"), labels.Everything()}
	require.Equal(t, "a=b", same[:2].Simplify().String())
	require.Equal(t, "<everything>", same.Simplify().String())
}
