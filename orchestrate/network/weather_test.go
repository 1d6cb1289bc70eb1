package network_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/stretchr/testify/require"
)

func inject(t *testing.T, c *orchestrate.Cluster, f orchestrate.Fault) {
	require.NoError(t, c.Inject("", f))
}

// nodeOf is the node a pod is on.
func nodeOf(c *orchestrate.Cluster, pod string) string {
	o, _, _ := c.Snapshot().Get(api.KindPod, "default", pod)
	return o.(*api.Pod).Spec.NodeName
}

// ask sends n requests from the client now, a millisecond apart, and counts how they end.
func ask(t *testing.T, c *orchestrate.Cluster, n int) (map[network.Result]int, time.Duration) {
	at := c.Now()
	require.NoError(t, c.Advance(10*time.Second))
	results, slowest := map[network.Result]int{}, time.Duration(0)
	for i := range n {
		r := network.Request{Name: fmt.Sprint(at, i), At: at + time.Duration(i)*time.Millisecond, From: client, Host: "web", Port: 80, Max: 5 * time.Second}
		o := c.Walk(r, true)
		require.True(t, o.Done, "%v", o.Hops)
		results[o.Result]++
		slowest = max(slowest, o.Ended-r.At)
	}
	return results, slowest
}

// apart is a world whose client is on another node than its two servers.
func apart(t *testing.T) *orchestrate.Cluster {
	c := orchestrate.New(orchestrate.Options{Seed: 1, Nodes: orchestrate.Nodes(3)})
	create(t, c, service("web", nil))
	for i, name := range []string{"web-1", "web-2", "client"} {
		p := running(name, "nginx")
		p.Spec.NodeSelector = map[string]string{"kubernetes.io/hostname": fmt.Sprintf("node-%d", i+1)}
		create(t, c, p)
	}
	_, err := c.Settle(time.Minute)
	require.NoError(t, err)
	require.NoError(t, c.Advance(3*time.Second))
	require.Equal(t, "node-3", nodeOf(c, "client"))
	return c
}

func TestAFairNetworkLosesNothing(t *testing.T) {
	results, slowest := ask(t, apart(t), 200)
	require.Equal(t, map[network.Result]int{network.Answered: 200}, results)
	require.Less(t, slowest, 20*time.Millisecond)
}

func TestASlowNetworkTakesLonger(t *testing.T) {
	c := apart(t)
	inject(t, c, orchestrate.Fault{Type: api.NetworkSlow, Target: "node-3", Amount: int64(100 * time.Millisecond)})
	results, slowest := ask(t, c, 50)
	require.Equal(t, map[network.Result]int{network.Answered: 50}, results)
	require.Greater(t, slowest, 400*time.Millisecond, "four ways: knock, answer, request, page")
	inject(t, c, orchestrate.Fault{Type: api.NetworkSlow, Target: "node-3", Mend: true})
	_, slowest = ask(t, c, 50)
	require.Less(t, slowest, 20*time.Millisecond)
}

func TestALossyNetworkRepeatsAndSometimesGivesUp(t *testing.T) {
	c := apart(t)
	inject(t, c, orchestrate.Fault{Type: api.NetworkLossy, Target: "all", Amount: 300})
	results, slowest := ask(t, c, 300)
	require.Greater(t, results[network.Answered], 150, "most get through in the end: %v", results)
	require.Positive(t, results[network.TimedOut])
	require.Equal(t, 5*time.Second, slowest)
}

// The machine of one of two endpoints goes off. Until the control plane notices, half of the requests go nowhere.
func TestAnEndpointOnADeadNodeLosesHalf(t *testing.T) {
	c := apart(t)
	inject(t, c, orchestrate.Fault{Type: api.NodeDown, Target: "node-1"})
	results, _ := ask(t, c, 200)
	require.InDelta(t, 100, results[network.TimedOut], 30, "%v", results)
	require.InDelta(t, 100, results[network.Answered], 30)
}

// A node that hears nothing of the control plane keeps its table: it goes on sending to a pod that is gone.
func TestACutOffNodeKeepsItsTable(t *testing.T) {
	c := apart(t)
	inject(t, c, orchestrate.Fault{Type: api.NetworkCut, Target: "node-3"})
	_, err := c.Do(orchestrate.Request{Verb: orchestrate.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: "web-1"})
	require.NoError(t, err)
	require.NoError(t, c.Advance(60*time.Second))
	results, _ := ask(t, c, 200)
	require.InDelta(t, 100, results[network.NoRoute], 30, "%v", results)
	inject(t, c, orchestrate.Fault{Type: api.NetworkCut, Target: "node-3", Mend: true})
	require.NoError(t, c.Advance(3*time.Second))
	results, _ = ask(t, c, 200)
	require.Equal(t, map[network.Result]int{network.Answered: 200}, results)
}

// Without its controller nobody takes a pod that went away off the lists.
func TestSlicesStandStillWithoutTheirController(t *testing.T) {
	c := apart(t)
	inject(t, c, orchestrate.Fault{Type: api.ComponentDown, Target: "endpointslice-controller"})
	_, err := c.Do(orchestrate.Request{Verb: orchestrate.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: "web-2"})
	require.NoError(t, err)
	require.NoError(t, c.Advance(60*time.Second))
	results, _ := ask(t, c, 200)
	require.Positive(t, results[network.NoRoute], "%v", results)
	inject(t, c, orchestrate.Fault{Type: api.ComponentDown, Target: "endpointslice-controller", Mend: true})
	require.NoError(t, c.Advance(5*time.Second))
	results, _ = ask(t, c, 200)
	require.Equal(t, map[network.Result]int{network.Answered: 200}, results)
}
