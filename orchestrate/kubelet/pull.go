package kubelet

import (
	"slices"
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// pull gets a container its image as its pull policy says.
func (s *sync) pull(i int) {
	spec := s.spec(&s.box.Containers[i])
	present := s.present(spec.Image)
	switch {
	case spec.ImagePullPolicy != api.PullAlways && present:
		c := s.touch(i, "ImagePresent")
		c.State, c.Since, c.Until = api.RunPulled, int64(s.Now), 0
		s.event("Normal", "Pulled", `Container image "`+spec.Image+`" already present on machine`, c.Name)
		s.start(i)
	case spec.ImagePullPolicy == api.PullNever:
		if c := &s.box.Containers[i]; c.Reason != "ErrImageNeverPull" {
			c = s.touch(i, "ErrImageNeverPull")
			c.Reason, c.Message = "ErrImageNeverPull", `Container image "`+spec.Image+`" is not present with pull policy of Never`
			s.event("Warning", "ErrImageNeverPull", c.Message, c.Name)
		}
	default:
		c := s.touch(i, "Pulling")
		image, _ := s.catalog.Find(spec.Image)
		c.State, c.Since, c.Reason, c.Message = api.RunPulling, int64(s.Now), "", ""
		c.PullBytes = image.Bytes()
		bytes := image.Bytes()
		if present {
			bytes = 0 // only the question whether it is still the newest
		}
		took := workload.PullTime(bytes)
		c.PullNanos, c.Until = int64(took), int64(s.Now+took)
		s.event("Normal", "Pulling", `Pulling image "`+spec.Image+`"`, c.Name)
	}
}

// present tells whether the node has the image already.
func (s *sync) present(ref string) bool {
	name := workload.Canonical(ref)
	return slices.ContainsFunc(s.node.Status.Images, func(im api.ContainerImage) bool { return slices.Contains(im.Names, name) })
}

// keepImage notes on the node, and in an Event, that a pull has ended.
func (s *sync) keepImage(c *api.ContainerRun) {
	if c.PullNanos == 0 {
		return
	}
	took := (time.Duration(c.PullNanos) / time.Millisecond * time.Millisecond).String()
	spec := s.spec(c)
	s.event("Normal", "Pulled", `Successfully pulled image "`+spec.Image+`" in `+took+" ("+took+" including waiting). Image size: "+
		strconv.FormatInt(c.PullBytes, 10)+" bytes.", c.Name)
	if !s.present(spec.Image) {
		name := workload.Canonical(spec.Image)
		have := s.images
		if have == nil {
			have = s.node.Status.Images
		}
		if !slices.ContainsFunc(have, func(im api.ContainerImage) bool { return slices.Contains(im.Names, name) }) {
			s.images = append(slices.Clone(have), api.ContainerImage{Names: []string{imageID(spec.Image), name}, SizeBytes: c.PullBytes})
		}
	}
	c.PullNanos = 0
}

// retryPull waits after a failed pull and tries again: 10 s, doubling to five minutes.
func (s *sync) retryPull(i int) {
	c := &s.box.Containers[i]
	wait := backOff(c.PullFailures)
	if c.Reason == "ErrImagePull" && int64(s.Now) >= c.Since+int64(time.Second) {
		c = s.touch(i, "ImagePullBackOff")
		spec := s.spec(c)
		c.Reason = "ImagePullBackOff"
		c.Message = `Back-off pulling image "` + spec.Image + `": ErrImagePull: ` + c.Message
		s.event("Normal", "BackOff", `Back-off pulling image "`+spec.Image+`"`, c.Name)
		s.event("Warning", "Failed", "Error: ImagePullBackOff", c.Name)
	}
	if due := time.Duration(c.Since) + wait; due > s.Now {
		if c.Reason == "ErrImagePull" {
			due = min(due, time.Duration(c.Since)+time.Second)
		}
		s.plan.Again(due - s.Now)
		return
	}
	s.pull(i)
}
