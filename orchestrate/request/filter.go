package request

import (
	"slices"
	"strconv"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/labels/fields"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// filter decides which objects a client wants.
type filter struct {
	namespace string // "" for all
	labels    labels.Selector
	fields    fields.Selector
}

func newFilter(res *schema.Resource, namespace string, o ListOptions) (*filter, error) {
	f := &filter{namespace: namespace}
	var err error
	if f.labels, err = labels.Parse(o.LabelSelector); err != nil {
		return nil, api.BadRequest(err.Error())
	}
	if f.fields, err = fields.Parse(o.FieldSelector); err != nil {
		return nil, api.BadRequest(err.Error())
	}
	known := FieldLabels(res.Kind)
	for _, r := range f.fields.Requirements() {
		if !slices.Contains(known, r.Field) {
			return nil, api.BadRequest("field label not supported: " + r.Field)
		}
	}
	return f, nil
}

func (f *filter) matches(o api.Object) bool {
	if f.namespace != "" && f.namespace != o.Meta().Namespace {
		return false
	}
	return f.labels.Matches(labels.Set(o.Meta().Labels)) && (f.fields.Empty() || f.fields.Matches(fieldsOf{o}))
}

// FieldLabels are the fields of a kind that a field selector may speak of.
//
// Source: k8s.io/kubernetes/pkg/apis/core/v1, conversion.go.
func FieldLabels(kind api.Kind) []string {
	switch kind {
	case api.KindPod:
		return []string{
			"metadata.name", "metadata.namespace", "spec.nodeName", "spec.restartPolicy", "spec.schedulerName",
			"spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP", "status.podIPs",
			"status.nominatedNodeName",
		}
	case api.KindNode:
		return []string{"metadata.name", "spec.unschedulable"}
	case api.KindNamespace:
		return []string{"metadata.name", "status.phase"}
	case api.KindEvent:
		return []string{
			"metadata.name", "metadata.namespace", "involvedObject.kind", "involvedObject.namespace", "involvedObject.name",
			"involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath",
			"reason", "reportingComponent", "source", "type",
		}
	}
	return []string{"metadata.name", "metadata.namespace"}
}

// fieldsOf answers a field selector's questions about an object.
type fieldsOf struct{ o api.Object }

func (f fieldsOf) Has(field string) bool { return slices.Contains(FieldLabels(f.o.Kind()), field) }

func (f fieldsOf) Get(field string) string {
	switch field {
	case "metadata.name":
		return f.o.Meta().Name
	case "metadata.namespace":
		return f.o.Meta().Namespace
	}
	switch o := f.o.(type) {
	case *api.Pod:
		return podField(o, field)
	case *api.Node:
		return strconv.FormatBool(o.Spec.Unschedulable)
	case *api.Namespace:
		return string(o.Status.Phase)
	case *api.Event:
		return eventField(o, field)
	}
	return ""
}

func podField(p *api.Pod, field string) string {
	switch field {
	case "spec.nodeName":
		return p.Spec.NodeName
	case "spec.restartPolicy":
		return string(p.Spec.RestartPolicy)
	case "spec.schedulerName":
		return p.Spec.SchedulerName
	case "spec.serviceAccountName":
		return p.Spec.ServiceAccountName
	case "spec.hostNetwork":
		return strconv.FormatBool(p.Spec.HostNetwork)
	case "status.phase":
		return string(p.Status.Phase)
	case "status.podIP", "status.podIPs":
		return p.Status.PodIP
	case "status.nominatedNodeName":
		return p.Status.NominatedNodeName
	}
	return ""
}

func eventField(e *api.Event, field string) string {
	switch field {
	case "involvedObject.kind":
		return e.InvolvedObject.Kind
	case "involvedObject.namespace":
		return e.InvolvedObject.Namespace
	case "involvedObject.name":
		return e.InvolvedObject.Name
	case "involvedObject.uid":
		return string(e.InvolvedObject.UID)
	case "involvedObject.apiVersion":
		return e.InvolvedObject.APIVersion
	case "involvedObject.resourceVersion":
		return e.InvolvedObject.ResourceVersion
	case "involvedObject.fieldPath":
		return e.InvolvedObject.FieldPath
	case "reason":
		return e.Reason
	case "reportingComponent":
		return e.ReportingController
	case "source":
		return orWord(e.Source.Component, e.ReportingController)
	case "type":
		return e.Type
	}
	return ""
}
