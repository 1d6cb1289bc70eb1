package schema

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// service checks the spec of a Service; old is nil for a new one.
//
// Source: k8s.io/kubernetes/pkg/apis/core/validation, version 1.37.
func (v *validator) service(o, old *api.Service) {
	at, s := api.Field("spec"), &o.Spec
	if old != nil {
		v.serviceUpdate(at, s, &old.Spec)
	}
	v.topologyMode(o.Annotations)
	if len(s.Ports) == 0 && !headless(s) && s.Type != api.ServiceExternalName {
		v.required(at.Child("ports"), "")
	}
	v.serviceKind(at, s)
	v.servicePorts(at.Child("ports"), s.Ports)
	v.labels(at.Child("selector"), s.Selector)
	v.affinityOfClients(at, s)
	v.clusterIPs(at, s, old)
	v.externalIPs(at.Child("externalIPs"), s.ExternalIPs)
	if v.present(at.Child("type"), string(s.Type)) {
		oneOf(v, at.Child("type"), s.Type, api.ServiceClusterIP, api.ServiceExternalName, api.ServiceLoadBalancer, api.ServiceNodePort)
	}
	v.nodePorts(at.Child("ports"), s)
	v.portsTwice(at.Child("ports"), s.Ports)
	v.loadBalancer(at, o, old)
	v.trafficPolicies(at, s)
}

// headless tells that a Service has no address of its own.
func headless(s *api.ServiceSpec) bool {
	return len(s.ClusterIPs) == 1 && s.ClusterIPs[0] == api.ClusterIPNone
}

// serviceKind checks what depends on the type.
func (v *validator) serviceKind(at *api.Path, s *api.ServiceSpec) {
	switch s.Type {
	case api.ServiceLoadBalancer, api.ServiceNodePort:
		if headless(s) {
			v.invalid(at.Child("clusterIPs").Index(0), s.ClusterIPs[0], "may not be set to 'None' for "+string(s.Type)+" services")
		}
	case api.ServiceExternalName:
		for _, f := range []struct {
			name string
			set  bool
		}{{"clusterIPs", len(s.ClusterIPs) > 0}, {"ipFamilies", len(s.IPFamilies) > 0}, {"ipFamilyPolicy", s.IPFamilyPolicy != nil}} {
			if f.set {
				v.forbidden(at.Child(f.name), "may not be set for ExternalName services")
			}
		}
		name := strings.TrimSuffix(s.ExternalName, ".")
		if v.present(at.Child("externalName"), name) {
			v.invalid(at.Child("externalName"), name, labels.ValidateSubdomain(name)...)
		}
	}
}

func (v *validator) servicePorts(at *api.Path, ports []api.ServicePort) {
	for i := range ports {
		p, here := &ports[i], at.Index(i)
		name := here.Child("name")
		if p.Name != "" {
			v.invalid(name, p.Name, DNSLabel(p.Name)...)
			if slices.ContainsFunc(ports[:i], func(o api.ServicePort) bool { return o.Name == p.Name }) {
				v.duplicate(name, p.Name)
			}
		} else if len(ports) > 1 {
			v.required(name, "")
		}
		v.port(here.Child("port"), p.Port)
		v.protocol(here.Child("protocol"), p.Protocol)
		v.portOrName(here.Child("targetPort"), p.TargetPort)
		if p.AppProtocol != nil {
			v.invalid(here.Child("appProtocol"), *p.AppProtocol, labels.ValidateKey(*p.AppProtocol)...)
		}
	}
}

func (v *validator) protocol(at *api.Path, p api.Protocol) {
	if v.present(at, string(p)) {
		oneOf(v, at, p, api.ProtocolSCTP, api.ProtocolTCP, api.ProtocolUDP)
	}
}

// maxSticky is for how long a client may keep its pod: a day.
const maxSticky = 86400

func (v *validator) affinityOfClients(at *api.Path, s *api.ServiceSpec) {
	if v.present(at.Child("sessionAffinity"), string(s.SessionAffinity)) {
		oneOf(v, at.Child("sessionAffinity"), s.SessionAffinity, api.AffinityClientIP, api.AffinityNone)
	}
	here, c := at.Child("sessionAffinityConfig"), s.SessionAffinityConfig
	if s.SessionAffinity == api.AffinityNone && c != nil {
		v.forbidden(here, "must not be set when session affinity is None")
	}
	if s.SessionAffinity != api.AffinityClientIP {
		return
	}
	const needed = "when session affinity type is ClientIP"
	seconds := here.Child("clientIP").Child("timeoutSeconds")
	switch {
	case c == nil:
		v.required(here, needed)
	case c.ClientIP == nil:
		v.required(here.Child("clientIP"), needed)
	case c.ClientIP.TimeoutSeconds == nil:
		v.required(seconds, needed)
	case *c.ClientIP.TimeoutSeconds <= 0, *c.ClientIP.TimeoutSeconds > maxSticky:
		v.invalid(seconds, *c.ClientIP.TimeoutSeconds, "must be greater than 0 and less than "+strconv.Itoa(maxSticky))
	}
}

// nodePorts checks who may have node ports, and that each is there once.
func (v *validator) nodePorts(at *api.Path, s *api.ServiceSpec) {
	for i, p := range s.Ports {
		if p.NodePort != 0 && s.Type == api.ServiceClusterIP {
			v.forbidden(at.Index(i).Child("nodePort"), "may not be used when `type` is 'ClusterIP'")
		}
	}
	for i, p := range s.Ports {
		if p.NodePort != 0 && slices.ContainsFunc(s.Ports[:i], func(o api.ServicePort) bool {
			return o.NodePort == p.NodePort && o.Protocol == p.Protocol
		}) {
			v.duplicate(at.Index(i).Child("nodePort"), p.NodePort)
		}
	}
}

