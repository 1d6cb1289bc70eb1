package reconcile

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Deletion is what a request to delete o at wall time now makes of it: either it is removed at once, or next is
// the version that says it is being deleted. A nil grace means the object's own grace period, in seconds. If nothing
// changes (it is being deleted already, and not sooner now) both results are empty.
//
// A pod on a node is given its grace period, so that its containers can end; a namespace stays until it is empty;
// whatever has finalizers stays until they are gone. How the deletion goes on to what o owns is kept in a finalizer.
//
// Source: Kubernetes documentation, "Pod Lifecycle", termination, and "Garbage Collection"; k8s.io/apiserver,
// registry/rest BeforeDelete and registry/generic/registry, deletionFinalizersForGarbageCollection.
func Deletion(o api.Object, grace *int64, how api.DeletionPropagation, now api.Time) (next api.Object, remove bool) {
	m := o.Meta()
	seconds := gracePeriod(o, grace)
	finalizers := propagating(m.Finalizers, how)
	held := len(finalizers) > 0 || heldBySpec(o)
	if seconds == 0 && !held {
		return nil, true
	}
	if m.DeletionTimestamp != 0 && m.DeletionGracePeriodSeconds != nil && seconds >= *m.DeletionGracePeriodSeconds {
		if slices.Equal(finalizers, m.Finalizers) {
			return nil, false
		}
		next = o.Clone()
		next.Meta().Finalizers = finalizers
		return next, false
	}
	next = o.Clone()
	m = next.Meta()
	m.Finalizers = finalizers
	m.DeletionTimestamp = now + api.Time(seconds)
	m.DeletionGracePeriodSeconds = &seconds
	if m.Generation > 0 {
		m.Generation++
	}
	if ns, ok := next.(*api.Namespace); ok {
		ns.Status.Phase = api.NamespaceTerminating
	}
	return next, false
}

// propagating is a list of finalizers in which the way a deletion goes on is noted; the list itself if that is not asked for.
func propagating(finalizers []string, how api.DeletionPropagation) []string {
	if how == "" {
		return finalizers
	}
	var out []string
	for _, f := range finalizers {
		if f != api.FinalizerOrphan && f != api.FinalizerForeground {
			out = append(out, f)
		}
	}
	switch how {
	case api.DeleteOrphan:
		out = append(out, api.FinalizerOrphan)
	case api.DeleteForeground:
		out = append(out, api.FinalizerForeground)
	}
	return out
}

// Held tells whether something keeps an object that is to be deleted: a finalizer of its own or, for a namespace,
// of its spec.
func Held(o api.Object) bool { return len(o.Meta().Finalizers) > 0 || heldBySpec(o) }

func heldBySpec(o api.Object) bool {
	ns, ok := o.(*api.Namespace)
	return ok && len(ns.Spec.Finalizers) > 0
}

// gracePeriod is how many seconds an object is given to end.
func gracePeriod(o api.Object, asked *int64) int64 {
	pod, ok := o.(*api.Pod)
	if !ok || pod.Spec == nil || pod.Spec.NodeName == "" || pod.Status.Phase == api.PodSucceeded || pod.Status.Phase == api.PodFailed {
		return 0
	}
	if asked != nil {
		return max(*asked, 0)
	}
	if pod.Spec.TerminationGracePeriodSeconds != nil {
		return max(*pod.Spec.TerminationGracePeriodSeconds, 0)
	}
	return 30
}
