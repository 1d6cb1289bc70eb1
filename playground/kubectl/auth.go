package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func authVerb() *verb {
	return &verb{
		name: "auth", usage: "SUBCOMMAND [flags]",
		short:    "Ask who you are and what you may do.",
		examples: []string{"kubectl auth whoami", "kubectl auth can-i create pods"},
		subs:     func() []*verb { return []*verb{canIVerb(), whoamiVerb()} },
		run:      subcommands,
	}
}

func canIVerb() *verb {
	return &verb{
		name: "auth can-i", usage: "VERB (TYPE | TYPE/NAME | URL) [flags]",
		short:    "Ask whether you may do something.",
		long:     "You are the administrator of this cluster, so the answer is yes.",
		examples: []string{"kubectl auth can-i delete pods", "kubectl auth can-i --list"},
		flags: `all-namespaces no-headers
list|b||All that you may do.
quiet,q|b||Only the exit code says it.
subresource|s||The part of the object, for example log or scale.`,
		run: canI,
	}
}

// knownVerbs are those a rule can name.
var knownVerbs = strings.Fields("get list watch create update patch delete deletecollection use bind escalate impersonate * proxy approve sign")

const canIUsage = "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples."

// canI answers as for an administrator.
//
// Source of the texts: k8s.io/kubectl/pkg/cmd/auth, cani.go.
func canI(c *call) error {
	if c.on("list") {
		if len(c.args) > 0 {
			return usageError("list option must be specified with no arguments")
		}
		rows := [][]string{{"Resources", "Non-Resource URLs", "Resource Names", "Verbs"}, {"*.*", "[]", "[]", "[*]"}, {"", "[*]", "[]", "[*]"}}
		if c.on("no-headers") {
			rows = rows[1:]
		}
		var g grid
		g.write(&c.out, rows)
		return nil
	}
	if len(c.args) != 2 {
		return usageError(canIUsage)
	}
	action, what := c.args[0], c.args[1]
	url := strings.HasPrefix(what, "/")
	if !url {
		c.warnOfUnknown(action, what)
	}
	if url && c.given("subresource") {
		return usageError("--subresource can not be used with NonResourceURL")
	}
	if !c.on("quiet") {
		c.out.WriteString("yes\n")
	}
	return nil
}

// warnOfUnknown says what a rule could not mean.
func (c *call) warnOfUnknown(action, what string) {
	word, _, _ := strings.Cut(what, "/")
	if word != "*" {
		switch r := schema.Find(word); {
		case r == nil:
			kind, group, grouped := strings.Cut(word, ".")
			text := "Warning: the server doesn't have a resource type '" + kind + "'"
			if grouped {
				text += " in group '" + group + "'"
			}
			c.err.WriteString(text + "\n\n")
		case !r.Namespaced && !c.on("all-namespaces"):
			text := "Warning: resource '" + r.Plural + "' is not namespace scoped"
			if r.Group != "" {
				text += " in group '" + r.Group + "'"
			}
			c.err.WriteString(text + "\n\n")
		}
	}
	if !slices.Contains(knownVerbs, action) {
		c.err.WriteString("Warning: verb '" + action + "' is not a known verb\n\n")
	}
}

func whoamiVerb() *verb {
	return &verb{
		name: "auth whoami", usage: "[flags]",
		short: "Ask who you are to the cluster.",
		flags: `
output,o|s|yaml,json,jsonpath=|Print yaml, json or jsonpath={...}.`,
		run: whoami,
	}
}

func whoami(c *call) error {
	groups := []string{"system:masters", "system:authenticated"}
	if c.text("output") == "" {
		var g grid
		g.write(&c.out, [][]string{{"ATTRIBUTE", "VALUE"}, {"Username", adminName}, {"Groups", "[" + strings.Join(groups, " ") + "]"}})
		return nil
	}
	p := &printer{}
	if err := p.readFormat(c, false); err != nil {
		return err
	}
	return p.printTree(&c.out, map[string]any{
		"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview", "metadata": map[string]any{},
		"status": map[string]any{"userInfo": map[string]any{"username": adminName, "groups": []any{groups[0], groups[1]}}},
	})
}
