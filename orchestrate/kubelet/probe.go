package kubelet

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// probe asks a running container what its probes ask, as far as it is due, and plans to come back when an answer can change
// something. A container that goes on answering the same is not asked again: what the questions in between would have
// found is worked out when somebody looks.
func (s *sync) probe(i int) {
	c := &s.box.Containers[i]
	spec := s.spec(c)
	if c.Stopping || spec.StartupProbe == nil && spec.ReadinessProbe == nil && spec.LivenessProbe == nil {
		return
	}
	p := prober{sync: s, i: i, spec: spec, b: s.catalog.In(s.pod, spec, c)}
	if !c.Started {
		p.startup()
	}
	if c = &s.box.Containers[i]; c.Started && !c.Stopping {
		p.readiness()
		p.liveness()
	}
}

// prober asks one container.
type prober struct {
	*sync
	i    int
	spec *api.Container
	b    workload.Behaviour
}

func (p *prober) startup() {
	probe := p.spec.StartupProbe
	switch p.ask("Startup", probe, func(c *api.ContainerRun) *api.ProbeRun { return &c.Startup }, false) {
	case succeeded:
		c := p.touch(p.i, "StartupProbeSucceeded")
		c.Started = true
		c.Ready = p.spec.ReadinessProbe == nil
	case failed:
		p.kill("startup", probe)
	}
}

func (p *prober) readiness() {
	if p.spec.ReadinessProbe == nil {
		return
	}
	ready := p.box.Containers[p.i].Ready
	switch p.ask("Readiness", p.spec.ReadinessProbe, func(c *api.ContainerRun) *api.ProbeRun { return &c.Readiness }, ready) {
	case succeeded:
		if !ready {
			p.touch(p.i, "ReadinessProbeSucceeded").Ready = true
		}
	case failed:
		if ready {
			p.touch(p.i, "ReadinessProbeFailed").Ready = false
		}
	}
}

func (p *prober) liveness() {
	if p.spec.LivenessProbe == nil {
		return
	}
	if p.ask("Liveness", p.spec.LivenessProbe, func(c *api.ContainerRun) *api.ProbeRun { return &c.Liveness }, true) == failed {
		p.kill("liveness", p.spec.LivenessProbe)
	}
}

// kill stops a container whose probe has failed too often, so that it is started again.
func (p *prober) kill(which string, probe *api.Probe) {
	c := &p.box.Containers[p.i]
	message := "Container " + c.Name + " failed " + which + " probe"
	if p.pod.Spec.RestartPolicy != api.RestartNever || p.sidecar(c) {
		message += ", will be restarted"
	}
	p.stop(p.i, int64(p.Now)+int64(p.grace(probe.TerminationGracePeriodSeconds)), message)
}

type verdict uint8

const (
	undecided verdict = iota
	succeeded
	failed
)

// ask carries out the probes that are due and says what they have come to. well tells how things stand: if a success
// changes nothing, the next moment of interest is when the answer may change.
func (p *prober) ask(kind string, probe *api.Probe, of func(*api.ContainerRun) *api.ProbeRun, well bool) verdict {
	c := &p.box.Containers[p.i]
	run := *of(c)
	period := int64(max(probe.PeriodSeconds, 1)) * int64(time.Second)
	if run.Next == 0 {
		run.Next = p.first(c, probe, kind)
	}
	v := undecided
	dirty := false
	for run.Next <= int64(p.Now) && v != failed {
		p.skip(c, probe, &run, period, well)
		ok, why := p.answer(probe, run.Next)
		run.Next += period
		if ok {
			run.Successes, run.Failures = min(run.Successes+1, threshold(probe.SuccessThreshold, 1)), 0
		} else {
			run.Successes, run.Failures = 0, run.Failures+1
			p.complain(kind, why)
		}
		dirty = dirty || !ok || !well
		switch {
		case run.Successes >= threshold(probe.SuccessThreshold, 1):
			v = succeeded
		case run.Failures >= threshold(probe.FailureThreshold, 3):
			v = failed
		}
	}
	if dirty {
		*of(p.touch(p.i, "Probed")) = run
	}
	p.comeBack(probe, run, period, well || v == succeeded)
	return v
}

// first is when a probe asks first: when its initial delay is over, and a second later, since a kubelet asks by its own
// clock. The other probes begin when the startup probe has succeeded.
func (p *prober) first(c *api.ContainerRun, probe *api.Probe, kind string) int64 {
	at := c.Since + int64(probe.InitialDelaySeconds)*int64(time.Second) + int64(noticeTime)
	if p.spec.StartupProbe != nil && kind != "Startup" {
		at = max(at, int64(p.Now))
	}
	return at
}

// skip leaves out questions whose answer is known: while nothing changes, all is as well as it was. What was not asked in
// time while things were not well, because the kubelet did not run, is not asked any more.
func (p *prober) skip(c *api.ContainerRun, probe *api.Probe, run *api.ProbeRun, period int64, well bool) {
	until := int64(p.Now)
	if !well {
		run.Next += (until - run.Next) / period * period
		return
	}
	if at, ok := p.b.Change(time.Duration(run.Next - c.Since)); ok {
		until = min(until, c.Since+int64(at)-1)
	}
	if n := (until - run.Next) / period; n > 0 {
		if ok, _ := p.answer(probe, run.Next); ok {
			run.Next += n * period
			run.Failures = 0
		}
	}
}

// quietAfter is how many failed probes of one container are watched one by one. Of those after them upstream, too, tells nobody.
const quietAfter = 30

// comeBack plans the next look.
func (p *prober) comeBack(probe *api.Probe, run api.ProbeRun, period int64, well bool) {
	c := &p.box.Containers[p.i]
	at := run.Next
	if ok, _ := p.answer(probe, at); ok == well && (ok || c.Complaints >= quietAfter) {
		change, changes := p.b.Change(time.Duration(max(at-c.Since, 0)))
		if !changes {
			return
		}
		if late := c.Since + int64(change) - at; late > 0 {
			at += (late + period - 1) / period * period
		}
	}
	p.plan.Again(time.Duration(at) - p.Now)
}

func threshold(n, otherwise int32) int32 {
	if n <= 0 {
		return otherwise
	}
	return n
}

// complain reports a failed probe.
func (p *prober) complain(kind, why string) {
	c := p.touch(p.i, "ProbeFailed")
	c.Complaints++
	p.event(api.EventWarning, "Unhealthy", kind+" probe failed: "+why, c.Name)
}
