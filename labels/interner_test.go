package labels_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/slipway-dev/slipway/labels"
	"github.com/stretchr/testify/require"
)

func TestInternedSetsMatchAsPlainOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	in, other := labels.NewInterner(), labels.NewInterner()
	late := []string{"key-%d,key-%d!=3,key-%d>5", "key-%d in (1,2,3,4,5,6,7,8),!key-%d", "key-%d notin (3,4),key-%d<9", "!key-%d"}
	for i := range 20000 {
		set := randomSet(r)
		for j := range r.IntN(30) { // up to 34 labels, so that both ways of searching are taken
			set[fmt.Sprint("key-", r.IntN(100))] = fmt.Sprint(j)
		}
		interned := in.Intern(set)
		s := randomSelector(r)
		if i%3 == 0 {
			text := late[i/3%len(late)]
			for strings.Contains(text, "%d") {
				text = strings.Replace(text, "%d", strconv.Itoa(r.IntN(100)), 1)
			}
			s = s.And(labels.MustParse(text))
		}
		m := in.Compile(s)
		require.Equal(t, s.Matches(set), m.Matches(interned), "%q on %q", s, set)
		require.Equal(t, s.Matches(set), s.Matches(interned), "%q on %q by text", s, set)
		require.Equal(t, s.Matches(set), other.Compile(s).Matches(interned), "%q on %q of another interner", s, set)
		require.True(t, labels.EqualSets(set, interned.Set()))
		require.Equal(t, len(set), interned.Len())
	}
	require.True(t, in.Compile(labels.MustParse("!a,b!=c")).Matches(nil))
	require.False(t, in.Compile(labels.MustParse("a>1")).Matches(nil))
	require.False(t, in.Compile(labels.Nothing()).Matches(in.Intern(nil)))
	require.False(t, in.Compile(labels.NewSelector(labels.Requirement{})).Matches(in.Intern(labels.Set{"": ""})))
	require.True(t, in.Compile(labels.MustParse("late in (x,y)")).Matches(in.Intern(labels.Set{"late": "y"})))
}

func TestInternerServesManyGoroutines(t *testing.T) {
	in := labels.NewInterner()
	var group sync.WaitGroup
	for g := range 4 {
		group.Go(func() {
			for i := range 500 {
				set := in.Intern(labels.Set{"n": fmt.Sprint(i), "g": fmt.Sprint(g)})
				if !in.Compile(labels.MustParse(fmt.Sprintf("n>%d,n<%d,g in (%d,x)", i-1+1, i+2, g))).Matches(in.Intern(labels.Set{"n": fmt.Sprint(i + 1), "g": fmt.Sprint(g)})) || set.Get("n") != fmt.Sprint(i) {
					t.Errorf("lost %d of %d", i, g)
				}
			}
		})
	}
	group.Wait()
}

func TestMatchingDoesNotAllocate(t *testing.T) {
	in := labels.NewInterner()
	set := labels.Set{"app": "web", "env": "prod", "tier": "back", "n": "7"}
	interned := in.Intern(set)
	for _, text := range []string{"", "app=web", "app!=x,env in (prod,qa),tier", "n>5,n<8,!canary", "app=x"} {
		s := labels.MustParse(text)
		m := in.Compile(s)
		require.Zero(t, testing.AllocsPerRun(100, func() { s.Matches(set) }), text)
		require.Zero(t, testing.AllocsPerRun(100, func() { m.Matches(interned) }), text)
		require.Zero(t, testing.AllocsPerRun(100, func() { s.Matches(interned) }), text)
	}
}
