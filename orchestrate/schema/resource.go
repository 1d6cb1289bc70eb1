package schema

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// Resource is a served kind, with all the names it goes by.
//
// Source: Kubernetes API reference, "APIResource v1 meta".
type Resource struct {
	// Kind of the objects.
	Kind api.Kind
	// Group and Version, for example apps and v1; the core group is empty.
	Group, Version string
	// Plural and Singular name, for example pods and pod.
	Plural, Singular string
	// ShortNames, for example po.
	ShortNames []string
	// Categories the kind is listed in, for example all.
	Categories []string
	// Verbs a client may use, sorted.
	Verbs []string
	// Namespaced tells that objects live in a namespace.
	Namespaced bool
	// New makes an empty object.
	New func() api.Object
}

// resources is in the order of discovery: sorted by plural within a group and version.
var resources = []*Resource{
	{Kind: api.KindConfigMap, Version: "v1", Plural: "configmaps", Singular: "configmap", ShortNames: []string{"cm"},
		Namespaced: true, Verbs: allVerbs, New: func() api.Object { return &api.ConfigMap{} }},
	{Kind: api.KindEndpoints, Version: "v1", Plural: "endpoints", Singular: "endpoints", ShortNames: []string{"ep"},
		Namespaced: true, Verbs: allVerbs, New: func() api.Object { return &api.Endpoints{} }},
	{Kind: api.KindEvent, Version: "v1", Plural: "events", Singular: "event", ShortNames: []string{"ev"},
		Namespaced: true, Verbs: allVerbs, New: func() api.Object { return &api.Event{} }},
	{Kind: api.KindNamespace, Version: "v1", Plural: "namespaces", Singular: "namespace", ShortNames: []string{"ns"},
		Verbs: namespaceVerbs, New: func() api.Object { return &api.Namespace{} }},
	{Kind: api.KindNode, Version: "v1", Plural: "nodes", Singular: "node", ShortNames: []string{"no"},
		Verbs: allVerbs, New: func() api.Object { return &api.Node{} }},
	{Kind: api.KindPod, Version: "v1", Plural: "pods", Singular: "pod", ShortNames: []string{"po"}, Categories: []string{"all"},
		Namespaced: true, Verbs: allVerbs, New: func() api.Object { return &api.Pod{Spec: &api.PodSpec{}} }},
	{Kind: api.KindSecret, Version: "v1", Plural: "secrets", Singular: "secret",
		Namespaced: true, Verbs: allVerbs, New: func() api.Object { return &api.Secret{} }},
	{Kind: api.KindServiceAccount, Version: "v1", Plural: "serviceaccounts", Singular: "serviceaccount", ShortNames: []string{"sa"},
		Namespaced: true, Verbs: allVerbs, New: func() api.Object { return &api.ServiceAccount{} }},
	{Kind: api.KindService, Version: "v1", Plural: "services", Singular: "service", ShortNames: []string{"svc"}, Categories: []string{"all"},
		Namespaced: true, Verbs: allVerbs, New: func() api.Object { return &api.Service{} }},
	{Kind: api.KindDeployment, Group: "apps", Version: "v1", Plural: "deployments", Singular: "deployment", ShortNames: []string{"deploy"},
		Categories: []string{"all"}, Namespaced: true, Verbs: allVerbs, New: func() api.Object { return newDeployment() }},
	{Kind: api.KindReplicaSet, Group: "apps", Version: "v1", Plural: "replicasets", Singular: "replicaset", ShortNames: []string{"rs"},
		Categories: []string{"all"}, Namespaced: true, Verbs: allVerbs, New: func() api.Object { return newReplicaSet() }},
	{Kind: api.KindLease, Group: "coordination.k8s.io", Version: "v1", Plural: "leases", Singular: "lease",
		Namespaced: true, Verbs: allVerbs, New: func() api.Object { return &api.Lease{} }},
	{Kind: api.KindEndpointSlice, Group: "discovery.k8s.io", Version: "v1", Plural: "endpointslices", Singular: "endpointslice",
		Namespaced: true, Verbs: allVerbs, New: func() api.Object { return &api.EndpointSlice{} }},
}

func newDeployment() *api.Deployment {
	return &api.Deployment{Spec: api.DeploymentSpec{Template: api.PodTemplateSpec{Spec: &api.PodSpec{}}}}
}

func newReplicaSet() *api.ReplicaSet {
	return &api.ReplicaSet{Spec: api.ReplicaSetSpec{Template: api.PodTemplateSpec{Spec: &api.PodSpec{}}}}
}

var (
	allVerbs       = []string{"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"}
	namespaceVerbs = []string{"create", "delete", "get", "list", "patch", "update", "watch"}
)

// Resources are the served kinds, in the order in which api-resources lists them. The result is the
// caller's; what it points to belongs to this package.
func Resources() []*Resource { return slices.Clone(resources) }

// ByKind is the resource of a kind, or nil if the kind is not served.
func ByKind(k api.Kind) *Resource {
	for _, r := range resources {
		if r.Kind == k {
			return r
		}
	}
	return nil
}

// ByGVK is the resource with the apiVersion and kind of a manifest, or nil.
func ByGVK(apiVersion, kind string) *Resource {
	for _, r := range resources {
		if r.APIVersion() == apiVersion && r.Kind.String() == kind {
			return r
		}
	}
	return nil
}

// Find is the resource a person means by a word, or nil: plural, singular, short name or kind, in any
// case, perhaps with group ("pods.", "deployments.apps") or version and group ("pods.v1.", "deployments.v1.apps").
func Find(word string) *Resource {
	word = strings.ToLower(word)
	name, rest, dotted := strings.Cut(word, ".")
	for _, r := range resources {
		if !r.named(name) {
			continue
		}
		if !dotted || rest == r.Group || rest == r.Version+"."+r.Group || (r.Group == "" && rest == r.Version) {
			return r
		}
	}
	return nil
}

func (r *Resource) named(word string) bool {
	return word == r.Plural || word == r.Singular || slices.Contains(r.ShortNames, word) ||
		word == strings.ToLower(r.Kind.String())
}

// InCategory are the resources of a category such as "all", in the order of [Resources].
func InCategory(category string) []*Resource {
	var in []*Resource
	for _, r := range resources {
		if slices.Contains(r.Categories, category) {
			in = append(in, r)
		}
	}
	return in
}

// Names are all words [Find] understands, for completion and spelling help: plurals first.
func Names() []string {
	var names []string
	for _, r := range resources {
		names = append(names, r.Plural)
	}
	for _, r := range resources {
		names = append(names, r.Singular)
		names = append(names, r.ShortNames...)
	}
	return names
}

// APIVersion is what a manifest says: v1, or apps/v1.
func (r *Resource) APIVersion() string {
	if r.Group == "" {
		return r.Version
	}
	return r.Group + "/" + r.Version
}

// Qualified is the plural with its group, as messages and `kubectl get` output spell it: pods, deployments.apps.
func (r *Resource) Qualified() string { return withGroup(r.Plural, r.Group) }

// QualifiedSingular is the singular with its group, as kubectl says when it did something: pod, deployment.apps.
func (r *Resource) QualifiedSingular() string { return withGroup(r.Singular, r.Group) }

// QualifiedKind is the kind with its group, as validation messages spell it: Pod, Deployment.apps.
func (r *Resource) QualifiedKind() string { return withGroup(r.Kind.String(), r.Group) }

func withGroup(name, group string) string {
	if group == "" {
		return name
	}
	return name + "." + group
}
