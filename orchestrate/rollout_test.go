package orchestrate_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func newDeployment(name, image string, replicas int32) *api.Deployment {
	labels := map[string]string{"app": name}
	return &api.Deployment{
		ObjectMeta: api.ObjectMeta{Name: name, Namespace: "default"},
		Spec: api.DeploymentSpec{
			Replicas: &replicas, Selector: &api.LabelSelector{MatchLabels: labels},
			Template: api.PodTemplateSpec{
				ObjectMeta: api.ObjectMeta{Labels: labels},
				Spec:       &api.PodSpec{Containers: []api.Container{{Name: "c", Image: image}}},
			},
		},
	}
}

func create(t require.TestingT, c *orchestrate.Cluster, objects ...api.Object) {
	c.Input("", "create")
	for _, o := range objects {
		_, err := c.Do(orchestrate.Request{Verb: store.VerbCreate, Object: o})
		require.NoError(t, err)
	}
}

// change updates an object as somebody else would.
func change[T api.Object](t require.TestingT, c *orchestrate.Cluster, name string, do func(o T)) {
	var none T
	o, _, ok := c.Snapshot().Get(none.Kind(), "default", name)
	require.True(t, ok, "%s %s is not there", none.Kind(), name)
	next := api.DeepCopy(o).(T)
	do(next)
	c.Input("", "change "+name)
	_, err := c.Do(orchestrate.Request{Verb: store.VerbUpdate, Object: next})
	require.NoError(t, err)
}

func image(name string) func(d *api.Deployment) {
	return func(d *api.Deployment) { d.Spec.Template.Spec.Containers[0].Image = name }
}

func deploymentOf(c *orchestrate.Cluster, name string) *api.Deployment {
	o, _, _ := c.Snapshot().Get(api.KindDeployment, "default", name)
	d, _ := o.(*api.Deployment)
	return d
}

func settle(t require.TestingT, c *orchestrate.Cluster) {
	rest, err := c.Settle(time.Hour)
	require.NoError(t, err)
	require.True(t, rest.Quiet)
}

// messages are the Events about an object, in the order in which they were first said.
func messages(c *orchestrate.Cluster, kind api.Kind, name string) []string {
	o, _, ok := c.Snapshot().Get(kind, "default", name)
	if !ok {
		return nil
	}
	var out []string
	for _, e := range c.Snapshot().ByOwner(api.KindEvent, o.Meta().UID) {
		e := e.(*api.Event)
		out = append(out, e.Reason+": "+e.Message)
	}
	return out
}

func TestARolloutReplacesPodsStepByStep(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(3), VerifyFrozen: true})
	create(t, c, newDeployment("web", "nginx", 3))
	settle(t, c)
	require.EqualValues(t, 3, deploymentOf(c, "web").Status.AvailableReplicas)

	start := c.Revision()
	change(t, c, "web", image("nginx:1.27"))
	settle(t, c)
	status := deploymentOf(c, "web").Status
	require.EqualValues(t, 3, status.UpdatedReplicas)
	require.EqualValues(t, 3, status.Replicas)
	require.EqualValues(t, 0, *status.TerminatingReplicas)
	require.Len(t, status.Conditions, 2)
	require.Equal(t, "MinimumReplicasAvailable", status.Conditions[0].Reason)
	require.Equal(t, "NewReplicaSetAvailable", status.Conditions[1].Reason)

	sets := map[string]string{}
	for _, o := range c.Snapshot().List(api.KindReplicaSet) {
		rs := o.(*api.ReplicaSet)
		sets[rs.Name] = rs.Annotations["deployment.kubernetes.io/revision"]
	}
	require.Len(t, sets, 2)
	said := messages(c, api.KindDeployment, "web")
	require.Len(t, said, 7, "%q", said)
	for i, want := range []string{"up", "up", "down", "up", "down", "up", "down"} {
		require.Contains(t, said[i], "ScalingReplicaSet: Scaled "+want+" replica set web-")
	}
	ready := 3
	watch := c.Watch(api.KindsOf(api.KindPod), start)
	for ch, ok := watch.Next(); ok; ch, ok = watch.Next() {
		ready += one(isReady(ch.New)) - one(isReady(ch.Old))
		require.GreaterOrEqual(t, ready, 3, "25%% of 3 rounds to nothing that may be missing")
	}
	require.NoError(t, c.VerifyFrozen())
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func isReady(o api.Object) bool {
	p, ok := o.(*api.Pod)
	return ok && p.DeletionTimestamp == 0 && ready(p)
}

func TestABadImageStopsARolloutAndItsDeadlineSaysSo(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
	create(t, c, newDeployment("web", "nginx", 4))
	settle(t, c)
	change(t, c, "web", image("nobody/has-this"))
	require.NoError(t, c.Advance(15*time.Minute))
	d := deploymentOf(c, "web")
	require.EqualValues(t, 3, d.Status.AvailableReplicas, "of 4 one may be missing")
	progressing := d.Status.Conditions[slices.IndexFunc(d.Status.Conditions, func(c api.DeploymentCondition) bool { return c.Type == api.DeploymentProgressing })]
	require.Equal(t, "ProgressDeadlineExceeded", progressing.Reason)
	change(t, c, "web", image("nginx"))
	settle(t, c)
	require.EqualValues(t, 4, deploymentOf(c, "web").Status.AvailableReplicas)
}

