package schema

import "github.com/slipway-dev/slipway/orchestrate/api"

// stickySeconds is how long a client keeps its pod if nobody says otherwise: three hours.
const stickySeconds = 10800

// defaultService is upstream's SetDefaults_Service. Addresses and node ports are not defaults: whoever admits the
// Service gives them.
func defaultService(o *api.Service) {
	s := &o.Spec
	or(&s.SessionAffinity, api.AffinityNone)
	switch s.SessionAffinity {
	case api.AffinityNone:
		s.SessionAffinityConfig = nil
	case api.AffinityClientIP:
		if c := s.SessionAffinityConfig; c == nil || c.ClientIP == nil || c.ClientIP.TimeoutSeconds == nil {
			seconds := int32(stickySeconds)
			s.SessionAffinityConfig = &api.SessionAffinityConfig{ClientIP: &api.ClientIPConfig{TimeoutSeconds: &seconds}}
		}
	}
	or(&s.Type, api.ServiceClusterIP)
	for i := range s.Ports {
		p := &s.Ports[i]
		or(&p.Protocol, api.ProtocolTCP)
		if p.TargetPort == (api.IntOrString{}) || p.TargetPort == api.TextOf("") {
			p.TargetPort = api.IntOf(p.Port)
		}
	}
	if fromOutside(s) {
		or(&s.ExternalTrafficPolicy, api.TrafficCluster)
	}
	if proxied(s) {
		orPointer(&s.InternalTrafficPolicy, api.TrafficCluster)
	}
	if s.Type == api.ServiceLoadBalancer {
		orPointer(&s.AllocateLoadBalancerNodePorts, true)
		for i := range o.Status.LoadBalancer.Ingress {
			if in := &o.Status.LoadBalancer.Ingress[i]; in.IP != "" {
				orPointer(&in.IPMode, "VIP")
			}
		}
	}
}

// fromOutside tells whether traffic from outside the cluster may reach a Service: by a node port, a load balancer or an
// external address.
func fromOutside(s *api.ServiceSpec) bool {
	return s.Type == api.ServiceLoadBalancer || s.Type == api.ServiceNodePort ||
		s.Type == api.ServiceClusterIP && len(s.ExternalIPs) > 0
}

// defaultEndpointSlice also drops the topology of endpoints: the first version of the API does not take it.
func defaultEndpointSlice(s *api.EndpointSlice) {
	for i := range s.Endpoints {
		s.Endpoints[i].DeprecatedTopology = nil
	}
	for i := range s.Ports {
		orPointer(&s.Ports[i].Name, "")
		orPointer(&s.Ports[i].Protocol, api.ProtocolTCP)
	}
}

// defaultSecret moves texts to where they are kept, and gives the type that asks for nothing.
func defaultSecret(s *api.Secret) {
	if len(s.StringData) > 0 && s.Data == nil {
		s.Data = make(map[string][]byte, len(s.StringData))
	}
	//order:irrelevant each text has a key of its own
	for k, text := range s.StringData {
		s.Data[k] = []byte(text)
	}
	s.StringData = nil
	or(&s.Type, api.SecretOpaque)
}
