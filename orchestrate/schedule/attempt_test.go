package schedule_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/schedule"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
)

func waiting(name string, cpu string) *api.Pod {
	return pod(cpu, func(p *api.Pod) { p.Name, p.UID, p.Spec.SchedulerName = name, api.UID(name), schedule.Name })
}

// attempt looks at a pod at a moment and gives the plan.
func (r *rig) attempt(id store.ID, now time.Duration) reconcile.Plan {
	var plan reconcile.Plan
	sn := r.store.Latest(r.loop.Describe().Reads)
	r.loop.Reconcile(reconcile.Input{Snapshot: sn, Key: id, Now: now, Wall: 1000 + api.Time(now/time.Second)}, &plan)
	return plan
}

func TestAPodThatWasRefusedWaits(t *testing.T) {
	for _, test := range []struct {
		tries int32
		want  time.Duration // from the moment of the last event
	}{{1, time.Second}, {2, 2 * time.Second}, {3, 4 * time.Second}, {4, 8 * time.Second}, {5, 10 * time.Second}, {90, 10 * time.Second}} {
		r := newRig()
		r.create(node("n", "1", nil))
		p := waiting("p", "2")
		p.Status.Conditions = []api.PodCondition{{Type: api.PodScheduled, Status: api.ConditionFalse, Reason: api.ReasonUnschedulable,
			Message: "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling."}}
		id := r.create(p)
		r.create(&api.Event{ObjectMeta: api.ObjectMeta{Name: "e", Namespace: "default"}, InvolvedObject: api.ObjectReference{UID: "p"},
			Reason: "FailedScheduling", Count: test.tries, LastTimestamp: 1020, Source: api.EventSource{Component: schedule.Name}})
		early := r.attempt(id, 20*time.Second+300*time.Millisecond)
		require.Empty(t, early.Ops)
		require.Equal(t, test.want-300*time.Millisecond, early.After, "after %d tries", test.tries)
		late := r.attempt(id, 20*time.Second+test.want)
		require.Zero(t, late.After)
		require.Empty(t, late.Ops, "the same words are not said again")
	}
}

func TestAPodIsLookedAtAgainOnlyWhenItMayHelp(t *testing.T) {
	away := func(to string) *api.Affinity {
		return &api.Affinity{PodAntiAffinity: &api.PodAffinity{RequiredDuringSchedulingIgnoredDuringExecution: []api.PodAffinityTerm{{
			LabelSelector: &api.LabelSelector{MatchLabels: map[string]string{"app": to}}, TopologyKey: "kubernetes.io/hostname"}}}}
	}
	on := func(p *api.Pod, node string) *api.Pod { p.Spec.NodeName = node; return p }
	labelled := func(p *api.Pod, app string) *api.Pod { p.Labels = map[string]string{"app": app}; return p }
	for _, test := range []struct {
		name   string
		pod    *api.Pod
		change func(r *rig)
		want   bool
	}{
		{"a node with room comes", waiting("p", "2"), func(r *rig) { r.create(node("m", "4", nil)) }, true},
		{"a node without room comes", waiting("p", "2"), func(r *rig) { r.create(node("m", "1", nil)) }, false},
		{"a node grows", waiting("p", "2"), func(r *rig) {
			r.update(api.KindNode, "n", func(o api.Object) { *o.(*api.Node) = *node("n", "8", nil) })
		}, true},
		{"a node reports that it lives", waiting("p", "2"), func(r *rig) {
			r.update(api.KindNode, "n", func(o api.Object) { o.(*api.Node).Status.Conditions = []api.NodeCondition{{Type: api.NodeReady}} })
		}, false},
		{"a pod makes enough room", waiting("p", "2"), func(r *rig) { r.remove("big") }, true},
		{"a pod makes too little room", waiting("p", "2"), func(r *rig) { r.remove("small") }, false},
		{"a pod that makes room ends", waiting("p", "2"), func(r *rig) {
			r.update(api.KindPod, "big", func(o api.Object) { o.(*api.Pod).Status.Phase = api.PodSucceeded })
		}, true},
		{"a pod reports something", waiting("p", "2"), func(r *rig) {
			r.update(api.KindPod, "big", func(o api.Object) { o.(*api.Pod).Status.PodIP = "10.0.0.1" })
		}, false},
		{"the pod to stay away from changes its labels", func() *api.Pod { p := waiting("p", "2m"); p.Spec.Affinity = away("db"); return p }(), func(r *rig) {
			r.update(api.KindPod, "small", func(o api.Object) { o.(*api.Pod).Labels = nil })
		}, true},
		{"the node of an empty zone goes", func() *api.Pod {
			p := labelled(waiting("p", "1m"), "db")
			p.Spec.NodeSelector = map[string]string{"kubernetes.io/hostname": "n"}
			p.Spec.TopologySpreadConstraints = []api.TopologySpreadConstraint{{MaxSkew: 1, TopologyKey: "kubernetes.io/hostname", WhenUnsatisfiable: api.DoNotSchedule,
				NodeAffinityPolicy: ptr(api.NodeInclusionIgnore), LabelSelector: &api.LabelSelector{MatchLabels: p.Labels}}}
			return p
		}(), func(r *rig) { r.removeNode("empty") }, true},
		{"the pod's own labels change", waiting("p", "2"), func(r *rig) {
			r.update(api.KindPod, "p", func(o api.Object) { o.(*api.Pod).Labels = map[string]string{"a": "b"} })
		}, true},
		{"a namespace comes", waiting("p", "2"), func(r *rig) { r.create(&api.Namespace{ObjectMeta: api.ObjectMeta{Name: "x"}}) }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRig()
			r.create(node("n", "3", nil))
			r.create(node("empty", "1m", nil))
			r.create(on(waiting("big", "2"), "n"))
			r.create(labelled(on(waiting("small", "500m"), "n"), "db"))
			id := r.create(test.pod)
			_, message := r.schedule(id)
			require.Contains(t, message, "0/2 nodes are available")
			require.Empty(t, r.woken, "saying so is no reason to look again")
			test.change(r)
			require.Equal(t, test.want, r.woken[id])
		})
	}
}

