package api

// Service is one name and one address for the pods a selector finds.
//
// Source: Kubernetes API reference, "Service v1 core".
type Service struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata,omitempty"`
	// Spec is what is wanted of the Service.
	Spec ServiceSpec `json:"spec,omitempty"`
	// Status is what was seen of the Service.
	Status ServiceStatus `json:"status,omitempty"`
}

// Kind is KindService.
func (*Service) Kind() Kind { return KindService }

// Clone copies the top and shares what is below it.
func (s *Service) Clone() Object { c := *s; return &c }

// ServiceSpec is what is wanted of a Service.
type ServiceSpec struct {
	// Ports the Service answers on.
	Ports []ServicePort `json:"ports,omitempty"`
	// Selector are labels of the pods behind the Service; without one, somebody else writes its endpoints.
	Selector map[string]string `json:"selector,omitempty"`
	// ClusterIP is the address; None for a Service without one (headless); given by the server if empty.
	ClusterIP string `json:"clusterIP,omitempty"`
	// ClusterIPs are all addresses; the first equals clusterIP.
	ClusterIPs []string `json:"clusterIPs,omitempty"`
	// Type is ClusterIP, NodePort, LoadBalancer or ExternalName.
	Type ServiceType `json:"type,omitempty"`
	// ExternalIPs are further addresses whose traffic nodes take.
	ExternalIPs []string `json:"externalIPs,omitempty"`
	// SessionAffinity is ClientIP if a client shall keep its pod, or None.
	SessionAffinity ServiceAffinity `json:"sessionAffinity,omitempty"`
	// LoadBalancerIP is the address asked of a load balancer.
	LoadBalancerIP string `json:"loadBalancerIP,omitempty"`
	// LoadBalancerSourceRanges are the clients a load balancer lets through.
	LoadBalancerSourceRanges []string `json:"loadBalancerSourceRanges,omitempty"`
	// ExternalName is the name an ExternalName Service stands for.
	ExternalName string `json:"externalName,omitempty"`
	// ExternalTrafficPolicy is Cluster, or Local if traffic from outside stays on the node it came to.
	ExternalTrafficPolicy ServiceTrafficPolicy `json:"externalTrafficPolicy,omitempty" upstream:"v1.ServiceExternalTrafficPolicy"`
	// HealthCheckNodePort is where a load balancer asks whether a node has endpoints.
	HealthCheckNodePort int32 `json:"healthCheckNodePort,omitempty"`
	// PublishNotReadyAddresses gives out the addresses of pods that are not ready too.
	PublishNotReadyAddresses bool `json:"publishNotReadyAddresses,omitempty"`
	// SessionAffinityConfig says how long a client keeps its pod.
	SessionAffinityConfig *SessionAffinityConfig `json:"sessionAffinityConfig,omitempty"`
	// IPFamilies are IPv4, IPv6 or both.
	IPFamilies []IPFamily `json:"ipFamilies,omitempty"`
	// IPFamilyPolicy is SingleStack, PreferDualStack or RequireDualStack.
	IPFamilyPolicy *IPFamilyPolicy `json:"ipFamilyPolicy,omitempty"`
	// AllocateLoadBalancerNodePorts tells that a load balancer needs node ports; true by default.
	AllocateLoadBalancerNodePorts *bool `json:"allocateLoadBalancerNodePorts,omitempty"`
	// LoadBalancerClass names the kind of load balancer.
	LoadBalancerClass *string `json:"loadBalancerClass,omitempty"`
	// InternalTrafficPolicy is Cluster, or Local if traffic from inside stays on its node.
	InternalTrafficPolicy *ServiceTrafficPolicy `json:"internalTrafficPolicy,omitempty" upstream:"v1.ServiceInternalTrafficPolicy"`
	// TrafficDistribution says which endpoints are preferred, for example PreferSameZone.
	TrafficDistribution *string `json:"trafficDistribution,omitempty"`
}

// ServicePort is a port a Service answers on.
type ServicePort struct {
	// Name of the port; needed if there is more than one.
	Name string `json:"name,omitempty"`
	// Protocol is TCP, UDP or SCTP.
	Protocol Protocol `json:"protocol,omitempty"`
	// AppProtocol says what is spoken there, for example kubernetes.io/h2c.
	AppProtocol *string `json:"appProtocol,omitempty"`
	// Port of the Service.
	Port int32 `json:"port"`
	// TargetPort is the pods' port, by number or name; the same as port by default.
	TargetPort IntOrString `json:"targetPort,omitempty" upstream:"intstr.IntOrString"`
	// NodePort is the port on each node, of a Service that has one.
	NodePort int32 `json:"nodePort,omitempty"`
}

