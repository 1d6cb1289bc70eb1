package orchestrate

import (
	"cmp"
	"time"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/sorting"
)

// LivelockError says that a world did not come to rest within its budget of reconciliations, and which two
// control loops were the busiest: most often they undo each other's work.
type LivelockError struct {
	// Steps is how many reconciliations were done.
	Steps int
	// Time is how much virtual time passed meanwhile.
	Time time.Duration
	// Busiest are the names of the two loops that ran most, and Runs how often they did.
	Busiest [2]string
	Runs    [2]uint64
}

func (e *LivelockError) Error() string {
	return fmt.Sprintf("orchestrate: no rest after %d reconciliations in %v of virtual time; the busiest were %s (%d) and %s (%d): do they undo each other's work?",
		e.Steps, e.Time, e.Busiest[0], e.Runs[0], e.Busiest[1], e.Runs[1])
}

// run counts the steps of one call against the budget.
type run struct {
	c      *Cluster
	steps  int
	start  time.Duration
	before []uint64
}

func (c *Cluster) newRun() *run {
	r := &run{c: c, start: c.now, before: make([]uint64, len(c.loops))}
	for i, l := range c.loops {
		r.before[i] = l.runs
	}
	return r
}

func (r *run) step() error {
	if r.steps >= r.c.options.budget {
		return r.livelock()
	}
	r.steps++
	_, err := r.c.Step()
	return err
}

func (r *run) livelock() error {
	e := &LivelockError{Steps: r.steps, Time: r.c.now - r.start}
	busy := make([]int, len(r.c.loops))
	for i := range busy {
		busy[i] = i
	}
	runs := func(i int) uint64 { return r.c.loops[i].runs - r.before[i] }
	sorting.Stable(busy, func(a, b int) int { return cmp.Compare(runs(b), runs(a)) })
	for i := range e.Busiest {
		e.Busiest[i], e.Runs[i] = r.c.loops[busy[i]].Name, runs(busy[i])
	}
	return e
}
