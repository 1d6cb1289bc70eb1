package kubectl

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func getVerb() *verb {
	return &verb{
		name: "get", types: true,
		short:    "Show one or many objects.",
		usage:    "TYPE[,TYPE] [NAME ...] | TYPE/NAME ... [flags]",
		examples: []string{"kubectl get pods", "kubectl get pods -o wide", "kubectl get pod/web -o yaml", "kubectl get pods -l app=web -A"},
		flags: ` selector field-selector all-namespaces filename no-headers chunk-size raw kustomize recursive subresource
output,o|s|wide,yaml,json,kyaml,name,jsonpath=,go-template=,custom-columns=|Print wide, yaml, json, kyaml, name, jsonpath={...}, go-template={{...}}, custom-columns=HEADER:.path.
watch,w|b||After the list, show changes as they happen.
watch-only|b||Show changes only.
show-labels|b||Add a column with all labels.
label-columns,L|l||Add a column for each of these labels.
sort-by|s||Order by a field, for example .metadata.creationTimestamp.
show-kind|b||Put the kind in front of names.
ignore-not-found|b||Say nothing about an object that does not exist.
output-watch-events|b||While watching, say of each object whether it was added, modified or deleted.
server-print|btrue||Accepted; tables are the server's.`,
		run: get,
	}
}

func get(c *call) error {
	if c.given("raw") {
		return c.raw("GET")
	}
	watching := c.on("watch") || c.on("watch-only")
	if c.on("output-watch-events") && !watching {
		return usageError("--output-watch-events option can only be used with --watch or --watch-only")
	}
	if len(c.args) == 0 && !c.given("filename") && !watching {
		c.err.WriteString("You must specify the type of resource to get. Use \"kubectl api-resources\" for a complete list of supported resources.\n\n")
		return c.misuse("Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed description of that resource (e.g. kubectl explain pods).")
	}
	p, err := newPrinter(c)
	if err != nil {
		return err
	}
	list, err := c.getTargets()
	if err != nil {
		return err
	}
	if c.text("subresource") != "" {
		if done, err := c.getScale(p, list); done || err != nil || c.code != 0 {
			return err
		}
	}
	if watching {
		return c.startWatch(p, list)
	}
	return c.getAll(p, list)
}

// getTargets is what to get, from words or from the manifests of -f.
func (c *call) getTargets() ([]target, error) {
	if !c.given("filename") {
		if len(c.args) == 0 {
			return nil, usageError(missingResource)
		}
		return c.targets()
	}
	if len(c.args) > 0 {
		return nil, usageError("when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well")
	}
	var list []target
	err := c.manifests(func(m *manifest) error {
		list = append(list, target{m.Resource, m.Name})
		return nil
	})
	return list, err
}

func (c *call) getAll(p *printer, list []target) error {
	var groups []group
	kinds := map[*schema.Resource]bool{}
	for _, t := range list {
		objs, err := c.objects(t)
		switch {
		case err != nil && t.name != "" && c.on("ignore-not-found") && isNotFound(err):
			continue
		case err != nil:
			c.fail(err, "")
			continue
		}
		kinds[t.res] = true
		if n := len(groups); n > 0 && groups[n-1].res == t.res {
			groups[n-1].objs = append(groups[n-1].objs, objs...)
		} else if len(objs) > 0 {
			groups = append(groups, group{t.res, objs})
		}
	}
	single := len(list) == 1 && list[0].name != ""
	switch {
	case len(groups) > 0:
	case single, c.code != 0 && p.tree():
		return nil
	case p.people():
		if c.code == 0 && !c.on("ignore-not-found") {
			c.err.WriteString(nothingFound(c, list))
		}
		return nil
	}
	return p.print(&c.out, groups, single, len(kinds) > 1)
}

func isNotFound(err error) bool {
	status, ok := err.(*api.StatusError)
	return ok && status.Status.Reason == api.StatusNotFound
}

func nothingFound(c *call, list []target) string {
	elsewhere := slices.ContainsFunc(list, func(t target) bool { return !t.res.Namespaced })
	if elsewhere || c.on("all-namespaces") {
		return "No resources found\n"
	}
	return "No resources found in " + c.namespace() + " namespace.\n"
}

// group is the objects of one kind that are printed together.
type group struct {
	res  *schema.Resource
	objs []api.Object
}

// watchJob is get --watch: it prints a line for each change and ends only by Ctrl-C.
type watchJob struct {
	res       *schema.Resource
	namespace string
	name      string
	options   request.ListOptions
	after     api.Revision
	printer   printer
	until     time.Duration // 0 means until Ctrl-C
}

func (c *call) startWatch(p *printer, list []target) error {
	if len(list) != 1 {
		return usageError("you may only specify a single resource type")
	}
	if c.given("sort-by") {
		return usageError("--watch cannot be used with --sort-by")
	}
	t := list[0]
	p.header = !c.on("no-headers")
	p.events, p.event = c.on("output-watch-events"), string(request.Added)
	if !c.on("watch-only") {
		objs, err := c.objects(t)
		if err != nil {
			return err
		}
		if err := p.begin(&c.out, t.res, objs); err != nil {
			return err
		}
	}
	namespace := c.namespace()
	if c.on("all-namespaces") {
		namespace = ""
	}
	j := &watchJob{res: t.res, namespace: namespace, name: t.name, options: c.selectors(), after: c.env.Server.Revision(), printer: *p}
	if limit, err := c.requestTimeout(); err != nil {
		return err
	} else if limit > 0 {
		j.until = c.env.Server.Elapsed() + limit
	}
	c.job = j
	return nil
}

// requestTimeout reads --request-timeout: 10s, 1m, or a number of seconds; 0 is no limit.
func (c *call) requestTimeout() (time.Duration, error) {
	text := c.text("request-timeout")
	if text == "" {
		return 0, nil
	}
	if n, err := strconv.ParseInt(text, 10, 32); err == nil {
		return time.Duration(n) * time.Second, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		err = usageError("Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)")
	}
	return d, err
}

// Poll prints what has changed since the last time.
func (j *watchJob) Poll(env *Env) (Result, bool) {
	changes, rev, err := env.Server.Changes(j.res, j.namespace, j.options, j.after)
	if err != nil {
		return failed("error: " + err.Error()), true
	}
	j.after = rev
	j.printer.server = env.Server
	var out strings.Builder
	for _, e := range changes {
		if j.name != "" && e.Object.Meta().Name != j.name {
			continue
		}
		j.printer.event = string(e.Type)
		if err := j.printer.one(&out, j.res, e.Object); err != nil {
			return failed("error: " + err.Error()), true
		}
	}
	return Result{Stdout: out.String()}, j.until > 0 && env.Server.Elapsed() >= j.until
}

// Deadline is when the watch ends by itself, if it does.
func (j *watchJob) Deadline() (time.Duration, bool) { return j.until, j.until > 0 }

// Clone copies the job.
func (j *watchJob) Clone() Job {
	k := *j
	k.printer.layout = j.printer.layout.clone()
	return &k
}
