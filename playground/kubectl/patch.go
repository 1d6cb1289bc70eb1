package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func patchVerb() *verb {
	return &verb{
		name: "patch", types: true,
		short: "Change fields of an object.",
		usage: "(-f FILENAME | TYPE NAME | TYPE/NAME) [-p PATCH|--patch-file FILE] [flags]",
		examples: []string{
			`kubectl patch deploy web -p '{"spec":{"replicas":3}}'`, `kubectl patch pod web --type=merge -p '{"metadata":{"labels":{"a":null}}}'`,
			`kubectl patch deploy web --type=json -p '[{"op":"replace","path":"/spec/replicas","value":1}]'`,
		},
		flags: `filename dry-run output subresource field-manager record local recursive kustomize
patch,p|s||The patch, in JSON or YAML.
patch-file|s||A file with the patch.
type|sstrategic|json,merge,strategic|How the patch is written: json, merge or strategic.`,
		run: patch,
	}
}

// patchTypes are the words for the kinds of patches.
var patchTypes = map[string]request.PatchType{"json": request.JSONPatch, "merge": request.MergePatch, "strategic": request.StrategicPatch}

func patch(c *call) error {
	kind, ok := patchTypes[strings.ToLower(c.text("type"))]
	switch {
	case c.given("patch") && c.given("patch-file"):
		return usageError("cannot specify --patch and --patch-file together")
	case c.text("patch") == "" && !c.given("patch-file"):
		return usageError("must specify --patch or --patch-file containing the contents of the patch")
	case !ok:
		return usageError("--type must be one of [json merge strategic], not " + quote(c.text("type")))
	}
	source := []byte(c.text("patch"))
	if c.given("patch-file") {
		var err error
		if source, _, err = c.read(c.text("patch-file")); err != nil {
			return usageError("unable to read patch file: open " + c.text("patch-file") + ": no such file or directory")
		}
	}
	tree, err := schema.ReadTree(source, "patch")
	if err != nil {
		return usageError("unable to parse " + quote(string(source)) + ": " + strings.TrimPrefix(err.Error(), "error converting YAML to JSON: "))
	}
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	list, err := c.infos(c.args)
	if err != nil {
		return err
	}
	for i := range list {
		if c.text("subresource") != "" {
			if _, err := c.part(list[i].res, list[i].namespace, list[i].name(), nil); err != nil {
				c.fail(err, "")
				continue
			}
		}
		obj, changed, err := c.patchInfo(&list[i], kind, tree, c.text("subresource"), dry)
		if err != nil {
			c.fail(err, "")
			continue
		}
		what := "patched"
		if !changed {
			what = "patched (no change)"
		}
		if c.text("subresource") == "scale" {
			part, err := c.part(list[i].res, list[i].namespace, list[i].name(), nil)
			if err != nil {
				return err
			}
			if err := c.didPart(list[i].res, list[i].name(), part, what); err != nil {
				return err
			}
			continue
		}
		if err := c.did(list[i].res, obj, nil, what, dry); err != nil {
			return err
		}
	}
	if len(list) == 0 && c.code == 0 {
		return usageError("no objects passed to patch")
	}
	return nil
}
