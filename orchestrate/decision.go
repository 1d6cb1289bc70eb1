package orchestrate

import (
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schedule"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Verdict is what the scheduler thinks of one node for one pod. See [schedule.Verdict].
type Verdict = schedule.Verdict

// Decision is what the scheduler thought of each node when it bound a pod, or thinks of each now if the pod waits. It is not
// stored: it is computed again from the world as it was.
type Decision struct {
	// Node is the one that was chosen; empty if the pod waits.
	Node string
	// Time is when: virtual time since the epoch.
	Time time.Duration
	// Verdicts are those on each node, by name.
	Verdicts []Verdict
	// Ties are how many nodes had the highest score; one of them was drawn by lot.
	Ties int
}

// Telling gives a verdict that fits, the zero one if no node does, and the places of the plugins in its scores that do not
// score all nodes the same: those that made the decision.
func (d Decision) Telling() (fits Verdict, plugins []int) {
	i := slices.IndexFunc(d.Verdicts, Verdict.Fits)
	if i < 0 {
		return Verdict{}, nil
	}
	fits = d.Verdicts[i]
	for i := range fits.Scores {
		for _, v := range d.Verdicts {
			if v.Fits() && v.Scores[i].Points != fits.Scores[i].Points {
				plugins = append(plugins, i)
				break
			}
		}
	}
	return fits, plugins
}

// Decision is that about the pod of this name at a revision; false if there is no such pod, or the scheduler never had a
// say about it.
func (c *Cluster) Decision(namespace, name string, at api.Revision) (Decision, bool) {
	sn, err := c.At(min(at, c.store.Revision()))
	if err != nil {
		return Decision{}, false
	}
	o, id, ok := sn.Get(api.KindPod, namespace, name)
	pod, _ := o.(*api.Pod)
	if !ok || pod.Spec.SchedulerName != schedule.Name {
		return Decision{}, false
	}
	d := Decision{Node: pod.Spec.NodeName, Time: c.now}
	if d.Node != "" {
		rev := c.bound(id, sn.Revision())
		if rev == 0 {
			return Decision{}, false
		}
		d.Time = c.TimeOf(rev)
		if sn, err = c.At(rev - 1); err != nil {
			return Decision{}, false
		}
		o, _ = sn.ByID(id)
		pod, _ = o.(*api.Pod)
	}
	d.Verdicts = schedule.Verdicts(pod, sn)
	d.Ties = len(schedule.Best(d.Verdicts))
	return d, true
}

// bound is the revision at which the scheduler bound an object; 0 if it did not.
func (c *Cluster) bound(id store.ID, at api.Revision) api.Revision {
	for rev := c.store.LastWrite(id, at); rev != 0; {
		e, _ := c.store.Entry(rev)
		if c.store.Word(e.Actor) == schedule.Name && c.store.Word(e.Reason) == "Scheduled" {
			return rev
		}
		rev = e.Prev
	}
	return 0
}
