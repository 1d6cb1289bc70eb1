package kubectl

import (
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
			flags: []flagSpec{
				fileFlag, selectorFlag, recursiveFlag, kustomizeFlag,
				{name: "all", typ: boolFlag, help: "Every object of the type in the namespace."},
				{name: "output", short: 'o', typ: stringFlag, initial: "yaml", values: []string{"yaml", "json"}, help: "Print yaml or json."},
			},
			run: viewLastApplied,
		},
		{
			name:     "apply set-last-applied",
			short:    "Make apply believe that a manifest was applied last.",
			usage:    "-f FILENAME",
			examples: []string{"kubectl apply set-last-applied -f web.yaml"},
			flags: []flagSpec{
				fileFlag, dryRunFlag, outputFlag,
				{name: "create-annotation", typ: boolFlag, help: "Also for objects that were never applied."},
			},
			run: func(c *call) error { return c.manifests(c.setLastApplied) },
		},
		{
			name: "apply edit-last-applied", types: true, loose: true,
			short: "Change it in an editor; this terminal has none.",
			usage: "(TYPE NAME | TYPE/NAME | -f FILENAME)",
			run: func(*call) error {
				return usageError("there is no editor in this terminal; use kubectl apply view-last-applied and set-last-applied")
			},
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