// ServiceType says from where a Service can be reached.
type ServiceType string

// The types of Services.
const (
	ServiceClusterIP    ServiceType = "ClusterIP"
	ServiceNodePort     ServiceType = "NodePort"
	ServiceLoadBalancer ServiceType = "LoadBalancer"
	ServiceExternalName ServiceType = "ExternalName"
)

// ClusterIPNone is the clusterIP of a headless Service.
const ClusterIPNone = "None"

// ServiceAffinity says whether a client keeps its pod.
type ServiceAffinity string

// The affinities.
const (
	AffinityClientIP ServiceAffinity = "ClientIP"
	AffinityNone     ServiceAffinity = "None"
)

// ServiceTrafficPolicy says which endpoints take traffic that came to a node.
type ServiceTrafficPolicy string

// The traffic policies.
const (
	TrafficCluster ServiceTrafficPolicy = "Cluster"
	TrafficLocal   ServiceTrafficPolicy = "Local"
)

// The traffic distributions.
const (
	TrafficPreferClose    = "PreferClose"
	TrafficPreferSameZone = "PreferSameZone"
	TrafficPreferSameNode = "PreferSameNode"
)

// IPFamily is the sort of an IP address.
type IPFamily string

// The families of IP addresses.
const (
	IPv4 IPFamily = "IPv4"
	IPv6 IPFamily = "IPv6"
)

// IPFamilyPolicy says how many families of addresses a Service has.
type IPFamilyPolicy string

// The policies of address families.
const (
	SingleStack      IPFamilyPolicy = "SingleStack"
	PreferDualStack  IPFamilyPolicy = "PreferDualStack"
	RequireDualStack IPFamilyPolicy = "RequireDualStack"
)

// SessionAffinityConfig says how long a client keeps its pod.
type SessionAffinityConfig struct {
	// ClientIP is for clients told apart by their address.
	ClientIP *ClientIPConfig `json:"clientIP,omitempty"`
}

// ClientIPConfig says how long a client's address counts.
type ClientIPConfig struct {
	// TimeoutSeconds is for how long; 10800 by default.
	TimeoutSeconds *int32 `json:"timeoutSeconds,omitempty"`
}

// ServiceStatus is what was seen of a Service.
type ServiceStatus struct {
	// LoadBalancer is what was seen of its load balancer.
	LoadBalancer LoadBalancerStatus `json:"loadBalancer,omitempty"`
	// Conditions are what is known of the Service.
	Conditions []Condition `json:"conditions,omitempty"`
}

// LoadBalancerStatus is what was seen of a load balancer.
type LoadBalancerStatus struct {
	// Ingress are the addresses traffic may go to.
	Ingress []LoadBalancerIngress `json:"ingress,omitempty"`
}

// LoadBalancerIngress is an address of a load balancer.
type LoadBalancerIngress struct {
	// IP address.
	IP string `json:"ip,omitempty"`
	// Hostname, of load balancers known by name.
	Hostname string `json:"hostname,omitempty"`
	// IPMode is VIP or Proxy.
	IPMode *string `json:"ipMode,omitempty" upstream:"v1.LoadBalancerIPMode"`
	// Ports of the load balancer.
	Ports []PortStatus `json:"ports,omitempty"`
}

// PortStatus is what was seen of a port of a load balancer.
type PortStatus struct {
	// Port number.
	Port int32 `json:"port"`
	// Protocol is TCP, UDP or SCTP.
	Protocol Protocol `json:"protocol"`
	// Error is why the port does not work, if it does not.
	Error *string `json:"error,omitempty"`
}

// Condition is one thing known about an object, in the form newer kinds use.
//
// Source: Kubernetes API reference, "Condition v1 meta".
type Condition struct {
	// Type names what is known.
	Type string `json:"type"`
	// Status is True, False or Unknown.
	Status ConditionStatus `json:"status"`
	// ObservedGeneration is the generation of the spec the condition is about.
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`
	// LastTransitionTime is when Status changed last.
	LastTransitionTime Time `json:"lastTransitionTime"`
	// Reason is one CamelCase word for why.
	Reason string `json:"reason"`
	// Message is a sentence for people.
	Message string `json:"message"`
}
