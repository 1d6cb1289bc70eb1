package schedule

import (
	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// need is what a pod asks of whichever node takes it.
type need struct {
	pod         *api.Pod
	used, asked Resources
	ports       []hostPort
	wishes      *wishes
	hard        []constraint
}

func needOf(p *api.Pod) need {
	n := sizeOf(p)
	n.complete()
	return n
}

// sizeOf is the part of a need that its key is made of; complete adds what follows from the key.
func sizeOf(p *api.Pod) need {
	n := need{pod: p, ports: hostPorts(p)}
	n.used, n.asked = Requests(p)
	return n
}

func (n *need) complete() {
	n.wishes, n.hard = wishesOf(n.pod), constraintsOf(n.pod, api.DoNotSchedule)
}

// coupled tells whether a pod that is placed has a say in where the pod may go.
func (n *need) coupled(there *need, d *digest) bool {
	for i := range n.hard {
		if n.pod.Namespace == there.pod.Namespace && n.hard[i].selector.Matches(labels.Set(there.pod.Labels)) {
			return true
		}
	}
	if n.wishes != nil && (matchesAny(n.wishes.near, there.pod, d) || matchesAny(n.wishes.apart, there.pod, d)) {
		return true
	}
	return there.wishes != nil && matchesAny(there.wishes.apart, n.pod, d)
}

// particular tells whether what is on other nodes decides whether the pod may go to one.
func (n *need) particular() bool {
	return len(n.hard) > 0 || n.wishes != nil && len(n.wishes.near)+len(n.wishes.apart) > 0
}
