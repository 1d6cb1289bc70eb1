package schema

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Validate tells everything that is wrong with an object that has its defaults, in the order of its
// fields; nothing if it may be stored. old is the stored object of an update, nil for a create.
//
// Source: Kubernetes API reference; k8s.io/kubernetes/pkg/apis/core/validation, version 1.37.
func Validate(o, old api.Object) []api.FieldError {
	v := &validator{}
	if old != nil {
		v.metaUpdate(o.Meta(), old.Meta())
	}
	meta := api.Field("metadata")
	switch o := o.(type) {
	case *api.Pod:
		v.meta(meta, o.Meta(), true, subdomainName)
		v.pod(o)
		if was, ok := old.(*api.Pod); ok {
			v.podUpdate(o, was)
		} else {
			v.podCreate(o)
		}
	case *api.Node:
		v.meta(meta, o.Meta(), false, subdomainName)
		v.node(o)
		if was, ok := old.(*api.Node); ok {
			v.nodeUpdate(o, was)
		}
	case *api.Namespace:
		v.meta(meta, o.Meta(), false, labelName)
		v.namespace(o)
	case *api.Event:
		v.meta(meta, o.Meta(), true, subdomainName)
		v.event(o)
	case *api.Service:
		v.meta(meta, o.Meta(), true, labelName)
		was, _ := old.(*api.Service)
		v.service(o, was)
	default:
		v.meta(meta, o.Meta(), true, subdomainName)
		v.named(o, old)
	}
	return v.errs
}

// named checks the kinds whose metadata follow the common rules.
func (v *validator) named(o, old api.Object) {
	switch o := o.(type) {
	case *api.ReplicaSet:
		was, _ := old.(*api.ReplicaSet)
		v.replicaSet(o, was)
	case *api.Deployment:
		was, _ := old.(*api.Deployment)
		v.deployment(o, was)
	case *api.EndpointSlice:
		was, _ := old.(*api.EndpointSlice)
		v.endpointSlice(o, was)
	case *api.ConfigMap:
		was, _ := old.(*api.ConfigMap)
		v.configMap(o, was)
	case *api.Secret:
		was, _ := old.(*api.Secret)
		v.secret(o, was)
	case *api.Lease:
		v.lease(o)
	}
}

// validator gathers errors.
type validator struct{ errs []api.FieldError }

func (v *validator) add(e api.FieldError) { v.errs = append(v.errs, e) }

// count tells how many errors there are, to see whether a part was without any.
func (v *validator) count() int { return len(v.errs) }

func (v *validator) invalid(at *api.Path, bad any, details ...string) {
	for _, d := range details {
		v.add(api.InvalidAt(at.String(), bad, d))
	}
}

func (v *validator) required(at *api.Path, detail string) { v.add(api.RequiredAt(at.String(), detail)) }

func (v *validator) forbidden(at *api.Path, detail string) {
	v.add(api.ForbiddenAt(at.String(), detail))
}

func (v *validator) duplicate(at *api.Path, bad any) { v.add(api.DuplicateAt(at.String(), bad)) }

func (v *validator) notFound(at *api.Path, name string) { v.add(api.NotFoundAt(at.String(), name)) }

// present asks for a text that is not empty, and tells whether it is one.
func (v *validator) present(at *api.Path, value string) bool {
	if value == "" {
		v.required(at, "")
	}
	return value != ""
}

// oneOf asks for one of the values, which errors list in the given order.
func oneOf[T ~string](v *validator, at *api.Path, value T, valid ...T) {
	for _, w := range valid {
		if value == w {
			return
		}
	}
	v.add(api.NotSupportedAt(at.String(), value, valid...))
}

// oneOfPointer is oneOf for a field that may be missing.
func oneOfPointer[T ~string](v *validator, at *api.Path, value *T, valid ...T) {
	if value != nil {
		oneOf(v, at, *value, valid...)
	}
}

const notNegative = "must be greater than or equal to 0"

func (v *validator) notNegative(at *api.Path, n int64) {
	if n < 0 {
		v.invalid(at, n, notNegative)
	}
}

// id asks for a user or group id.
func (v *validator) id(at *api.Path, id *int64) {
	if id != nil && (*id < 0 || *id > 1<<31-1) {
		v.invalid(at, *id, "must be between 0 and 2147483647, inclusive")
	}
}
