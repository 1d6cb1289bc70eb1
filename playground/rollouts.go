package playground

import (
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/controller"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// rollouts remember how one Deployment's ReplicaSets grew and shrank, as far as the log was read. Everything here comes from
// the log and can be read again.
type rollouts struct {
	of        store.ID
	uid       api.UID
	generated uint64
	read      api.Revision
	now       rolloutMoment
	past      []rolloutMoment // oldest first
	begun     []time.Duration // when rollouts began
	sets      []rolloutSet
	streams   map[store.ID]api.TrafficCount
}

// rolloutSet is a ReplicaSet of the Deployment.
type rolloutSet struct {
	id                    store.ID
	name, revision, image string
}

// setSize is how many pods a ReplicaSet has.
type setSize struct{ replicas, available int32 }

// rolloutMoment is how a rollout stood, in the order of rollouts.sets; a moment may know fewer sets than there are.
type rolloutMoment struct {
	at                  time.Duration
	wanted, most, least int32
	sets                []setSize
	high, low           int32 // the most pods, and the fewest available ones, since the moment before
	ended, lost         int64 // requests of all streams, since the beginning
}

func (m *rolloutMoment) size(i int) setSize {
	if i < len(m.sets) {
		return m.sets[i]
	}
	return setSize{}
}

// total is how many pods there are, and how many of them are available.
func (m *rolloutMoment) total() (all, available int32) {
	for _, s := range m.sets {
		all += s.replicas
		available += s.available
	}
	return all, available
}

// follow reads the log on from where it stopped, or from the beginning if it is about another Deployment or history was
// rewritten.
func (r *rollouts) follow(s *Session, id store.ID, d *api.Deployment) {
	if r.of != id || r.generated != s.generated {
		*r = rollouts{of: id, uid: d.UID, generated: s.generated, streams: map[store.ID]api.TrafficCount{}}
	}
	watch := s.cluster.Watch(api.KindsOf(api.KindDeployment, api.KindReplicaSet, api.KindTraffic), r.read)
	for c, ok := watch.Next(); ok; c, ok = watch.Next() {
		r.read = c.Rev
		if r.take(c) {
			r.keep(s.cluster.TimeOf(c.Rev))
		}
	}
}

// take notes a change and tells whether it was about this Deployment.
func (r *rollouts) take(c store.Change) bool {
	switch o := c.Object().(type) {
	case *api.Deployment:
		return c.ID == r.of && c.New != nil && r.takeDeployment(o)
	case *api.ReplicaSet:
		ref, ok := controllerOf(o)
		return ok && ref.UID == r.uid && r.takeSet(c, o)
	case *api.Traffic:
		before := r.streams[c.ID]
		r.now.ended += o.Total.Ended - before.Ended
		r.now.lost += (o.Total.Ended - o.Total.OK) - (before.Ended - before.OK)
		r.streams[c.ID] = o.Total
		return len(r.past) > 0
	}
	return false
}

func (r *rollouts) takeDeployment(d *api.Deployment) bool {
	surge, unavailable := controller.RollingLimits(d)
	n := replicasOf(d.Spec.Replicas)
	r.now.wanted, r.now.most, r.now.least = n, n+surge, n-unavailable
	return true
}

func (r *rollouts) takeSet(c store.Change, rs *api.ReplicaSet) bool {
	i := slices.IndexFunc(r.sets, func(s rolloutSet) bool { return s.id == c.ID })
	if i < 0 {
		i = len(r.sets)
		r.sets = append(r.sets, rolloutSet{id: c.ID, name: rs.Name})
		if len(rs.Spec.Template.Spec.Containers) > 0 {
			r.sets[i].image = rs.Spec.Template.Spec.Containers[0].Image
		}
	}
	if revision := rs.Annotations[controller.AnnotationRevision]; revision != r.sets[i].revision {
		// A set gets a new revision when it becomes the current one, which is how a rollout begins.
		r.sets[i].revision = revision
		r.begun = append(r.begun, -1)
	}
	sizes := make([]setSize, len(r.sets))
	copy(sizes, r.now.sets)
	sizes[i] = setSize{}
	if c.New != nil {
		sizes[i] = setSize{rs.Status.Replicas, rs.Status.AvailableReplicas}
	}
	r.now.sets = sizes
	return true
}

// mostMoments is how many moments are remembered; the oldest half goes when there are more.
const mostMoments = 20_000

// keep adds the moment as it is now, or changes the last one if no time has passed.
func (r *rollouts) keep(at time.Duration) {
	for i := len(r.begun) - 1; i >= 0 && r.begun[i] < 0; i-- {
		r.begun[i] = at
	}
	m := r.now
	m.at = at
	m.high, m.low = m.total()
	if n := len(r.past); n > 0 && r.past[n-1].at == at {
		m.high, m.low = max(m.high, r.past[n-1].high), min(m.low, r.past[n-1].low)
		r.past[n-1] = m
		return
	}
	if len(r.past) == mostMoments {
		r.past = slices.Clone(r.past[mostMoments/2:])
	}
	r.past = append(r.past, m)
}

// shortestWindow is how much time the chart shows at least, and quietAfter how much of what follows the last change.
const (
	shortestWindow = 10 * time.Second
	quietAfter     = 5 * time.Second
	before         = time.Second
)

// window is the stretch of time to draw for a moment on show: from the beginning of the last rollout to that moment, or to a
// little after the last change if nothing has changed since.
func (r *rollouts) window(shown time.Duration) (from, to time.Duration) {
	for _, at := range r.begun {
		if at <= shown {
			from = max(0, at-before)
		}
	}
	last := from
	for i := range r.past {
		if m := &r.past[i]; m.at <= shown && (i == 0 || !sameSizes(m, &r.past[i-1])) {
			last = max(last, m.at)
		}
	}
	return from, max(from+shortestWindow, min(shown, last+quietAfter))
}

// sameSizes tells whether two moments differ in nothing but requests.
func sameSizes(a, b *rolloutMoment) bool {
	return a.wanted == b.wanted && a.most == b.most && a.least == b.least && slices.Equal(a.sets, b.sets)
}

// points are the moments of a window: the last one before it, and at most mostPoints in it. Where moments are merged, the
// most pods and the fewest available ones are kept.
func (r *rollouts) points(from, to time.Duration) []rolloutMoment {
	var out []rolloutMoment
	bucket := int64(-1)
	for i := range r.past {
		m := r.past[i]
		switch {
		case m.at > to:
			return out
		case m.at <= from:
			m.at = from
			m.high, m.low = m.total()
			out = append(out[:0], m)
			continue
		}
		b := int64(m.at-from) * mostPoints / int64(to-from+1)
		if b == bucket {
			last := &out[len(out)-1]
			m.high, m.low = max(m.high, last.high), min(m.low, last.low)
			*last = m
			continue
		}
		bucket = b
		out = append(out, m)
	}
	return out
}

// setsIn are the places of the sets that have pods in some of the moments, oldest first.
func (r *rollouts) setsIn(points []rolloutMoment) (list []int) {
	for i := range r.sets {
		if slices.ContainsFunc(points, func(m rolloutMoment) bool { return m.size(i) != setSize{} }) {
			list = append(list, i)
		}
	}
	return list
}
