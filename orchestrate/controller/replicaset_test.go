package controller

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// runningPod has been ready since a second; a negative one means that it is not ready.
func runningPod(name string, since api.Time) *api.Pod {
	p := &api.Pod{
		ObjectMeta: api.ObjectMeta{Name: name, Namespace: "default", UID: api.UID(name), CreationTimestamp: 1000, Labels: map[string]string{"app": "web"}},
		Spec:       &api.PodSpec{NodeName: "n1"}, Status: api.PodStatus{Phase: api.PodRunning},
	}
	if since >= 0 {
		p.Status.Conditions = []api.PodCondition{{Type: api.PodReady, Status: api.ConditionTrue, LastTransitionTime: since}}
	}
	return p
}

func TestThosePodsGoFirstThatAreMissedLeast(t *testing.T) {
	change := func(name string, do func(p *api.Pod)) *api.Pod {
		p := runningPod(name, 1010)
		do(p)
		return p
	}
	restarted := func(n int32) func(p *api.Pod) {
		return func(p *api.Pod) { p.Status.ContainerStatuses = []api.ContainerStatus{{RestartCount: n}} }
	}
	for _, test := range []struct {
		name        string
		first, next *api.Pod
		doubled     [2]int
	}{
		{"without a node", change("a", func(p *api.Pod) { p.Spec.NodeName = "" }), change("b", func(p *api.Pod) { p.Status.Phase = api.PodPending }), [2]int{}},
		{"pending", change("a", func(p *api.Pod) { p.Status.Phase = api.PodPending }), runningPod("b", -1), [2]int{}},
		{"unknown before running", change("a", func(p *api.Pod) { p.Status.Phase = api.PodUnknown }), runningPod("b", -1), [2]int{}},
		{"not ready", runningPod("a", -1), runningPod("b", 1010), [2]int{}},
		{"cheap", change("a", func(p *api.Pod) { p.Annotations = map[string]string{AnnotationDeletionCost: "-5"} }), runningPod("b", 1010), [2]int{}},
		{"a cost that is no number is none", runningPod("a", 1010), change("b", func(p *api.Pod) {
			p.CreationTimestamp = 500
			p.Annotations = map[string]string{AnnotationDeletionCost: "+7"}
		}), [2]int{}},
		{"doubled up on a node", runningPod("a", 1010), runningPod("b", 1010), [2]int{3, 1}},
		{"ready for a shorter time", runningPod("a", 1100), runningPod("b", 1001), [2]int{}},
		{"restarted more often", change("a", restarted(3)), change("b", restarted(1)), [2]int{}},
		{"much younger", change("a", func(p *api.Pod) { p.CreationTimestamp = 1090 }), runningPod("b", 1010), [2]int{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, b := newCandidate(1, test.first, test.doubled[0]), newCandidate(2, test.next, test.doubled[1])
			for _, order := range [][]candidate{{a, b}, {b, a}} {
				rank(order, 110*time.Second, 1000)
				require.Equal(t, test.first.Name, order[0].pod.Name)
			}
		})
	}
}

// field is a store with a ReplicaSet, and the loop that looks after it.
type field struct {
	s    *store.Store
	loop *ReplicaSets
	rs   store.ID
	rand clock.Rand
}

func newField(t require.TestingT, replicas int32) *field {
	f := &field{s: store.New(store.Options{VerifyFrozen: true}), loop: NewReplicaSets(), rand: clock.Fork(1, "x")}
	rs := &api.ReplicaSet{ObjectMeta: api.ObjectMeta{Name: "web", Namespace: "default", UID: "rs", Generation: 1}}
	rs.Spec = api.ReplicaSetSpec{Replicas: &replicas, Selector: &api.LabelSelector{MatchLabels: map[string]string{"app": "web"}}, Template: template("v1")}
	f.rs = f.put(t, store.Write{Verb: store.VerbCreate, Object: rs})
	return f
}

func (f *field) put(t require.TestingT, w store.Write) store.ID {
	c, err := f.s.Put(w)
	require.NoError(t, err)
	if c.Kind == api.KindPod {
		f.loop.Observe(c)
	}
	return c.ID
}

// step reconciles once and carries the plan out. It gives the ops.
func (f *field) step(t require.TestingT) []reconcile.Op {
	var plan reconcile.Plan
	d := f.loop.Describe()
	f.loop.Reconcile(reconcile.Input{Snapshot: f.s.Latest(d.Reads), Key: f.rs, Now: time.Minute, Wall: 1060, Rand: &f.rand}, &plan)
	for _, op := range plan.Ops {
		if op.Verb == store.VerbInput {
			continue
		}
		if op.Verb == store.VerbCreate {
			op.Object.Meta().UID = api.UID(op.Object.Meta().Name)
		}
		f.put(t, store.Write{Verb: op.Verb, ID: op.ID, Object: op.Object})
	}
	return plan.Ops
}

