package kubectl

import (
	"errors"
	"maps"
	"reflect"
	"slices"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func applyVerb() *verb {
	return &verb{
		name:  "apply",
		short: "Make objects be as manifests say: create those that are missing, change the others.",
		long: "What the last apply set and the manifest no longer has is removed; what others have set stays. For that,\n" +
			"apply keeps the manifest in the annotation " + lastApplied + ".",
		usage:    "-f FILENAME [flags]",
		examples: []string{"kubectl apply -f pod.yaml", "cat pod.yaml | kubectl apply -f -"},
		subs:     lastAppliedVerbs,
		flags: `filename dry-run output selector force grace-period timeout cascade wait kustomize recursive record validate
server-side|b||Let the server merge, and keep who owns which field.
force-conflicts|b||With --server-side: take over fields that others own.
field-manager|skubectl-client-side-apply||The name under which the fields are owned.
prune|b||Delete what was applied before, is selected by -l or --all, and is not in the manifests.
prune-allowlist|a||A kind that --prune goes through, as group/version/Kind: core/v1/ConfigMap.
all|b||With --prune: everything that was ever applied.
subresource|L
overwrite|btrue||Take the manifest's values where they differ from the live ones.
openapi-patch|btrue||Accepted; the merge keys are known.`,
		run: func(c *call) error {
			if len(c.args) > 0 {
				return c.unexpected()
			}
			if !c.given("filename") {
				return usageError("must specify one of -f and -k")
			}
			if err := c.checkServerSide(); err != nil {
				return err
			}
			kinds, err := c.checkPrune()
			if err != nil {
				return err
			}
			each := c.applyOne
			if c.on("server-side") {
				each = c.applyServerSide
			}
			if err := c.manifests(each); err != nil {
				return err
			}
			if len(c.spaces) == 0 && c.code == 0 {
				return usageError("no objects passed to apply")
			}
			if err := c.printApplied(); err != nil || c.code != 0 {
				return err
			}
			return c.prune(kinds)
		},
	}
}

func (c *call) applyOne(m *manifest) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	if m.Name == "" {
		c.spaces = append(c.spaces, m.Namespace)
		c.fail(m.unnamed(), "")
		c.hint(m.file, m.Line, m.Column, "apply needs metadata.name; kubectl create can make one from generateName")
		return nil
	}
	if ok, err := c.selected(m); !ok || err != nil {
		return err
	}
	if !slices.Contains(c.spaces, m.Namespace) {
		c.spaces = append(c.spaces, m.Namespace)
	}
	if _, err := m.decoded(); err != nil {
		c.fail(err, `error when creating "`+m.file+`"`)
		c.hintDocument(m)
		return nil
	}
	modified, err := m.configuration()
	if err != nil {
		return err
	}
	live, err := c.env.Server.Get(m.Resource, m.Namespace, m.Name)
	if isNotFound(err) {
		return c.applyNew(m, modified, dry)
	}
	return c.applyChange(m, live, modified, dry)
}

// unnamed is what apply says of a manifest without a name.
func (m *manifest) unnamed() error {
	meta, _ := m.Tree["metadata"].(map[string]any)
	if prefix, _ := meta["generateName"].(string); prefix != "" {
		return errors.New("from " + prefix + ": cannot use generate name with apply")
	}
	r := m.Resource
	return fmt.Errorf("error when retrieving current configuration of:\nResource: %q, GroupVersionKind: %q\nName: \"\", Namespace: %q\nfrom server for: %q: resource name may not be empty",
		r.Group+"/"+r.Version+", Resource="+r.Plural, r.Group+"/"+r.Version+", Kind="+m.Kind, m.Namespace, m.file)
}

// printApplied prints what -o asks for: one object alone, several as a List.
func (c *call) printApplied() error {
	if len(c.applied) == 0 {
		return nil
	}
	p, err := newPrinter(c)
	if err != nil {
		return err
	}
	if len(c.applied) == 1 {
		return p.printTree(&c.out, c.applied[0].(map[string]any))
	}
	return p.printTree(&c.out, map[string]any{"apiVersion": "v1", "kind": "List", "items": c.applied, "metadata": map[string]any{}})
}

