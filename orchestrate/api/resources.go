package api

// ResourceList says how much of each resource there is or is wanted.
type ResourceList map[ResourceName]Quantity

// ResourceName names a resource, for example cpu.
type ResourceName string

// The resources nodes and pods know.
const (
	ResourceCPU              ResourceName = "cpu"
	ResourceMemory           ResourceName = "memory"
	ResourcePods             ResourceName = "pods"
	ResourceStorage          ResourceName = "storage"
	ResourceEphemeralStorage ResourceName = "ephemeral-storage"
)

// ResourceRequirements say what a container asks for, and where it is stopped.
type ResourceRequirements struct {
	// Limits are the most the container may use.
	Limits ResourceList `json:"limits,omitempty"`
	// Requests are what the scheduler reserves; where missing, the limit counts.
	Requests ResourceList `json:"requests,omitempty"`
	// Claims name entries of the pod's resourceClaims the container uses.
	Claims []ResourceClaim `json:"claims,omitempty"`
}

// ResourceClaim names an entry of a pod's resourceClaims.
type ResourceClaim struct {
	// Name of the entry.
	Name string `json:"name"`
	// Request is one of the claim's requests; empty for all of them.
	Request string `json:"request,omitempty"`
}

// ContainerResizePolicy says what happens to a container when one of its resources changes.
type ContainerResizePolicy struct {
	// ResourceName is cpu or memory.
	ResourceName ResourceName `json:"resourceName"`
	// RestartPolicy is NotRequired or RestartContainer.
	RestartPolicy string `json:"restartPolicy" upstream:"v1.ResourceResizeRestartPolicy"`
}

// VolumeResourceRequirements say how large a volume is to be.
type VolumeResourceRequirements struct {
	// Limits are the most the volume may take.
	Limits ResourceList `json:"limits,omitempty"`
	// Requests are the least the volume must offer.
	Requests ResourceList `json:"requests,omitempty"`
}

// ResourceStatus tells the health of devices given to a container.
type ResourceStatus struct {
	// Name of the resource.
	Name ResourceName `json:"name"`
	// Resources are the devices.
	Resources []ResourceHealth `json:"resources,omitempty"`
}

// ResourceHealth is the health of one device.
type ResourceHealth struct {
	// ResourceID tells the device apart from others.
	ResourceID string `json:"resourceID" upstream:"v1.ResourceID"`
	// Health is Healthy, Unhealthy or Unknown.
	Health string `json:"health,omitempty" upstream:"v1.ResourceHealthStatus"`
	// Message is a sentence for people.
	Message *string `json:"message,omitempty"`
}
