package orchestrate

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// This file is what happens where news takes time (see Options.Staleness and docs/decisions/006-news-takes-time.md). Each loop
// then has heard of the world up to a revision of its own, and is shown the world as it was at that revision:
//
//	write ──at once──> store ──within Staleness, each loop at its own moment──> Observe, Route, seen = revision
//	                     ^                                                            │
//	                     └── preconditions on what was seen ── Plan <── Reconcile(snapshot at seen)
//
// So a loop sees all changes, once and in order, and its digest and its snapshot are always of one revision; loops see the
// changes at different moments. A key is not looked at again before the loop has seen what it wrote for it last.

// view is what a loop has heard of the world. It stays empty where news travels at once.
type view struct {
	seen   api.Revision   // all changes up to here
	chance clock.Rand     // how long news takes
	wrote  []api.Revision // by key: the last write of its plan to a kind that the loop reads
}

// news is the key whose event brings a loop up to date. No object has it.
const news reconcile.Key = 0

// late tells whether a loop hears of the world later than it happens.
func (c *Cluster) late(l *loop) bool { return c.options.staleness > 0 && !l.Near }

// shown is the world as a loop knows it.
func (c *Cluster) shown(l *loop, kinds api.Kinds) store.Snapshot {
	sn := c.store.Latest(kinds)
	if c.late(l) {
		return sn.CutAt(l.seen)
	}
	return sn
}

// jitter is by how much a loop comes later than its latency this time.
func (c *Cluster) jitter(l *loop) time.Duration {
	if c.options.jitter <= 0 {
		return 0
	}
	return time.Duration(l.chance.IntN(int(c.options.jitter)))
}

// tell lets a loop hear of one change. The snapshot is of the revision of the change.
func (c *Cluster) tell(l *loop, ch store.Change, sn store.Snapshot) {
	if l.observer != nil {
		l.observer.Observe(ch)
	}
	if !l.down {
		l.Route(ch, sn, l.enqueue)
	}
}

// spread sends the news of a change to every loop. What happens to the machines themselves is felt at once.
func (c *Cluster) spread(ch store.Change, actor store.Symbol) {
	for i, l := range c.loops {
		switch {
		case l.down || !(l.Reads | l.Watches).Has(ch.Kind):
		case l.Near:
			if l.Watches.Has(ch.Kind) {
				c.tell(l, ch, c.store.Latest(l.Reads))
			}
		case ch.Kind == api.KindFault:
			c.catchUp(l, ch.Rev)
		default:
			if a, ok := l.Reconciler.(reconcile.Assumer); ok && actor == l.actor {
				a.Assume(ch)
			}
			if len(l.waits) == 0 || l.waits[news].seq == 0 {
				c.sendNews(uint32(i), ch.Rev)
			}
		}
	}
}

// sendNews lets a loop hear of all changes up to a revision, later. What happens until then goes with the next news: so each takes
// the time of two at most.
func (c *Cluster) sendNews(owner uint32, upTo api.Revision) {
	delay := c.loops[owner].chance.IntN(int(c.options.staleness/2) + 1)
	c.wake(owner, news, c.now+1+time.Duration(delay), upTo)
}

// hearNews is when that time has come.
func (c *Cluster) hearNews(owner uint32, upTo api.Revision) {
	l := c.loops[owner]
	c.catchUp(l, upTo)
	if now := c.store.Revision(); now > l.seen {
		c.sendNews(owner, now)
	}
}

// catchUp lets a loop hear of all changes up to a revision that it has not heard of yet.
func (c *Cluster) catchUp(l *loop, end api.Revision) {
	for rev := l.seen + 1; rev <= end; rev++ {
		ch, ok := c.store.Change(rev)
		if !ok || !l.Watches.Has(ch.Kind) {
			continue
		}
		if ch.New == nil { // a watcher hears of the version that was there, not of its last words
			ch.Old, _ = c.store.Latest(store.AllKinds).CutAt(rev - 1).ByID(ch.ID)
		}
		c.dispatched.rev = rev
		c.tell(l, ch, c.store.Latest(l.Reads).CutAt(rev))
	}
	l.seen = max(l.seen, end)
}

// assumeAgain tells a loop whose digest was built at what it has seen which later writes were its own.
func (c *Cluster) assumeAgain(l *loop) {
	a, ok := l.Reconciler.(reconcile.Assumer)
	if !ok || !c.late(l) {
		return
	}
	for rev := l.seen + 1; rev <= c.store.Revision(); rev++ {
		if e, _ := c.store.Entry(rev); e.Actor != l.actor {
			continue
		}
		if ch, ok := c.store.Change(rev); ok && (l.Reads | l.Watches).Has(ch.Kind) {
			a.Assume(ch)
		}
	}
}

// wroteFor notes a write of the plan for a key.
func (c *Cluster) wroteFor(l *loop, key reconcile.Key, rev api.Revision) {
	if !c.late(l) {
		return
	}
	if ch, _ := c.store.Change(rev); !(l.Reads | l.Watches).Has(ch.Kind) {
		return
	}
	for int(key) >= len(l.wrote) {
		l.wrote = append(l.wrote, 0)
	}
	l.wrote[key] = rev
}

// blind tells whether a loop has not yet seen what it wrote for a key.
func (l *loop) blind(key reconcile.Key) bool {
	return int(key) < len(l.wrote) && l.wrote[key] > l.seen
}

// untilNews is how long it takes until a loop hears the next news; its latency if none is on its way.
func (c *Cluster) untilNews(l *loop) time.Duration {
	if c.late(l) && len(l.waits) > 0 && l.waits[news].seq != 0 {
		return max(l.waits[news].at-c.now, 1)
	}
	return max(l.Latency, 1)
}

// outdated tells whether the next write of a plan fails its precondition, so that what is only told before it is not told.
func (c *Cluster) outdated(ops []reconcile.Op) bool {
	sn := c.store.Latest(store.AllKinds)
	for i := range ops {
		switch op := &ops[i]; op.Verb {
		case store.VerbInput:
			continue
		case store.VerbCreate:
			m := op.Object.Meta()
			_, _, exists := sn.Get(op.Object.Kind(), m.Namespace, m.Name)
			return exists
		default:
			now, ok := sn.ByID(op.ID)
			return !ok || now.Meta().ResourceVersion != op.Expect
		}
	}
	return false
}
