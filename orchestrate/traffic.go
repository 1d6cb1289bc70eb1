package orchestrate

import (
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// The most requests a second of one stream, and how long each may be waited for.
const (
	MaxRate    = 1000
	MaxTimeout = time.Minute
)

// StartTraffic begins a stream of requests now. Its name, its client, what it asks for, Gap and Timeout say how; the rest is
// set. A stream of that name that has ended is replaced; one that goes on is an error, and so is one that asks for nothing.
func (c *Cluster) StartTraffic(user string, t api.Traffic) error {
	if err := c.room(); err != nil {
		return err
	}
	switch {
	case t.Name == "" || t.Host == "" || t.Port <= 0:
		return fmt.Errorf("orchestrate: a stream of requests needs a name, a host and a port")
	case t.Gap < int64(time.Second)/MaxRate:
		return fmt.Errorf("orchestrate: %d requests a second are the most there can be", MaxRate)
	case t.Timeout <= 0 || t.Timeout > int64(MaxTimeout):
		return fmt.Errorf("orchestrate: a request is waited for between 1ns and %v, not %v", MaxTimeout, time.Duration(t.Timeout))
	}
	r := Request{User: user}
	if o, id, ok := c.Snapshot().Get(api.KindTraffic, "", t.Name); ok {
		if o.(*api.Traffic).End == 0 {
			return fmt.Errorf("orchestrate: there is already traffic called %q; stop it first", t.Name)
		}
		c.put(c.write(r, store.VerbDelete, id, nil, "Replaced"))
	}
	now := int64(c.now)
	t.Begin, t.End, t.Since, t.Until = now, 0, now, now
	c.born(&t.ObjectMeta)
	c.put(c.write(r, store.VerbCreate, 0, &t, "TrafficStarted"))
	return nil
}

// StopTraffic ends a stream now: no further request begins, and those on their way are counted. It is an error if there is
// no such stream, or it has ended.
func (c *Cluster) StopTraffic(user, name string) error {
	if err := c.room(); err != nil {
		return err
	}
	o, id, ok := c.Snapshot().Get(api.KindTraffic, "", name)
	t, isTraffic := o.(*api.Traffic)
	if !ok || !isTraffic || t.End != 0 {
		return fmt.Errorf("orchestrate: no traffic called %q goes on", name)
	}
	next := *t
	next.End = max(int64(c.now), 1)
	c.put(c.write(Request{User: user}, store.VerbUpdate, id, &next, "TrafficStopped"))
	return nil
}

// TrafficRequest follows the n-th request of a stream again, hop by hop.
func (c *Cluster) TrafficRequest(t *api.Traffic, n int64) (network.Request, network.Outcome) {
	r := network.RequestOf(c.options.seed, t, n)
	return r, c.Walk(r, true)
}
