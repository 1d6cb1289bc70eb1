package kubectl

import (
	"cmp"
	"strings"
)

// The names that the configuration of this kubectl has for its only cluster.
const (
	contextName = "slipway"
	clusterURL  = "https://127.0.0.1:6443"
	adminName   = "admin"
)

func configVerb() *verb {
	sub := func(name, usage, short string, run func(c *call) error, flags string) *verb {
		return &verb{name: "config " + name, usage: usage, short: short, run: run, flags: flags}
	}
	return &verb{
		name: "config", usage: "SUBCOMMAND [flags]",
		short:    "Show where kubectl looks, or change the namespace it looks in.",
		examples: []string{"kubectl config view", "kubectl config set-context --current --namespace=shop"},
		subs: func() []*verb {
			return []*verb{
				sub("current-context", "[flags]", "Print the name of the context.", func(c *call) error { c.out.WriteString(contextName + "\n"); return nil }, ""),
				sub("get-clusters", "[flags]", "List the clusters.", func(c *call) error { c.out.WriteString("NAME\n" + contextName + "\n"); return nil }, ""),
				sub("get-users", "[flags]", "List the users.", func(c *call) error { c.out.WriteString("NAME\n" + adminName + "\n"); return nil }, ""),
				sub("get-contexts", "[CONTEXT] [flags]", "List the contexts.", getContexts, "no-headers\noutput,o|s|name|Print name."),
				sub("set-context", "[NAME | --current] [--namespace=NAMESPACE] [flags]", "Change a context.", setContext, "cluster user\ncurrent|b||The one in use."),
				sub("use-context", "NAME [flags]", "Go to another context.", useContext, ""),
				sub("view", "[flags]", "Print the configuration.", configView, `output,o|syaml|yaml,json,jsonpath=|Print yaml, json or jsonpath={...}.
minify|b||Only what the context needs, which is all.
raw|b||Accepted; there is nothing secret.
merge|btrue||Accepted; there is one.
flatten|b||Accepted; it is in one piece.`),
				fixed("delete-cluster"), fixed("delete-context"), fixed("delete-user"), fixed("rename-context"), fixed("set"), fixed("set-cluster"),
				fixed("set-credentials"), fixed("unset"),
			}
		},
		run: subcommands,
	}
}

// fixed is a subcommand that would change what cannot be changed here.
func fixed(name string) *verb {
	return &verb{name: "config " + name, usage: "...", short: "Not here: there is one cluster, one user and one context.", loose: true, run: func(*call) error {
		return usageError("this playground has one cluster, one user and one context, which stay as they are; only the namespace can change:\n  kubectl config set-context --current --namespace=NAME")
	}}
}

// subcommands is a verb that needs one of the verbs behind it: without one it has failed, and prints its help.
func subcommands(c *call) error {
	if len(c.args) > 0 {
		return usageError(c.misuse("unknown command "+quote(strings.Join(c.args, " "))).Error() + c.verb.nearSub(c.args))
	}
	w := &c.err
	if c.verb.name == "rollout" {
		w = &c.out
	}
	w.WriteString(c.verb.help())
	c.code = 1
	return nil
}

func (c *call) configTree() map[string]any {
	context := map[string]any{"cluster": contextName, "user": adminName}
	if c.env.Namespace != "default" {
		context["namespace"] = c.env.Namespace
	}
	hidden := "DATA+OMITTED"
	return map[string]any{
		"apiVersion": "v1", "kind": "Config", "current-context": contextName,
		"clusters": []any{map[string]any{"name": contextName, "cluster": map[string]any{"certificate-authority-data": hidden, "server": clusterURL}}},
		"contexts": []any{map[string]any{"name": contextName, "context": context}},
		"users":    []any{map[string]any{"name": adminName, "user": map[string]any{"client-certificate-data": hidden, "client-key-data": hidden}}},
	}
}

func configView(c *call) error {
	p := &printer{}
	if err := p.readFormat(c, false); err != nil {
		return err
	}
	return p.printTree(&c.out, c.configTree())
}

func getContexts(c *call) error {
	for _, name := range c.args {
		if name != contextName {
			return usageError("context " + name + " not found")
		}
	}
	if c.text("output") == "name" {
		c.out.WriteString(contextName + "\n")
		return nil
	}
	namespace := c.env.Namespace
	if namespace == "default" {
		namespace = ""
	}
	rows := [][]string{{"CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"}, {"*", contextName, contextName, adminName, namespace}}
	if c.on("no-headers") {
		rows = rows[1:]
	}
	var g grid
	g.write(&c.out, rows)
	return nil
}

// setContext changes the namespace of the only context.
func setContext(c *call) error {
	switch {
	case len(c.args) > 1 || len(c.args) == 1 && c.on("current"):
		return usageError("you cannot specify both a context name and --current")
	case len(c.args) == 0 && !c.on("current"):
		return usageError("you must specify a non-empty context name or --current")
	case len(c.args) == 1 && c.args[0] != contextName:
		return usageError("this playground has one cluster, so it has one context: " + contextName)
	}
	if c.given("namespace") {
		c.moved = cmp.Or(c.text("namespace"), "default")
	}
	c.out.WriteString("Context " + quote(contextName) + " modified.\n")
	return nil
}

func useContext(c *call) error {
	switch {
	case len(c.args) != 1:
		return usageError("accepts 1 arg(s), received " + itoa(len(c.args)))
	case c.args[0] != contextName:
		return usageError("no context exists with the name: " + quote(c.args[0]))
	}
	c.out.WriteString("Switched to context " + quote(contextName) + ".\n")
	return nil
}
