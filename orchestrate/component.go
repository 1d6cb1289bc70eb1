package orchestrate

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// component is the program a control loop is part of; "" for what is no part of a cluster.
func component(loop string) string {
	switch loop {
	case "default-scheduler":
		return "kube-scheduler"
	case "kubelet", "node-heartbeat", "eviction-manager":
		return "kubelet"
	case "containerd":
		return "containerd"
	case "traffic":
		return ""
	}
	return "kube-controller-manager"
}

// Components are the programs that can be crashed or stopped, in the order of their loops. Each control loop can also be by its
// own name.
func (c *Cluster) Components() []string {
	var out []string
	for _, l := range c.loops {
		if name := component(l.Name); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// is tells whether a name means this loop, by itself or by its component.
func (l *loop) is(name string) bool {
	return name != "" && (l.Name == name || component(l.Name) == name)
}

// applyDown stops the loops that a fault keeps down, and starts those that none does any more.
func (c *Cluster) applyDown() {
	sn := c.Snapshot()
	for _, l := range c.loops {
		_, _, byName := sn.Get(api.KindFault, api.ComponentDown, l.Name)
		_, _, byProgram := sn.Get(api.KindFault, api.ComponentDown, component(l.Name))
		down := byName || byProgram
		switch {
		case down && !l.down:
			l.down, l.waits = true, nil
		case !down && l.down:
			l.down = false
			c.restart(l)
		}
	}
}

// restart throws away what a loop has queued and kept, and lets it look at everything again.
func (c *Cluster) restart(l *loop) {
	l.waits, l.wrote, l.seen = nil, nil, c.store.Revision()
	if l.observer != nil {
		c.reobserve(l)
	}
	c.relist(l)
}
