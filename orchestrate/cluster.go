package orchestrate

import (
	"sort"
	"time"

	"github.com/slipway-dev/slipway/internal/version"
	"github.com/slipway-dev/slipway/orchestrate/admit"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/controller"
	"github.com/slipway-dev/slipway/orchestrate/kubelet"
	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/schedule"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// Version names the rules by which worlds of this package move. Two worlds of the same inputs are only promised
// to be equal under the same version.
const Version = version.Engine

// TalkEpoch is when a world begins unless told otherwise: Golang Vietnam Meetup #10, a Saturday morning in Saigon.
var TalkEpoch = time.Unix(1487383200, 0).UTC()

// Options are everything a world is made from. The zero value is a world of no nodes with seed 0.
type Options struct {
	// Seed is what all chance in the world grows from.
	Seed uint64
	// Epoch is the wall time at virtual time zero, in whole seconds; zero means [TalkEpoch].
	Epoch time.Time
	// Nodes are the machines there are at the start.
	Nodes []NodeSpec
	// Catalog holds the images that containers can run; nil means [workload.Standard].
	Catalog *workload.Catalog
	// Machines are the loops that stand for the kubelets and what runs below them; nil means the built-in ones. Benchmarks
	// and comparisons with a control plane on fake nodes put their own here.
	Machines []reconcile.Reconciler
	// Extra are further control loops, run beside the built-in ones.
	Extra []reconcile.Reconciler
	// Budget is how many reconciliations one call of Advance or Settle may take; 0 means 5,000,000.
	Budget int
	// MaxHistory is how many writes a world may remember before it refuses to go on; 0 means 16,000,000.
	// All of them are kept until then.
	MaxHistory int
	// Staleness is the longest time until a control loop hears of a change, its own writes included; each hears of it at a
	// moment of its own, drawn by lot. 0, the default, means that all hear of it at once. Seconds are realistic; what goes
	// by the time since a heartbeat needs less than 10 s.
	Staleness time.Duration
	// Jitter is by how much the latency of a control loop may be longer than it says; 0 means not at all.
	Jitter time.Duration
	// VerifyFrozen lets [Cluster.VerifyFrozen] tell whether somebody changed a stored object. Slow; for tests.
	VerifyFrozen bool
}

// settings are the options a world goes on asking for. They have no time.Time, whose methods would come into the engine with it.
type settings struct {
	seed               uint64
	nodes              []NodeSpec
	catalog            *workload.Catalog
	budget, maxHistory int
	staleness, jitter  time.Duration
}

// Cluster is one world. Use [New]. It belongs to one goroutine.
type Cluster struct {
	options    settings
	epoch      api.Time
	store      *store.Store
	queue      clock.Queue
	loops      []*loop
	watchers   [api.NumKinds][]*loop // by the kind they watch
	now        time.Duration
	changed    time.Duration // when something last changed
	names      clock.Rand
	uids       clock.Rand
	inputs     []input
	asked      int // writes people asked for
	plan       reconcile.Plan
	refusals   []reconcile.Refusal
	specs      admit.Specs
	dispatched cause
	asks       admit.Request
	print      fingerprint
}

// loop is a reconciler and what the engine keeps for it.
type loop struct {
	reconcile.Reconciler
	reconcile.Description
	observer reconcile.Observer // nil if it keeps no digest
	actor    store.Symbol
	enqueue  func(reconcile.Key)
	loopState
}

// loopState is the part of a loop that a checkpoint keeps.
type loopState struct {
	rand  clock.Rand
	waits []wait // by key
	runs  uint64
	down  bool // a fault keeps it from running
	view
}

// wait is the queued event of a key; a zero seq means that none is queued.
type wait struct {
	at       time.Duration
	seq      uint32 // the lower half of its number
	failures uint8  // how often in a row the loop said that it failed
}

// cause is the write being dispatched.
type cause struct {
	rev api.Revision
}

// New makes a world with its namespaces and nodes in place, at virtual time zero. Nothing has happened yet; the
// control loops run as time passes.
func New(o Options) *Cluster {
	c := empty(o)
	catalog := c.options.catalog
	if o.Machines == nil {
		o.Machines = []reconcile.Reconciler{kubelet.New(catalog), kubelet.NewRuntime(catalog), kubelet.NewHeartbeat(), kubelet.NewEviction(catalog)}
	}
	loops := append([]reconcile.Reconciler{schedule.New()}, o.Machines...)
	loops = append(loops,
		controller.NewDeployments(),
		controller.NewReplicaSets(),
		controller.NewGarbageCollector(),
		controller.NewNamespaces(),
		controller.NewServiceAccounts(),
		controller.NewRootCAPublisher(),
		controller.NewPodGC(),
		controller.NewNodeLifecycle(),
		controller.NewTaintEviction(),
		network.NewEndpointSlices(),
		network.NewTraffic(o.Seed, catalog),
	)
	for i, r := range append(loops, o.Extra...) {
		c.addLoop(i, r)
	}
	c.boot()
	return c
}

// Still is a world that is only looked at: these objects as they are, statuses and all, at a moment of virtual time, and
// nothing that moves them. An object that is there twice is an error.
func Still(o Options, at time.Duration, objs []api.Object) (*Cluster, error) {
	c := empty(o)
	c.now = at
	for _, obj := range objs {
		w := store.Write{Time: at, Verb: store.VerbCreate, Object: obj, Actor: c.store.Symbol("system"), Reason: c.store.Symbol("Loaded")}
		if _, err := c.store.Put(w); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// empty is a world with nothing in it, and its options filled in.
func empty(o Options) *Cluster {
	if o.Epoch.IsZero() {
		o.Epoch = TalkEpoch
	}
	if o.Catalog == nil {
		o.Catalog = workload.Standard()
	}
	if o.Budget == 0 {
		o.Budget = 5_000_000
	}
	if o.MaxHistory == 0 {
		o.MaxHistory = 16_000_000
	}
	c := &Cluster{
		options: settings{o.Seed, o.Nodes, o.Catalog, o.Budget, o.MaxHistory, o.Staleness, o.Jitter},
		epoch:   api.Time(o.Epoch.Unix()),
		store:   store.New(store.Options{VerifyFrozen: o.VerifyFrozen}),
		names:   clock.Fork(o.Seed, "names"),
		uids:    clock.Fork(o.Seed, "uids"),
	}
	c.asks = c.answers()
	return c
}

func (c *Cluster) addLoop(i int, r reconcile.Reconciler) {
	d := r.Describe()
	l := &loop{Reconciler: r, Description: d, actor: c.store.Symbol(d.Name)}
	l.rand = clock.Fork(c.options.seed, d.Name)
	l.chance = clock.Fork(c.options.seed, "news for "+d.Name)
	l.observer, _ = r.(reconcile.Observer)
	l.enqueue = func(key reconcile.Key) { c.wake(uint32(i), key, c.now+l.Latency+c.jitter(l), c.dispatched.rev) }
	c.loops = append(c.loops, l)
	for kind := range c.watchers {
		if l.Watches.Has(api.Kind(kind)) {
			c.watchers[kind] = append(c.watchers[kind], l)
		}
	}
}

// Now is virtual time since the epoch.
func (c *Cluster) Now() time.Duration { return c.now }

// Changed is the moment of the last change.
func (c *Cluster) Changed() time.Duration { return c.changed }

// Wall is the world's clock at a moment of virtual time, in whole seconds.
func (c *Cluster) Wall(at time.Duration) api.Time { return c.epoch + api.Time(at/time.Second) }

// Revision is the number of the last write.
func (c *Cluster) Revision() api.Revision { return c.store.Revision() }

// Snapshot is the world as it is now. What it gives out is frozen: clone before changing.
func (c *Cluster) Snapshot() store.Snapshot { return c.store.Latest(store.AllKinds) }

// At is the world as it was at a revision. A revision of the future is an error.
func (c *Cluster) At(rev api.Revision) (store.Snapshot, error) {
	return c.store.At(rev, store.AllKinds)
}

// RevisionAt is the last revision that was written by a moment of virtual time; 0 if there was none.
func (c *Cluster) RevisionAt(t time.Duration) api.Revision {
	return api.Revision(sort.Search(int(c.store.Revision()), func(i int) bool {
		e, _ := c.store.Entry(api.Revision(i + 1))
		return e.Time > t
	}))
}

// TimeOf is the moment a revision was written: virtual time since the epoch; 0 outside the log.
func (c *Cluster) TimeOf(rev api.Revision) time.Duration {
	e, _ := c.store.Entry(rev)
	return e.Time
}

// Watch is a cursor on all changes to these kinds after a revision.
func (c *Cluster) Watch(kinds api.Kinds, from api.Revision) store.Cursor {
	return c.store.Watch(kinds, from)
}

// Loops describes the control loops of the world, in the order in which they see a change.
func (c *Cluster) Loops() []reconcile.Description {
	out := make([]reconcile.Description, len(c.loops))
	for i, l := range c.loops {
		out[i] = l.Description
	}
	return out
}

// VerifyFrozen tells whether anybody changed a stored object; it needs Options.VerifyFrozen.
func (c *Cluster) VerifyFrozen() error { return c.store.VerifyFrozen() }
