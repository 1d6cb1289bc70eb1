package orchestrate_test

import (
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/stretchr/testify/require"
)

// A container without a limit takes all there is. Before the memory is gone the kubelet fails the pod that takes the most
// beyond its request, and for five minutes nothing new that asks for nothing is sent there.
func TestAPodThatTakesTooMuchIsEvicted(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: []orchestrate.NodeSpec{{Memory: "1Gi"}}, VerifyFrozen: true})
	modest := newPod("modest", "slipway/slow-starter")
	modest.Spec.Containers[0].Resources.Requests = api.ResourceList{api.ResourceMemory: api.MustQuantity("300Mi")}
	require.NoError(t, apply(c, newPod("leaky", "slipway/leaky"), modest))
	s := story{t, c}
	took := s.until(func() bool { return find(c, "leaky").Status.Phase == api.PodFailed })
	// 1024 MiB less 300 for the system, 250 for the Java program and 100 that must stay leave 374: 20 and 2 a second.
	require.InDelta(t, 180, took.Seconds(), 5)
	st := find(c, "leaky").Status
	require.Equal(t, "Evicted", st.Reason)
	require.Regexp(t, `^The node was low on resource: memory\. Threshold quantity: 100Mi, available: \d+Ki\. Container leaky was using \d+Ki, request is 0, has larger consumption of memory\. $`, st.Message)
	target, _ := api.PodConditionOf(st.Conditions, api.DisruptionTarget)
	require.Equal(t, "TerminationByKubelet", target.Reason)

	s.after(10 * time.Second)
	require.Equal(t, "0/1 Evicted 0", s.status("leaky"))
	require.NotNil(t, find(c, "leaky").Status.ContainerStatuses[0].State.Terminated)
	require.Equal(t, "1/1 Running 0", s.status("modest"), "it takes no more than it asked for")
	require.Contains(t, s.events("leaky"), "Warning Evicted: The node was low on resource: memory.")
	require.Contains(t, s.events("node-1"), "Warning EvictionThresholdMet: Attempting to reclaim memory\n")
	require.Equal(t, []string{"node.kubernetes.io/memory-pressure:NoSchedule"}, taintsOf(c, "node-1"))
	s.after(6 * time.Minute)
	require.Empty(t, taintsOf(c, "node-1"))
	require.Contains(t, s.events("node-1"), "Normal NodeHasSufficientMemory: Node node-1 status is now: NodeHasSufficientMemory\n")
}
