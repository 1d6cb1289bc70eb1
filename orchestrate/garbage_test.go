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

func config(name string, owners ...*api.ConfigMap) *api.ConfigMap {
	c := &api.ConfigMap{ObjectMeta: api.ObjectMeta{Name: name, Namespace: "default"}}
	for _, o := range owners {
		blocks := true
		c.OwnerReferences = append(c.OwnerReferences, api.OwnerReference{
			APIVersion: "v1", Kind: "ConfigMap", Name: o.Name, UID: o.UID, BlockOwnerDeletion: &blocks,
		})
	}
	return c
}

// stored creates a ConfigMap and gives it as it is stored.
func stored(t require.TestingT, c *orchestrate.Cluster, o *api.ConfigMap) *api.ConfigMap {
	made, err := c.Do(orchestrate.Request{Verb: store.VerbCreate, Object: o})
	require.NoError(t, err)
	return made.(*api.ConfigMap)
}

func deleteConfig(t require.TestingT, c *orchestrate.Cluster, name string, how api.DeletionPropagation) {
	c.Input("", "delete "+name)
	_, err := c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindConfigMap, Namespace: "default", Name: name, Propagation: how})
	require.NoError(t, err)
}

// configs are those there are, each with the names of its owners; one that is being deleted has a minus.
func configs(c *orchestrate.Cluster) (out []string) {
	for _, o := range c.Snapshot().List(api.KindConfigMap) {
		m := o.Meta()
		if m.Namespace != "default" || m.Name == "kube-root-ca.crt" {
			continue
		}
		text := m.Name
		for _, r := range m.OwnerReferences {
			text += "<" + r.Name
		}
		if m.DeletionTimestamp != 0 {
			text += "-"
		}
		out = append(out, text)
	}
	return out
}

func TestGarbage(t *testing.T) {
	for _, test := range []struct {
		name string
		live func(t *testing.T, c *orchestrate.Cluster)
		want []string
	}{
		{"an owner that never was", func(t *testing.T, c *orchestrate.Cluster) {
			stored(t, c, config("child", &api.ConfigMap{ObjectMeta: api.ObjectMeta{Name: "ghost", UID: "none"}}))
		}, nil},
		{"an owner of the right name, but another life", func(t *testing.T, c *orchestrate.Cluster) {
			o := stored(t, c, config("owner"))
			stored(t, c, config("child", &api.ConfigMap{ObjectMeta: api.ObjectMeta{Name: o.Name, UID: "earlier"}}))
		}, []string{"owner"}},
		{"in the background the owner goes first", func(t *testing.T, c *orchestrate.Cluster) {
			child := stored(t, c, config("child", stored(t, c, config("owner"))))
			stored(t, c, config("grandchild", child))
			deleteConfig(t, c, "owner", api.DeleteBackground)
			require.Equal(t, []string{"child<owner", "grandchild<child"}, configs(c))
		}, nil},
		{"one of two owners is left", func(t *testing.T, c *orchestrate.Cluster) {
			stored(t, c, config("child", stored(t, c, config("o1")), stored(t, c, config("o2"))))
			deleteConfig(t, c, "o1", "")
		}, []string{"child<o2", "o2"}},
		{"orphans stay", func(t *testing.T, c *orchestrate.Cluster) {
			stored(t, c, config("child", stored(t, c, config("owner"))))
			deleteConfig(t, c, "owner", api.DeleteOrphan)
			require.Equal(t, []string{"child<owner", "owner-"}, configs(c))
		}, []string{"child"}},
		{"in the foreground the owner waits for what is held", func(t *testing.T, c *orchestrate.Cluster) {
			child := config("child", stored(t, c, config("owner")))
			child.Finalizers = []string{"example.com/hold"}
			stored(t, c, child)
			deleteConfig(t, c, "owner", api.DeleteForeground)
		}, []string{"child<owner-", "owner-"}},
		{"but not for what does not block it", func(t *testing.T, c *orchestrate.Cluster) {
			child := config("child", stored(t, c, config("owner")))
			child.Finalizers = []string{"example.com/hold"}
			child.OwnerReferences[0].BlockOwnerDeletion = nil
			stored(t, c, child)
			deleteConfig(t, c, "owner", api.DeleteForeground)
		}, []string{"child<owner-"}},
		{"from the foreground to the background", func(t *testing.T, c *orchestrate.Cluster) {
			child := config("child", stored(t, c, config("owner")))
			child.Finalizers = []string{"example.com/hold"}
			stored(t, c, child)
			deleteConfig(t, c, "owner", api.DeleteForeground)
			deleteConfig(t, c, "owner", api.DeleteBackground)
		}, []string{"child<owner-"}},
		{"an owner in the foreground and another", func(t *testing.T, c *orchestrate.Cluster) {
			stored(t, c, config("child", stored(t, c, config("o1")), stored(t, c, config("o2"))))
			deleteConfig(t, c, "o1", api.DeleteForeground)
		}, []string{"child<o2", "o2"}},
		{"a circle left alone stays", func(t *testing.T, c *orchestrate.Cluster) { circle(t, c) }, []string{"a<c", "b<a", "c<b"}},
		{"a circle in the background", func(t *testing.T, c *orchestrate.Cluster) {
			circle(t, c)
			deleteConfig(t, c, "a", api.DeleteBackground)
		}, nil},
		{"a circle in the foreground", func(t *testing.T, c *orchestrate.Cluster) {
			circle(t, c)
			deleteConfig(t, c, "b", api.DeleteForeground)
		}, nil},
		{"of a kind nobody knows nothing is known", func(t *testing.T, c *orchestrate.Cluster) {
			child := config("child", stored(t, c, config("owner")))
			child.OwnerReferences[0].Kind = "Widget"
			stored(t, c, child)
		}, []string{"child<owner", "owner"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := orchestrate.New(orchestrate.Options{VerifyFrozen: true})
			test.live(t, c)
			settle(t, c)
			require.Equal(t, test.want, configs(c))
			require.NoError(t, c.VerifyFrozen())
		})
	}
}

