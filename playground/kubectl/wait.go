package kubectl

import (
	"slices"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func waitVerb() *verb {
	return &verb{
		name: "wait", types: true,
		short:    "Wait until objects meet a condition.",
		usage:    "TYPE/NAME ... | TYPE NAME ... | TYPE -l SELECTOR | TYPE --all --for=... [flags]",
		examples: []string{"kubectl wait --for=condition=Ready pod/web", "kubectl wait --for=delete pod/web --timeout=60s", "kubectl wait --for=jsonpath='{.status.phase}'=Running pod/web"},
		flags: []flagSpec{
			selectorFlag, fieldSelectorFlag, allFlag,
			{name: "for", typ: stringFlag, values: []string{"condition=", "jsonpath=", "create", "delete"}, help: "What to wait for: create, delete, condition=NAME[=VALUE] or jsonpath={...}[=VALUE]."},
			{name: "timeout", typ: durationFlag, initial: "30s", help: "How long to wait for each object; 0 checks once."},
			{name: "all", typ: boolFlag, help: "Every object of the type in the namespace."},
		},
		run: wait,
	}
}

// condition is what to wait for.
type condition struct {
	kind  string // create, delete, condition or jsonpath
	name  string // of a condition, in lower case
	path  *jsonPath
	value string
	any   bool // a jsonpath without value: anything but nothing
}

// parseCondition reads what --for takes.
func parseCondition(text string) (condition, error) {
	lower := strings.ToLower(text)
	switch {
	case lower == "delete", lower == "create":
		return condition{kind: lower}, nil
	case strings.HasPrefix(text, "condition="):
		name, value, given := strings.Cut(text[len("condition="):], "=")
		if !given {
			value = "true"
		}
		if name == "" {
			return condition{}, usageError("condition= needs the name of a condition, for example condition=Ready")
		}
		return condition{kind: "condition", name: strings.ToLower(name), value: value}, nil
	case strings.HasPrefix(text, "jsonpath="):
		return parsePathCondition(text[len("jsonpath="):])
	case text == "":
		return condition{}, usageError("--for needs a condition")
	}
	return condition{}, usageError(`unrecognized condition: "` + text + `"`)
}

func parsePathCondition(text string) (condition, error) {
	text = strings.Trim(text, `'"`)
	end := strings.LastIndexByte(text, '}')
	if !strings.HasPrefix(text, "{") || end < 0 {
		return condition{}, usageError("jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'")
	}
	value, given := strings.CutPrefix(strings.TrimLeft(text[end+1:], `'"`), "=")
	path, err := parseJSONPath(text[:end+1])
	if err != nil {
		return condition{}, err
	}
	return condition{kind: "jsonpath", path: path, value: strings.Trim(value, `'"`), any: !given}, nil
}

// met tells whether an object, or its absence (nil), is what is waited for.
func (c *condition) met(o api.Object) (bool, error) {
	switch {
	case c.kind == "delete":
		return o == nil, nil
	case o == nil:
		return false, nil
	case c.kind == "create":
		return true, nil
	case c.kind == "jsonpath":
		return c.pathMet(o)
	}
	found, err := conditionStatus(schema.Tree(o), c.name)
	return strings.EqualFold(found, c.value), err
}

func (c *condition) pathMet(o api.Object) (bool, error) {
	all, err := c.path.find(schema.Tree(o))
	if err != nil {
		if strings.Contains(err.Error(), "is not found") {
			return false, nil
		}
		return false, err
	}
	for _, results := range all {
		for _, r := range results {
			text, err := pathValue(r)
			if err != nil {
				return false, err
			}
			if c.any && text != "" || !c.any && text == c.value {
				return true, nil
			}
		}
	}
	return false, nil
}

// conditionStatus is the status of a condition; "" if it was never reported.
func conditionStatus(tree map[string]any, name string) (string, error) {
	status, _ := tree["status"].(map[string]any)
	list, _ := status["conditions"].([]any)
	for _, item := range list {
		if c, ok := item.(map[string]any); ok {
			if kind, _ := c["type"].(string); strings.EqualFold(kind, name) {
				value, _ := c["status"].(string)
				return value, nil
			}
		}
	}
	return "", nil
}

func wait(c *call) error {
	if len(c.args) == 0 {
		return usageError("no resource was specified; see 'kubectl wait --help'")
	}
	cond, err := parseCondition(c.text("for"))
	if err != nil {
		return err
	}
	list, err := targets(c.args)
	if err != nil {
		return err
	}
	job := &waitJob{condition: cond, limit: c.duration("timeout"), start: c.env.Server.Elapsed()}
	for _, t := range list {
		if err := c.addWaits(job, t); err != nil {
			return err
		}
	}
	if len(job.left) == 0 {
		if cond.kind != "delete" {
			return usageError("no matching resources found")
		}
		return nil
	}
	res, done := job.Poll(c.env)
	c.out.WriteString(res.Stdout)
	c.err.WriteString(res.Stderr)
	c.code = res.Code
	if !done {
		c.job = job
	}
	return nil
}

func (c *call) addWaits(job *waitJob, t target) error {
	if t.name == "" && !c.on("all") && !c.given("selector") && !c.given("field-selector") {
		return usageError("resource(s) were provided, but no name was specified")
	}
	namespace := c.namespace()
	if t.name != "" && job.condition.kind == "create" {
		job.left = append(job.left, waiting{t.res, namespace, t.name, ""})
		return nil
	}
	objs, err := c.objects(t, c.selectors())
	if err != nil {
		if job.condition.kind == "delete" && isNotFound(err) {
			return nil
		}
		return err
	}
	for _, o := range objs {
		job.left = append(job.left, waiting{t.res, o.Meta().Namespace, o.Meta().Name, o.Meta().UID})
	}
	return nil
}

// waitJob waits until each object meets a condition.
type waitJob struct {
	condition    condition
	left         []waiting
	limit, start time.Duration
}

// Poll reports the objects that meet the condition by now.
func (j *waitJob) Poll(env *Env) (Result, bool) {
	var out strings.Builder
	var wrong error
	j.left = slices.DeleteFunc(slices.Clone(j.left), func(w waiting) bool {
		o, err := env.Server.Get(w.res, w.namespace, w.name)
		if err != nil || w.uid != "" && o.Meta().UID != w.uid {
			o = nil
		}
		met, err := j.condition.met(o)
		if err != nil {
			wrong = err
		}
		if met {
			out.WriteString(called(w.res, w.name) + " condition met\n")
		}
		return met
	})
	switch {
	case wrong != nil:
		return failed("error: " + wrong.Error()), true
	case len(j.left) == 0:
		return Result{Stdout: out.String()}, true
	case env.Server.Elapsed() >= j.start+j.limit:
		res := failed("error: timed out waiting for the condition on " + j.left[0].res.Plural + "/" + j.left[0].name)
		res.Stdout = out.String()
		return res, true
	}
	return Result{Stdout: out.String()}, false
}

// Deadline is when the job gives up even if nothing happens.
func (j *waitJob) Deadline() (time.Duration, bool) { return j.start + j.limit, true }

// Clone copies the job.
func (j *waitJob) Clone() Job {
	k := *j
	k.left = slices.Clone(j.left)
	return &k
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
