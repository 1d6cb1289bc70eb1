package orchestrate_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func newPod(name, image string) *api.Pod {
	return &api.Pod{
		ObjectMeta: api.ObjectMeta{Name: name, Namespace: "default"},
		Spec:       &api.PodSpec{Containers: []api.Container{{Name: name, Image: image}}},
	}
}

func apply(c *orchestrate.Cluster, pods ...*api.Pod) error {
	c.Input("", "apply")
	for _, p := range pods {
		if _, err := c.Do(orchestrate.Request{Verb: store.VerbCreate, Object: p}); err != nil {
			return err
		}
	}
	return nil
}

func find(c *orchestrate.Cluster, name string) *api.Pod {
	o, _, ok := c.Snapshot().Get(api.KindPod, "default", name)
	if !ok {
		return nil
	}
	return o.(*api.Pod)
}

func ready(p *api.Pod) bool {
	if p == nil {
		return false
	}
	c, _ := api.PodConditionOf(p.Status.Conditions, api.PodReady)
	return c.Status == api.ConditionTrue
}

func Example() {
	c := orchestrate.New(orchestrate.Options{Seed: 7, Nodes: orchestrate.Nodes(3)})
	c.Input("", "kubectl run web --image=nginx")
	_, err := c.Do(orchestrate.Request{Verb: store.VerbCreate, Object: &api.Pod{
		ObjectMeta: api.ObjectMeta{Name: "web", Namespace: "default"},
		Spec:       &api.PodSpec{Containers: []api.Container{{Name: "web", Image: "nginx"}}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := c.Settle(2 * time.Minute); err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range c.Why(api.KindPod, "default", "web", c.Revision()) {
		if l.Verb == store.VerbInput {
			fmt.Printf("%-8v %-18s %s\n", l.Time.Truncate(time.Millisecond), l.Actor, l.Input)
			continue
		}
		fmt.Printf("%-8v %-18s %s %s: %s\n", l.Time.Truncate(time.Millisecond), l.Actor, l.Verb, l.Kind, l.Reason)
	}
	// Output:
	// 0s       admin              kubectl run web --image=nginx
	// 0s       admin              create Pod: Created
	// 20ms     default-scheduler  update Pod: Scheduled
	// 70ms     kubelet node-2     create Sandbox: SandboxCreated
	// 120ms    kubelet node-2     update Sandbox: Pulling
	// 1.82s    containerd node-2  update Sandbox: Pulled
	// 1.87s    kubelet node-2     update Node: ImagePulled
	// 1.87s    kubelet node-2     update Sandbox: ContainerCreated
	// 1.93s    containerd node-2  update Sandbox: Started
	// 1.98s    kubelet node-2     update Pod: Running
}

func TestAPodBecomesReady(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1), VerifyFrozen: true})
	require.NoError(t, apply(c, newPod("web", "nginx")))
	rest, err := c.Settle(time.Hour)
	require.NoError(t, err)
	require.True(t, rest.Quiet)
	p := find(c, "web")
	require.True(t, ready(p))
	require.Equal(t, "node-1", p.Spec.NodeName)
	require.Equal(t, "10.244.1.2", p.Status.PodIP)
	require.Equal(t, "docker.io/library/nginx:latest", p.Status.ContainerStatuses[0].Image)
	require.NoError(t, c.VerifyFrozen())
}

func TestPodsSpreadOverNodesThatAreEquallyFree(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(3)})
	require.NoError(t, apply(c, newPod("a", "nginx"), newPod("b", "nginx"), newPod("c", "nginx")))
	_, err := c.Settle(time.Hour)
	require.NoError(t, err)
	nodes := map[string]bool{}
	for _, name := range []string{"a", "b", "c"} {
		nodes[find(c, name).Spec.NodeName] = true
	}
	require.Len(t, nodes, 3)
}

func TestAPodThatFitsNowhereSaysWhyAndIsBoundWhenANodeComes(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
	big := newPod("big", "nginx")
	big.Spec.Containers[0].Resources.Requests = api.ResourceList{api.ResourceCPU: api.MustQuantity("5")}
	require.NoError(t, apply(c, big))
	_, err := c.Settle(time.Hour)
	require.NoError(t, err)
	condition, _ := api.PodConditionOf(find(c, "big").Status.Conditions, api.PodScheduled)
	require.Equal(t, "0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.", condition.Message)

	o, _, _ := c.Snapshot().Get(api.KindNode, "", "node-2")
	bigger := api.DeepCopy(o).(*api.Node)
	bigger.Status.Allocatable[api.ResourceCPU] = api.MustQuantity("8")
	_, err = c.Do(orchestrate.Request{Verb: store.VerbUpdate, Object: bigger})
	require.NoError(t, err)
	_, err = c.Settle(time.Hour)
	require.NoError(t, err)
	require.Equal(t, "node-2", find(c, "big").Spec.NodeName)
}

