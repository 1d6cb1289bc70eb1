package request

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// apply is a server-side apply.
func (s *Server) apply(_ *schema.Resource, _, _ string, _ Patch, _ WriteOptions) (api.Object, error) {
	return nil, api.UnsupportedMediaType("415: Unsupported Media Type")
}
