package kubelet

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// createSandbox gives the pod its address and a place for each container.
func (s *sync) createSandbox() {
	if problem := s.volumes(); problem != "" {
		s.event(api.EventWarning, "FailedMount", problem, "")
		s.plan.Again(retryAfter)
		return
	}
	index := s.freeIP()
	if index < 0 {
		s.event(api.EventWarning, "FailedCreatePodSandBox", "Failed to create pod sandbox: no IP address is left in "+s.node.Spec.PodCIDR, "")
		s.plan.Again(retryAfter)
		return
	}
	box := &api.Sandbox{
		ObjectMeta: api.ObjectMeta{
			Namespace: s.pod.Namespace, Name: string(s.pod.UID),
			OwnerReferences: []api.OwnerReference{{APIVersion: "v1", Kind: "Pod", Name: s.pod.Name, UID: s.pod.UID}},
		},
		Node: s.node.Name, PodUID: s.pod.UID,
		Containers: make([]api.ContainerRun, 0, len(s.pod.Spec.InitContainers)+len(s.pod.Spec.Containers)),
	}
	s.place(box, index)
	add := func(c *api.Container, init bool) {
		box.Containers = append(box.Containers, api.ContainerRun{Name: c.Name, Image: c.Image, Init: init, State: api.RunWaiting, Since: int64(s.Now)})
	}
	for i := range s.pod.Spec.InitContainers {
		add(&s.pod.Spec.InitContainers[i], true)
	}
	for i := range s.pod.Spec.Containers {
		add(&s.pod.Spec.Containers[i], false)
	}
	s.plan.Create(box, "SandboxCreated")
	s.box = box
	s.updateStatus()
}

// place gives a sandbox its address.
func (s *sync) place(box *api.Sandbox, index int) {
	box.IPIndex, box.IP = int32(index), addressIn(s.node.Spec.PodCIDR, index)
	if s.pod.Spec.HostNetwork {
		box.IP = internalIP(s.node)
	}
}

// revive gives a pod a new sandbox whose old one died with the machine. Init containers run again; containers that ended for
// good have ended.
func (s *sync) revive() {
	index := s.freeIP()
	if index < 0 || !s.restartable() {
		s.updateStatus()
		return
	}
	for i := range s.box.Containers {
		c := s.touch(i, "SandboxChanged")
		if !c.Init && c.State == api.RunExited && !s.restarts(c) {
			continue
		}
		if c.State == api.RunExited && c.ContainerID != "" {
			c.Last = ending(c)
			if !c.Init {
				c.Restarts++
			}
		}
		again := api.ContainerRun{Name: c.Name, Image: c.Image, Init: c.Init, Since: int64(s.Now), ContainerID: c.ContainerID, ImageID: c.ImageID, Restarts: c.Restarts, Last: c.Last}
		*c = again
	}
	s.place(s.box, index)
	s.box.Dead = false
	s.event(api.EventNormal, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.", "")
	s.writeBox()
	s.updateStatus()
}

// restartable tells whether some container of the pod is to run again.
func (s *sync) restartable() bool {
	for i := range s.box.Containers {
		if c := &s.box.Containers[i]; c.State != api.RunExited || !c.Init && s.restarts(c) {
			return true
		}
	}
	return false
}

// deadline fails a pod that has run for longer than it may.
func (s *sync) deadline() {
	most := s.pod.Spec.ActiveDeadlineSeconds
	if most == nil || s.pod.Status.StartTime == 0 || s.cut || s.pod.Status.Phase == api.PodSucceeded || s.pod.Status.Phase == api.PodFailed {
		return
	}
	if left := s.pod.Status.StartTime + api.Time(*most) - s.Wall; left > 0 {
		s.plan.Again(time.Duration(left) * time.Second)
		return
	}
	const message = "Pod was active on the node longer than the specified deadline"
	s.event(api.EventNormal, api.ReasonDeadlineExceeded, message, "")
	s.fail(api.ReasonDeadlineExceeded, message)
	s.stopAll(int64(s.Now) + int64(s.grace(nil)))
}

// fail makes the pod one that has failed, whatever its containers say.
func (s *sync) fail(reason, message string) {
	pod := *s.pod
	pod.Status.Phase, pod.Status.Reason, pod.Status.Message = api.PodFailed, reason, message
	s.pod = &pod
}
