package controller

import (
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestEviction(t *testing.T) {
	seconds := func(n int64) *int64 { return &n }
	evict := func(key string, at api.Time) api.Taint {
		return api.Taint{Key: key, Effect: api.TaintNoExecute, TimeAdded: at}
	}
	exists := func(key string, s *int64) api.Toleration {
		return api.Toleration{Key: key, Operator: api.TolerationExists, Effect: api.TaintNoExecute, TolerationSeconds: s}
	}
	for _, test := range []struct {
		name        string
		taints      []api.Taint
		tolerations []api.Toleration
		bound       api.Time
		at          api.Time
		leaves      bool
	}{
		{"no taint", nil, nil, 0, 0, false},
		{"a taint that only keeps others off", []api.Taint{{Key: "a", Effect: api.TaintNoSchedule}}, nil, 0, 0, false},
		{"nobody tolerates it", []api.Taint{evict("a", 100)}, nil, 50, 0, true},
		{"tolerated for ever", []api.Taint{evict("a", 100)}, []api.Toleration{exists("a", nil)}, 50, 0, false},
		{"tolerated for a while", []api.Taint{evict("a", 100)}, []api.Toleration{exists("a", seconds(300))}, 50, 400, true},
		{"the shorter of two", []api.Taint{evict("a", 100)}, []api.Toleration{exists("", seconds(30)), exists("a", seconds(300))}, 50, 130, true},
		{"a limit counts, whoever tolerates it for ever", []api.Taint{evict("a", 100)}, []api.Toleration{exists("a", nil), exists("a", seconds(10))}, 50, 110, true},
		{"the first of two taints", []api.Taint{evict("a", 100), evict("b", 90)}, []api.Toleration{exists("", seconds(60))}, 50, 150, true},
		{"one of two taints is too much", []api.Taint{evict("a", 100), evict("b", 90)}, []api.Toleration{exists("a", seconds(60))}, 50, 0, true},
		{"a pod that came later has its time from then", []api.Taint{evict("a", 100)}, []api.Toleration{exists("a", seconds(60))}, 120, 180, true},
		{"another value", []api.Taint{{Key: "a", Value: "x", Effect: api.TaintNoExecute}}, []api.Toleration{{Key: "a", Value: "y"}}, 0, 0, true},
		{"the same value", []api.Taint{{Key: "a", Value: "x", Effect: api.TaintNoExecute}}, []api.Toleration{{Key: "a", Value: "x"}}, 0, 0, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := &api.Pod{Spec: &api.PodSpec{Tolerations: test.tolerations}}
			p.Status.Conditions = []api.PodCondition{{Type: api.PodScheduled, Status: api.ConditionTrue, LastTransitionTime: test.bound}}
			at, leaves := eviction(p, test.taints)
			require.Equal(t, test.leaves, leaves)
			require.Equal(t, test.at, at)
		})
	}
}

func TestZonesThatAreMostlyLostAreLetBe(t *testing.T) {
	for _, test := range []struct {
		name       string
		here, lost int
		want       float64 // seconds; negative for never
	}{
		{"one of many", 10, 1, 10},
		{"two of three are few", 3, 2, 10},
		{"most of a small zone", 10, 6, -1},
		{"most of a large zone", 100, 60, 100},
		{"all of a zone, while others live", 10, 10, 10},
	} {
		z := tallyOfNodes{test.here, test.lost}
		if test.want < 0 {
			require.Negative(t, z.pause(), test.name)
			continue
		}
		require.InDelta(t, test.want, z.pause().Seconds(), 0, test.name)
	}
}

func TestTheDigestOfNodesEqualsCountingAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, z := store.New(store.Options{}), newZones()
		ids := map[string]store.ID{}
		for range rapid.IntRange(1, 30).Draw(t, "operations") {
			name := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "node")
			n := &api.Node{ObjectMeta: api.ObjectMeta{Name: name, Labels: map[string]string{
				"topology.kubernetes.io/zone": rapid.SampledFrom([]string{"x", "y"}).Draw(t, "zone"),
			}}}
			n.Status.Conditions = []api.NodeCondition{{Type: api.NodeReady, Status: rapid.SampledFrom([]api.ConditionStatus{"True", "False", "Unknown"}).Draw(t, "ready")}}
			if rapid.Bool().Draw(t, "evicts") {
				n.Spec.Taints = []api.Taint{{Key: api.TaintNodeNotReady, Effect: api.TaintNoExecute, TimeAdded: 7}}
			}
			w := store.Write{Verb: store.VerbCreate, Object: n}
			if id, there := ids[name]; there {
				w.Verb, w.ID = store.VerbUpdate, id
				if rapid.Bool().Draw(t, "remove") {
					w.Verb, w.Object = store.VerbDelete, nil
				}
			}
			c, err := s.Put(w)
			require.NoError(t, err)
			z.observe(c)
			ids[name] = c.ID
			if w.Verb == store.VerbDelete {
				delete(ids, name)
			}
			again := newZones()
			for id, o := range s.Latest(store.AllKinds).List(api.KindNode) {
				again.observe(store.Change{ID: id, Kind: api.KindNode, Verb: store.VerbCreate, New: o})
			}
			require.Equal(t, again.whole, z.whole)
			require.Equal(t, again.parts, z.parts)
			require.ElementsMatch(t, again.lost, z.lost)
			require.ElementsMatch(t, again.evicting, z.evicting)
		}
	})
}
