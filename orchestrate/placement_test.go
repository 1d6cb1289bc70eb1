package orchestrate_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// placed is a world of three zones in which pods spread, keep apart, stay together, and some wait for room.
func placed(seed uint64) *orchestrate.Cluster {
	nodes := orchestrate.Nodes(5)
	for i := range nodes {
		nodes[i].CPU = "2"
		nodes[i].Labels = map[string]string{api.LabelZone: fmt.Sprint("zone-", i%3)}
	}
	nodes[4].Taints = []api.Taint{{Key: "soft", Effect: api.TaintPreferNoSchedule}}
	return orchestrate.New(orchestrate.Options{Seed: seed, Nodes: nodes})
}

// zoned puts the nodes into three zones.
func zoned(c *orchestrate.Cluster) error {
	for i := range 5 {
		o, _, _ := c.Snapshot().Get(api.KindNode, "", fmt.Sprint("node-", i+1))
		n := api.DeepCopy(o).(*api.Node)
		n.Labels[api.LabelZone] = fmt.Sprint("zone-", i%3)
		if _, err := c.Do(orchestrate.Request{Verb: store.VerbUpdate, Object: n}); err != nil {
			return err
		}
	}
	return nil
}

func particular(name, app string, i int) *api.Pod {
	p := newPod(fmt.Sprint(name, "-", i), "nginx")
	p.Labels = map[string]string{"app": app}
	p.Spec.Containers[0].Resources.Requests = api.ResourceList{api.ResourceCPU: api.MustQuantity("300m")}
	of := &api.LabelSelector{MatchLabels: p.Labels}
	term := []api.PodAffinityTerm{{LabelSelector: of, TopologyKey: api.LabelHostname}}
	switch name {
	case "even":
		p.Spec.TopologySpreadConstraints = []api.TopologySpreadConstraint{{MaxSkew: 1, TopologyKey: api.LabelZone, WhenUnsatisfiable: api.DoNotSchedule, LabelSelector: of}}
	case "apart":
		p.Spec.Affinity = &api.Affinity{PodAntiAffinity: &api.PodAffinity{RequiredDuringSchedulingIgnoredDuringExecution: term}}
	case "near":
		p.Spec.Affinity = &api.Affinity{PodAffinity: &api.PodAffinity{RequiredDuringSchedulingIgnoredDuringExecution: term}}
	}
	return p
}

// churn does one random thing to the placed world and lets a little time pass.
func churn(t *rapid.T, c *orchestrate.Cluster, i int) {
	kind := rapid.SampledFrom([]string{"even", "apart", "near", "plain", "delete", "delete", "cordon", "node"}).Draw(t, "kind")
	var pods []*api.Pod
	for _, o := range c.Snapshot().List(api.KindPod) {
		pods = append(pods, o.(*api.Pod))
	}
	switch kind {
	case "delete":
		if len(pods) > 0 {
			p := pods[rapid.IntRange(0, len(pods)-1).Draw(t, "pod")]
			c.Input("", "delete")
			_, err := c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: p.Name, GracePeriod: new(int64)})
			require.NoError(t, err)
		}
	case "cordon":
		o, _, _ := c.Snapshot().Get(api.KindNode, "", fmt.Sprint("node-", rapid.IntRange(1, 5).Draw(t, "node")))
		n := o.Clone().(*api.Node)
		n.Spec.Unschedulable = !n.Spec.Unschedulable
		_, err := c.Do(orchestrate.Request{Verb: store.VerbUpdate, Object: n})
		require.NoError(t, err)
	case "node":
		o, _, _ := c.Snapshot().Get(api.KindNode, "", "node-1")
		n := api.DeepCopy(o).(*api.Node)
		n.ObjectMeta = api.ObjectMeta{Name: fmt.Sprint("late-", i), Labels: map[string]string{api.LabelHostname: fmt.Sprint("late-", i)}}
		n.Spec = api.NodeSpec{}
		create(t, c, n)
	default:
		for j := range rapid.IntRange(1, 3).Draw(t, "pods") {
			create(t, c, particular(kind, rapid.SampledFrom([]string{"web", "db"}).Draw(t, "app"), 10*i+j))
		}
	}
	require.NoError(t, c.Advance(time.Duration(rapid.IntRange(0, 2000).Draw(t, "ms"))*time.Millisecond))
}

// What the scheduler keeps can be built again from the store: going back and on again gives the same world, pods that wait
// included, and a scheduler that crashed finds a place for as many.
func TestWhatTheSchedulerKeepsCanBeBuiltAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := placed(uint64(rapid.IntRange(0, 99).Draw(t, "seed")))
		for i := range rapid.IntRange(1, 12).Draw(t, "things") {
			churn(t, c, i)
			if rapid.IntRange(1, 4).Draw(t, "crash") == 1 {
				require.NoError(t, c.Crash("default-scheduler"))
			}
		}
		point := c.Checkpoint()
		settle(t, c)
		hash := c.TraceHash()
		require.NoError(t, c.Restore(point))
		settle(t, c)
		require.Equal(t, hash, c.TraceHash())
		sn := c.Snapshot()
		for _, o := range sn.ByNode(api.KindPod, "") {
			if d, ok := c.Decision("default", o.Meta().Name, c.Revision()); ok {
				require.Zero(t, d.Ties, "%s waits, but fits", o.Meta().Name)
			}
		}
	})
}

func TestADecisionIsThatOfItsTime(t *testing.T) {
	c := placed(3)
	create(t, c, particular("apart", "web", 1), particular("apart", "web", 2), particular("even", "db", 1))
	settle(t, c)
	before := map[string]orchestrate.Decision{}
	for _, name := range []string{"apart-1", "apart-2", "even-1"} {
		d, ok := c.Decision("default", name, c.Revision())
		require.True(t, ok)
		require.Equal(t, find(c, name).Spec.NodeName, d.Node)
		best := int64(0)
		chosen := int64(-1)
		for _, v := range d.Verdicts {
			best = max(best, v.Score)
			if v.Node == d.Node {
				chosen = v.Score
			}
		}
		require.Equal(t, best, chosen, "the chosen node has the best score of %s", name)
		before[name] = d
	}
	for i := range 3 {
		create(t, c, particular("plain", "web", i))
	}
	settle(t, c)
	for name, d := range before {
		again, _ := c.Decision("default", name, c.Revision())
		require.Equal(t, d, again)
	}
	_, ok := c.Decision("default", "nobody", c.Revision())
	require.False(t, ok)
}
