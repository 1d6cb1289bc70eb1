package kubelet

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// updateStatus reports the sandbox in the pod's status, if that says something new.
//
// Source: Kubernetes documentation, "Pod Lifecycle", phase and conditions; k8s.io/kubernetes, pkg/kubelet, getPhase.
func (s *sync) updateStatus() {
	old := &s.pod.Status
	next := *old
	next.InitContainerStatuses = s.statuses(true)
	next.ContainerStatuses = s.statuses(false)
	next.Phase = s.phase()
	next.HostIP = internalIP(s.node)
	next.HostIPs = []api.HostIP{{IP: next.HostIP}}
	next.PodIP = s.box.IP
	next.PodIPs = []api.PodIP{{IP: s.box.IP}}
	next.ObservedGeneration = s.pod.Generation
	if next.StartTime == 0 {
		next.StartTime = s.Wall
	}
	s.conditions(&next)
	if sameStatus(old, &next) {
		return
	}
	s.announceStarts(old, &next)
	pod := *s.pod
	pod.Status = next
	s.plan.Update(s.Key, &pod, s.statusReason(old, &next))
}

// announceStarts records a Started event for each container that runs now and did not before.
func (s *sync) announceStarts(old, next *api.PodStatus) {
	for i := range s.box.Containers {
		c := &s.box.Containers[i]
		if c.State == api.RunRunning && !wasRunning(old, c) {
			s.event("Normal", "Started", "Started container "+c.Name, c.Name)
		}
	}
}

func wasRunning(old *api.PodStatus, c *api.ContainerRun) bool {
	list := old.ContainerStatuses
	if c.Init {
		list = old.InitContainerStatuses
	}
	return slices.ContainsFunc(list, func(st api.ContainerStatus) bool {
		return st.Name == c.Name && st.State.Running != nil && st.ContainerID == c.ContainerID
	})
}

// statusReason says in a word what is new, for the trace.
func (s *sync) statusReason(old, next *api.PodStatus) string {
	switch {
	case old.Phase != next.Phase:
		return string(next.Phase)
	case old.PodIP != next.PodIP:
		return "SandboxReady"
	}
	for _, c := range s.box.Containers {
		if c.Reason != "" {
			return c.Reason
		}
	}
	return "ContainersChanged"
}

func (s *sync) statuses(init bool) []api.ContainerStatus {
	var out []api.ContainerStatus
	for i := range s.box.Containers {
		if c := &s.box.Containers[i]; c.Init == init {
			out = append(out, s.containerStatus(c))
		}
	}
	if !init {
		slices.SortStableFunc(out, func(a, b api.ContainerStatus) int { return strings.Compare(a.Name, b.Name) })
	}
	return out
}

