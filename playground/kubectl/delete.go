package kubectl

import (
	"strconv"
	"strings"

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
		flags: `filename selector field-selector all-namespaces dry-run force grace-period timeout cascade raw kustomize recursive all
now|b||The same as --grace-period=1.
wait|btrue||Wait until the objects are gone.
ignore-not-found|b||Say nothing about an object that does not exist.
output,o|s|name|Print name only.
interactive,i|b||Ask first; the answer is what is piped in.`,
		run: remove,
	}
}

// missingResource is what kubectl says to a command line that names nothing.
const missingResource = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`

// doomed is an object to be deleted; file is the manifest that names it, or empty.
type doomed struct {
	res                   *schema.Resource
	namespace, name, file string
}

func remove(c *call) error {
	if c.given("raw") {
		return c.raw("DELETE")
	}
	if out := c.text("output"); out != "" && out != "name" {
		return usageError("unexpected -o output mode: " + out + ". We only support '-o name'")
	}
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	list, err := c.toDelete()
	if err != nil {
		return err
	}
	grace, err := c.grace()
	if err != nil {
		return err
	}
	how, err := c.cascade()
	if err != nil {
		return err
	}
	c.warnOfClusterScope(list)
	if c.on("interactive") && len(list) > 0 && !c.confirmed(list) {
		c.out.WriteString("deletion is cancelled\n")
		return nil
	}
	job := &deleteJob{limit: c.duration("timeout"), start: c.env.Server.Elapsed()}
	for _, d := range list {
		c.removeOne(d, request.DeleteOptions{GracePeriod: grace, Propagation: how, DryRun: dry == "server"}, dry, job)
	}
	if len(list) == 0 && c.code == 0 {
		c.out.WriteString("No resources found\n")
	}
	// Whatever went wrong, kubectl ends at once.
	if c.code != 0 || !c.on("wait") || dry != "none" {
		return nil
	}
	if _, done := job.Poll(c.env); !done {
		c.job = job
	}
	return nil
}

// confirmed asks whether the objects are to go. Nobody can be asked in the middle of a line: the answer is what is piped in.
func (c *call) confirmed(list []doomed) bool {
	c.out.WriteString("You are about to delete the following " + itoa(len(list)) + " resource(s):\n")
	for _, d := range list {
		c.out.WriteString(called(d.res, d.name) + "\n")
	}
	c.out.WriteString("Do you want to continue? (y/N): ")
	return strings.EqualFold(strings.TrimSpace(string(c.env.Stdin)), "y")
}

// warnOfClusterScope says that a namespace on the command line changes nothing for kinds that live in none.
func (c *call) warnOfClusterScope(list []doomed) {
	for _, d := range list {
		if c.given("namespace") && !c.on("all-namespaces") && !d.res.Namespaced {
			c.err.WriteString("Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n")
			return
		}
	}
}

// grace is the period that is asked for; nil means the pod's own.
func (c *call) grace() (*int64, error) {
	seconds := c.number("grace-period")
	if c.on("now") {
		if seconds != -1 {
			return nil, usageError("--now and --grace-period cannot be specified together")
		}
		seconds = 1
	}
	switch {
	case seconds == 0 && !c.on("force"):
		seconds = 1 // kubectl asks for one second, so that nobody loses data by mistake
	case c.on("force") && seconds < 0:
		seconds = 0
	case c.on("force") && seconds > 0:
		return nil, usageError("--force and --grace-period greater than 0 cannot be specified together")
	}
	if seconds == 0 {
		c.err.WriteString("Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n")
	}
	if seconds < 0 {
		return nil, nil
	}
	return &seconds, nil
}

// cascade is how the deletion goes on to what the objects own.
func (c *call) cascade() (api.DeletionPropagation, error) {
	switch v := c.text("cascade"); v {
	case "background":
		return api.DeleteBackground, nil
	case "foreground":
		return api.DeleteForeground, nil
	case "orphan":
		return api.DeleteOrphan, nil
	case "true", "false":
		how := map[string]string{"true": "background", "false": "orphan"}[v]
		c.err.WriteString("Warning: --cascade=" + v + " is deprecated (boolean value) and can be replaced with --cascade=" + how + ".\n")
		return map[string]api.DeletionPropagation{"true": api.DeleteBackground, "false": api.DeleteOrphan}[v], nil
	default:
		return "", usageError("invalid cascade value (" + v + `). Must be "background", "foreground", or "orphan"`)
	}
}

// toDelete finds what to delete. Names are taken as they are: whether they exist, the server will say.
func (c *call) toDelete() ([]doomed, error) {
	var out []doomed
	if c.given("filename") {
		err := c.manifests(func(m *manifest) error {
			out = append(out, doomed{m.Resource, m.Namespace, m.Name, m.file})
			return nil
		})
		return out, err
	}
	if len(c.args) == 0 {
		return nil, usageError(missingResource)
	}
	list, err := c.targets()
	if err != nil {
		return nil, err
	}
	for _, t := range list {
		if t.name != "" {
			out = append(out, doomed{t.res, scopeOf(t.res, c.namespace()), t.name, ""})
			continue
		}
		if !c.chosen() {
			return nil, usageError("resource(s) were provided, but no name was specified")
		}
		objs, err := c.objects(t)
		if err != nil {
			c.fail(err, "")
		}
		for _, o := range objs {
			out = append(out, doomed{t.res, o.Meta().Namespace, o.Meta().Name, ""})
		}
	}
	return out, nil
}

// chosen tells whether a command line that gives no names says which objects it means.
func (c *call) chosen() bool { return c.on("all") || c.given("selector") || c.given("field-selector") }

func scopeOf(res *schema.Resource, namespace string) string {
	if !res.Namespaced {
		return ""
	}
	return namespace
}

func (c *call) removeOne(d doomed, how request.DeleteOptions, dry string, job *deleteJob) {
	if dry != "client" {
		o, err := c.env.Server.Delete(d.res, d.namespace, d.name, how)
		switch {
		case isNotFound(err) && (c.on("ignore-not-found") || c.chosen()):
			return
		case err != nil:
			doing := ""
			if d.file != "" {
				doing = "error when deleting \"" + d.file + "\""
			}
			c.fail(err, doing)
			return
		}
		job.left = append(job.left, waiting{d.res, d.namespace, d.name, o.Meta().UID})
	}
	if c.text("output") == "name" {
		c.out.WriteString(called(d.res, d.name) + "\n")
		return
	}
	what := " deleted"
	if g := how.GracePeriod; g != nil && *g == 0 {
		what = " force deleted"
	}
	if d.res.Namespaced {
		what += " from " + d.namespace + " namespace"
	}
	switch dry {
	case "client":
		what += " (dry run)"
	case "server":
		what += " (server dry run)"
	}
	c.out.WriteString(d.res.QualifiedSingular() + ` "` + d.name + `"` + what + "\n")
}
