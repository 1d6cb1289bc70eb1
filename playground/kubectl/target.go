package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// target is what a command line speaks of: one object, or all of a kind.
type target struct {
	res  *schema.Resource
	name string // "" for all
}

// errNoName is what kubectl says of a name that is empty: a variable that is not set.
const errNoName = usageError("resource name may not be empty")

// findResource is the kind a word means, or kubectl's error and the nearest word there is.
func findResource(word string) (*schema.Resource, error) {
	if r := schema.Find(word); r != nil {
		return r, nil
	}
	text := `the server doesn't have a resource type "` + word + `"`
	if foreign(word) {
		text += "\nKubernetes has it, this playground does not; kubectl api-resources lists what is here."
	} else if near := schema.Nearest(word, schema.Names()); near != "" {
		text += "\nDid you mean " + near + "?"
	}
	return nil, usageError(text)
}

// foreignKinds are words for kinds of Kubernetes that may not be here; those that are, are found first.
const foreignKinds = " bindings clusterroles clusterrolebindings componentstatuses cs controllerrevisions cronjobs cj customresourcedefinitions crd crds" +
	" csidrivers csinodes daemonsets ds horizontalpodautoscalers hpa ingresses ing ingressclasses jobs limitranges limits networkpolicies netpol" +
	" persistentvolumeclaims pvc persistentvolumes pv poddisruptionbudgets pdb podtemplates priorityclasses pc replicationcontrollers rc" +
	" resourcequotas quota roles rolebindings runtimeclasses statefulsets sts storageclasses sc validatingwebhookconfigurations mutatingwebhookconfigurations volumeattachments "

// foreign tells whether a word is one of them, also in the singular.
func foreign(word string) bool {
	word, _, _ = strings.Cut(strings.ToLower(word), ".")
	return word != "" && (strings.Contains(foreignKinds, " "+word+" ") || strings.Contains(foreignKinds, " "+word+"s ") ||
		strings.Contains(foreignKinds, " "+word+"es ") || strings.Contains(foreignKinds, " "+strings.TrimSuffix(word, "y")+"ies "))
}

// findResources are the kinds of a comma-separated list, each once; a category stands for its members.
func findResources(list string) ([]*schema.Resource, error) {
	var out []*schema.Resource
	for word := range strings.SplitSeq(list, ",") {
		if in := schema.InCategory(word); len(in) > 0 {
			out = append(out, in...)
			continue
		}
		r, err := findResource(word)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out, nil
}

// targets is what the words of a command line speak of: TYPE, TYPE NAME…, TYPE,TYPE, TYPE,TYPE NAME… and TYPE/NAME…; words and
// selectors must not contradict each other.
//
// Source of the texts: k8s.io/cli-runtime/pkg/resource, builder.go.
func (c *call) targets() ([]target, error) {
	words := pairUp(c.args)
	pairs := slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, "/") })
	if err := c.checkWords(words, pairs); err != nil {
		return nil, err
	}
	if pairs {
		return c.checkScope(pairTargets(words))
	}
	kinds, err := findResources(words[0])
	if err != nil {
		return nil, err
	}
	if slices.Contains(words[1:], "") {
		return nil, errNoName
	}
	var out []target
	for _, r := range kinds {
		if len(words) == 1 {
			out = append(out, target{res: r})
		}
		for _, name := range words[1:] {
			out = append(out, target{r, name})
		}
	}
	return c.checkScope(out, nil)
}

// pairUp makes "a,b x" the pairs "a/x b/x".
func pairUp(words []string) []string {
	if len(words) < 2 || !strings.Contains(words[0], ",") {
		return words
	}
	var pairs []string
	for kind := range strings.SplitSeq(words[0], ",") {
		for _, name := range words[1:] {
			pairs = append(pairs, kind+"/"+name)
		}
	}
	return pairs
}

func (c *call) checkWords(words []string, pairs bool) error {
	selected := c.given("selector") || c.given("field-selector")
	switch {
	case c.on("all") && selected:
		return usageError("setting 'all' parameter but found a non empty selector. ")
	case !selected && !c.on("all"):
		return nil
	case pairs:
		return usageError("selectors and the all flag cannot be used when passing resource/name arguments")
	case len(words) > 1:
		return usageError("name cannot be provided when a selector is specified")
	}
	return nil
}

// checkScope refuses names where every namespace is meant, and hands on what a server warns of.
func (c *call) checkScope(list []target, err error) ([]target, error) {
	if slices.ContainsFunc(list, func(t target) bool { return t.res.Kind == api.KindEndpoints }) {
		c.err.WriteString("Warning: " + request.EndpointsWarning + "\n")
	}
	if err == nil && c.on("all-namespaces") && slices.ContainsFunc(list, func(t target) bool { return t.name != "" && t.res.Namespaced }) {
		return nil, usageError("a resource cannot be retrieved by name across all namespaces")
	}
	return list, err
}

func pairTargets(words []string) ([]target, error) {
	var out []target
	for _, w := range words {
		parts := strings.Split(w, "/")
		switch {
		case len(parts) == 1:
			return nil, usageError("there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'")
		case len(parts) > 2:
			return nil, usageError("arguments in resource/name form may not have more than one slash")
		case parts[0] == "" || parts[1] == "" || strings.Contains(parts[0], ","):
			return nil, usageError("arguments in resource/name form must have a single resource and name")
		}
		r, err := findResource(parts[0])
		if err != nil {
			return nil, err
		}
		out = append(out, target{r, parts[1]})
	}
	return out, nil
}

// objects gives what a target means. A name that does not exist is an error.
func (c *call) objects(t target) ([]api.Object, error) {
	namespace := c.namespace()
	if c.on("all-namespaces") {
		namespace = ""
	}
	if t.res.Kind == api.KindEndpoints {
		c.warnOnce(request.EndpointsWarning)
	}
	if t.name == "" {
		o := c.selectors()
		objs, err := c.env.Server.List(t.res, namespace, o)
		return objs, listError(err, t.res, o)
	}
	obj, err := c.env.Server.Get(t.res, namespace, t.name)
	if err != nil {
		return nil, err
	}
	return []api.Object{obj}, nil
}

// warnOnce prints what the server warns of, if it has not said so already.
func (c *call) warnOnce(text string) {
	if line := "Warning: " + text + "\n"; !strings.Contains(c.err.String(), line) {
		c.err.WriteString(line)
	}
}

// listError says which list a server refused.
//
// Source: k8s.io/cli-runtime/pkg/resource, EnhanceListError.
func listError(err error, res *schema.Resource, o request.ListOptions) error {
	status, ok := err.(*api.StatusError)
	if !ok || status.Status.Reason != api.StatusBadRequest {
		return err
	}
	return api.BadRequest(fmt.Sprintf("Unable to find %q that match label selector %q, field selector %q: %s",
		res.Group+"/"+res.Version+", Resource="+res.Plural, o.LabelSelector, o.FieldSelector, status.Status.Message))
}

// selectors are the flags by which objects are chosen.
func (c *call) selectors() request.ListOptions {
	return request.ListOptions{LabelSelector: c.text("selector"), FieldSelector: c.text("field-selector")}
}

// called is an object as kubectl says it: pod/web.
func called(res *schema.Resource, name string) string { return res.QualifiedSingular() + "/" + name }
