package kubelet

import (
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
func NewRuntime(c *workload.Catalog) *Runtime { return &Runtime{catalog: c} }

// Describe says who the runtime is.
func (r *Runtime) Describe() reconcile.Description {
	return reconcile.Description{
		Name:    "containerd",
		Doc:     "carries out what the kubelet began: pulls end, processes start and exit",
		Watches: api.KindsOf(api.KindSandbox),
		Reads:   api.KindsOf(api.KindSandbox),
		Writes:  api.KindsOf(api.KindSandbox),
	}
}

// Route wakes the runtime for every sandbox that changed.
func (r *Runtime) Route(c store.Change, _ store.Snapshot, enqueue func(reconcile.Key)) {
	if c.New != nil {
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
	plan.Actor = "containerd " + box.Node
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
			copied := *box
			copied.Containers = append([]api.ContainerRun(nil), box.Containers...)
			next = &copied
		}
		reason = r.end(&next.Containers[i], in)
	}
	if next != nil {
		plan.Update(in.Key, next, reason)
	}
}

// end lets one container reach the end of its state, and says in a word what happened.
func (r *Runtime) end(c *api.ContainerRun, in reconcile.Input) string {
	began := c.Since
	c.Since, c.Until = int64(in.Now), 0
	switch c.State {
	case api.RunPulling:
		if _, ok := r.catalog.Find(c.Image); !ok {
			name := workload.Canonical(c.Image)
			c.State, c.Reason = api.RunPullFailed, "ErrImagePull"
			c.Message = `failed to pull and unpack image "` + name + `": failed to resolve reference "` + name +
				`": pull access denied, repository does not exist or may require authorization`
			c.PullFailures++
			c.PullNanos = 0
			return "PullFailed"
		}
		c.State, c.PullFailures = api.RunPulled, 0
		return "Pulled"
	case api.RunCreated:
		c.State, c.StartedAt, c.FinishedAt = api.RunRunning, in.Wall, 0
		if c.Runs >= 0 {
			c.Until = max(c.Since+c.Runs, 1)
		}
		return "Started"
	case api.RunRunning:
		c.State, c.FinishedAt, c.Stopping = api.RunExited, in.Wall, false
		if c.Since-began >= int64(goodRun) {
			c.BackOffs = 0
		}
		c.Reason = "Completed"
		if c.ExitCode != 0 {
			c.Reason = "Error"
		}
		return "Exited"
	}
	return "Unchanged"
}
