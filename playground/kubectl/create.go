package kubectl

import (
	"maps"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func createVerb() *verb {
	return &verb{
		name:     "create",
		short:    "Create objects from a file, or one of some kinds by name.",
		usage:    "-f FILENAME | KIND NAME [flags]",
		examples: []string{"kubectl create -f pod.yaml", "kubectl create namespace shop", "kubectl create deployment web --image=nginx"},
		subs:     generators,
		flags: `filename dry-run output record raw selector kustomize recursive save-config validate field-manager
edit|b||Edit the manifests before, where there is an editor.`,
		run: create,
	}
}

func create(c *call) error {
	switch {
	case !c.given("filename"):
		if len(c.args) > 0 {
			return c.unexpected()
		}
		return usageError("must specify one of -f and -k")
	case len(c.args) > 0:
		return c.unexpected()
	}
	if c.given("raw") {
		return c.raw("POST")
	}
	if c.on("edit") {
		if done, err := c.editFirst(); done || err != nil {
			return err
		}
	}
	return c.manifests(c.createOne)
}

// editFirst puts what an editor made of the manifests into their place; done tells that there is nothing to create.
func (c *call) editFirst() (done bool, err error) {
	names, err := c.files()
	if err != nil {
		return false, err
	}
	text := ""
	for _, name := range names {
		src, _, err := c.read(name)
		if err != nil {
			return false, err
		}
		text += string(src)
	}
	switch {
	case c.env.Stdin != nil:
		if text == string(c.env.Stdin) || text == withoutRemarks(string(c.env.Stdin)) {
			c.err.WriteString("Edit cancelled, no changes made.\n")
			return true, nil
		}
		c.values["filename"] = []string{"-"}
	case c.env.Editor != nil:
		*c.env.Editor = editHead + text
		return true, nil
	default:
		return false, usageError("unable to launch the editor \"vi\"\n  There is no editor in this terminal: change the file, and create it without --edit.")
	}
	return false, nil
}

func (c *call) createOne(m *manifest) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	obj, err := m.decoded()
	if err != nil {
		c.fail(err, `error when creating "`+m.file+`"`)
		c.hintDocument(m)
		return nil
	}
	var tree map[string]any
	if c.on("save-config") {
		if tree, err = m.configuration(); err != nil {
			return err
		}
		if obj, err = schema.FromTree(m.Resource, tree); err != nil {
			return err
		}
	}
	if dry != "client" {
		obj.Meta().ResourceVersion = 0 // kubectl clears it, so that what get -o yaml printed can be created again
		if obj, err = c.env.Server.Create(m.Resource, m.Namespace, obj, request.WriteOptions{DryRun: dry == "server", FieldManager: c.manager()}); err != nil {
			c.fail(err, `error when creating "`+m.file+`"`)
			return nil
		}
	}
	if dry == "client" && tree == nil {
		tree = m.placed()
	}
	if dry != "client" {
		tree = nil
	}
	return c.did(m.Resource, obj, tree, "created", dry)
}

// placed is what the manifest says, word for word, and the namespace it is for.
func (m *manifest) placed() map[string]any {
	tree := maps.Clone(m.Tree)
	meta, _ := tree["metadata"].(map[string]any)
	if meta = maps.Clone(meta); meta != nil && m.Resource.Namespaced {
		meta["namespace"] = m.Namespace
		tree["metadata"] = meta
	}
	return tree
}

// didTyped is did for an object kubectl made itself: its JSON has the order of the types, not of the alphabet.
func (c *call) didTyped(res *schema.Resource, o api.Object, what, dry string) error {
	if c.text("output") != "json" {
		return c.did(res, o, nil, what, dry)
	}
	text, err := schema.MarshalTyped(res, o)
	if err != nil {
		return err
	}
	c.out.Write(text)
	return nil
}
