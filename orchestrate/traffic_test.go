package orchestrate_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// webTraffic is a world with a Service before a Deployment of nginx, and a client that asks it again and again.
func webTraffic(t require.TestingT, seed uint64, replicas int32, rate int64) *orchestrate.Cluster {
	c := orchestrate.New(orchestrate.Options{Seed: seed, Nodes: orchestrate.Nodes(3)})
	labels := map[string]string{"app": "web"}
	grace := int64(5)
	do(t, c, orchestrate.VerbCreate, &api.Service{
		ObjectMeta: api.ObjectMeta{Name: "web", Namespace: "default"},
		Spec:       api.ServiceSpec{Selector: labels, Ports: []api.ServicePort{{Port: 80}}},
	})
	do(t, c, orchestrate.VerbCreate, &api.Deployment{
		ObjectMeta: api.ObjectMeta{Name: "web", Namespace: "default"},
		Spec: api.DeploymentSpec{
			Replicas: &replicas, Selector: &api.LabelSelector{MatchLabels: labels},
			Template: api.PodTemplateSpec{ObjectMeta: api.ObjectMeta{Labels: labels}, Spec: &api.PodSpec{
				TerminationGracePeriodSeconds: &grace, Containers: []api.Container{{Name: "web", Image: "nginx:1.26"}},
			}},
		},
	})
	do(t, c, orchestrate.VerbCreate, &api.Pod{
		ObjectMeta: api.ObjectMeta{Name: "client", Namespace: "default"},
		Spec:       &api.PodSpec{Containers: []api.Container{{Name: "client", Image: "nginx"}}},
	})
	_, err := c.Settle(time.Minute)
	require.NoError(t, err)
	require.NoError(t, c.Advance(3*time.Second)) // every table has heard of the endpoints
	c.Input("", "traffic start http://web")
	require.NoError(t, c.StartTraffic("", api.Traffic{
		ObjectMeta: api.ObjectMeta{Name: "web"}, FromNamespace: "default", FromPod: "client",
		Host: "web", Port: 80, Path: "/", Gap: int64(time.Second) / rate, Timeout: int64(3 * time.Second),
	}))
	return c
}

func do(t require.TestingT, c *orchestrate.Cluster, verb orchestrate.Verb, o api.Object) {
	_, err := c.Do(orchestrate.Request{Verb: verb, Object: o})
	require.NoError(t, err)
}

func traffic(t require.TestingT, c *orchestrate.Cluster) *api.Traffic {
	o, _, ok := c.Snapshot().Get(api.KindTraffic, "", "web")
	require.True(t, ok)
	return o.(*api.Traffic)
}

func TestSteadyTrafficLosesNothing(t *testing.T) {
	c := webTraffic(t, 1, 3, 50)
	before := c.Revision()
	require.NoError(t, c.Advance(20*time.Second))
	now := traffic(t, c)
	require.InDelta(t, 1000, now.Total.Ended, 60)
	require.Equal(t, now.Total.Ended, now.Total.OK)
	require.Len(t, now.Endpoints, 3, "every endpoint gets some")
	writes := 0
	for l := range c.Trace(before, c.Revision()) {
		writes += one(l.Kind != api.KindLease)
	}
	require.LessOrEqual(t, writes, 22, "one write a second, however many requests there are")
	require.NoError(t, c.StopTraffic("", "web"))
	rest, err := c.Settle(time.Minute)
	require.NoError(t, err)
	require.True(t, rest.Quiet)
	require.Empty(t, traffic(t, c).Pending, "every request ends")
	require.Error(t, c.StopTraffic("", "web"))
	chain := c.Why(api.KindTraffic, "", "web", c.Revision())
	require.Equal(t, "traffic start http://web", chain[0].Input, "a person is at the beginning")
}

