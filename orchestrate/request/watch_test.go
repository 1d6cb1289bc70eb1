package request_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

var cms = schema.Find("cm")

// put makes ConfigMap name carry a label team, or makes it.
func put(t require.TestingT, s *request.Server, name, team string) api.Object {
	cm := &api.ConfigMap{ObjectMeta: api.ObjectMeta{Name: name, Labels: map[string]string{"team": team}}}
	o, err := s.Update(cms, "default", name, cm, request.WriteOptions{})
	if err != nil {
		o, err = s.Create(cms, "default", cm, request.WriteOptions{})
	}
	require.NoError(t, err)
	return o
}

// seen are the events there are, in words: ADDED c red.
func seen(w *request.Watch) (out []string) {
	for e, ok := w.Next(); ok; e, ok = w.Next() {
		text := string(e.Type)
		switch {
		case e.Status != nil:
			text += " " + e.Status.Message
		case e.Type == request.Bookmark:
			text += strings.TrimPrefix(fmt.Sprint(" ", e.Object.Meta().Annotations), " map[]")
		default:
			text += " " + e.Object.Meta().Name + " " + e.Object.Meta().Labels["team"]
		}
		out = append(out, text)
	}
	return out
}

func newWatch(t require.TestingT, s *request.Server, o request.WatchOptions) *request.Watch {
	w, err := s.Watch(cms, "default", o)
	require.NoError(t, err)
	return &w
}

func TestAWatchBeginsAsItsTermsSay(t *testing.T) {
	s, _ := server(t)
	yes, no := true, false
	mine := request.ListOptions{LabelSelector: "team"}
	put(t, s, "a", "red")
	before := s.Revision()
	put(t, s, "b", "red")
	for _, test := range []struct {
		name    string
		options request.WatchOptions
		want    []string
	}{
		{"what there is, then changes", request.WatchOptions{}, []string{"ADDED a red", "ADDED b red", "ADDED c red"}},
		{"after a revision", request.WatchOptions{Revision: before}, []string{"ADDED b red", "ADDED c red"}},
		{"from now on", request.WatchOptions{Initial: &no}, []string{"ADDED c red"}},
		{"a list that goes on", request.WatchOptions{Initial: &yes, Bookmarks: true},
			[]string{"ADDED a red", "ADDED b red", "BOOKMARK map[k8s.io/initial-events-end:true]", "ADDED c red"}},
		{"no bookmark for who wants none", request.WatchOptions{Initial: &yes}, []string{"ADDED a red", "ADDED b red", "ADDED c red"}},
		{"the future", request.WatchOptions{Revision: 99_999}, []string{"ERROR Timeout: Too large resource version: 99999, current: " + s.Revision().String()}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, _ := server(t)
			put(t, s, "a", "red")
			put(t, s, "b", "red")
			test.options.ListOptions = mine
			w := newWatch(t, s, test.options)
			put(t, s, "c", "red")
			require.Equal(t, test.want, seen(w))
			require.Empty(t, seen(w), "once each")
			require.Equal(t, test.options.Revision > 9_999, w.Over())
		})
	}
}

func TestAnObjectThatStopsMatchingIsDeletedToAWatcher(t *testing.T) {
	s, _ := server(t)
	w := newWatch(t, s, request.WatchOptions{Revision: s.Revision(), ListOptions: request.ListOptions{LabelSelector: "team=red"}})
	put(t, s, "a", "red")
	put(t, s, "b", "blue")
	require.Equal(t, []string{"ADDED a red"}, seen(w))
	changed := put(t, s, "a", "blue")
	put(t, s, "b", "red")
	e, ok := w.Next()
	require.True(t, ok)
	require.Equal(t, request.Deleted, e.Type)
	require.Equal(t, "red", e.Object.Meta().Labels["team"], "as the watcher last saw it")
	require.Equal(t, changed.Meta().ResourceVersion, e.Object.Meta().ResourceVersion, "with the revision of the change")
	require.Equal(t, []string{"ADDED b red"}, seen(w))
	_, err := s.Delete(cms, "default", "b", request.DeleteOptions{})
	require.NoError(t, err)
	require.Equal(t, []string{"DELETED b red"}, seen(w))
}

func TestBookmarksComeEachMinute(t *testing.T) {
	s, c := server(t)
	w := newWatch(t, s, request.WatchOptions{Revision: s.Revision(), Bookmarks: true, ListOptions: request.ListOptions{LabelSelector: "team"}})
	require.NoError(t, c.Advance(59*time.Second))
	require.Empty(t, seen(w))
	require.NoError(t, c.Advance(time.Second))
	require.Equal(t, []string{"BOOKMARK"}, seen(w))
	require.Empty(t, seen(w))
	require.Equal(t, s.Revision(), w.After(), "from where another watch goes on")
}

