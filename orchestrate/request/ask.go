package request

import (
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Ask is what a GET of / on a port gets inside a pod's own network, as a forwarded port would. See [orchestrate.Cluster.Ask].
func (s *Server) Ask(pod *api.Pod, port int32) orchestrate.Answer {
	return s.cluster.Ask(pod, port, "/")
}
