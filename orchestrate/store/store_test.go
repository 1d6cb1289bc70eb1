package store_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func pod(namespace, name, node string, labels map[string]string) *api.Pod {
	return &api.Pod{
		ObjectMeta: api.ObjectMeta{Namespace: namespace, Name: name, Labels: labels},
		Spec:       &api.PodSpec{NodeName: node},
	}
}

func create(o api.Object) store.Write { return store.Write{Verb: store.VerbCreate, Object: o} }

func Example() {
	s := store.New(store.Options{})
	made, _ := s.Put(create(pod("default", "web", "", nil)))
	before := s.Latest(store.AllKinds)

	moved := made.New.Clone().(*api.Pod)
	moved.Spec = &api.PodSpec{NodeName: "node-1"}
	s.Put(store.Write{Verb: store.VerbUpdate, ID: made.ID, Object: moved, Actor: s.Symbol("scheduler")})

	then, _, _ := before.Get(api.KindPod, "default", "web")
	now, _, _ := s.Latest(store.AllKinds).Get(api.KindPod, "default", "web")
	fmt.Printf("revision %d: node %q\n", before.Revision(), then.(*api.Pod).Spec.NodeName)
	fmt.Printf("revision %d: node %q\n", s.Revision(), now.(*api.Pod).Spec.NodeName)
	// Output:
	// revision 1: node ""
	// revision 2: node "node-1"
}

func ExampleStore_Watch() {
	s := store.New(store.Options{})
	s.Put(create(pod("default", "a", "", nil)))
	watch := s.Watch(api.KindsOf(api.KindPod), s.Revision())
	made, _ := s.Put(create(pod("default", "b", "", nil)))
	s.Put(store.Write{Verb: store.VerbDelete, ID: made.ID})
	for c, ok := watch.Next(); ok; c, ok = watch.Next() {
		fmt.Println(c.Rev, c.Verb, c.Object().Meta().Name)
	}
	// Output:
	// 2 create b
	// 3 delete b
}

func TestPutRefusesWhatContradictsTheStore(t *testing.T) {
	s := store.New(store.Options{})
	made, err := s.Put(create(pod("default", "web", "", nil)))
	require.NoError(t, err)
	_, err = s.Put(create(pod("default", "web", "", nil)))
	require.EqualError(t, err, "store: Pod default/web exists")
	_, err = s.Put(store.Write{Verb: store.VerbUpdate, ID: 7, Object: pod("default", "x", "", nil)})
	require.EqualError(t, err, "store: update of object 7, which was never created")
	_, err = s.Put(store.Write{Verb: store.VerbDelete, ID: made.ID})
	require.NoError(t, err)
	_, err = s.Put(store.Write{Verb: store.VerbDelete, ID: made.ID})
	require.EqualError(t, err, "store: delete of object 1, which was deleted at revision 2")
	require.EqualValues(t, 2, s.Revision(), "what was refused leaves no trace")
}

func TestASnapshotReadsOnlyWhatItDeclared(t *testing.T) {
	s := store.New(store.Options{})
	require.PanicsWithValue(t, "orchestrate: bug: a reader that did not declare it reads Pod", func() {
		s.Latest(api.KindsOf(api.KindNode)).Get(api.KindPod, "default", "web")
	})
}

func TestVerifyFrozenFindsAChangedObject(t *testing.T) {
	s := store.New(store.Options{VerifyFrozen: true})
	made, err := s.Put(create(pod("default", "web", "", map[string]string{"app": "web"})))
	require.NoError(t, err)
	require.NoError(t, s.VerifyFrozen())
	made.New.Meta().Labels["app"] = "other"
	require.EqualError(t, s.VerifyFrozen(), "store: Pod default/web was changed after it was stored at revision 1")
}

// model is the dumb store: a full copy of the world at each revision.
type model struct {
	worlds []map[string]*api.Pod // by revision
}

// operate does one random thing to both.
func operate(t *rapid.T, s *store.Store, m *model) {
	world := maps.Clone(m.worlds[len(m.worlds)-1])
	namespace := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "namespace")
	name := rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "name")
	key := namespace + "/" + name
	p := pod(namespace, name, rapid.SampledFrom([]string{"", "n1", "n2"}).Draw(t, "node"),
		map[string]string{"app": rapid.SampledFrom([]string{"web", "db"}).Draw(t, "app")})
	p.OwnerReferences = []api.OwnerReference{{UID: api.UID(rapid.SampledFrom([]string{"o1", "o2"}).Draw(t, "owner"))}}
	_, id, exists := s.Latest(store.AllKinds).Get(api.KindPod, namespace, name)
	w := store.Write{Time: time.Duration(len(m.worlds)), Object: p, ID: id}
	switch {
	case !exists:
		w.Verb = store.VerbCreate
		world[key] = p
	case rapid.Bool().Draw(t, "delete"):
		w.Verb, w.Object = store.VerbDelete, nil
		delete(world, key)
	default:
		w.Verb = store.VerbUpdate
		world[key] = p
	}
	_, err := s.Put(w)
	require.NoError(t, err)
	m.worlds = append(m.worlds, world)
}

