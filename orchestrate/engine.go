package orchestrate

import (
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// QuietFor is the virtual time without a change after which a world is called quiet. It is longer than any
// pause of the machinery itself (a pull, a probe, the first back-offs).
const QuietFor = 60 * time.Second

// Rest is how a call of [Cluster.Settle] ended.
type Rest struct {
	// Quiet tells that nothing changed for [QuietFor], or nothing is left to do; false if the limit came first.
	Quiet bool
	// At is the virtual time of the last change.
	At time.Duration
	// Steps is how many reconciliations it took.
	Steps int
}

// wake queues a loop to look at a key, unless it is already queued to do so by then.
func (c *Cluster) wake(owner uint32, key reconcile.Key, at time.Duration, why api.Revision) {
	l := c.loops[owner]
	if l.down {
		return
	}
	for int(key) >= len(l.waits) {
		l.waits = append(l.waits, wait{})
	}
	w := &l.waits[key]
	if w.seq != 0 && w.at <= at {
		return
	}
	e, seq := clock.Event{At: at, Owner: owner, Key: uint32(key), Cause: uint64(why)}, uint64(0)
	if at == c.now+l.Latency { // most are, and those of one loop then follow each other
		seq = c.queue.Line(e)
	} else {
		seq = c.queue.Push(e)
	}
	w.at, w.seq = at, uint32(seq)
}

// next is the first queued event that still counts. Events that were replaced by an earlier one are dropped.
func (c *Cluster) next() (clock.Event, bool) {
	for {
		e, ok := c.queue.Peek()
		if !ok {
			return e, false
		}
		if waits := c.loops[e.Owner].waits; int(e.Key) < len(waits) && waits[e.Key].seq == uint32(e.Seq) {
			return e, true
		}
		c.queue.Pop()
	}
}

// Due is when the next reconciliation is due; false if nothing is queued.
func (c *Cluster) Due() (time.Duration, bool) {
	e, ok := c.next()
	return e.At, ok
}

// Step runs the next reconciliation and moves the clock to it. It tells false if nothing is queued.
func (c *Cluster) Step() (bool, error) {
	e, ok := c.next()
	if !ok {
		return false, nil
	}
	if err := c.room(); err != nil {
		return false, err
	}
	c.queue.Pop()
	c.now = e.At
	l, key := c.loops[e.Owner], reconcile.Key(e.Key)
	failures := l.waits[key].failures
	l.waits[key] = wait{}
	if key == news {
		c.hearNews(e.Owner, api.Revision(e.Cause))
		return true, nil
	}
	if l.blind(key) {
		c.wake(e.Owner, key, c.now+c.untilNews(l), api.Revision(e.Cause))
		l.waits[key].failures = failures
		return true, nil
	}
	l.runs++
	c.plan.Reset()
	l.Reconcile(c.input(l, key), &c.plan)
	c.apply(e, l, failures)
	return true, nil
}

// input is all a loop may decide from.
func (c *Cluster) input(l *loop, key reconcile.Key) reconcile.Input {
	return reconcile.Input{Snapshot: c.shown(l, l.Reads), Here: c.store.Latest(l.Reads), Key: key, Now: c.now, Wall: c.Wall(c.now), Rand: &l.rand}
}

// ErrHistoryFull says that a world remembers as many writes as it may.
type ErrHistoryFull struct{ Limit int }

func (e ErrHistoryFull) Error() string {
	return fmt.Sprintf("orchestrate: the world has %d writes in its history, which is its limit; start a new one", e.Limit)
}

func (c *Cluster) room() error {
	if int(c.store.Revision()) >= c.options.maxHistory {
		return ErrHistoryFull{c.options.maxHistory}
	}
	return nil
}

// born gives a new object its identity.
func (c *Cluster) born(m *api.ObjectMeta) {
	if m.UID == "" {
		m.UID = api.UID(c.uids.UUID())
	}
	m.CreationTimestamp = c.Wall(c.now)
}

// put writes and tells every loop that watches. The caller has checked that the write fits the store.
func (c *Cluster) put(w store.Write) store.Change {
	ch, err := c.store.Put(w)
	if err != nil {
		panic("orchestrate: bug: " + err.Error())
	}
	if ch.Kind != api.KindLease && ch.Kind != api.KindTraffic { // heartbeats and counters are no change
		c.changed = c.now
	}
	c.dispatched.rev = ch.Rev
	if c.options.staleness > 0 {
		c.spread(ch, w.Actor)
		return ch
	}
	for _, l := range c.watchers[ch.Kind] {
		c.tell(l, ch, c.store.Latest(l.Reads))
	}
	return ch
}

// Advance lets d of virtual time pass. The error is a *LivelockError or an ErrHistoryFull; the clock then
// stands where it happened.
func (c *Cluster) Advance(d time.Duration) error {
	_, err := c.AdvanceUntil(c.now+d, nil)
	return err
}

// AdvanceUntil lets time pass up to a moment of virtual time, or until stop says so. It is asked after each reconciliation;
// nil never stops. It tells whether it was stopped. Errors are those of [Cluster.Advance].
func (c *Cluster) AdvanceUntil(end time.Duration, stop func() bool) (bool, error) {
	run := c.newRun()
	for {
		at, ok := c.Due()
		if !ok || at > end {
			c.now = max(c.now, end)
			return false, nil
		}
		if err := run.step(); err != nil {
			return false, err
		}
		if stop != nil && stop() {
			return true, nil
		}
	}
}

// Settle lets time pass until the world is quiet (see [QuietFor]) or the limit of virtual time is over. In a
// quiet world the clock stops at the last thing that was done.
func (c *Cluster) Settle(limit time.Duration) (Rest, error) {
	end := c.now + limit
	quiet := max(c.now, c.changed)
	run := c.newRun()
	for {
		at, ok := c.Due()
		if !ok || at > max(quiet, c.changed)+QuietFor {
			return Rest{Quiet: true, At: c.changed, Steps: run.steps}, nil
		}
		if at > end {
			c.now = end
			return Rest{At: c.changed, Steps: run.steps}, nil
		}
		if err := run.step(); err != nil {
			return Rest{At: c.changed, Steps: run.steps}, err
		}
	}
}