// A rollout without a readiness probe and without a preStop hook loses requests: nginx stops listening at once, and tables
// still send to it for up to a second.
func TestARolloutLosesRequests(t *testing.T) {
	c := webTraffic(t, 1, 3, 100)
	require.NoError(t, c.Advance(5*time.Second))
	require.Equal(t, traffic(t, c).Total.Ended, traffic(t, c).Total.OK)
	o, _, _ := c.Snapshot().Get(api.KindDeployment, "default", "web")
	next := api.DeepCopy(o).(*api.Deployment)
	next.Spec.Template.Spec.Containers[0].Image = "nginx:1.27"
	do(t, c, orchestrate.VerbUpdate, next)
	require.NoError(t, c.Advance(40*time.Second))
	total := traffic(t, c).Total
	lost := total.Ended - total.OK
	require.Positive(t, lost)
	require.Less(t, lost, total.Ended/10, "most get through")

	// Each of them can be followed again.
	now := traffic(t, c)
	told := 0
	for n := range now.Next {
		r, o := c.TrafficRequest(now, n)
		if o.Done && !o.OK() {
			told++
			require.NotEmpty(t, o.Hops)
			require.NotEmpty(t, o.Endpoint, "%s: %v", r.Name, o.Hops)
		}
	}
	require.EqualValues(t, lost, told, "counted is what can be explained")
}

// With a hook that waits until every table has heard, and a probe that says when the new pod answers, none are lost.
func TestAPreStopHookSavesEveryRequest(t *testing.T) {
	c := webTraffic(t, 1, 3, 100)
	o, _, _ := c.Snapshot().Get(api.KindDeployment, "default", "web")
	careful := api.DeepCopy(o).(*api.Deployment)
	web := &careful.Spec.Template.Spec.Containers[0]
	web.Lifecycle = &api.Lifecycle{PreStop: &api.LifecycleHandler{Sleep: &api.SleepAction{Seconds: 3}}}
	web.ReadinessProbe = &api.Probe{ProbeHandler: api.ProbeHandler{HTTPGet: &api.HTTPGetAction{Path: "/", Port: api.IntOf(80)}}, PeriodSeconds: 1}
	do(t, c, orchestrate.VerbUpdate, careful)
	require.NoError(t, c.Advance(60*time.Second))
	before := traffic(t, c).Total

	o, _, _ = c.Snapshot().Get(api.KindDeployment, "default", "web")
	next := api.DeepCopy(o).(*api.Deployment)
	next.Spec.Template.Spec.Containers[0].Image = "nginx:1.27"
	do(t, c, orchestrate.VerbUpdate, next)
	require.NoError(t, c.Advance(60*time.Second))
	after := traffic(t, c).Total
	require.Greater(t, after.Ended-before.Ended, int64(5000))
	require.Equal(t, after.Ended-before.Ended, after.OK-before.OK)
	o, _, _ = c.Snapshot().Get(api.KindDeployment, "default", "web")
	require.EqualValues(t, 3, o.(*api.Deployment).Status.UpdatedReplicas)
}

// Counters add up, whatever happens, and a world that goes back to a checkpoint counts the same again.
func TestCountersAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := webTraffic(t, rapid.Uint64Range(0, 50).Draw(t, "seed"), 2, 20)
		var p *orchestrate.Checkpoint
		steps := rapid.IntRange(1, 6).Draw(t, "steps")
		act := func(i int) {
			switch rapid.IntRange(0, 2).Draw(t, fmt.Sprint("what", i)) {
			case 0:
				for _, o := range c.Snapshot().ByLabel(api.KindPod, "app", "web") {
					_, err := c.Do(orchestrate.Request{Verb: orchestrate.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: o.Meta().Name})
					require.NoError(t, err)
					break
				}
			case 1:
				_, _ = c.Do(orchestrate.Request{Verb: orchestrate.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: "client"})
			}
			require.NoError(t, c.Advance(time.Duration(rapid.IntRange(1, 5000).Draw(t, fmt.Sprint("ms", i)))*time.Millisecond))
		}
		for i := range steps {
			act(i)
		}
		p = c.Checkpoint()
		require.NoError(t, c.Advance(3*time.Second))
		want := c.TraceHash()
		require.NoError(t, c.Restore(p))
		require.NoError(t, c.Advance(3*time.Second))
		require.Equal(t, want, c.TraceHash())

		require.NoError(t, c.StopTraffic("", "web"))
		require.NoError(t, c.Advance(10*time.Second))
		now := traffic(t, c)
		require.Empty(t, now.Pending)
		require.Equal(t, now.Next, now.Total.Ended)
		sum := int64(0)
		for _, n := range now.Total.Results {
			sum += n
		}
		require.Equal(t, now.Total.Ended, sum)
		require.Equal(t, now.Total.OK+now.Total.ServerErrors, now.Total.Results[0])
	})
}
