package orchestrate_test

import (
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/kubelet"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
	"github.com/stretchr/testify/require"
)

func nodeOf(c *orchestrate.Cluster, name string) *api.Node {
	o, _, _ := c.Snapshot().Get(api.KindNode, "", name)
	return o.(*api.Node)
}

// mute is a world whose kubelets give no sign of life by themselves: what is reported is what a test says.
func mute(nodes int) orchestrate.Options {
	catalog := workload.Standard()
	return orchestrate.Options{Nodes: orchestrate.Nodes(nodes), Machines: []reconcile.Reconciler{kubelet.New(catalog), kubelet.NewRuntime(catalog)}}
}

// report lets a kubelet say whether its node is ready.
func report(t *testing.T, c *orchestrate.Cluster, name string, status api.ConditionStatus) {
	n := api.DeepCopy(nodeOf(c, name)).(*api.Node)
	for i := range n.Status.Conditions {
		if n.Status.Conditions[i].Type == api.NodeReady {
			n.Status.Conditions[i].Status = status
		}
	}
	_, err := c.Do(orchestrate.Request{Verb: store.VerbUpdate, Object: n})
	require.NoError(t, err)
}

func taintsOf(c *orchestrate.Cluster, name string) (out []string) {
	for _, t := range nodeOf(c, name).Spec.Taints {
		out = append(out, t.Key+":"+string(t.Effect))
	}
	return out
}

func podsOn(c *orchestrate.Cluster, node string) (n int) {
	for _, o := range c.Snapshot().ByNode(api.KindPod, node) {
		if o.Meta().DeletionTimestamp == 0 {
			n++
		}
	}
	return n
}

func TestANodeThatIsNotReadyLosesItsPodsAfterTheirToleration(t *testing.T) {
	c := orchestrate.New(mute(3))
	create(t, c, newDeployment("web", "nginx", 3))
	settle(t, c)
	require.Equal(t, 1, podsOn(c, "node-1"))
	report(t, c, "node-1", api.ConditionFalse)
	require.NoError(t, c.Advance(100*time.Millisecond))
	require.Equal(t, []string{"node.kubernetes.io/not-ready:NoSchedule"}, taintsOf(c, "node-1"))
	require.NoError(t, c.Advance(5*time.Second))
	require.Equal(t, []string{"node.kubernetes.io/not-ready:NoSchedule", "node.kubernetes.io/not-ready:NoExecute"}, taintsOf(c, "node-1"))
	require.NoError(t, c.Advance(290*time.Second))
	require.Equal(t, 1, podsOn(c, "node-1"), "tolerated for 300 seconds")
	require.NoError(t, c.Advance(20*time.Second))
	require.Zero(t, podsOn(c, "node-1"))
	require.EqualValues(t, 3, deploymentOf(c, "web").Status.AvailableReplicas)
	report(t, c, "node-1", api.ConditionTrue)
	require.NoError(t, c.Advance(time.Second))
	require.Empty(t, taintsOf(c, "node-1"))
}

func TestWhenAllNodesAreLostNobodyIsEvicted(t *testing.T) {
	c := orchestrate.New(mute(2))
	settle(t, c)
	report(t, c, "node-1", api.ConditionUnknown)
	report(t, c, "node-2", api.ConditionUnknown)
	require.NoError(t, c.Advance(time.Minute))
	require.Equal(t, []string{"node.kubernetes.io/unreachable:NoSchedule"}, taintsOf(c, "node-1"))
	report(t, c, "node-2", api.ConditionTrue)
	require.NoError(t, c.Advance(6*time.Second))
	require.Len(t, taintsOf(c, "node-1"), 2, "with one of them back the other can be told apart")
	require.Empty(t, taintsOf(c, "node-2"))
}

func TestNodesOfAZoneAreEvictedOneByOne(t *testing.T) {
	c := orchestrate.New(mute(6))
	settle(t, c)
	report(t, c, "node-1", api.ConditionFalse)
	report(t, c, "node-2", api.ConditionFalse)
	require.NoError(t, c.Advance(6*time.Second))
	require.Equal(t, 3, len(taintsOf(c, "node-1"))+len(taintsOf(c, "node-2")), "one of them waits")
	require.NoError(t, c.Advance(10*time.Second))
	require.Equal(t, 4, len(taintsOf(c, "node-1"))+len(taintsOf(c, "node-2")))
}

func TestASilentKubeletMakesItsNodeUnreachable(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
	create(t, c, newDeployment("web", "nginx", 2))
	settle(t, c)
	f, err := orchestrate.ParseFault([]string{"kubelet-down", "node-1"})
	require.NoError(t, err)
	require.NoError(t, c.Inject("", f))
	require.NoError(t, c.Advance(39*time.Second))
	require.Empty(t, taintsOf(c, "node-1"), "its last sign of life is not 50 seconds old")
	require.NoError(t, c.Advance(12*time.Second))
	require.Contains(t, taintsOf(c, "node-1"), "node.kubernetes.io/unreachable:NoSchedule")
	marked := 0
	for l := range c.Trace(0, c.Revision()) {
		marked += one(l.Kind == api.KindPod && l.Reason == "NodeNotReady")
	}
	require.Equal(t, 1, marked, "its pod is not counted on any more, until its kubelet says otherwise")
	require.EqualValues(t, 2, deploymentOf(c, "web").Status.Replicas, "but not given up yet")
}

func TestCordonIsATaintToo(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	n := api.DeepCopy(nodeOf(c, "node-1")).(*api.Node)
	n.Spec.Unschedulable = true
	_, err := c.Do(orchestrate.Request{Verb: store.VerbUpdate, Object: n})
	require.NoError(t, err)
	settle(t, c)
	require.Equal(t, []string{"node.kubernetes.io/unschedulable:NoSchedule"}, taintsOf(c, "node-1"))
}

func TestAMachineThatGoesDownIsNoticedAndItsPodsAreReplaced(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(3)})
	create(t, c, newDeployment("web", "nginx", 3))
	settle(t, c)
	require.NoError(t, c.Inject("", orchestrate.Fault{Type: api.NodeDown, Target: "node-1"}))
	require.NoError(t, c.Advance(40*time.Second))
	require.Empty(t, taintsOf(c, "node-1"), "its last sign of life is not old enough")
	require.NoError(t, c.Advance(25*time.Second))
	require.Contains(t, taintsOf(c, "node-1"), "node.kubernetes.io/unreachable:NoExecute")
	require.EqualValues(t, 2, deploymentOf(c, "web").Status.ReadyReplicas)
	require.NoError(t, c.Advance(6*time.Minute))
	require.EqualValues(t, 3, deploymentOf(c, "web").Status.ReadyReplicas, "another node runs what it ran")
	require.EqualValues(t, 1, *deploymentOf(c, "web").Status.TerminatingReplicas, "nobody can say that the lost pod has ended")
	require.NoError(t, c.Inject("", orchestrate.Fault{Type: api.NodeDown, Target: "node-1", Mend: true}))
	require.NoError(t, c.Advance(time.Minute))
	require.Empty(t, taintsOf(c, "node-1"))
	require.EqualValues(t, 0, *deploymentOf(c, "web").Status.TerminatingReplicas)
}
