package orchestrate_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// deed is one thing that people or bad luck do to a world. It is data, so that the same deeds can be done to many worlds;
// what it means depends on what there is at that moment.
type deed struct {
	Verb       string
	App        string
	N, M       int
	Image, How string
	Steps      int // of the world before it is done
}

var deedVerbs = []string{
	"create", "create", "scale", "scale", "roll", "roll", "undo", "delete", "delete-pod", "label", "cordon", "drain", "serve",
	"node-down", "network-cut", "kubelet-down", "container-crash", "component-crash", "component-down", "registry-down", "mend",
}

var goodImages = []string{"nginx", "nginx:1.26", "nginx:1.27"}

func drawDeeds(t *rapid.T) []deed {
	one := rapid.Custom(func(t *rapid.T) deed {
		return deed{
			Verb:  rapid.SampledFrom(deedVerbs).Draw(t, "verb"),
			App:   rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "app"),
			N:     rapid.IntRange(0, 5).Draw(t, "n"),
			M:     rapid.IntRange(0, 3).Draw(t, "m"),
			Image: rapid.SampledFrom(append([]string{"nobody/has-this", "busybox"}, goodImages...)).Draw(t, "image"),
			How:   rapid.SampledFrom([]string{"", "Foreground", "Orphan"}).Draw(t, "how"),
			Steps: rapid.IntRange(0, 120).Draw(t, "steps"),
		}
	})
	return rapid.SliceOfN(one, 1, 14).Draw(t, "deeds")
}

// chaos is a world to which deeds are done. Its four nodes have room for 24 pods.
type chaos struct {
	*orchestrate.Cluster
	t require.TestingT
}

func newChaos(t require.TestingT, o orchestrate.Options) chaos {
	o.Nodes = make([]orchestrate.NodeSpec, 4)
	for i := range o.Nodes {
		o.Nodes[i].CPU = "3"
	}
	return chaos{orchestrate.New(o), t}
}

func (c chaos) steps(n int) {
	for range n {
		_, err := c.Step()
		require.NoError(c.t, err)
	}
}

// ask does something that may make no sense at this moment.
func (c chaos) ask(r orchestrate.Request) { _, _ = c.Do(r) }

func (c chaos) remove(kind api.Kind, name string) {
	c.ask(orchestrate.Request{Verb: store.VerbDelete, Kind: kind, Namespace: "default", Name: name})
}

func (c chaos) edit(kind api.Kind, namespace, name string, do func(o api.Object)) {
	if o, _, ok := c.Snapshot().Get(kind, namespace, name); ok {
		next := api.DeepCopy(o)
		do(next)
		c.ask(orchestrate.Request{Verb: store.VerbUpdate, Object: next})
	}
}

func (c chaos) editDeployment(name string, do func(d *api.Deployment)) {
	c.edit(api.KindDeployment, "default", name, func(o api.Object) { do(o.(*api.Deployment)) })
}

func (c chaos) inject(text string) {
	f, err := orchestrate.ParseFault(strings.Fields(text))
	require.NoError(c.t, err)
	_ = c.Inject("", f)
}

