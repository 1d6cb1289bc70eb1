package schema

import (
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// standard are the resources known without a domain in their name.
var standard = []api.ResourceName{
	"cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage",
	"limits.cpu", "limits.memory", "limits.ephemeral-storage", "pods", "resourcequotas", "services", "replicationcontrollers", "secrets",
	"configmaps", "persistentvolumeclaims", "storage", "requests.storage", "services.nodeports", "services.loadbalancers",
}

// counted are those of them that come in whole numbers.
var counted = []api.ResourceName{
	"pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims",
	"services.nodeports", "services.loadbalancers",
}

const hugePages = "hugepages-"

func isHugePages(name api.ResourceName) bool { return strings.HasPrefix(string(name), hugePages) }

// isNative tells whether a resource is Kubernetes' own.
func isNative(name api.ResourceName) bool {
	return !strings.Contains(string(name), "/") || strings.Contains(string(name), "kubernetes.io/")
}

// isExtended tells whether a resource is a vendor's, such as nvidia.com/gpu.
func isExtended(name api.ResourceName) bool {
	return !isNative(name) && !strings.HasPrefix(string(name), "requests.") && len(labels.ValidateKey("requests."+string(name))) == 0
}

// overcommits tells whether the requests of a resource may be lower than its limits.
func overcommits(name api.ResourceName) bool { return isNative(name) && !isHugePages(name) }

// resources checks limits and requests by the order of their names; claims are those of the pod.
func (v *validator) resources(at *api.Path, r *api.ResourceRequirements, claims []string) {
	v.requirements(at, r, v.containerResource)
	v.claimRefs(at.Child("claims"), r.Claims, claims)
}

func (v *validator) requirements(at *api.Path, r *api.ResourceRequirements, name func(*api.Path, api.ResourceName)) {
	limits, requests := at.Child("limits"), at.Child("requests")
	huge, plain := false, false
	note := func(n api.ResourceName) {
		huge = huge || isHugePages(n)
		plain = plain || n == api.ResourceCPU || n == api.ResourceMemory
	}
	for _, n := range resourceNames(r.Limits) {
		name(limits.Key(string(n)), n)
		v.amount(limits.Key(string(n)), n, r.Limits[n])
		v.wholePages(limits.Key(string(n)), n, r.Limits[n])
		note(n)
	}
	for _, n := range resourceNames(r.Requests) {
		name(requests.Key(string(n)), n)
		v.amount(requests.Key(string(n)), n, r.Requests[n])
		v.withinLimit(at, n, r)
		v.wholePages(requests.Key(string(n)), n, r.Requests[n])
		note(n)
	}
	if huge && !plain {
		v.forbidden(at, "HugePages require cpu or memory")
	}
}

func resourceNames(list api.ResourceList) []api.ResourceName {
	if len(list) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(list))
}

func (v *validator) resourceName(at *api.Path, n api.ResourceName) bool {
	if msgs := labels.ValidateKey(string(n)); len(msgs) > 0 {
		v.invalid(at, n, msgs...)
		return false
	}
	if !strings.Contains(string(n), "/") && !slices.Contains(standard, n) && !isHugePages(n) {
		v.invalid(at, n, "must be a standard resource type or fully qualified")
		return false
	}
	return true
}

func (v *validator) containerResource(at *api.Path, n api.ResourceName) {
	v.resourceName(at, n)
	if !strings.Contains(string(n), "/") {
		if n != api.ResourceCPU && n != api.ResourceMemory && n != api.ResourceEphemeralStorage && !isHugePages(n) {
			v.invalid(at, n, "must be a standard resource for containers")
		}
	} else if !isNative(n) && !isExtended(n) {
		v.invalid(at, n, "doesn't follow extended resource name standard")
	}
}

func (v *validator) amount(at *api.Path, n api.ResourceName, q api.Quantity) {
	if q.Sign() < 0 {
		v.invalid(at, q, notNegative)
	}
	if q.Milli()%1000 != 0 && (slices.Contains(counted, n) || isExtended(n)) {
		v.invalid(at, q, "must be an integer")
	}
}

func (v *validator) withinLimit(at *api.Path, n api.ResourceName, r *api.ResourceRequirements) {
	request := r.Requests[n]
	limit, limited := r.Limits[n]
	switch {
	case !limited && !overcommits(n):
		v.required(at.Child("limits"), "Limit must be set for non overcommitable resources")
	case limited && !overcommits(n) && request.Cmp(limit) != 0:
		v.invalid(at.Child("requests"), request, "must be equal to "+string(n)+" limit of "+limit.String())
	case limited && request.Cmp(limit) > 0:
		v.invalid(at.Child("requests"), request, "must be less than or equal to "+string(n)+" limit of "+limit.String())
	}
}

// wholePages checks that huge pages are asked for by the page.
func (v *validator) wholePages(at *api.Path, n api.ResourceName, q api.Quantity) {
	if !isHugePages(n) {
		return
	}
	page, err := api.ParseQuantity(strings.TrimPrefix(string(n), hugePages))
	if err == nil && page.Sign() > 0 && q.Value()%page.Value() != 0 {
		v.invalid(at, q, q.String()+" is not positive integer multiple of "+string(n))
	}
}

