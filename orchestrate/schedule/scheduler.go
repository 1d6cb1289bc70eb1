package schedule

import (
	"maps"
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Name is the scheduler's name in pods, events and the trace.
const Name = api.DefaultSchedulerName

// Scheduler binds pods to nodes.
type Scheduler struct {
	digest   digest
	verdicts []Verdict
}

// New is a scheduler that knows no node yet; it learns them as they are observed.
func New() *Scheduler { return &Scheduler{digest: newDigest()} }

// Describe says who the scheduler is.
func (s *Scheduler) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    Name,
		Doc:     "binds each pod without a node to the node that fits it best",
		Watches: api.KindsOf(api.KindPod, api.KindNode),
		Reads:   api.KindsOf(api.KindPod, api.KindNode),
		Writes:  api.KindsOf(api.KindPod, api.KindEvent),
		Latency: 20 * time.Millisecond,
	}
}

// Reset forgets all nodes and pods.
func (s *Scheduler) Reset() { s.digest = newDigest() }

// Observe follows a change in the sums of the nodes.
func (s *Scheduler) Observe(c store.Change) { s.digest.observe(c) }

// Route wakes the scheduler for a pod that waits, and for all that wait when room may have appeared.
func (s *Scheduler) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	switch o := c.Object().(type) {
	case *api.Pod:
		if c.New != nil && o.Spec.NodeName == "" {
			enqueue(c.ID)
			return
		}
		if c.New != nil && !finished(o) {
			return
		}
	case *api.Node:
		if old, ok := c.Old.(*api.Node); ok && c.New != nil && sameOffer(old, o) {
			return
		}
	}
	for id := range sn.ByNode(api.KindPod, "") {
		enqueue(id)
	}
}

// sameOffer tells whether nothing changed that the filters look at.
func sameOffer(a, b *api.Node) bool {
	return a.Spec.Unschedulable == b.Spec.Unschedulable && slices.Equal(a.Spec.Taints, b.Spec.Taints) &&
		maps.Equal(a.Labels, b.Labels) && maps.Equal(a.Status.Allocatable, b.Status.Allocatable)
}

// Reconcile binds the pod, or says why it cannot be bound.
func (s *Scheduler) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	pod, ok := o.(*api.Pod)
	if !ok || pod.Spec.NodeName != "" || pod.DeletionTimestamp != 0 || finished(pod) || pod.Spec.SchedulerName != Name {
		return
	}
	s.verdicts = s.digest.verdicts(pod, s.verdicts[:0])
	if best := Best(s.verdicts); best >= 0 {
		bind(in, plan, pod, s.verdicts[best].Node)
		return
	}
	refuse(in, plan, pod, Explain(s.verdicts))
}

func bind(in reconcile.Input, plan *reconcile.Plan, pod *api.Pod, node string) {
	next := *pod
	spec := *pod.Spec
	spec.NodeName = node
	next.Spec = &spec
	next.Status.Conditions = api.SetPodCondition(pod.Status.Conditions, api.PodCondition{
		Type: api.PodScheduled, Status: api.ConditionTrue, LastTransitionTime: in.Wall,
	})
	plan.Update(in.Key, &next, "Scheduled")
	plan.Record(reconcile.Event{
		About: &next, Type: "Normal", Reason: "Scheduled", Component: Name,
		Message: "Successfully assigned " + pod.Namespace + "/" + pod.Name + " to " + node,
	})
}

func refuse(in reconcile.Input, plan *reconcile.Plan, pod *api.Pod, message string) {
	conditions := api.SetPodCondition(pod.Status.Conditions, api.PodCondition{
		Type: api.PodScheduled, Status: api.ConditionFalse, Reason: "Unschedulable", Message: message, LastTransitionTime: in.Wall,
	})
	if slices.Equal(conditions, pod.Status.Conditions) {
		return
	}
	next := *pod
	next.Status.Conditions = conditions
	plan.Update(in.Key, &next, "Unschedulable")
	plan.Record(reconcile.Event{About: &next, Type: "Warning", Reason: "FailedScheduling", Message: message, Component: Name})
}
