package controller

import (
	"cmp"
	"math/bits"
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// AnnotationDeletionCost says how much would be lost with a pod: of equal pods the cheaper one is deleted first.
const AnnotationDeletionCost = "controller.kubernetes.io/pod-deletion-cost"

// candidate is a pod that may be deleted, with what it is judged by.
type candidate struct {
	id  store.ID
	pod *api.Pod
	// phase is 0 for Pending, 1 for Unknown, 2 for Running. ready tells since when it is ready, if it is.
	phase   int
	ready   bool
	since   api.Time
	cost    int64
	doubled int // related pods on the same node
	// restarts is how often its least steady container was started again.
	restarts int32
}

func newCandidate(id store.ID, p *api.Pod, doubled int) candidate {
	c := candidate{id: id, pod: p, doubled: doubled}
	switch p.Status.Phase {
	case api.PodUnknown:
		c.phase = 1
	case api.PodRunning:
		c.phase = 2
	}
	c.since, c.ready = readySince(p)
	if text := p.Annotations[AnnotationDeletionCost]; text != "" {
		c.cost = deletionCost(text)
	}
	for i := range p.Status.ContainerStatuses {
		c.restarts = max(c.restarts, p.Status.ContainerStatuses[i].RestartCount)
	}
	return c
}

// deletionCost is the cost an annotation states; one that is no number in canonical form counts as 0.
func deletionCost(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || (text[0] == '+' || text[0] == '0' && text != "0") {
		return 0
	}
	return n
}

// rank sorts candidates so that those to be deleted come first: without a node, then pending, then not ready, then cheap,
// then doubled up on a node, then ready for the shorter time, then restarted more often, then younger. Times are compared by
// their logarithm, so that age decides only where it differs much; otherwise the UID decides, which is chance.
//
// Source: k8s.io/kubernetes, pkg/controller, ActivePodsWithRanks (LogarithmicScaleDown is on).
func rank(pods []candidate, now time.Duration, epoch api.Time) {
	age := func(t api.Time) int {
		d := now - time.Duration(t-epoch)*time.Second
		if d <= 0 {
			return -1
		}
		return bits.Len64(uint64(d)) - 1
	}
	sorting.Func(pods, func(a, b candidate) int {
		if c := cmp.Or(
			first(a.pod.Spec.NodeName == "", b.pod.Spec.NodeName == ""),
			cmp.Compare(a.phase, b.phase),
			first(!a.ready, !b.ready),
			cmp.Compare(a.cost, b.cost),
			cmp.Compare(b.doubled, a.doubled),
		); c != 0 {
			return c
		}
		if a.ready && b.ready && a.since != b.since {
			if a.since == 0 || b.since == 0 {
				return first(a.since == 0, b.since == 0)
			}
			return cmp.Or(cmp.Compare(age(a.since), age(b.since)), cmp.Compare(a.pod.UID, b.pod.UID))
		}
		if c := cmp.Compare(b.restarts, a.restarts); c != 0 {
			return c
		}
		if born, other := a.pod.CreationTimestamp, b.pod.CreationTimestamp; born != other {
			if born == 0 || other == 0 {
				return first(born == 0, other == 0)
			}
			return cmp.Or(cmp.Compare(age(born), age(other)), cmp.Compare(a.pod.UID, b.pod.UID))
		}
		return cmp.Compare(b.id, a.id) // made in the same second: the later one
	})
}

// first orders what is true before what is not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
