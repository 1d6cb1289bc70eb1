package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
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
		{name: "cluster-info", usage: "[flags]", short: "Say where the cluster answers.", run: clusterInfo,
			subs: func() []*verb {
				return []*verb{{name: "cluster-info dump", usage: "[flags]", short: "Print much of what there is, for whoever looks for a fault.", run: dump, flags: `all-namespaces
namespaces|l||The namespaces to print; the current one and kube-system if none is named.
output,o|sjson|json,yaml|Print json or yaml.
output-directory|s-||Only -, the terminal.`}}
			}},
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
	c.out.WriteString("Kubernetes control plane is running at " + clusterURL + "\n\n" +
		"To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n")
	return nil
}

// dump prints lists of what a cluster runs on, and of what runs in some namespaces.
//
// Source: k8s.io/kubectl/pkg/cmd/clusterinfo, clusterinfo_dump.go.
func dump(c *call) error {
	if c.text("output-directory") != "-" {
		return usageError("there is one folder here; leave --output-directory away and write > file")
	}
	spaces := c.list("namespaces")
	if spaces == nil {
		spaces = []string{c.namespace(), "kube-system"}
	}
	if c.on("all-namespaces") {
		spaces = []string{""}
	}
	p := &printer{server: c.env.Server, format: c.text("output")}
	list := func(kind api.Kind, namespace string) error {
		res := schema.ByKind(kind)
		objs, err := c.env.Server.List(res, namespace, request.ListOptions{})
		if err != nil {
			return err
		}
		return p.print(&c.out, []group{{res, objs}}, false, false)
	}
	if err := list(api.KindNode, ""); err != nil {
		return err
	}
	for _, space := range spaces {
		for _, kind := range []api.Kind{api.KindEvent, api.KindService, api.KindDeployment, api.KindReplicaSet, api.KindPod} {
			if err := list(kind, space); err != nil {
				return err
			}
		}
	}
	return nil
}

func apiVersions(c *call) error {
	if len(c.args) > 0 {
		return c.misuse("unexpected arguments: [" + strings.Join(c.args, " ") + "]")
	}
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
		return c.misuse("Shell not specified.")
	case len(c.args) > 1:
		return c.misuse("Too many arguments. Expected only the shell type.")
	case !slices.Contains([]string{"bash", "fish", "powershell", "zsh"}, c.args[0]):
		return c.misuse("Unsupported shell type " + quote(c.args[0]) + ".")
	}
	c.out.WriteString("# This terminal completes kubectl's verbs, kinds, names and flags already: press Tab.\n")
	return nil
}

func options(c *call) error {
	c.out.WriteString("The following options can be passed to any command:\n\n")
	writeOptions(&c.out, flagSpecs(commonFlags))
	return nil
}