func (r *rig) update(kind api.Kind, name string, change func(api.Object)) {
	namespace := "default"
	if kind == api.KindNode {
		namespace = ""
	}
	o, id, _ := r.store.Latest(store.AllKinds).Get(kind, namespace, name)
	next := o.Clone()
	change(next)
	r.put(store.Write{Verb: store.VerbUpdate, ID: id, Object: next})
}

func (r *rig) removeNode(name string) {
	_, id, _ := r.store.Latest(store.AllKinds).Get(api.KindNode, "", name)
	r.put(store.Write{Verb: store.VerbDelete, ID: id})
}

func (r *rig) remove(name string) {
	_, id, _ := r.store.Latest(store.AllKinds).Get(api.KindPod, "default", name)
	r.put(store.Write{Verb: store.VerbDelete, ID: id})
}

func TestPodsThatAreNotTheSchedulersAreLeftAlone(t *testing.T) {
	for name, change := range map[string]func(*api.Pod){
		"another scheduler's": func(p *api.Pod) { p.Spec.SchedulerName = "custom" },
		"bound already":       func(p *api.Pod) { p.Spec.NodeName = "ghost" },
		"being deleted":       func(p *api.Pod) { p.DeletionTimestamp = 1 },
		"held by a gate":      func(p *api.Pod) { p.Spec.SchedulingGates = []api.PodSchedulingGate{{Name: "wait"}} },
		"ended":               func(p *api.Pod) { p.Status.Phase = api.PodFailed },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig()
			r.create(node("n", "1", nil))
			p := waiting("p", "")
			change(p)
			require.Empty(t, r.attempt(r.create(p), time.Second).Ops)
		})
	}
}

func TestPodsOfOneClassAreRefusedInTheSameWordsUntilSomethingChanges(t *testing.T) {
	r := newRig()
	r.create(node("n", "1", nil))
	_, first := r.schedule(r.create(waiting("a", "2")))
	_, second := r.schedule(r.create(waiting("b", "2")))
	require.Equal(t, first, second)
	r.create(node("m", "1", func(n *api.Node) { n.Spec.Unschedulable = true }))
	_, third := r.schedule(r.create(waiting("c", "2")))
	require.Contains(t, third, "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.")
	full := waiting("full", "1m")
	full.Spec.NodeName = "n"
	for i := range 3 {
		p := *full
		p.Name = fmt.Sprint("full-", i)
		r.create(&p)
	}
	_, fourth := r.schedule(r.create(waiting("d", "2")))
	require.Contains(t, fourth, "1 Insufficient cpu, 1 Too many pods, 1 node(s) were unschedulable.")
}

func TestPreemptionIsNotTried(t *testing.T) {
	r := newRig()
	r.create(node("n", "1", nil))
	low := waiting("low", "1")
	low.Spec.NodeName = "n"
	r.create(low)
	high := waiting("high", "1")
	high.Spec.Priority = ptr(int32(2_000_000_000))
	_, message := r.schedule(r.create(high))
	require.Equal(t, "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.", message)
	polite := waiting("polite", "1")
	polite.Spec.PreemptionPolicy = ptr(api.PreemptNever)
	_, message = r.schedule(r.create(polite))
	require.Equal(t, "0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to preemptionPolicy=Never.", message)
}
