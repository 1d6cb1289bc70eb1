package api

// Pod is one or more containers that run together on one node and share its network and volumes.
//
// Source: Kubernetes API reference, "Pod v1 core".
type Pod struct {
	// Standard object's metadata.
	ObjectMeta `json:"metadata,omitempty"`
	// Spec is what is wanted of the pod; versions of a pod share it.
	Spec *PodSpec `json:"spec,omitempty"`
	// Status is what was seen of the pod.
	Status PodStatus `json:"status,omitempty"`
}

// PodTemplateSpec is the pod a controller makes.
type PodTemplateSpec struct {
	// Metadata of the pods: labels, annotations.
	ObjectMeta `json:"metadata,omitempty"`
	// Spec of the pods.
	Spec *PodSpec `json:"spec,omitempty"`
}

// Kind is KindPod.
func (*Pod) Kind() Kind { return KindPod }

// Clone copies the top, status included, and shares what is below it: the spec too.
func (p *Pod) Clone() Object { c := *p; return &c }

// PodSpec is what is wanted of a pod.
type PodSpec struct {
	// Volumes the containers may mount.
	Volumes []Volume `json:"volumes,omitempty"`
	// InitContainers run one after the other, each to its end, before the others start.
	InitContainers []Container `json:"initContainers,omitempty"`
	// Containers of the pod; there is at least one, and they cannot be added to later.
	Containers []Container `json:"containers"`
	// EphemeralContainers were added to a running pod to look into it; kubectl debug does it.
	EphemeralContainers []EphemeralContainer `json:"ephemeralContainers,omitempty"`
	// RestartPolicy says when containers that ended start again: Always, OnFailure or Never.
	RestartPolicy RestartPolicy `json:"restartPolicy,omitempty"`
	// TerminationGracePeriodSeconds is how long the pod may take to end before it is killed; 30 by default.
	TerminationGracePeriodSeconds *int64 `json:"terminationGracePeriodSeconds,omitempty"`
	// ActiveDeadlineSeconds is how long the pod may run before it is failed.
	ActiveDeadlineSeconds *int64 `json:"activeDeadlineSeconds,omitempty"`
	// DNSPolicy is ClusterFirst, ClusterFirstWithHostNet, Default or None.
	DNSPolicy DNSPolicy `json:"dnsPolicy,omitempty"`
	// NodeSelector are labels the pod's node must have.
	NodeSelector map[string]string `json:"nodeSelector,omitempty"`
	// ServiceAccountName is who the pod is towards the API server.
	ServiceAccountName string `json:"serviceAccountName,omitempty"`
	// DeprecatedServiceAccount is the older name of serviceAccountName.
	DeprecatedServiceAccount string `json:"serviceAccount,omitempty"`
	// AutomountServiceAccountToken tells whether the account's token is mounted.
	AutomountServiceAccountToken *bool `json:"automountServiceAccountToken,omitempty"`
	// NodeName is the node the pod is bound to; empty until the scheduler has chosen one.
	NodeName string `json:"nodeName,omitempty"`
	// HostNetwork puts the pod into the node's network namespace.
	HostNetwork bool `json:"hostNetwork,omitempty"`
	// HostPID puts the pod into the node's pid namespace.
	HostPID bool `json:"hostPID,omitempty"`
	// HostIPC puts the pod into the node's ipc namespace.
	HostIPC bool `json:"hostIPC,omitempty"`
	// ShareProcessNamespace gives all containers one pid namespace.
	ShareProcessNamespace *bool `json:"shareProcessNamespace,omitempty"`
	// SecurityContext is under whose rights the containers run.
	SecurityContext *PodSecurityContext `json:"securityContext,omitempty"`
	// ImagePullSecrets name secrets with passwords for image registries.
	ImagePullSecrets []LocalObjectReference `json:"imagePullSecrets,omitempty"`
	// Hostname of the pod; its name if empty.
	Hostname string `json:"hostname,omitempty"`
	// Subdomain makes the pod's full name <hostname>.<subdomain>.<namespace>.svc.<domain>.
	Subdomain string `json:"subdomain,omitempty"`
	// Affinity says near what the pod wants to be, and what it wants to be away from.
	Affinity *Affinity `json:"affinity,omitempty"`
	// SchedulerName is the scheduler that is to choose the node.
	SchedulerName string `json:"schedulerName,omitempty"`
	// Tolerations let the pod onto nodes with matching taints.
	Tolerations []Toleration `json:"tolerations,omitempty"`
	// HostAliases are further lines for the pod's hosts file.
	HostAliases []HostAlias `json:"hostAliases,omitempty"`
	// PriorityClassName names the PriorityClass from which the priority comes.
	PriorityClassName string `json:"priorityClassName,omitempty"`
	// Priority of the pod: pods with a higher one go first, and may push out others.
	Priority *int32 `json:"priority,omitempty"`
	// DNSConfig adds to what dnsPolicy gives.
	DNSConfig *PodDNSConfig `json:"dnsConfig,omitempty"`
	// ReadinessGates are further conditions that must be True before the pod is ready.
	ReadinessGates []PodReadinessGate `json:"readinessGates,omitempty"`
	// RuntimeClassName names the RuntimeClass that runs the pod.
	RuntimeClassName *string `json:"runtimeClassName,omitempty"`
	// EnableServiceLinks puts the addresses of services into environment variables; true by default.
	EnableServiceLinks *bool `json:"enableServiceLinks,omitempty"`
	// PreemptionPolicy is PreemptLowerPriority or Never.
	PreemptionPolicy *PreemptionPolicy `json:"preemptionPolicy,omitempty"`
	// Overhead is what the runtime needs beside the containers.
	Overhead ResourceList `json:"overhead,omitempty"`
	// TopologySpreadConstraints say how evenly pods are spread over zones, nodes and so on.
	TopologySpreadConstraints []TopologySpreadConstraint `json:"topologySpreadConstraints,omitempty"`
	// SetHostnameAsFQDN makes the full name the hostname.
	SetHostnameAsFQDN *bool `json:"setHostnameAsFQDN,omitempty"`
	// OS is the operating system the containers need.
	OS *PodOS `json:"os,omitempty"`
	// HostUsers false puts the pod into a user namespace of its own.
	HostUsers *bool `json:"hostUsers,omitempty"`
	// SchedulingGates hold the pod back from the scheduler until all are removed.
	SchedulingGates []PodSchedulingGate `json:"schedulingGates,omitempty"`
	// ResourceClaims are devices that must be there before the pod starts.
	ResourceClaims []PodResourceClaim `json:"resourceClaims,omitempty"`
	// Resources are requests and limits of the whole pod.
	Resources *ResourceRequirements `json:"resources,omitempty"`
	// HostnameOverride is the hostname as the pod sees it, whatever else would give one.
	HostnameOverride *string `json:"hostnameOverride,omitempty"`
	// SchedulingGroup names the group of pods that is scheduled together.
	SchedulingGroup *PodSchedulingGroup `json:"schedulingGroup,omitempty"`
	// EvictionResponders are asked before the pod is evicted.
	EvictionResponders []EvictionResponder `json:"evictionResponders,omitempty"`
}