func (v *validator) portsTwice(at *api.Path, ports []api.ServicePort) {
	for i, p := range ports {
		if slices.ContainsFunc(ports[:i], func(o api.ServicePort) bool { return o.Port == p.Port && o.Protocol == p.Protocol }) {
			v.add(api.FieldError{Type: api.FieldDuplicate, Field: at.Index(i).String(),
				BadValue: goJSON(api.ServicePort{Protocol: p.Protocol, Port: p.Port}, "")})
		}
	}
}

const onlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'"

func (v *validator) loadBalancer(at *api.Path, o, old *api.Service) {
	s := &o.Spec
	balanced := s.Type == api.ServiceLoadBalancer
	ranges := at.Child("LoadBalancerSourceRanges") // upstream spells it so
	if len(s.LoadBalancerSourceRanges) > 0 && !balanced {
		v.forbidden(ranges, onlyLoadBalancer)
	}
	for i, r := range s.LoadBalancerSourceRanges {
		r = strings.TrimSpace(r)
		v.invalid(ranges.Index(i), r, addressRange(r)...)
	}
	if len(s.LoadBalancerSourceRanges) == 0 {
		v.annotatedRanges(o, old)
	}
	if s.AllocateLoadBalancerNodePorts != nil && !balanced {
		v.forbidden(at.Child("allocateLoadBalancerNodePorts"), onlyLoadBalancer)
	}
	v.loadBalancerClass(at.Child("loadBalancerClass"), s)
}

// Annotations that mean something to the server.
const (
	sourceRanges  = "service.beta.kubernetes.io/load-balancer-source-ranges"
	topologyHints = "service.kubernetes.io/topology-aware-hints"
	topologyMode  = "service.kubernetes.io/topology-mode"
)

// annotatedRanges checks what loadBalancerSourceRanges once was.
func (v *validator) annotatedRanges(o, old *api.Service) {
	ranges, there := o.Annotations[sourceRanges]
	if !there {
		return
	}
	at := api.Field("metadata").Child("annotations").Key(sourceRanges)
	if o.Spec.Type != api.ServiceLoadBalancer {
		v.forbidden(at, onlyLoadBalancer)
	}
	if old != nil && old.Annotations[sourceRanges] == ranges || strings.TrimSpace(ranges) == "" {
		return
	}
	for r := range strings.SplitSeq(ranges, ",") {
		r = strings.TrimSpace(r)
		v.invalid(at, r, addressRange(r)...)
	}
}

// topologyMode checks that the old and the new name of one annotation say the same.
func (v *validator) topologyMode(a map[string]string) {
	hints, hinted := a[topologyHints]
	mode, moded := a[topologyMode]
	if hinted && moded && hints != mode {
		v.invalid(api.Field("metadata").Child("annotations").Key(topologyMode), mode,
			"must match annotations["+topologyHints+"] when both are specified")
	}
}

func (v *validator) loadBalancerClass(at *api.Path, s *api.ServiceSpec) {
	switch {
	case s.LoadBalancerClass == nil:
	case s.Type == api.ServiceLoadBalancer:
		v.invalid(at, *s.LoadBalancerClass, labels.ValidateKey(*s.LoadBalancerClass)...)
	default:
		v.forbidden(at, onlyLoadBalancer)
	}
}

func (v *validator) trafficPolicies(at *api.Path, s *api.ServiceSpec) {
	here := at.Child("externalTrafficPolicy")
	switch {
	case !fromOutside(s):
		if s.ExternalTrafficPolicy != "" {
			v.invalid(here, string(s.ExternalTrafficPolicy), "may only be set for externally-accessible services")
		}
	case v.present(here, string(s.ExternalTrafficPolicy)):
		oneOf(v, here, s.ExternalTrafficPolicy, api.TrafficCluster, api.TrafficLocal)
	}
	if health := at.Child("healthCheckNodePort"); !needsHealthCheck(s) {
		if s.HealthCheckNodePort != 0 {
			v.invalid(health, s.HealthCheckNodePort, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'")
		}
	} else if s.HealthCheckNodePort == 0 {
		v.required(health, "")
	} else {
		v.port(health, s.HealthCheckNodePort)
	}
	internal := at.Child("internalTrafficPolicy")
	if s.InternalTrafficPolicy == nil && proxied(s) {
		v.required(internal, "")
	}
	oneOfPointer(v, internal, s.InternalTrafficPolicy, api.TrafficCluster, api.TrafficLocal)
	oneOfPointer(v, at.Child("trafficDistribution"), s.TrafficDistribution,
		api.TrafficPreferClose, api.TrafficPreferSameZone, api.TrafficPreferSameNode)
}

// proxied tells that nodes carry the traffic of a Service.
func proxied(s *api.ServiceSpec) bool {
	return s.Type == api.ServiceClusterIP || s.Type == api.ServiceNodePort || s.Type == api.ServiceLoadBalancer
}

// needsHealthCheck tells that a load balancer asks nodes whether they have endpoints, so that the Service needs a port
// for it.
func needsHealthCheck(s *api.ServiceSpec) bool {
	return s.Type == api.ServiceLoadBalancer && s.ExternalTrafficPolicy == api.TrafficLocal
}
