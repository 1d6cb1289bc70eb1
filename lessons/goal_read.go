package lessons

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// goal reads a goal.
func (r *scenarioReader) goal(n *yaml.Node) Goal {
	var g Goal
	r.mapping(n, "a goal",
		field{"id", true, func(n *yaml.Node) {
			r.text(n, "id", &g.ID)
			r.unique(n, "goal", g.ID, r.goals)
		}},
		field{"resource", false, func(n *yaml.Node) {
			r.text(n, "resource", &g.Resource)
			kind, name, ok := strings.Cut(g.Resource, "/")
			if !ok || kind == "" || name == "" || strings.ContainsAny(g.Resource, " \t\n") || strings.Contains(name, "/") {
				r.fail(n, "write KIND/NAME, for example pod/web", "resource %q names no object", g.Resource)
			}
		}},
		field{"for", false, func(n *yaml.Node) {
			r.text(n, "for", &g.For)
			if !waitable(g.For) {
				r.fail(n, "write what kubectl wait --for takes: condition=Ready, jsonpath={.status.phase}=Running, create or delete",
					"for %q is nothing to wait for", g.For)
			}
		}},
		field{"namespace", false, func(n *yaml.Node) {
			r.text(n, "namespace", &g.Namespace)
			r.id(n, "a namespace", g.Namespace)
		}},
		field{"run", false, func(n *yaml.Node) { r.text(n, "run", &g.Run) }},
		field{"prints", false, func(n *yaml.Node) { r.text(n, "prints", &g.Prints) }},
		field{"inside", false, func(n *yaml.Node) { g.Inside = r.yes(n, "inside") }},
	)
	cluster, machine := g.Resource != "" || g.For != "" || g.Namespace != "", g.Run != "" || g.Prints != "" || g.Inside
	switch {
	case cluster && machine:
		r.fail(n, "a goal is one or the other", "goal %q waits for an object and for what a command prints", g.ID)
	case machine && (g.Run == "" || g.Prints == ""):
		r.fail(n, "write run: hostname and prints: box", "goal %q needs both run and prints", g.ID)
	case !machine && (g.Resource == "" || g.For == ""):
		r.fail(n, "write resource: pod/web and for: condition=Ready; on a machine, run and prints", "goal %q lacks what it waits for", g.ID)
	}
	return g
}

// onAMachine holds a lesson about a machine to what can be there: no cluster, and goals that are commands.
func (r *scenarioReader) onAMachine(root *yaml.Node) {
	if len(r.sc.Nodes) > 0 || r.sc.Start != "" || r.sc.Staleness > 0 {
		r.fail(root, "leave out nodes, start and staleness", "a machine has no cluster")
	}
	for _, step := range r.sc.Steps {
		if step.Picture != "" {
			r.fail(r.steps[step.ID], "leave it out", "step %q has a picture, and pictures are of clusters", step.ID)
		}
		for _, g := range step.Goals {
			if g.Resource != "" {
				r.fail(r.goals[g.ID], "write run: a command, and prints: its output", "goal %q waits for an object, and a machine has none", g.ID)
			}
		}
	}
}

// yes reads true or false.
func (r *scenarioReader) yes(n *yaml.Node, what string) bool {
	if n.ShortTag() != "!!bool" {
		r.fail(n, "", "%s must be true or false, found %s", what, kindOf(n))
		return false
	}
	return n.Value == "true"
}
