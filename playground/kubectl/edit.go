package kubectl

import (
	"maps"
	"reflect"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func editVerb() *verb {
	return &verb{
		name: "edit", types: true,
		short:    "Change an object in an editor, where there is one.",
		usage:    "(TYPE NAME | TYPE/NAME | -f FILENAME) [flags]",
		examples: []string{"kubectl edit deployment/web"},
		flags: `filename output selector field-manager subresource recursive kustomize
save-config|b||Accepted; nothing is saved.
windows-line-endings|L
output-patch|L`,
		run: edit,
	}
}

// edit takes what an editor made of the text on its input; without one it says how to do without an editor.
func edit(c *call) error {
	list, err := c.infos(c.args)
	if err != nil || len(list) == 0 {
		return err
	}
	in := &list[0]
	switch {
	case len(list) > 1 || c.given("output"):
	case c.text("subresource") != "" && (c.env.Stdin != nil || c.env.Editor != nil):
		return c.editPart(in)
	case c.env.Stdin != nil:
		return c.edited(in, string(c.env.Stdin))
	case c.env.Editor != nil:
		*c.env.Editor = editHead + editText(in.obj)
		return nil
	}
	what, file := called(in.res, in.name()), in.name()+".yaml"
	flag := ""
	if in.namespace != "" && in.namespace != c.env.Namespace {
		flag = " -n " + in.namespace
	}
	return usageError("error: unable to launch the editor \"vi\"\n" +
		"  There is no editor in this terminal. Change one field at a time:\n" +
		"    kubectl patch " + what + flag + " -p '{\"metadata\":{\"labels\":{\"tier\":\"web\"}}}'\n" +
		"  (or with kubectl set, scale, label and annotate), or work on a copy:\n" +
		"    kubectl get " + what + flag + " -o yaml > " + file + "\n" +
		"    kubectl apply -f " + file)
}

// editHead stands above the object in an editor. Source: k8s.io/kubectl/pkg/cmd/util/editor.
const editHead = "# Please edit the object below. Lines beginning with a '#' will be ignored,\n" +
	"# and an empty file will abort the edit. If an error occurs while saving this file will be\n" +
	"# reopened with the relevant failures.\n#\n"

func editText(o api.Object) string {
	b, err := schema.MarshalYAMLTree(withoutManaged(schema.Tree(o)))
	if err != nil {
		panic("kubectl: bug: " + err.Error())
	}
	return string(b)
}

// edited does what a person changed in the text of an object, and leaves alone what else became of the object meanwhile.
func (c *call) edited(in *info, text string) error {
	text = withoutRemarks(text)
	docs, err := schema.Decode([]byte(text), "edited-file")
	if err != nil {
		c.fail(usageError("error: The edited file had a syntax error: "+err.Error()), "")
		c.hintSyntax(err)
		return nil
	}
	if len(docs) != 1 {
		c.err.WriteString("Edit cancelled, saved file was empty.\n")
		return nil
	}
	m := &manifest{docs[0], "edited-file"}
	base := c.editedFrom(in, m)
	if strings.TrimSpace(editText(base)) == strings.TrimSpace(text) {
		c.err.WriteString("Edit cancelled, no changes made.\n")
		return nil
	}
	if m.Resource != in.res || m.Name != in.name() {
		return usageError("error: At least one of apiVersion, kind and name was changed")
	}
	if _, err := m.decoded(); err != nil {
		c.fail(err, "")
		c.hintDocument(m)
		return nil
	}
	live := schema.Tree(in.obj)
	merged := changedAs(withoutManaged(schema.Tree(base)), m.Tree, live)
	if reflect.DeepEqual(merged, live) {
		return c.did(in.res, in.obj, nil, "skipped", "none")
	}
	obj, err := schema.FromTree(in.res, merged)
	if err != nil {
		return err
	}
	if obj, err = c.env.Server.Update(in.res, in.namespace, in.name(), obj, request.WriteOptions{FieldManager: c.manager()}); err != nil {
		c.fail(err, "")
		return nil
	}
	return c.did(in.res, obj, nil, "edited", "none")
}

// editedFrom is the object as it was when the editor was opened, or as it is now if the text does not say or nobody remembers.
func (c *call) editedFrom(in *info, m *manifest) api.Object {
	if m.Object == nil || m.Object.Meta().ResourceVersion == 0 {
		return in.obj
	}
	page, err := c.env.Server.ListPage(in.res, in.namespace, request.ListOptions{FieldSelector: "metadata.name=" + in.name()},
		request.PageOptions{Revision: m.Object.Meta().ResourceVersion, Exact: true})
	if err != nil || len(page.Items) != 1 {
		return in.obj
	}
	return page.Items[0]
}

func withoutRemarks(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// changedAs makes the changes between two trees to a third.
func changedAs(from, to, live map[string]any) map[string]any {
	out := maps.Clone(live)
	for _, k := range sortedKeys(from) {
		if _, kept := to[k]; !kept {
			delete(out, k)
		}
	}
	for _, k := range sortedKeys(to) {
		if reflect.DeepEqual(from[k], to[k]) {
			continue
		}
		before, _ := from[k].(map[string]any)
		after, deeper := to[k].(map[string]any)
		now, there := live[k].(map[string]any)
		if out[k] = to[k]; deeper && there {
			out[k] = changedAs(before, after, now)
		}
	}
	return out
}
