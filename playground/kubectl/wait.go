package kubectl

import "time"

func waitVerb() *verb {
	return &verb{
		name: "wait", types: true,
		short:    "Wait until objects meet a condition.",
		usage:    "TYPE/NAME ... | TYPE NAME ... | TYPE -l SELECTOR | TYPE --all --for=... [flags]",
		examples: []string{"kubectl wait --for=condition=Ready pod/web", "kubectl wait --for=delete pod/web --timeout=60s", "kubectl wait --for=jsonpath='{.status.phase}'=Running pod/web"},
		flags: `selector field-selector all-namespaces filename output local recursive all
for|a|condition=,jsonpath=,create,delete|What to wait for: create, delete, condition=NAME[=VALUE] or jsonpath={...}[=VALUE]; several are waited for in turn.
timeout|d30s||How long to wait; 0 checks once, less waits a week.`,
		run: wait,
	}
}

func wait(c *call) error {
	conditions, err := parseConditions(c.list("for"))
	if err != nil {
		return err
	}
	p, err := newPrinter(c)
	if err != nil {
		return err
	}
	if len(c.args) == 0 && !c.given("filename") {
		return usageError(missingResource)
	}
	if c.on("local") {
		if err := c.checkLocal(c.args); err != nil {
			return err
		}
	}
	list, err := c.getTargets()
	if err != nil {
		return err
	}
	job := &waitJob{conditions: conditions, printer: *p, limit: c.duration("timeout"), start: c.env.Server.Elapsed()}
	if job.limit < 0 {
		job.limit = 7 * 24 * time.Hour
	}
	if c.waitsFor(job, list); len(job.left) == 0 && c.code == 0 && !job.deletes() {
		return usageError("no matching resources found")
	}
	job.failures, c.failures = c.failures, nil
	res, done := job.Poll(c.env)
	c.out.WriteString(res.Stdout)
	c.err.WriteString(res.Stderr)
	c.code = res.Code
	if !done {
		c.job = job
	}
	return nil
}

// waitsFor finds the objects to wait for. A name that does not exist is an error, unless its end or its creation is
// waited for.
func (c *call) waitsFor(job *waitJob, list []target) {
	for _, t := range list {
		if t.name == "" && !c.chosen() {
			c.fail(usageError("resource(s) were provided, but no name was specified"), "")
			continue
		}
		objs, err := c.objects(t)
		switch {
		case isNotFound(err) && job.conditions[0].kind == "create":
			job.left = append(job.left, waiting{t.res, scopeOf(t.res, c.namespace()), t.name, ""})
		case isNotFound(err) && job.deletes():
		case err != nil:
			c.fail(err, "")
		}
		for _, o := range objs {
			job.left = append(job.left, waiting{t.res, o.Meta().Namespace, o.Meta().Name, o.Meta().UID})
		}
	}
}

// Goal is something to reach: Resource is KIND/NAME, For what `kubectl wait --for` takes.
type Goal struct{ Resource, Namespace, For string }

// GoalMet tells whether a goal is met now. An error is a mistake in the goal.
func GoalMet(env *Env, g Goal) (bool, error) {
	cond, err := parseCondition(g.For)
	if err != nil {
		return false, err
	}
	list, err := pairTargets([]string{g.Resource})
	if err != nil {
		return false, err
	}
	namespace := g.Namespace
	if namespace == "" {
		namespace = env.Namespace
	}
	o, err := env.Server.Get(list[0].res, namespace, list[0].name)
	if err != nil {
		o = nil
	}
	return cond.met(o)
}