func TestDeletingAPodTakesAsLongAsItsProgram(t *testing.T) {
	for _, test := range []struct {
		name  string
		pod   *api.Pod
		least time.Duration
		most  time.Duration
	}{
		{"nginx ends when it is asked", newPod("web", "nginx"), 200 * time.Millisecond, time.Second},
		{"sleep as process 1 is killed after its grace period", func() *api.Pod {
			p := newPod("web", "busybox")
			p.Spec.Containers[0].Command = []string{"sleep", "1000"}
			return p
		}(), 29 * time.Second, 31 * time.Second},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
			require.NoError(t, apply(c, test.pod))
			require.NoError(t, c.Advance(10*time.Second))
			require.True(t, ready(find(c, "web")))
			start := c.Now()
			_, err := c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: "web"})
			require.NoError(t, err)
			for find(c, "web") != nil {
				more, err := c.Step()
				require.NoError(t, err)
				require.True(t, more, "nothing is left to do, but the pod is still there")
			}
			require.GreaterOrEqual(t, c.Now()-start, test.least)
			require.LessOrEqual(t, c.Now()-start, test.most)
		})
	}
}

func TestAContainerThatEndsIsRestartedWithBackOff(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	p := newPod("b", "busybox")
	p.Spec.Containers[0].Command = []string{"false"}
	require.NoError(t, apply(c, p))
	require.NoError(t, c.Advance(5*time.Minute))
	st := find(c, "b").Status.ContainerStatuses[0]
	require.Equal(t, "CrashLoopBackOff", st.State.Waiting.Reason)
	require.EqualValues(t, 1, st.LastTerminationState.Terminated.ExitCode)
	// At once, then after 10, 20, 40, 80 s: five restarts in about three minutes.
	require.EqualValues(t, 5, st.RestartCount)
	require.Equal(t, api.PodRunning, find(c, "b").Status.Phase)
}

func TestRestartPolicyDecidesThePhaseOfAPodWhoseProgramEnds(t *testing.T) {
	for _, test := range []struct {
		policy  api.RestartPolicy
		command string
		want    api.PodPhase
	}{
		{api.RestartNever, "true", api.PodSucceeded},
		{api.RestartNever, "false", api.PodFailed},
		{api.RestartOnFailure, "true", api.PodSucceeded},
		{api.RestartOnFailure, "false", api.PodRunning},
		{api.RestartAlways, "true", api.PodRunning},
	} {
		t.Run(string(test.policy)+" "+test.command, func(t *testing.T) {
			c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
			p := newPod("b", "busybox")
			p.Spec.RestartPolicy = test.policy
			p.Spec.Containers[0].Command = []string{test.command}
			require.NoError(t, apply(c, p))
			require.NoError(t, c.Advance(30*time.Second))
			require.Equal(t, test.want, find(c, "b").Status.Phase)
		})
	}
}

func TestAnImageNobodyHasIsTriedAgainWithBackOff(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	require.NoError(t, apply(c, newPod("web", "ngnix")))
	require.NoError(t, c.Advance(time.Second))
	require.Equal(t, "ErrImagePull", find(c, "web").Status.ContainerStatuses[0].State.Waiting.Reason)
	require.NoError(t, c.Advance(time.Minute))
	require.Equal(t, "ImagePullBackOff", find(c, "web").Status.ContainerStatuses[0].State.Waiting.Reason)
	require.Equal(t, api.PodPending, find(c, "web").Status.Phase)
}

func TestInitContainersRunBeforeTheOthersOneByOne(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	p := newPod("web", "nginx")
	p.Spec.InitContainers = []api.Container{
		{Name: "one", Image: "busybox", Command: []string{"sleep", "5"}},
		{Name: "two", Image: "busybox", Command: []string{"sleep", "5"}},
	}
	require.NoError(t, apply(c, p))
	require.NoError(t, c.Advance(9*time.Second))
	st := find(c, "web").Status
	require.NotNil(t, st.InitContainerStatuses[0].State.Terminated)
	require.NotNil(t, st.InitContainerStatuses[1].State.Running)
	require.Equal(t, "PodInitializing", st.ContainerStatuses[0].State.Waiting.Reason)
	require.NoError(t, c.Advance(20*time.Second))
	require.True(t, ready(find(c, "web")))
}

