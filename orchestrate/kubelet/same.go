package kubelet

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// sameStatus tells whether two reports say the same in all the kubelet sets. It is written out because comparing by
// reflection costs twenty times as much, and it runs for every look at a pod.
func sameStatus(a, b *api.PodStatus) bool {
	return a.Phase == b.Phase && a.HostIP == b.HostIP && a.PodIP == b.PodIP &&
		a.StartTime == b.StartTime && a.ObservedGeneration == b.ObservedGeneration &&
		slices.Equal(a.Conditions, b.Conditions) &&
		slices.EqualFunc(a.InitContainerStatuses, b.InitContainerStatuses, sameContainer) &&
		slices.EqualFunc(a.ContainerStatuses, b.ContainerStatuses, sameContainer)
}

func sameContainer(a, b api.ContainerStatus) bool {
	return a.Name == b.Name && a.Ready == b.Ready && a.RestartCount == b.RestartCount && a.Image == b.Image &&
		a.ImageID == b.ImageID && a.ContainerID == b.ContainerID && samePointed(a.Started, b.Started) &&
		sameState(a.State, b.State) && sameState(a.LastTerminationState, b.LastTerminationState)
}

func sameState(a, b api.ContainerState) bool {
	return samePointed(a.Waiting, b.Waiting) && samePointed(a.Running, b.Running) && samePointed(a.Terminated, b.Terminated)
}

func samePointed[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
