package kubelet

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// initializing tells whether an init container has not done its part yet: it has to end well, or, as a sidecar, to start.
func (s *sync) initializing() bool {
	if len(s.pod.Spec.InitContainers) == 0 || s.begun() {
		return false
	}
	for i := range s.box.Containers {
		if c := &s.box.Containers[i]; c.Init && !s.initialized(c) {
			return true
		}
	}
	return false
}

func (s *sync) initialized(c *api.ContainerRun) bool {
	if s.sidecar(c) {
		return c.State == api.RunRunning && c.Started
	}
	return c.State == api.RunExited && c.ExitCode == 0
}

// phase sums up the containers.
func (s *sync) phase() api.PodPhase {
	running, failed, succeeded, waiting := 0, 0, 0, 0
	for i := range s.box.Containers {
		c := &s.box.Containers[i]
		ended := c.State == api.RunExited && (s.final || !s.restarts(c))
		switch {
		case c.Init && !s.sidecar(c):
			if ended && c.ExitCode != 0 {
				return api.PodFailed
			}
		case c.Init:
			if c.State == api.RunRunning && s.done() {
				running++ // it is being stopped
			}
		case c.State == api.RunRunning:
			running++
		case ended && c.ExitCode == 0:
			succeeded++
		case ended:
			failed++
		case c.State != api.RunExited && c.Last == nil:
			waiting++
		default:
			running++ // it ended, or is between two runs: the pod goes on
		}
	}
	switch {
	case s.final && running+failed+waiting > 0:
		return api.PodFailed
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

// conditions sets the conditions the kubelet owns, in the order in which a kubelet reports them; those of others stand behind
// them, where people are used to seeing the scheduler's.
func (s *sync) conditions(st *api.PodStatus) {
	over := st.Phase == api.PodSucceeded || st.Phase == api.PodFailed
	initialized := condition(true)
	switch {
	case st.Phase == api.PodSucceeded:
		initialized.Reason = api.ReasonPodCompleted
	case s.initializing() && !over:
		initialized = api.PodCondition{Status: api.ConditionFalse, Reason: api.ReasonContainersNotInit,
			Message: s.words.list("containers with incomplete status: ", s.incomplete())}
	}
	containers, pod := s.readiness(st)
	out := s.draft.conditions[:0]
	for i, kind := range [4]api.PodConditionType{api.PodReadyToStartContainers, api.PodInitialized, api.PodReady, api.ContainersReady} {
		var c api.PodCondition
		switch i {
		case 0:
			c = condition(!over && !s.box.Dead)
		case 1:
			c = initialized
		case 2:
			c = pod
		default:
			c = containers
		}
		c.Type, c.LastTransitionTime, c.ObservedGeneration = kind, s.Wall, s.pod.Generation
		for j := range st.Conditions {
			if was := &st.Conditions[j]; was.Type == kind && was.Status == c.Status {
				c.LastTransitionTime = was.LastTransitionTime
			}
		}
		out = append(out, c)
	}
	for i := range st.Conditions {
		switch st.Conditions[i].Type {
		case api.PodReadyToStartContainers, api.PodInitialized, api.PodReady, api.ContainersReady:
		default:
			out = append(out, st.Conditions[i])
		}
	}
	s.draft.conditions, st.Conditions = out, out
}

// readiness is whether the containers are ready, and whether the pod is, which may depend on gates of others.
func (s *sync) readiness(st *api.PodStatus) (containers, pod api.PodCondition) {
	switch st.Phase {
	case api.PodSucceeded:
		c := api.PodCondition{Status: api.ConditionFalse, Reason: api.ReasonPodCompleted}
		return c, c
	case api.PodFailed:
		c := api.PodCondition{Status: api.ConditionFalse, Reason: api.ReasonPodFailed}
		return c, c
	}
	var buf [8]string
	unready := s.unready(st, buf[:0])
	if len(unready) > 0 {
		c := api.PodCondition{Status: api.ConditionFalse, Reason: api.ReasonContainersNotReady,
			Message: s.words.list("containers with unready status: ", unready)}
		return c, c
	}
	containers, pod = condition(true), condition(true)
	for _, gate := range s.pod.Spec.ReadinessGates {
		problem := ""
		if c, ok := api.PodConditionOf(st.Conditions, gate.ConditionType); !ok {
			problem = `corresponding condition of pod readiness gate "` + string(gate.ConditionType) + `" does not exist.`
		} else if c.Status != api.ConditionTrue {
			problem = `the status of pod readiness gate "` + string(gate.ConditionType) + `" is not "True", but ` + string(c.Status)
		}
		if problem != "" {
			pod.Status, pod.Reason = api.ConditionFalse, api.ReasonReadinessGatesNotReady
			pod.Message = strings.TrimPrefix(pod.Message+", "+problem, ", ")
		}
	}
	return containers, pod
}

func condition(holds bool) api.PodCondition {
	if holds {
		return api.PodCondition{Status: api.ConditionTrue}
	}
	return api.PodCondition{Status: api.ConditionFalse}
}

// unready adds the containers that are not ready, sidecars included.
func (s *sync) unready(st *api.PodStatus, out []string) []string {
	for i := range st.InitContainerStatuses {
		if c := s.find(st.InitContainerStatuses[i].Name); c != nil && s.sidecar(c) && !st.InitContainerStatuses[i].Ready {
			out = append(out, c.Name)
		}
	}
	for i := range st.ContainerStatuses {
		if !st.ContainerStatuses[i].Ready {
			out = append(out, st.ContainerStatuses[i].Name)
		}
	}
	return out
}

func (s *sync) incomplete() []string {
	var out []string
	for i := range s.box.Containers {
		if c := &s.box.Containers[i]; c.Init && !s.initialized(c) {
			out = append(out, c.Name)
		}
	}
	return out
}
