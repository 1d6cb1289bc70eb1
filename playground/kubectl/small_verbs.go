package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// smallVerbs are those that answer with a line or two, in kubectl's order.
func smallVerbs() []*verb {
	metrics := func(*call) error { return usageError("Metrics API not available") }
	top := func(name string, aliases ...string) *verb {
		return &verb{name: "top " + name, aliases: aliases, types: true, loose: true, usage: "[NAME | -l label]", run: metrics,
			short: "Show what each " + name + " uses (there is no metrics server here yet)."}
	}
	return []*verb{
		{name: "cluster-info", usage: "[flags]", short: "Say where the cluster answers.", run: clusterInfo},
		{name: "top", usage: "SUBCOMMAND [flags]", short: "Show what nodes or pods use.", run: subcommands, examples: []string{"kubectl top pods"},
			subs: func() []*verb { return []*verb{top("node", "nodes", "no"), top("pod", "pods", "po")} }},
		{name: "completion", usage: "SHELL", short: "Set up completion, which this terminal has already.", run: completionScript},
		{name: "api-versions", usage: "[flags]", short: "List the groups and versions the cluster has.", run: apiVersions},
		{name: "plugin", usage: "SUBCOMMAND", short: "Speak of kubectl's plugins.", run: subcommands, subs: func() []*verb {
			return []*verb{{name: "plugin list", usage: "[flags]", short: "List the plugins; there are none.", run: func(*call) error {
				return usageError("unable to find any kubectl plugins in your PATH")
			}}}
		}},
		{name: "options", usage: "[flags]", short: "List the flags that every command takes.", run: options},
	}
}

func clusterInfo(c *call) error {
	if len(c.args) > 0 && c.args[0] == "dump" {
		return usageError("kubectl cluster-info dump is not part of this playground; kubectl get all -A -o yaml shows most of it")
	}
	c.out.WriteString("Kubernetes control plane is running at " + clusterURL + "\n\n" +
		"To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n")
	return nil
}

func apiVersions(c *call) error {
	var all []string
	for _, r := range schema.Resources() {
		if v := r.APIVersion(); !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	slices.Sort(all)
	c.out.WriteString(strings.Join(all, "\n") + "\n")
	return nil
}

func completionScript(c *call) error {
	switch {
	case len(c.args) == 0:
		return usageError("Shell not specified.\nSee 'kubectl completion -h' for help and examples")
	case len(c.args) > 1:
		return usageError("Too many arguments. Expected only the shell type.\nSee 'kubectl completion -h' for help and examples")
	case !slices.Contains([]string{"bash", "fish", "powershell", "zsh"}, c.args[0]):
		return usageError("Unsupported shell type " + quote(c.args[0]) + ".\nSee 'kubectl completion -h' for help and examples")
	}
	c.out.WriteString("# This terminal completes kubectl's verbs, kinds, names and flags already: press Tab.\n")
	return nil
}

func options(c *call) error {
	c.out.WriteString("The following options can be passed to any command:\n\n")
	writeOptions(&c.out, append([]flagSpec{namespaceFlag, helpFlag}, silentFlags...))
	return nil
}
