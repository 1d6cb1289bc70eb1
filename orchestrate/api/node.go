package api

// Node is a machine that runs pods.
//
// Source: Kubernetes API reference, "Node v1 core".
type Node struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata,omitempty"`
	// Spec is what is wanted of the node.
	Spec NodeSpec `json:"spec,omitempty"`
	// Status is what was seen of the node.
	Status NodeStatus `json:"status,omitempty"`
}

// NodeSpec is what is wanted of a node.
type NodeSpec struct {
	// PodCIDR is the range of addresses the pods of this node get.
	PodCIDR string `json:"podCIDR,omitempty"`
	// PodCIDRs are all ranges, one for each IP family; the first equals podCIDR.
	PodCIDRs []string `json:"podCIDRs,omitempty"`
	// ProviderID is the machine's id at its cloud provider.
	ProviderID string `json:"providerID,omitempty"`
	// Unschedulable keeps new pods away; kubectl cordon sets it.
	Unschedulable bool `json:"unschedulable,omitempty"`
	// Taints keep pods away that do not tolerate them.
	Taints []Taint `json:"taints,omitempty"`
	// ConfigSource is no longer used.
	ConfigSource *NodeConfigSource `json:"configSource,omitempty"`
	// DoNotUseExternalID is no longer used.
	DoNotUseExternalID string `json:"externalID,omitempty"`
	// PodPreemptionPolicy limits for which reasons pods of this node may be preempted.
	PodPreemptionPolicy *NodePodPreemptionPolicy `json:"podPreemptionPolicy,omitempty"`
}

// NodePodPreemptionPolicy limits for which reasons pods of a node may be preempted.
type NodePodPreemptionPolicy struct {
	// DisableResizePreemption names those for whom a growing pod may not push out others.
	DisableResizePreemption []string `json:"disableResizePreemption,omitempty"`
}

// NodeConfigSource is where a node once took its configuration from; no longer used.
type NodeConfigSource struct {
	// ConfigMap is the object with the configuration.
	ConfigMap *ConfigMapNodeConfigSource `json:"configMap,omitempty"`
}

// ConfigMapNodeConfigSource names a ConfigMap with a node's configuration; no longer used.
type ConfigMapNodeConfigSource struct {
	// Namespace of the ConfigMap.
	Namespace string `json:"namespace"`
	// Name of the ConfigMap.
	Name string `json:"name"`
	// UID of the ConfigMap.
	UID UID `json:"uid,omitempty"`
	// ResourceVersion of the ConfigMap.
	ResourceVersion string `json:"resourceVersion,omitempty"`
	// KubeletConfigKey is the key under which the configuration is found.
	KubeletConfigKey string `json:"kubeletConfigKey"`
}

// Taint is a mark on a node: pods that do not tolerate it stay away, or have to leave.
type Taint struct {
	// Key of the taint.
	Key string `json:"key"`
	// Value that goes with the key.
	Value string `json:"value,omitempty"`
	// Effect on pods that do not tolerate the taint: NoSchedule, PreferNoSchedule or NoExecute.
	Effect TaintEffect `json:"effect"`
	// TimeAdded is when the taint was put on.
	TimeAdded Time `json:"timeAdded,omitempty"`
}

// TaintEffect is what a taint does to pods that do not tolerate it.
type TaintEffect string

// The effects of a taint, from the gentlest.
const (
	TaintPreferNoSchedule TaintEffect = "PreferNoSchedule"
	TaintNoSchedule       TaintEffect = "NoSchedule"
	TaintNoExecute        TaintEffect = "NoExecute"
)

// The keys of taints that controllers put on nodes.
const (
	TaintNodeNotReady      = "node.kubernetes.io/not-ready"
	TaintNodeUnreachable   = "node.kubernetes.io/unreachable"
	TaintNodeUnschedulable = "node.kubernetes.io/unschedulable"
	TaintMemoryPressure    = "node.kubernetes.io/memory-pressure"
	TaintDiskPressure      = "node.kubernetes.io/disk-pressure"
	TaintPIDPressure       = "node.kubernetes.io/pid-pressure"
	TaintNetworkOut        = "node.kubernetes.io/network-unavailable"
)

// The labels nodes have.
const (
	LabelHostname     = "kubernetes.io/hostname"
	LabelOS           = "kubernetes.io/os"
	LabelArch         = "kubernetes.io/arch"
	LabelZone         = "topology.kubernetes.io/zone"
	LabelRegion       = "topology.kubernetes.io/region"
	LabelInstanceType = "node.kubernetes.io/instance-type"
)

