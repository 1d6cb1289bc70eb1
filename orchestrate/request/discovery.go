package request

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// groupVersion is a version of a group, with what is served in it.
type groupVersion struct {
	group, version string
	resources      []*schema.Resource
}

func (g groupVersion) name() string {
	if g.group == "" {
		return g.version
	}
	return g.group + "/" + g.version
}

// groupVersions are those there are, in the order of the resources.
func groupVersions() (out []groupVersion) {
	for _, r := range schema.Resources() {
		i := slices.IndexFunc(out, func(g groupVersion) bool { return g.group == r.Group && g.version == r.Version })
		if i < 0 {
			i = len(out)
			out = append(out, groupVersion{group: r.Group, version: r.Version})
		}
		out[i].resources = append(out[i].resources, r)
	}
	return out
}

// subresource is a part of an object that is served by itself.
type subresource struct {
	name, group, version, kind string // group, version and kind are empty if they are the object's
	verbs                      []string
}

// hasStatus tells whether the status of a kind's objects is written apart from the rest.
func hasStatus(res *schema.Resource) bool {
	_, missing, _ := schema.Explain(res, []string{"status"})
	return missing == ""
}

func subresources(res *schema.Resource) (out []subresource) {
	post, change := []string{"create"}, []string{"get", "patch", "update"}
	if res.Kind == api.KindPod {
		out = append(out,
			subresource{name: "binding", version: "v1", kind: "Binding", verbs: post},
			subresource{name: "eviction", group: "policy", version: "v1", kind: "Eviction", verbs: post},
			subresource{name: "exec", version: "v1", kind: "PodExecOptions", verbs: []string{"create", "get"}},
			subresource{name: "log", verbs: []string{"get"}})
	}
	if Scalable(res) {
		out = append(out, subresource{name: "scale", group: "autoscaling", version: "v1", kind: "Scale", verbs: change})
	}
	if hasStatus(res) {
		out = append(out, subresource{name: "status", verbs: change})
	}
	return out
}

// discover answers what is asked below /api and /apis about what is served; nil if nothing is there.
//
// Source: Kubernetes API concepts, "Discovery".
func discover(path, accept string) map[string]any {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	legacy := parts[0] == "api"
	if !legacy && parts[0] != "apis" {
		return nil
	}
	var served []groupVersion
	for _, g := range groupVersions() {
		if legacy == (g.group == "") {
			served = append(served, g)
		}
	}
	switch {
	case len(parts) == 1 && wantsAggregated(accept):
		return aggregated(served)
	case len(parts) == 1 && legacy:
		return apiVersions(served)
	case len(parts) == 1:
		groups := []any{}
		for _, g := range served {
			groups = append(groups, apiGroup(g))
		}
		return map[string]any{"kind": "APIGroupList", "apiVersion": "v1", "groups": groups}
	}
	for _, g := range served {
		switch {
		case strings.Join(parts[1:], "/") == g.name():
			return resourceList(g)
		case !legacy && len(parts) == 2 && parts[1] == g.group:
			tree := apiGroup(g)
			tree["kind"], tree["apiVersion"] = "APIGroup", "v1"
			return tree
		}
	}
	return nil
}

func apiVersions(served []groupVersion) map[string]any {
	versions := []any{}
	for _, g := range served {
		versions = append(versions, g.version)
	}
	return map[string]any{"kind": "APIVersions", "versions": versions, "serverAddressByClientCIDRs": []any{
		map[string]any{"clientCIDR": "0.0.0.0/0", "serverAddress": ""},
	}}
}

// apiGroup is a group as a list of groups has it. Each has one version here.
func apiGroup(g groupVersion) map[string]any {
	version := map[string]any{"groupVersion": g.name(), "version": g.version}
	return map[string]any{"name": g.group, "versions": []any{version}, "preferredVersion": version}
}

// resourceList is what is served in a version of a group.
func resourceList(g groupVersion) map[string]any {
	list := []any{}
	for _, r := range g.resources {
		tree := map[string]any{
			"name": r.Plural, "singularName": r.Singular, "namespaced": r.Namespaced, "kind": r.Kind.String(), "verbs": words(r.Verbs),
		}
		addWords(tree, "shortNames", r.ShortNames)
		addWords(tree, "categories", r.Categories)
		list = append(list, tree)
		for _, s := range subresources(r) {
			tree := map[string]any{
				"name": r.Plural + "/" + s.name, "singularName": "", "namespaced": r.Namespaced, "kind": orWord(s.kind, r.Kind.String()),
				"verbs": words(s.verbs),
			}
			add(tree, "group", s.group)
			add(tree, "version", s.version)
			list = append(list, tree)
		}
	}
	return map[string]any{"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": g.name(), "resources": list}
}

// aggregated is all of discovery in one answer.
//
// Source: Kubernetes API reference, "APIGroupDiscoveryList v2 apidiscovery.k8s.io".
func aggregated(served []groupVersion) map[string]any {
	items := []any{}
	for _, g := range served {
		list := []any{}
		for _, r := range g.resources {
			list = append(list, discoveredResource(r))
		}
		meta := map[string]any{}
		add(meta, "name", g.group)
		items = append(items, map[string]any{"metadata": meta, "versions": []any{
			map[string]any{"version": g.version, "freshness": "Current", "resources": list},
		}})
	}
	return map[string]any{"kind": "APIGroupDiscoveryList", "apiVersion": discovery + "/v2", "metadata": map[string]any{}, "items": items}
}

func discoveredResource(r *schema.Resource) map[string]any {
	kind := func(group, version, kind string) map[string]any {
		return map[string]any{"group": group, "version": version, "kind": kind}
	}
	scope := "Cluster"
	if r.Namespaced {
		scope = "Namespaced"
	}
	tree := map[string]any{
		"resource": r.Plural, "responseKind": kind(r.Group, r.Version, r.Kind.String()), "scope": scope,
		"singularResource": r.Singular, "verbs": words(r.Verbs),
	}
	addWords(tree, "shortNames", r.ShortNames)
	addWords(tree, "categories", r.Categories)
	var subs []any
	for _, s := range subresources(r) {
		response := kind(s.group, s.version, s.kind)
		if s.kind == "" {
			response = kind(r.Group, r.Version, r.Kind.String())
		}
		subs = append(subs, map[string]any{"subresource": s.name, "responseKind": response, "verbs": words(s.verbs)})
	}
	if subs != nil {
		tree["subresources"] = subs
	}
	return tree
}

func words(list []string) []any {
	out := []any{}
	for _, w := range list {
		out = append(out, w)
	}
	return out
}

func addWords(tree map[string]any, key string, list []string) {
	if len(list) > 0 {
		tree[key] = words(list)
	}
}
