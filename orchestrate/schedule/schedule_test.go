package schedule_test

import (
	"fmt"
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schedule"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
)

func node(name, cpu string, change func(*api.Node)) *api.Node {
	n := &api.Node{ObjectMeta: api.ObjectMeta{Name: name, Labels: map[string]string{"kubernetes.io/hostname": name}}}
	n.Status.Allocatable = api.ResourceList{
		api.ResourceCPU: api.MustQuantity(cpu), api.ResourceMemory: api.MustQuantity("8Gi"), api.ResourcePods: api.MustQuantity("3"),
	}
	if change != nil {
		change(n)
	}
	return n
}

func pod(cpu string, change func(*api.Pod)) *api.Pod {
	p := &api.Pod{ObjectMeta: api.ObjectMeta{Name: "web", Namespace: "default"}, Spec: &api.PodSpec{Containers: []api.Container{{Name: "c"}}}}
	if cpu != "" {
		p.Spec.Containers[0].Resources.Requests = api.ResourceList{api.ResourceCPU: api.MustQuantity(cpu)}
	}
	if change != nil {
		change(p)
	}
	return p
}

func world(objects ...api.Object) store.Snapshot {
	s := store.New(store.Options{})
	for _, o := range objects {
		if _, err := s.Put(store.Write{Verb: store.VerbCreate, Object: o}); err != nil {
			panic(err)
		}
	}
	return s.Latest(store.AllKinds)
}

func Example() {
	sn := world(node("small", "1", nil), node("large", "4", nil))
	verdicts := schedule.Verdicts(pod("2", nil), sn)
	for _, v := range verdicts {
		fmt.Println(v.Node, v.Fits(), v.Score, v.Reasons)
	}
	fmt.Println("best:", verdicts[schedule.Best(verdicts)[0]].Node)
	// Output:
	// large true 435 []
	// small false 0 [Insufficient cpu]
	// best: large
}

func TestFilters(t *testing.T) {
	taint := func(effect api.TaintEffect) func(*api.Node) {
		return func(n *api.Node) { n.Spec.Taints = []api.Taint{{Key: "gpu", Value: "yes", Effect: effect}} }
	}
	tolerate := func(t api.Toleration) func(*api.Pod) {
		return func(p *api.Pod) { p.Spec.Tolerations = []api.Toleration{t} }
	}
	for _, test := range []struct {
		name string
		node *api.Node
		pod  *api.Pod
		want string // the reason; "" if it fits
	}{
		{"nothing asked", node("n", "1", nil), pod("", nil), ""},
		{"exactly what there is", node("n", "1", nil), pod("1", nil), ""},
		{"a thousandth more", node("n", "1", nil), pod("1001m", nil), "Insufficient cpu"},
		{"cordoned", node("n", "1", func(n *api.Node) { n.Spec.Unschedulable = true }), pod("", nil), "node(s) were unschedulable"},
		{"tainted", node("n", "1", taint(api.TaintNoSchedule)), pod("", nil), "node(s) had untolerated taint(s)"},
		{"only asked to stay away", node("n", "1", taint(api.TaintPreferNoSchedule)), pod("", nil), ""},
		{"tolerated by value", node("n", "1", taint(api.TaintNoSchedule)), pod("", tolerate(api.Toleration{Key: "gpu", Value: "yes"})), ""},
		{"another value", node("n", "1", taint(api.TaintNoSchedule)), pod("", tolerate(api.Toleration{Key: "gpu", Value: "no"})), "node(s) had untolerated taint(s)"},
		{"another effect", node("n", "1", taint(api.TaintNoExecute)), pod("", tolerate(api.Toleration{Key: "gpu", Value: "yes", Effect: api.TaintNoSchedule})), "node(s) had untolerated taint(s)"},
		{"everything tolerated", node("n", "1", taint(api.TaintNoExecute)), pod("", tolerate(api.Toleration{Operator: api.TolerationExists})), ""},
		{"selected", node("n", "1", nil), pod("", func(p *api.Pod) { p.Spec.NodeSelector = map[string]string{"kubernetes.io/hostname": "n"} }), ""},
		{"not selected", node("n", "1", nil), pod("", func(p *api.Pod) { p.Spec.NodeSelector = map[string]string{"disk": "ssd"} }), "node(s) didn't match Pod's node affinity/selector"},
		{"a resource nobody has", node("n", "1", nil), pod("", func(p *api.Pod) {
			p.Spec.Containers[0].Resources.Requests = api.ResourceList{"example.com/gpu": api.MustQuantity("1")}
		}), "Insufficient example.com/gpu"},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := schedule.Verdicts(test.pod, world(test.node))[0]
			if test.want == "" {
				require.Empty(t, v.Reasons)
				return
			}
			require.Equal(t, []string{test.want}, v.Reasons)
		})
	}
}

func TestPodsOnANodeTakeItsRoom(t *testing.T) {
	on := func(name, cpu string, phase api.PodPhase) *api.Pod {
		return pod(cpu, func(p *api.Pod) { p.Name, p.Spec.NodeName, p.Status.Phase = name, "n", phase })
	}
	full := world(node("n", "2", nil), on("a", "1", api.PodRunning), on("b", "1", api.PodRunning), on("c", "1", api.PodSucceeded))
	v := schedule.Verdicts(pod("1", nil), full)[0]
	require.Equal(t, []string{"Insufficient cpu"}, v.Reasons)
	require.False(t, v.Hopeless, "without the others it would fit")
	crowded := world(node("n", "9", nil), on("a", "", ""), on("b", "", ""), on("c", "", ""))
	require.Equal(t, []string{"Too many pods"}, schedule.Verdicts(pod("", nil), crowded)[0].Reasons)
}

func TestExplainCountsReasonsAndSortsThem(t *testing.T) {
	sn := world(
		node("a", "1", nil), node("b", "1", func(n *api.Node) { n.Spec.Unschedulable = true }),
		node("c", "1", func(n *api.Node) { n.Spec.Taints = []api.Taint{{Key: "x", Effect: api.TaintNoSchedule}} }),
	)
	require.Equal(t,
		"0/3 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
		schedule.Explain(pod("2", nil), schedule.Verdicts(pod("2", nil), sn)))
	require.Equal(t, "no nodes available to schedule pods", schedule.Explain(pod("", nil), nil))
}

func TestInitContainersCountForTheirLargest(t *testing.T) {
	p := pod("1", func(p *api.Pod) {
		init := api.Container{Name: "i"}
		init.Resources.Requests = api.ResourceList{api.ResourceCPU: api.MustQuantity("3")}
		p.Spec.InitContainers = []api.Container{init, init}
	})
	used, _ := schedule.Requests(p)
	require.EqualValues(t, 3000, used.CPU)
}
