package schema

import (
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

func (v *validator) meta(at *api.Path, m *api.ObjectMeta, namespaced bool, name nameRule) {
	if m.GenerateName != "" {
		v.invalid(at.Child("generateName"), m.GenerateName, name(m.GenerateName, true)...)
	}
	if m.Name == "" {
		v.required(at.Child("name"), "name or generateName is required")
	} else {
		v.invalid(at.Child("name"), m.Name, name(m.Name, false)...)
	}
	switch {
	case namespaced && m.Namespace == "":
		v.required(at.Child("namespace"), "")
	case namespaced:
		v.invalid(at.Child("namespace"), m.Namespace, DNSLabel(m.Namespace)...)
	case m.Namespace != "":
		v.forbidden(at.Child("namespace"), "not allowed on this type")
	}
	v.notNegative(at.Child("generation"), m.Generation)
	v.labels(at.Child("labels"), m.Labels)
	v.annotations(at.Child("annotations"), m.Annotations)
	v.owners(at.Child("ownerReferences"), m.OwnerReferences)
	v.finalizers(at.Child("finalizers"), m.Finalizers)
}

// labels checks keys and values, by the order of the keys.
func (v *validator) labels(at *api.Path, set map[string]string) {
	if len(set) == 0 {
		return
	}
	for _, k := range slices.Sorted(maps.Keys(set)) {
		v.invalid(at, k, labels.ValidateKey(k)...)
		v.invalid(at, set[k], labels.ValidateValue(set[k])...)
	}
}

// maxAnnotations is how many bytes all annotations of an object may have together.
const maxAnnotations = 256 << 10

func (v *validator) annotations(at *api.Path, a map[string]string) {
	if len(a) == 0 {
		return
	}
	size := 0
	for _, k := range slices.Sorted(maps.Keys(a)) {
		v.invalid(at, k, labels.ValidateKey(strings.ToLower(k))...)
		size += len(k) + len(a[k])
	}
	if size > maxAnnotations {
		v.add(api.TooLongAt(at.String(), maxAnnotations))
	}
}

func (v *validator) owners(at *api.Path, refs []api.OwnerReference) {
	const empty = "must not be empty"
	controller := ""
	for i, r := range refs {
		here := at.Index(i)
		if r.APIVersion == "" {
			v.required(here.Child("apiVersion"), empty)
		} else if strings.Count(r.APIVersion, "/") > 1 || strings.HasSuffix(r.APIVersion, "/") {
			v.invalid(here.Child("apiVersion"), r.APIVersion, "must be <group>/<version> or <version>")
		}
		for _, f := range []struct{ name, value string }{{"kind", r.Kind}, {"name", r.Name}, {"uid", string(r.UID)}} {
			if f.value == "" {
				v.required(here.Child(f.name), empty)
			}
		}
		if r.Kind == "Event" && r.APIVersion == "v1" {
			v.invalid(here, r, "/v1, Kind=Event is disallowed from being an owner")
		}
		if r.Controller == nil || !*r.Controller {
			continue
		}
		if controller != "" {
			v.invalid(at, refs, `Only one reference can have Controller set to true. Found "true" in references for `+
				controller+" and "+r.Kind+"/"+r.Name)
		} else {
			controller = r.Kind + "/" + r.Name
		}
	}
}

// The finalizers of the garbage collector.
const (
	finalizerOrphan     = "orphan"
	finalizerForeground = "foregroundDeletion"
)

func (v *validator) finalizers(at *api.Path, list []string) {
	for _, f := range list {
		v.invalid(at, f, labels.ValidateKey(f)...)
	}
	if slices.Contains(list, finalizerOrphan) && slices.Contains(list, finalizerForeground) {
		v.invalid(at, list, "finalizer orphan and foregroundDeletion cannot be both set")
	}
	for i, f := range list {
		v.finalizerName(at.Index(i), f)
	}
}

func (v *validator) finalizerName(at *api.Path, f string) {
	if !strings.Contains(f, "/") && f != api.FinalizerKubernetes && f != finalizerOrphan && f != finalizerForeground {
		v.invalid(at, f, "name is neither a standard finalizer name nor is it fully qualified")
	}
}

func (v *validator) metaUpdate(m, old *api.ObjectMeta) {
	at := api.Field("metadata")
	if old.DeletionTimestamp != 0 {
		if more := missingFrom(old.Finalizers, m.Finalizers); len(more) > 0 {
			v.forbidden(at.Child("finalizers"), `no new finalizers can be added if the object is being deleted, found new finalizers []string{"`+
				strings.Join(more, `", "`)+`"}`)
		}
	}
	if m.Generation < old.Generation {
		v.invalid(at.Child("generation"), m.Generation, "must not be decremented")
	}
	for _, f := range []struct {
		name     string
		now, was any
		show     any
	}{
		{"name", m.Name, old.Name, m.Name}, {"namespace", m.Namespace, old.Namespace, m.Namespace}, {"uid", m.UID, old.UID, m.UID},
		{"creationTimestamp", m.CreationTimestamp, old.CreationTimestamp, m.CreationTimestamp},
		{"deletionTimestamp", m.DeletionTimestamp, old.DeletionTimestamp, m.DeletionTimestamp},
		{"deletionGracePeriodSeconds", pointed(m.DeletionGracePeriodSeconds), pointed(old.DeletionGracePeriodSeconds), m.DeletionGracePeriodSeconds},
	} {
		if f.now != f.was {
			v.invalid(at.Child(f.name), f.show, "field is immutable")
		}
	}
}

// pointed is what p points to, or nil.
func pointed[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

// missingFrom are the words of list that have not, sorted.
func missingFrom(have, list []string) []string {
	var out []string
	for _, w := range list {
		if !slices.Contains(have, w) {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}
