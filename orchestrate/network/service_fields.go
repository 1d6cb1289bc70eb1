package network

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func needsClusterIP(s *api.ServiceSpec) bool { return s.Type != api.ServiceExternalName }

func needsNodePort(s *api.ServiceSpec) bool {
	return s.Type == api.ServiceNodePort ||
		s.Type == api.ServiceLoadBalancer && (s.AllocateLoadBalancerNodePorts == nil || *s.AllocateLoadBalancerNodePorts)
}

func mayHaveNodePort(s *api.ServiceSpec) bool {
	return s.Type == api.ServiceNodePort || s.Type == api.ServiceLoadBalancer
}

func needsHealthPort(s *api.ServiceSpec) bool {
	return s.Type == api.ServiceLoadBalancer && s.ExternalTrafficPolicy == api.TrafficLocal
}

func needsExternalPolicy(s *api.ServiceSpec) bool {
	return mayHaveNodePort(s) || s.Type == api.ServiceClusterIP && len(s.ExternalIPs) > 0
}

// dropUnused clears what the new type of a Service has no use for, unless the client changed it: then it meant it, and
// validation will say so.
//
// Source: k8s.io/kubernetes, pkg/registry/core/service, strategy.go, dropTypeDependentFields.
func dropUnused(s, old *api.ServiceSpec) {
	if needsClusterIP(old) && !needsClusterIP(s) {
		if s.ClusterIP == old.ClusterIP && slices.Equal(s.ClusterIPs, old.ClusterIPs) {
			s.ClusterIP, s.ClusterIPs = "", nil
		}
		if equalPointers(s.IPFamilyPolicy, old.IPFamilyPolicy) && slices.Equal(s.IPFamilies, old.IPFamilies) {
			s.IPFamilyPolicy, s.IPFamilies = nil, nil
		}
		if equalPointers(s.InternalTrafficPolicy, old.InternalTrafficPolicy) {
			s.InternalTrafficPolicy = nil
		}
	}
	if mayHaveNodePort(old) && !mayHaveNodePort(s) && sameNodePorts(s, old) {
		s.Ports = slices.Clone(s.Ports)
		for i := range s.Ports {
			s.Ports[i].NodePort = 0
		}
	}
	if needsHealthPort(old) && !needsHealthPort(s) && s.HealthCheckNodePort == old.HealthCheckNodePort {
		s.HealthCheckNodePort = 0
	}
	if old.Type == api.ServiceLoadBalancer && s.Type != api.ServiceLoadBalancer {
		if equalPointers(s.AllocateLoadBalancerNodePorts, old.AllocateLoadBalancerNodePorts) {
			s.AllocateLoadBalancerNodePorts = nil
		}
		if equalPointers(s.LoadBalancerClass, old.LoadBalancerClass) {
			s.LoadBalancerClass = nil
		}
	}
	if needsExternalPolicy(old) && !needsExternalPolicy(s) && s.ExternalTrafficPolicy == old.ExternalTrafficPolicy {
		s.ExternalTrafficPolicy = ""
	}
}

func equalPointers[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// sameNodePorts tells whether the client left the node ports as they were.
func sameNodePorts(s, old *api.ServiceSpec) bool {
	ports := func(s *api.ServiceSpec) []int32 {
		var all []int32
		for i := range s.Ports {
			if p := s.Ports[i].NodePort; p != 0 {
				all = append(all, p)
			}
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	return slices.Equal(ports(s), ports(old))
}

// keepAllocated puts back what the server once gave and the client left out, so that applying a manifest twice changes
// nothing.
func keepAllocated(s, old *api.ServiceSpec) {
	if needsClusterIP(old) && needsClusterIP(s) {
		if s.ClusterIP == "" {
			s.ClusterIP = old.ClusterIP
		}
		if len(s.ClusterIPs) == 0 && s.ClusterIP == old.ClusterIP {
			s.ClusterIPs = old.ClusterIPs
		}
	}
	if mayHaveNodePort(old) && mayHaveNodePort(s) {
		keepNodePorts(s, old)
	}
	if needsHealthPort(old) && needsHealthPort(s) && s.HealthCheckNodePort == 0 {
		s.HealthCheckNodePort = old.HealthCheckNodePort
	}
}

func keepNodePorts(s, old *api.ServiceSpec) {
	s.Ports = slices.Clone(s.Ports)
	for i := range s.Ports {
		p := &s.Ports[i]
		if p.NodePort != 0 {
			continue
		}
		for j := range old.Ports {
			o := &old.Ports[j]
			if o.Port == p.Port && o.Protocol == p.Protocol && o.NodePort != 0 && !usedWith(s, o.NodePort, p.Protocol) {
				p.NodePort = o.NodePort
			}
		}
	}
}

// normalizeIPs keeps clusterIP and clusterIPs in step where an older client knows only the first.
func normalizeIPs(n, old *api.Service) {
	s := &n.Spec
	if old == nil {
		if s.ClusterIP != "" && len(s.ClusterIPs) == 0 {
			s.ClusterIPs = []string{s.ClusterIP}
		}
		return
	}
	if s.ClusterIP != old.Spec.ClusterIP && slices.Equal(s.ClusterIPs, old.Spec.ClusterIPs) {
		s.ClusterIPs = nil
		if s.ClusterIP != "" {
			s.ClusterIPs = []string{s.ClusterIP}
		}
	}
}

// defaultFamilies says which families of addresses a Service has. The cluster has one, IPv4; a headless Service without
// a selector, whose endpoints may be anywhere, asks for both.
//
// Source: Kubernetes documentation, "IPv4/IPv6 dual-stack", defaults.
func defaultFamilies(n, old *api.Service) {
	s := &n.Spec
	if !needsClusterIP(s) {
		return
	}
	anywhere := s.ClusterIP == api.ClusterIPNone && len(s.Selector) == 0
	if s.IPFamilyPolicy == nil {
		policy := api.SingleStack
		if anywhere {
			policy = api.RequireDualStack
		}
		s.IPFamilyPolicy = &policy
	}
	if len(s.IPFamilies) == 0 {
		s.IPFamilies = []api.IPFamily{api.IPv4}
		if anywhere && *s.IPFamilyPolicy != api.SingleStack {
			s.IPFamilies = append(s.IPFamilies, api.IPv6)
		}
	}
}

// parseIPv4 is the number of a dotted address; false if it is none.
func parseIPv4(text string) (uint32, bool) {
	var n uint32
	parts := strings.Split(text, ".")
	if len(parts) != 4 {
		return 0, false
	}
	for _, p := range parts {
		b, err := strconv.ParseUint(p, 10, 8)
		if err != nil || len(p) > 1 && p[0] == '0' {
			return 0, false
		}
		n = n<<8 | uint32(b)
	}
	return n, true
}