func TestDeletingANamespaceDeletesWhatIsInIt(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	_, err := c.Do(orchestrate.Request{Verb: store.VerbCreate, Object: &api.Namespace{ObjectMeta: api.ObjectMeta{Name: "shop"}}})
	require.NoError(t, err)
	p := newPod("web", "nginx")
	p.Namespace = "shop"
	require.NoError(t, apply(c, p))
	require.NoError(t, c.Advance(10*time.Second))
	_, err = c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindNamespace, Name: "shop"})
	require.NoError(t, err)
	late := newPod("late", "nginx")
	late.Namespace = "shop"
	require.ErrorContains(t, apply(c, late), "because it is being terminated")
	_, err = c.Settle(time.Hour)
	require.NoError(t, err)
	_, _, there := c.Snapshot().Get(api.KindNamespace, "", "shop")
	require.False(t, there)
	for kind := range api.NumKinds {
		for range c.Snapshot().InNamespace(kind, "shop") {
			t.Fatalf("a %s is left in the namespace", kind)
		}
	}
}

func TestPodsOfARemovedNodeAreCollected(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	require.NoError(t, apply(c, newPod("web", "nginx")))
	require.NoError(t, c.Advance(10*time.Second))
	_, err := c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindNode, Name: "node-1"})
	require.NoError(t, err)
	_, err = c.Settle(time.Hour)
	require.NoError(t, err)
	require.Nil(t, find(c, "web"))
}

// fighter is a loop that always wants the label to say something else.
type fighter struct {
	name, want string
}

func (f fighter) Describe() reconcile.Description {
	pods := api.KindsOf(api.KindPod)
	return reconcile.Description{Name: f.name, Watches: pods, Reads: pods, Writes: pods}
}

func (f fighter) Route(c store.Change, _ store.Snapshot, enqueue func(reconcile.Key)) { enqueue(c.ID) }

func (f fighter) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok || o.Meta().Labels["colour"] == f.want {
		return
	}
	next := o.Clone()
	next.Meta().Labels = map[string]string{"colour": f.want}
	plan.Update(in.Key, next, "Painted")
}

func TestALivelockIsStoppedAndNamed(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{
		Nodes: orchestrate.Nodes(1), Budget: 10_000,
		Extra: []reconcile.Reconciler{fighter{"red-painter", "red"}, fighter{"blue-painter", "blue"}},
	})
	require.NoError(t, apply(c, newPod("web", "nginx")))
	_, err := c.Settle(time.Hour)
	var livelock *orchestrate.LivelockError
	require.True(t, errors.As(err, &livelock), "%v", err)
	require.ElementsMatch(t, []string{"red-painter", "blue-painter"}, livelock.Busiest[:])
	require.ErrorContains(t, err, "do they undo each other's work?")
}

// sneak writes what it did not declare.
type sneak struct{ fighter }

func (s sneak) Describe() reconcile.Description {
	d := s.fighter.Describe()
	d.Writes = 0
	return d
}

func TestALoopThatWritesWhatItDidNotDeclareIsABug(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Extra: []reconcile.Reconciler{sneak{fighter{"sneak", "red"}}}})
	require.NoError(t, apply(c, newPod("web", "nginx")))
	require.PanicsWithValue(t, "orchestrate: bug: sneak does not declare that it writes Pod", func() { _ = c.Advance(time.Second) })
}

// drive does random things to a world, the same for the same draws.
func drive(t *rapid.T, c *orchestrate.Cluster, between func()) {
	for i := range rapid.IntRange(1, 8).Draw(t, "operations") {
		name := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name")
		c.Input("", fmt.Sprint("operation ", i))
		switch rapid.SampledFrom([]string{"create", "delete", "force"}).Draw(t, "verb") {
		case "create":
			p := newPod(name, rapid.SampledFrom([]string{"nginx", "busybox", "nobody/has-this"}).Draw(t, "image"))
			_, _ = c.Do(orchestrate.Request{Verb: store.VerbCreate, Object: p})
		case "delete":
			_, _ = c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: name})
		case "force":
			zero := int64(0)
			_, _ = c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: name, GracePeriod: &zero})
		}
		d := time.Duration(rapid.IntRange(0, 20_000).Draw(t, "milliseconds")) * time.Millisecond
		between()
		require.NoError(t, c.Advance(d))
	}
}

func TestInvariantsHoldAtEveryStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2), VerifyFrozen: true})
		drive(t, c, func() {})
		bound := map[api.UID]string{}
		last := api.Revision(0)
		watch := c.Watch(api.KindsOf(api.KindPod), 0)
		for ch, ok := watch.Next(); ok; ch, ok = watch.Next() {
			require.Greater(t, ch.Rev, last, "revisions only rise")
			last = ch.Rev
			p := ch.Object().(*api.Pod)
			if was := bound[p.UID]; was != "" {
				require.Equal(t, was, p.Spec.NodeName, "a pod binds once")
			}
			bound[p.UID] = p.Spec.NodeName
		}
		for l := range c.Trace(0, c.Revision()) {
			require.Less(t, l.Cause, l.Rev, "a cause comes before its effect")
		}
		require.NoError(t, c.VerifyFrozen())
	})
}

