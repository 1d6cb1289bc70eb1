package request

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// about answers what a client asks about the server itself: what is served, the version, how it is.
func (s *Server) about(c Call) Answer {
	path := "/" + strings.Trim(c.Path, "/")
	var tree map[string]any
	switch {
	case path == "/version":
		tree = versionTree()
	case path == "/healthz" || path == "/livez" || path == "/readyz":
		if c.Method == "GET" || c.Method == "HEAD" {
			return Answer{Code: 200, Type: textType, Body: []byte("ok")}
		}
	case path == "/openapi/v3":
		tree = openAPIIndex()
	case strings.HasPrefix(path, "/openapi/v3/"):
		tree = openAPI(strings.TrimPrefix(path, "/openapi/v3/"))
	default:
		tree = discover(path, c.Accept)
	}
	switch {
	case tree == nil:
		return failure(notServed())
	case c.Method != "GET" && c.Method != "HEAD":
		return failure(wrongMethod())
	}
	a := answer(200, tree)
	if tree["kind"] == "APIGroupDiscoveryList" {
		a.Type += ";g=" + discovery + ";v=v2;as=APIGroupDiscoveryList"
	}
	return a
}

// versionTree is what a server says of its version. Who built it, and when, is nobody's business here.
func versionTree() map[string]any {
	parts := strings.Split(strings.TrimPrefix(KubernetesVersion, "v"), ".")
	return map[string]any{
		"major": parts[0], "minor": parts[1], "emulationMajor": parts[0], "emulationMinor": parts[1], "gitVersion": KubernetesVersion,
		"gitCommit": "", "gitTreeState": "clean", "buildDate": "", "goVersion": "", "compiler": "gc", "platform": "linux/amd64",
	}
}

// openAPIIndex lists the documents of OpenAPI there are, one for each version of a group.
//
// Source: Kubernetes documentation, "The Kubernetes API", OpenAPI V3.
func openAPIIndex() map[string]any {
	paths := map[string]any{}
	for _, g := range groupVersions() {
		paths[g.root()] = map[string]any{"serverRelativeURL": "/openapi/v3/" + g.root() + "?hash=" + KubernetesVersion}
	}
	return map[string]any{"paths": paths}
}

// root is the path under which a version of a group is served.
func (g groupVersion) root() string {
	if g.group == "" {
		return "api/" + g.version
	}
	return "apis/" + g.name()
}

// openAPI is the document of a version of a group; nil if there is none. It says no more than what a client needs to leave
// validation to the server: that its kinds can be patched with fieldValidation and dryRun.
func openAPI(root string) map[string]any {
	for _, g := range groupVersions() {
		if g.root() != root {
			continue
		}
		paths := map[string]any{}
		for _, r := range g.resources {
			paths[pathOf(g, r)] = map[string]any{"patch": patchOperation(r)}
		}
		return map[string]any{
			"openapi": "3.0.0", "info": map[string]any{"title": "Kubernetes", "version": KubernetesVersion}, "paths": paths,
		}
	}
	return nil
}

func pathOf(g groupVersion, r *schema.Resource) string {
	path := "/" + g.root()
	if r.Namespaced {
		path += "/namespaces/{namespace}"
	}
	return path + "/" + r.Plural + "/{name}"
}

func patchOperation(r *schema.Resource) map[string]any {
	var parameters []any
	for _, name := range []string{"dryRun", "fieldValidation"} {
		parameters = append(parameters, map[string]any{
			"name": name, "in": "query", "schema": map[string]any{"type": "string", "uniqueItems": true},
		})
	}
	return map[string]any{
		"operationId": "patch" + r.Kind.String(), "parameters": parameters,
		"responses":                       map[string]any{"200": map[string]any{"description": "OK"}},
		"x-kubernetes-action":             "patch",
		"x-kubernetes-group-version-kind": map[string]any{"group": r.Group, "version": r.Version, "kind": r.Kind.String()},
	}
}
