package request

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// DeleteCollection deletes the objects that are chosen, one after the other, and gives them as they were.
func (s *Server) DeleteCollection(res *schema.Resource, namespace string, o ListOptions, d DeleteOptions) ([]api.Object, error) {
	list, err := s.List(res, namespace, o)
	if err != nil {
		return nil, err
	}
	for _, obj := range list {
		if _, err := s.Delete(res, obj.Meta().Namespace, obj.Meta().Name, d); err != nil && !notFound(err) {
			return nil, err
		}
	}
	return list, nil
}

func notFound(err error) bool {
	e, ok := err.(*api.StatusError)
	return ok && e.Status.Reason == api.StatusNotFound
}
