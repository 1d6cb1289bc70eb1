package controller

import (
	"maps"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

const (
	appsV1 = "apps/v1"

	replicaSetController = "replicaset-controller"

	// coalesce is how long a ReplicaSet waits after a change, so that changes that come together are looked at once;
	// upstream's queues merge the changes of a key that waits or is being worked on. A Deployment waits longer: what its
	// ReplicaSets make of a step should be seen before the next one is decided, as it nearly always is upstream.
	coalesce           = 10 * time.Millisecond
	coalesceDeployment = 25 * time.Millisecond

	// burst is how many pods a ReplicaSet makes or deletes at a time.
	//
	// Source: k8s.io/kubernetes, pkg/controller/replicaset, BurstReplicas.
	burst = 500
)

// ReplicaSets keeps as many pods of a template as are wanted.
type ReplicaSets struct{ members members }

// NewReplicaSets is the ReplicaSet controller. It knows no pod yet; it learns of them as they are observed.
func NewReplicaSets() *ReplicaSets { return &ReplicaSets{newMembers()} }

// Describe says who the loop is.
func (*ReplicaSets) Describe() reconcile.Description {
	kinds := api.KindsOf(api.KindReplicaSet, api.KindPod)
	return reconcile.Description{
		Name:    replicaSetController,
		Doc:     "makes and deletes pods until there are as many of a template as its ReplicaSet wants",
		Watches: kinds, Reads: kinds, Writes: kinds | api.KindsOf(api.KindEvent),
		Latency: coalesce,
	}
}

// Reset forgets all pods.
func (l *ReplicaSets) Reset() { l.members = newMembers() }

// Observe follows a change of a pod in the sums.
func (l *ReplicaSets) Observe(c store.Change) { l.members.observe(c) }

// Route wakes a ReplicaSet when it changes, and when a pod does that it manages, managed, or could adopt.
func (l *ReplicaSets) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	if c.Kind == api.KindReplicaSet {
		if c.New != nil {
			enqueue(c.ID)
		}
		return
	}
	old, was := c.Old.(*api.Pod)
	now, is := c.New.(*api.Pod)
	if was && is && countsAlike(old, now) {
		return
	}
	if was {
		routeToController(old, api.KindReplicaSet, sn, enqueue)
	}
	if !is || controllerOf(now) != nil {
		if is {
			routeToController(now, api.KindReplicaSet, sn, enqueue)
		}
		return
	}
	if was && controllerOf(old) == nil && maps.Equal(old.Labels, now.Labels) {
		return
	}
	for id, o := range sn.InNamespace(api.KindReplicaSet, now.Namespace) {
		if rs, ok := o.(*api.ReplicaSet); ok && selects(rs.Spec.Selector, now.Labels) {
			enqueue(id)
		}
	}
}

// replicas is the work on one ReplicaSet at one moment.
type replicas struct {
	reconcile.Input
	plan  *reconcile.Plan
	rs    *api.ReplicaSet
	total tally
	// claimed are the active pods that belong to it; nil if nobody had to look at them.
	claimed []candidate
	listed  bool
}

// Reconcile adopts and releases pods, then makes or deletes some, then writes down what was seen.
func (l *ReplicaSets) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	rs, ok := o.(*api.ReplicaSet)
	if !ok {
		return
	}
	w := replicas{Input: in, plan: plan, rs: rs}
	stray := false
	w.total, stray = l.members.total(rs)
	if stray || rs.DeletionTimestamp == 0 && l.members.orphans(rs) {
		w.claim()
	}
	diff := int(w.total.active - wanted(rs.Spec.Replicas))
	switch {
	case rs.DeletionTimestamp != 0 || diff == 0:
	case diff < 0:
		w.create(min(-diff, burst))
	default:
		w.delete(min(diff, burst))
	}
	w.writeStatus(nil)
}

// wanted is a number of replicas; 1 unless stated.
func wanted(n *int32) int32 {
	if n == nil {
		return 1
	}
	return *n
}

// claim adopts the pods that nobody manages and the selector finds, releases those it does not find any more, and
// counts again.
func (w *replicas) claim() {
	w.listed = true
	ref := controls(w.rs, appsV1)
	labeled := int32(0)
	w.total.active, w.total.ready = 0, 0
	for id, o := range w.Snapshot.InNamespace(api.KindPod, w.rs.Namespace) {
		p, ok := o.(*api.Pod)
		if !ok || !active(p) {
			continue
		}
		of, found := controllerOf(p), selects(w.rs.Spec.Selector, p.Labels)
		switch {
		case of == nil && found && w.rs.DeletionTimestamp == 0:
			w.plan.Update(id, adopted(p, ref), "Adopted")
			p = w.lastPod()
		case of != nil && of.UID == w.rs.UID && !found:
			if w.rs.DeletionTimestamp == 0 {
				w.plan.Update(id, released(p, w.rs.UID), "Released")
			}
			continue
		case of == nil || of.UID != w.rs.UID:
			continue
		}
		w.claimed = append(w.claimed, newCandidate(id, p, 0))
		w.total.active++
		if ready(p) {
			w.total.ready++
		}
		if contains(p.Labels, w.rs.Spec.Template.Labels) {
			labeled++
		}
	}
	w.total.labeled = labeled
}

