package schedule_test

import (
	"fmt"
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schedule"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
)

func asks(cpu, memory string) api.Container {
	c := api.Container{}
	list := api.ResourceList{}
	if cpu != "" {
		list[api.ResourceCPU] = api.MustQuantity(cpu)
	}
	if memory != "" {
		list[api.ResourceMemory] = api.MustQuantity(memory)
	}
	c.Resources.Requests = list
	return c
}

func TestRequests(t *testing.T) {
	beside := func(c api.Container) api.Container { c.RestartPolicy = ptr(api.RestartAlways); return c }
	for _, test := range []struct {
		name              string
		spec              api.PodSpec
		cpu, memory       int64
		askedCPU, askedMB int64
	}{
		{"nothing", api.PodSpec{Containers: []api.Container{asks("", "")}}, 0, 0, 100, 200},
		{"nothing is not the same as none", api.PodSpec{Containers: []api.Container{asks("0", "0")}}, 0, 0, 0, 0},
		{"the sum of the containers", api.PodSpec{Containers: []api.Container{asks("1", "1Mi"), asks("500m", "2Mi")}}, 1500, 3, 1500, 3},
		{"a larger init container", api.PodSpec{
			Containers: []api.Container{asks("1", "1Mi")}, InitContainers: []api.Container{asks("3", "1Mi"), asks("2", "9Mi")}}, 3000, 9, 3000, 9},
		{"a sidecar counts with the containers", api.PodSpec{
			Containers: []api.Container{asks("1", "1Mi")}, InitContainers: []api.Container{beside(asks("2", "2Mi"))}}, 3000, 3, 3000, 3},
		{"and with the init containers after it", api.PodSpec{Containers: []api.Container{asks("1", "1Mi")},
			InitContainers: []api.Container{asks("4", "1Mi"), beside(asks("2", "2Mi")), asks("3", "1Mi")}}, 5000, 3, 5000, 3},
		{"the pod says itself what it needs", api.PodSpec{Containers: []api.Container{asks("1", "1Mi")},
			Resources: &api.ResourceRequirements{Requests: api.ResourceList{api.ResourceCPU: api.MustQuantity("5")}}}, 5000, 1, 5000, 1},
		{"overhead", api.PodSpec{Containers: []api.Container{asks("1", "")},
			Overhead: api.ResourceList{api.ResourceMemory: api.MustQuantity("10Mi")}}, 1000, 10, 1000, 210},
	} {
		t.Run(test.name, func(t *testing.T) {
			used, asked := schedule.Requests(&api.Pod{Spec: &test.spec})
			require.Equal(t, []int64{test.cpu, test.memory << 20, test.askedCPU, test.askedMB << 20}, []int64{used.CPU, used.Memory, asked.CPU, asked.Memory})
		})
	}
}

func TestNodeAffinityNamesNodes(t *testing.T) {
	name := func(op api.NodeSelectorOperator, names ...string) api.NodeSelectorRequirement {
		return api.NodeSelectorRequirement{Key: "metadata.name", Operator: op, Values: names}
	}
	sn := world(node("a", "1", nil), node("b", "1", nil), node("c", "1", func(n *api.Node) { n.Spec.Unschedulable = true }))
	for _, test := range []struct {
		name    string
		terms   []api.NodeSelectorTerm
		message string
	}{
		{"one", []api.NodeSelectorTerm{{MatchFields: []api.NodeSelectorRequirement{name(api.NodeIn, "c")}}},
			"0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."},
		{"one that is not there", []api.NodeSelectorTerm{{MatchFields: []api.NodeSelectorRequirement{name(api.NodeIn, "z")}}},
			"0/3 nodes are available: 3 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."},
		{"two at once", []api.NodeSelectorTerm{{MatchFields: []api.NodeSelectorRequirement{name(api.NodeIn, "a"), name(api.NodeIn, "b")}}},
			"0/3 nodes are available: pod affinity terms conflict. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."},
		{"all but some", []api.NodeSelectorTerm{{MatchFields: []api.NodeSelectorRequirement{name(api.NodeNotIn, "a"), name(api.NodeNotIn, "b")}}},
			"0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."},
		{"a term without conditions", []api.NodeSelectorTerm{{}},
			"0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."},
		{"a name or a label", []api.NodeSelectorTerm{{MatchFields: []api.NodeSelectorRequirement{name(api.NodeIn, "z")}},
			{MatchExpressions: []api.NodeSelectorRequirement{{Key: "disk", Operator: api.NodeExists}}}},
			"0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := pod("", func(p *api.Pod) {
				p.Spec.Affinity = &api.Affinity{NodeAffinity: &api.NodeAffinity{RequiredDuringSchedulingIgnoredDuringExecution: &api.NodeSelector{NodeSelectorTerms: test.terms}}}
			})
			require.Equal(t, test.message, schedule.Explain(p, schedule.Verdicts(p, sn)))
		})
	}
}

