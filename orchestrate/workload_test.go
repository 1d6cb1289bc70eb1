package orchestrate_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestWhyOfAPodLeadsFromItsDeploymentToThePerson(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	create(t, c, newDeployment("web", "nginx", 1))
	settle(t, c)
	change(t, c, "web", image("nginx:1.27"))
	require.NoError(t, c.Advance(time.Second))
	var pod api.Object
	for _, o := range c.Snapshot().List(api.KindPod) {
		if o.(*api.Pod).Spec.Containers[0].Image == "nginx:1.27" {
			pod = o
		}
	}
	require.NotNil(t, pod)
	var steps []string
	for _, l := range c.Why(api.KindPod, "default", pod.Meta().Name, c.Revision()) {
		if l.Verb == store.VerbInput {
			steps = append(steps, l.Input)
		} else {
			steps = append(steps, l.Actor+": "+l.Kind.String()+" "+l.Reason)
		}
	}
	require.Equal(t, []string{
		"change web", "admin: Deployment Updated", "deployment-controller: ReplicaSet NewReplicaSetCreated", "replicaset-controller: Pod Created",
	}, steps[:4])
}

func TestATemplateThatIsRefusedIsToldAndTriedAgain(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	d := newDeployment("web", "nginx", 4)
	d.Spec.Template.Spec.PriorityClassName = "nobody-has-this"
	create(t, c, d)
	require.NoError(t, c.Advance(10*time.Second))
	conditions := deploymentOf(c, "web").Status.Conditions
	last := conditions[len(conditions)-1]
	require.Equal(t, api.DeploymentReplicaFailure, last.Type)
	require.Equal(t, "FailedCreate", last.Reason)
	require.Contains(t, last.Message, "is forbidden: no PriorityClass with name nobody-has-this was found")
	var set string
	for _, o := range c.Snapshot().List(api.KindReplicaSet) {
		set = o.Meta().Name
	}
	said := messages(c, api.KindReplicaSet, set)
	require.Len(t, said, 10, "the tenth stands for all that follow")
	require.True(t, strings.HasPrefix(said[0], `FailedCreate: Error creating: pods "`+set+"-"), said[0])

	tries := 0
	from := c.Revision()
	require.NoError(t, c.Advance(time.Hour))
	for l := range c.Trace(from, c.Revision()) {
		tries += one(l.Actor == "replicaset-controller" && l.Kind == api.KindEvent)
	}
	require.Less(t, tries, 25, "the pauses grow")

	change(t, c, "web", func(d *api.Deployment) { d.Spec.Template.Spec.PriorityClassName = "" })
	settle(t, c)
	require.EqualValues(t, 4, deploymentOf(c, "web").Status.AvailableReplicas)
	require.Len(t, deploymentOf(c, "web").Status.Conditions, 2, "the failure is over")
}

func TestDeploymentsOfOneSelectorDoNotTakeEachOthersSets(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
	twin := newDeployment("web", "nginx", 2)
	twin.Name = "twin"
	create(t, c, newDeployment("web", "nginx", 2), twin)
	settle(t, c)
	change(t, c, "web", image("nginx:1.27"))
	settle(t, c)
	require.Equal(t, "twin 2 2 2", workloads(c)[0])
	require.Equal(t, "web 2 2 2", workloads(c)[1])
}

// scaler wants every ReplicaSet to be of one size.
type scaler struct{ size int32 }

func (scaler) Describe() reconcile.Description {
	sets := api.KindsOf(api.KindReplicaSet)
	return reconcile.Description{Name: "scaler", Watches: sets, Reads: sets, Writes: sets, Latency: time.Millisecond}
}

func (scaler) Route(c store.Change, _ store.Snapshot, enqueue func(reconcile.Key)) { enqueue(c.ID) }

func (l scaler) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if rs, is := o.(*api.ReplicaSet); ok && is && *rs.Spec.Replicas != l.size {
		next := *rs
		next.Spec.Replicas = &l.size
		next.Generation++
		plan.Update(in.Key, &next, "Scaled")
	}
}

func TestTwoControllersThatFightAreStoppedAndNamed(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1), Budget: 20_000, Extra: []reconcile.Reconciler{scaler{5}}})
	create(t, c, newDeployment("web", "nginx", 3))
	_, err := c.Settle(time.Hour)
	var livelock *orchestrate.LivelockError
	require.True(t, errors.As(err, &livelock), "%v", err)
	require.Contains(t, fmt.Sprint(livelock.Busiest), "replicaset-controller")
}

// At every step of a rollout, whatever crashes, there are never more pods than the surge allows, nor fewer ready ones than
// must be available.
func TestSurgeAndUnavailabilityStayInBoundsInALivingWorld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
		replicas := rapid.Int32Range(1, 6).Draw(t, "replicas")
		surge, unavailable := rapid.Int32Range(0, 3).Draw(t, "surge"), rapid.Int32Range(0, 3).Draw(t, "unavailable")
		if surge == 0 && unavailable == 0 {
			unavailable = 1
		}
		d := newDeployment("web", "nginx", replicas)
		s, u := api.IntOf(surge), api.IntOf(unavailable)
		d.Spec.Strategy = api.DeploymentStrategy{Type: api.DeploymentRollingUpdate, RollingUpdate: &api.RollingUpdateDeployment{MaxSurge: &s, MaxUnavailable: &u}}
		create(t, c, d)
		settle(t, c)
		from, images := c.Revision(), []string{"nginx:1.26", "nginx:1.27", "nobody/has-this"}
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			change(t, c, "web", image(rapid.SampledFrom(images).Draw(t, "image")))
			for range rapid.IntRange(0, 150).Draw(t, "steps") {
				_, err := c.Step()
				require.NoError(t, err)
			}
			if rapid.Bool().Draw(t, "crash") {
				require.NoError(t, c.Crash(rapid.SampledFrom([]string{"deployment-controller", "replicaset-controller"}).Draw(t, "loop")))
			}
		}
		change(t, c, "web", image("nginx"))
		settle(t, c)
		active, ready := replicas, replicas
		watch := c.Watch(api.KindsOf(api.KindPod), from)
		for ch, ok := watch.Next(); ok; ch, ok = watch.Next() {
			active += int32(one(isActive(ch.New)) - one(isActive(ch.Old)))
			ready += int32(one(isReady(ch.New)) - one(isReady(ch.Old)))
			require.LessOrEqual(t, active, replicas+surge)
			require.GreaterOrEqual(t, ready, replicas-min(unavailable, replicas))
		}
		require.EqualValues(t, replicas, deploymentOf(c, "web").Status.AvailableReplicas)
	})
}

func isActive(o api.Object) bool {
	p, ok := o.(*api.Pod)
	return ok && p.DeletionTimestamp == 0 && p.Status.Phase != api.PodSucceeded && p.Status.Phase != api.PodFailed
}
