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

func (r *Resources) add(o Resources) { r.plus(o, 1) }
func (r *Resources) sub(o Resources) { r.plus(o, -1) }

func (r *Resources) plus(o Resources, sign int64) {
	r.CPU += sign * o.CPU
	r.Memory += sign * o.Memory
	r.Storage += sign * o.Storage
	//order:irrelevant each resource is added up by itself
	for name, n := range o.Other {
		if r.Other == nil {
			r.Other = map[api.ResourceName]int64{}
		}
		r.Other[name] += sign * n
	}
}

// atLeast raises each amount to o's.
func (r *Resources) atLeast(o Resources) {
	r.CPU, r.Memory, r.Storage = max(r.CPU, o.CPU), max(r.Memory, o.Memory), max(r.Storage, o.Storage)
	//order:irrelevant each resource is compared by itself
	for name, n := range o.Other {
		if r.Other == nil {
			r.Other = map[api.ResourceName]int64{}
		}
		r.Other[name] = max(r.Other[name], n)
	}
}

func resources(list api.ResourceList) Resources {
	var r Resources
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
			if r.Other == nil {
				r.Other = map[api.ResourceName]int64{}
			}
			r.Other[name] = q.Value()
		}
	}
	return r
}

func allocatable(n *api.Node) (Resources, int64) {
	pods := n.Status.Allocatable[api.ResourcePods]
	return resources(n.Status.Allocatable), pods.Value()
}

// Requests is what a pod asks of its node: the sum over its containers, or the most that one of its init
// containers asks if that is more. asked counts a default for containers that request no cpu or no memory.
//
// Source: Kubernetes documentation, "Init Containers", resource sharing within containers.
func Requests(p *api.Pod) (used, asked Resources) {
	for i := range p.Spec.Containers {
		r := resources(p.Spec.Containers[i].Resources.Requests)
		used.add(r)
		asked.add(withDefaults(r))
	}
	for i := range p.Spec.InitContainers {
		r := resources(p.Spec.InitContainers[i].Resources.Requests)
		used.atLeast(r)
		asked.atLeast(withDefaults(r))
	}
	overhead := resources(p.Spec.Overhead)
	used.add(overhead)
	asked.add(overhead)
	return used, asked
}

func withDefaults(r Resources) Resources {
	if r.CPU == 0 {
		r.CPU = defaultCPU
	}
	if r.Memory == 0 {
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
