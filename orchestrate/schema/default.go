package schema

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Default fills in what a manifest left open, as the API server does before anything else looks at it. The object is
// changed in place and must belong to the caller.
//
// Source: Kubernetes API reference; k8s.io/kubernetes/pkg/apis/core/v1, defaults.go.
func Default(o api.Object) {
	switch o := o.(type) {
	case *api.Pod:
		if o.Spec == nil {
			o.Spec = &api.PodSpec{}
		}
		defaultPodSpec(o.Spec)
	case *api.Namespace:
		if len(o.Spec.Finalizers) == 0 && o.DeletionTimestamp == 0 {
			o.Spec.Finalizers = []string{api.FinalizerKubernetes}
		}
		if o.Status.Phase == "" {
			o.Status.Phase = api.NamespaceActive
		}
	case *api.Node:
		if o.Status.Allocatable == nil {
			o.Status.Allocatable = o.Status.Capacity
		}
	}
}

// or sets *v to value if it has none.
func or[T comparable](v *T, value T) {
	var zero T
	if *v == zero {
		*v = value
	}
}

// orPointer sets *v to point to value if it is nil.
func orPointer[T any](v **T, value T) {
	if *v == nil {
		*v = &value
	}
}

func defaultPodSpec(s *api.PodSpec) {
	or(&s.RestartPolicy, api.RestartAlways)
	or(&s.DNSPolicy, api.DNSClusterFirst)
	or(&s.SchedulerName, api.DefaultSchedulerName)
	orPointer(&s.TerminationGracePeriodSeconds, 30)
	if *s.TerminationGracePeriodSeconds < 0 {
		one := int64(1) // upstream takes a negative period for the shortest one
		s.TerminationGracePeriodSeconds = &one
	}
	orPointer(&s.SecurityContext, api.PodSecurityContext{})
	orPointer(&s.EnableServiceLinks, true)
	or(&s.ServiceAccountName, s.DeprecatedServiceAccount)
	s.DeprecatedServiceAccount = s.ServiceAccountName
	for i := range s.InitContainers {
		defaultContainer(&s.InitContainers[i], s.HostNetwork)
	}
	for i := range s.Containers {
		defaultContainer(&s.Containers[i], s.HostNetwork)
	}
	for i := range s.Volumes {
		defaultVolume(&s.Volumes[i])
	}
}

func defaultContainer(c *api.Container, hostNetwork bool) {
	or(&c.ImagePullPolicy, pullPolicy(c.Image))
	or(&c.TerminationMessagePath, api.TerminationMessagePathDefault)
	or(&c.TerminationMessagePolicy, api.TerminationMessageFile)
	for i := range c.Ports {
		or(&c.Ports[i].Protocol, api.ProtocolTCP)
		if hostNetwork {
			or(&c.Ports[i].HostPort, c.Ports[i].ContainerPort)
		}
	}
	for i := range c.Env {
		if from := c.Env[i].ValueFrom; from != nil && from.FieldRef != nil {
			or(&from.FieldRef.APIVersion, "v1")
		}
	}
	for _, p := range []*api.Probe{c.LivenessProbe, c.ReadinessProbe, c.StartupProbe} {
		defaultProbe(p)
	}
	if c.Lifecycle != nil {
		for _, h := range []*api.LifecycleHandler{c.Lifecycle.PostStart, c.Lifecycle.PreStop} {
			if h != nil {
				defaultHTTPGet(h.HTTPGet)
			}
		}
	}
	defaultRequests(&c.Resources)
}

// defaultRequests lets a limit stand for a request that is missing.
func defaultRequests(r *api.ResourceRequirements) {
	//order:irrelevant each resource is copied to its own place
	for name, limit := range r.Limits {
		if _, asked := r.Requests[name]; asked {
			continue
		}
		if r.Requests == nil {
			r.Requests = api.ResourceList{}
		}
		r.Requests[name] = limit
	}
}

// pullPolicy is Always for the tag latest, also where it is only implied.
func pullPolicy(image string) api.PullPolicy {
	if strings.Contains(image, "@") {
		return api.PullIfNotPresent
	}
	_, tag, tagged := strings.Cut(image[strings.LastIndexByte(image, '/')+1:], ":")
	if !tagged || tag == "latest" {
		return api.PullAlways
	}
	return api.PullIfNotPresent
}

func defaultProbe(p *api.Probe) {
	if p == nil {
		return
	}
	or(&p.TimeoutSeconds, 1)
	or(&p.PeriodSeconds, 10)
	or(&p.SuccessThreshold, 1)
	or(&p.FailureThreshold, 3)
	defaultHTTPGet(p.HTTPGet)
}

func defaultHTTPGet(a *api.HTTPGetAction) {
	if a != nil {
		or(&a.Path, "/")
		or(&a.Scheme, "HTTP")
	}
}

func defaultVolume(v *api.Volume) {
	const mode = 0o644
	switch {
	case v.Secret != nil:
		orPointer(&v.Secret.DefaultMode, mode)
	case v.ConfigMap != nil:
		orPointer(&v.ConfigMap.DefaultMode, mode)
	case v.Projected != nil:
		orPointer(&v.Projected.DefaultMode, mode)
	case v.DownwardAPI != nil:
		orPointer(&v.DownwardAPI.DefaultMode, mode)
	case v.HostPath != nil:
		orPointer(&v.HostPath.Type, "")
	}
}

// QOSClass is how a pod ranks when its node runs short: Guaranteed if every container limits cpu and memory to what it
// requests, BestEffort if none asks for anything, Burstable otherwise.
//
// Source: Kubernetes documentation, "Pod Quality of Service Classes".
func QOSClass(s *api.PodSpec) api.PodQOSClass {
	guaranteed, any := true, false
	for _, list := range [][]api.Container{s.InitContainers, s.Containers} {
		for i := range list {
			r := &list[i].Resources
			for _, name := range []api.ResourceName{api.ResourceCPU, api.ResourceMemory} {
				request, limit := r.Requests[name], r.Limits[name]
				any = any || !request.IsZero() || !limit.IsZero()
				guaranteed = guaranteed && !limit.IsZero() && request.Cmp(limit) == 0
			}
		}
	}
	switch {
	case !any:
		return api.QOSBestEffort
	case guaranteed:
		return api.QOSGuaranteed
	}
	return api.QOSBurstable
}
