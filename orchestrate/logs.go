package orchestrate

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// LogLine is one line that a container printed.
type LogLine struct {
	// At is when: virtual time since the epoch.
	At time.Duration
	// Text has no line feed.
	Text string
	// Err tells that it went to standard error.
	Err bool
}

// Logs gives the lines that one run of a container has printed from one moment up to another, the second excluded and at
// most the present, in order; open tells that the run goes on, so that there may be more. The run is named by the id its
// runtime gave it and may be any of the container's: nothing that was printed is kept, it is worked out from what ran.
func (c *Cluster) Logs(pod *api.Pod, container, id string, from, to time.Duration) (lines []LogLine, open bool) {
	r, began, ended := c.containerRun(pod, container, id)
	if r == nil {
		return nil, false
	}
	if ended >= 0 {
		to = min(to, ended+1)
	}
	to = min(to, c.now+1)
	spec := workload.SpecOf(pod, r)
	if spec == nil || began < 0 || to <= from {
		return nil, ended < 0
	}
	b := c.options.catalog.Of(pod, spec, r)
	for _, l := range b.Lines(max(from-began, 0), to-began) {
		lines = append(lines, LogLine{began + l.At, l.Text, l.Err})
	}
	return lines, ended < 0
}

// NextLine is when the run will print again after a moment, at most within; if it prints nothing until then it is the end
// of that time.
func (c *Cluster) NextLine(pod *api.Pod, container, id string, after, within time.Duration) time.Duration {
	r, began, ended := c.containerRun(pod, container, id)
	if r == nil || began < 0 || ended >= 0 {
		return after + within
	}
	if spec := workload.SpecOf(pod, r); spec != nil {
		b := c.options.catalog.Of(pod, spec, r)
		if lines := b.Lines(max(after+1-began, 0), after+within-began); len(lines) > 0 {
			return began + lines[0].At
		}
	}
	return after + within
}

// containerRun finds the run of this id, now or in the past, and when it began and ended; -1 if it did not yet.
func (c *Cluster) containerRun(pod *api.Pod, container, id string) (found *api.ContainerRun, began, ended time.Duration) {
	began, ended = -1, -1
	number, ok := c.Snapshot().Last(api.KindSandbox, pod.Namespace, string(pod.UID))
	if !ok {
		return nil, began, ended
	}
	for rev := c.store.LastWrite(number, c.store.Revision()); rev != 0; {
		e, _ := c.store.Entry(rev)
		if change, ok := c.store.Change(rev); ok {
			box, _ := change.Object().(*api.Sandbox)
			r := runOf(box, container, id)
			switch {
			case r == nil && found != nil:
				return found, began, ended
			case r == nil:
			case r.State == api.RunRunning && change.New != nil && !box.Dead:
				return r, time.Duration(r.Since), ended
			case r.State == api.RunExited:
				found, ended = r, time.Duration(r.Since)
			default:
				found = r
				if change.New == nil || box.Dead {
					ended = e.Time
				}
			}
		}
		rev = e.Prev
	}
	return found, began, ended
}

// runOf is the run of a container in a sandbox, if it is the one of this id.
func runOf(box *api.Sandbox, container, id string) *api.ContainerRun {
	if box == nil {
		return nil
	}
	for i := range box.Containers {
		if r := &box.Containers[i]; r.Name == container && r.ContainerID == id {
			return r
		}
	}
	return nil
}
