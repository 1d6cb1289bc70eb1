package kubectl

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func versionVerb() *verb {
	return &verb{
		name:  "version",
		short: "Say which version of Kubernetes this behaves like.",
		usage: "[flags]",
		flags: `
client|b||Only that of kubectl.
output,o|s|yaml,json|Print yaml or json.`,
		run: version,
	}
}

func version(c *call) error {
	one := func(key string) (string, map[string]any) {
		return key, map[string]any{"gitVersion": request.KubernetesVersion, "major": "1", "minor": "37"}
	}
	switch c.text("output") {
	case "":
		c.out.WriteString("Client Version: " + request.KubernetesVersion + "\n")
		if !c.on("client") {
			c.out.WriteString("Server Version: " + request.KubernetesVersion + " (model of Slipway " + request.EngineVersion + ")\n")
		}
		return nil
	case "yaml", "json":
		tree := map[string]any{}
		key, value := one("clientVersion")
		tree[key] = value
		if !c.on("client") {
			key, value = one("serverVersion")
			tree[key] = value
		}
		p := &printer{format: c.text("output")}
		var text strings.Builder
		err := p.printTree(&text, tree)
		c.out.WriteString(strings.ReplaceAll(text.String(), "    ", "  ")) // version alone prints JSON two spaces a level
		return err
	}
	return usageError("--output must be 'yaml' or 'json'")
}

func apiResourcesVerb() *verb {
	return &verb{
		name:     "api-resources",
		short:    "List the kinds of objects the cluster has.",
		usage:    "[flags]",
		examples: []string{"kubectl api-resources", "kubectl api-resources --namespaced=false"},
		flags: ` no-headers
namespaced|btrue||Only kinds that live in a namespace, or, with false, only the others.
output,o|s|name,wide|Print name or wide.
api-group|s||Only kinds of this group; the core group is empty.
verbs|l||Only kinds that know all of these verbs.
categories|l||Only kinds in all of these categories.
sort-by|s|name,kind|Order by name or kind.
cached|b||Accepted; the list is at hand.`,
		run: apiResources,
	}
}

func hasAll(list, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(list, w) })
}

func apiResources(c *call) error {
	var rows [][]string
	if len(c.args) > 0 {
		return c.misuse("unexpected arguments: [" + strings.Join(c.args, " ") + "]")
	}
	if o := c.text("output"); !slices.Contains([]string{"", "name", "wide"}, o) {
		return usageError("unable to match a printer suitable for the output format " + quote(o) + ", allowed formats are: json,kyaml,name,wide,yaml")
	}
	wide := c.text("output") == "wide"
	if !c.on("no-headers") {
		rows = append(rows, []string{"NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"})
		if wide {
			rows[0] = append(rows[0], "VERBS", "CATEGORIES")
		}
	}
	all := slices.Clone(schema.Resources())
	switch by := c.text("sort-by"); by {
	case "":
	case "name", "kind":
		sorting.Stable(all, func(a, b *schema.Resource) int {
			if by == "name" {
				return strings.Compare(a.Plural, b.Plural)
			}
			return strings.Compare(a.Kind.String(), b.Kind.String())
		})
	default:
		return usageError("--sort-by accepts only name or kind")
	}
	for _, r := range all {
		if c.given("namespaced") && r.Namespaced != c.on("namespaced") || c.given("api-group") && r.Group != c.text("api-group") ||
			!hasAll(r.Verbs, c.list("verbs")) || !hasAll(r.Categories, c.list("categories")) {
			continue
		}
		if c.text("output") == "name" {
			c.out.WriteString(r.Qualified() + "\n")
			continue
		}
		row := []string{r.Plural, strings.Join(r.ShortNames, ","), r.APIVersion(), strconv.FormatBool(r.Namespaced), r.Kind.String()}
		if wide {
			row = append(row, strings.Join(r.Verbs, ","), strings.Join(r.Categories, ","))
		}
		rows = append(rows, row)
	}
	if c.text("output") != "name" {
		var g grid
		g.write(&c.out, rows)
	}
	return nil
}
