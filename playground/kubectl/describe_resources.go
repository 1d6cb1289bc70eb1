package kubectl

import (
	"maps"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// podResources is what a pod requests of its node and what it is limited to: its containers and sidecars together,
// or its largest init container with the sidecars before it if that is more; and its overhead. What the pod as a
// whole states goes before all that.
//
// Source: k8s.io/component-helpers/resource.
func podResources(p *api.Pod) (requests, limits api.ResourceList) {
	of := func(get func(api.ResourceRequirements) api.ResourceList) api.ResourceList {
		total, sidecars, largest := api.ResourceList{}, api.ResourceList{}, api.ResourceList{}
		for i := range p.Spec.Containers {
			addAll(total, get(p.Spec.Containers[i].Resources))
		}
		for i := range p.Spec.InitContainers {
			c := &p.Spec.InitContainers[i]
			need := maps.Clone(sidecars)
			addAll(need, get(c.Resources))
			maxAll(largest, need)
			if c.RestartPolicy != nil && *c.RestartPolicy == api.RestartAlways {
				addAll(sidecars, get(c.Resources))
			}
		}
		addAll(total, sidecars)
		maxAll(total, largest)
		if p.Spec.Resources != nil {
			maps.Copy(total, get(*p.Spec.Resources))
		}
		return total
	}
	requests = of(func(r api.ResourceRequirements) api.ResourceList { return r.Requests })
	limits = of(func(r api.ResourceRequirements) api.ResourceList { return r.Limits })
	addAll(requests, p.Spec.Overhead)
	for _, name := range slices.Sorted(maps.Keys(p.Spec.Overhead)) {
		if q, ok := limits[name]; ok {
			limits[name] = q.Add(p.Spec.Overhead[name])
		}
	}
	return requests, limits
}

// addAll adds more to sum, resource by resource.
func addAll(sum, more api.ResourceList) {
	//order:irrelevant each resource is added on its own
	for name, q := range more {
		sum[name] = sum[name].Add(q)
	}
}

// maxAll raises most to what other has more of.
func maxAll(most, other api.ResourceList) {
	//order:irrelevant each resource is compared on its own
	for name, q := range other {
		if have, ok := most[name]; !ok || have.Cmp(q) < 0 {
			most[name] = q
		}
	}
}
