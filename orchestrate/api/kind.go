package api

// Kind names one type of object a world stores. It is a small number so that the store can keep
// its tables in arrays; the text a client sees is in the tables of [Kind.String] and package schema.
type Kind uint8

// The kinds this version knows, in the order in which listings over all kinds go.
const (
	KindNone Kind = iota
	KindNamespace
	KindNode
	KindPod
	KindEvent
	// KindSandbox is internal: what a node really runs. No client sees it, see [Sandbox].
	KindSandbox
	// KindFault is internal: what is wrong with the world. No client sees it, see [Fault].
	KindFault
	KindConfigMap
	KindSecret
	KindServiceAccount
	KindService
	KindEndpointSlice
	KindReplicaSet
	KindDeployment
	KindLease
	// KindEndpoints is made from EndpointSlices when somebody asks; none is stored.
	KindEndpoints
	// KindTraffic is internal: a stream of requests. No client sees it, see [Traffic].
	KindTraffic
	// NumKinds is one more than the highest Kind.
	NumKinds
)

var kindNames = [NumKinds]string{
	KindNone: "None", KindNamespace: "Namespace", KindNode: "Node", KindPod: "Pod",
	KindEvent: "Event", KindSandbox: "Sandbox", KindFault: "Fault",
	KindConfigMap: "ConfigMap", KindSecret: "Secret", KindServiceAccount: "ServiceAccount",
	KindService: "Service", KindEndpointSlice: "EndpointSlice",
	KindReplicaSet: "ReplicaSet", KindDeployment: "Deployment", KindLease: "Lease",
	KindEndpoints: "Endpoints", KindTraffic: "Traffic",
}

// String is the kind as a manifest spells it, for example "Pod".
func (k Kind) String() string {
	if k < NumKinds {
		return kindNames[k]
	}
	return "Unknown"
}

// Kinds is a set of kinds.
type Kinds uint64

// KindsOf is the set of the given kinds.
func KindsOf(kinds ...Kind) Kinds {
	var s Kinds
	for _, k := range kinds {
		s |= 1 << k
	}
	return s
}

// Has tells whether k is in the set.
func (s Kinds) Has(k Kind) bool { return s&(1<<k) != 0 }