// applyDid reports one object, or keeps it for printApplied.
func (c *call) applyDid(m *manifest, o api.Object, tree map[string]any, what, dry string) error {
	c.seen = append(c.seen, o.Meta().UID)
	if out := c.text("output"); out == "" || out == "name" {
		return c.did(m.Resource, o, tree, what, dry)
	}
	if tree == nil {
		tree = schema.Tree(o)
	}
	c.applied = append(c.applied, tree)
	return nil
}

// configuration is the manifest as apply sends it, with the annotation that holds it.
func (m *manifest) configuration() (tree map[string]any, err error) {
	tree = maps.Clone(m.Tree)
	meta, _ := tree["metadata"].(map[string]any)
	meta = maps.Clone(meta)
	annotations, _ := meta["annotations"].(map[string]any)
	annotations = maps.Clone(annotations)
	if annotations == nil {
		annotations = map[string]any{}
	}
	delete(annotations, lastApplied)
	meta["annotations"] = annotations
	if m.Resource.Namespaced {
		meta["namespace"] = m.Namespace
	}
	tree["metadata"] = meta
	text, err := schema.MarshalTree(tree)
	if err != nil {
		return nil, err
	}
	annotation := string(text) + "\n"
	meta["annotations"] = maps.Clone(annotations)
	meta["annotations"].(map[string]any)[lastApplied] = annotation
	return tree, nil
}

func (c *call) applyNew(m *manifest, modified map[string]any, dry string) error {
	obj, err := schema.FromTree(m.Resource, modified)
	if err != nil {
		return err
	}
	if dry != "client" {
		obj.Meta().ResourceVersion = 0
		obj, err = c.env.Server.Create(m.Resource, m.Namespace, obj, request.WriteOptions{DryRun: dry == "server", FieldManager: c.manager()})
		if err != nil {
			c.fail(err, `error when creating "`+m.file+`"`)
			return nil
		}
	}
	var tree map[string]any
	if dry == "client" {
		tree = modified
	}
	return c.applyDid(m, obj, tree, "created", dry)
}

// again deletes an object that cannot be changed, and makes the new one.
func (c *call) again(m *manifest, next api.Object, o request.WriteOptions) (api.Object, error) {
	now := int64(0)
	if _, err := c.env.Server.Delete(m.Resource, m.Namespace, m.Name, request.DeleteOptions{GracePeriod: &now}); err != nil {
		return nil, err
	}
	meta := next.Meta()
	meta.ResourceVersion, meta.UID, meta.CreationTimestamp = 0, "", 0
	if p, ok := next.(*api.Pod); ok {
		spec := *p.Spec
		spec.NodeName = ""
		p.Spec, p.Status = &spec, api.PodStatus{}
	}
	return c.env.Server.Create(m.Resource, m.Namespace, next, o)
}

func (c *call) applyChange(m *manifest, live api.Object, modified map[string]any, dry string) error {
	current := schema.Tree(live)
	before, known := live.Meta().Annotations[lastApplied]
	if !known {
		c.err.WriteString("Warning: resource " + m.Resource.Plural + "/" + m.Name + " is missing the " + lastApplied +
			" annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n")
	}
	var original map[string]any
	if docs, err := schema.Decode([]byte(before), lastApplied); err == nil && len(docs) == 1 {
		original = docs[0].Tree
	}
	merged := schema.ThreeWay(m.Resource, original, modified, current)
	if reflect.DeepEqual(merged, current) {
		return c.applyDid(m, live, nil, "unchanged", dry)
	}
	obj, err := schema.FromTree(m.Resource, merged)
	if err != nil {
		return err
	}
	if dry != "client" {
		o := request.WriteOptions{DryRun: dry == "server", FieldManager: c.manager()}
		next := obj
		if obj, err = c.env.Server.Update(m.Resource, m.Namespace, m.Name, obj, o); err != nil && c.on("force") && dry == "none" {
			obj, err = c.again(m, next, o)
		}
		if err != nil {
			c.fail(err, `error when applying patch to "`+m.file+`"`)
			return nil
		}
	}
	return c.applyDid(m, obj, nil, "configured", dry)
}
