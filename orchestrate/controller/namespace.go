package controller

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Namespaces empties namespaces that are being deleted, then lets them go. Pods go first, and everything else only when
// the last of them has ended, so that nothing is taken from under their feet.
//
// Source: Kubernetes documentation, "Namespaces", deletion; KEP-5080, ordered namespace deletion.
type Namespaces struct {
	ending map[string]store.ID // those being deleted
}

// NewNamespaces is the namespace controller. It knows no namespace yet; it learns of them as they are observed.
func NewNamespaces() *Namespaces { return &Namespaces{map[string]store.ID{}} }

// namespaced are the kinds that live in a namespace, as clients see them.
func namespaced() (kinds []*schema.Resource) {
	for _, r := range schema.Resources() {
		if r.Namespaced {
			kinds = append(kinds, r)
		}
	}
	return kinds
}

// Describe says who the loop is.
func (*Namespaces) Describe() reconcile.Description {
	kinds := api.KindsOf(api.KindNamespace)
	for _, r := range namespaced() {
		kinds |= api.KindsOf(r.Kind)
	}
	return reconcile.Description{
		Name:    "namespace-controller",
		Doc:     "deletes everything in a namespace that is being deleted, then the namespace",
		Watches: kinds, Reads: kinds, Writes: kinds,
		Latency: 100 * time.Millisecond,
	}
}

// Reset forgets all namespaces.
func (l *Namespaces) Reset() { l.ending = map[string]store.ID{} }

// Observe notes which namespaces are being deleted.
func (l *Namespaces) Observe(c store.Change) {
	if c.Kind != api.KindNamespace {
		return
	}
	if c.New != nil && c.New.Meta().DeletionTimestamp != 0 {
		l.ending[c.New.Meta().Name] = c.ID
	} else {
		delete(l.ending, c.Object().Meta().Name)
	}
}

// Route wakes the loop for a namespace that is being deleted, and for its content.
func (l *Namespaces) Route(c store.Change, _ store.Snapshot, enqueue func(reconcile.Key)) {
	if len(l.ending) == 0 {
		return
	}
	name := c.Object().Meta().Namespace
	if c.Kind == api.KindNamespace {
		name = c.Object().Meta().Name
	}
	if id, ok := l.ending[name]; ok {
		enqueue(id)
	}
}

// Reconcile asks for the deletion of what is left and says what holds it up, or removes the empty namespace.
func (*Namespaces) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	ns, ok := o.(*api.Namespace)
	if !ok || ns.DeletionTimestamp == 0 {
		return
	}
	left := remains{}
	left.clear(in, plan, ns.Name, func(k api.Kind) bool { return k == api.KindPod })
	if left.total == 0 {
		left.clear(in, plan, ns.Name, func(k api.Kind) bool { return k != api.KindPod })
	}
	if left.total == 0 {
		if left.asked == 0 && len(ns.Finalizers) == 0 {
			plan.Delete(in.Key, ns, "NamespaceEmpty")
		}
		return // what was asked goes at once, and wakes the loop again
	}
	if conditions := left.conditions(ns.Status.Conditions, in.Wall); !slices.Equal(conditions, ns.Status.Conditions) {
		next := *ns
		next.Status.Conditions = conditions
		plan.Update(in.Key, &next, "ContentRemains")
	}
}

// remains is what is still in a namespace once everything was asked to go.
type remains struct {
	total, asked int
	kinds        []string       // "configmaps. has 1 resource instances"
	finalizers   map[string]int // how many objects each holds
}

// clear asks for the deletion of everything of some kinds and counts what does not go at once.
func (r *remains) clear(in reconcile.Input, plan *reconcile.Plan, namespace string, of func(api.Kind) bool) {
	for _, res := range namespaced() {
		if !of(res.Kind) {
			continue
		}
		n := 0
		for id, o := range in.Snapshot.InNamespace(res.Kind, namespace) {
			r.asked++
			if _, gone := reconcile.Deletion(o, nil, api.DeleteBackground, in.Wall); !gone {
				n++
				r.hold(o)
			}
			plan.DeleteAs(id, o, api.DeleteBackground, in.Wall)
		}
		if n > 0 {
			r.total += n
			r.kinds = append(r.kinds, res.Plural+"."+res.Group+" has "+strconv.Itoa(n)+" resource instances")
		}
	}
}

func (r *remains) hold(o api.Object) {
	for _, f := range o.Meta().Finalizers {
		if f == api.FinalizerForeground || f == api.FinalizerOrphan {
			continue // the deletion in the background takes them off
		}
		if r.finalizers == nil {
			r.finalizers = map[string]int{}
		}
		r.finalizers[f]++
	}
}

// conditions are those of a namespace that is being deleted. What never happens here is reported as upstream does when it
// does not happen there.
//
// Source: k8s.io/kubernetes, pkg/controller/namespace/deletion, status_condition_utils.go.
func (r *remains) conditions(have []api.NamespaceCondition, now api.Time) []api.NamespaceCondition {
	slices.Sort(r.kinds)
	content := condition{"NamespaceContentRemaining", "ContentRemoved", "All content successfully removed", false}
	if len(r.kinds) > 0 {
		content = condition{content.kind, "SomeResourcesRemain", "Some resources are remaining: " + strings.Join(r.kinds, ", "), true}
	}
	held := condition{"NamespaceFinalizersRemaining", "ContentHasNoFinalizers", "All content-preserving finalizers finished", false}
	if len(r.finalizers) > 0 {
		held = condition{held.kind, "SomeFinalizersRemain", "Some content in the namespace has finalizers remaining: " + r.held(), true}
	}
	out := slices.Clone(have)
	for _, c := range [...]condition{
		{"NamespaceDeletionDiscoveryFailure", "ResourcesDiscovered", "All resources successfully discovered", false},
		{"NamespaceDeletionGroupVersionParsingFailure", "ParsedGroupVersions", "All legacy kube types successfully parsed", false},
		{"NamespaceDeletionContentFailure", "ContentDeleted", "All content successfully deleted, may be waiting on finalization", false},
		content, held,
	} {
		out = c.put(out, now)
	}
	return out
}

// held tells what the finalizers hold, in the order of their names.
func (r *remains) held() string {
	var out []string
	//order:irrelevant sorted below
	for f, n := range r.finalizers {
		out = append(out, f+" in "+strconv.Itoa(n)+" resource instances")
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

type condition struct {
	kind, reason, message string
	holds                 bool
}

func (c condition) put(list []api.NamespaceCondition, now api.Time) []api.NamespaceCondition {
	next := api.NamespaceCondition{Type: c.kind, Status: api.ConditionFalse, LastTransitionTime: now, Reason: c.reason, Message: c.message}
	if c.holds {
		next.Status = api.ConditionTrue
	}
	for i := range list {
		if list[i].Type == c.kind {
			if list[i].Status == next.Status {
				next.LastTransitionTime = list[i].LastTransitionTime
			}
			list[i] = next
			return list
		}
	}
	return append(list, next)
}
