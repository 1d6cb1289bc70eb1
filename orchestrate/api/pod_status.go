package api

// PodStatus is what was seen of a pod.
type PodStatus struct {
	// ObservedGeneration is the generation of the spec the status is about.
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`
	// Phase is where the pod is in its life: Pending, Running, Succeeded, Failed or Unknown.
	Phase PodPhase `json:"phase,omitempty"`
	// Conditions are what is known of the pod: scheduled, initialized, ready.
	Conditions []PodCondition `json:"conditions,omitempty"`
	// Message is a sentence for people on why the pod is in this phase.
	Message string `json:"message,omitempty"`
	// Reason is one CamelCase word for it, for example Evicted.
	Reason string `json:"reason,omitempty"`
	// NominatedNodeName is the node on which others were pushed out for this pod.
	NominatedNodeName string `json:"nominatedNodeName,omitempty"`
	// HostIP is the address of the pod's node.
	HostIP string `json:"hostIP,omitempty"`
	// HostIPs are all addresses of the pod's node; the first equals hostIP.
	HostIPs []HostIP `json:"hostIPs,omitempty"`
	// PodIP is the address of the pod.
	PodIP string `json:"podIP,omitempty"`
	// PodIPs are all addresses of the pod; the first equals podIP.
	PodIPs []PodIP `json:"podIPs,omitempty"`
	// StartTime is when the kubelet took the pod on.
	StartTime Time `json:"startTime,omitempty"`
	// InitContainerStatuses are what was seen of the init containers.
	InitContainerStatuses []ContainerStatus `json:"initContainerStatuses,omitempty"`
	// ContainerStatuses are what was seen of the containers.
	ContainerStatuses []ContainerStatus `json:"containerStatuses,omitempty"`
	// QOSClass is Guaranteed, Burstable or BestEffort: who is killed first when memory runs out.
	QOSClass PodQOSClass `json:"qosClass,omitempty"`
	// EphemeralContainerStatuses are what was seen of the ephemeral containers.
	EphemeralContainerStatuses []ContainerStatus `json:"ephemeralContainerStatuses,omitempty"`
	// Resize is no longer used; the conditions tell how far a resize has come.
	Resize string `json:"resize,omitempty" upstream:"v1.PodResizeStatus"`
	// ResourceClaimStatuses tell which claims were made for the pod.
	ResourceClaimStatuses []PodResourceClaimStatus `json:"resourceClaimStatuses,omitempty"`
	// ExtendedResourceClaimStatus tells which claim stands for the pod's extended resources.
	ExtendedResourceClaimStatus *PodExtendedResourceClaimStatus `json:"extendedResourceClaimStatus,omitempty"`
	// AllocatedResources are what the node has reserved for the whole pod.
	AllocatedResources ResourceList `json:"allocatedResources,omitempty"`
	// Resources are what the node has put into effect for the whole pod.
	Resources *ResourceRequirements `json:"resources,omitempty"`
	// NodeAllocatableResourceClaimStatuses tell what claims take of the node's own resources.
	NodeAllocatableResourceClaimStatuses []NodeAllocatableResourceClaimStatus `json:"nodeAllocatableResourceClaimStatuses,omitempty"`
	// VolumeHealth tells how the pod's volumes are.
	VolumeHealth []PodVolumeHealth `json:"volumeHealth,omitempty"`
}

// PodPhase is where a pod is in its life.
type PodPhase string

// The phases of a pod.
const (
	PodPending   PodPhase = "Pending"
	PodRunning   PodPhase = "Running"
	PodSucceeded PodPhase = "Succeeded"
	PodFailed    PodPhase = "Failed"
	PodUnknown   PodPhase = "Unknown"
)

// PodQOSClass tells how a pod's requests and limits relate.
type PodQOSClass string

// The classes, the safest first.
const (
	QOSGuaranteed PodQOSClass = "Guaranteed"
	QOSBurstable  PodQOSClass = "Burstable"
	QOSBestEffort PodQOSClass = "BestEffort"
)

// PodCondition is one thing known about a pod.
type PodCondition struct {
	// Type names what is known, for example PodScheduled.
	Type PodConditionType `json:"type"`
	// ObservedGeneration is the generation of the spec the condition is about.
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`
	// Status is True, False or Unknown.
	Status ConditionStatus `json:"status"`
	// LastProbeTime is when it was looked at last.
	LastProbeTime Time `json:"lastProbeTime"`
	// LastTransitionTime is when Status changed last.
	LastTransitionTime Time `json:"lastTransitionTime"`
	// Reason is one CamelCase word for why.
	Reason string `json:"reason,omitempty"`
	// Message is a sentence for people.
	Message string `json:"message,omitempty"`
}

// PodConditionType names a condition of a pod.
type PodConditionType string

// The conditions of a pod.
const (
	PodScheduled              PodConditionType = "PodScheduled"
	PodReadyToStartContainers PodConditionType = "PodReadyToStartContainers"
	PodInitialized            PodConditionType = "Initialized"
	ContainersReady           PodConditionType = "ContainersReady"
	PodReady                  PodConditionType = "Ready"
	DisruptionTarget          PodConditionType = "DisruptionTarget"
	PodResizePending          PodConditionType = "PodResizePending"
	PodResizeInProgress       PodConditionType = "PodResizeInProgress"
)

