package request

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// The managers of objects that were written before anybody applied to them on the server.
const (
	beforeFirstApply = "before-first-apply"
	clientSideApply  = "kubectl-client-side-apply"
	lastApplied      = "kubectl.kubernetes.io/last-applied-configuration"
)

// owner is what one manager owns of an object.
type owner struct {
	entry  api.ManagedFieldsEntry
	fields *fieldSet
}

func readOwners(list []api.ManagedFieldsEntry) []owner {
	var out []owner
	for _, e := range list {
		out = append(out, owner{e, readFields(e.FieldsV1)})
	}
	return out
}

// writeOwners puts owners in order and leaves out those that own nothing.
func writeOwners(list []owner) []api.ManagedFieldsEntry {
	var out []api.ManagedFieldsEntry
	for _, o := range list {
		if o.fields.empty() {
			continue
		}
		o.entry.FieldsType, o.entry.FieldsV1 = "FieldsV1", o.fields.tree()
		out = append(out, o.entry)
	}
	sorting.Stable(out, func(a, b api.ManagedFieldsEntry) int {
		return cmp.Or(strings.Compare(a.Operation, b.Operation), cmp.Compare(a.Time, b.Time), strings.Compare(a.Manager, b.Manager))
	})
	return out
}

// apply is a server-side apply: the object becomes what the manager says of it; what the manager said before and says no more is
// removed, unless somebody else says it too. What others say otherwise is a conflict, unless it is taken over by force.
//
// Source: Kubernetes documentation, "Server-Side Apply".
func (s *Server) apply(res *schema.Resource, namespace, name string, p Patch, o WriteOptions) (api.Object, error) {
	config, err := checkApply(res, name, p, o)
	if err != nil {
		return nil, err
	}
	if _, err := s.readPatched(res, config, o); err != nil {
		return nil, err
	}
	a := applying{granular: granular{res}, manager: o.FieldManager, now: s.now(), config: config}
	live, err := s.Get(res, namespace, name)
	if err != nil {
		if !notFound(err) {
			return nil, err
		}
		return s.applyNew(&a, namespace, o)
	}
	a.live = schema.Tree(live)
	a.owners = a.migrated(a.knownOwners(live))
	tree, err := a.run(o.Force)
	if err != nil {
		return nil, err
	}
	if err := a.remember(tree); err != nil {
		return nil, err
	}
	obj, err := s.readPatched(res, tree, o)
	if err != nil {
		return nil, err
	}
	obj.Meta().ManagedFields = writeOwners(a.owners)
	if v := text(meta(config)["resourceVersion"]); v != "" {
		n, err := strconv.ParseUint(v, 10, 64)
		if err != nil {
			return nil, api.BadRequest(`invalid resourceVersion "` + v + `"`)
		}
		obj.Meta().ResourceVersion = api.Revision(n)
	}
	return s.write(res, namespace, name, "", obj, o)
}

func (s *Server) applyNew(a *applying, namespace string, o WriteOptions) (api.Object, error) {
	if uid := text(meta(a.config)["uid"]); uid != "" {
		return nil, api.NotFound(a.res.Qualified(), text(meta(a.config)["name"]))
	}
	obj, err := s.readPatched(a.res, a.config, o)
	if err != nil {
		return nil, err
	}
	a.live = map[string]any{}
	a.own(a.fields("", owned(a.config)))
	obj.Meta().ManagedFields = writeOwners(a.owners)
	return s.Create(a.res, namespace, obj, o)
}

