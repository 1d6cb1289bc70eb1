package kubectl

import (
	"cmp"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// containers writes a group of containers and how each is.
func (d *description) containers(title string, p *api.Pod, list []api.Container, statuses []api.ContainerStatus) {
	if len(list) == 0 {
		d.line(0, "%s%s: <none>", d.space, title)
	} else {
		d.line(0, "%s%s:", d.space, title)
	}
	for i := range list {
		c := &list[i]
		at := slices.IndexFunc(statuses, func(s api.ContainerStatus) bool { return s.Name == c.Name })
		var status *api.ContainerStatus
		if at >= 0 {
			status = &statuses[at]
		}
		d.containerHead(c, status)
		d.lines("Command", c.Command)
		d.lines("Args", c.Args)
		if status != nil {
			d.containerStatus(status)
		}
		d.resources(2, "Limits", c.Resources.Limits)
		d.resources(2, "Requests", c.Resources.Requests)
		d.probe("Liveness", c.LivenessProbe)
		d.probe("Readiness", c.ReadinessProbe)
		d.probe("Startup", c.StartupProbe)
		d.environmentFrom(c)
		d.environment(p, c)
		d.mounts(c)
	}
}

// nested is the name of a part; in a template it stands one space further in.
func (d *description) nested(name string) string {
	if d.space != "" {
		return " " + name
	}
	return name
}

func (d *description) containerHead(c *api.Container, status *api.ContainerStatus) {
	d.line(1, "%s:", d.nested(c.Name))
	if status != nil {
		d.line(2, "Container ID:\t%s", status.ContainerID)
	}
	d.line(2, "Image:\t%s", c.Image)
	if status != nil {
		d.line(2, "Image ID:\t%s", status.ImageID)
	}
	d.ports("Port", c.Ports, func(p api.ContainerPort) int32 { return p.ContainerPort })
	d.ports("Host Port", c.Ports, func(p api.ContainerPort) int32 { return p.HostPort })
	if c.SecurityContext != nil {
		d.seccomp(2, c.SecurityContext.SeccompProfile)
	}
}

func (d *description) ports(title string, ports []api.ContainerPort, number func(api.ContainerPort) int32) {
	var list []string
	for _, p := range ports {
		text := fmt.Sprintf("%d/%s", number(p), p.Protocol)
		if p.Name != "" {
			text += " (" + p.Name + ")"
		}
		list = append(list, text)
	}
	if len(list) > 1 {
		title += "s"
	}
	d.line(2, "%s:\t%s", title, cmp.Or(strings.Join(list, ", "), "<none>"))
}

// lines writes a title and below it each line of each word.
func (d *description) lines(title string, words []string) {
	if len(words) == 0 {
		return
	}
	d.line(2, "%s:", title)
	for _, w := range words {
		for part := range strings.SplitSeq(w, "\n") {
			d.line(3, "%s", part)
		}
	}
}

func (d *description) containerStatus(s *api.ContainerStatus) {
	d.containerState("State", s.State)
	if s.LastTerminationState.Terminated != nil {
		d.containerState("Last State", s.LastTerminationState)
	}
	d.line(2, "Ready:\t%s", yes(s.Ready))
	d.line(2, "Restart Count:\t%d", s.RestartCount)
}

func (d *description) containerState(title string, s api.ContainerState) {
	switch {
	case s.Running != nil:
		d.line(2, "%s:\tRunning", title)
		d.line(3, "Started:\t%s", d.stamp(s.Running.StartedAt))
	case s.Terminated != nil:
		d.line(2, "%s:\tTerminated", title)
		d.terminated(s.Terminated)
	default:
		d.line(2, "%s:\tWaiting", title)
		if s.Waiting != nil && s.Waiting.Reason != "" {
			d.line(3, "Reason:\t%s", s.Waiting.Reason)
		}
	}
}

func (d *description) terminated(t *api.ContainerStateTerminated) {
	if t.Reason != "" {
		d.line(3, "Reason:\t%s", t.Reason)
	}
	if t.Message != "" {
		d.line(3, "Message:\t%s", t.Message)
	}
	d.line(3, "Exit Code:\t%d", t.ExitCode)
	if t.Signal > 0 {
		d.line(3, "Signal:\t%d", t.Signal)
	}
	d.line(3, "Started:\t%s", d.stamp(t.StartedAt))
	d.line(3, "Finished:\t%s", d.stamp(t.FinishedAt))
}

func (d *description) probe(title string, p *api.Probe) {
	if p == nil {
		return
	}
	how := "unknown"
	switch {
	case p.Exec != nil:
		how = fmt.Sprintf("exec %v", p.Exec.Command)
	case p.HTTPGet != nil:
		path := p.HTTPGet.Path
		if path != "" && path[0] != '/' {
			path = "/" + path
		}
		how = fmt.Sprintf("http-get %s://%s:%s%s", strings.ToLower(string(p.HTTPGet.Scheme)), p.HTTPGet.Host, p.HTTPGet.Port, path)
	case p.TCPSocket != nil:
		how = fmt.Sprintf("tcp-socket %s:%s", p.TCPSocket.Host, p.TCPSocket.Port)
	case p.GRPC != nil:
		service := ""
		if p.GRPC.Service != nil {
			service = *p.GRPC.Service
		}
		how = fmt.Sprintf("grpc <pod>:%d %s", p.GRPC.Port, service)
	}
	d.line(2, "%s:\t%s delay=%ds timeout=%ds period=%ds successThreshold=%d failureThreshold=%d", title, how,
		p.InitialDelaySeconds, p.TimeoutSeconds, p.PeriodSeconds, p.SuccessThreshold, p.FailureThreshold)
}

func (d *description) mounts(c *api.Container) {
	none := ""
	if len(c.VolumeMounts) == 0 {
		none = "\t<none>"
	}
	d.line(2, "Mounts:%s", none)
	if len(c.VolumeMounts) > 0 {
		d.again(saidMounts, &c.VolumeMounts[0], len(c.VolumeMounts), func() { d.mounted(c.VolumeMounts) })
	}
	for i, dev := range c.VolumeDevices {
		if i == 0 {
			d.line(2, "Devices:%s", none)
		}
		d.line(3, "%s from %s", dev.DevicePath, dev.Name)
	}
}

func (d *description) mounted(list []api.VolumeMount) {
	sorted := sorting.Copy(list, func(a, b api.VolumeMount) int {
		return cmp.Compare(a.MountPath, b.MountPath)
	})
	for _, m := range sorted {
		flags := "rw"
		if m.ReadOnly {
			flags = "ro"
		}
		if m.SubPath != "" {
			flags += fmt.Sprintf(",path=%q", m.SubPath)
		}
		d.line(3, "%s from %s (%s)", m.MountPath, m.Name, flags)
	}
}
