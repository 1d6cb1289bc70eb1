package podspec

import (
	"math"

	"github.com/slipway-dev/slipway/isolate"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// limits of a container's cgroup.
func limits(r *api.ResourceRequirements) isolate.Limits {
	l := isolate.Limits{Memory: r.Limits[api.ResourceMemory].Value(), CPU: r.Limits[api.ResourceCPU].Milli()}
	request, asked := r.Requests[api.ResourceCPU]
	if !asked {
		request = r.Limits[api.ResourceCPU]
	}
	l.Weight = weight(shares(request.Milli()))
	return l
}

// podCgroup is the pod's place in the tree, by its class of service, with the sums of its containers: a limit only if every one has it.
//
// Source: Kubernetes documentation, "Pod Quality of Service Classes"; kubelet, --cgroups-per-qos.
func podCgroup(pod *api.Pod) Cgroup {
	path := "/kubepods"
	switch pod.Status.QOSClass {
	case api.QOSBurstable:
		path += "/burstable"
	case api.QOSBestEffort, "":
		path += "/besteffort"
	}
	var l isolate.Limits
	var requests int64
	memory, cpu := true, true
	for i := range pod.Spec.Containers {
		r := &pod.Spec.Containers[i].Resources
		c := limits(r)
		memory, cpu = memory && c.Memory > 0, cpu && c.CPU > 0
		l.Memory, l.CPU = l.Memory+c.Memory, l.CPU+c.CPU
		request, asked := r.Requests[api.ResourceCPU]
		if !asked {
			request = r.Limits[api.ResourceCPU]
		}
		requests += request.Milli()
	}
	if !memory {
		l.Memory = 0
	}
	if !cpu {
		l.CPU = 0
	}
	l.Weight = weight(shares(requests))
	return Cgroup{Path: path + "/pod" + string(pod.UID), Limits: l}
}

// shares are the processor shares of cgroup v1 for a request in thousandths of a processor.
func shares(milli int64) int64 { return min(max(milli*1024/1000, 2), 1<<18) }

// weight is the weight of cgroup v2 for shares of v1: of 2 it is 1, of 1,024, which is one processor, 100, of 262,144 it is 10,000,
// and between them a parabola over the logarithms. It is computed in sums and products alone, so that it is the same everywhere.
//
// Source: Kubernetes blog, "New Conversion from cgroup v1 CPU Shares to v2 CPU Weight" (runc since 1.3.2, crun since 1.23).
func weight(shares int64) int64 {
	l := log2(float64(shares))
	square := float64(l * l)
	exponent := (square+float64(125*l))/612 - 7.0/34
	w := exp2(float64(exponent * log2of10))
	return int64(math.Ceil(w - 1e-9)) // the three fixed points are whole numbers, and so must come out as such
}

const (
	log2of10 = 3.32192809488736234787
	ln2      = 0.69314718055994530942
)

// log2 by halving down to [1, 2), and there by the series of the area tangent.
func log2(x float64) float64 {
	n := 0.0
	for ; x >= 2; x /= 2 {
		n++
	}
	t := (x - 1) / (x + 1)
	square := float64(t * t)
	sum, power := 0.0, t
	for k := 1; k < 60; k += 2 {
		sum += float64(power / float64(k))
		power = float64(power * square)
	}
	return n + float64(2*sum/ln2)
}

// exp2 by doubling the whole part, and the series of the rest.
func exp2(x float64) float64 {
	whole := int(x)
	rest := float64((x - float64(whole)) * ln2)
	sum, term := 1.0, 1.0
	for k := 1; k < 25; k++ {
		term = float64(term * rest / float64(k))
		sum += term
	}
	for range whole {
		sum *= 2
	}
	return sum
}

// oomScore ranks for the kernel's out-of-memory killer: what asked for nothing goes first, what asked for much of the node late.
//
// Source: Kubernetes documentation, "Node-pressure Eviction", "Node out of memory behavior".
func (b *builder) oomScore(c *api.Container) int {
	switch b.pod.Status.QOSClass {
	case api.QOSGuaranteed:
		return -997
	case api.QOSBurstable:
		if b.memory > 0 {
			request := c.Resources.Requests[api.ResourceMemory].Value()
			return int(min(max(1000-request*1000/b.memory, 3), 999))
		}
		return 999
	}
	return 1000
}
