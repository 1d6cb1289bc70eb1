package kubelet

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
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
	s.draft.containers, s.draft.conditions = s.draft.containers[:0], s.draft.conditions[:0]
	next.InitContainerStatuses = s.statuses(true, old.InitContainerStatuses)
	next.ContainerStatuses = s.statuses(false, old.ContainerStatuses)
	if next.Reason == "" || next.Phase != api.PodFailed { // who was evicted stays so
		next.Phase = s.phase()
	}
	next.HostIP = s.words.host(s.nodeID, s.node)
	next.PodIP = s.box.IP
	next.ObservedGeneration = s.pod.Generation
	if next.StartTime == 0 {
		next.StartTime = s.Wall
	}
	s.conditions(&next)
	before := &s.reported().Status
	if sameStatus(before, &next) {
		return
	}
	s.draft.keep(&next, old, s.words)
	if old.HostIP != next.HostIP {
		next.HostIPs = []api.HostIP{{IP: next.HostIP}}
	}
	if old.PodIP != next.PodIP {
		next.PodIPs = []api.PodIP{{IP: next.PodIP}}
	}
	s.announceStarts(before, &next)
	pod := *s.pod
	pod.Status = next
	s.plan.Update(s.Key, &pod, s.statusReason(before, &next))
}

// draft is where a report is written before it is known whether it says anything new.
type draft struct {
	containers []api.ContainerStatus
	conditions []api.PodCondition
}

// keep gives a report lists of its own, or the old ones where they say the same.
func (d *draft) keep(next, old *api.PodStatus, w *words) {
	own := func(list, old []api.ContainerStatus) []api.ContainerStatus {
		if sameContainers(list, old) {
			return old
		}
		return slices.Clone(list)
	}
	next.InitContainerStatuses = own(next.InitContainerStatuses, old.InitContainerStatuses)
	next.ContainerStatuses = own(next.ContainerStatuses, old.ContainerStatuses)
	if slices.Equal(next.Conditions, old.Conditions) {
		next.Conditions = old.Conditions
	} else {
		next.Conditions = w.conditions(next.Conditions)
	}
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

// statuses drafts the reports of the containers or init containers.
func (s *sync) statuses(init bool, old []api.ContainerStatus) []api.ContainerStatus {
	from := len(s.draft.containers)
	for i := range s.box.Containers {
		if c := &s.box.Containers[i]; c.Init == init {
			s.draft.containers = append(s.draft.containers, s.containerStatus(c, statusOf(old, c.Name)))
		}
	}
	out := s.draft.containers[from:len(s.draft.containers):len(s.draft.containers)]
	if len(out) == 0 {
		return nil
	}
	if !init && len(out) > 1 {
		sorting.Stable(out, func(a, b api.ContainerStatus) int { return strings.Compare(a.Name, b.Name) })
	}
	return out
}

// statusOf is the report about a container in a list; that of nothing if there is none.
func statusOf(list []api.ContainerStatus, name string) *api.ContainerStatus {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return &noStatus
}

var (
	noStatus api.ContainerStatus
	yes, no  = true, false // for all reports to point to
	creating = api.ContainerStateWaiting{Reason: api.ReasonContainerCreating}
	initial  = api.ContainerStateWaiting{Reason: api.ReasonPodInitializing}
)

func (s *sync) containerStatus(c *api.ContainerRun, old *api.ContainerStatus) api.ContainerStatus {
	running := c.State == api.RunRunning
	st := api.ContainerStatus{
		Name: c.Name, Image: c.Image, ImageID: c.ImageID, ContainerID: c.ContainerID, RestartCount: c.Restarts, Started: &no,
		Ready: running && c.Ready || c.Init && c.State == api.RunExited && c.ExitCode == 0,
		State: s.containerState(c, &old.State),
	}
	if running && c.Started {
		st.Started = &yes
	}
	if c.State == api.RunCreated { // a kubelet learns of a container when it runs
		st.ContainerID, st.ImageID = "", ""
		if c.Last != nil {
			st.ContainerID, st.ImageID = c.Last.ContainerID, c.ImageID
		}
	}
	if st.ContainerID != "" {
		st.Image = s.words.image(c.Image).name
	}
	if c.Last != nil {
		st.LastTerminationState.Terminated = terminated(c.Last, old.LastTerminationState.Terminated)
	}
	return st
}

// containerState is what a client sees of a run. What it said before is said in the same words.
func (s *sync) containerState(c *api.ContainerRun, old *api.ContainerState) api.ContainerState {
	switch {
	case c.State == api.RunRunning:
		if old.Running != nil && old.Running.StartedAt == c.StartedAt {
			return api.ContainerState{Running: old.Running}
		}
		return api.ContainerState{Running: &api.ContainerStateRunning{StartedAt: c.StartedAt}}
	case c.State == api.RunExited && c.Reason != api.ReasonCrashLoopBackOff:
		return api.ContainerState{Terminated: terminated(ending(c), old.Terminated)}
	case s.final && c.Last != nil:
		return api.ContainerState{Terminated: terminated(c.Last, old.Terminated)}
	case c.Reason != "":
		if w := old.Waiting; w != nil && w.Reason == c.Reason && w.Message == c.Message {
			return api.ContainerState{Waiting: w}
		}
		return api.ContainerState{Waiting: &api.ContainerStateWaiting{Reason: c.Reason, Message: c.Message}}
	case len(s.pod.Spec.InitContainers) > 0 && s.initializing() && (!c.Init || len(s.pod.Spec.InitContainers) > 1):
		return api.ContainerState{Waiting: &initial}
	}
	return api.ContainerState{Waiting: &creating}
}

// ending is how the present run ended.
func ending(c *api.ContainerRun) *api.ContainerTermination {
	return &api.ContainerTermination{
		ExitCode: c.ExitCode, Reason: c.Reason, Message: c.Message,
		StartedAt: c.StartedAt, FinishedAt: c.FinishedAt, ContainerID: c.ContainerID,
	}
}

func terminated(t *api.ContainerTermination, old *api.ContainerStateTerminated) *api.ContainerStateTerminated {
	st := api.ContainerStateTerminated{
		ExitCode: t.ExitCode, Reason: t.Reason, Message: t.Message,
		StartedAt: t.StartedAt, FinishedAt: t.FinishedAt, ContainerID: t.ContainerID,
	}
	if old != nil && *old == st {
		return old
	}
	made := st
	return &made
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
