package schema

import "github.com/slipway-dev/slipway/orchestrate/api"

// Default fills in what a manifest left open, as the API server does before anything else looks at it. The object is
// changed in place and must belong to the caller.
//
// Source: Kubernetes API reference; k8s.io/kubernetes/pkg/apis/core/v1, defaults.go.
func Default(o api.Object) {
	switch o := o.(type) {
	case *api.Pod:
		defaultPod(o)
	case *api.ReplicaSet:
		defaultReplicaSet(o)
	case *api.Deployment:
		defaultDeployment(o)
	case *api.Service:
		defaultService(o)
	case *api.EndpointSlice:
		defaultEndpointSlice(o)
	case *api.Secret:
		defaultSecret(o)
	case *api.Lease:
		o.Spec.Strategy, o.Spec.PreferredHolder = nil, nil // behind a feature gate upstream, which is off by default
	case *api.Namespace:
		defaultNamespace(o)
	case *api.Node:
		if len(o.Spec.PodCIDRs) == 0 && o.Spec.PodCIDR != "" {
			o.Spec.PodCIDRs = []string{o.Spec.PodCIDR}
		} else if len(o.Spec.PodCIDRs) > 0 {
			o.Spec.PodCIDR = o.Spec.PodCIDRs[0]
		}
		roundUp(o.Status.Capacity)
		roundUp(o.Status.Allocatable)
		if o.Status.Allocatable == nil {
			o.Status.Allocatable = o.Status.Capacity
		}
	}
}

func defaultNamespace(n *api.Namespace) {
	or(&n.Status.Phase, api.NamespaceActive)
	if n.Name == "" {
		return
	}
	if n.Labels == nil {
		n.Labels = map[string]string{}
	}
	n.Labels[api.LabelNamespaceName] = n.Name
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

func defaultPod(p *api.Pod) {
	if p.Spec == nil {
		p.Spec = &api.PodSpec{}
	}
	s := p.Spec
	defaultPodSpec(s)
	if *s.TerminationGracePeriodSeconds < 0 {
		one := int64(1) // upstream takes a negative period for the shortest one
		s.TerminationGracePeriodSeconds = &one
	}
	orPointer(&s.EnableServiceLinks, true)
	for _, list := range [][]api.Container{s.Containers, s.InitContainers} {
		for i := range list {
			defaultRequests(&list[i].Resources)
			for j := range list[i].Ports {
				if s.HostNetwork {
					or(&list[i].Ports[j].HostPort, list[i].Ports[j].ContainerPort)
				}
			}
		}
	}
	switch st := &p.Status; {
	case st.PodIP != "" && (len(st.PodIPs) == 0 || st.PodIPs[0].IP != st.PodIP):
		st.PodIPs = []api.PodIP{{IP: st.PodIP}}
	case st.PodIP == "" && len(st.PodIPs) > 0:
		st.PodIP = st.PodIPs[0].IP
	}
}

// defaultPodSpec fills in what the pods of templates have too.
func defaultPodSpec(s *api.PodSpec) {
	or(&s.RestartPolicy, api.RestartAlways)
	or(&s.DNSPolicy, api.DNSClusterFirst)
	or(&s.SchedulerName, api.DefaultSchedulerName)
	orPointer(&s.TerminationGracePeriodSeconds, 30)
	orPointer(&s.SecurityContext, api.PodSecurityContext{})
	or(&s.ServiceAccountName, s.DeprecatedServiceAccount)
	s.DeprecatedServiceAccount = s.ServiceAccountName
	roundUp(s.Overhead)
	if s.Resources != nil {
		roundUp(s.Resources.Limits)
		roundUp(s.Resources.Requests)
	}
	for i := range s.InitContainers {
		defaultContainer(&s.InitContainers[i])
	}
	for i := range s.Containers {
		defaultContainer(&s.Containers[i])
	}
	for i := range s.EphemeralContainers {
		defaultContainer(&s.EphemeralContainers[i].Container)
	}
	for i := range s.Volumes {
		defaultVolume(&s.Volumes[i].VolumeSource)
	}
}

func defaultContainer(c *api.Container) {
	or(&c.ImagePullPolicy, pullPolicy(c.Image))
	or(&c.TerminationMessagePath, api.TerminationMessagePathDefault)
	or(&c.TerminationMessagePolicy, api.TerminationMessageFile)
	roundUp(c.Resources.Limits)
	roundUp(c.Resources.Requests)
	for i := range c.Ports {
		or(&c.Ports[i].Protocol, api.ProtocolTCP)
	}
	for i := range c.Env {
		if from := c.Env[i].ValueFrom; from != nil {
			defaultFieldRef(from.FieldRef)
			if from.FileKeyRef != nil {
				orPointer(&from.FileKeyRef.Optional, false)
			}
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
}

func defaultFieldRef(r *api.ObjectFieldSelector) {
	if r != nil {
		or(&r.APIVersion, "v1")
	}
}

// roundUp makes whole thousandths of the amounts, which is as fine as any of them is counted.
func roundUp(list api.ResourceList) {
	//order:irrelevant each amount is rounded in its own place
	for name, q := range list {
		list[name] = q.RoundUpMilli()
	}
}

// defaultRequests lets a limit stand for a request that is missing.
func defaultRequests(r *api.ResourceRequirements) {
	if r.Limits != nil && r.Requests == nil {
		r.Requests = api.ResourceList{}
	}
	//order:irrelevant each resource is copied to its own place
	for name, limit := range r.Limits {
		if _, asked := r.Requests[name]; !asked {
			r.Requests[name] = limit
		}
	}
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
	if p.GRPC != nil {
		orPointer(&p.GRPC.Service, "")
	}
}

func defaultHTTPGet(a *api.HTTPGetAction) {
	if a != nil {
		or(&a.Path, "/")
		or(&a.Scheme, api.SchemeHTTP)
	}
}

// QOSClass is how a pod ranks when its node runs short: Guaranteed if every container limits cpu and memory to what it
// requests, BestEffort if none asks for anything, Burstable otherwise. If the pod as a whole asks for resources, only
// that counts.
//
// Source: Kubernetes documentation, "Pod Quality of Service Classes".
func QOSClass(s *api.PodSpec) api.PodQOSClass {
	if s.Resources != nil {
		return qosOf(s.Resources)
	}
	class := api.PodQOSClass("")
	for _, list := range [][]api.Container{s.InitContainers, s.Containers} {
		for i := range list {
			switch c := qosOf(&list[i].Resources); {
			case class == "":
				class = c
			case class != c:
				class = api.QOSBurstable
			}
		}
	}
	or(&class, api.QOSBestEffort)
	return class
}

// qosOf ranks by cpu and memory alone.
func qosOf(r *api.ResourceRequirements) api.PodQOSClass {
	guaranteed, asks := true, false
	for _, name := range []api.ResourceName{api.ResourceCPU, api.ResourceMemory} {
		request, limit := r.Requests[name], r.Limits[name]
		asks = asks || request.Sign() > 0 || limit.Sign() > 0
		guaranteed = guaranteed && limit.Sign() > 0 && request.Cmp(limit) == 0
	}
	switch {
	case !asks:
		return api.QOSBestEffort
	case guaranteed:
		return api.QOSGuaranteed
	}
	return api.QOSBurstable
}
