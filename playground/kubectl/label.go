package kubectl

import (
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/request"
)

func labelVerb() *verb {
	return &verb{
		name: "label", types: true,
		short: "Change the labels of objects.",
		usage: "[--overwrite] (-f FILENAME | TYPE NAME ... | TYPE/NAME ...) KEY_1=VAL_1 ... KEY_N- [flags]",
		examples: []string{
			"kubectl label pod web tier=front", "kubectl label --overwrite pod web tier=back", "kubectl label pod web tier-", "kubectl label pods --all status=checked",
		},
		flags: pairFlags("labels"),
		run:   label,
	}
}

// pairFlags are those of label and annotate.
func pairFlags(what string) string {
	return ` filename selector field-selector all-namespaces dry-run output all field-manager record local recursive kustomize
overwrite|b||Change ` + what + ` that have another value already.
list|b||Show the ` + what + ` the objects have afterwards.
resource-version|s||Only if the object still has this version.`
}

// pairChange is what is to become of labels or annotations.
type pairChange struct {
	set  map[string]string
	drop []string
}

// parsePairs reads KEY=VALUE and KEY-.
func parsePairs(words []string, what string, check func(spec, key, value string) error) (*pairChange, error) {
	out := &pairChange{set: map[string]string{}}
	for _, w := range words {
		key, value, set := strings.Cut(w, "=")
		if !set {
			out.drop = append(out.drop, strings.TrimSuffix(w, "-"))
			continue
		}
		if err := check(w, key, value); err != nil {
			return nil, err
		}
		out.set[key] = value
	}
	for _, key := range out.drop {
		if _, both := out.set[key]; both {
			return nil, usageError("can not both modify and remove " + what + " in the same command")
		}
	}
	return out, nil
}

// diff is the change as a merge patch of one object's pairs: the keys whose value changes.
func (p *pairChange) diff() map[string]any {
	out := map[string]any{}
	//order:irrelevant each key is copied by itself
	for k, v := range p.set {
		out[k] = v
	}
	for _, k := range p.drop {
		out[k] = nil
	}
	return out
}

// taken are the keys that have another value already, with the value.
func (p *pairChange) taken(have map[string]string) []string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(p.set)) {
		if old, ok := have[k]; ok && old != p.set[k] {
			out = append(out, "'"+k+"' already has a value ("+old+")")
		}
	}
	return out
}

func label(c *call) error {
	words, changes, err := splitChanges(c.args, "label")
	if err != nil {
		return err
	}
	change, err := parsePairs(changes, "a label", func(spec, _, value string) error {
		if why := labels.ValidateValue(value); len(why) > 0 {
			return usageError("invalid label value: " + quote(spec) + ": " + strings.Join(why, ";"))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.eachPair(words, changes, "label", func(i *info, dry string) error { return c.labelOne(i, change, dry) })
}

// eachPair finds the objects of label and annotate and hands them on.
func (c *call) eachPair(words, changes []string, what string, each func(i *info, dry string) error) error {
	switch {
	case len(words) == 0 && !c.given("filename"):
		return usageError("one or more resources must be specified as <resource> <name> or <resource>/<name>")
	case len(changes) == 0 && !c.on("list"):
		return usageError("at least one " + what + " update is required")
	}
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	if c.on("list") {
		dry = "client" // it shows what the objects would have
	}
	list, err := c.infos(words)
	if err != nil {
		return err
	}
	if len(list) > 1 && c.text("resource-version") != "" {
		return usageError("--resource-version may only be used with a single resource")
	}
	c.several = len(list) > 1
	for i := range list {
		if err := each(&list[i], dry); err != nil {
			c.fail(err, "")
		}
	}
	return nil
}

func (c *call) labelOne(i *info, change *pairChange, dry string) error {
	have := i.obj.Meta().Labels
	if taken := change.taken(have); len(taken) > 0 && !c.on("overwrite") {
		for n := range taken {
			taken[n] += ", and --overwrite is false"
		}
		return usageError(joinErrors(taken))
	}
	for _, k := range change.drop {
		if _, ok := have[k]; !ok {
			c.out.WriteString("label " + quote(k) + " not found.\n")
		}
	}
	patch := at(change.diff(), "metadata", "labels")
	obj, changed, err := c.patchInfo(i, request.MergePatch, c.withVersion(patch), "", dry)
	if err != nil {
		return err
	}
	what := "not labeled"
	if changed {
		what = "labeled"
		if len(change.set) == 0 {
			what = "unlabeled"
		}
	}
	if c.on("list") {
		c.listPairs(i, obj.Meta().Labels)
		return nil
	}
	return c.did(i.res, obj, nil, what, dry)
}

// withVersion adds the version that --resource-version asks for to a patch.
func (c *call) withVersion(patch map[string]any) map[string]any {
	if v := c.text("resource-version"); v != "" {
		meta, _ := patch["metadata"].(map[string]any)
		meta["resourceVersion"] = v
	}
	return patch
}

func (c *call) listPairs(i *info, set map[string]string) {
	indent := ""
	if c.several {
		indent = " "
		what := "labels"
		if c.verb.name == "annotate" {
			what = "annotations"
		}
		c.err.WriteString("Listing " + what + " for " + i.res.Kind.String() + "." + i.res.Group + "/" + i.name() + ":\n")
	}
	for _, k := range slices.Sorted(maps.Keys(set)) {
		c.out.WriteString(indent + k + "=" + set[k] + "\n")
	}
}

// joinErrors is how kubectl prints several errors at once.
func joinErrors(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return "[" + strings.Join(list, ", ") + "]"
}
