package schedule

import (
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Resources is an amount of each resource: CPU in milliCPU, memory and storage in bytes, others in their own unit.
type Resources struct {
	CPU, Memory, Storage int64
	Other                map[api.ResourceName]int64
}

// What a container that requests nothing counts as when nodes are scored, so that such pods spread too.
// Source: k8s.io/kubernetes, pkg/scheduler/util, DefaultMilliCPURequest and DefaultMemoryRequest.
const (
	defaultCPU    = 100
	defaultMemory = 200 << 20
)

func (r *Resources) add(o *Resources) { r.plus(o, 1) }
func (r *Resources) sub(o *Resources) { r.plus(o, -1) }

func (r *Resources) plus(o *Resources, sign int64) {
	r.CPU += sign * o.CPU
	r.Memory += sign * o.Memory
	r.Storage += sign * o.Storage
	//order:irrelevant each resource is added up by itself
	for name, n := range o.Other {
		r.other(name, r.Other[name]+sign*n)
	}
}

// atLeast raises each amount to o's.
func (r *Resources) atLeast(o *Resources) {
	r.CPU, r.Memory, r.Storage = max(r.CPU, o.CPU), max(r.Memory, o.Memory), max(r.Storage, o.Storage)
	//order:irrelevant each resource is compared by itself
	for name, n := range o.Other {
		r.other(name, max(r.Other[name], n))
	}
}

func (r *Resources) other(name api.ResourceName, n int64) {
	if r.Other == nil {
		r.Other = map[api.ResourceName]int64{}
	}
	r.Other[name] = n
}

// set takes over the amounts of a list and leaves those it does not name.
func (r *Resources) set(list api.ResourceList) {
	//order:irrelevant each resource goes to a place of its own
	for name, q := range list {
		switch name {
		case api.ResourceCPU:
			r.CPU = q.Milli()
		case api.ResourceMemory:
			r.Memory = q.Value()
		case api.ResourceEphemeralStorage:
			r.Storage = q.Value()
		case api.ResourcePods:
		default:
			r.other(name, q.Value())
		}
	}
}

func resources(list api.ResourceList) (r Resources) {
	r.set(list)
	return r
}

func allocatable(n *api.Node) (Resources, int64) {
	pods := n.Status.Allocatable[api.ResourcePods]
	return resources(n.Status.Allocatable), pods.Value()
}

// Requests is what a pod asks of its node: the sum over its containers and sidecars, or the most that is asked while one of its
// init containers runs if that is more, unless the pod says itself what it asks in all; and the runtime's overhead. asked
// counts a default for containers that do not say how much cpu or memory they request.
//
// Source: Kubernetes documentation, "Sidecar Containers", resource sharing within containers; "Pod-level resources".
func Requests(p *api.Pod) (used, asked Resources) {
	return requests(p, false), requests(p, true)
}

func requests(p *api.Pod, defaults bool) Resources {
	var sum, sidecars, most Resources
	for i := range p.Spec.Containers {
		r := containerRequests(&p.Spec.Containers[i], defaults)
		sum.add(&r)
	}
	for i := range p.Spec.InitContainers {
		c := &p.Spec.InitContainers[i]
		r := containerRequests(c, defaults)
		if sidecar(c) {
			sum.add(&r)
			sidecars.add(&r)
			r = Resources{}
		}
		r.add(&sidecars)
		most.atLeast(&r)
	}
	sum.atLeast(&most)
	if p.Spec.Resources != nil {
		sum.set(p.Spec.Resources.Requests)
	}
	if p.Spec.Overhead != nil {
		overhead := resources(p.Spec.Overhead)
		sum.add(&overhead)
	}
	return sum
}

func sidecar(c *api.Container) bool {
	return c.RestartPolicy != nil && *c.RestartPolicy == api.RestartAlways
}

func containerRequests(c *api.Container, defaults bool) Resources {
	r := resources(c.Resources.Requests)
	if !defaults {
		return r
	}
	if _, ok := c.Resources.Requests[api.ResourceCPU]; !ok {
		r.CPU = defaultCPU
	}
	if _, ok := c.Resources.Requests[api.ResourceMemory]; !ok {
		r.Memory = defaultMemory
	}
	return r
}

// others are the names of the other resources, in order; nil, as for nearly all pods, if there are none.
func (r *Resources) others() []api.ResourceName {
	if len(r.Other) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(r.Other))
}

// lacks names each resource of which a node has not enough left for r. It is hopeless if one is more than the node has at all.
//
// Source: k8s.io/kubernetes, plugin NodeResourcesFit.
func (n *nodeInfo) lacks(r *Resources) (reasons []string, hopeless bool) {
	check := func(name string, want, used, have int64) {
		if want > 0 && want > have-used {
			reasons = append(reasons, "Insufficient "+name)
			hopeless = hopeless || want > have
		}
	}
	if int64(len(n.pods))+1 > n.most {
		reasons = append(reasons, "Too many pods")
	}
	check("cpu", r.CPU, n.used.CPU, n.free.CPU)
	check("memory", r.Memory, n.used.Memory, n.free.Memory)
	check("ephemeral-storage", r.Storage, n.used.Storage, n.free.Storage)
	for _, name := range r.others() {
		check(string(name), r.Other[name], n.used.Other[name], n.free.Other[name])
	}
	return reasons, hopeless
}

// room tells whether a node lacks nothing for r.
func (n *nodeInfo) room(r *Resources) bool {
	if int64(len(n.pods)) >= n.most || short(r.CPU, n.used.CPU, n.free.CPU) || short(r.Memory, n.used.Memory, n.free.Memory) ||
		short(r.Storage, n.used.Storage, n.free.Storage) {
		return false
	}
	//order:irrelevant all must be there
	for name, want := range r.Other {
		if short(want, n.used.Other[name], n.free.Other[name]) {
			return false
		}
	}
	return true
}

func short(want, used, have int64) bool { return want > 0 && want > have-used }
