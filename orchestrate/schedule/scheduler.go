package schedule

import (
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Name is the scheduler's name in pods, events and the trace.
const Name = api.DefaultSchedulerName

// Scheduler binds pods to nodes.
type Scheduler struct{ digest *digest }

// New is a scheduler that knows no node yet; it learns them as they are observed.
func New() *Scheduler { return &Scheduler{newDigest()} }

// watched are the kinds the digest follows.
var watched = [...]api.Kind{api.KindNamespace, api.KindNode, api.KindService, api.KindPod}

// Describe says who the scheduler is.
func (s *Scheduler) Describe() reconcile.Description {
	watches := api.KindsOf(watched[:]...)
	return reconcile.Description{
		Name:    Name,
		Doc:     "binds each pod without a node to the node that fits it best",
		Watches: watches,
		Reads:   watches | api.KindsOf(api.KindReplicaSet, api.KindEvent),
		Writes:  api.KindsOf(api.KindPod, api.KindEvent),
		Latency: 20 * time.Millisecond,
	}
}

// Reset forgets all nodes and pods.
func (s *Scheduler) Reset() { s.digest = newDigest() }

// Observe follows a change in the sums of the nodes.
func (s *Scheduler) Observe(c store.Change) { s.digest.observe(c) }

// Assume counts a pod on its node from the moment it was bound, as upstream's scheduler does in its cache.
func (s *Scheduler) Assume(c store.Change) { s.digest.observe(c) }

// Reconcile binds the pod, or says why it cannot be bound.
func (s *Scheduler) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	pod, ok := o.(*api.Pod)
	if !ok || pod.Spec.NodeName != "" || pod.DeletionTimestamp != 0 || finished(pod) || pod.Spec.SchedulerName != Name ||
		len(pod.Spec.SchedulingGates) > 0 {
		return
	}
	if wait := backOff(in, pod); wait > 0 {
		plan.Again(wait)
		return
	}
	c := s.digest.class(pod, in.Snapshot)
	if best := c.choose(pod.UID); best >= 0 {
		next := bind(in, plan, pod, s.digest.nodes[best].name)
		s.digest.bound = binding{next.Spec, c}
		return
	}
	refuse(in, plan, pod, c.explain(pod))
}

// lot draws one of n for a pod. The stream is the pod's own: whoever decides again, at whatever revision, draws the same.
func lot(uid api.UID, n int) int {
	stream := clock.Fork(0, Name+" "+string(uid))
	return stream.IntN(n)
}

func bind(in reconcile.Input, plan *reconcile.Plan, pod *api.Pod, node string) *api.Pod {
	next := *pod
	spec := *pod.Spec
	spec.NodeName = node
	next.Spec = &spec
	next.Status.Conditions = api.SetPodCondition(pod.Status.Conditions, api.PodCondition{
		Type: api.PodScheduled, Status: api.ConditionTrue, LastTransitionTime: in.Wall, ObservedGeneration: pod.Generation,
	})
	plan.Update(in.Key, &next, "Scheduled")
	plan.Record(reconcile.Event{
		About: &next, Type: "Normal", Reason: "Scheduled", Component: Name,
		Message: "Successfully assigned " + pod.Namespace + "/" + pod.Name + " to " + node,
	})
	return &next
}

// refuse says that no node can take the pod, and nothing if that is what was said last.
func refuse(in reconcile.Input, plan *reconcile.Plan, pod *api.Pod, message string) {
	conditions := api.SetPodCondition(pod.Status.Conditions, api.PodCondition{
		Type: api.PodScheduled, Status: api.ConditionFalse, Reason: api.ReasonUnschedulable, Message: message,
		LastTransitionTime: in.Wall, ObservedGeneration: pod.Generation,
	})
	if slices.Equal(conditions, pod.Status.Conditions) {
		return
	}
	next := *pod
	next.Status.Conditions = conditions
	plan.Update(in.Key, &next, "Unschedulable")
	plan.Record(reconcile.Event{About: &next, Type: api.EventWarning, Reason: "FailedScheduling", Message: message, Component: Name})
}

// The pause after an attempt that failed: it doubles from the first to the last.
//
// Source: k8s.io/kubernetes, KubeSchedulerConfiguration, podInitialBackoffSeconds and podMaxBackoffSeconds.
const (
	firstBackOff = time.Second
	lastBackOff  = 10 * time.Second
)

// backOff is how long the pod has to wait until it is tried again. How often it was tried, and when, is known from its Events,
// in whole seconds.
func backOff(in reconcile.Input, pod *api.Pod) time.Duration {
	if !refused(pod) {
		return 0
	}
	tries, last := int32(0), api.Time(0)
	for _, o := range in.Snapshot.EventsAbout(pod.UID, "FailedScheduling") {
		if e, ok := o.(*api.Event); ok && e.Source.Component == Name {
			tries += e.Count
			last = max(last, e.LastTimestamp)
		}
	}
	if tries == 0 {
		return 0
	}
	pause := lastBackOff
	if tries < 5 {
		pause = min(pause, firstBackOff<<(tries-1))
	}
	return pause - (in.Now - in.Now.Truncate(time.Second)) - time.Duration(in.Wall-last)*time.Second
}
