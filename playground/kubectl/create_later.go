package kubectl

import "strings"

// laterGenerator makes a kind that comes later: what can be checked without it is, then it answers as kubectl does against a server
// without the kind.
type laterGenerator struct {
	name, alias string
	doing       string // what create says it failed to do; "" if it only says what the server said
	flags       string // their names; one that ends in ? is a switch
	required    string // flags that cobra asks for
	// needs are flags of which one has to be given, and what is said if none is.
	needs [2]struct{ flags, text string }
}

// Source of the texts: k8s.io/kubectl/pkg/cmd/create.
var laterGenerators = []laterGenerator{
	{name: "clusterrole", flags: "aggregation-rule non-resource-url resource resource-name verb", needs: [2]struct{ flags, text string }{
		{"verb aggregation-rule", "at least one verb must be specified"}, {"resource non-resource-url aggregation-rule", "one of resource or nonResourceURL must be specified"}}},
	{name: "clusterrolebinding", doing: "clusterrolebinding", flags: "clusterrole group serviceaccount", required: "clusterrole"},
	{name: "cronjob", alias: "cj", doing: "cronjob", flags: "image restart schedule", required: "image schedule"},
	{name: "ingress", alias: "ing", doing: "ingress", flags: "annotation class default-backend rule", needs: [2]struct{ flags, text string }{
		{"rule default-backend", "not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)"}}},
	{name: "job", doing: "job", flags: "from image", needs: [2]struct{ flags, text string }{{"image from", "either --image or --from must be specified"}}},
	{name: "poddisruptionbudget", alias: "pdb", doing: "poddisruptionbudgets", flags: "max-unavailable min-available selector", needs: [2]struct{ flags, text string }{
		{"selector", "a selector must be specified"}, {"min-available max-unavailable", "one of min-available or max-unavailable must be specified"}}},
	{name: "priorityclass", alias: "pc", doing: "priorityclass", flags: "description global-default? preemption-policy value"},
	{name: "quota", alias: "resourcequota", doing: "quota", flags: "hard scopes"},
	{name: "role", flags: "resource resource-name verb", needs: [2]struct{ flags, text string }{
		{"verb", "at least one verb must be specified"}, {"resource", "at least one resource must be specified"}}},
	{name: "rolebinding", doing: "rolebinding", flags: "clusterrole group role serviceaccount", needs: [2]struct{ flags, text string }{
		{"clusterrole role", "exactly one of clusterrole or role must be specified"}}},
	{name: "token", doing: "token", flags: "audience bound-object-kind bound-object-name bound-object-uid duration"},
}

func (g *laterGenerator) verb() *verb {
	v := &verb{
		name: "create " + g.name, aliases: strings.Fields(g.alias), usage: "NAME [flags]", flags: generatorFlags,
		short: "Make an object of the kind " + g.name + ", which is not here yet.",
		run:   g.run,
	}
	for _, word := range strings.Fields(g.flags) {
		kind := "a"
		if name, ok := strings.CutSuffix(word, "?"); ok {
			word, kind = name, "b"
		}
		v.flags += "\n" + word + "|" + kind + "||Checked, as far as it can be without the kind."
	}
	return v
}

func (g *laterGenerator) run(c *call) error {
	var missing []string
	for _, name := range strings.Fields(g.required) {
		if !c.given(name) {
			missing = append(missing, quote(name))
		}
	}
	if missing != nil {
		return usageError("required flag(s) " + strings.Join(missing, ", ") + " not set")
	}
	if _, err := c.oneName(); err != nil {
		return err
	}
	for _, n := range g.needs {
		found := n.text == ""
		for _, name := range strings.Fields(n.flags) {
			found = found || c.given(name)
		}
		if !found {
			return usageError(n.text)
		}
	}
	if kind, _, ok := strings.Cut(c.text("from"), "/"); ok {
		if _, err := findResource(kind); err != nil {
			return err
		}
	}
	if g.doing == "" {
		return notFoundResource()
	}
	return usageError("failed to create " + g.doing + ": " + notFoundResource().Error())
}
