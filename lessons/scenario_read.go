package lessons

import (
	"math"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// scenarioReader reads scenario.yaml and remembers where things stand, for problems found later.
type scenarioReader struct {
	decoder
	sc    Scenario
	steps map[string]*yaml.Node // by id
	goals map[string]*yaml.Node // by id
	nodes map[string]bool
}

// readScenario reads the text of a scenario.yaml that lies in a folder of this name.
func readScenario(file, folder, text string, problems *Problems) *scenarioReader {
	r := &scenarioReader{
		decoder: decoder{file: file, problems: problems},
		steps:   map[string]*yaml.Node{}, goals: map[string]*yaml.Node{}, nodes: map[string]bool{},
	}
	root := r.root(text)
	if root == nil {
		return r
	}
	r.mapping(root, "the scenario",
		field{"name", true, func(n *yaml.Node) {
			r.text(n, "name", &r.sc.Name)
			if r.sc.Name != folder {
				r.fail(n, "", "name %q differs from the folder's name %q", r.sc.Name, folder)
			}
		}},
		field{"order", false, func(n *yaml.Node) { r.sc.Order = int(r.number(n, "order", 1000)) }},
		field{"seed", true, func(n *yaml.Node) { r.sc.Seed = r.number(n, "seed", math.MaxUint64) }},
		field{"machine", false, func(n *yaml.Node) { r.sc.Machine = r.yes(n, "machine") }},
		field{"nodes", false, func(n *yaml.Node) { r.list(n, "nodes", "name: node-1", r.node) }},
		field{"start", false, func(n *yaml.Node) {
			if n.Kind != yaml.ScalarNode {
				r.fail(n, "write start: | and the manifests, indented, below it", "start must be the text of manifests, found %s", kindOf(n))
				return
			}
			r.text(n, "start", &r.sc.Start)
		}},
		field{"files", false, func(n *yaml.Node) { r.sc.Files = r.texts(n, "files") }},
		field{"staleness", false, func(n *yaml.Node) { r.sc.Staleness = r.staleness(n) }},
		field{"steps", true, func(n *yaml.Node) { r.list(n, "steps", "id: look", r.step) }},
	)
	if len(r.sc.Nodes) == 0 && !r.sc.Machine {
		r.fail(root, "write machine: true if the lesson is about one machine and no cluster", "the scenario has no nodes")
	}
	if r.sc.Machine {
		r.onAMachine(root)
	}
	if len(r.sc.Steps) == 0 {
		r.fail(root, "", "the scenario has no steps")
	}
	return r
}

// longestStaleness is the most that news may need: with more, nodes would be taken for dead that are well.
const longestStaleness = 5 * time.Second

// staleness reads how long news needs, as 500ms or 2s, and gives it in milliseconds.
func (r *scenarioReader) staleness(n *yaml.Node) int64 {
	text := ""
	r.text(n, "staleness", &text)
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 || d > longestStaleness || d%time.Millisecond != 0 {
		r.fail(n, "write it as 500ms or 2s", "staleness must be a time from 0s to 5s in whole milliseconds, found %s", kindOf(n))
		return 0
	}
	return d.Milliseconds()
}

// node reads a machine.
func (r *scenarioReader) node(n *yaml.Node) {
	var node Node
	r.mapping(n, "a node",
		field{"name", true, func(n *yaml.Node) {
			r.text(n, "name", &node.Name)
			r.id(n, "the name of a node", node.Name)
			if r.nodes[node.Name] {
				r.fail(n, "", "a second node %q", node.Name)
			}
			r.nodes[node.Name] = true
		}},
		field{"cpu", false, func(n *yaml.Node) { r.text(n, "cpu", &node.CPU) }},
		field{"memory", false, func(n *yaml.Node) { r.text(n, "memory", &node.Memory) }},
		field{"pods", false, func(n *yaml.Node) { node.Pods = int(r.number(n, "pods", 10_000)) }},
		field{"labels", false, func(n *yaml.Node) { node.Labels = r.texts(n, "labels") }},
		field{"taints", false, func(n *yaml.Node) {
			r.list(n, "taints", "{key: gpu, effect: NoSchedule}", func(n *yaml.Node) { node.Taints = append(node.Taints, r.taint(n)) })
		}},
	)
	r.sc.Nodes = append(r.sc.Nodes, node)
}

// taint reads a taint.
func (r *scenarioReader) taint(n *yaml.Node) Taint {
	var t Taint
	effects := []string{"NoSchedule", "PreferNoSchedule", "NoExecute"}
	r.mapping(n, "a taint",
		field{"key", true, func(n *yaml.Node) { r.text(n, "key", &t.Key) }},
		field{"value", false, func(n *yaml.Node) { r.text(n, "value", &t.Value) }},
		field{"effect", true, func(n *yaml.Node) {
			r.text(n, "effect", &t.Effect)
			for _, e := range effects {
				if t.Effect == e {
					return
				}
			}
			r.fail(n, didYouMean(t.Effect, effects), "unknown effect %q", t.Effect)
		}},
	)
	return t
}

// step reads a step.
func (r *scenarioReader) step(n *yaml.Node) {
	s := Step{Goals: []Goal{}, Solution: []string{}}
	r.mapping(n, "a step",
		field{"id", true, func(n *yaml.Node) {
			r.text(n, "id", &s.ID)
			r.unique(n, "step", s.ID, r.steps)
		}},
		field{"goals", false, func(n *yaml.Node) {
			r.list(n, "goals", "{id: ready, resource: pod/web, for: condition=Ready}", func(n *yaml.Node) { s.Goals = append(s.Goals, r.goal(n)) })
		}},
		field{"solution", false, func(n *yaml.Node) { s.Solution = append(s.Solution, r.lines(n, "solution")...) }},
		field{"does", false, func(n *yaml.Node) { s.Does = r.lines(n, "does") }},
		field{"picture", false, func(n *yaml.Node) {
			r.text(n, "picture", &s.Picture)
			if !slices.Contains(Pictures(), s.Picture) {
				r.fail(n, didYouMean(s.Picture, Pictures()), "unknown picture %q", s.Picture)
			}
		}},
	)
	if len(s.Goals) == 0 && s.Picture != "" {
		r.fail(n, "a picture shows what is wanted", "step %q has a picture and no goals", s.ID)
	}
	if len(s.Goals) > 0 && len(s.Solution) == 0 {
		r.fail(n, "write lines that reach the goals", "step %q has goals and no solution", s.ID)
	}
	if len(s.Goals) == 0 && len(s.Solution) > 0 {
		r.fail(n, "lines that only look around belong in the text alone; for those that change something, write does", "step %q has a solution and no goals", s.ID)
	}
	if len(s.Goals) > 0 && len(s.Does) > 0 {
		r.fail(n, "put what reaches the goals into the solution", "step %q has goals, and does for a step without", s.ID)
	}
	r.sc.Steps = append(r.sc.Steps, s)
}

// lines reads lines as they are typed.
func (r *scenarioReader) lines(n *yaml.Node, what string) (lines []string) {
	r.list(n, what, "kubectl run web --image=nginx", func(n *yaml.Node) {
		line := ""
		r.text(n, "a line of "+what, &line)
		if strings.TrimSpace(line) == "" {
			r.fail(n, "", "an empty line in %s", what)
		}
		lines = append(lines, strings.TrimRight(line, "\n"))
	})
	return lines
}

// waitable reports whether kubectl wait could take it for --for, as far as its form goes.
func waitable(text string) bool {
	condition, isCondition := strings.CutPrefix(text, "condition=")
	path, isPath := strings.CutPrefix(text, "jsonpath=")
	switch {
	case isCondition:
		return condition != "" && !strings.HasPrefix(condition, "=")
	case isPath:
		return strings.HasPrefix(path, "{.") && strings.Contains(path, "}")
	}
	return text == "create" || text == "delete"
}

// unique notes the id of a step or goal, which no other may have.
func (r *scenarioReader) unique(n *yaml.Node, what, id string, seen map[string]*yaml.Node) {
	r.id(n, "the id of a "+what, id)
	if first := seen[id]; first != nil {
		r.fail(n, "ids are unique in a lesson", "a second %s %q; the first is on line %d", what, id, first.Line)
		return
	}
	seen[id] = n
}

// id holds names to the letters that fit in addresses and file names.
func (r *scenarioReader) id(n *yaml.Node, what, id string) {
	if !validID(id) {
		r.fail(n, "use small letters, digits and hyphens", "%q cannot be %s", id, what)
	}
}

// validID reports whether the id is made of small letters, digits and inner hyphens.
func validID(id string) bool {
	for i := range len(id) {
		c := id[i]
		inner := c == '-' && i > 0 && i < len(id)-1
		if !inner && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return id != "" && len(id) <= 63
}