// resourceClaims checks the claims of a pod, and gives their names, sorted.
func (v *validator) resourceClaims(at *api.Path, list []api.PodResourceClaim) []string {
	var names []string
	for i := range list {
		c, here := &list[i], at.Index(i)
		if v.present(here.Child("name"), c.Name) {
			if slices.Contains(names, c.Name) {
				v.duplicate(here.Child("name"), c.Name)
			} else {
				v.invalid(here.Child("name"), c.Name, DNSLabel(c.Name)...)
				names = append(names, c.Name)
			}
		}
		switch {
		case c.ResourceClaimName != nil && c.ResourceClaimTemplateName != nil:
			v.invalidStruct(here, *c, "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified")
		case c.ResourceClaimName == nil && c.ResourceClaimTemplateName == nil:
			v.invalidStruct(here, *c, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`")
		}
		if n := c.ResourceClaimName; n != nil {
			v.invalid(here.Child("resourceClaimName"), *n, labels.ValidateSubdomain(*n)...)
		}
		if n := c.ResourceClaimTemplateName; n != nil {
			v.invalid(here.Child("resourceClaimTemplateName"), *n, labels.ValidateSubdomain(*n)...)
		}
	}
	slices.Sort(names)
	return names
}

// claimRefs checks the claims a container refers to.
func (v *validator) claimRefs(at *api.Path, list []api.ResourceClaim, claims []string) {
	var seen []string
	for i, c := range list {
		here := at.Index(i)
		if !v.present(here, c.Name) {
			continue
		}
		key := c.Name
		if c.Request != "" {
			v.invalid(here.Child("request"), c.Request, DNSLabel(c.Request)...)
			key += "/" + c.Request
		}
		whole := slices.Contains(seen, c.Name)
		part := c.Request == "" && slices.ContainsFunc(seen, func(s string) bool { return strings.HasPrefix(s, c.Name+"/") })
		switch {
		case whole, part:
			v.duplicate(here, c.Name)
		case slices.Contains(seen, key):
			v.duplicate(here, key)
		}
		seen = append(seen, key)
		if !slices.Contains(claims, c.Name) {
			e := api.NotFoundAt(here.String(), c.Name)
			e.Detail = "must be one of the names in pod.spec.resourceClaims"
			if len(claims) == 0 {
				e.Detail += " which is empty"
			} else {
				e.Detail += ": " + strings.Join(claims, ", ")
			}
			v.add(e)
		}
	}
}

// podResources checks the requests and limits of a whole pod against those of its containers.
func (v *validator) podResources(at *api.Path, in *podScope) {
	r := in.spec.Resources
	if r == nil {
		return
	}
	if in.spec.OS != nil && in.spec.OS.Name == "windows" {
		v.forbidden(at, "may not be set for a windows pod")
		return
	}
	if r.Claims != nil {
		v.forbidden(at.Child("claims"), "claims may not be set for Resources at pod-level")
	}
	v.requirements(at, r, func(at *api.Path, n api.ResourceName) {
		if v.resourceName(at, n) && !isHugePages(n) {
			oneOf(v, at, n, api.ResourceCPU, api.ResourceMemory)
		}
	})
	sum := containerRequests(in.spec)
	for _, n := range resourceNames(sum) {
		if have, ok := r.Requests[n]; ok && sum[n].Cmp(have) > 0 {
			v.invalid(at.Child("requests").Key(string(n)), have, "must be greater than or equal to aggregate container requests of "+sum[n].String())
		}
	}
	for i := range in.spec.Containers {
		limits := in.spec.Containers[i].Resources.Limits
		for _, n := range resourceNames(limits) {
			if most, ok := r.Limits[n]; ok && limits[n].Cmp(most) > 0 {
				v.invalid(at.Child("containers").Index(i).Key(string(n)).Child("limits"), limits[n], "must be less than or equal to pod limits of "+most.String())
			}
		}
	}
}

// containerRequests is what the containers of a pod need at the same time: the containers and sidecars
// together, or one init container with the sidecars before it, whichever is more.
func containerRequests(s *api.PodSpec) api.ResourceList {
	sum, sidecars, most := api.ResourceList{}, api.ResourceList{}, api.ResourceList{}
	addTo := func(list, more api.ResourceList) {
		for _, n := range resourceNames(more) {
			list[n] = list[n].Add(more[n])
		}
	}
	for i := range s.Containers {
		addTo(sum, s.Containers[i].Resources.Requests)
	}
	for i := range s.InitContainers {
		c := &s.InitContainers[i]
		need := api.ResourceList{}
		if sidecar(c) {
			addTo(sum, c.Resources.Requests)
			addTo(sidecars, c.Resources.Requests)
		} else {
			addTo(need, c.Resources.Requests)
		}
		addTo(need, sidecars)
		for _, n := range resourceNames(need) {
			if need[n].Cmp(most[n]) > 0 {
				most[n] = need[n]
			}
		}
	}
	for _, n := range resourceNames(most) {
		if most[n].Cmp(sum[n]) > 0 {
			sum[n] = most[n]
		}
	}
	return sum
}
