package orchestrate

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// Answer is what comes back from a port. See [workload.Answer].
type Answer = workload.Answer

// Ask is what a GET of a path on a port gets inside a pod's own network, here and now: no Service, policy or node lies between.
// The zero Answer means that nothing listens there.
func (c *Cluster) Ask(pod *api.Pod, port int32, path string) Answer {
	for _, o := range c.Snapshot().ByOwner(api.KindSandbox, pod.UID) {
		if box, ok := o.(*api.Sandbox); ok && !box.Dead {
			return c.options.catalog.Serve(pod, box, port, path, int64(c.now))
		}
	}
	return Answer{}
}
