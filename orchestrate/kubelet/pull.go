package kubelet

import (
	"slices"
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// pull gets a container its image as its pull policy says.
func (s *sync) pull(i int) {
	spec := s.spec(&s.box.Containers[i])
	present := s.present(spec.Image)
	switch {
	case s.words.image(spec.Image).upper:
		s.invalidImage(i, spec.Image)
	case spec.ImagePullPolicy != api.PullAlways && present:
		c := s.touch(i, "ImagePresent")
		c.State, c.Since, c.Until = api.RunPulled, int64(s.Now), 0
		s.event(api.EventNormal, "Pulled", s.words.image(spec.Image).present, c.Name)
		s.start(i)
	case spec.ImagePullPolicy == api.PullNever:
		if c := &s.box.Containers[i]; c.Reason != api.ReasonErrImageNeverPull {
			c = s.touch(i, api.ReasonErrImageNeverPull)
			c.Reason, c.Message = api.ReasonErrImageNeverPull, `Container image "`+spec.Image+`" is not present with pull policy of Never`
			s.event(api.EventWarning, api.ReasonErrImageNeverPull, c.Message, c.Name)
			s.event(api.EventWarning, "Failed", "Error: "+api.ReasonErrImageNeverPull, c.Name)
		}
	default:
		s.beginPull(i, spec, present)
	}
}

func (s *sync) invalidImage(i int, ref string) {
	c := &s.box.Containers[i]
	if c.Reason == api.ReasonInvalidImageName {
		return
	}
	repository, _ := workload.Split(ref)
	c = s.touch(i, api.ReasonInvalidImageName)
	c.Reason = api.ReasonInvalidImageName
	c.Message = `Failed to apply default image tag "` + ref + `": couldn't parse image name "` + ref + `": invalid reference format: repository name (library/` + repository + `) must be lowercase`
	s.event(api.EventWarning, "InspectFailed", c.Message, c.Name)
	s.event(api.EventWarning, "Failed", "Error: "+api.ReasonInvalidImageName, c.Name)
}

// beginPull puts a pull at the end of the node's queue: a node pulls one image at a time.
//
// Source: Kubernetes documentation, "Images", serial and parallel image pulls; serializeImagePulls is true by default.
func (s *sync) beginPull(i int, spec *api.Container, present bool) {
	image, known := s.catalog.Find(spec.Image)
	free, queued := s.pullsBefore(i)
	took := workload.Resolve
	switch {
	case outage(s.Snapshot, spec.Image) == api.RegistryDown:
		took = workload.Timeout
	case known && !present:
		took = workload.PullTime(s.catalog.Missing(image, func(layer string) bool { return s.hasLayer(layer, queued) }))
	}
	c := s.touch(i, "Pulling")
	c.State, c.Since, c.Reason, c.Message = api.RunPulling, int64(s.Now), "", ""
	c.PullBytes = image.Bytes()
	c.Until = max(free, int64(s.Now)) + int64(took)
	c.PullNanos, c.PullTotal = int64(took), c.Until-int64(s.Now)
	s.event(api.EventNormal, "Pulling", s.words.image(spec.Image).pulling, c.Name)
}

// pullsBefore is when the node is done with the pulls it has to do first, and of which images; the list is valid until the next call.
func (s *sync) pullsBefore(i int) (free int64, images []string) {
	images = s.words.queued[:0]
	look := func(box *api.Sandbox) {
		for j := range box.Containers {
			if c := &box.Containers[j]; c.State == api.RunPulling && c.Until > int64(s.Now) {
				free = max(free, c.Until)
				images = append(images, c.Image)
			}
		}
	}
	for id, o := range s.Here.OnNode(api.KindSandbox, s.nodeID) {
		if box, ok := o.(*api.Sandbox); ok && id != s.boxID {
			look(box)
		}
	}
	look(s.box)
	s.words.queued = images
	return free, images
}

// hasLayer tells whether the node has a layer, or will have it by the time a pull begins.
func (s *sync) hasLayer(layer string, queued []string) bool {
	in := func(ref string) bool {
		image, ok := s.catalog.Find(ref)
		return ok && slices.ContainsFunc(image.Layers, func(l workload.Layer) bool { return l.Name == layer })
	}
	return slices.ContainsFunc(queued, in) || slices.ContainsFunc(s.node.Status.Images, func(im api.ContainerImage) bool {
		return len(im.Names) > 0 && in(im.Names[len(im.Names)-1])
	})
}

// outage is the fault because of which an image cannot be pulled; "" if there is none.
func outage(sn store.Snapshot, ref string) string {
	if !sn.Any(api.KindFault) {
		return ""
	}
	if _, _, gone := sn.Get(api.KindFault, api.ImageMissing, workload.Canonical(ref)); gone {
		return api.ImageMissing
	}
	for _, registry := range []string{api.AllTargets, workload.Registry(ref)} {
		if _, _, down := sn.Get(api.KindFault, api.RegistryDown, registry); down {
			return api.RegistryDown
		}
	}
	return ""
}

// present tells whether the node has the image already.
func (s *sync) present(ref string) bool {
	if len(s.node.Status.Images) == 0 {
		return false
	}
	name := s.words.image(ref).name
	return slices.ContainsFunc(s.node.Status.Images, func(im api.ContainerImage) bool { return slices.Contains(im.Names, name) })
}

// keepImage notes on the node, and in an Event, that a pull has ended.
func (s *sync) keepImage(c *api.ContainerRun) {
	if c.PullNanos == 0 {
		return
	}
	spec := s.spec(c)
	s.event(api.EventNormal, "Pulled", `Successfully pulled image "`+spec.Image+`" in `+millis(c.PullNanos)+" ("+millis(c.PullTotal)+" including waiting). Image size: "+
		strconv.FormatInt(c.PullBytes, 10)+" bytes.", c.Name)
	c.PullNanos = 0
	if s.present(spec.Image) {
		return
	}
	image := s.words.image(spec.Image)
	have := s.images
	if have == nil {
		have = s.node.Status.Images
	}
	if !slices.ContainsFunc(have, func(im api.ContainerImage) bool { return slices.Contains(im.Names, image.name) }) {
		s.images = append(have[:len(have):len(have)], api.ContainerImage{Names: []string{image.id, image.name}, SizeBytes: c.PullBytes})
	}
}

// millis is a number of nanoseconds as a duration without what is smaller than a millisecond.
func millis(n int64) string { return time.Duration(n).Truncate(time.Millisecond).String() }

// retryPull reports a failed pull, waits and tries again: 10 s, doubling to five minutes.
func (s *sync) retryPull(i int) {
	c := &s.box.Containers[i]
	spec := s.spec(c)
	if c.Reason == "" {
		c = s.touch(i, api.ReasonErrImagePull)
		c.Reason = api.ReasonErrImagePull
		s.event(api.EventWarning, "Failed", `Failed to pull image "`+spec.Image+`": `+c.Message, c.Name)
		s.event(api.EventWarning, "Failed", "Error: "+api.ReasonErrImagePull, c.Name)
	}
	if c.Reason == api.ReasonErrImagePull && int64(s.Now) >= c.Since+int64(noticeTime) {
		c = s.touch(i, api.ReasonImagePullBackOff)
		c.Reason = api.ReasonImagePullBackOff
		c.Message = `Back-off pulling image "` + spec.Image + `": ErrImagePull: ` + c.Message
		s.event(api.EventNormal, "BackOff", `Back-off pulling image "`+spec.Image+`"`, c.Name)
		s.event(api.EventWarning, "Failed", "Error: "+api.ReasonImagePullBackOff, c.Name)
	}
	due := time.Duration(c.Since) + backOff(c.PullFailures)
	if due <= s.Now {
		s.pull(i)
		return
	}
	if c.Reason == api.ReasonErrImagePull {
		due = min(due, time.Duration(c.Since)+noticeTime)
	}
	s.plan.Again(due - s.Now)
}