// NodeStatus is what was seen of a node.
type NodeStatus struct {
	// Capacity is all the node has.
	Capacity ResourceList `json:"capacity,omitempty"`
	// Allocatable is what of the capacity pods may use.
	Allocatable ResourceList `json:"allocatable,omitempty"`
	// Phase is no longer used.
	Phase string `json:"phase,omitempty" upstream:"v1.NodePhase"`
	// Conditions are what is known of the node's health.
	Conditions []NodeCondition `json:"conditions,omitempty"`
	// Addresses under which the node can be reached.
	Addresses []NodeAddress `json:"addresses,omitempty"`
	// DaemonEndpoints are the ports of the node's own services.
	DaemonEndpoints NodeDaemonEndpoints `json:"daemonEndpoints,omitempty"`
	// NodeInfo tells ids and versions of the machine and its software.
	NodeInfo NodeSystemInfo `json:"nodeInfo,omitempty"`
	// Images that are on the node.
	Images []ContainerImage `json:"images,omitempty"`
	// VolumesInUse are attachable volumes some pod of the node uses.
	VolumesInUse []string `json:"volumesInUse,omitempty" upstream:"v1.UniqueVolumeName"`
	// VolumesAttached are the volumes attached to the node.
	VolumesAttached []AttachedVolume `json:"volumesAttached,omitempty"`
	// Config is no longer used.
	Config *NodeConfigStatus `json:"config,omitempty"`
	// RuntimeHandlers are the ways in which the node's runtime can run a pod.
	RuntimeHandlers []NodeRuntimeHandler `json:"runtimeHandlers,omitempty"`
	// Features of the node's runtime that no handler changes.
	Features *NodeFeatures `json:"features,omitempty"`
	// DeclaredFeatures are features of Kubernetes the node says it has.
	DeclaredFeatures []string `json:"declaredFeatures,omitempty"`
}

// NodeCondition is one thing known about a node's health.
type NodeCondition struct {
	// Type names what is known, for example Ready.
	Type NodeConditionType `json:"type"`
	// Status is True, False or Unknown.
	Status ConditionStatus `json:"status"`
	// LastHeartbeatTime is when the node reported it last.
	LastHeartbeatTime Time `json:"lastHeartbeatTime"`
	// LastTransitionTime is when Status changed last.
	LastTransitionTime Time `json:"lastTransitionTime"`
	// Reason is one CamelCase word for why.
	Reason string `json:"reason,omitempty"`
	// Message is a sentence for people.
	Message string `json:"message,omitempty"`
}

// NodeConditionType names a condition of a node.
type NodeConditionType string

// The conditions of a node.
const (
	NodeReady              NodeConditionType = "Ready"
	NodeMemoryPressure     NodeConditionType = "MemoryPressure"
	NodeDiskPressure       NodeConditionType = "DiskPressure"
	NodePIDPressure        NodeConditionType = "PIDPressure"
	NodeNetworkUnavailable NodeConditionType = "NetworkUnavailable"
)

// The reasons kubelets and the node controller give for a node's conditions.
const (
	ReasonKubeletReady                 = "KubeletReady"
	ReasonKubeletNotReady              = "KubeletNotReady"
	ReasonKubeletHasSufficientMemory   = "KubeletHasSufficientMemory"
	ReasonKubeletHasInsufficientMemory = "KubeletHasInsufficientMemory"
	ReasonKubeletHasNoDiskPressure     = "KubeletHasNoDiskPressure"
	ReasonKubeletHasDiskPressure       = "KubeletHasDiskPressure"
	ReasonKubeletHasSufficientPID      = "KubeletHasSufficientPID"
	ReasonKubeletHasInsufficientPID    = "KubeletHasInsufficientPID"
	ReasonNodeStatusUnknown            = "NodeStatusUnknown"
	ReasonNodeStatusNeverUpdated       = "NodeStatusNeverUpdated"
)

// NodeAddress is an address of a node.
type NodeAddress struct {
	// Type is Hostname, InternalIP, ExternalIP, InternalDNS or ExternalDNS.
	Type NodeAddressType `json:"type"`
	// Address itself.
	Address string `json:"address"`
}

// NodeAddressType tells what an address of a node is good for.
type NodeAddressType string

