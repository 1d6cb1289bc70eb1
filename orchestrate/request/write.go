package request

import (
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// WriteOptions say how to create or update.
type WriteOptions struct {
	// DryRun does everything but the write, admission included.
	DryRun bool
	// User is who asks, for the trace; "" means admin.
	User string
	// FieldManager is the name under which the fields that are written are owned; "" means the client's own.
	FieldManager string
	// Force takes fields over that another manager owns, in a server-side apply.
	Force bool
	// FieldValidation is what becomes of fields nobody knows: Strict refuses them, anything else leaves them out.
	FieldValidation string
	// Warned takes what is said beside the answer, of fields that were left out; nil if nobody hears it.
	Warned *[]string
}

// DeleteOptions say how to delete.
//
// Source: Kubernetes API reference, "DeleteOptions v1 meta".
type DeleteOptions struct {
	// GracePeriod is how many seconds a pod is given to end: nil means its own, 0 at once.
	GracePeriod *int64
	// UID, unless empty, must be the object's.
	UID api.UID
	// ResourceVersion, unless zero, must be the object's.
	ResourceVersion api.Revision
	// DryRun does everything but the write.
	DryRun bool
	// Propagation says what becomes of the objects it owns; "" means that they are deleted in the background.
	Propagation api.DeletionPropagation
	// User is who asks, for the trace; "" means admin.
	User string
}

// Create stores a new object. Its namespace, if it says none, is the given one.
func (s *Server) Create(res *schema.Resource, namespace string, obj api.Object, o WriteOptions) (api.Object, error) {
	obj, err := place(res, namespace, obj)
	if err != nil {
		return nil, err
	}
	return s.cluster.Do(orchestrate.Request{Verb: orchestrate.VerbCreate, Kind: res.Kind, Object: obj, User: s.who(o.User), DryRun: o.DryRun})
}

// Update replaces the object of this name. A resourceVersion in obj must be that of the stored object (409 Conflict
// otherwise); without one the update goes through whatever happened meanwhile.
func (s *Server) Update(res *schema.Resource, namespace, name string, obj api.Object, o WriteOptions) (api.Object, error) {
	return s.update(res, namespace, name, "", obj, o)
}

// UpdateStatus replaces the status of the object of this name and leaves everything else as it is.
func (s *Server) UpdateStatus(res *schema.Resource, namespace, name string, obj api.Object, o WriteOptions) (api.Object, error) {
	return s.update(res, namespace, name, "status", obj, o)
}

// update is a write of an object, or of a part of it, by a client that says the whole of it. Who owns the fields is kept only of objects
// that somebody applied to on the server.
func (s *Server) update(res *schema.Resource, namespace, name, subresource string, obj api.Object, o WriteOptions) (api.Object, error) {
	old, err := s.Get(res, namespace, name)
	if err != nil || old.Meta().ManagedFields == nil {
		return s.write(res, namespace, name, subresource, obj, o)
	}
	dry := o
	dry.DryRun = true
	admitted, err := s.write(res, namespace, name, subresource, obj, dry)
	if err != nil {
		return nil, err
	}
	obj = obj.Clone()
	obj.Meta().ManagedFields = s.tracked(res, old, admitted, o.FieldManager, subresource)
	return s.write(res, namespace, name, subresource, obj, o)
}

func (s *Server) write(res *schema.Resource, namespace, name, subresource string, obj api.Object, o WriteOptions) (api.Object, error) {
	obj, err := place(res, namespace, obj)
	if err != nil {
		return nil, err
	}
	if m := obj.Meta(); m.Name == "" {
		m.Name = name
	} else if m.Name != name {
		return nil, api.BadRequest("the name of the object (" + m.Name + ") does not match the name on the URL (" + name + ")")
	}
	return s.cluster.Do(orchestrate.Request{Verb: orchestrate.VerbUpdate, Kind: res.Kind, Subresource: subresource, Object: obj, User: s.who(o.User), DryRun: o.DryRun})
}

// Delete asks for the removal of an object and returns it as it now is. A pod on a node is given its grace period:
// it stays, with a deletionTimestamp, until its node says that its containers have ended. Everything else, and a pod
// with a grace period of 0, goes at once, unless a finalizer holds it.
func (s *Server) Delete(res *schema.Resource, namespace, name string, o DeleteOptions) (api.Object, error) {
	if res.Kind == api.KindEndpoints {
		return nil, api.MethodNotAllowed(res.Qualified(), "delete")
	}
	return s.cluster.Do(orchestrate.Request{
		Verb: orchestrate.VerbDelete, Kind: res.Kind, Namespace: scope(res, namespace), Name: name, User: s.who(o.User),
		GracePeriod: o.GracePeriod, UID: o.UID, ResourceVersion: o.ResourceVersion, DryRun: o.DryRun, Propagation: o.Propagation,
	})
}

// place is a copy of obj in the namespace of the request. The two must not contradict each other.
func place(res *schema.Resource, namespace string, obj api.Object) (api.Object, error) {
	if res.Kind == api.KindEndpoints {
		return nil, api.MethodNotAllowed(res.Qualified(), "create")
	}
	obj = obj.Clone()
	m := obj.Meta()
	namespace = scope(res, namespace)
	switch m.Namespace {
	case namespace:
	case "":
		m.Namespace = namespace
	default:
		if namespace == "" && res.Namespaced {
			return obj, nil
		}
		if !res.Namespaced {
			m.Namespace = ""
			return obj, nil
		}
		return nil, api.BadRequest("the namespace of the provided object does not match the namespace sent on the request")
	}
	return obj, nil
}
