package schema

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Validate tells everything that is wrong with an object that has its defaults, in the order of its fields; nothing if it
// may be stored. old is the stored object of an update, nil for a create.
//
// Source: Kubernetes API reference; k8s.io/kubernetes/pkg/apis/core/validation.
func Validate(o, old api.Object) []api.FieldError {
	v := &validator{}
	res := ByKind(o.Kind())
	v.meta(res, o.Meta(), nameRule(o.Kind()))
	if old != nil {
		v.metaUpdate(o.Meta(), old.Meta())
	}
	switch o := o.(type) {
	case *api.Pod:
		v.podSpec(o.Spec)
		if was, ok := old.(*api.Pod); ok && len(v.errs) == 0 {
			v.podUpdate(o, was)
		}
	case *api.Node:
		v.node(o)
	case *api.Event:
		if o.InvolvedObject.Namespace != "" && o.InvolvedObject.Namespace != o.Namespace {
			v.add(api.InvalidAt("involvedObject.namespace", o.InvolvedObject.Namespace, "does not match event.namespace"))
		}
	}
	return v.errs
}

// validator gathers errors.
type validator struct{ errs []api.FieldError }

func (v *validator) add(e api.FieldError) { v.errs = append(v.errs, e) }

func (v *validator) invalid(path string, bad any, details []string) {
	for _, d := range details {
		v.add(api.InvalidAt(path, bad, d))
	}
}

// nameRule is what names of a kind must be.
func nameRule(k api.Kind) func(string) []string {
	if k == api.KindNamespace {
		return DNSLabel
	}
	return labels.ValidateSubdomain
}

// DNSLabel tells why a word is no RFC 1123 label, in upstream's words; nothing if it is one.
func DNSLabel(s string) []string {
	const form = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
	var out []string
	if len(s) > 63 {
		out = append(out, "must be no more than 63 bytes")
	}
	if !dnsLabel(s) {
		if strings.Contains(s, ".") && !slices.ContainsFunc(strings.Split(s, "."), func(part string) bool { return !dnsLabel(part) }) {
			return append(out, "must not contain dots")
		}
		out = append(out, form)
	}
	return out
}

func dnsLabel(s string) bool {
	for i := range len(s) {
		c := s[i]
		inner := c == '-' && i > 0 && i < len(s)-1
		if !inner && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

func (v *validator) meta(res *Resource, m *api.ObjectMeta, name func(string) []string) {
	if m.GenerateName != "" {
		// The random end will be letters and digits, so a prefix may end in a dash.
		v.invalid("metadata.generateName", m.GenerateName, name(strings.TrimRight(m.GenerateName, "-")+"a"))
	}
	switch {
	case m.Name == "" && m.GenerateName == "":
		v.add(api.RequiredAt("metadata.name", "name or generateName is required"))
	case m.Name != "":
		v.invalid("metadata.name", m.Name, name(m.Name))
	}
	switch {
	case res.Namespaced && m.Namespace == "":
		v.add(api.RequiredAt("metadata.namespace", ""))
	case res.Namespaced:
		v.invalid("metadata.namespace", m.Namespace, DNSLabel(m.Namespace))
	}
	for _, k := range slices.Sorted(maps.Keys(m.Labels)) {
		v.invalid("metadata.labels", k, labels.ValidateKey(k))
		v.invalid("metadata.labels", m.Labels[k], labels.ValidateValue(m.Labels[k]))
	}
	v.annotations(m.Annotations)
	for i, r := range m.OwnerReferences {
		at := "metadata.ownerReferences[" + strconv.Itoa(i) + "]"
		v.required(at+".apiVersion", r.APIVersion, "")
		v.required(at+".kind", r.Kind, "")
		v.required(at+".name", r.Name, "")
		v.required(at+".uid", string(r.UID), "")
	}
	for _, f := range m.Finalizers {
		v.invalid("metadata.finalizers", f, labels.ValidateKey(f))
	}
}

// maxAnnotations is how many bytes all annotations of an object may have together.
const maxAnnotations = 256 << 10

func (v *validator) annotations(a map[string]string) {
	size := 0
	for _, k := range slices.Sorted(maps.Keys(a)) {
		v.invalid("metadata.annotations", k, labels.ValidateKey(strings.ToLower(k)))
		size += len(k) + len(a[k])
	}
	if size > maxAnnotations {
		v.add(api.TooLongAt("metadata.annotations", maxAnnotations))
	}
}

func (v *validator) required(path, value, detail string) {
	if value == "" {
		v.add(api.RequiredAt(path, detail))
	}
}

func (v *validator) metaUpdate(m, old *api.ObjectMeta) {
	if m.DeletionTimestamp != 0 {
		for _, f := range m.Finalizers {
			if !slices.Contains(old.Finalizers, f) {
				v.add(api.ForbiddenAt("metadata.finalizers", `no new finalizers can be added if the object is being deleted, found new finalizers []string{"`+f+`"}`))
			}
		}
	}
}

func (v *validator) node(n *api.Node) {
	for i, t := range n.Spec.Taints {
		at := "metadata.taints[" + strconv.Itoa(i) + "]"
		v.invalid(at+".key", t.Key, labels.ValidateKey(t.Key))
		v.invalid(at+".value", t.Value, labels.ValidateValue(t.Value))
		if !slices.Contains([]api.TaintEffect{api.TaintNoSchedule, api.TaintPreferNoSchedule, api.TaintNoExecute}, t.Effect) {
			v.add(api.NotSupportedAt(at+".effect", t.Effect, api.TaintNoSchedule, api.TaintPreferNoSchedule, api.TaintNoExecute))
		}
	}
}
