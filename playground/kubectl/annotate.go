package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/request"
)

func annotateVerb() *verb {
	return &verb{
		name: "annotate", types: true,
		short:    "Change the annotations of objects.",
		usage:    "[--overwrite] (-f FILENAME | TYPE NAME ... | TYPE/NAME ...) KEY_1=VAL_1 ... KEY_N- [flags]",
		examples: []string{"kubectl annotate pod web note='my frontend'", "kubectl annotate deploy web kubernetes.io/change-cause='nginx 1.29'", "kubectl annotate pod web note-"},
		flags:    pairFlags("annotations"),
		run:      annotate,
	}
}

func annotate(c *call) error {
	words, changes, err := splitChanges(c.args, "annotation")
	if err != nil {
		return err
	}
	change, err := parsePairs(changes, "a annotation", func(string, string, string) error { return nil })
	if err != nil {
		return err
	}
	return c.eachPair(words, changes, "annotation", func(i *info, dry string) error { return c.annotateOne(i, change, dry) })
}

func (c *call) annotateOne(i *info, change *pairChange, dry string) error {
	if taken := change.taken(i.obj.Meta().Annotations); len(taken) > 0 && !c.on("overwrite") {
		return usageError("--overwrite is false but found the following declared annotation(s): " + strings.Join(taken, "; "))
	}
	patch := at(change.diff(), "metadata", "annotations")
	obj, _, err := c.patchInfo(i, request.MergePatch, c.withVersion(patch), "", dry)
	if err != nil {
		return err
	}
	if c.on("list") {
		c.listPairs(i, obj.Meta().Annotations)
		return nil
	}
	return c.did(i.res, obj, nil, "annotated", dry)
}
