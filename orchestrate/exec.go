package orchestrate

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// execTime is how long a command in a container is waited for. Nothing a lesson needs takes longer, and one that does not end
// would hold the terminal for good.
const execTime = 30 * time.Second

// Exec runs a command in a running container, here and now. What it changes of the container's files stays, so that a probe
// may see it; false if no such container runs.
func (c *Cluster) Exec(user string, pod *api.Pod, container string, argv []string) (workload.Result, bool) {
	for id, o := range c.Snapshot().ByOwner(api.KindSandbox, pod.UID) {
		box, ok := o.(*api.Sandbox)
		if !ok {
			continue
		}
		for i := range box.Containers {
			run := &box.Containers[i]
			spec := workload.SpecOf(pod, run)
			if run.Name != container || run.State != api.RunRunning || spec == nil {
				continue
			}
			b := c.options.Catalog.In(pod, spec, run)
			res := b.Exec(argv, c.now-time.Duration(run.Since), execTime)
			if len(res.Files) > 0 {
				c.keepFiles(user, id, box, i, res.Files)
			}
			return res, true
		}
	}
	return workload.Result{}, false
}

// keepFiles notes in the sandbox what a command changed.
func (c *Cluster) keepFiles(user string, id store.ID, box *api.Sandbox, i int, files []workload.File) {
	next := *box
	next.Containers = append([]api.ContainerRun(nil), box.Containers...)
	run := &next.Containers[i]
	for _, f := range files {
		run.Files = append(run.Files[:len(run.Files):len(run.Files)], api.FileChange{At: int64(c.now), Name: f.Name, Text: f.Text, Gone: f.Gone})
	}
	c.put(c.write(Request{User: user}, store.VerbUpdate, id, &next, "FileChanged"))
}