// The reasons of a pod's conditions.
const (
	ReasonUnschedulable          = "Unschedulable"
	ReasonSchedulingGated        = "SchedulingGated"
	ReasonSchedulerError         = "SchedulerError"
	ReasonContainersNotReady     = "ContainersNotReady"
	ReasonContainersNotInit      = "ContainersNotInitialized"
	ReasonReadinessGatesNotReady = "ReadinessGatesNotReady"
	ReasonPodCompleted           = "PodCompleted"
	ReasonPodFailed              = "PodFailed"
	ReasonUnknownContainerStatus = "UnknownContainerStatuses"
	ReasonEvicted                = "Evicted"
	ReasonNodeLost               = "NodeLost"
	ReasonDeadlineExceeded       = "DeadlineExceeded"
	ReasonPreemptionByScheduler  = "PreemptionByScheduler"
	ReasonDeletionByTaintManager = "DeletionByTaintManager"
	ReasonEvictionByEvictionAPI  = "EvictionByEvictionAPI"
	ReasonTerminationByKubelet   = "TerminationByKubelet"
	ReasonDeletionByPodGC        = "DeletionByPodGC"
	ReasonContainerCreating      = "ContainerCreating"
	ReasonPodInitializing        = "PodInitializing"
	ReasonErrImagePull           = "ErrImagePull"
	ReasonImagePullBackOff       = "ImagePullBackOff"
	ReasonErrImageNeverPull      = "ErrImageNeverPull"
	ReasonInvalidImageName       = "InvalidImageName"
	ReasonCrashLoopBackOff       = "CrashLoopBackOff"
	ReasonCreateContainerError   = "CreateContainerError"
	ReasonCreateContainerConfig  = "CreateContainerConfigError"
	ReasonRunContainerError      = "RunContainerError"
	ReasonCompleted              = "Completed"
	ReasonError                  = "Error"
	ReasonOOMKilled              = "OOMKilled"
	ReasonContainerCannotRun     = "ContainerCannotRun"
	ReasonContainerStatusUnknown = "ContainerStatusUnknown"
)

// HostIP is an address of a node.
type HostIP struct {
	// IP address.
	IP string `json:"ip"`
}

// PodIP is an address of a pod.
type PodIP struct {
	// IP address.
	IP string `json:"ip"`
}

// ContainerStatus is what was seen of a container.
type ContainerStatus struct {
	// Name of the container.
	Name string `json:"name"`
	// State is what it does now: waiting, running or terminated.
	State ContainerState `json:"state,omitempty"`
	// LastTerminationState is how its run before this one ended.
	LastTerminationState ContainerState `json:"lastState,omitempty"`
	// Ready tells that it takes traffic.
	Ready bool `json:"ready"`
	// RestartCount is how often it was started again.
	RestartCount int32 `json:"restartCount"`
	// Image it runs.
	Image string `json:"image"`
	// ImageID is the digest of the image it runs.
	ImageID string `json:"imageID"`
	// ContainerID in the form <runtime>://<id>.
	ContainerID string `json:"containerID,omitempty"`
	// Started tells that it runs and its startup probe has succeeded.
	Started *bool `json:"started,omitempty"`
	// AllocatedResources are what the node has reserved for it.
	AllocatedResources ResourceList `json:"allocatedResources,omitempty"`
	// Resources are what the node has put into effect for it.
	Resources *ResourceRequirements `json:"resources,omitempty"`
	// VolumeMounts are its mounts as they are.
	VolumeMounts []VolumeMountStatus `json:"volumeMounts,omitempty"`
	// User is who its first process ran as.
	User *ContainerUser `json:"user,omitempty"`
	// AllocatedResourcesStatus tells the health of devices given to it.
	AllocatedResourcesStatus []ResourceStatus `json:"allocatedResourcesStatus,omitempty"`
	// StopSignal is the signal that asks it to end.
	StopSignal *string `json:"stopSignal,omitempty" upstream:"v1.Signal"`
}

// ContainerState is what a container does; at most one of the three is set.
type ContainerState struct {
	// Waiting to be started.
	Waiting *ContainerStateWaiting `json:"waiting,omitempty"`
	// Running now.
	Running *ContainerStateRunning `json:"running,omitempty"`
	// Terminated: it has ended.
	Terminated *ContainerStateTerminated `json:"terminated,omitempty"`
}

// ContainerStateWaiting is a container that has not started.
type ContainerStateWaiting struct {
	// Reason is one CamelCase word for why, for example ContainerCreating.
	Reason string `json:"reason,omitempty"`
	// Message is a sentence for people.
	Message string `json:"message,omitempty"`
}

// ContainerStateRunning is a container that runs.
type ContainerStateRunning struct {
	// StartedAt is since when.
	StartedAt Time `json:"startedAt"`
}

// ContainerStateTerminated is a container that has ended.
type ContainerStateTerminated struct {
	// ExitCode of its first process.
	ExitCode int32 `json:"exitCode"`
	// Signal that ended it.
	Signal int32 `json:"signal,omitempty"`
	// Reason is one CamelCase word for why, for example OOMKilled.
	Reason string `json:"reason,omitempty"`
	// Message is what it left in its termination message.
	Message string `json:"message,omitempty"`
	// StartedAt is when the run began.
	StartedAt Time `json:"startedAt"`
	// FinishedAt is when the run ended.
	FinishedAt Time `json:"finishedAt"`
	// ContainerID in the form <runtime>://<id>.
	ContainerID string `json:"containerID,omitempty"`
}

// ContainerUser is who a container's first process ran as.
type ContainerUser struct {
	// Linux user and groups.
	Linux *LinuxContainerUser `json:"linux,omitempty"`
}

// LinuxContainerUser is a user and its groups.
type LinuxContainerUser struct {
	// UID of the user.
	UID int64 `json:"uid"`
	// GID of the first group.
	GID int64 `json:"gid"`
	// SupplementalGroups are the other groups.
	SupplementalGroups []int64 `json:"supplementalGroups,omitempty"`
}
