package api

import "slices"

// SetPodCondition is list with c in the place of the condition of the same type, or at its end. A condition
// whose status stays the same keeps the time of its last transition. The given list is not changed.
func SetPodCondition(list []PodCondition, c PodCondition) []PodCondition {
	i := slices.IndexFunc(list, func(have PodCondition) bool { return have.Type == c.Type })
	if i < 0 {
		return append(slices.Clip(list), c)
	}
	if list[i].Status == c.Status {
		c.LastTransitionTime = list[i].LastTransitionTime
	}
	if list[i] == c {
		return list
	}
	out := slices.Clone(list)
	out[i] = c
	return out
}

// PodConditionOf is the condition of this type; false if it was never reported.
func PodConditionOf(list []PodCondition, kind PodConditionType) (PodCondition, bool) {
	i := slices.IndexFunc(list, func(have PodCondition) bool { return have.Type == kind })
	if i < 0 {
		return PodCondition{}, false
	}
	return list[i], true
}