func TestRecreateNeverRunsOldAndNewTogether(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
	d := newDeployment("web", "nginx", 3)
	d.Spec.Strategy.Type = api.DeploymentRecreate
	create(t, c, d)
	settle(t, c)
	change(t, c, "web", image("nginx:1.27"))
	start := c.Revision()
	settle(t, c)
	require.EqualValues(t, 3, deploymentOf(c, "web").Status.UpdatedReplicas)
	ended := map[string]bool{}
	watch := c.Watch(api.KindsOf(api.KindPod), start)
	for ch, ok := watch.Next(); ok; ch, ok = watch.Next() {
		p := ch.Object().(*api.Pod)
		switch {
		case ch.Verb == store.VerbCreate:
			require.Len(t, ended, 3, "a new pod was made while an old one ran")
		case p.DeletionTimestamp != 0 && (p.Status.Phase == api.PodSucceeded || p.Status.Phase == api.PodFailed):
			ended[p.Name] = true // its containers have ended, though the pod is still listed
		}
	}
}

// shape is what a person wants to know of a world's workloads: not which pods, but how many and of what.
func workloads(c *orchestrate.Cluster) []string {
	var out []string
	for _, o := range c.Snapshot().List(api.KindDeployment) {
		d := o.(*api.Deployment)
		out = append(out, fmt.Sprint(d.Name, " ", d.Status.Replicas, " ", d.Status.UpdatedReplicas, " ", d.Status.AvailableReplicas))
	}
	for _, o := range c.Snapshot().List(api.KindReplicaSet) {
		rs := o.(*api.ReplicaSet)
		out = append(out, fmt.Sprint(rs.Name, " ", *rs.Spec.Replicas, " ", rs.Status.Replicas, " ", rs.Status.AvailableReplicas))
	}
	pods := 0
	for range c.Snapshot().List(api.KindPod) {
		pods++
	}
	return append(out, fmt.Sprint(pods, " pods"))
}

func TestARolloutSurvivesTheCrashOfAnyLoopAtAnyStep(t *testing.T) {
	run := func(interrupt func(c *orchestrate.Cluster)) []string {
		c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
		create(t, c, newDeployment("web", "nginx", 3), newDeployment("db", "nginx", 1))
		settle(t, c)
		change(t, c, "web", image("nginx:1.27"))
		change(t, c, "db", func(d *api.Deployment) { *d.Spec.Replicas = 2 })
		interrupt(c)
		settle(t, c)
		return workloads(c)
	}
	calm := run(func(*orchestrate.Cluster) {})
	rapid.Check(t, func(t *rapid.T) {
		require.Equal(t, calm, run(func(c *orchestrate.Cluster) {
			loops := c.Loops()
			for range rapid.IntRange(1, 5).Draw(t, "crashes") {
				for range rapid.IntRange(0, 60).Draw(t, "steps") {
					_, err := c.Step()
					require.NoError(t, err)
				}
				crashed := rapid.IntRange(0, len(loops)).Draw(t, "loop") // the last stands for all of them
				for i, l := range loops {
					if i == crashed || crashed == len(loops) {
						require.NoError(t, c.Crash(l.Name))
					}
				}
			}
		}))
	})
}

func TestWorkloadsAtRestAreLeftAlone(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
	slow := newDeployment("slow", "nginx", 2)
	slow.Spec.MinReadySeconds = 30
	create(t, c, newDeployment("web", "nginx", 3), slow)
	settle(t, c)
	change(t, c, "web", image("nginx:1.27"))
	require.NoError(t, c.Advance(20*time.Minute))
	before := c.Revision()
	for _, l := range c.Loops() {
		require.NoError(t, c.Crash(l.Name))
	}
	require.NoError(t, c.Advance(300*time.Millisecond))
	require.Equal(t, before, c.Revision(), "every loop looked at everything and found nothing to do")
}

func TestTwoReplicaSetsOfOneSelectorDoNotStealFromEachOther(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
	set := func(name string) *api.ReplicaSet {
		d := newDeployment("web", "nginx", 2)
		return &api.ReplicaSet{ObjectMeta: api.ObjectMeta{Name: name, Namespace: "default"}, Spec: api.ReplicaSetSpec{
			Replicas: d.Spec.Replicas, Selector: d.Spec.Selector, Template: d.Spec.Template,
		}}
	}
	create(t, c, set("one"), set("two"))
	settle(t, c)
	require.Equal(t, []string{"one 2 2 2", "two 2 2 2", "4 pods"}, workloads(c))
}

// What the loops keep of the world must be that of the checkpoint after a return to it.
func TestARolloutGoesOnFromACheckpointAsItDid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
		create(t, c, newDeployment("web", "nginx", 3))
		settle(t, c)
		change(t, c, "web", image("nginx:1.27"))
		for range rapid.IntRange(0, 80).Draw(t, "steps") {
			_, err := c.Step()
			require.NoError(t, err)
		}
		point := c.Checkpoint()
		rest := func() string {
			change(t, c, "web", func(d *api.Deployment) { *d.Spec.Replicas = 5 })
			settle(t, c)
			return c.TraceHash()
		}
		want := rest()
		require.NoError(t, c.Restore(point))
		require.Equal(t, want, rest())
	})
}
