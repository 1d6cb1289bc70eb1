package api

// EndpointSlice lists endpoints of a Service: addresses behind it, and how they are.
//
// Source: Kubernetes API reference, "EndpointSlice v1 discovery.k8s.io".
type EndpointSlice struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata,omitempty"`
	// AddressType is IPv4, IPv6 or FQDN; it cannot be changed.
	AddressType AddressType `json:"addressType"`
	// Endpoints in the slice, at most 1000.
	Endpoints []Endpoint `json:"endpoints"`
	// Ports each endpoint answers on, at most 100; none means all.
	Ports []EndpointPort `json:"ports"`
}

// Kind is KindEndpointSlice.
func (*EndpointSlice) Kind() Kind { return KindEndpointSlice }

// Clone copies the top and shares what is below it.
func (s *EndpointSlice) Clone() Object { c := *s; return &c }

// AddressType is the sort of the addresses of a slice.
type AddressType string

// The sorts of addresses.
const (
	AddressIPv4 AddressType = "IPv4"
	AddressIPv6 AddressType = "IPv6"
	AddressFQDN AddressType = "FQDN"
)

// Labels of EndpointSlices.
const (
	// LabelServiceName is the Service a slice belongs to.
	LabelServiceName = "kubernetes.io/service-name"
	// LabelManagedBy is who writes the slice.
	LabelManagedBy = "endpointslice.kubernetes.io/managed-by"
	// LabelHeadless marks what belongs to a Service without a cluster address.
	LabelHeadless = "service.kubernetes.io/headless"
)

// Endpoint is one place behind a Service.
type Endpoint struct {
	// Addresses of the endpoint; all lead to the same place, and one is enough.
	Addresses []string `json:"addresses"`
	// Conditions tell how the endpoint is.
	Conditions EndpointConditions `json:"conditions,omitempty"`
	// Hostname under which DNS gives the endpoint out.
	Hostname *string `json:"hostname,omitempty"`
	// TargetRef is the object behind the address, most often a pod.
	TargetRef *ObjectReference `json:"targetRef,omitempty"`
	// DeprecatedTopology is for older clients.
	DeprecatedTopology map[string]string `json:"deprecatedTopology,omitempty"`
	// NodeName is the node the endpoint is on.
	NodeName *string `json:"nodeName,omitempty"`
	// Zone the endpoint is in.
	Zone *string `json:"zone,omitempty"`
	// Hints say who should use the endpoint.
	Hints *EndpointHints `json:"hints,omitempty"`
}

// EndpointConditions tell how an endpoint is.
type EndpointConditions struct {
	// Ready tells that it takes traffic.
	Ready *bool `json:"ready,omitempty"`
	// Serving is ready, whether or not the endpoint is on its way out.
	Serving *bool `json:"serving,omitempty"`
	// Terminating tells that it is on its way out.
	Terminating *bool `json:"terminating,omitempty"`
}

// EndpointHints say who should use an endpoint.
type EndpointHints struct {
	// ForZones are zones whose clients should use it.
	ForZones []ForZone `json:"forZones,omitempty"`
	// ForNodes are nodes whose clients should use it.
	ForNodes []ForNode `json:"forNodes,omitempty"`
}

// ForZone names a zone.
type ForZone struct {
	// Name of the zone.
	Name string `json:"name"`
}

// ForNode names a node.
type ForNode struct {
	// Name of the node.
	Name string `json:"name"`
}

// EndpointPort is a port endpoints answer on.
type EndpointPort struct {
	// Name of the port, that of the Service's.
	Name *string `json:"name,omitempty"`
	// Protocol is TCP, UDP or SCTP.
	Protocol *Protocol `json:"protocol,omitempty"`
	// Port number; none means all.
	Port *int32 `json:"port,omitempty"`
	// AppProtocol says what is spoken there.
	AppProtocol *string `json:"appProtocol,omitempty"`
}
