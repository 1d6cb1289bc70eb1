package orchestrate

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/network"
)

// allocator gives Services their addresses. Each allocation has a stream of chance of its own, named by the revision at
// which it is made, so that nothing has to be remembered between them and a dry run changes nothing.
func (c *Cluster) allocator(dryRun bool) func(now, old *api.Service) error {
	return func(now, old *api.Service) error {
		rand := clock.Fork(c.options.Seed, "service addresses "+c.store.Revision().String())
		return network.Allocate(network.Allocation{New: now, Old: old, Snapshot: c.Snapshot(), Rand: &rand, DryRun: dryRun})
	}
}