// check compares a snapshot with the model in every way of asking.
func check(t *rapid.T, sn store.Snapshot, world map[string]*api.Pod) {
	want := slices.Sorted(maps.Keys(world))
	names := func(seq func(func(store.ID, api.Object) bool)) []string {
		var out []string
		for _, o := range seq {
			out = append(out, o.Meta().Namespace+"/"+o.Meta().Name)
		}
		return out
	}
	require.Equal(t, want, names(sn.List(api.KindPod)), "a list is sorted")
	filtered := func(keep func(*api.Pod) bool) []string {
		var out []string
		for _, key := range want {
			if keep(world[key]) {
				out = append(out, key)
			}
		}
		return out
	}
	require.ElementsMatch(t, filtered(func(p *api.Pod) bool { return p.Namespace == "a" }), names(sn.InNamespace(api.KindPod, "a")))
	require.ElementsMatch(t, filtered(func(p *api.Pod) bool { return p.Spec.NodeName == "n1" }), names(sn.ByNode(api.KindPod, "n1")))
	require.ElementsMatch(t, filtered(func(p *api.Pod) bool { return p.Labels["app"] == "web" }), names(sn.ByLabel(api.KindPod, "app", "web")))
	require.ElementsMatch(t, filtered(func(p *api.Pod) bool { return p.OwnerReferences[0].UID == "o1" }), names(sn.ByOwner(api.KindPod, "o1")))
}

func TestEverySnapshotEqualsTheDumbStore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, m := store.New(store.Options{VerifyFrozen: true}), &model{worlds: []map[string]*api.Pod{{}}}
		for range rapid.IntRange(0, 30).Draw(t, "operations") {
			operate(t, s, m)
			if rapid.IntRange(0, 9).Draw(t, "truncate") == 0 {
				back := rapid.IntRange(0, len(m.worlds)-1).Draw(t, "back to")
				s.Truncate(api.Revision(back))
				m.worlds = m.worlds[:back+1]
			}
			check(t, s.Latest(store.AllKinds), m.worlds[len(m.worlds)-1])
		}
		for rev, world := range m.worlds {
			sn, err := s.At(api.Revision(rev), store.AllKinds)
			require.NoError(t, err)
			check(t, sn, world)
			require.EqualValues(t, rev, s.Latest(store.AllKinds).AsOf(time.Duration(rev)).Revision(), "revision n was written at n")
			require.EqualValues(t, rev, sn.AsOf(time.Hour).Revision(), "no snapshot looks ahead")
		}
		require.NoError(t, s.VerifyFrozen())
	})
}

func TestAWatchSeesEveryLaterChangeOnceInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, m := store.New(store.Options{}), &model{worlds: []map[string]*api.Pod{{}}}
		total := rapid.IntRange(1, 20).Draw(t, "operations")
		from := rapid.IntRange(0, total-1).Draw(t, "from")
		for range total {
			operate(t, s, m)
		}
		watch := s.Watch(api.KindsOf(api.KindPod), api.Revision(from))
		for want := from + 1; want <= total; want++ {
			c, ok := watch.Next()
			require.True(t, ok)
			require.EqualValues(t, want, c.Rev)
		}
		_, ok := watch.Next()
		require.False(t, ok)
	})
}

// Events that are made with Unique are found by name all the same, whenever somebody asks, and after a truncation.
func TestUniqueEventsAreFoundByName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, want := store.New(store.Options{}), map[string]api.Revision{}
		for i := range rapid.IntRange(1, 20).Draw(t, "operations") {
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0: // an Event of a person, who may use a name again
				e := &api.Event{ObjectMeta: api.ObjectMeta{Namespace: "a", Name: "mine"}}
				_, err := s.Put(store.Write{Verb: store.VerbCreate, Object: e})
				require.Equal(t, want["mine"] != 0, err != nil)
				if err == nil {
					want["mine"] = s.Revision()
				}
			case 1:
				back := api.Revision(rapid.IntRange(0, int(s.Revision())).Draw(t, "back"))
				s.Truncate(back)
				maps.DeleteFunc(want, func(_ string, rev api.Revision) bool { return rev > back })
			case 2:
				for name, rev := range want {
					o, _, ok := s.Latest(store.AllKinds).Get(api.KindEvent, "a", name)
					require.True(t, ok, name)
					require.Equal(t, rev, o.Meta().ResourceVersion)
				}
				_, _, ok := s.Latest(store.AllKinds).Get(api.KindEvent, "a", "nobody")
				require.False(t, ok)
			default:
				e := &api.Event{ObjectMeta: api.ObjectMeta{Namespace: "a", Name: fmt.Sprint("e", i)}}
				_, err := s.Put(store.Write{Verb: store.VerbCreate, Object: e, Unique: true})
				require.NoError(t, err)
				want[e.Name] = s.Revision()
			}
		}
		names := 0
		for range s.Latest(store.AllKinds).List(api.KindEvent) {
			names++
		}
		require.Equal(t, len(want), names)
	})
}
