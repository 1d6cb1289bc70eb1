package kubectl

import (
	"errors"
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func rolloutStatusVerb() *verb {
	return &verb{
		name: "rollout status", types: true, usage: "(TYPE NAME | TYPE/NAME) [flags]",
		short:    "Say how far a rollout has come, until it is over.",
		examples: []string{"kubectl rollout status deployment/web"},
		flags: rolloutFlags + ` timeout
watch,w|btrue||Go on until the rollout is over.
revision|i0||Only as long as this is the newest revision.`,
		run: rolloutStatus,
	}
}

func rolloutStatus(c *call) error {
	if c.number("revision") < 0 {
		return usageError("revision must be a positive integer: " + c.text("revision"))
	}
	list, err := c.workloads()
	if err != nil {
		return err
	}
	if len(list) == 0 && c.code == 0 {
		c.err.WriteString("No resources found in " + c.namespace() + " namespace.\n")
	}
	for i := range list {
		in := &list[i]
		text, done, err := progress(in.res, in.obj, c.number("revision"))
		if err != nil {
			c.fail(err, "")
			continue
		}
		c.out.WriteString(text)
		if !done && c.on("watch") {
			c.job = &statusJob{
				res: in.res, namespace: in.namespace, name: in.name(), revision: c.number("revision"),
				after: c.env.Server.Revision(), limit: c.duration("timeout"), start: c.env.Server.Elapsed(),
			}
			return nil // one after the other: this one may take until the end
		}
	}
	return nil
}

// statusJob prints how far a rollout is whenever its workload changes.
type statusJob struct {
	res             *schema.Resource
	namespace, name string
	revision        int64
	after           api.Revision
	limit, start    time.Duration
}

// Poll prints a line for each change since the last time.
func (j *statusJob) Poll(env *Env) (Result, bool) {
	changes, rev, err := env.Server.Changes(j.res, j.namespace, request.ListOptions{FieldSelector: "metadata.name=" + j.name}, j.after)
	if err != nil {
		return failed("error: " + err.Error()), true
	}
	j.after = rev
	out := ""
	for _, e := range changes {
		if e.Type == request.Deleted {
			return Result{Stdout: out, Stderr: "error: object has been deleted\n", Code: 1}, true
		}
		text, done, err := progress(j.res, e.Object, j.revision)
		out += text
		if err != nil {
			return Result{Stdout: out, Stderr: "error: " + err.Error() + "\n", Code: 1}, true
		}
		if done {
			return Result{Stdout: out}, true
		}
	}
	if j.limit > 0 && env.Server.Elapsed() >= j.start+j.limit {
		return Result{Stdout: out, Stderr: "error: timed out waiting for the condition\n", Code: 1}, true
	}
	return Result{Stdout: out}, false
}

// Deadline is when the job gives up even if nothing happens.
func (j *statusJob) Deadline() (time.Duration, bool) { return j.start + j.limit, j.limit > 0 }

// Clone copies the job.
func (j *statusJob) Clone() Job { k := *j; return &k }

// progress says how far the rollout of an object is, and whether it is over.
//
// Source: k8s.io/kubectl/pkg/polymorphichelpers, rollout_status.go.
func progress(res *schema.Resource, o api.Object, revision int64) (string, bool, error) {
	d, ok := o.(*api.Deployment)
	if !ok {
		return "", false, errors.New("no status viewer has been implemented for " + res.QualifiedKind())
	}
	if revision > 0 && d.Annotations[revisionKey] != strconv.FormatInt(revision, 10) {
		return "", false, errors.New("desired revision (" + strconv.FormatInt(revision, 10) + ") is different from the running revision (" + d.Annotations[revisionKey] + ")")
	}
	s := &d.Status
	name := quote(d.Name)
	wait := "Waiting for deployment " + name + " rollout to finish: "
	number := func(n int32) string { return strconv.Itoa(int(n)) }
	if d.Generation > s.ObservedGeneration {
		return "Waiting for deployment spec update to be observed...\n", false, nil
	}
	for _, c := range s.Conditions {
		if c.Type == api.DeploymentProgressing && c.Reason == "ProgressDeadlineExceeded" {
			return "", false, errors.New("deployment " + name + " exceeded its progress deadline")
		}
	}
	desired := int32(1)
	if d.Spec.Replicas != nil {
		desired = *d.Spec.Replicas
	}
	switch {
	case s.UpdatedReplicas < desired:
		return wait + number(s.UpdatedReplicas) + " out of " + number(desired) + " new replicas have been updated...\n", false, nil
	case s.Replicas > s.UpdatedReplicas:
		return wait + number(s.Replicas-s.UpdatedReplicas) + " old replicas are pending termination...\n", false, nil
	case s.AvailableReplicas < s.UpdatedReplicas:
		return wait + number(s.AvailableReplicas) + " of " + number(s.UpdatedReplicas) + " updated replicas are available...\n", false, nil
	}
	return "deployment " + name + " successfully rolled out\n", true, nil
}
