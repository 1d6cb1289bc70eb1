package kubelet

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Back-off of containers that end: the first restart is at once, then 10 s, doubling to five minutes; ten
// minutes of running clear it.
//
// Source: Kubernetes documentation, "Pod Lifecycle", how pods handle problems with containers.
const (
	firstBackOff = 10 * time.Second
	mostBackOff  = 5 * time.Minute
	goodRun      = 10 * time.Minute
)

// restarts tells whether a container that ended is to be started again.
func (s *sync) restarts(c *api.ContainerRun) bool {
	if s.sidecar(c) {
		return true
	}
	switch s.pod.Spec.RestartPolicy {
	case api.RestartAlways:
		return !c.Init || c.ExitCode != 0
	case api.RestartOnFailure:
		return c.ExitCode != 0
	}
	return false
}

// restart starts an ended container again once its end was reported and its back-off is over.
func (s *sync) restart(i int) {
	c := &s.box.Containers[i]
	if wait := max(backOff(c.BackOffs), noticeTime); c.Since+int64(wait) > int64(s.Now) {
		if c.Since+int64(noticeTime) > int64(s.Now) {
			s.plan.Again(time.Duration(c.Since) + noticeTime - s.Now)
			return
		}
		s.plan.Again(time.Duration(c.Since) + wait - s.Now)
		s.announceBackOff(i, wait)
		return
	}
	c = s.touch(i, "ContainerRestarting")
	if c.Reason != api.ReasonCrashLoopBackOff {
		c.Last = ending(c)
	}
	c.State, c.Since, c.Reason, c.Message = api.RunWaiting, int64(s.Now), "", ""
	c.Restarts++
	c.BackOffs++
	s.pull(i)
}

func (s *sync) announceBackOff(i int, wait time.Duration) {
	c := &s.box.Containers[i]
	if c.Reason == api.ReasonCrashLoopBackOff {
		return
	}
	c = s.touch(i, api.ReasonCrashLoopBackOff)
	pod := s.pod.Name + "_" + s.pod.Namespace + "(" + string(s.pod.UID) + ")"
	c.Last = ending(c)
	c.Reason = api.ReasonCrashLoopBackOff
	c.Message = "back-off " + wait.String() + " restarting failed container=" + c.Name + " pod=" + pod
	s.event(api.EventWarning, "BackOff", "Back-off restarting failed container "+c.Name+" in pod "+pod, c.Name)
}

// backOff is the pause before a restart that follows n quick ones.
func backOff(n int32) time.Duration {
	if n == 0 {
		return 0
	}
	return min(firstBackOff<<min(n-1, 10), mostBackOff)
}