// A client that asks for what a server has forgotten is told to begin anew: 410.
func TestWhatIsForgottenIsGone(t *testing.T) {
	all, c := server(t)
	s := all.Remembering(5 * time.Minute)
	from := s.Revision()
	for i := range 4 {
		put(t, s, fmt.Sprint("c", i), "red")
	}
	page, err := s.ListPage(cms, "default", request.ListOptions{LabelSelector: "team"}, request.PageOptions{Limit: 2})
	require.NoError(t, err)
	w := newWatch(t, s, request.WatchOptions{Revision: from})
	slow := *w
	require.Len(t, seen(w), 4)
	require.NoError(t, c.Advance(6*time.Minute))
	recent := s.Revision()
	put(t, s, "new", "red")
	require.NoError(t, c.Advance(time.Second))

	require.Equal(t, []string{"ADDED new red"}, seen(newWatch(t, s, request.WatchOptions{Revision: recent})))
	for _, gone := range []*request.Watch{newWatch(t, s, request.WatchOptions{Revision: from}), &slow} {
		e, ok := gone.Next()
		require.True(t, ok)
		require.Equal(t, request.Failed, e.Type)
		require.EqualValues(t, 410, e.Status.Code)
		require.Regexp(t, `^too old resource version: \d+ \(\d+\)$`, e.Status.Message)
		require.True(t, gone.Over())
	}
	_, err = s.ListPage(cms, "default", request.ListOptions{}, request.PageOptions{Revision: from, Exact: true})
	require.ErrorContains(t, err, "The resourceVersion for the provided list is too old.")
	_, err = s.ListPage(cms, "default", request.ListOptions{LabelSelector: "team"}, request.PageOptions{Continue: page.Continue})
	require.ErrorContains(t, err, "The provided continue parameter is too old to display a consistent list result.")
	rest, err := s.ListPage(cms, "default", request.ListOptions{LabelSelector: "team"}, request.PageOptions{Continue: err.(*api.StatusError).Status.Metadata.Continue})
	require.NoError(t, err)
	require.Len(t, rest.Items, 3, "the rest, as it is now")
	_, err = all.ListPage(cms, "default", request.ListOptions{}, request.PageOptions{Revision: from, Exact: true})
	require.NoError(t, err, "nothing is forgotten unless it is asked for")
}

func TestEndpointsCannotBeWatched(t *testing.T) {
	s, _ := server(t)
	_, err := s.Watch(schema.Find("ep"), "", request.WatchOptions{})
	require.ErrorContains(t, err, "watch is not supported")
}

// Whatever is done: a watch from any revision gives every later change once and in order, whenever it is read; what it says added up is
// what a list shows; and one with a selector is the same as one without, filtered.
func TestAWatchGivesEachLaterChangeOnceInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _ := server(t)
		selector := rapid.SampledFrom([]string{"team", "team=red", "team!=red,team"}).Draw(t, "selector")
		options := request.WatchOptions{ListOptions: request.ListOptions{LabelSelector: selector}}
		begin := s.Revision()
		var eager, lazy *request.Watch
		have := map[string]string{}
		last := begin
		read := func(w *request.Watch, into map[string]string) {
			for e, ok := w.Next(); ok; e, ok = w.Next() {
				name, rev := e.Object.Meta().Name, e.Object.Meta().ResourceVersion
				if w == eager && rev <= last && e.Type != request.Added {
					t.Fatalf("%s %s at %d after %d", e.Type, name, rev, last)
				}
				_, known := into[name]
				require.Equal(t, known, e.Type != request.Added, "%s %s", e.Type, name)
				if delete(into, name); e.Type != request.Deleted {
					into[name] = e.Object.Meta().Labels["team"]
				}
				if w == eager {
					last = max(last, rev)
				}
			}
		}
		start := rapid.IntRange(0, 10).Draw(t, "start")
		for i := range rapid.IntRange(start, 40).Draw(t, "writes") {
			if i == start {
				eager, lazy = newWatch(t, s, options), newWatch(t, s, options)
			}
			name := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name")
			if rapid.IntRange(0, 3).Draw(t, "what") == 0 {
				_, _ = s.Delete(cms, "default", name, request.DeleteOptions{})
			} else {
				put(t, s, name, rapid.SampledFrom([]string{"red", "blue", "green"}).Draw(t, "team"))
			}
			if eager != nil && rapid.Bool().Draw(t, "read") {
				read(eager, have)
			}
		}
		if eager == nil {
			return
		}
		read(eager, have)
		late := map[string]string{}
		read(lazy, late)
		list, err := s.List(cms, "default", options.ListOptions)
		require.NoError(t, err)
		want := map[string]string{}
		for _, o := range list {
			want[o.Meta().Name] = o.Meta().Labels["team"]
		}
		require.Equal(t, want, have)
		require.Equal(t, want, late)

		options.Revision = max(begin, 1)
		var all []api.Revision
		for w := newWatch(t, s, options); ; {
			e, ok := w.Next()
			if !ok {
				break
			}
			all = append(all, e.Object.Meta().ResourceVersion)
		}
		require.True(t, slices.IsSorted(all))
		require.Len(t, slices.Compact(slices.Clone(all)), len(all))
	})
}
