package request

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// DeleteCollection deletes the objects that are chosen, one after the other, and gives them as they were: with a limit those of one part
// of the list.
func (s *Server) DeleteCollection(res *schema.Resource, namespace string, o ListOptions, p PageOptions, d DeleteOptions) ([]api.Object, error) {
	page, err := s.ListPage(res, namespace, o, p)
	if err != nil {
		return nil, err
	}
	for _, obj := range page.Items {
		if _, err := s.Delete(res, obj.Meta().Namespace, obj.Meta().Name, d); err != nil && !notFound(err) {
			return nil, err
		}
	}
	return page.Items, nil
}

func notFound(err error) bool {
	e, ok := err.(*api.StatusError)
	return ok && e.Status.Reason == api.StatusNotFound
}