// checkApply tells what is wrong with a configuration before it is compared with anything.
func checkApply(res *schema.Resource, name string, p Patch, o WriteOptions) (map[string]any, error) {
	config, ok := p.Tree.(map[string]any)
	switch {
	case !ok:
		return nil, api.BadRequest("error decoding YAML: json: cannot unmarshal " + jsonKind(p.Tree) + " into Go value of type map[string]interface {}")
	case o.FieldManager == "":
		return nil, api.Invalid("PatchOptions.meta.k8s.io", "", []api.FieldError{api.RequiredAt("fieldManager", "is required for apply patch")})
	case meta(config)["managedFields"] != nil:
		return nil, api.BadRequest("metadata.managedFields must be nil")
	case text(config["kind"]) != res.Kind.String() || text(config["apiVersion"]) != res.APIVersion():
		return nil, api.BadRequest("incorrect type specified for patch: expected " + res.APIVersion() + ", Kind=" + res.Kind.String())
	case text(meta(config)["name"]) != name:
		return nil, api.BadRequest("metadata.name must be " + name)
	}
	return config, nil
}

// applying is one apply being worked out.
type applying struct {
	granular
	manager      string
	now          api.Time
	config, live map[string]any
	owners       []owner
}

// knownOwners are those of an object. One that nobody applied to on the server has a single one: its client, or all that was
// before.
func (a *applying) knownOwners(live api.Object) []owner {
	if list := live.Meta().ManagedFields; list != nil {
		return readOwners(list)
	}
	o := owner{api.ManagedFieldsEntry{Manager: beforeFirstApply, Operation: "Update", APIVersion: a.res.APIVersion()}, a.fields("", owned(a.live))}
	if live.Meta().Annotations[lastApplied] != "" {
		o.entry.Manager = clientSideApply
	}
	return []owner{o}
}

// owned is a tree without what nobody owns.
func owned(tree map[string]any) map[string]any {
	out := map[string]any{}
	//order:irrelevant each key is decided by itself
	for k, v := range tree {
		if k != "apiVersion" && k != "kind" && k != "status" {
			out[k] = v
		}
	}
	inner := map[string]any{}
	//order:irrelevant each key is decided by itself
	for k, v := range meta(tree) {
		switch k {
		case "name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "resourceVersion", "managedFields",
			"clusterName", "deletionTimestamp", "deletionGracePeriodSeconds":
		default:
			inner[k] = v
		}
	}
	if delete(out, "metadata"); len(inner) > 0 {
		out["metadata"] = inner
	}
	return out
}

// run gives the object as it is to be, and leaves in owners who owns what of it.
func (a *applying) run(force bool) (map[string]any, error) {
	wanted := a.fields("", owned(a.config))
	result, _ := a.merge("", copied(a.live), owned(a.config)).(map[string]any)
	changed := a.changed("", owned(a.live), owned(result))
	var mine *fieldSet
	var conflicts []conflict
	others := &fieldSet{}
	for i := range a.owners {
		o := &a.owners[i]
		if o.entry.Manager == a.manager && o.entry.Operation == "Apply" && o.entry.Subresource == "" {
			mine = o.fields
			continue
		}
		for _, path := range o.fields.both(wanted).both(changed).paths("") {
			conflicts = append(conflicts, conflict{o.entry, path})
		}
		if force {
			o.fields = o.fields.without(o.fields.both(wanted).both(changed))
		}
		others.add(o.fields)
	}
	if len(conflicts) > 0 && !force {
		return nil, applyConflict(conflicts)
	}
	if mine != nil {
		a.prune("", result, mine.without(wanted), others)
	}
	a.own(wanted)
	return result, nil
}

// own makes the manager own fields. The time of an entry is that of its last change.
func (a *applying) own(fields *fieldSet) {
	for i := range a.owners {
		o := &a.owners[i]
		if o.entry.Manager == a.manager && o.entry.Operation == "Apply" && o.entry.Subresource == "" {
			if !o.fields.without(fields).empty() || !fields.without(o.fields).empty() {
				o.entry.Time = a.now
			}
			o.fields = fields
			return
		}
	}
	a.owners = append(a.owners, owner{
		api.ManagedFieldsEntry{Manager: a.manager, Operation: "Apply", APIVersion: a.res.APIVersion(), Time: a.now}, fields,
	})
}