func (s *sync) containerStatus(c *api.ContainerRun) api.ContainerStatus {
	started := c.State == api.RunRunning
	st := api.ContainerStatus{
		Name: c.Name, Image: c.Image, ImageID: c.ImageID, ContainerID: c.ContainerID, RestartCount: c.Restarts, Started: &started,
		Ready: started || c.Init && c.State == api.RunExited && c.ExitCode == 0,
		State: s.containerState(c),
	}
	if c.ContainerID != "" {
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
	case c.State == api.RunExited && c.Reason != "CrashLoopBackOff":
		return api.ContainerState{Terminated: terminated(ending(c))}
	case c.Reason != "":
		return api.ContainerState{Waiting: &api.ContainerStateWaiting{Reason: c.Reason, Message: c.Message}}
	case !c.Init && s.initializing():
		return api.ContainerState{Waiting: &api.ContainerStateWaiting{Reason: "PodInitializing"}}
	case c.Init && s.initializing() && len(s.pod.Spec.InitContainers) > 1:
		return api.ContainerState{Waiting: &api.ContainerStateWaiting{Reason: "PodInitializing"}}
	}
	return api.ContainerState{Waiting: &api.ContainerStateWaiting{Reason: "ContainerCreating"}}
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

// initializing tells whether an init container has not succeeded yet.
func (s *sync) initializing() bool {
	return slices.ContainsFunc(s.box.Containers, func(c api.ContainerRun) bool {
		return c.Init && (c.State != api.RunExited || c.ExitCode != 0)
	})
}

// phase sums up the containers.
func (s *sync) phase() api.PodPhase {
	running, failed, succeeded, waiting := 0, 0, 0, 0
	for i := range s.box.Containers {
		c := &s.box.Containers[i]
		switch {
		case c.Init:
			if c.State == api.RunExited && c.ExitCode != 0 && !s.restarts(c) {
				return api.PodFailed
			}
		case c.State == api.RunRunning:
			running++
		case c.State == api.RunExited && !s.restarts(c) && c.ExitCode == 0:
			succeeded++
		case c.State == api.RunExited && !s.restarts(c):
			failed++
		case c.State != api.RunExited && c.Last == nil:
			waiting++
		default:
			running++ // it ended, or is between two runs: the pod goes on
		}
	}
	switch {
	case s.initializing() || waiting > 0:
		return api.PodPending
	case running > 0:
		return api.PodRunning
	case failed > 0:
		return api.PodFailed
	case succeeded > 0:
		return api.PodSucceeded
	}
	return api.PodPending
}

// conditions sets the conditions the kubelet owns, in the order in which a kubelet reports them.
func (s *sync) conditions(st *api.PodStatus) {
	over := st.Phase == api.PodSucceeded
	failed := st.Phase == api.PodFailed
	ready := condition(true)
	if unready := unreadyContainers(st); len(unready) > 0 {
		ready = api.PodCondition{Status: api.ConditionFalse, Reason: "ContainersNotReady",
			Message: "containers with unready status: [" + strings.Join(unready, " ") + "]"}
	}
	initialized := condition(true)
	if s.initializing() && !failed {
		initialized = api.PodCondition{Status: api.ConditionFalse, Reason: "ContainersNotInitialized",
			Message: "containers with incomplete status: [" + strings.Join(s.incomplete(), " ") + "]"}
	}
	switch {
	case over:
		ready = api.PodCondition{Status: api.ConditionFalse, Reason: "PodCompleted"}
		initialized.Reason = "PodCompleted"
	case failed:
		ready = api.PodCondition{Status: api.ConditionFalse, Reason: "PodFailed"}
	}
	list := st.Conditions
	for _, c := range []struct {
		kind api.PodConditionType
		is   api.PodCondition
	}{
		{api.PodReadyToStartContainers, condition(!over && !failed)},
		{api.PodInitialized, initialized},
		{api.PodReady, ready},
		{api.ContainersReady, ready},
	} {
		c.is.Type, c.is.LastTransitionTime, c.is.ObservedGeneration = c.kind, s.Wall, s.pod.Generation
		list = api.SetPodCondition(list, c.is)
	}
	st.Conditions = inOrder(list)
}

func condition(holds bool) api.PodCondition {
	if holds {
		return api.PodCondition{Status: api.ConditionTrue}
	}
	return api.PodCondition{Status: api.ConditionFalse}
}

// inOrder puts the scheduler's condition behind the kubelet's, where people are used to seeing it.
func inOrder(list []api.PodCondition) []api.PodCondition {
	at := slices.IndexFunc(list, func(c api.PodCondition) bool { return c.Type == api.PodScheduled })
	if at < 0 || at == len(list)-1 {
		return list
	}
	out := slices.Delete(slices.Clone(list), at, at+1)
	return append(out, list[at])
}

func unreadyContainers(st *api.PodStatus) []string {
	var out []string
	for _, c := range st.ContainerStatuses {
		if !c.Ready {
			out = append(out, c.Name)
		}
	}
	return out
}

func (s *sync) incomplete() []string {
	var out []string
	for _, c := range s.box.Containers {
		if c.Init && (c.State != api.RunExited || c.ExitCode != 0) {
			out = append(out, c.Name)
		}
	}
	return out
}
