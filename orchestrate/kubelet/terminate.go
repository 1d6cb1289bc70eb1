package kubelet

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// terminate stops the containers of a pod that is being deleted, each as fast as its program allows and at the latest when
// the grace period is over; then it removes the sandbox and the pod.
func (s *sync) terminate() {
	if s.box == nil {
		s.removePod()
		return
	}
	deadline := int64(s.Now) + int64(s.pod.DeletionTimestamp-s.Wall)*int64(time.Second)
	running := false
	for i := range s.box.Containers {
		c := &s.box.Containers[i]
		if c.State != api.RunRunning {
			continue
		}
		running = true
		if !c.Stopping {
			s.stop(i, deadline)
		} else if c.Until > deadline {
			s.touch(i, "GraceShortened").Until = max(deadline, int64(s.Now), 1)
		}
	}
	s.writeBox()
	if !running {
		s.plan.Delete(s.boxID, s.box, "SandboxRemoved")
		s.removePod()
	}
}

// stop sends the process SIGTERM. One that does not react is killed at the deadline, and exits with 128+9.
func (s *sync) stop(i int, deadline int64) {
	c := s.touch(i, "Stopping")
	spec := s.spec(c)
	b := s.catalog.Of(s.pod, spec, c)
	after, code, ok := b.Stop(s.Now - time.Duration(c.Since))
	ends := int64(s.Now + after)
	c.TermAt = int64(s.Now)
	if !ok || ends > deadline {
		ends = max(deadline, int64(s.Now))
		c.ExitCode = 137
	} else {
		c.ExitCode = code
	}
	if c.Until == 0 || c.Until > ends {
		c.Until = max(ends, 1)
	}
	c.Stopping = true
	s.event("Normal", "Killing", "Stopping container "+c.Name, c.Name)
}

// removePod removes the pod from the API: nothing of it is left on the node. Finalizers of others keep it longer.
func (s *sync) removePod() {
	if len(s.pod.Finalizers) > 0 {
		return
	}
	s.plan.Delete(s.Key, s.pod, "Terminated")
}
