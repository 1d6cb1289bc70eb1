package kubelet

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// terminate stops the containers of a pod that is being deleted, each as fast as its program allows and at the latest when
// the grace period is over: first all but the sidecars, then those. It reports how they ended, and then removes the pod.
//
// Source: Kubernetes documentation, "Pod Lifecycle", termination of Pods.
func (s *sync) terminate() {
	if s.box == nil {
		s.removePod()
		return
	}
	// The moment is a whole second, so that it is the same whenever it is worked out.
	deadline := int64(s.pod.DeletionTimestamp-s.WallAt(0)) * int64(time.Second)
	s.stopAll(deadline)
	if s.alive() {
		s.writeBox()
		s.updateStatus()
		return
	}
	s.plan.Delete(s.boxID, s.box, "SandboxRemoved")
	if !s.reportEnd() {
		s.removePod()
	}
}

// alive tells whether a process of the pod still runs.
func (s *sync) alive() bool {
	for i := range s.box.Containers {
		if state := s.box.Containers[i].State; state == api.RunRunning || state == api.RunCreated {
			return true
		}
	}
	return false
}

// stopAll asks all containers to end by a deadline; the sidecars when the others have.
func (s *sync) stopAll(deadline int64) {
	others := false
	for i := range s.box.Containers {
		c := &s.box.Containers[i]
		others = others || c.State == api.RunRunning && !s.sidecar(c)
	}
	for i := range s.box.Containers {
		c := &s.box.Containers[i]
		switch {
		case c.State == api.RunPulling || c.State == api.RunPulled:
			c = s.touch(i, "Stopping")
			c.State, c.Until, c.Since = api.RunWaiting, 0, int64(s.Now)
		case c.State != api.RunRunning || others && s.sidecar(c):
		case !c.Stopping:
			s.stop(i, deadline, "Stopping container "+c.Name)
		case c.Until > deadline+int64(hookExtension):
			s.touch(i, "GraceShortened").Until = max(deadline, int64(s.Now), 1)
		}
	}
}

// hookExtension is what a container gets beyond its grace period when its preStop hook used all of it.
const hookExtension = 2 * time.Second

// stop runs the preStop hook of a container and then sends its process SIGTERM. One that does not react is killed at the
// deadline, and exits with 128+9.
func (s *sync) stop(i int, deadline int64, message string) {
	c := s.touch(i, "Stopping")
	spec := s.spec(c)
	b := s.catalog.In(s.pod, spec, c)
	hook := s.hook(spec, &b, true, time.Duration(int64(s.Now)-c.Since))
	c.Stopping = true
	s.event(api.EventNormal, "Killing", message, c.Name)
	if hook.Err != "" {
		s.event(api.EventWarning, "FailedPreStopHook", "PreStopHook failed", c.Name)
	}
	c.TermAt = int64(s.Now + hook.Takes)
	if hook.Takes > 0 && c.TermAt >= deadline {
		c.TermAt = max(deadline, int64(s.Now))
		deadline = c.TermAt + int64(hookExtension)
	}
	after, code, ends := b.Stop(time.Duration(c.TermAt - c.Since))
	end := c.TermAt + int64(after)
	if !ends || end > deadline {
		end, code = max(deadline, int64(s.Now)), 137
	}
	if c.Until == 0 || c.Until > end {
		c.Until, c.ExitCode, c.EndReason = max(end, 1), code, ""
	}
}

// grace is how long containers of the pod get to end.
func (s *sync) grace(own *int64) time.Duration {
	if own == nil {
		own = s.pod.Spec.TerminationGracePeriodSeconds
	}
	if own == nil {
		return 30 * time.Second
	}
	return time.Duration(max(*own, 1)) * time.Second
}

// hook is how a lifecycle hook ends: the one before the stop, or the one after the start.
func (s *sync) hook(spec *api.Container, b *workload.Behaviour, before bool, age time.Duration) workload.Result {
	if spec.Lifecycle == nil {
		return workload.Result{}
	}
	h := spec.Lifecycle.PostStart
	if before {
		h = spec.Lifecycle.PreStop
	}
	const most = time.Hour
	switch {
	case h == nil:
	case h.Sleep != nil:
		return workload.Result{Takes: time.Duration(h.Sleep.Seconds) * time.Second}
	case h.Exec != nil:
		r := b.Exec(h.Exec.Command, age, most)
		if r.Code == 0 || !r.Ended {
			r.Err = ""
		} else if r.Err == "" {
			r.Err = "failed"
		}
		return r
	case h.HTTPGet != nil:
		p := prober{sync: s, spec: spec}
		if a := b.Answer(p.port(h.HTTPGet.Port), h.HTTPGet.Path, age); a.Status >= 200 && a.Status < 400 {
			return workload.Result{Takes: a.Takes}
		}
		return workload.Result{Err: "failed"}
	}
	return workload.Result{}
}

// reportEnd says in the status how the containers of a pod that goes ended; false if that is said already.
func (s *sync) reportEnd() bool {
	if s.cut {
		return true
	}
	ran := false
	for i := range s.box.Containers {
		ran = ran || s.box.Containers[i].ContainerID != ""
	}
	if !ran {
		return false
	}
	before := len(s.plan.Ops)
	s.final = true
	s.updateStatus()
	return len(s.plan.Ops) > before
}

// removePod removes the pod from the API: nothing of it is left on the node. Finalizers of others keep it longer; that
// its grace period is over is then what remains to be said.
func (s *sync) removePod() {
	switch {
	case s.cut:
	case len(s.pod.Finalizers) == 0:
		s.plan.Delete(s.Key, s.pod, "Terminated")
	case s.pod.DeletionGracePeriodSeconds == nil || *s.pod.DeletionGracePeriodSeconds != 0:
		pod, zero := *s.pod, int64(0)
		pod.DeletionGracePeriodSeconds = &zero
		s.plan.Update(s.Key, &pod, "Terminated")
	}
}