// circle is a that belongs to c, that belongs to b, that belongs to a.
func circle(t *testing.T, c *orchestrate.Cluster) {
	a := stored(t, c, config("a"))
	b := stored(t, c, config("b", a))
	last := stored(t, c, config("c", b))
	change(t, c, "a", func(o *api.ConfigMap) { o.OwnerReferences = config("", last).OwnerReferences })
}

func TestAFinalizerThatNeverGoesIsWaitedForInPeace(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{})
	held := config("held")
	held.Finalizers = []string{"example.com/hold"}
	stored(t, c, held)
	deleteConfig(t, c, "held", "")
	settle(t, c)
	before := c.Revision()
	require.NoError(t, c.Advance(24*time.Hour))
	require.Equal(t, before, c.Revision())
	chain := c.Why(api.KindConfigMap, "default", "held", before)
	require.Equal(t, "delete held", chain[0].Input)
	require.Equal(t, "Deleting", chain[len(chain)-1].Reason)
	change(t, c, "held", func(o *api.ConfigMap) { o.Finalizers = nil })
	require.Empty(t, configs(c))
}

func TestDeletingADeploymentTakesItsPodsWithIt(t *testing.T) {
	for _, how := range []api.DeletionPropagation{api.DeleteBackground, api.DeleteForeground} {
		t.Run(string(how), func(t *testing.T) {
			c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
			create(t, c, newDeployment("web", "nginx", 3))
			settle(t, c)
			c.Input("", "kubectl delete deployment web")
			_, err := c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindDeployment, Namespace: "default", Name: "web", Propagation: how})
			require.NoError(t, err)
			start := c.Revision()
			settle(t, c)
			require.Equal(t, []string{"0 pods"}, workloads(c))
			watch := c.Watch(api.KindsOf(api.KindDeployment, api.KindReplicaSet, api.KindPod), start)
			var gone []string
			for ch, ok := watch.Next(); ok; ch, ok = watch.Next() {
				if ch.Verb == store.VerbDelete {
					gone = append(gone, ch.Kind.String())
				}
				require.NotEqual(t, store.VerbCreate, ch.Verb, "nothing is made again")
			}
			want := []string{"ReplicaSet", "Pod", "Pod", "Pod"}
			if how == api.DeleteForeground {
				want = []string{"Pod", "Pod", "Pod", "ReplicaSet", "Deployment"}
			}
			require.Equal(t, want, gone)
		})
	}
}

func TestNoOrphanIsLeftWithoutAReason(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := orchestrate.New(orchestrate.Options{})
		var there []*api.ConfigMap
		for i := range rapid.IntRange(1, 10).Draw(t, "objects") {
			var owners []*api.ConfigMap
			for range rapid.IntRange(0, min(2, len(there))).Draw(t, "owners") {
				o := rapid.SampledFrom(there).Draw(t, "owner")
				if len(owners) == 0 || owners[0].UID != o.UID {
					owners = append(owners, o)
				}
			}
			there = append(there, stored(t, c, config(fmt.Sprint("c", i), owners...)))
		}
		for range rapid.IntRange(0, 4).Draw(t, "deletions") {
			name := rapid.SampledFrom(there).Draw(t, "victim").Name
			how := rapid.SampledFrom([]api.DeletionPropagation{"", api.DeleteForeground, api.DeleteOrphan}).Draw(t, "how")
			_, err := c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindConfigMap, Namespace: "default", Name: name, Propagation: how})
			if err != nil {
				require.ErrorContains(t, err, "not found")
			}
			require.NoError(t, c.Advance(time.Duration(rapid.IntRange(0, 200).Draw(t, "ms"))*time.Millisecond))
			if rapid.Bool().Draw(t, "crash") {
				require.NoError(t, c.Crash("garbage-collector"))
			}
		}
		settle(t, c)
		for _, o := range c.Snapshot().InNamespace(api.KindConfigMap, "default") {
			require.Zero(t, o.Meta().DeletionTimestamp, "nothing holds it, so it should be gone")
			for _, ref := range o.Meta().OwnerReferences {
				owner, _, ok := c.Snapshot().Get(api.KindConfigMap, "default", ref.Name)
				require.True(t, ok && owner.Meta().UID == ref.UID, "%s belongs to %s, which is gone", o.Meta().Name, ref.Name)
			}
		}
	})
}

func TestEveryNamespaceIsFurnished(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{})
	create(t, c, &api.Namespace{ObjectMeta: api.ObjectMeta{Name: "shop"}})
	settle(t, c)
	for _, namespace := range []string{"default", "kube-system", "shop"} {
		_, _, account := c.Snapshot().Get(api.KindServiceAccount, namespace, "default")
		o, _, ca := c.Snapshot().Get(api.KindConfigMap, namespace, "kube-root-ca.crt")
		require.True(t, account && ca, namespace)
		require.Contains(t, o.(*api.ConfigMap).Data["ca.crt"], "a model cluster has no certificates")
	}
	deleteConfig(t, c, "kube-root-ca.crt", "")
	settle(t, c)
	_, _, ca := c.Snapshot().Get(api.KindConfigMap, "default", "kube-root-ca.crt")
	require.True(t, ca, "it is made again")
}