// RestartPolicy says when containers that ended start again.
type RestartPolicy string

// The restart policies.
const (
	RestartAlways    RestartPolicy = "Always"
	RestartOnFailure RestartPolicy = "OnFailure"
	RestartNever     RestartPolicy = "Never"
)

// DNSPolicy says where a pod's names are resolved.
type DNSPolicy string

// The DNS policies.
const (
	DNSClusterFirst            DNSPolicy = "ClusterFirst"
	DNSClusterFirstWithHostNet DNSPolicy = "ClusterFirstWithHostNet"
	DNSDefault                 DNSPolicy = "Default"
	DNSNone                    DNSPolicy = "None"
)

// PreemptionPolicy says whether a pod may push out pods of lower priority.
type PreemptionPolicy string

// The preemption policies.
const (
	PreemptLowerPriority PreemptionPolicy = "PreemptLowerPriority"
	PreemptNever         PreemptionPolicy = "Never"
)

// DefaultSchedulerName is the scheduler of pods that name none.
const DefaultSchedulerName = "default-scheduler"

// HostAlias is a line of a hosts file.
type HostAlias struct {
	// IP address.
	IP string `json:"ip"`
	// Hostnames for it.
	Hostnames []string `json:"hostnames,omitempty"`
}

// PodDNSConfig adds to what a DNS policy gives.
type PodDNSConfig struct {
	// Nameservers to ask.
	Nameservers []string `json:"nameservers,omitempty"`
	// Searches are domains tried for short names.
	Searches []string `json:"searches,omitempty"`
	// Options of the resolver.
	Options []PodDNSConfigOption `json:"options,omitempty"`
}

// PodDNSConfigOption is an option of the resolver.
type PodDNSConfigOption struct {
	// Name of the option.
	Name string `json:"name,omitempty"`
	// Value of the option.
	Value *string `json:"value,omitempty"`
}

// PodReadinessGate is a further condition of a pod's readiness.
type PodReadinessGate struct {
	// ConditionType is the condition that must be True.
	ConditionType PodConditionType `json:"conditionType"`
}

// PodOS is the operating system a pod needs.
type PodOS struct {
	// Name is linux or windows.
	Name string `json:"name" upstream:"v1.OSName"`
}

// PodSchedulingGate holds a pod back from the scheduler.
type PodSchedulingGate struct {
	// Name of the gate.
	Name string `json:"name"`
}

// PodSchedulingGroup names a group of pods that is scheduled together.
type PodSchedulingGroup struct {
	// PodGroupName is the PodGroup of the same namespace.
	PodGroupName *string `json:"podGroupName,omitempty"`
}

// EvictionResponder is asked before a pod is evicted.
type EvictionResponder struct {
	// Name of the responder.
	Name string `json:"name"`
	// Priority: the higher is asked first.
	Priority *int32 `json:"priority"`
}

// PodResourceClaim is a claim for devices.
type PodResourceClaim struct {
	// Name by which containers refer to the claim.
	Name string `json:"name"`
	// ResourceClaimName is an existing ResourceClaim.
	ResourceClaimName *string `json:"resourceClaimName,omitempty"`
	// ResourceClaimTemplateName is the template from which a claim is made for the pod.
	ResourceClaimTemplateName *string `json:"resourceClaimTemplateName,omitempty"`
}
