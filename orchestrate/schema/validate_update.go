package schema

import (
	"reflect"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// mayChange is upstream's list of what can be changed in a pod's spec.
const mayChange = "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"

// podUpdate checks that only those fields of the spec change that may.
func (v *validator) podUpdate(p, old *api.Pod) {
	if len(p.Spec.Containers) != len(old.Spec.Containers) {
		v.add(api.ForbiddenAt("spec.containers", "pod updates may not add or remove containers"))
		return
	}
	if len(p.Spec.InitContainers) != len(old.Spec.InitContainers) {
		v.add(api.ForbiddenAt("spec.initContainers", "pod updates may not add or remove containers"))
		return
	}
	for _, t := range old.Spec.Tolerations {
		if !slices.ContainsFunc(p.Spec.Tolerations, func(n api.Toleration) bool { return reflect.DeepEqual(n, t) }) {
			v.add(api.ForbiddenAt("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds"))
			return
		}
	}
	munged := *p.Spec
	munged.Containers = withImages(p.Spec.Containers, old.Spec.Containers)
	munged.InitContainers = withImages(p.Spec.InitContainers, old.Spec.InitContainers)
	munged.ActiveDeadlineSeconds = old.Spec.ActiveDeadlineSeconds
	munged.Tolerations = old.Spec.Tolerations
	if reflect.DeepEqual(&munged, old.Spec) {
		return
	}
	v.add(api.ForbiddenAt("spec", mayChange+"\n"+changes(&munged, old.Spec)))
}

// withImages is list with the images of old.
func withImages(list, old []api.Container) []api.Container {
	out := slices.Clone(list)
	for i := range out {
		out[i].Image = old[i].Image
	}
	return out
}

// changes says which fields of a spec differ, one a line: "+ spec.hostname: "b"" for what is wanted and "-" for what is
// stored. Upstream prints the Go structs instead.
func changes(wanted, stored *api.PodSpec) string {
	var b strings.Builder
	w, s := reflect.ValueOf(wanted).Elem(), reflect.ValueOf(stored).Elem()
	for _, f := range fieldsOf(w.Type()) {
		a, z := w.FieldByIndex(f.index).Interface(), s.FieldByIndex(f.index).Interface()
		if reflect.DeepEqual(a, z) {
			continue
		}
		for _, side := range []struct {
			sign  string
			value any
		}{{"-", z}, {"+", a}} {
			text, err := MarshalTree(side.value)
			if err == nil {
				b.WriteString(" " + side.sign + " spec." + f.name + ": " + string(text) + "\n")
			}
		}
	}
	return b.String()
}
