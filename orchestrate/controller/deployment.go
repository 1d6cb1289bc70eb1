package controller

import (
	"iter"
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

const deploymentController = "deployment-controller"

// Deployments moves pods from one template to the next.
type Deployments struct{}

// NewDeployments is the Deployment controller.
func NewDeployments() *Deployments { return &Deployments{} }

// Describe says who the loop is.
func (*Deployments) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    deploymentController,
		Doc:     "scales the ReplicaSets of a Deployment so that pods of its template replace those before",
		Watches: api.KindsOf(api.KindDeployment, api.KindReplicaSet, api.KindPod),
		Reads:   api.KindsOf(api.KindDeployment, api.KindReplicaSet, api.KindPod),
		Writes:  api.KindsOf(api.KindDeployment, api.KindReplicaSet, api.KindEvent),
		Latency: coalesceDeployment,
	}
}

// Route wakes a Deployment when it changes, when a ReplicaSet does that it manages or could adopt, and when a pod of
// it is gone, because Recreate waits for that.
func (*Deployments) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	switch c.Kind {
	case api.KindDeployment:
		if c.New != nil {
			enqueue(c.ID)
		}
	case api.KindReplicaSet:
		routeToController(c.Old, api.KindDeployment, sn, enqueue)
		if c.New == nil || routeToController(c.New, api.KindDeployment, sn, enqueue) || controllerOf(c.New) != nil {
			return
		}
		for id, o := range sn.InNamespace(api.KindDeployment, c.New.Meta().Namespace) {
			if d, ok := o.(*api.Deployment); ok && selects(d.Spec.Selector, c.New.Meta().Labels) {
				enqueue(id)
			}
		}
	case api.KindPod:
		old, was := c.Old.(*api.Pod)
		now, is := c.New.(*api.Pod)
		if was && (!is || ended(now) && !ended(old)) {
			routePodToDeployment(old, sn, enqueue)
		}
	}
}

// routePodToDeployment wakes the Deployment of a pod's ReplicaSet if it waits for the end of its pods.
func routePodToDeployment(p *api.Pod, sn store.Snapshot, enqueue func(reconcile.Key)) {
	ref := controllerOf(p)
	if ref == nil || ref.Kind != api.KindReplicaSet.String() {
		return
	}
	rs, _, ok := sn.Get(api.KindReplicaSet, p.Namespace, ref.Name)
	if !ok || rs.Meta().UID != ref.UID {
		return
	}
	owner := controllerOf(rs)
	if owner == nil {
		return
	}
	o, id, ok := sn.Get(api.KindDeployment, p.Namespace, owner.Name)
	if d, is := o.(*api.Deployment); ok && is && d.UID == owner.UID && d.Spec.Strategy.Type == api.DeploymentRecreate {
		enqueue(id)
	}
}

// Reconcile gathers what belongs to a Deployment, decides, and plans what was decided.
func (*Deployments) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	d, ok := o.(*api.Deployment)
	if !ok {
		return
	}
	if selectsAll(d.Spec.Selector) {
		refuseSelectingAll(in, d, plan)
		return
	}
	sets := claimSets(in.Snapshot, d, plan)
	if len(plan.Ops) > 0 {
		plan.Again(coalesceDeployment) // what was adopted or released is looked at as it then is
		return
	}
	r := newRollout(d, sets, in.Wall)
	r.oldPods = func(current *set) bool { return oldPodsRun(in.Snapshot, r, current) }
	r.taken = func(name string) *api.ReplicaSet {
		o, _, _ := in.Snapshot.Get(api.KindReplicaSet, d.Namespace, name)
		rs, _ := o.(*api.ReplicaSet)
		return rs
	}
	r.decide()
	r.write(in, plan)
}

