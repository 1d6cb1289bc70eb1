package request

import (
	"strconv"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

func podColumns() []Column {
	return append(named("Ready", "Status", "Restarts", "Age"),
		wide("IP", "Node", "Nominated Node", "Readiness Gates")...)
}

func podCells(p *api.Pod, now api.Time) []string {
	s := Summarize(p)
	restarts := strconv.Itoa(s.Restarts)
	if s.Restarts != 0 && s.LastRestart != 0 {
		restarts += " (" + Age(s.LastRestart, now) + " ago)"
	}
	ip := ""
	if len(p.Status.PodIPs) > 0 {
		ip = p.Status.PodIPs[0].IP
	}
	return []string{
		p.Name, strconv.Itoa(s.Ready) + "/" + strconv.Itoa(s.Containers), s.Status, restarts, Age(p.CreationTimestamp, now),
		orWord(ip, "<none>"), orWord(p.Spec.NodeName, "<none>"), orWord(p.Status.NominatedNodeName, "<none>"), gates(p),
	}
}

func gates(p *api.Pod) string {
	if len(p.Spec.ReadinessGates) == 0 {
		return "<none>"
	}
	open := 0
	for _, g := range p.Spec.ReadinessGates {
		if podCondition(p, g.ConditionType) {
			open++
		}
	}
	return strconv.Itoa(open) + "/" + strconv.Itoa(len(p.Spec.ReadinessGates))
}

// PodSummary is a pod in a few words, as kubectl get shows it.
type PodSummary struct {
	// Status is the STATUS column: the phase, or what is more telling, such as CrashLoopBackOff or Terminating.
	Status string
	// Ready is how many of the Containers that keep running are ready.
	Ready, Containers int
	// Restarts is how often containers were started again, and LastRestart when one last ended before that.
	Restarts    int
	LastRestart api.Time
}

// Summarize says in a few words how a pod is.
//
// Source: k8s.io/kubernetes/pkg/printers/internalversion, printPod.
func Summarize(p *api.Pod) PodSummary {
	s := PodSummary{Status: orWord(p.Status.Reason, string(p.Status.Phase)), Containers: len(p.Spec.Containers)}
	for _, c := range p.Status.Conditions {
		if c.Type == api.PodScheduled && c.Reason == api.ReasonSchedulingGated {
			s.Status = c.Reason
		}
	}
	sidecars := PodSummary{}
	initializing := s.initContainers(p, &sidecars)
	if !initializing || podCondition(p, api.PodInitialized) {
		s.Restarts, s.LastRestart = sidecars.Restarts, sidecars.LastRestart
		s.containers(p)
	}
	if p.DeletionTimestamp != 0 {
		switch {
		case p.Status.Reason == api.ReasonNodeLost:
			s.Status = "Unknown"
		case p.Status.Phase != api.PodSucceeded && p.Status.Phase != api.PodFailed:
			s.Status = "Terminating"
		}
	}
	return s
}

// initContainers counts the init containers, and apart from them the sidecars, up to the first that is not over yet;
// it tells whether there is such a one.
func (s *PodSummary) initContainers(p *api.Pod, sidecars *PodSummary) bool {
	sidecar := map[string]bool{}
	for i := range p.Spec.InitContainers {
		if c := &p.Spec.InitContainers[i]; c.RestartPolicy != nil && *c.RestartPolicy == api.RestartAlways {
			sidecar[c.Name] = true
			s.Containers++
		}
	}
	for i := range p.Status.InitContainerStatuses {
		c := &p.Status.InitContainerStatuses[i]
		s.restarted(c)
		if sidecar[c.Name] {
			sidecars.restarted(c)
		}
		ended, waiting := c.State.Terminated, c.State.Waiting
		switch {
		case ended != nil && ended.ExitCode == 0:
			continue
		case sidecar[c.Name] && c.Started != nil && *c.Started:
			if c.Ready {
				s.Ready++
			}
			continue
		case ended != nil:
			s.Status = "Init:" + orWord(ended.Reason, exit(ended))
		case waiting != nil && waiting.Reason != "" && waiting.Reason != api.ReasonPodInitializing:
			s.Status = "Init:" + waiting.Reason
		default:
			s.Status = fmt.Sprintf("Init:%d/%d", i, len(p.Spec.InitContainers))
		}
		return true
	}
	return false
}

// containers counts the containers, from the last to the first, so that the first has the last word.
func (s *PodSummary) containers(p *api.Pod) {
	running := false
	for i := len(p.Status.ContainerStatuses) - 1; i >= 0; i-- {
		c := &p.Status.ContainerStatuses[i]
		s.restarted(c)
		switch ended := c.State.Terminated; {
		case c.State.Waiting != nil && c.State.Waiting.Reason != "":
			s.Status = c.State.Waiting.Reason
		case ended != nil:
			s.Status = orWord(ended.Reason, exit(ended))
		case c.Ready && c.State.Running != nil:
			running = true
			s.Ready++
		}
	}
	if s.Status == api.ReasonCompleted && running {
		s.Status = "NotReady"
		if podCondition(p, api.PodReady) {
			s.Status = "Running"
		}
	}
}

func (s *PodSummary) restarted(c *api.ContainerStatus) {
	s.Restarts += int(c.RestartCount)
	if last := c.LastTerminationState.Terminated; last != nil {
		s.LastRestart = max(s.LastRestart, last.FinishedAt)
	}
}

// exit says how a container ended that gives no reason.
func exit(t *api.ContainerStateTerminated) string {
	if t.Signal != 0 {
		return fmt.Sprintf("Signal:%d", t.Signal)
	}
	return fmt.Sprintf("ExitCode:%d", t.ExitCode)
}

func podCondition(p *api.Pod, kind api.PodConditionType) bool {
	for _, c := range p.Status.Conditions {
		if c.Type == kind {
			return c.Status == api.ConditionTrue
		}
	}
	return false
}
