package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// lastAppliedVerbs show and change what apply remembers.
func lastAppliedVerbs() []*verb {
	return []*verb{
		{
			name: "apply view-last-applied", types: true,
			short:    "Show the manifest that was applied last.",
			usage:    "(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)",
			examples: []string{"kubectl apply view-last-applied deployment/web"},
			flags: `filename selector recursive kustomize all
output,o|syaml|yaml,json|Print yaml or json.`,
			run: viewLastApplied,
		},
		{
			name:     "apply set-last-applied",
			short:    "Make apply believe that a manifest was applied last.",
			usage:    "-f FILENAME",
			examples: []string{"kubectl apply set-last-applied -f web.yaml"},
			flags: `filename dry-run output
create-annotation|b||Also for objects that were never applied.`,
			run: func(c *call) error { return c.manifests(c.setLastApplied) },
		},
		{
			name: "apply edit-last-applied", types: true,
			short: "Change it in an editor, where there is one.",
			usage: "(TYPE NAME | TYPE/NAME | -f FILENAME)",
			flags: `filename output selector recursive kustomize`,
			run:   editLastApplied,
		},
	}
}

// Source: k8s.io/kubectl/pkg/cmd/apply, apply_view_last_applied.go.
func viewLastApplied(c *call) error {
	p := &printer{format: c.text("output")}
	if p.format != "yaml" && p.format != "json" {
		return usageError("Unexpected -o output mode: " + p.format + ", the flag 'output' must be one of yaml|json\nSee 'view-last-applied -h' for help and examples")
	}
	list, err := c.infos(c.args)
	if err != nil {
		return err
	}
	for i := range list {
		text, known := list[i].obj.Meta().Annotations[lastApplied]
		if !known {
			return usageError("no last-applied-configuration annotation found on resource: " + list[i].name())
		}
		docs, err := schema.Decode([]byte(text), lastApplied)
		if err != nil || len(docs) != 1 {
			return usageError("the last-applied-configuration annotation of " + list[i].name() + " is no manifest")
		}
		if err := p.printTree(&c.out, docs[0].Tree); err != nil {
			return err
		}
	}
	return nil
}

// editLastApplied gives the annotation to the editor, or takes what the editor made of it.
func editLastApplied(c *call) error {
	list, err := c.infos(c.args)
	if err != nil || len(list) == 0 {
		return err
	}
	in := &list[0]
	text, known := in.obj.Meta().Annotations[lastApplied]
	docs, err := schema.Decode([]byte(text), lastApplied)
	switch {
	case !known || err != nil || len(docs) != 1:
		return usageError("no last-applied-configuration annotation found on resource: " + in.name() + ", to create the annotation, use command 'kubectl apply set-last-applied --create-annotation'")
	case len(list) > 1 || c.env.Stdin == nil && c.env.Editor == nil:
		return usageError("unable to launch the editor \"vi\"\n  There is none in this terminal; kubectl apply view-last-applied and set-last-applied do the same.")
	}
	before, err := schema.MarshalYAMLTree(docs[0].Tree)
	if err != nil {
		return err
	}
	if c.env.Stdin == nil {
		*c.env.Editor = editHead + string(before)
		return nil
	}
	after := withoutRemarks(string(c.env.Stdin))
	if strings.TrimSpace(after) == strings.TrimSpace(string(before)) {
		c.err.WriteString("Edit cancelled, no changes made.\n")
		return nil
	}
	if docs, err = schema.Decode([]byte(after), "edited-file"); err != nil || len(docs) != 1 || docs[0].Resource != in.res {
		return usageError("error: The edited file is no manifest of " + called(in.res, in.name()))
	}
	m := &manifest{docs[0], "edited-file"}
	m.Namespace = in.namespace
	if _, err = m.decoded(); err != nil {
		return err
	}
	tree, err := m.configuration()
	if err != nil {
		return err
	}
	patch := at(digText(tree, "metadata", "annotations", lastApplied), "metadata", "annotations", lastApplied)
	o, _, err := c.patchInfo(in, request.MergePatch, patch, "", "none")
	if err != nil {
		return err
	}
	return c.did(in.res, o, nil, "edited", "none")
}

// Source: k8s.io/kubectl/pkg/cmd/apply, apply_set_last_applied.go.
func (c *call) setLastApplied(m *manifest) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	o, err := c.env.Server.Get(m.Resource, m.Namespace, m.Name)
	if err != nil {
		return err
	}
	have, known := o.Meta().Annotations[lastApplied]
	if !known && !c.on("create-annotation") {
		return usageError("no last-applied-configuration annotation found on resource: " + m.Name + ", to create the annotation, run the command with --create-annotation")
	}
	tree, err := m.configuration()
	if err != nil {
		return err
	}
	text := digText(tree, "metadata", "annotations", lastApplied)
	if text != have && dry != "client" {
		patch := request.Patch{Type: request.MergePatch, Tree: at(text, "metadata", "annotations", lastApplied)}
		if o, err = c.env.Server.Patch(m.Resource, m.Namespace, m.Name, patch, request.WriteOptions{DryRun: dry == "server", FieldManager: "kubectl-client-side-apply"}); err != nil {
			return err
		}
	}
	return c.did(m.Resource, o, nil, "configured", dry)
}
