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

// apply carries out the plan of a loop, then what it decides about the creations that were refused, and queues the key
// again if the plan asks for it.
func (c *Cluster) apply(e clock.Event, l *loop, failures uint8) {
	key, why := reconcile.Key(e.Key), api.Revision(e.Cause)
	c.refusals = c.refusals[:0]
	stale := c.applyOps(l, key, &c.plan, &why)
	after, failed := c.plan.After, c.plan.Failed
	if len(c.refusals) > 0 {
		failed = true
		if r, ok := l.Reconciler.(reconcile.Refused); ok {
			c.plan.Reset()
			r.Refused(c.input(l, key), c.refusals, &c.plan)
			stale = c.applyOps(l, key, &c.plan, &why) || stale
			after, failed = c.plan.After, c.plan.Failed
		}
	}
	if stale {
		after = c.untilNews(l)
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
func (c *Cluster) applyOps(l *loop, key reconcile.Key, p *reconcile.Plan, why *api.Revision) (stale bool) {
	actor := l.actor
	if p.Actor != "" {
		actor = c.store.Symbol(p.Actor)
	}
	if p.Local {
		actor = c.store.ActorAt(actor, key)
	}
	last := uint8(math.MaxUint8) // the last batch to be carried out
	for i := range p.Ops {
		op := &p.Ops[i]
		if op.Batch > last {
			continue
		}
		if op.Verb != store.VerbInput {
			rev, err := c.applyOp(l, key, op, actor, *why)
			if err == errStale {
				return true
			}
			if err != nil {
				refused := *op
				refused.Event = nil // it is the plan's, and was not recorded
				c.refusals = append(c.refusals, reconcile.Refusal{Op: refused, Err: err})
				last = op.Batch
				continue
			}
			*why = rev
			c.wroteFor(l, key, rev)
		} else if c.late(l) && c.outdated(p.Ops[i+1:]) {
			return true
		}
		if op.Event != nil {
			l.mayWrite(api.KindEvent)
			c.record(op.Event, key, actor, *why)
		}
	}
	return false
}

// errStale says that the object is not any more what the plan was made for.
var errStale = errors.New("orchestrate: the plan is out of date")

// applyOp writes one op. The error is errStale if its precondition does not hold, or admission's.
func (c *Cluster) applyOp(l *loop, key reconcile.Key, op *reconcile.Op, actor store.Symbol, why api.Revision) (api.Revision, error) {
	w := store.Write{Time: c.now, Cause: why, Actor: actor, Reason: c.store.Symbol(op.Reason), Verb: op.Verb, ID: op.ID, Object: op.Object, Near: key}
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
