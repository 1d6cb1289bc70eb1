package kubectl

import (
	"slices"
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func itoa(n int) string { return strconv.Itoa(n) }

func atoi(s string) (int32, error) {
	n, err := strconv.ParseInt(s, 10, 32)
	return int32(n), err
}

func deleteVerb() *verb {
	return &verb{
		name: "delete", types: true,
		short:    "Delete objects, and wait until they are gone.",
		usage:    "TYPE NAME ... | TYPE/NAME ... | -f FILENAME | TYPE -l SELECTOR [flags]",
		examples: []string{"kubectl delete pod web", "kubectl delete -f pod.yaml", "kubectl delete pods -l app=web", "kubectl delete pod web --grace-period=0 --force"},
		flags: []flagSpec{
			fileFlag, selectorFlag, fieldSelectorFlag, allFlag, dryRunFlag,
			{name: "all", typ: boolFlag, help: "Every object of the type in the namespace."},
			{name: "force", typ: boolFlag, help: "Do not wait for the node; only with a grace period of 0."},
			{name: "grace-period", typ: intFlag, initial: "-1", help: "Seconds a pod is given to end; -1 means its own."},
			{name: "now", typ: boolFlag, help: "The same as --grace-period=1."},
			{name: "wait", typ: boolFlag, initial: "true", help: "Wait until the objects are gone."},
			{name: "timeout", typ: durationFlag, initial: "0s", help: "How long to wait; 0 means as long as it takes."},
			{name: "ignore-not-found", typ: boolFlag, help: "Say nothing about an object that does not exist."},
			{name: "cascade", typ: stringFlag, bare: "background", initial: "background", values: []string{"background", "foreground", "orphan"}, help: "Accepted; no kind here has dependents yet."},
			{name: "output", short: 'o', typ: stringFlag, values: []string{"name"}, help: "Print name only."},
		},
		run: remove,
	}
}

func remove(c *call) error {
	grace, err := c.grace()
	if err != nil {
		return err
	}
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	list, err := c.toDelete()
	if err != nil {
		return err
	}
	job := &deleteJob{limit: c.duration("timeout"), start: c.env.Server.Elapsed()}
	for _, g := range list {
		for _, o := range g.objs {
			c.removeOne(g.res, o, grace, dry, job)
		}
	}
	if len(job.left) > 0 && c.on("wait") && dry == "none" && !c.on("force") {
		job.code = c.code
		c.job = job
	}
	return nil
}

// grace is the period that is asked for; nil means the pod's own.
func (c *call) grace() (*int64, error) {
	seconds := c.number("grace-period")
	switch {
	case c.on("now") && c.given("grace-period"):
		return nil, usageError("--now and --grace-period cannot be specified together")
	case c.on("now"):
		seconds = 1
	case seconds == 0 && c.given("grace-period") && !c.on("force"):
		seconds = 1 // kubectl asks for one second, so that the node still ends the containers
	case c.on("force") && !c.given("grace-period"):
		seconds = 0
	case c.on("force") && seconds > 0:
		return nil, usageError("--force and --grace-period greater than 0 cannot be specified together")
	}
	if c.on("force") {
		c.err.WriteString("Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n")
	}
	if seconds < 0 {
		return nil, nil
	}
	return &seconds, nil
}

// toDelete finds the objects; those that do not exist are reported.
func (c *call) toDelete() ([]group, error) {
	var list []target
	switch {
	case c.given("filename"):
		if err := c.manifests(func(m *manifest) error {
			c.values["namespace"] = []string{m.Namespace}
			list = append(list, target{m.Resource, m.Name})
			return nil
		}); err != nil {
			return nil, err
		}
	case len(c.args) == 0:
		return nil, usageError("You must provide one or more resources by argument or filename.")
	default:
		var err error
		if list, err = targets(c.args); err != nil {
			return nil, err
		}
	}
	chosen := c.on("all") || c.given("selector") || c.given("field-selector")
	var out []group
	for _, t := range list {
		if t.name == "" && !chosen {
			return nil, usageError("resource(s) were provided, but no name was specified")
		}
		objs, err := c.objects(t, c.selectors())
		if err != nil {
			if !c.on("ignore-not-found") || !isNotFound(err) {
				c.fail(err, "")
			}
			continue
		}
		out = append(out, group{t.res, objs})
	}
	if c.code == 0 && empty(out) && !slices.ContainsFunc(list, func(t target) bool { return t.name != "" }) {
		c.out.WriteString("No resources found\n")
	}
	return out, nil
}

func (c *call) removeOne(res *schema.Resource, o api.Object, grace *int64, dry string, job *deleteJob) {
	m := o.Meta()
	if dry != "client" {
		if _, err := c.env.Server.Delete(res, m.Namespace, m.Name, request.DeleteOptions{GracePeriod: grace, DryRun: dry == "server"}); err != nil {
			c.fail(err, "")
			return
		}
	}
	job.left = append(job.left, waiting{res, m.Namespace, m.Name, m.UID})
	if c.text("output") == "name" {
		c.out.WriteString(called(res, m.Name) + "\n")
		return
	}
	what := " deleted"
	if c.on("force") {
		what = " force deleted"
	}
	if res.Namespaced {
		what += " from " + m.Namespace + " namespace"
	}
	switch dry {
	case "client":
		what += " (dry run)"
	case "server":
		what += " (server dry run)"
	}
	c.out.WriteString(res.QualifiedSingular() + ` "` + m.Name + `"` + what + "\n")
}

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
	code         int
}

// Poll forgets the objects that are gone.
func (j *deleteJob) Poll(env *Env) (Result, bool) {
	j.left = slices.DeleteFunc(slices.Clone(j.left), func(w waiting) bool {
		o, err := env.Server.Get(w.res, w.namespace, w.name)
		return err != nil || o.Meta().UID != w.uid
	})
	if len(j.left) == 0 {
		return Result{Code: j.code}, true
	}
	if j.limit > 0 && env.Server.Elapsed() >= j.start+j.limit {
		w := j.left[0]
		return failed("error: timed out waiting for the condition on " + w.res.Plural + "/" + w.name), true
	}
	return Result{}, false
}

// Deadline is when the job gives up even if nothing happens.
func (j *deleteJob) Deadline() (time.Duration, bool) { return j.start + j.limit, j.limit > 0 }

// Clone copies the job.
func (j *deleteJob) Clone() Job {
	k := *j
	k.left = slices.Clone(j.left)
	return &k
}
