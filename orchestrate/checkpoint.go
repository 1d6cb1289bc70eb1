package orchestrate

import (
	"slices"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Checkpoint is a moment a world can return to. It copies what is queued and the state of chance; the objects
// stay in the world's own log.
type Checkpoint struct {
	rev         api.Revision
	now         time.Duration
	changed     time.Duration
	queue       clock.Queue
	loops       []loopState
	names, uids clock.Rand
	inputs      int
	asked       int
}

// Now is the virtual time of the checkpoint.
func (p *Checkpoint) Now() time.Duration { return p.now }

// Revision is the last write before the checkpoint.
func (p *Checkpoint) Revision() api.Revision { return p.rev }

// Checkpoint takes a checkpoint of this moment.
func (c *Cluster) Checkpoint() *Checkpoint {
	p := &Checkpoint{rev: c.store.Revision(), now: c.now, changed: c.changed, queue: c.queue.Clone(), names: c.names, uids: c.uids, inputs: len(c.inputs), asked: c.asked}
	for _, l := range c.loops {
		state := l.loopState
		state.waits, state.wrote = slices.Clone(l.waits), slices.Clone(l.wrote)
		p.loops = append(p.loops, state)
	}
	return p
}

// Restore returns the world to a checkpoint and forgets all that came after, later checkpoints included: they
// must not be used any more. A checkpoint from the future of the world is an error.
func (c *Cluster) Restore(p *Checkpoint) error {
	if p.rev > c.store.Revision() || len(p.loops) != len(c.loops) {
		return fmt.Errorf("orchestrate: the checkpoint is of revision %d, but the world stands at %d", p.rev, c.store.Revision())
	}
	c.store.Truncate(p.rev)
	if p.rev < c.print.seen {
		c.print = fingerprint{}
	}
	c.now, c.changed, c.queue, c.names, c.uids = p.now, p.changed, p.queue.Clone(), p.names, p.uids
	c.inputs, c.asked = c.inputs[:p.inputs], p.asked
	for i, l := range c.loops {
		l.loopState = p.loops[i]
		l.waits, l.wrote = slices.Clone(p.loops[i].waits), slices.Clone(p.loops[i].wrote)
		if l.observer != nil {
			c.reobserve(l)
		}
	}
	return nil
}

// reobserve builds a loop's digest again from what exists as far as the loop has heard.
func (c *Cluster) reobserve(l *loop) {
	l.observer.Reset()
	sn := c.shown(l, store.AllKinds)
	for kind := api.KindNone + 1; kind < api.NumKinds; kind++ {
		if !l.Watches.Has(kind) {
			continue
		}
		for id, o := range sn.List(kind) {
			l.observer.Observe(store.Change{Rev: o.Meta().ResourceVersion, ID: id, Kind: kind, Verb: store.VerbCreate, New: o})
		}
	}
	c.assumeAgain(l)
}

// Crash stops a control loop, throws away its queue and whatever it kept, and starts it again: it lists
// everything and looks at every object. A name that no loop has is an error that lists those there are.
func (c *Cluster) Crash(name string) error {
	var names []string
	for _, l := range c.loops {
		names = append(names, l.Name)
		if l.Name != name {
			continue
		}
		c.restart(l)
		return nil
	}
	return fmt.Errorf("orchestrate: no control loop is called %q; there are %q", name, names)
}

// relist routes every object there is, as a loop does when it starts.
func (c *Cluster) relist(l *loop) {
	c.dispatched.rev = c.store.Revision()
	sn := c.store.Latest(l.Reads | l.Watches)
	for kind := api.KindNone + 1; kind < api.NumKinds; kind++ {
		if !l.Watches.Has(kind) {
			continue
		}
		for id, o := range sn.List(kind) {
			l.Route(store.Change{Rev: o.Meta().ResourceVersion, ID: id, Kind: kind, Verb: store.VerbCreate, New: o}, sn, l.enqueue)
		}
	}
}