// The types of addresses.
const (
	NodeHostname    NodeAddressType = "Hostname"
	NodeInternalIP  NodeAddressType = "InternalIP"
	NodeExternalIP  NodeAddressType = "ExternalIP"
	NodeInternalDNS NodeAddressType = "InternalDNS"
	NodeExternalDNS NodeAddressType = "ExternalDNS"
)

// NodeDaemonEndpoints are the ports of a node's own services.
type NodeDaemonEndpoints struct {
	// KubeletEndpoint is where the kubelet listens.
	KubeletEndpoint DaemonEndpoint `json:"kubeletEndpoint,omitempty"`
}

// DaemonEndpoint is the port of one service.
type DaemonEndpoint struct {
	// Port number.
	Port int32 `json:"Port"`
}

// NodeSystemInfo tells ids and versions of a machine and its software.
type NodeSystemInfo struct {
	// MachineID as the machine reports it.
	MachineID string `json:"machineID"`
	// SystemUUID as the machine reports it.
	SystemUUID string `json:"systemUUID"`
	// BootID changes with each start of the machine.
	BootID string `json:"bootID"`
	// KernelVersion as uname -r prints it.
	KernelVersion string `json:"kernelVersion"`
	// OSImage is the name of the operating system, from /etc/os-release.
	OSImage string `json:"osImage"`
	// ContainerRuntimeVersion, for example containerd://2.1.0.
	ContainerRuntimeVersion string `json:"containerRuntimeVersion"`
	// KubeletVersion of the kubelet.
	KubeletVersion string `json:"kubeletVersion"`
	// KubeProxyVersion is no longer reported.
	KubeProxyVersion string `json:"kubeProxyVersion"`
	// OperatingSystem is linux or windows.
	OperatingSystem string `json:"operatingSystem"`
	// Architecture, for example amd64.
	Architecture string `json:"architecture"`
	// Swap tells how much swap space there is.
	Swap *NodeSwapStatus `json:"swap,omitempty"`
	// RunningInUserNamespace tells that the kubelet runs in a user namespace.
	RunningInUserNamespace *bool `json:"runningInUserNamespace,omitempty"`
}

// NodeSwapStatus tells how much swap space a node has.
type NodeSwapStatus struct {
	// Capacity in bytes.
	Capacity *int64 `json:"capacity,omitempty"`
}

// ContainerImage is an image on a node.
type ContainerImage struct {
	// Names under which the image is known.
	Names []string `json:"names"`
	// SizeBytes is its size.
	SizeBytes int64 `json:"sizeBytes,omitempty"`
}

// AttachedVolume is a volume attached to a node.
type AttachedVolume struct {
	// Name of the volume.
	Name string `json:"name" upstream:"v1.UniqueVolumeName"`
	// DevicePath is where the node sees it.
	DevicePath string `json:"devicePath"`
}

// NodeConfigStatus is no longer used.
type NodeConfigStatus struct {
	// Assigned is the configuration the node is to use.
	Assigned *NodeConfigSource `json:"assigned,omitempty"`
	// Active is the configuration the node uses.
	Active *NodeConfigSource `json:"active,omitempty"`
	// LastKnownGood is what the node goes back to.
	LastKnownGood *NodeConfigSource `json:"lastKnownGood,omitempty"`
	// Error says what was wrong with the assigned one.
	Error string `json:"error,omitempty"`
}

// NodeRuntimeHandler is one way in which a runtime can run a pod.
type NodeRuntimeHandler struct {
	// Name of the handler; empty for the default one.
	Name string `json:"name"`
	// Features it has.
	Features *NodeRuntimeHandlerFeatures `json:"features,omitempty"`
}

// NodeRuntimeHandlerFeatures are the features of one handler.
type NodeRuntimeHandlerFeatures struct {
	// RecursiveReadOnlyMounts tells that it can mount read-only all the way down.
	RecursiveReadOnlyMounts *bool `json:"recursiveReadOnlyMounts,omitempty"`
	// UserNamespaces tells that it can run pods in a user namespace.
	UserNamespaces *bool `json:"userNamespaces,omitempty"`
}

// NodeFeatures are features of a node's runtime.
type NodeFeatures struct {
	// SupplementalGroupsPolicy tells that the runtime honours the field of that name.
	SupplementalGroupsPolicy *bool `json:"supplementalGroupsPolicy,omitempty"`
}

// Kind is KindNode.
func (*Node) Kind() Kind { return KindNode }

// Clone copies the top and shares what is below it.
func (n *Node) Clone() Object { c := *n; return &c }
