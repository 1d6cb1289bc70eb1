package schema

import (
	"reflect"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// mayChange is upstream's list of what can be changed in a pod's spec.
const mayChange = "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"

// podUpdate checks that only those fields of the spec change that may. Both pods have their defaults.
func (v *validator) podUpdate(p, old *api.Pod) {
	at := api.Field("spec")
	if !v.sameContainers(at.Child("containers"), p.Spec.Containers, old.Spec.Containers) ||
		!v.sameContainers(at.Child("initContainers"), p.Spec.InitContainers, old.Spec.InitContainers) ||
		!v.deadlineUpdate(at.Child("activeDeadlineSeconds"), p.Spec.ActiveDeadlineSeconds, old.Spec.ActiveDeadlineSeconds) {
		return
	}
	v.tolerationsUpdate(at.Child("tolerations"), p.Spec.Tolerations, old.Spec.Tolerations)
	v.gatesUpdate(at.Child("schedulingGates"), p.Spec.SchedulingGates, old.Spec.SchedulingGates)
	if same(p.Spec, old.Spec) {
		return
	}
	munged := *p.Spec
	munged.Containers = withImages(p.Spec.Containers, old.Spec.Containers)
	munged.InitContainers = withImages(p.Spec.InitContainers, old.Spec.InitContainers)
	munged.ActiveDeadlineSeconds = old.Spec.ActiveDeadlineSeconds
	munged.Tolerations = old.Spec.Tolerations
	munged.SchedulingGates = old.Spec.SchedulingGates
	if len(old.Spec.SchedulingGates) > 0 {
		v.gatedUpdate(at, &munged, old.Spec)
	}
	if !same(&munged, old.Spec) {
		v.forbidden(at, mayChange+"\n"+unifiedDiff(goJSON(old.Spec, " "), goJSON(&munged, " ")))
	}
}

// sameContainers tells whether both lists are as long, and checks the images, which may change.
func (v *validator) sameContainers(at *api.Path, list, old []api.Container) bool {
	if len(list) != len(old) {
		v.forbidden(at, "pod updates may not add or remove containers")
		return false
	}
	for i := range list {
		v.present(at.Index(i).Child("image"), list[i].Image)
		v.imageBlanks(at.Index(i), &list[i])
	}
	return true
}

// deadlineUpdate checks that a deadline is only set or moved closer; if not, what else changed is not looked at.
func (v *validator) deadlineUpdate(at *api.Path, d, old *int64) bool {
	switch {
	case d == nil && old != nil:
		v.invalid(at, nil, "must not update from a positive integer to nil value")
	case d != nil && (*d < 0 || *d > 1<<31-1):
		v.invalid(at, *d, "must be between 0 and 2147483647, inclusive")
		return false
	case d != nil && old != nil && *old < *d:
		v.invalid(at, *d, "must be less than or equal to previous value")
		return false
	}
	return true
}

// tolerationsUpdate checks that tolerations are only added, or tolerate for another time.
func (v *validator) tolerationsUpdate(at *api.Path, list, old []api.Toleration) {
	for _, t := range old {
		kept := slices.ContainsFunc(list, func(n api.Toleration) bool {
			n.TolerationSeconds = t.TolerationSeconds
			return n == t
		})
		if !kept {
			v.forbidden(at, "existing toleration can not be modified except its tolerationSeconds")
			return
		}
	}
	v.tolerations(at, list)
}

func (v *validator) gatesUpdate(at *api.Path, list, old []api.PodSchedulingGate) {
	for i, g := range list {
		if !slices.Contains(old, g) {
			v.forbidden(at.Index(i).Child("name"), "only deletion is allowed, but found new scheduling gate '"+g.Name+"'")
		}
	}
}

// gatedUpdate lets a pod that the scheduler has not seen yet become choosier about its node. s is given
// the old answers, so that they do not count as changes again.
func (v *validator) gatedUpdate(at *api.Path, s, old *api.PodSpec) {
	kept := true
	//order:irrelevant all must hold
	for k, value := range old.NodeSelector {
		now, ok := s.NodeSelector[k]
		kept = kept && ok && now == value
	}
	if !kept {
		v.invalid(at.Child("nodeSelector"), s.NodeSelector, "only additions to spec.nodeSelector are allowed (no mutations or deletions)")
	}
	s.NodeSelector = old.NodeSelector
	was, is := nodeAffinityOf(old), nodeAffinityOf(s)
	if same(was, is) {
		return
	}
	v.gatedAffinity(at.Child("affinity").Child("nodeAffinity"), is, was)
	switch {
	case s.Affinity == nil:
		s.Affinity = &api.Affinity{NodeAffinity: was}
	case old.Affinity == nil && s.Affinity.PodAffinity == nil && s.Affinity.PodAntiAffinity == nil:
		s.Affinity = nil
	default:
		munged := *s.Affinity
		munged.NodeAffinity = was
		s.Affinity = &munged
	}
}

func nodeAffinityOf(s *api.PodSpec) *api.NodeAffinity {
	if s.Affinity == nil {
		return nil
	}
	return s.Affinity.NodeAffinity
}

// gatedAffinity checks that required terms only ask for more.
func (v *validator) gatedAffinity(at *api.Path, a, old *api.NodeAffinity) {
	if old == nil || old.RequiredDuringSchedulingIgnoredDuringExecution == nil {
		return
	}
	here, was := at.Child(requiredTerms), old.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms
	var is []api.NodeSelectorTerm
	if a != nil && a.RequiredDuringSchedulingIgnoredDuringExecution != nil {
		is = a.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms
	}
	if len(was) > 0 && len(is) != len(was) {
		v.invalidStruct(here.Child("nodeSelectorTerms"), is, "no additions/deletions to non-empty NodeSelectorTerms list are allowed")
		return
	}
	for i := range was {
		wasEmpty := len(was[i].MatchExpressions)+len(was[i].MatchFields) == 0
		isEmpty := len(is[i].MatchExpressions)+len(is[i].MatchFields) == 0
		if wasEmpty && !isEmpty || !startsWith(is[i].MatchExpressions, was[i].MatchExpressions) || !startsWith(is[i].MatchFields, was[i].MatchFields) {
			v.invalidStruct(here.Child("nodeSelectorTerms").Index(i), is[i], "only additions are allowed (no mutations or deletions)")
		}
	}
}

// startsWith tells whether list begins with what was there before.
func startsWith(list, was []api.NodeSelectorRequirement) bool {
	return len(list) >= len(was) && same(list[:len(was)], was)
}

// withImages is list with the images of old.
func withImages(list, old []api.Container) []api.Container {
	out := slices.Clone(list)
	for i := range out {
		out[i].Image = old[i].Image
	}
	return out
}

// Same compares as upstream does: an empty list or map is one that is not there, and 1000m is 1.
func Same(a, b any) bool { return same(a, b) }

func same(a, b any) bool { return sameValue(reflect.ValueOf(a), reflect.ValueOf(b)) }

func sameValue(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return sameValue(a.Elem(), b.Elem())
	case reflect.Interface: // in what is kept as plain JSON: fieldsV1
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return a.Elem().Type() == b.Elem().Type() && sameValue(a.Elem(), b.Elem())
	case reflect.Struct:
		if q, ok := a.Interface().(api.Quantity); ok {
			return q.Cmp(b.Interface().(api.Quantity)) == 0
		}
		for i := range a.NumField() {
			if !sameValue(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !sameValue(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Map:
		if a.Len() != b.Len() {
			return false
		}
		//order:irrelevant all must be equal
		for it := a.MapRange(); it.Next(); {
			if other := b.MapIndex(it.Key()); !other.IsValid() || !sameValue(it.Value(), other) {
				return false
			}
		}
		return true
	}
	return a.Equal(b)
}
