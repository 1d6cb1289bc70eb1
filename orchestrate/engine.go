package orchestrate

import (
	"errors"
	"math"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/admit"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/schema"
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
	w.at, w.seq = at, c.queue.Push(clock.Event{At: at, Owner: owner, Key: uint32(key), Cause: uint64(why)})
}

// next is the first queued event that still counts. Events that were replaced by an earlier one are dropped.
func (c *Cluster) next() (clock.Event, bool) {
	for {
		e, ok := c.queue.Peek()
		if !ok {
			return e, false
		}
		if waits := c.loops[e.Owner].waits; int(e.Key) < len(waits) && waits[e.Key].seq == e.Seq {
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
	l := c.loops[e.Owner]
	failures := l.waits[e.Key].failures
	l.waits[e.Key] = wait{}
	l.runs++
	c.plan.Reset()
	l.Reconcile(c.input(l, reconcile.Key(e.Key)), &c.plan)
	c.apply(e, l, failures)
	return true, nil
}

// input is all a loop may decide from.
func (c *Cluster) input(l *loop, key reconcile.Key) reconcile.Input {
	return reconcile.Input{Snapshot: c.store.Latest(l.Reads), Key: key, Now: c.now, Wall: c.Wall(c.now), Rand: &l.rand}
}

// ErrHistoryFull says that a world remembers as many writes as it may.
type ErrHistoryFull struct{ Limit int }

func (e ErrHistoryFull) Error() string {
	return fmt.Sprintf("orchestrate: the world has %d writes in its history, which is its limit; start a new one", e.Limit)
}

func (c *Cluster) room() error {
	if int(c.store.Revision()) >= c.options.MaxHistory {
		return ErrHistoryFull{c.options.MaxHistory}
	}
	return nil
}

// apply carries out the plan of a loop, then what it decides about the creations that were refused, and queues the key
// again if the plan asks for it.
func (c *Cluster) apply(e clock.Event, l *loop, failures uint8) {
	key, why := reconcile.Key(e.Key), api.Revision(e.Cause)
	c.refusals = c.refusals[:0]
	stale := c.applyOps(l, &c.plan, &why)
	after, failed := c.plan.After, c.plan.Failed
	if len(c.refusals) > 0 {
		failed = true
		if r, ok := l.Reconciler.(reconcile.Refused); ok {
			c.plan.Reset()
			r.Refused(c.input(l, key), c.refusals, &c.plan)
			stale = c.applyOps(l, &c.plan, &why) || stale
			after, failed = c.plan.After, c.plan.Failed
		}
	}
	if stale {
		after = max(l.Latency, 1)
	}
	if failed {
		pause := min(firstPause<<min(failures, 30), longestPause)
		if after == 0 || pause < after {
			after = pause
		}
	}
	if after > 0 {
		c.wake(e.Owner, key, c.now+after, why)
	}
	if failed {
		l.waits[key].failures = min(failures+1, 30)
	}
}

// The pauses of a key whose plan says that it failed.
//
// Source: k8s.io/client-go, util/workqueue, DefaultTypedControllerRateLimiter.
const (
	firstPause   = 5 * time.Millisecond
	longestPause = 1000 * time.Second
)

// applyOps carries out a plan op by op, until one fails its precondition: then it tells true. why is the cause of the first
// write; each write is the cause of the next.
func (c *Cluster) applyOps(l *loop, p *reconcile.Plan, why *api.Revision) (stale bool) {
	actor := l.actor
	if p.Actor != "" {
		actor = c.store.Symbol(p.Actor)
	}
	last := uint8(math.MaxUint8) // the last batch to be carried out
	for i := range p.Ops {
		op := &p.Ops[i]
		if op.Batch > last {
			continue
		}
		if op.Verb != store.VerbInput {
			rev, err := c.applyOp(l, op, actor, *why)
			if err == errStale {
				return true
			}
			if err != nil {
				c.refusals = append(c.refusals, reconcile.Refusal{Op: *op, Err: err})
				last = op.Batch
				continue
			}
			*why = rev
		}
		if op.Event != nil {
			l.mayWrite(api.KindEvent)
			c.record(op.Event, actor, *why)
		}
	}
	return false
}

// errStale says that the object is not any more what the plan was made for.
var errStale = errors.New("orchestrate: the plan is out of date")

// applyOp writes one op. The error is errStale if its precondition does not hold, or admission's.
func (c *Cluster) applyOp(l *loop, op *reconcile.Op, actor store.Symbol, why api.Revision) (api.Revision, error) {
	w := store.Write{Time: c.now, Cause: why, Actor: actor, Reason: c.store.Symbol(op.Reason), Verb: op.Verb, ID: op.ID, Object: op.Object}
	sn := c.store.Latest(store.AllKinds)
	if op.Verb == store.VerbCreate {
		m, kind := op.Object.Meta(), op.Object.Kind()
		l.mayWrite(kind)
		if !l.AsIs {
			if err := c.admitMade(op.Object); err != nil {
				return 0, err
			}
		}
		if _, _, exists := sn.Get(kind, m.Namespace, m.Name); exists {
			return 0, errStale
		}
		c.born(m)
		return c.put(w).Rev, nil
	}
	now, ok := sn.ByID(op.ID)
	if !ok || now.Meta().ResourceVersion != op.Expect {
		return 0, errStale
	}
	l.mayWrite(now.Kind())
	if op.Verb == store.VerbUpdate && gone(op.Object) {
		w.Verb = store.VerbDelete
	}
	return c.put(w).Rev, nil
}

// gone tells whether an update takes away the last thing that kept an object which is to be deleted.
func gone(o api.Object) bool {
	return o.Meta().DeletionTimestamp != 0 && ended(o) && !reconcile.Held(o)
}

// admitMade lets admission look at what a loop makes. What no client sees is none of its business.
func (c *Cluster) admitMade(o api.Object) error {
	res := schema.ByKind(o.Kind())
	if res == nil {
		return nil
	}
	return admit.Made(c.review("create", o, nil), &c.specs, res.Namespaced, res.Qualified())
}

func (l *loop) mayWrite(kind api.Kind) {
	if !l.Writes.Has(kind) {
		panic(fmt.Sprintf("orchestrate: bug: %s does not declare that it writes %s", l.Name, kind))
	}
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
	for _, l := range c.watchers[ch.Kind] {
		if l.observer != nil {
			l.observer.Observe(ch)
		}
		if !l.down {
			l.Route(ch, c.store.Latest(l.Reads), l.enqueue)
		}
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