func (f *field) settle(t require.TestingT) {
	for range 20 {
		if len(f.step(t)) == 0 {
			return
		}
	}
	require.Fail(t, "it does not come to rest")
}

func TestAReplicaSetAdoptsReleasesAndReplaces(t *testing.T) {
	f := newField(t, 2)
	mine := f.put(t, store.Write{Verb: store.VerbCreate, Object: runningPod("orphan", 1010)})
	f.settle(t)
	sn := f.s.Latest(store.AllKinds)
	p, _ := sn.ByID(mine)
	require.Equal(t, api.UID("rs"), controllerOf(p).UID, "it is adopted")
	rs, _ := sn.ByID(f.rs)
	require.EqualValues(t, 2, rs.(*api.ReplicaSet).Status.Replicas, "and only one is made")

	moved := p.Clone()
	moved.Meta().Labels = map[string]string{"app": "other"}
	f.put(t, store.Write{Verb: store.VerbUpdate, ID: mine, Object: moved})
	f.settle(t)
	p, _ = f.s.Latest(store.AllKinds).ByID(mine)
	require.Nil(t, controllerOf(p), "it is released")
	rs, _ = f.s.Latest(store.AllKinds).ByID(f.rs)
	require.EqualValues(t, 2, rs.(*api.ReplicaSet).Status.Replicas, "and replaced")
	require.NoError(t, f.s.VerifyFrozen())
}

func TestPodsAreMadeInBatchesThatDouble(t *testing.T) {
	f := newField(t, 600)
	var batches [10]int
	for _, op := range f.step(t) {
		if op.Verb == store.VerbCreate {
			batches[op.Batch]++
		}
	}
	require.Equal(t, [10]int{1, 2, 4, 8, 16, 32, 64, 128, 245}, batches)
}

// dumb counts again what the digest counted.
func dumb(sn store.Snapshot, rs *api.ReplicaSet) (t tally, stray, orphans bool) {
	for _, o := range sn.List(api.KindPod) {
		p := o.(*api.Pod)
		of, found := controllerOf(p), selects(rs.Spec.Selector, p.Labels)
		switch {
		case of == nil:
			orphans = orphans || p.Namespace == rs.Namespace && active(p) && found
		case of.UID != rs.UID:
		case !found:
			stray = stray || active(p)
		case active(p):
			t.active++
			if ready(p) {
				t.ready++
			}
			if contains(p.Labels, rs.Spec.Template.Labels) {
				t.labeled++
			}
		case terminating(p):
			t.terminating++
		}
	}
	return t, stray, orphans
}

func TestTheDigestEqualsCountingAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := newField(t, 3)
		o, _ := f.s.Latest(store.AllKinds).ByID(f.rs)
		rs := o.(*api.ReplicaSet)
		rs.Spec.Template.Labels = map[string]string{"app": "web", "tier": "front"}
		ids := map[string]store.ID{}
		for range rapid.IntRange(1, 40).Draw(t, "operations") {
			name := fmt.Sprint("p", rapid.IntRange(0, 4).Draw(t, "pod"))
			p := runningPod(name, rapid.SampledFrom([]api.Time{-1, 1010}).Draw(t, "ready"))
			p.Labels = rapid.SampledFrom([]map[string]string{{"app": "web"}, {"app": "web", "tier": "front"}, {"app": "other"}, nil}).Draw(t, "labels")
			p.Namespace = "default"
			p.Status.Phase = rapid.SampledFrom([]api.PodPhase{api.PodRunning, api.PodFailed}).Draw(t, "phase")
			if rapid.Bool().Draw(t, "deleting") {
				p.DeletionTimestamp = 5
			}
			if rapid.Bool().Draw(t, "managed") {
				p.OwnerReferences = []api.OwnerReference{controls(rs, appsV1)}
			}
			id, there := ids[name]
			switch {
			case !there:
				ids[name] = f.put(t, store.Write{Verb: store.VerbCreate, Object: p})
			case rapid.Bool().Draw(t, "remove"):
				f.put(t, store.Write{Verb: store.VerbDelete, ID: id})
				delete(ids, name)
			default:
				f.put(t, store.Write{Verb: store.VerbUpdate, ID: id, Object: p})
			}
			want, stray, orphans := dumb(f.s.Latest(store.AllKinds), rs)
			got, gotStray := f.loop.members.total(rs)
			require.Equal(t, want, got)
			require.Equal(t, stray, gotStray)
			require.Equal(t, orphans, f.loop.members.orphans(rs))
		}
		for _, id := range ids { //order:irrelevant all of them go
			f.put(t, store.Write{Verb: store.VerbDelete, ID: id})
		}
		require.Empty(t, f.loop.members.managed, "nothing is kept of pods that are gone")
		require.Empty(t, f.loop.members.free)
	})
}
