package kubectl

import (
	"errors"
	"strings"

	"github.com/slipway-dev/slipway/internal/calendar"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func diffVerb() *verb {
	return &verb{
		name:     "diff",
		short:    "Show what apply would change.",
		long:     "The exit code is 0 if nothing would change, 1 if something would, and greater if it cannot be told.",
		usage:    "-f FILENAME [flags]",
		examples: []string{"kubectl diff -f pod.yaml", "cat pod.yaml | kubectl diff -f -"},
		flags: `filename selector show-managed-fields field-manager kustomize recursive
server-side|b||Accepted; the server is always asked here.
prune|L
force-conflicts|L`,
		run: diff,
	}
}

func diff(c *call) error {
	if !c.given("filename") {
		return usageError("must specify one of -f and -k")
	}
	if len(c.args) > 0 {
		return c.unexpected()
	}
	err := c.manifests(c.diffOne)
	if err != nil {
		return err
	}
	switch {
	case len(c.failures) > 0:
		c.code = 2
	case c.out.Len() > 0:
		c.code = 1
	}
	return nil
}

// diffOne compares the object there is with what the server would make of the manifest.
func (c *call) diffOne(m *manifest) error {
	if m.Name == "" {
		return m.unnamed()
	}
	obj, err := m.decoded()
	if err != nil {
		c.fail(err, "")
		c.hintDocument(m)
		return nil
	}
	live, err := c.env.Server.Get(m.Resource, m.Namespace, m.Name)
	var merged api.Object
	switch {
	case isNotFound(err):
		live = nil
		merged, err = c.env.Server.Create(m.Resource, m.Namespace, obj, request.WriteOptions{DryRun: true})
	case err == nil:
		merged, err = c.wouldBe(m, live)
	}
	if err != nil {
		return err
	}
	before, after := c.diffText(live), c.diffText(merged)
	hideSecret(m.Resource, before, after)
	return c.writeDiff(m, before, after)
}

// wouldBe is the object after an apply.
func (c *call) wouldBe(m *manifest, live api.Object) (api.Object, error) {
	modified, err := m.configuration()
	if err != nil {
		return nil, err
	}
	var original map[string]any
	if docs, err := schema.Decode([]byte(live.Meta().Annotations[lastApplied]), lastApplied); err == nil && len(docs) == 1 {
		original = docs[0].Tree
	}
	if annotations, ok := dig(modified, "metadata", "annotations").(map[string]any); ok {
		delete(annotations, lastApplied) // diff does not look at what apply keeps for itself
	}
	obj, err := schema.FromTree(m.Resource, schema.ThreeWay(m.Resource, original, modified, schema.Tree(live)))
	if err != nil {
		return nil, err
	}
	return c.env.Server.Update(m.Resource, m.Namespace, m.Name, obj, request.WriteOptions{DryRun: true})
}

// diffText is an object as diff compares it; nil if there is none.
func (c *call) diffText(o api.Object) map[string]any {
	if o == nil {
		return nil
	}
	tree := schema.Tree(o)
	if meta, ok := tree["metadata"].(map[string]any); ok && !c.on("show-managed-fields") {
		delete(meta, "managedFields")
	}
	return tree
}

// hideSecret puts stars in the place of a Secret's values: two or three of them where it changes.
//
// Source: k8s.io/kubectl/pkg/cmd/diff, Masker.
func hideSecret(res *schema.Resource, before, after map[string]any) {
	if res.Kind != api.KindSecret {
		return
	}
	old, _ := before["data"].(map[string]any)
	now, _ := after["data"].(map[string]any)
	for _, k := range sortedKeys(old) {
		value, there := now[k]
		switch {
		case there && value != old[k]:
			old[k], now[k] = "*** (before)", "*** (after)"
		case there:
			now[k] = "***"
			old[k] = "***"
		default:
			old[k] = "***"
		}
	}
	for _, k := range sortedKeys(now) {
		if _, there := old[k]; !there {
			now[k] = "***"
		}
	}
}

// writeDiff prints the difference the way diff -u -N does.
func (c *call) writeDiff(m *manifest, before, after map[string]any) error {
	var texts [2]string
	for i, tree := range []map[string]any{before, after} {
		if tree == nil {
			continue
		}
		b, err := schema.MarshalYAMLTree(tree)
		if err != nil {
			return errors.New("cannot print " + m.Name + ": " + err.Error())
		}
		texts[i] = string(b)
	}
	hunks := schema.UnifiedDiff(texts[0], texts[1])
	if hunks == "" {
		return nil
	}
	group := strings.ReplaceAll(m.Resource.APIVersion(), "/", ".")
	name := group + "." + m.Kind + "." + scopeOf(m.Resource, m.Namespace) + "." + m.Name
	number := c.env.Server.Revision().String()
	live, merged := "/tmp/LIVE-"+number+"/"+name, "/tmp/MERGED-"+number+"/"+name
	stamp := calendar.Text(c.env.Server.Now(), "\t%Y-%m-%d %H:%M:%S.%N +0000\n")
	c.out.WriteString("diff -u -N " + live + " " + merged + "\n--- " + live + stamp + "+++ " + merged + stamp + hunks)
	return nil
}
