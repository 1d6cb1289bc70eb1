package labels_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/slipway-dev/slipway/labels"
	"github.com/stretchr/testify/require"
)

func TestWatchTellsWhatSelectWouldSay(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	ix := labels.NewIndex[int]()
	sets := map[int]labels.Set{}
	for i := range 200 {
		sets[i] = randomSet(r)
		ix.Put(i, sets[i])
	}
	type query struct {
		selector labels.Selector
		members  map[int]bool
		cancel   func()
	}
	var queries []*query
	events := 0
	for range 300 {
		q := &query{selector: randomSelector(r), members: map[int]bool{}}
		for k := range ix.Select(q.selector) {
			q.members[k] = true
		}
		q.cancel = ix.Watch(q.selector, func(e labels.Event[int]) {
			events++
			require.Equal(t, e.Type != labels.Added, q.members[e.Key], "%v of %d in %q", e.Type, e.Key, q.selector)
			q.members[e.Key] = e.Type != labels.Removed
		})
		queries = append(queries, q)
	}
	for range 2000 {
		k := r.IntN(250)
		old, was := sets[k]
		want := 0
		if r.IntN(5) == 0 {
			delete(sets, k)
		} else {
			sets[k] = randomSet(r)
		}
		set, is := sets[k]
		for _, q := range queries {
			before, after := was && q.selector.Matches(old), is && q.selector.Matches(set)
			if before != after || before && !(is && labels.EqualSets(old, set)) {
				want++
			}
		}
		events = 0
		if is {
			ix.Put(k, set)
		} else {
			ix.Delete(k)
		}
		require.Equal(t, want, events)
		for _, q := range queries {
			require.Equal(t, is && q.selector.Matches(set), q.members[k], "%q after %q", q.selector, set)
		}
		probe := randomSet(r)
		var matching []labels.Selector
		for _, q := range queries {
			if q.selector.Matches(probe) {
				matching = append(matching, q.selector)
			}
		}
		require.Equal(t, matching, slices.Collect(ix.Matching(probe)))
	}
	for _, q := range queries {
		q.cancel()
		q.cancel()
	}
	events = 0
	ix.Put(1, labels.Set{"k": "new"})
	require.Zero(t, events)
	require.Empty(t, slices.Collect(ix.Matching(labels.Set{"k": "a"})))
}

func TestWatchMayChangeTheIndexAndCancel(t *testing.T) {
	ix := labels.NewIndex[string]()
	var told []string
	var cancel func()
	cancel = ix.Watch(labels.MustParse("a"), func(e labels.Event[string]) {
		told = append(told, e.Type.String()+" "+e.Key+" "+e.Labels.String())
		if e.Key == "x" {
			ix.Put("y", labels.Set{"a": "from x"})
			cancel()
		}
	})
	ix.Watch(labels.Everything(), func(e labels.Event[string]) { told = append(told, "also "+e.Key) })
	ix.Put("x", labels.Set{"a": "1"})
	ix.Put("x", labels.Set{"a": "1"})
	ix.Delete("x")
	require.Equal(t, []string{"Added x a=1", "Added y a=from x", "also y", "also x", "also x"}, told)
}

func TestObjectsWithoutLabelsAreObjects(t *testing.T) {
	ix := labels.NewIndex[string]()
	var told []labels.EventType
	ix.Watch(labels.MustParse("!a"), func(e labels.Event[string]) { told = append(told, e.Type) })
	ix.Put("x", nil)
	ix.Put("x", labels.Set{"b": "c"})
	ix.Put("x", labels.Set{})
	ix.Put("x", labels.Set{"a": "c"})
	ix.Put("x", nil)
	ix.Delete("x")
	require.Equal(t, []labels.EventType{labels.Added, labels.Changed, labels.Changed, labels.Removed, labels.Added, labels.Removed}, told)
}
