package reconcile

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Key says which object to look at.
type Key = store.ID

// Reconciler is one control loop.
type Reconciler interface {
	// Describe says who the loop is. The answer never changes.
	Describe() Description
	// Route says which keys a change concerns by calling enqueue for each. It sees every change to the kinds
	// the loop watches, and decides nothing else.
	Route(c store.Change, sn store.Snapshot, enqueue func(Key))
	// Reconcile decides what to do about one key and adds it to plan, which arrives empty.
	Reconcile(in Input, plan *Plan)
}

// Refused is a Reconciler that wants to know which of its creations admission refused. It decides what to do about
// them as it does in Reconcile: in.Snapshot is the store after the rest of the plan was carried out.
type Refused interface {
	Reconciler
	Refused(in Input, refusals []Refusal, plan *Plan)
}

// Observer is a Reconciler that keeps a digest of the store to decide faster, such as the sum of the requests
// on each node. The engine calls Observe for each change to the kinds it watches, in order and before Route, and
// Reset when the digest must be built again: the changes that follow then start from an empty store.
type Observer interface {
	Reconciler
	Reset()
	Observe(c store.Change)
}

// Assumer is an Observer that must not wait until it hears of its own writes where news takes time, as a scheduler must not forget
// which room it has given away. Assume is called for each of them at once. Observe is called for them again, in order among all
// others, and must then find that nothing is new.
type Assumer interface {
	Observer
	Assume(c store.Change)
}

// Description is what a loop declares of itself.
type Description struct {
	// Name is the actor in the trace, for example "scheduler".
	Name string
	// Doc says in one sentence what the loop keeps true.
	Doc string
	// Watches are the kinds whose changes wake the loop; Reads those it may read; Writes those it may write.
	// The engine refuses the rest.
	Watches, Reads, Writes api.Kinds
	// Latency is the virtual time from a change to the reconciliation it leads to. Changes to the same key
	// within it are merged.
	Latency time.Duration
	// Near says that what the loop looks at is the machine it runs on, or the world itself: it hears of changes at once,
	// even where news takes time.
	Near bool
	// AsIs stores what the loop creates as it is, status and all, without asking admission: for loading a world.
	AsIs bool
}

// Input is all a loop may decide from.
type Input struct {
	// Snapshot is the store, limited to the kinds the loop reads.
	Snapshot store.Snapshot
	// Here is the present, for what a loop finds on its own machine and need not hear of. It differs from Snapshot only where
	// news takes time.
	Here store.Snapshot
	// Key is the object to look at. It may be gone by now.
	Key Key
	// Now is virtual time since the epoch, and Wall the same moment on the world's clock.
	Now  time.Duration
	Wall api.Time
	// Rand is the loop's own stream of chance.
	Rand *clock.Rand
}

// WallAt is a moment of virtual time on the world's clock.
func (in Input) WallAt(t time.Duration) api.Time {
	epoch := in.Wall - api.Time(in.Now/time.Second)
	return epoch + api.Time(t/time.Second)
}
