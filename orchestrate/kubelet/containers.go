package kubelet

import (
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

const (
	// createTime is how long a runtime takes from the order to the running process.
	createTime = 60 * time.Millisecond
	// noticeTime is how long it takes until a kubelet has noticed, and reported, that something ended.
	//
	// Source: k8s.io/kubernetes, pkg/kubelet, genericPlegRelistPeriod.
	noticeTime = time.Second
	// retryAfter is when a kubelet tries again what it could not do.
	//
	// Source: k8s.io/kubernetes, pkg/kubelet, backOffPeriod.
	retryAfter = 10 * time.Second
)

// syncContainers takes each container that may go on a step further: the init containers one after another, then all
// others together. A sidecar, which is an init container that is always restarted, lets the next begin once it has started.
func (s *sync) syncContainers() {
	for i := range s.box.Containers {
		c := &s.box.Containers[i]
		switch {
		case !c.Init:
			s.syncContainer(i)
		case s.sidecar(c):
			if s.done() {
				s.finish(i)
				continue
			}
			s.syncContainer(i)
			if c := &s.box.Containers[i]; !s.begun() && (c.State != api.RunRunning || !c.Started) {
				return
			}
		case c.State == api.RunExited && c.ExitCode == 0 || s.begun():
		default:
			if c.State != api.RunExited || s.restarts(c) {
				s.syncContainer(i)
			}
			return // the rest waits for it
		}
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
	case api.RunRunning:
		s.probe(i)
	case api.RunExited:
		if s.restarts(c) {
			s.restart(i)
		}
	}
}

// spec is what the pod says of a container.
func (s *sync) spec(c *api.ContainerRun) *api.Container {
	if spec := workload.SpecOf(s.pod, c); spec != nil {
		return spec
	}
	return &api.Container{}
}

// sidecar tells whether an init container runs on beside the others.
func (s *sync) sidecar(c *api.ContainerRun) bool {
	if !c.Init {
		return false
	}
	policy := s.spec(c).RestartPolicy
	return policy != nil && *policy == api.RestartAlways
}

// begun tells whether the pod is past its init containers: one of the others has run, or tries to.
func (s *sync) begun() bool {
	for i := range s.box.Containers {
		if c := &s.box.Containers[i]; !c.Init && (c.State != api.RunWaiting || c.Last != nil) {
			return true
		}
	}
	return false
}

// done tells whether all containers but the sidecars have ended for good.
func (s *sync) done() bool {
	for i := range s.box.Containers {
		if c := &s.box.Containers[i]; !c.Init && (c.State != api.RunExited || s.restarts(c)) {
			return false
		}
	}
	return true
}

// finish stops a sidecar that nothing needs any more.
func (s *sync) finish(i int) {
	if c := &s.box.Containers[i]; c.State == api.RunRunning && !c.Stopping {
		s.stop(i, int64(s.Now)+int64(s.grace(nil)), "Stopping container "+c.Name)
	}
}

// start creates the container and starts its process, or says why that is impossible.
func (s *sync) start(i int) {
	spec := s.spec(&s.box.Containers[i])
	env, problem := s.environment(spec)
	if problem != "" {
		s.misconfigured(i, problem)
		return
	}
	c := s.touch(i, "ContainerCreated")
	s.keepImage(c)
	c.ContainerID = s.hex("containerd://", 64)
	c.ImageID = s.words.image(spec.Image).id
	c.Reason, c.Message, c.Env = "", "", env
	s.event(api.EventNormal, "Created", "Container created", c.Name)
	b := s.catalog.Of(s.pod, spec, c)
	if b.StartError != "" {
		message := "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: " + b.StartError
		c.State, c.Since, c.Until, c.ExitCode = api.RunExited, int64(s.Now), 0, 128
		c.StartedAt, c.FinishedAt, c.Reason, c.Message = 0, s.Wall, "StartError", message
		s.event(api.EventWarning, "Failed", "Error: "+message, c.Name)
		return
	}
	s.foresee(c, spec, &b)
	c.State, c.Since, c.Until = api.RunCreated, int64(s.Now), int64(s.Now+createTime+s.hook(spec, &b, false, 0).Takes)
	c.Started = spec.StartupProbe == nil
	c.Ready = c.Started && spec.ReadinessProbe == nil
	c.Startup, c.Readiness, c.Liveness, c.Complaints, c.TermAt, c.Files = api.ProbeRun{}, api.ProbeRun{}, api.ProbeRun{}, 0, 0, nil
}

// foresee notes when the program will end by itself and how: also by taking more memory than it may.
func (s *sync) foresee(c *api.ContainerRun, spec *api.Container, b *workload.Behaviour) {
	runs, code, ends := b.End()
	c.ExitCode, c.Runs, c.EndReason = code, int64(runs), ""
	if !ends {
		c.Runs = -1
	}
	limit, limited := spec.Resources.Limits[api.ResourceMemory]
	if !limited {
		return
	}
	if at, ok := b.Fills(limit.Value()); ok && (c.Runs < 0 || int64(at) < c.Runs) {
		c.ExitCode, c.Runs, c.EndReason = 137, int64(at), api.ReasonOOMKilled
	}
}

// misconfigured says that a container cannot be made from what it names.
func (s *sync) misconfigured(i int, problem string) {
	s.plan.Again(retryAfter)
	if c := &s.box.Containers[i]; c.Reason != api.ReasonCreateContainerConfig || c.Message != problem {
		c = s.touch(i, api.ReasonCreateContainerConfig)
		s.keepImage(c)
		c.Reason, c.Message = api.ReasonCreateContainerConfig, problem
		s.event(api.EventWarning, "Failed", "Error: "+problem, c.Name)
	}
}

// hex is a text and n random hexadecimal digits.
func (s *sync) hex(before string, n int) string {
	var buf [96]byte
	b := append(buf[:0], before...)
	for n += len(b); len(b) < n; {
		b = strconv.AppendUint(b, s.Rand.Uint64()|1<<63, 16)
	}
	return string(b[:n])
}
