package api

// PodResourceClaimStatus tells which claim was made for an entry of a pod's resourceClaims.
type PodResourceClaimStatus struct {
	// Name of the entry.
	Name string `json:"name"`
	// ResourceClaimName is the claim that was made.
	ResourceClaimName *string `json:"resourceClaimName,omitempty"`
}

// PodExtendedResourceClaimStatus tells which claim stands for a pod's extended resources.
type PodExtendedResourceClaimStatus struct {
	// RequestMappings tell which request stands for which resource of which container.
	RequestMappings []ContainerExtendedResourceRequest `json:"requestMappings"`
	// ResourceClaimName is the claim that was made.
	ResourceClaimName string `json:"resourceClaimName"`
}

// ContainerExtendedResourceRequest tells which request of a claim stands for a container's resource.
type ContainerExtendedResourceRequest struct {
	// ContainerName is the container.
	ContainerName string `json:"containerName"`
	// ResourceName is its resource.
	ResourceName string `json:"resourceName"`
	// RequestName is the request in the claim.
	RequestName string `json:"requestName"`
}

// NodeAllocatableResourceClaimStatus tells what a claim takes of a node's own resources.
type NodeAllocatableResourceClaimStatus struct {
	// ResourceClaimName is the claim.
	ResourceClaimName string `json:"resourceClaimName"`
	// Containers that use the claim.
	Containers []string `json:"containers,omitempty"`
	// Mapping is what the claim's devices stand for.
	Mapping []NodeAllocatableMappedResources `json:"mapping,omitempty"`
	// Overhead is what the devices need beside that.
	Overhead []NodeAllocatableOverheadResources `json:"overhead,omitempty"`
}

// NodeAllocatableMappedResources is an amount of a resource devices stand for.
type NodeAllocatableMappedResources struct {
	// Name of the resource.
	Name ResourceName `json:"name"`
	// Quantity of it.
	Quantity *Quantity `json:"quantity"`
}

// NodeAllocatableOverheadResources is an amount of a resource devices need.
type NodeAllocatableOverheadResources struct {
	// Name of the resource.
	Name ResourceName `json:"name"`
	// PerPod is needed once.
	PerPod *Quantity `json:"perPod,omitempty"`
	// PerContainer is needed for each container.
	PerContainer *Quantity `json:"perContainer,omitempty"`
}
