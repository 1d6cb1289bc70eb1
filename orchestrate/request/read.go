package request

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// ListOptions say which objects of a kind are wanted. The zero value wants all.
type ListOptions struct {
	// LabelSelector is a selector such as "app=web,tier in (front,back)".
	LabelSelector string
	// FieldSelector is a selector over the fields the kind supports, such as "status.phase=Running".
	FieldSelector string
}

// Get is the object of this name. The namespace does not matter for kinds without one.
func (s *Server) Get(res *schema.Resource, namespace, name string) (api.Object, error) {
	if res.Kind == api.KindEndpoints {
		return s.endpoints(res, namespace, name)
	}
	o, _, ok := s.cluster.Snapshot().Get(res.Kind, scope(res, namespace), name)
	if !ok {
		return nil, api.NotFound(res.Qualified(), name)
	}
	return o, nil
}

// List gives the objects of a kind in a namespace (or in all, if it is empty), by namespace, then name.
func (s *Server) List(res *schema.Resource, namespace string, o ListOptions) ([]api.Object, error) {
	wanted, err := newFilter(res, scope(res, namespace), o)
	if err != nil {
		return nil, err
	}
	return s.matching(res.Kind, wanted), nil
}

// EventsAbout gives the events about an object, by namespace, then name.
func (s *Server) EventsAbout(o api.Object) []*api.Event {
	var out []*api.Event
	for _, e := range s.cluster.Snapshot().ByOwner(api.KindEvent, o.Meta().UID) {
		if e, ok := e.(*api.Event); ok {
			out = append(out, e)
		}
	}
	return out
}
