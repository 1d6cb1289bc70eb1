package orchestrate

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/kubelet"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// execTime is how long a command in a container is waited for. Nothing a lesson needs takes longer, and one that does not end
// would hold the terminal for good.
const execTime = 30 * time.Second

// Exec runs a command in a running container, here and now. What it changes of the container's files stays, so that a probe
// may see it; false if no such container runs.
func (c *Cluster) Exec(user string, pod *api.Pod, container string, argv []string) (workload.Result, bool) {
	return c.ExecWith(user, pod, container, &workload.Command{Argv: argv})
}

// ExecWith is Exec of a command that is given more than its words.
func (c *Cluster) ExecWith(user string, pod *api.Pod, container string, cmd *workload.Command) (workload.Result, bool) {
	id, box, i := c.inRun(pod, container)
	if box == nil {
		return workload.Result{}, false
	}
	run := &box.Containers[i]
	b := c.options.catalog.In(pod, workload.SpecOf(pod, run), run)
	res := b.Do(cmd, c.now-time.Duration(run.Since), execTime)
	if len(res.Files) > 0 {
		c.keepFiles(user, id, box, i, res.Files)
	}
	return res, true
}

// Leave ends the first process of a running container with an exit code, as when somebody leaves the shell it is.
func (c *Cluster) Leave(user string, pod *api.Pod, container string, code int32) {
	id, box, i := c.inRun(pod, container)
	if box == nil {
		return
	}
	next := box.Copy()
	reason := api.ReasonCompleted
	if code != 0 {
		reason = api.ReasonError
	}
	kubelet.Crash(&next.Containers[i], c.now, c.Wall(c.now), code, reason)
	c.put(c.write(Request{User: user}, store.VerbUpdate, id, next, "Exited"))
}

// Running is the id of a container's run, "" if it does not run; and the command of one that does what whoever is attached to it types,
// nil if it goes its own way.
func (c *Cluster) Running(pod *api.Pod, container string) (id string, typed []string) {
	_, box, i := c.inRun(pod, container)
	if box == nil {
		return "", nil
	}
	run := &box.Containers[i]
	b := c.options.catalog.Of(pod, workload.SpecOf(pod, run), run)
	return run.ContainerID, b.Typed
}

// inRun is the run of a container, and where it stands; nil if it does not run.
func (c *Cluster) inRun(pod *api.Pod, container string) (store.ID, *api.Sandbox, int) {
	for id, o := range c.Snapshot().ByOwner(api.KindSandbox, pod.UID) {
		box, ok := o.(*api.Sandbox)
		for i := 0; ok && i < len(box.Containers); i++ {
			if run := &box.Containers[i]; run.Name == container && run.State == api.RunRunning && workload.SpecOf(pod, run) != nil {
				return id, box, i
			}
		}
	}
	return 0, nil, 0
}

// keepFiles notes in the sandbox what a command changed.
func (c *Cluster) keepFiles(user string, id store.ID, box *api.Sandbox, i int, files []workload.File) {
	next := box.Copy()
	run := &next.Containers[i]
	for _, f := range files {
		run.Files = append(run.Files[:len(run.Files):len(run.Files)], api.FileChange{At: int64(c.now), Name: f.Name, Text: f.Text, Gone: f.Gone})
	}
	c.put(c.write(Request{User: user}, store.VerbUpdate, id, next, "FileChanged"))
}
