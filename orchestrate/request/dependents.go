package request

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// Dependents are the objects that name this one as an owner, by kind in the order of [schema.Resources], then in the order of
// their creation. Events are not among them.
func (s *Server) Dependents(o api.Object) []api.Object {
	var out []api.Object
	sn := s.cluster.Snapshot()
	for _, r := range schema.Resources() {
		if r.Kind == api.KindEvent || r.Kind == api.KindEndpoints {
			continue
		}
		for _, d := range sn.ByOwner(r.Kind, o.Meta().UID) {
			out = append(out, d)
		}
	}
	return out
}
