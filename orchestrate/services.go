package orchestrate

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// Walk follows a request over the network from its start to its end, or as far as the present reaches: see
// [network.World.Walk]. It changes nothing; the same request can be walked again, with tell to hear of every hop.
func (c *Cluster) Walk(r network.Request, tell bool) network.Outcome {
	w := network.World{Snapshot: c.store.Latest(network.Reads), Now: c.now, Seed: c.options.seed, Catalog: c.options.catalog}
	return w.Walk(r, tell)
}

// Lookup resolves a name as a client would have at a moment: see [network.World.Lookup].
func (c *Cluster) Lookup(from network.Place, at time.Duration, name string) network.Answer {
	w := network.World{Snapshot: c.store.Latest(network.Reads), Now: c.now}
	return w.Lookup(from, at, name)
}

// HasProgram tells whether a container of a pod has a program of this name.
func (c *Cluster) HasProgram(pod *api.Pod, container, name string) bool {
	for _, init := range [2]bool{false, true} {
		if spec := workload.SpecOf(pod, &api.ContainerRun{Name: container, Init: init}); spec != nil {
			b := c.options.catalog.Of(pod, spec, &api.ContainerRun{})
			return !b.Exec([]string{name}, 0, 0).Missing
		}
	}
	return false
}

// allocator gives Services their addresses. Each allocation has a stream of chance of its own, named by the revision at
// which it is made, so that nothing has to be remembered between them and a dry run changes nothing.
func (c *Cluster) allocator(dryRun bool) func(now, old *api.Service) error {
	return func(now, old *api.Service) error {
		rand := clock.Fork(c.options.seed, "service addresses "+c.store.Revision().String())
		return network.Allocate(network.Allocation{New: now, Old: old, Snapshot: c.Snapshot(), Rand: &rand, DryRun: dryRun})
	}
}