func TestTolerationsThatCompare(t *testing.T) {
	for _, test := range []struct {
		op    api.TolerationOperator
		value string
		fits  bool
	}{
		{api.TolerationGt, "4", true}, {api.TolerationGt, "5", false}, {api.TolerationLt, "6", true}, {api.TolerationLt, "5", false},
		{api.TolerationLt, "six", false}, {api.TolerationEqual, "5", true}, {"", "5", true},
	} {
		n := node("n", "1", func(n *api.Node) { n.Spec.Taints = []api.Taint{{Key: "sla", Value: "5", Effect: api.TaintNoExecute}} })
		p := pod("", func(p *api.Pod) {
			p.Spec.Tolerations = []api.Toleration{{Key: "sla", Operator: test.op, Value: test.value}}
		})
		require.Equal(t, test.fits, schedule.Verdicts(p, world(n))[0].Fits(), "taint 5, toleration %s %s", test.op, test.value)
	}
}

func TestHostPorts(t *testing.T) {
	port := func(n int32, protocol api.Protocol, ip string) []api.ContainerPort {
		return []api.ContainerPort{{ContainerPort: n, HostPort: n, Protocol: protocol, HostIP: ip}}
	}
	for _, test := range []struct {
		name     string
		a, b     []api.ContainerPort
		collides bool
	}{
		{"the same", port(80, api.ProtocolTCP, ""), port(80, "", "0.0.0.0"), true},
		{"another port", port(80, "", ""), port(81, "", ""), false},
		{"another protocol", port(80, "", ""), port(80, api.ProtocolUDP, ""), false},
		{"another address", port(80, "", "10.0.0.1"), port(80, "", "10.0.0.2"), false},
		{"one address and all", port(80, "", "10.0.0.1"), port(80, "", ""), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			there := pod("", func(p *api.Pod) { p.Name, p.Spec.NodeName, p.Spec.Containers[0].Ports = "there", "n", test.a })
			p := pod("", func(p *api.Pod) {
				p.Spec.InitContainers = []api.Container{{RestartPolicy: ptr(api.RestartAlways), Ports: test.b}}
			})
			v := schedule.Verdicts(p, world(node("n", "4", nil), there))[0]
			require.Equal(t, test.collides, !v.Fits())
			if test.collides {
				require.Equal(t, []string{"node(s) didn't have free ports for the requested pod ports"}, v.Reasons)
			}
		})
	}
}

// More classes and changes than are kept: the answers stay those of the dumb scheduler.
func TestNothingThatIsForgottenIsMissed(t *testing.T) {
	r := newRig()
	for i := range 3 {
		r.create(node(fmt.Sprint("n", i), "8", func(n *api.Node) { n.Status.Allocatable[api.ResourcePods] = api.MustQuantity("9999") }))
	}
	ask := func(name, cpu string) {
		p := waiting(name, cpu)
		id := r.create(p)
		want, _ := newOracle(p, r.store.Latest(store.AllKinds)).answer()
		got, _ := r.schedule(id)
		require.Equal(t, want, got, name)
	}
	for i := range 80 {
		ask(fmt.Sprint("many-", i), fmt.Sprint(1+i%40, "m"))
	}
	for i := range 5000 {
		p := waiting("brief", "1m")
		p.Spec.NodeName = fmt.Sprint("n", i%2)
		r.create(p)
		if i%100 > 0 {
			r.remove("brief")
		} else {
			r.update(api.KindPod, "brief", func(o api.Object) { o.(*api.Pod).Status.Phase = api.PodSucceeded })
			r.remove("brief")
		}
	}
	ask("late", "40m") // a class that is still kept, but has missed too much
}

func TestImagesDrawOnlyIfTheyAreSpelledAsTheNodeListsThem(t *testing.T) {
	r := newRig()
	r.create(node("a", "4", nil))
	r.create(node("b", "4", nil))
	points := func(image string) (a, b int64) {
		p := pod("", func(p *api.Pod) { p.Spec.Containers[0].Image = image })
		v := schedule.Verdicts(p, r.store.Latest(store.AllKinds))
		last := len(v[0].Scores) - 1
		require.Equal(t, "ImageLocality", v[0].Scores[last].Plugin)
		return v[0].Scores[last].Points, v[1].Scores[last].Points
	}
	warm := waiting("warm", "")
	warm.Spec.Containers[0].Image = "registry.example/app"
	r.schedule(r.create(warm))
	r.update(api.KindNode, "b", func(o api.Object) {
		o.(*api.Node).Status.Images = []api.ContainerImage{{Names: []string{"registry.example/app@sha256:1", "registry.example/app:latest"}, SizeBytes: 900 << 20}}
	})
	a, b := points("registry.example/app")
	require.EqualValues(t, []int64{0, 43}, []int64{a, b}, "half of the nodes have it, so half of its size counts")
	a, b = points("app")
	require.Zero(t, a+b)
	for i := range 2 {
		p := waiting(fmt.Sprint("p", i), "")
		p.Spec.Containers[0].Image = "registry.example/app"
		node, _ := r.schedule(r.create(p))
		require.Equal(t, "b", node, "the class that was made before the image came knows of it")
	}
}
