package kubectl

import (
	"slices"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// waiting is an object a job waits for.
type waiting struct {
	res             *schema.Resource
	namespace, name string
	uid             api.UID
}

// deleteJob waits until objects are gone.
type deleteJob struct {
	left         []waiting
	limit, start time.Duration
}

// Poll forgets the objects that are gone.
func (j *deleteJob) Poll(env *Env) (Result, bool) {
	j.left = slices.DeleteFunc(slices.Clone(j.left), func(w waiting) bool {
		o, err := env.Server.Get(w.res, w.namespace, w.name)
		return err != nil || o.Meta().UID != w.uid
	})
	if len(j.left) == 0 {
		return Result{}, true
	}
	if j.limit > 0 && env.Server.Elapsed() >= j.start+j.limit {
		return failed("error: " + j.left[0].timedOut()), true
	}
	return Result{}, false
}

func (w *waiting) timedOut() string {
	return "timed out waiting for the condition on " + w.res.Plural + "/" + w.name
}

// Deadline is when the job gives up even if nothing happens.
func (j *deleteJob) Deadline() (time.Duration, bool) { return j.start + j.limit, j.limit > 0 }

// Clone copies the job.
func (j *deleteJob) Clone() Job {
	k := *j
	k.left = slices.Clone(j.left)
	return &k
}
