package kubelet

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// updateStatus reports the sandbox in the pod's status, if that says something new.
//
// Source: Kubernetes documentation, "Pod Lifecycle", phase and conditions; k8s.io/kubernetes, pkg/kubelet, getPhase.
func (s *sync) updateStatus() {
	if s.cut {
		return
	}
	old := &s.pod.Status
	next := *old
	next.InitContainerStatuses = s.statuses(true)
	next.ContainerStatuses = s.statuses(false)
	if next.Reason == "" || next.Phase != api.PodFailed { // who was evicted stays so
		next.Phase = s.phase()
	}
	next.HostIP = internalIP(s.node)
	if old.HostIP != next.HostIP {
		next.HostIPs = []api.HostIP{{IP: next.HostIP}}
	}
	next.PodIP = s.box.IP
	if old.PodIP != next.PodIP {
		next.PodIPs = []api.PodIP{{IP: next.PodIP}}
	}
	next.ObservedGeneration = s.pod.Generation
	if next.StartTime == 0 {
		next.StartTime = s.Wall
	}
	s.conditions(&next)
	before := &s.reported().Status
	if sameStatus(before, &next) {
		return
	}
	s.announceStarts(before, &next)
	pod := *s.pod
	pod.Status = next
	s.plan.Update(s.Key, &pod, s.statusReason(before, &next))
}

// reported is the pod as it is stored: fail may have changed the one at hand.
func (s *sync) reported() *api.Pod {
	if o, ok := s.Snapshot.ByID(s.Key); ok {
		if pod, ok := o.(*api.Pod); ok {
			return pod
		}
	}
	return s.pod
}

// announceStarts records a Started event for each container that runs now and did not before.
func (s *sync) announceStarts(old, next *api.PodStatus) {
	for i := range s.box.Containers {
		c := &s.box.Containers[i]
		if c.State == api.RunRunning && !wasRunning(old, c) {
			s.event(api.EventNormal, "Started", "Container started", c.Name)
		}
	}
}

func wasRunning(old *api.PodStatus, c *api.ContainerRun) bool {
	list := old.ContainerStatuses
	if c.Init {
		list = old.InitContainerStatuses
	}
	for i := range list {
		if st := &list[i]; st.Name == c.Name {
			return st.State.Running != nil && st.ContainerID == c.ContainerID
		}
	}
	return false
}

// statusReason says in a word what is new, for the trace.
func (s *sync) statusReason(old, next *api.PodStatus) string {
	switch {
	case old.Phase != next.Phase:
		return string(next.Phase)
	case old.PodIP != next.PodIP:
		return "SandboxReady"
	}
	was, _ := api.PodConditionOf(old.Conditions, api.PodReady)
	if is, _ := api.PodConditionOf(next.Conditions, api.PodReady); is.Status != was.Status {
		if is.Status == api.ConditionTrue {
			return "Ready"
		}
		return "NotReady"
	}
	for i := range s.box.Containers {
		if c := &s.box.Containers[i]; c.Reason != "" {
			return c.Reason
		}
	}
	return "ContainersChanged"
}