func (c chaos) do(d deed) {
	c.Input("", fmt.Sprint(d.Verb, " ", d.App))
	node := fmt.Sprint("node-", d.M+1)
	switch d.Verb {
	case "create":
		c.ask(orchestrate.Request{Verb: store.VerbCreate, Object: c.deployment(d)})
	case "scale":
		c.editDeployment(d.App, func(o *api.Deployment) { n := int32(d.N); o.Spec.Replicas = &n })
	case "roll":
		c.editDeployment(d.App, image(d.Image))
	case "undo":
		c.editDeployment(d.App, image(goodImages[0]))
	case "delete":
		c.ask(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindDeployment, Namespace: "default", Name: d.App, Propagation: api.DeletionPropagation(d.How)})
	case "delete-pod", "label", "container-crash":
		c.doToPod(d)
	case "cordon", "drain":
		c.edit(api.KindNode, "", node, func(o api.Object) { o.(*api.Node).Spec.Unschedulable = d.N%2 == 0 || d.Verb == "drain" })
		if d.Verb == "drain" {
			var there []string
			for _, o := range c.Snapshot().ByNode(api.KindPod, node) {
				there = append(there, o.Meta().Name)
			}
			for _, name := range there {
				c.remove(api.KindPod, name)
			}
		}
	case "serve":
		c.ask(orchestrate.Request{Verb: store.VerbCreate, Object: &api.Service{
			ObjectMeta: api.ObjectMeta{Name: d.App, Namespace: "default"},
			Spec:       api.ServiceSpec{Selector: map[string]string{"app": d.App}, Ports: []api.ServicePort{{Port: 80}}},
		}})
	case "node-down", "network-cut", "kubelet-down":
		c.inject(d.Verb + " " + node)
	case "component-crash", "component-down":
		c.inject(d.Verb + " " + []string{"kube-scheduler", "kube-controller-manager", "kubelet", "deployment-controller", "replicaset-controller", "garbage-collector"}[d.N])
	case "registry-down":
		c.inject(d.Verb)
	case "mend":
		c.mend()
	}
}

func (c chaos) deployment(d deed) *api.Deployment {
	o := newDeployment(d.App, d.Image, int32(d.N))
	o.Spec.Template.Spec.Containers[0].Resources.Requests = api.ResourceList{api.ResourceCPU: api.MustQuantity("500m")}
	if d.How == "Orphan" {
		o.Spec.Strategy.Type = api.DeploymentRecreate
		return o
	}
	surge, unavailable := api.IntOf(int32(d.M)), api.IntOf(int32(d.N%3+one(d.M == 0)))
	o.Spec.Strategy = api.DeploymentStrategy{Type: api.DeploymentRollingUpdate, RollingUpdate: &api.RollingUpdateDeployment{MaxSurge: &surge, MaxUnavailable: &unavailable}}
	return o
}

// doToPod does something to one of an app's pods.
func (c chaos) doToPod(d deed) {
	i := 0
	for _, o := range c.Snapshot().ByLabel(api.KindPod, "app", d.App) {
		if i++; i <= d.M {
			continue
		}
		name := o.Meta().Name
		switch {
		case d.Verb == "label":
			c.edit(api.KindPod, "default", name, func(o api.Object) { o.Meta().Labels = map[string]string{"app": []string{"a", "b", "x"}[d.N%3]} })
		case d.Verb == "container-crash":
			c.inject(d.Verb + " " + name)
		case d.N%2 == 0:
			c.remove(api.KindPod, name)
		default:
			zero := int64(0)
			c.ask(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: name, GracePeriod: &zero})
		}
		return
	}
}

// mend repairs all that is broken.
func (c chaos) mend() {
	for _, f := range c.Faults() {
		f.Mend = true
		require.NoError(c.t, c.Inject("", f))
	}
}

// rest repairs the world and every template, removes what nobody manages any more, and lets the longest back-off and toleration
// pass.
func (c chaos) rest() {
	c.mend()
	for _, o := range c.Snapshot().List(api.KindNode) {
		c.edit(api.KindNode, "", o.Meta().Name, func(o api.Object) { o.(*api.Node).Spec.Unschedulable = false })
	}
	for _, o := range c.Snapshot().List(api.KindDeployment) {
		c.editDeployment(o.Meta().Name, image(goodImages[0]))
	}
	require.NoError(c.t, c.Advance(time.Minute))
	for _, kind := range []api.Kind{api.KindReplicaSet, api.KindPod} {
		var strays []string
		for _, o := range c.Snapshot().List(kind) {
			if managerOf(o) == "" {
				strays = append(strays, o.Meta().Name)
			}
		}
		for _, name := range strays {
			c.remove(kind, name)
		}
	}
	require.NoError(c.t, c.Advance(13*time.Minute))
}