// lastPod is the pod of the last op.
func (w *replicas) lastPod() *api.Pod {
	p, _ := w.plan.Ops[len(w.plan.Ops)-1].Object.(*api.Pod)
	return p
}

// create plans n pods in batches that double, so that a template nobody lets in costs one refusal and not hundreds.
//
// Source: k8s.io/kubernetes, pkg/controller/replicaset, slowStartBatch.
func (w *replicas) create(n int) {
	refs := []api.OwnerReference{controls(w.rs, appsV1)}
	for batch, size := uint8(0), 1; n > 0; batch, size = batch+1, size*2 {
		for range min(size, n) {
			p := podOf(&w.rs.Spec.Template, w.rs, refs)
			p.Name = w.freeName()
			w.plan.Create(p, "Created")
			w.plan.Ops[len(w.plan.Ops)-1].Batch = batch
			w.plan.Tell(w.event(api.EventNormal, "SuccessfulCreate", "Created pod: "+p.Name))
		}
		n -= size
	}
}

// podOf is a pod made from a template, without a name. It shares what the template has.
func podOf(t *api.PodTemplateSpec, owner api.Object, refs []api.OwnerReference) *api.Pod {
	m := owner.Meta()
	return &api.Pod{
		ObjectMeta: api.ObjectMeta{
			GenerateName: m.Name + "-", Namespace: m.Namespace, Labels: t.Labels, Annotations: t.Annotations,
			Finalizers: t.Finalizers, OwnerReferences: refs,
		},
		Spec: t.Spec,
	}
}

// freeName is a name for a new pod: that of the ReplicaSet with a random end, drawn again while it is taken.
func (w *replicas) freeName() string {
	const longest, end = 63, 5
	prefix := w.rs.Name + "-"
	prefix = prefix[:min(len(prefix), longest-end)]
	for {
		name := prefix + w.Rand.Suffix(end)
		if _, _, taken := w.Snapshot.Get(api.KindPod, w.rs.Namespace, name); !taken {
			return name
		}
	}
}

// delete plans the end of n pods, those first that are missed least.
func (w *replicas) delete(n int) {
	if !w.listed {
		for id, o := range w.Snapshot.ByOwner(api.KindPod, w.rs.UID) {
			if p, ok := o.(*api.Pod); ok && active(p) && w.manages(p) {
				w.claimed = append(w.claimed, newCandidate(id, p, 0))
			}
		}
	}
	if n < len(w.claimed) {
		onNode := w.related()
		for i := range w.claimed {
			w.claimed[i].doubled = onNode[w.claimed[i].pod.Spec.NodeName]
		}
		rank(w.claimed, w.Now, w.WallAt(0))
	}
	for _, c := range w.claimed[:min(n, len(w.claimed))] {
		if w.remove(c) {
			w.plan.Tell(w.event(api.EventNormal, "SuccessfulDelete", "Deleted pod: "+c.pod.Name))
		}
	}
}

// remove plans the end of a pod. One that the plan adopted just now is changed by that op already: it is left for the next time.
func (w *replicas) remove(c candidate) bool {
	if stored, ok := w.Snapshot.ByID(c.id); !ok || stored != api.Object(c.pod) {
		w.plan.Again(coalesce)
		return false
	}
	return w.plan.DeleteAs(c.id, c.pod, "", w.Wall)
}

func (w *replicas) manages(p *api.Pod) bool {
	ref := controllerOf(p)
	return ref != nil && ref.UID == w.rs.UID && selects(w.rs.Spec.Selector, p.Labels)
}

// related counts the active pods on each node that belong to the ReplicaSets of the same owner, this one included.
//
// Source: k8s.io/kubernetes, pkg/controller/replicaset, getPodsRankedByRelatedPodsOnSameNode.
func (w *replicas) related() map[string]int {
	onNode := map[string]int{}
	count := func(rs api.UID) {
		for _, o := range w.Snapshot.ByOwner(api.KindPod, rs) {
			if p, ok := o.(*api.Pod); ok && active(p) {
				onNode[p.Spec.NodeName]++
			}
		}
	}
	owner := controllerOf(w.rs)
	if owner == nil {
		count(w.rs.UID)
		return onNode
	}
	for _, o := range w.Snapshot.ByOwner(api.KindReplicaSet, owner.UID) {
		count(o.Meta().UID)
	}
	return onNode
}

func (w *replicas) event(kind, reason, message string) reconcile.Event {
	return reconcile.Event{About: w.rs, Type: kind, Reason: reason, Message: message, Component: replicaSetController}
}