func (s *sync) statuses(init bool) []api.ContainerStatus {
	n := 0
	for i := range s.box.Containers {
		if s.box.Containers[i].Init == init {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	out := make([]api.ContainerStatus, 0, n)
	for i := range s.box.Containers {
		if c := &s.box.Containers[i]; c.Init == init {
			out = append(out, s.containerStatus(c))
		}
	}
	if !init && n > 1 {
		sorting.Stable(out, func(a, b api.ContainerStatus) int { return strings.Compare(a.Name, b.Name) })
	}
	return out
}

func (s *sync) containerStatus(c *api.ContainerRun) api.ContainerStatus {
	running := c.State == api.RunRunning
	started := running && c.Started
	st := api.ContainerStatus{
		Name: c.Name, Image: c.Image, ImageID: c.ImageID, ContainerID: c.ContainerID, RestartCount: c.Restarts, Started: &started,
		Ready: running && c.Ready || c.Init && c.State == api.RunExited && c.ExitCode == 0,
		State: s.containerState(c),
	}
	if c.State == api.RunCreated { // a kubelet learns of a container when it runs
		st.ContainerID, st.ImageID = "", ""
		if c.Last != nil {
			st.ContainerID, st.ImageID = c.Last.ContainerID, c.ImageID
		}
	}
	if st.ContainerID != "" {
		st.Image = workload.Canonical(c.Image)
	}
	if c.Last != nil {
		st.LastTerminationState.Terminated = terminated(c.Last)
	}
	return st
}

// containerState is what a client sees of a run.
func (s *sync) containerState(c *api.ContainerRun) api.ContainerState {
	switch {
	case c.State == api.RunRunning:
		return api.ContainerState{Running: &api.ContainerStateRunning{StartedAt: c.StartedAt}}
	case c.State == api.RunExited && c.Reason != api.ReasonCrashLoopBackOff:
		return api.ContainerState{Terminated: terminated(ending(c))}
	case s.final && c.Last != nil:
		return api.ContainerState{Terminated: terminated(c.Last)}
	case c.Reason != "":
		return api.ContainerState{Waiting: &api.ContainerStateWaiting{Reason: c.Reason, Message: c.Message}}
	case len(s.pod.Spec.InitContainers) > 0 && s.initializing() && (!c.Init || len(s.pod.Spec.InitContainers) > 1):
		return api.ContainerState{Waiting: &api.ContainerStateWaiting{Reason: api.ReasonPodInitializing}}
	}
	return api.ContainerState{Waiting: &api.ContainerStateWaiting{Reason: api.ReasonContainerCreating}}
}

// ending is how the present run ended.
func ending(c *api.ContainerRun) *api.ContainerTermination {
	return &api.ContainerTermination{
		ExitCode: c.ExitCode, Reason: c.Reason, Message: c.Message,
		StartedAt: c.StartedAt, FinishedAt: c.FinishedAt, ContainerID: c.ContainerID,
	}
}

func terminated(t *api.ContainerTermination) *api.ContainerStateTerminated {
	return &api.ContainerStateTerminated{
		ExitCode: t.ExitCode, Reason: t.Reason, Message: t.Message,
		StartedAt: t.StartedAt, FinishedAt: t.FinishedAt, ContainerID: t.ContainerID,
	}
}

// sameStatus tells whether two reports say the same in all the kubelet sets. It is written out because comparing by
// reflection costs twenty times as much, and it runs for every look at a pod.
func sameStatus(a, b *api.PodStatus) bool {
	return a.Phase == b.Phase && a.Reason == b.Reason && a.HostIP == b.HostIP && a.PodIP == b.PodIP &&
		a.StartTime == b.StartTime && a.ObservedGeneration == b.ObservedGeneration &&
		slices.Equal(a.Conditions, b.Conditions) &&
		sameContainers(a.InitContainerStatuses, b.InitContainerStatuses) && sameContainers(a.ContainerStatuses, b.ContainerStatuses)
}

func sameContainers(a, b []api.ContainerStatus) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !sameContainer(&a[i], &b[i]) {
			return false
		}
	}
	return true
}

func sameContainer(a, b *api.ContainerStatus) bool {
	return a.Name == b.Name && a.Ready == b.Ready && a.RestartCount == b.RestartCount && a.Image == b.Image &&
		a.ImageID == b.ImageID && a.ContainerID == b.ContainerID && samePointed(a.Started, b.Started) &&
		sameState(&a.State, &b.State) && sameState(&a.LastTerminationState, &b.LastTerminationState)
}

func sameState(a, b *api.ContainerState) bool {
	return samePointed(a.Waiting, b.Waiting) && samePointed(a.Running, b.Running) && samePointed(a.Terminated, b.Terminated)
}

func samePointed[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
