package store_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// wander does one random thing to a world of nodes, pods on them, and what pods own: their sandboxes and Events.
func wander(t *rapid.T, s *store.Store) {
	sn := s.Latest(store.AllKinds)
	kind := rapid.SampledFrom([]api.Kind{api.KindNode, api.KindPod, api.KindSandbox, api.KindEvent}).Draw(t, "kind")
	name := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name")
	node := rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "node")
	old, id, exists := sn.Get(kind, "", name)
	w := store.Write{Verb: store.VerbDelete, ID: id}
	if !exists || rapid.IntRange(0, 2).Draw(t, "delete") > 0 {
		w.Verb = store.VerbUpdate
		meta := api.ObjectMeta{Name: name, UID: api.UID(fmt.Sprint(kind, name, s.Revision()))}
		if exists {
			meta.UID = old.Meta().UID
		} else {
			w.Verb = store.VerbCreate
		}
		owner, near, owned := sn.Get(api.KindPod, "", rapid.SampledFrom([]string{"a", "b"}).Draw(t, "owner"))
		if owned && kind != api.KindEvent && kind != api.KindNode {
			meta.OwnerReferences = []api.OwnerReference{{UID: owner.Meta().UID}}
		}
		if rapid.Bool().Draw(t, "knows") {
			w.Near = near
		} else {
			w.Near = store.ID(rapid.IntRange(0, 9).Draw(t, "mistaken"))
		}
		switch kind {
		case api.KindNode:
			w.Object = &api.Node{ObjectMeta: meta}
		case api.KindPod:
			w.Object = &api.Pod{ObjectMeta: meta, Spec: &api.PodSpec{NodeName: node}}
		case api.KindSandbox:
			w.Object = &api.Sandbox{ObjectMeta: meta, Node: node}
		default:
			e := &api.Event{ObjectMeta: meta}
			if owned {
				e.InvolvedObject.UID = owner.Meta().UID
			}
			w.Object = e
		}
	}
	_, err := s.Put(w)
	require.NoError(t, err)
}

func ids(seq func(func(store.ID, api.Object) bool)) []store.ID {
	found := map[store.ID]bool{}
	for id := range seq {
		found[id] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// What leads from one object to the next says the same as looking for it among all, at every revision, whatever was truncated.
func TestWhatIsNearIsFoundAsAmongAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := store.New(store.Options{})
		for range rapid.IntRange(1, 40).Draw(t, "operations") {
			wander(t, s)
			if rapid.IntRange(0, 9).Draw(t, "truncate") == 0 {
				s.Truncate(api.Revision(rapid.IntRange(0, int(s.Revision())).Draw(t, "back to")))
			}
		}
		for rev := range s.Revision() + 1 {
			sn, err := s.At(rev, store.AllKinds)
			require.NoError(t, err)
			near(t, sn)
		}
	})
}

func near(t *rapid.T, sn store.Snapshot) {
	for _, kind := range []api.Kind{api.KindPod, api.KindSandbox} {
		on := map[string][]store.ID{}
		for id, o := range sn.List(kind) {
			name := ""
			switch o := o.(type) {
			case *api.Pod:
				name = o.Spec.NodeName
			case *api.Sandbox:
				name = o.Node
			}
			on[name] = append(on[name], id)
			want, wantID, there := sn.Get(api.KindNode, "", name)
			node, nodeID, ok := sn.NodeOf(id)
			require.Equal(t, there, ok)
			require.Equal(t, wantID, nodeID)
			require.Equal(t, want, node)
		}
		for _, name := range []string{"", "a", "b", "c"} {
			slices.Sort(on[name])
			require.Equal(t, on[name], ids(sn.ByNode(kind, name)), name)
			if _, id, ok := sn.Get(api.KindNode, "", name); ok {
				require.Equal(t, on[name], ids(sn.OnNode(kind, id)), name)
			}
		}
	}
	owned := map[api.UID]map[api.Kind][]store.ID{}
	enter := func(uid api.UID, kind api.Kind, id store.ID) {
		if owned[uid] == nil {
			owned[uid] = map[api.Kind][]store.ID{}
		}
		owned[uid][kind] = append(owned[uid][kind], id)
	}
	kinds := []api.Kind{api.KindPod, api.KindSandbox, api.KindEvent}
	for _, kind := range kinds {
		for id, o := range sn.List(kind) {
			for _, ref := range o.Meta().OwnerReferences {
				enter(ref.UID, kind, id)
				if owner, ok := sn.ByID(sn.MadeFor(id)); ok && kind != api.KindPod {
					require.Equal(t, api.KindPod, owner.Kind())
				}
			}
			if e, ok := o.(*api.Event); ok && e.InvolvedObject.UID != "" {
				enter(e.InvolvedObject.UID, kind, id)
			}
		}
	}
	for id, o := range sn.List(api.KindPod) {
		for _, kind := range kinds {
			want := owned[o.Meta().UID][kind]
			slices.Sort(want)
			require.Equal(t, want, ids(sn.ByOwner(kind, o.Meta().UID)), kind)
			require.Equal(t, want, ids(sn.OwnedBy(kind, id, o.Meta().UID)), kind)
		}
	}
}

func TestAnActorIsNamedAfterTheNodeOfAnObject(t *testing.T) {
	s := store.New(store.Options{})
	kubelet := s.Symbol("kubelet")
	put := func(o api.Object) store.ID {
		made, err := s.Put(store.Write{Verb: store.VerbCreate, Object: o})
		require.NoError(t, err)
		return made.ID
	}
	node := put(&api.Node{ObjectMeta: api.ObjectMeta{Name: "n1"}})
	pod := put(&api.Pod{ObjectMeta: api.ObjectMeta{Name: "web"}, Spec: &api.PodSpec{NodeName: "n1"}})
	lease := put(&api.Lease{ObjectMeta: api.ObjectMeta{Name: "n1"}})
	require.Equal(t, "kubelet n1", s.Word(s.ActorAt(kubelet, node)))
	for _, word := range []string{"kubelet", "containerd", "more than are kept", "kubelet"} {
		require.Equal(t, word+" n1", s.Word(s.ActorAt(s.Symbol(word), pod)))
	}
	require.Equal(t, "kubelet", s.Word(s.ActorAt(kubelet, lease)), "which is on no node")
}
