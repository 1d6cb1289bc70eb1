package golden

import (
	"fmt"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// limit is how much virtual time a world may take to become quiet.
const limit = 2 * time.Minute

// glance is how long the recorder took to read the state at once: the first answers to a change are in it.
const glance = 20 * time.Millisecond

// settle lets time pass until nothing has changed for d. Heartbeats do not count: they never end.
func (w *world) settle(d time.Duration) error {
	last := w.cluster.Now()
	cursor := w.cluster.Watch(^api.Kinds(0), w.cluster.Revision())
	for start := w.cluster.Now(); w.cluster.Now() < start+limit; {
		at, ok := w.cluster.Due()
		if !ok || at > last+d {
			return w.cluster.Advance(last + d - w.cluster.Now())
		}
		if _, err := w.cluster.Step(); err != nil {
			return err
		}
		for ch, more := cursor.Next(); more; ch, more = cursor.Next() {
			if !heartbeat(ch) {
				last = w.cluster.Now()
			}
		}
	}
	return fmt.Errorf("the world is not quiet after %v", limit)
}

// heartbeat tells whether a change says only that somebody is still there.
func heartbeat(ch orchestrate.Change) bool {
	if ch.Kind.String() == "Lease" {
		return true
	}
	was, ok := ch.Old.(*api.Node)
	is, both := ch.New.(*api.Node)
	if !ok || !both || len(was.Status.Conditions) != len(is.Status.Conditions) {
		return false
	}
	for i, c := range is.Status.Conditions {
		b := was.Status.Conditions[i]
		if c.Type != b.Type || c.Status != b.Status || c.Reason != b.Reason {
			return false
		}
	}
	return len(was.Spec.Taints) == len(is.Spec.Taints) && was.Spec.Unschedulable == is.Spec.Unschedulable &&
		len(was.Labels) == len(is.Labels) && len(was.Annotations) == len(is.Annotations)
}

// pass lets time pass.
func (w *world) pass(seconds float64) error {
	return w.cluster.Advance(time.Duration(seconds * float64(time.Second)))
}
