package schema

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

func (v *validator) node(n *api.Node) {
	v.taints(api.Field("metadata").Child("taints"), n.Spec.Taints)
	v.nodeResources(api.Field("status").Child("capacity"), n.Status.Capacity)
	v.nodeResources(api.Field("status").Child("allocatable"), n.Status.Allocatable)
	v.podCIDRs(api.Field("spec").Child("podCIDRs"), n.Spec.PodCIDRs)
}

// taints checks taints; upstream says that they are in the metadata, where they once were.
func (v *validator) taints(at *api.Path, list []api.Taint) {
	for i, t := range list {
		here := at.Index(i)
		v.invalid(here.Child("key"), t.Key, labels.ValidateKey(t.Key)...)
		if msgs := labels.ValidateValue(t.Value); len(msgs) > 0 {
			v.invalid(here.Child("value"), t.Value, strings.Join(msgs, ";"))
		}
		if v.present(here.Child("effect"), string(t.Effect)) {
			v.taintEffect(here.Child("effect"), t.Effect)
		}
		if slices.ContainsFunc(list[:i], func(o api.Taint) bool { return o.Key == t.Key && o.Effect == t.Effect }) {
			v.add(api.FieldError{Type: api.FieldDuplicate, Field: here.String(), BadValue: goJSON(t, ""),
				Detail: "taints must be unique by key and effect pair"})
		}
	}
}

func (v *validator) nodeResources(at *api.Path, list api.ResourceList) {
	for _, n := range resourceNames(list) {
		v.amount(at.Child(string(n)), n, list[n])
	}
}

func (v *validator) podCIDRs(at *api.Path, list []string) {
	for i, c := range list {
		v.invalid(at.Index(i), c, addressRange(c)...)
	}
	if len(list) > 2 || len(list) == 2 && cidrFamily(list[0]) == cidrFamily(list[1]) {
		v.invalid(at, list, "may specify no more than one CIDR for each IP family")
	}
}

func (v *validator) nodeUpdate(n, old *api.Node) {
	spec := api.Field("spec")
	for i, a := range n.Status.Addresses {
		if slices.Contains(n.Status.Addresses[:i], a) {
			v.add(api.FieldError{Type: api.FieldDuplicate, Field: api.Field("status").Child("addresses").Index(i).String(), BadValue: goJSON(a, "")})
		}
	}
	if len(old.Spec.PodCIDRs) > 0 && !slices.Equal(old.Spec.PodCIDRs, n.Spec.PodCIDRs) {
		v.forbidden(spec.Child("podCIDRs"), `node updates may not change podCIDR except from "" to valid`)
	}
	switch was, is := old.Spec.ProviderID, n.Spec.ProviderID; {
	case was != "" && is == "":
		v.invalid(spec.Child("providerID"), nil, "field cannot be cleared once set")
	case was != "" && is != was:
		v.invalid(spec.Child("providerID"), nil, "field cannot be modified once set")
	}
	if n.Spec.DoNotUseExternalID != old.Spec.DoNotUseExternalID {
		v.forbidden(spec.Child("externalID"), "may not be updated")
	}
}

func (v *validator) namespace(n *api.Namespace) {
	at := api.Field("spec").Child("finalizers")
	for _, f := range n.Spec.Finalizers {
		v.invalid(at, f, labels.ValidateKey(f)...)
		v.finalizerName(at, f)
	}
}

// event checks an event as the older API does, which is the one clients of this version write to.
func (v *validator) event(e *api.Event) {
	space := api.Field("involvedObject").Child("namespace")
	about := e.InvolvedObject.Namespace
	if e.EventTime == 0 {
		if about == "" && e.Namespace != "" && e.Namespace != api.NamespaceDefault || about != "" && about != e.Namespace {
			v.invalid(space, about, "does not match event.namespace")
		}
		return
	}
	if about == "" && e.Namespace != api.NamespaceDefault && e.Namespace != api.NamespaceSystem {
		v.invalid(space, about, "does not match event.namespace")
	}
	component := api.Field("reportingComponent")
	v.present(component, e.ReportingController)
	v.invalid(component, e.ReportingController, labels.ValidateKey(e.ReportingController)...)
	for _, f := range []struct {
		name, value string
		needed      bool
		most        int
	}{
		{"reportingInstance", e.ReportingInstance, true, 128}, {"action", e.Action, true, 128},
		{"reason", e.Reason, true, 128}, {"message", e.Message, false, 1024},
	} {
		if f.needed {
			v.present(api.Field(f.name), f.value)
		}
		if len(f.value) > f.most {
			v.invalid(api.Field(f.name), "", "can have at most "+api.ShowValue(f.most)+" characters")
		}
	}
}
