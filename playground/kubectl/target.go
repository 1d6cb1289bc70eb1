package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// target is what a command line speaks of: one object, or all of a kind.
type target struct {
	res  *schema.Resource
	name string // "" for all
}

// findResource is the kind a word means, or kubectl's error and the nearest word there is.
func findResource(word string) (*schema.Resource, error) {
	if r := schema.Find(word); r != nil {
		return r, nil
	}
	text := `the server doesn't have a resource type "` + word + `"`
	if near := schema.Nearest(word, schema.Names()); near != "" {
		text += "\nDid you mean " + near + "?"
	}
	return nil, usageError(text)
}

// resources are the kinds of a comma-separated list; a category stands for its members.
func findResources(list string) ([]*schema.Resource, error) {
	var out []*schema.Resource
	for _, word := range strings.Split(list, ",") {
		if in := schema.InCategory(word); len(in) > 0 {
			out = append(out, in...)
			continue
		}
		r, err := findResource(word)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// targets reads the words TYPE, TYPE NAME…, TYPE,TYPE, and TYPE/NAME….
func targets(args []string) ([]target, error) {
	if slices.ContainsFunc(args, func(a string) bool { return strings.Contains(a, "/") }) {
		return pairTargets(args)
	}
	kinds, err := findResources(args[0])
	if err != nil {
		return nil, err
	}
	var out []target
	for _, r := range kinds {
		if len(args) == 1 {
			out = append(out, target{res: r})
		}
		for _, name := range args[1:] {
			out = append(out, target{r, name})
		}
	}
	return out, nil
}

func pairTargets(args []string) ([]target, error) {
	var out []target
	for _, a := range args {
		kind, name, ok := strings.Cut(a, "/")
		if !ok {
			return nil, usageError("there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'")
		}
		if kind == "" || name == "" || strings.Contains(name, "/") {
			return nil, usageError("arguments in resource/name form must have a single resource and name")
		}
		r, err := findResource(kind)
		if err != nil {
			return nil, err
		}
		out = append(out, target{r, name})
	}
	return out, nil
}

// objects gives what a target means. A name that does not exist is an error.
func (c *call) objects(t target, o request.ListOptions) ([]api.Object, error) {
	namespace := c.namespace()
	if c.on("all-namespaces") {
		namespace = ""
	}
	if t.name == "" {
		return c.env.Server.List(t.res, namespace, o)
	}
	obj, err := c.env.Server.Get(t.res, namespace, t.name)
	if err != nil {
		return nil, err
	}
	return []api.Object{obj}, nil
}

// selectors are the flags by which objects are chosen.
func (c *call) selectors() request.ListOptions {
	return request.ListOptions{LabelSelector: c.text("selector"), FieldSelector: c.text("field-selector")}
}

// called is an object as kubectl says it: pod/web.
func called(res *schema.Resource, name string) string { return res.QualifiedSingular() + "/" + name }