// A world that was cut back and went on must equal the one that never was.
func TestRestoreThenReplayGivesTheSameWorld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := orchestrate.New(orchestrate.Options{Seed: 3, Nodes: orchestrate.Nodes(2)})
		drive(t, c, func() {})
		point := c.Checkpoint()
		rest := time.Duration(rapid.IntRange(0, 60_000).Draw(t, "rest")) * time.Millisecond
		require.NoError(t, c.Advance(rest))
		require.NoError(t, apply(c, newPod("last", "nginx")))
		require.NoError(t, c.Advance(rest))
		want := c.TraceHash()

		require.NoError(t, c.Restore(point))
		require.NoError(t, c.Advance(rest))
		require.NoError(t, apply(c, newPod("last", "nginx")))
		require.NoError(t, c.Advance(rest))
		require.Equal(t, want, c.TraceHash())
	})
}

// However time is cut into pieces, the world is the same.
func TestAdvancingInPiecesGivesTheSameWorld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		worlds := [2]*orchestrate.Cluster{}
		for i := range worlds {
			worlds[i] = orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
			require.NoError(t, apply(worlds[i], newPod("a", "nginx"), newPod("b", "busybox")))
		}
		left := 60_000
		require.NoError(t, worlds[0].Advance(time.Duration(left)*time.Millisecond))
		for left > 0 {
			d := rapid.IntRange(1, left).Draw(t, "piece")
			require.NoError(t, worlds[1].Advance(time.Duration(d)*time.Millisecond))
			left -= d
		}
		require.Equal(t, worlds[0].TraceHash(), worlds[1].TraceHash())
	})
}

// state is what a client sees of the pods, without what a crash may change (when, and how often it was counted).
func state(c *orchestrate.Cluster) []string {
	var out []string
	for _, o := range c.Snapshot().List(api.KindPod) {
		p := o.(*api.Pod)
		out = append(out, fmt.Sprint(p.Name, " ", p.Status.Phase, " ready ", ready(p), " bound ", p.Spec.NodeName != ""))
	}
	return out
}

func TestCrashingALoopAtAnyStepReachesTheSameRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pods := func() []*api.Pod { return []*api.Pod{newPod("a", "nginx"), newPod("b", "nginx"), newPod("c", "nginx")} }
		calm := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
		require.NoError(t, apply(calm, pods()...))
		_, err := calm.Settle(time.Hour)
		require.NoError(t, err)

		c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
		require.NoError(t, apply(c, pods()...))
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			_, err := c.Step()
			require.NoError(t, err)
		}
		loops := c.Loops()
		require.NoError(t, c.Crash(loops[rapid.IntRange(0, len(loops)-1).Draw(t, "loop")].Name))
		_, err = c.Settle(time.Hour)
		require.NoError(t, err)
		require.Equal(t, state(calm), state(c))
	})
}

func TestReconcilingAgainAtRestPlansNothing(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
	require.NoError(t, apply(c, newPod("a", "nginx"), newPod("b", "busybox"), newPod("c", "nobody/has-this")))
	zero := newPod("d", "nginx")
	zero.Spec.NodeSelector = map[string]string{"disk": "none"}
	require.NoError(t, apply(c, zero))
	require.NoError(t, c.Advance(20*time.Minute+5*time.Second)) // between two heartbeats
	before := c.Revision()
	for _, l := range c.Loops() {
		require.NoError(t, c.Crash(l.Name))
	}
	require.NoError(t, c.Advance(100*time.Millisecond))
	require.Equal(t, before, c.Revision(), "every loop looked at everything and found nothing to do")
}

func TestUnknownLoopCannotCrash(t *testing.T) {
	err := orchestrate.New(orchestrate.Options{}).Crash("nobody")
	require.ErrorContains(t, err, `no control loop is called "nobody"; there are ["default-scheduler"`)
}

func TestHistoryIsBounded(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1), MaxHistory: 20})
	require.NoError(t, apply(c, newPod("a", "nginx"), newPod("b", "nginx")))
	_, err := c.Settle(time.Hour)
	require.ErrorIs(t, err, orchestrate.ErrHistoryFull{Limit: 20})
}

func TestWhyOfARemovedPodEndsWithItsRemoval(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	require.NoError(t, apply(c, newPod("web", "nginx")))
	require.NoError(t, c.Advance(10*time.Second))
	c.Input("", "kubectl delete pod web")
	_, err := c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: "web"})
	require.NoError(t, err)
	_, err = c.Settle(time.Hour)
	require.NoError(t, err)
	chain := c.Why(api.KindPod, "default", "web", c.Revision())
	require.Equal(t, "kubectl delete pod web", chain[0].Input)
	require.Equal(t, store.VerbDelete, chain[len(chain)-1].Verb)
	require.Empty(t, c.Why(api.KindPod, "default", "never", c.Revision()))
}
