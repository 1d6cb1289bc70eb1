package network

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// yes and no are shared by all endpoints. They are frozen, as all stored objects are.
var yes, no = true, false

func fact(b bool) *bool {
	if b {
		return &yes
	}
	return &no
}

// listed tells whether a pod is worth listing at all: it has an address and has not come to its end. A pod that is being
// deleted is listed until it is gone, as terminating.
//
// Source: k8s.io/endpointslice, util, ShouldPodBeInEndpoints.
func listed(p *api.Pod) bool {
	return p.Status.PodIP != "" && p.Status.Phase != api.PodSucceeded && p.Status.Phase != api.PodFailed
}

// readyPod tells whether the pod's condition Ready is true.
func readyPod(p *api.Pod) bool {
	c := readyCondition(p)
	return c != nil && c.Status == api.ConditionTrue
}

func readyCondition(p *api.Pod) *api.PodCondition {
	for i := range p.Status.Conditions {
		if p.Status.Conditions[i].Type == api.PodReady {
			return &p.Status.Conditions[i]
		}
	}
	return nil
}

// endpointOf is a pod as an endpoint of a Service.
//
// Source: k8s.io/endpointslice, utils.go, podToEndpoint.
func endpointOf(s *api.Service, p *api.Pod, sn store.Snapshot) api.Endpoint {
	serving, terminating := readyPod(p), p.DeletionTimestamp != 0
	e := api.Endpoint{
		Addresses: []string{p.Status.PodIP},
		Conditions: api.EndpointConditions{
			Ready:       fact(s.Spec.PublishNotReadyAddresses || serving && !terminating),
			Serving:     fact(serving),
			Terminating: fact(terminating),
		},
		TargetRef: &api.ObjectReference{Kind: "Pod", Namespace: p.Namespace, Name: p.Name, UID: p.UID},
	}
	if p.Spec.NodeName != "" {
		e.NodeName = &p.Spec.NodeName
		if o, _, ok := sn.Get(api.KindNode, "", p.Spec.NodeName); ok {
			if zone := o.Meta().Labels[api.LabelZone]; zone != "" {
				e.Zone = &zone
			}
		}
	}
	if p.Spec.Hostname != "" && p.Spec.Subdomain == s.Name {
		e.Hostname = &p.Spec.Hostname
	}
	return e
}

// sameEndpoint tells whether two endpoints say the same.
func sameEndpoint(a, b *api.Endpoint) bool {
	return slices.Equal(a.Addresses, b.Addresses) &&
		equalPointers(a.Conditions.Ready, b.Conditions.Ready) &&
		equalPointers(a.Conditions.Serving, b.Conditions.Serving) &&
		equalPointers(a.Conditions.Terminating, b.Conditions.Terminating) &&
		target(a) == target(b) &&
		equalPointers(a.NodeName, b.NodeName) && equalPointers(a.Zone, b.Zone) && equalPointers(a.Hostname, b.Hostname)
}

// target is the identity of the pod behind an endpoint; "" if there is none.
func target(e *api.Endpoint) api.UID {
	if e.TargetRef == nil {
		return ""
	}
	return e.TargetRef.UID
}

// portsOf are the ports of a Service as a pod has them: named ones by their number in this pod. A port the pod does not
// have is left out.
//
// Source: k8s.io/endpointslice, utils.go, getEndpointPorts.
func portsOf(s *api.Service, p *api.Pod) []api.EndpointPort {
	if len(s.Spec.Ports) == 0 && s.Spec.ClusterIP == api.ClusterIPNone {
		return nil
	}
	ports := make([]api.EndpointPort, 0, len(s.Spec.Ports))
	for i := range s.Spec.Ports {
		sp := &s.Spec.Ports[i]
		number, ok := targetPort(p, sp)
		if !ok {
			continue
		}
		ports = append(ports, api.EndpointPort{Name: &sp.Name, Protocol: &sp.Protocol, Port: &number, AppProtocol: sp.AppProtocol})
	}
	return ports
}

// targetPort is the number of a Service's port in a pod; false if the pod has no port of that name.
func targetPort(p *api.Pod, sp *api.ServicePort) (int32, bool) {
	if !sp.TargetPort.IsText {
		return sp.TargetPort.Number, true
	}
	find := func(containers []api.Container) (int32, bool) {
		for i := range containers {
			for _, cp := range containers[i].Ports {
				if cp.Name == sp.TargetPort.Text && cp.Protocol == sp.Protocol {
					return cp.ContainerPort, true
				}
			}
		}
		return 0, false
	}
	if n, ok := find(p.Spec.Containers); ok {
		return n, true
	}
	return find(sidecars(p.Spec.InitContainers))
}

// sidecars are the init containers that go on running.
func sidecars(all []api.Container) []api.Container {
	var out []api.Container
	for i := range all {
		if r := all[i].RestartPolicy; r != nil && *r == api.RestartAlways {
			out = append(out, all[i])
		}
	}
	return out
}

// samePorts tells whether two lists of ports are equal, in whatever order.
func samePorts(a, b []api.EndpointPort) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if samePort(&a[i], &b[i]) {
			continue
		}
		if !slices.ContainsFunc(b, func(p api.EndpointPort) bool { return samePort(&a[i], &p) }) {
			return false
		}
	}
	return true
}

func samePort(a, b *api.EndpointPort) bool {
	return equalPointers(a.Name, b.Name) && equalPointers(a.Protocol, b.Protocol) &&
		equalPointers(a.Port, b.Port) && equalPointers(a.AppProtocol, b.AppProtocol)
}
