package kubectl

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// waitJob waits until objects meet conditions: one object after the other, and for each one condition after the other,
// as kubectl does.
type waitJob struct {
	conditions []condition
	at         int // the condition that is waited for
	left       []waiting
	printer    printer
	failures   []failure
	// limit is for all objects together; once it is over (late), those that are left have failed.
	limit, start time.Duration
	late         bool
}

// Poll reports the objects that meet their conditions by now.
func (j *waitJob) Poll(env *Env) (Result, bool) {
	var out strings.Builder
	for len(j.left) > 0 && j.next(env, &out) {
	}
	if len(j.left) > 0 {
		return Result{Stdout: out.String()}, false
	}
	res := Result{Stdout: out.String()}
	for _, f := range j.failures {
		res.Stderr += f.text(len(j.failures) == 1)
		res.Code = 1
	}
	return res, true
}

// next looks at the condition that is waited for and tells whether there is more to look at now.
func (j *waitJob) next(env *Env, out *strings.Builder) bool {
	w, c := &j.left[0], &j.conditions[j.at]
	o, err := env.Server.Get(w.res, w.namespace, w.name)
	if err != nil || c.kind == "delete" && w.uid != o.Meta().UID {
		o = nil
	}
	met, err := c.met(o)
	over := env.Server.Elapsed() >= j.start+j.limit
	switch {
	case err != nil:
		j.drop(err)
	case met && !j.late:
		j.report(w, o, out)
		j.at++
		if j.at == len(j.conditions) {
			j.drop(nil)
		}
	case over && j.limit > 0:
		j.late = true // the others fail too, met or not: kubectl has no time left to look
		j.drop(errors.New(w.timedOut()))
	case over:
		j.drop(errors.New("condition not met for " + w.res.Plural + "/" + w.name))
	default:
		return false
	}
	return true
}

// drop is done with an object, which failed if err is not nil.
func (j *waitJob) drop(err error) {
	if err != nil {
		j.failures = append(j.failures, failure{err: err})
	}
	j.left, j.at = j.left[1:], 0
}

func (j *waitJob) report(w *waiting, o api.Object, out *strings.Builder) {
	if j.printer.people() {
		out.WriteString(called(w.res, w.name) + " condition met\n")
		return
	}
	if o == nil {
		return
	}
	if err := j.printer.one(out, w.res, o); err != nil {
		j.failures = append(j.failures, failure{err: err})
	}
}

// deletes tells whether the end of the objects is waited for.
func (j *waitJob) deletes() bool {
	return slices.ContainsFunc(j.conditions, func(c condition) bool { return c.kind == "delete" })
}

// Deadline is when the job gives up even if nothing happens.
func (j *waitJob) Deadline() (time.Duration, bool) { return j.start + j.limit, true }

// Clone copies the job.
func (j *waitJob) Clone() Job {
	k := *j
	k.left, k.failures = slices.Clone(j.left), slices.Clone(j.failures)
	return &k
}
