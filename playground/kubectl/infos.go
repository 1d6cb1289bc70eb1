package kubectl

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// info is an object that a command line means, as it is on the server.
type info struct {
	res       *schema.Resource
	namespace string
	obj       api.Object
}

func (i *info) name() string { return i.obj.Meta().Name }

// infos are the objects the words, or the manifests of -f, mean. What cannot be had is reported, and the rest goes on.
func (c *call) infos(words []string) ([]info, error) {
	if c.on("local") {
		if err := c.checkLocal(words); err != nil {
			return nil, err
		}
	}
	if c.given("filename") {
		return c.fileInfos()
	}
	if len(words) == 0 {
		return nil, usageError(missingResource)
	}
	c.args = words
	list, err := c.targets()
	if err != nil {
		return nil, err
	}
	var out []info
	for _, t := range list {
		if t.name == "" && !c.chosen() && !c.sweeping() {
			return nil, usageError("resource(s) were provided, but no name was specified")
		}
		objs, err := c.objects(t)
		if err != nil {
			c.fail(err, "")
			continue
		}
		for _, o := range objs {
			out = append(out, info{t.res, o.Meta().Namespace, o})
		}
	}
	return out, nil
}

// sweeping tells whether a kind without a name means all of its objects: kubectl rollout restart deployment.
func (c *call) sweeping() bool { return strings.HasPrefix(c.verb.name, "rollout ") }

func (c *call) fileInfos() ([]info, error) {
	var out []info
	err := c.manifests(func(m *manifest) error {
		if c.on("local") {
			out = append(out, info{m.Resource, m.Object.Meta().Namespace, m.Object})
			return nil
		}
		o, err := c.env.Server.Get(m.Resource, m.Namespace, m.Name)
		if err != nil {
			return err
		}
		out = append(out, info{m.Resource, o.Meta().Namespace, o})
		return nil
	})
	return out, err
}

// checkLocal refuses what --local cannot do without a server.
func (c *call) checkLocal(words []string) error {
	set := strings.HasPrefix(c.verb.name, "set ") || c.verb.name == "wait"
	switch {
	case c.text("dry-run") == "server":
		return usageError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?")
	case c.given("filename") && len(words) == 0:
		return nil
	case c.verb.name == "patch":
		return usageError("cannot specify --local and server resources")
	case set:
		return usageError("you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'")
	}
	return usageError("can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set")
}

// patchLocal makes a patch of what -f read.
func (i *info) patchLocal(kind request.PatchType, tree any) (api.Object, bool, error) {
	next, err := request.Patched(i.res, schema.Tree(i.obj), request.Patch{Type: kind, Tree: tree})
	if err != nil {
		return nil, false, err
	}
	o, err := schema.FromTree(i.res, next)
	if err != nil {
		return nil, false, err
	}
	return o, !schema.Same(o, i.obj), nil
}

// splitChanges splits the words of a command line into those that name objects and those that say what to change: KEY=VALUE, KEY-.
//
// Source: k8s.io/kubectl/pkg/cmd/util, GetResourcesAndPairs.
func splitChanges(words []string, what string) (objects, changes []string, err error) {
	for _, w := range words {
		change := strings.Contains(w, "=") && w[0] != '=' || strings.HasSuffix(w, "-") && w != "-"
		switch {
		case change:
			changes = append(changes, w)
		case changes != nil:
			return nil, nil, usageError("all resources must be specified before " + what + " changes: " + w)
		default:
			objects = append(objects, w)
		}
	}
	return objects, changes, nil
}

// patchInfo sends a patch for an object, and tells whether it changed anything. The object is the answer.
func (c *call) patchInfo(i *info, kind request.PatchType, tree any, subresource, dry string) (api.Object, bool, error) {
	if c.on("local") {
		return i.patchLocal(kind, tree)
	}
	var warned []string
	o, err := c.env.Server.Patch(i.res, i.namespace, i.name(), request.Patch{Type: kind, Tree: tree, Subresource: subresource},
		request.WriteOptions{DryRun: dry != "none", FieldManager: c.manager(), Warned: &warned})
	if err != nil {
		return nil, false, err
	}
	for _, text := range warned {
		c.warnOnce(text)
	}
	return o, !schema.Same(o, i.obj), nil
}

// manager is the name under which a verb owns the fields it writes: kubectl-label, kubectl-patch and so on.
func (c *call) manager() string {
	if m := c.text("field-manager"); m != "" {
		return m
	}
	name, _, _ := strings.Cut(c.verb.name, " ")
	return "kubectl-" + name
}

func quote(s string) string { return strconv.Quote(s) }

// at wraps a tree into maps: at(v, "spec", "paused") is {"spec": {"paused": v}}.
func at(v any, path ...string) map[string]any {
	for i := len(path) - 1; i >= 0; i-- {
		v = map[string]any{path[i]: v}
	}
	m, _ := v.(map[string]any)
	return m
}

// dig walks down a tree by keys; nil if there is nothing.
func dig(v any, path ...string) any {
	for _, k := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[k]
	}
	return v
}

func digText(v any, path ...string) string {
	s, _ := dig(v, path...).(string)
	return s
}

func digInt(v any, path ...string) int64 {
	n, _ := dig(v, path...).(int64)
	return n
}

func digList(v any, path ...string) []any {
	l, _ := dig(v, path...).([]any)
	return l
}
