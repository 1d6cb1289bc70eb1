package api

// Endpoints is the older form of a Service's EndpointSlices: one object with all its addresses.
//
// Source: Kubernetes API reference, "Endpoints v1 core"; deprecated since 1.33.
type Endpoints struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata,omitempty"`
	// Subsets are groups of addresses that have the same ports.
	Subsets []EndpointSubset `json:"subsets,omitempty"`
}

// Kind is KindEndpoints.
func (*Endpoints) Kind() Kind { return KindEndpoints }

// Clone copies the top and shares what is below it.
func (e *Endpoints) Clone() Object { c := *e; return &c }

// EndpointSubset is a group of addresses that have the same ports.
type EndpointSubset struct {
	// Addresses take traffic.
	Addresses []EndpointAddress `json:"addresses,omitempty"`
	// NotReadyAddresses do not, for now.
	NotReadyAddresses []EndpointAddress `json:"notReadyAddresses,omitempty"`
	// Ports of each of the addresses.
	Ports []EndpointsPort `json:"ports,omitempty" upstream:"v1.EndpointPort"`
}

// EndpointAddress is one address.
type EndpointAddress struct {
	// IP address.
	IP string `json:"ip"`
	// Hostname under which DNS gives it out.
	Hostname string `json:"hostname,omitempty"`
	// NodeName is the node it is on.
	NodeName *string `json:"nodeName,omitempty"`
	// TargetRef is the object behind it.
	TargetRef *ObjectReference `json:"targetRef,omitempty"`
}

// EndpointsPort is a port of the addresses of a subset.
type EndpointsPort struct {
	// Name of the port, that of the Service's.
	Name string `json:"name,omitempty"`
	// Port number.
	Port int32 `json:"port"`
	// Protocol is TCP, UDP or SCTP.
	Protocol Protocol `json:"protocol,omitempty"`
	// AppProtocol says what is spoken there.
	AppProtocol *string `json:"appProtocol,omitempty"`
}
