package kubelet

import (
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// syncContainers takes each container that may go on a step further: the init containers one after another, then
// all others together.
func (s *sync) syncContainers() {
	for i := range s.box.Containers {
		c := &s.box.Containers[i]
		if c.Init {
			if c.State == api.RunExited && c.ExitCode == 0 {
				continue
			}
			if c.State != api.RunExited || s.restarts(c) {
				s.syncContainer(i)
			}
			return // the rest waits for it
		}
		s.syncContainer(i)
	}
}

func (s *sync) syncContainer(i int) {
	c := &s.box.Containers[i]
	switch c.State {
	case api.RunWaiting:
		s.pull(i)
	case api.RunPullFailed:
		s.retryPull(i)
	case api.RunPulled:
		s.start(i)
	case api.RunExited:
		if s.restarts(c) {
			s.restart(i)
		}
	}
}

// spec is what the pod says of a container.
func (s *sync) spec(c *api.ContainerRun) *api.Container {
	list := s.pod.Spec.Containers
	if c.Init {
		list = s.pod.Spec.InitContainers
	}
	for i := range list {
		if list[i].Name == c.Name {
			return &list[i]
		}
	}
	return &api.Container{}
}

// start creates the container and starts its process, or says why that is impossible.
func (s *sync) start(i int) {
	c := s.touch(i, "ContainerCreated")
	spec := s.spec(c)
	s.keepImage(c)
	b := s.catalog.Of(s.pod, spec, c)
	c.ContainerID = "containerd://" + s.hex(64)
	c.ImageID = imageID(spec.Image)
	c.Reason, c.Message = "", ""
	s.event("Normal", "Created", "Created container: "+c.Name, c.Name)
	if b.StartError != "" {
		message := "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: " + b.StartError
		c.State, c.Since, c.Until, c.ExitCode = api.RunExited, int64(s.Now), 0, 128
		c.StartedAt, c.FinishedAt, c.Reason, c.Message = 0, s.Wall, "StartError", message
		s.event("Warning", "Failed", "Error: "+message, c.Name)
		return
	}
	runs, code, ends := b.End()
	c.State, c.Since, c.Until = api.RunCreated, int64(s.Now), int64(s.Now+30*time.Millisecond)
	c.ExitCode, c.Runs = code, int64(runs)
	if !ends {
		c.Runs = -1
	}
}

// hex is n random hexadecimal digits.
func (s *sync) hex(n int) string {
	b := make([]byte, 0, n)
	for len(b) < n {
		digits := strconv.FormatUint(s.Rand.Uint64()|1<<63, 16)
		b = append(b, digits...)
	}
	return string(b[:n])
}

// imageID is how a runtime names the content an image reference meant.
func imageID(ref string) string {
	canonical := workload.Canonical(ref)
	for i := len(canonical) - 1; i >= 0; i-- {
		if canonical[i] == ':' {
			return canonical[:i] + "@" + workload.Digest(ref)
		}
	}
	return canonical
}

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
	switch s.pod.Spec.RestartPolicy {
	case api.RestartAlways:
		return !c.Init || c.ExitCode != 0
	case api.RestartOnFailure:
		return c.ExitCode != 0
	}
	return false
}

// restart starts an ended container again once its back-off is over.
func (s *sync) restart(i int) {
	c := &s.box.Containers[i]
	if wait := backOff(c.BackOffs); c.Since+int64(wait) > int64(s.Now) {
		s.plan.Again(time.Duration(c.Since) + wait - s.Now)
		if c.Reason != "CrashLoopBackOff" {
			c = s.touch(i, "CrashLoopBackOff")
			c.Last = ending(c)
			c.Reason = "CrashLoopBackOff"
			c.Message = "back-off " + wait.String() + " restarting failed container=" + c.Name + " pod=" + s.pod.Name + "_" + s.pod.Namespace + "(" + string(s.pod.UID) + ")"
			s.event("Warning", "BackOff", "Back-off restarting failed container "+c.Name+" in pod "+s.pod.Name+"_"+s.pod.Namespace+"("+string(s.pod.UID)+")", c.Name)
		}
		return
	}
	c = s.touch(i, "ContainerRestarting")
	if c.Reason != "CrashLoopBackOff" {
		c.Last = ending(c)
	}
	c.State, c.Since, c.Reason, c.Message = api.RunWaiting, int64(s.Now), "", ""
	c.Restarts++
	c.BackOffs++
	s.pull(i)
}

// backOff is the pause before a restart that follows n quick ones.
func backOff(n int32) time.Duration {
	if n == 0 {
		return 0
	}
	return min(firstBackOff<<min(n-1, 10), mostBackOff)
}
