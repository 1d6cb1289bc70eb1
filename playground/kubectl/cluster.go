package kubectl

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func versionVerb() *verb {
	return &verb{
		name:  "version",
		short: "Say which version of Kubernetes this behaves like.",
		usage: "[flags]",
		flags: []flagSpec{
			{name: "client", typ: boolFlag, help: "Only that of kubectl."},
			{name: "output", short: 'o', typ: stringFlag, values: []string{"yaml", "json"}, help: "Print yaml or json."},
		},
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
		return p.printTree(&c.out, tree)
	}
	return usageError("--output must be 'yaml' or 'json'")
}

func apiResourcesVerb() *verb {
	return &verb{
		name:     "api-resources",
		short:    "List the kinds of objects the cluster has.",
		usage:    "[flags]",
		examples: []string{"kubectl api-resources", "kubectl api-resources --namespaced=false"},
		flags: []flagSpec{
			{name: "namespaced", typ: boolFlag, initial: "true", help: "Only kinds that live in a namespace, or, with false, only the others."},
			{name: "output", short: 'o', typ: stringFlag, values: []string{"name", "wide"}, help: "Print name or wide."},
			{name: "no-headers", typ: boolFlag, help: "Leave the line of headers out."},
		},
		run: apiResources,
	}
}

func apiResources(c *call) error {
	var rows [][]string
	wide := c.text("output") == "wide"
	if !c.on("no-headers") {
		rows = append(rows, []string{"NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"})
		if wide {
			rows[0] = append(rows[0], "VERBS", "CATEGORIES")
		}
	}
	for _, r := range schema.Resources() {
		if c.given("namespaced") && r.Namespaced != c.on("namespaced") {
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
