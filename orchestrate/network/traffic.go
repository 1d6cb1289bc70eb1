package network

import (
	"slices"
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// TrafficInterval is how often a stream's counters are written.
const TrafficInterval = time.Second

// Traffic counts what becomes of the requests of each stream. It makes no request: it walks those that are due.
type Traffic struct {
	seed    uint64
	catalog *workload.Catalog
}

// NewTraffic makes the loop for a world of this seed, whose containers answer as this catalog says.
func NewTraffic(seed uint64, c *workload.Catalog) *Traffic { return &Traffic{seed, c} }

// Describe says who the loop is.
func (l *Traffic) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    "traffic",
		Doc:     "counts what becomes of the requests of each stream",
		Watches: api.KindsOf(api.KindTraffic),
		Reads:   Reads | api.KindsOf(api.KindTraffic),
		Writes:  api.KindsOf(api.KindTraffic),
		Latency: TrafficInterval,
		Near:    true,
	}
}

// Route wakes the loop for a stream that was begun or ended. Its own writes ask for the next look themselves.
func (l *Traffic) Route(c store.Change, _ store.Snapshot, enqueue func(reconcile.Key)) {
	if c.New != nil {
		enqueue(c.ID)
	}
}

// Reconcile counts the requests of one stream that have ended since the last time.
func (l *Traffic) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	old, isTraffic := o.(*api.Traffic)
	if !ok || !isTraffic || over(old) {
		return
	}
	t := *old
	t.Pending, t.Endpoints = nil, nil
	t.Total.Results = slices.Clone(old.Total.Results)
	t.Last, t.Since, t.Until = api.TrafficCount{}, old.Until, int64(in.Now)
	w := &World{Snapshot: in.Snapshot, Now: in.Now, Seed: l.seed, Catalog: l.catalog}
	for _, n := range old.Pending {
		count1(w, &t, n)
	}
	for ; begins(&t, t.Next); t.Next++ {
		if RequestOf(w.Seed, &t, t.Next).At >= in.Now {
			break
		}
		count1(w, &t, t.Next)
	}
	plan.Update(in.Key, &t, "RequestsCounted")
}

// over tells whether all requests of a stream have ended.
func over(t *api.Traffic) bool { return !begins(t, t.Next) && len(t.Pending) == 0 }

// begins tells whether a stream has a request of this number.
func begins(t *api.Traffic, n int64) bool { return t.End == 0 || t.Begin+n*t.Gap < t.End }

// count1 walks one request, and counts it if it has ended.
func count1(w *World, t *api.Traffic, n int64) {
	r := RequestOf(w.Seed, t, n)
	o := w.Walk(r, false)
	if !o.Done {
		t.Pending = append(t.Pending, n)
		return
	}
	took := int64(o.Ended - r.At)
	t.Last.Add(int(o.Result), o.OK(), o.Status >= 500, took)
	t.Total.Add(int(o.Result), o.OK(), o.Status >= 500, took)
	t.Count(o.Endpoint, o.OK())
}

// RequestOf is a stream's request of this number: one falls into each gap, at a moment of chance.
func RequestOf(seed uint64, t *api.Traffic, n int64) Request {
	name := "traffic " + t.Name + " " + strconv.FormatInt(n, 10)
	r := clock.Fork(seed, name)
	return Request{
		Name: name, At: time.Duration(t.Begin + n*t.Gap + int64(r.IntN(int(t.Gap)))),
		From: Place{Namespace: t.FromNamespace, Pod: t.FromPod},
		Host: t.Host, Port: t.Port, Path: t.Path, Max: time.Duration(t.Timeout),
	}
}

// Recent are the numbers of a stream's last requests that have ended, newest first, at most n of them.
func Recent(t *api.Traffic, n int) []int64 {
	var out []int64
	for i := t.Next - 1; i >= 0 && len(out) < n; i-- {
		if !slices.Contains(t.Pending, i) {
			out = append(out, i)
		}
	}
	return out
}
