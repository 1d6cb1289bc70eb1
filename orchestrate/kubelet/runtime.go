package kubelet

import (
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// Runtime is the machine under the kubelet: what was begun comes to its end by itself.
type Runtime struct {
	catalog *workload.Catalog
}

// NewRuntime is a machine on which the images of this catalog can be pulled.
func NewRuntime(c *workload.Catalog) *Runtime {
	return &Runtime{catalog: c}
}

// Describe says who the runtime is.
func (r *Runtime) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    "containerd",
		Doc:     "carries out what the kubelet began: pulls end, processes start and exit",
		Watches: api.KindsOf(api.KindSandbox, api.KindFault),
		Reads:   api.KindsOf(api.KindSandbox, api.KindFault),
		Writes:  api.KindsOf(api.KindSandbox),
		Near:    true,
	}
}

// Route wakes the runtime for every sandbox that changed, and for all of a machine that went down or came up.
func (r *Runtime) Route(c store.Change, sn store.Snapshot, enqueue func(reconcile.Key)) {
	if f, ok := c.Object().(*api.Fault); ok {
		routeFault(f, sn, []api.Kind{api.KindSandbox}, enqueue)
	} else if c.New != nil {
		enqueue(c.ID)
	}
}

// Reconcile ends what is due in one sandbox, and asks to come back for what is due later.
func (r *Runtime) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	box, ok := o.(*api.Sandbox)
	if !ok {
		return
	}
	plan.Local = true
	if machineOf(in.Snapshot, box.Node).off {
		if !box.Dead {
			plan.Update(in.Key, powerless(box, in), "PowerLost")
		}
		return
	}
	var next *api.Sandbox
	reason := ""
	for i := range box.Containers {
		c := &box.Containers[i]
		if c.Until == 0 {
			continue
		}
		if c.Until > int64(in.Now) {
			plan.Again(time.Duration(c.Until) - in.Now)
			continue
		}
		if next == nil {
			next = box.Copy()
		}
		reason = r.end(&next.Containers[i], in)
	}
	if next != nil {
		plan.Update(in.Key, next, reason)
	}
}

// powerless is a sandbox whose machine went off: its processes are gone, and how they ended nobody saw.
func powerless(box *api.Sandbox, in reconcile.Input) *api.Sandbox {
	next := box.Copy()
	next.Dead = true
	for i := range next.Containers {
		c := &next.Containers[i]
		c.Until = 0
		switch c.State {
		case api.RunRunning:
			Crash(c, in.Now, in.Wall, 255, "Unknown")
		case api.RunPulling, api.RunPulled, api.RunCreated:
			c.State, c.Since = api.RunWaiting, int64(in.Now)
		}
	}
	return next
}

// Crash ends a run here and now.
func Crash(c *api.ContainerRun, now time.Duration, wall api.Time, code int32, reason string) {
	if int64(now)-c.Since >= int64(goodRun) {
		c.BackOffs = 0
	}
	c.State, c.Since, c.Until, c.FinishedAt = api.RunExited, int64(now), 0, wall
	c.ExitCode, c.Reason, c.EndReason, c.Stopping, c.Ready = code, reason, "", false, false
}

// end lets one container reach the end of its state, and says in a word what happened.
func (r *Runtime) end(c *api.ContainerRun, in reconcile.Input) string {
	switch c.State {
	case api.RunPulling:
		c.Since, c.Until = int64(in.Now), 0
		if problem := r.pullProblem(in.Snapshot, c.Image); problem != "" {
			c.State, c.Reason, c.Message = api.RunPullFailed, "", problem
			c.PullFailures++
			c.PullNanos = 0
			return "PullFailed"
		}
		c.State, c.PullFailures = api.RunPulled, 0
		return "Pulled"
	case api.RunCreated:
		c.Since, c.Until = c.Until, 0 // to the nanosecond, so that the program's age is right
		c.State, c.StartedAt, c.FinishedAt = api.RunRunning, in.Wall, 0
		if c.Runs >= 0 {
			c.Until = max(c.Since+c.Runs, 1)
		}
		return "Started"
	case api.RunRunning:
		reason := c.EndReason
		if reason == "" {
			reason = api.ReasonCompleted
			if c.ExitCode != 0 {
				reason = api.ReasonError
			}
		}
		Crash(c, in.Now, in.Wall, c.ExitCode, reason)
		return "Exited"
	}
	c.Until = 0
	return "Unchanged"
}

// pullProblem is why an image cannot be pulled, as a runtime says it; "" if it can.
func (r *Runtime) pullProblem(sn store.Snapshot, ref string) string {
	fault := outage(sn, ref)
	_, found := r.catalog.Find(ref)
	if found && fault == "" {
		return ""
	}
	name := workload.Canonical(ref)
	could := `failed to pull and unpack image "` + name + `": failed to resolve reference "` + name + `": `
	switch {
	case fault == api.RegistryDown:
		host, path, _ := strings.Cut(strings.TrimSuffix(name, name[strings.LastIndexByte(name, ':'):]), "/")
		if host == "docker.io" {
			host = "registry-1.docker.io"
		}
		return could + `failed to do request: Head "https://` + host + "/v2/" + path + "/manifests/" + name[strings.LastIndexByte(name, ':')+1:] + `": net/http: TLS handshake timeout`
	case !found && !r.catalog.Known(ref) && workload.Registry(ref) == "docker.io":
		return could + "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed"
	}
	return "rpc error: code = NotFound desc = " + could + name + ": not found"
}
