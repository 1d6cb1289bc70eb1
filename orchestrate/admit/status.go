package admit

import (
	"reflect"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// statusOf is the status of an object, to be read or set; not valid for kinds that have none.
func statusOf(o api.Object) reflect.Value {
	v := reflect.ValueOf(o).Elem()
	for i := range v.NumField() {
		if v.Type().Field(i).Name == "Status" {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

// keepStatus puts the stored status back: a plain update does not change it. A node's is taken as sent, so that a
// person can say what a node without a kubelet has.
func keepStatus(obj, old api.Object) {
	switch o := obj.(type) {
	case *api.Node:
		return
	case *api.Namespace:
		if was, ok := old.(*api.Namespace); ok {
			o.Spec = was.Spec // finalizers have a subresource of their own
		}
	}
	if s := statusOf(obj); s.IsValid() {
		s.Set(statusOf(old))
	}
}

// reviewBinding is an update through the subresource binding: the stored pod on the node that was sent.
func reviewBinding(r Request, obj api.Object) (api.Object, error) {
	next, ok := api.DeepCopy(r.Old).(*api.Pod)
	sent, both := obj.(*api.Pod)
	if !ok || !both {
		return nil, api.MethodNotAllowed("pods", "binding")
	}
	next.Spec.NodeName = sent.Spec.NodeName
	next.Status.Conditions = api.SetPodCondition(next.Status.Conditions, api.PodCondition{
		Type: api.PodScheduled, Status: api.ConditionTrue, LastTransitionTime: r.Now, ObservedGeneration: next.Generation,
	})
	return next, nil
}

// reviewStatus is an update through the subresource status: the stored object with the status that was sent. Of a node it takes
// the labels and annotations too, as a kubelet sends them.
func reviewStatus(r Request, res *schema.Resource, obj api.Object) (api.Object, error) {
	sent := statusOf(obj)
	if !sent.IsValid() {
		return nil, api.MethodNotAllowed(res.Qualified(), "update")
	}
	next := api.DeepCopy(r.Old)
	if _, ok := obj.(*api.Node); ok {
		next.Meta().Labels, next.Meta().Annotations = obj.Meta().Labels, obj.Meta().Annotations
	}
	statusOf(next).Set(sent)
	if errs := schema.Validate(next, r.Old); len(errs) > 0 {
		return nil, api.Invalid(res.QualifiedKind(), next.Meta().Name, errs)
	}
	return next, nil
}