// refuseSelectingAll tells people that a Deployment with an empty selector is not acted on.
func refuseSelectingAll(in reconcile.Input, d *api.Deployment, plan *reconcile.Plan) {
	if d.Status.ObservedGeneration >= d.Generation {
		return
	}
	next := *d
	next.Status.ObservedGeneration = d.Generation
	plan.Update(in.Key, &next, "StatusChanged")
	plan.Tell(reconcile.Event{
		About: d, Type: api.EventWarning, Reason: "SelectingAll", Component: deploymentController,
		Message: "This deployment is selecting all pods. A non-empty selector is required.",
	})
}

// claimSets gives the ReplicaSets of a Deployment, oldest first. Those nobody manages and the selector finds are adopted;
// those it does not find any more are released.
func claimSets(sn store.Snapshot, d *api.Deployment, plan *reconcile.Plan) []*set {
	var sets []*set
	for id, o := range sn.ByOwner(api.KindReplicaSet, d.UID) {
		rs, ok := o.(*api.ReplicaSet)
		if of := controllerOf(rs); !ok || of == nil || of.UID != d.UID {
			continue
		}
		if selects(d.Spec.Selector, rs.Labels) {
			sets = append(sets, &set{id: id, rs: rs})
		} else if d.DeletionTimestamp == 0 {
			plan.Update(id, released(rs, d.UID), "Released")
		}
	}
	if d.DeletionTimestamp == 0 {
		for id, o := range likely(sn, api.KindReplicaSet, d.Namespace, d.Spec.Selector) {
			rs, ok := o.(*api.ReplicaSet)
			if ok && rs.Namespace == d.Namespace && rs.DeletionTimestamp == 0 && controllerOf(rs) == nil && selects(d.Spec.Selector, rs.Labels) {
				plan.Update(id, adopted(rs, controls(d, appsV1)), "Adopted")
			}
		}
	}
	sorting.Stable(sets, func(a, b *set) int { return olderFirst(a.rs, b.rs) })
	return sets
}

// likely gives objects of a kind among which are all those a selector finds in a namespace.
func likely(sn store.Snapshot, kind api.Kind, namespace string, s *api.LabelSelector) iter.Seq2[store.ID, api.Object] {
	if s == nil || len(s.MatchLabels) == 0 {
		return sn.InNamespace(kind, namespace)
	}
	key := slices.Sorted(maps.Keys(s.MatchLabels))[0]
	return sn.ByLabel(kind, key, s.MatchLabels[key])
}

// oldPodsRun tells whether a pod of an older template has not ended yet.
func oldPodsRun(sn store.Snapshot, r *rollout, current *set) bool {
	for _, s := range r.sets {
		if s == current {
			continue
		}
		if s.rs.Status.Replicas > 0 {
			return true
		}
		for _, o := range sn.ByOwner(api.KindPod, s.rs.UID) {
			if p, ok := o.(*api.Pod); ok && !ended(p) {
				return true
			}
		}
	}
	return false
}

// Refused tells people that the ReplicaSet could not be made.
func (*Deployments) Refused(in reconcile.Input, refusals []reconcile.Refusal, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	d, ok := o.(*api.Deployment)
	if !ok || endingNamespace(refusals[0].Err) {
		return
	}
	message := "Failed to create new replica set " + quote(refusals[0].Op.Object.Meta().Name) + ": " + refusals[0].Err.Error()
	plan.Record(reconcile.Event{About: d, Type: api.EventWarning, Reason: "ReplicaSetCreateError", Message: message, Component: deploymentController})
	if hasDeadline(d) {
		next := *d
		next.Status.Conditions = setDeploymentCondition(d.Status.Conditions, api.DeploymentCondition{
			Type: api.DeploymentProgressing, Status: api.ConditionFalse, Reason: "ReplicaSetCreateError", Message: message,
			LastUpdateTime: in.Wall, LastTransitionTime: in.Wall,
		})
		if !slices.Equal(next.Status.Conditions, d.Status.Conditions) {
			plan.Update(in.Key, &next, "StatusChanged")
		}
	}
	plan.Failed = true
}
