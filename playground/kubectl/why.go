package kubectl

import (
	"slices"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func whyVerb() *verb {
	return &verb{
		name: "why", types: true,
		short:    "Say why an object is as it is: the chain of causes, from what a person typed.",
		usage:    "TYPE/NAME | TYPE NAME [flags]",
		examples: []string{"why pod/web", "why node node-1 -o json"},
		flags: `
output,o|s|json,yaml|Print json or yaml.`,
		run: why,
	}
}

// Why runs one command line of why, given without that word.
func Why(env *Env, args []string) Result {
	res := whyVerb().start(env, args)
	res.Stdout = strings.ReplaceAll(res.Stdout, "kubectl why", "why")
	res.Stderr = strings.ReplaceAll(res.Stderr, "kubectl why", "why")
	return res
}

func why(c *call) error {
	if len(c.args) == 0 {
		return usageError("why what? For example: why pod/web")
	}
	list, err := c.targets()
	if err != nil {
		return err
	}
	for _, t := range list {
		if t.name == "" {
			return usageError("which one? For example: why " + t.res.Singular + "/web")
		}
		if t.res.Kind == api.KindEndpoints {
			t.res = schema.ByKind(api.KindService) // they are made of its slices whenever somebody asks
		}
		chain := c.env.Server.Why(t.res, c.namespace(), t.name)
		if len(chain) == 0 {
			c.fail(api.NotFound(t.res.Qualified(), t.name), "")
			c.elsewhere(t)
			return nil
		}
		decision := c.decision(t)
		var parts []part
		if o, err := c.env.Server.Get(t.res, c.namespace(), t.name); err == nil {
			parts = c.parts(o)
		}
		switch c.text("output") {
		case "":
			c.tellChain(chain)
			c.tellDecision(decision)
			c.tellParts(parts)
		case "json", "yaml":
			p := &printer{format: c.text("output")}
			if err := p.printTree(&c.out, chainTree(t, chain, decision, parts)); err != nil {
				return err
			}
		default:
			return usageError("--output must be 'yaml' or 'json'")
		}
	}
	return nil
}

// elsewhere names the namespace that does have an object of this name.
func (c *call) elsewhere(t target) {
	objs, err := c.env.Server.List(t.res, "", request.ListOptions{FieldSelector: "metadata.name=" + t.name})
	if err == nil && len(objs) > 0 && t.res.Namespaced {
		c.failures[len(c.failures)-1].hints = "Did you mean why -n " + objs[0].Meta().Namespace + " " + t.res.Singular + "/" + t.name + "?\n"
	}
}

// decision is what the scheduler thinks of each node, for a pod.
func (c *call) decision(t target) request.Decision {
	if t.res.Kind != api.KindPod {
		return request.Decision{}
	}
	d, _ := c.env.Server.Decision(c.namespace(), t.name)
	return d
}

// firstSteps and lastSteps are how many lines of a chain are told: what goes round and round is long, and says no more for it.
const firstSteps, lastSteps = 14, 8

// tellChain prints a line for each link: when, who, what.
func (c *call) tellChain(chain []request.Link) {
	var g grid
	var rows [][]string
	for i := 0; i < len(chain); i++ {
		l := chain[i]
		rows = append(rows, []string{moment(l.Time), l.Actor, what(l)})
		last := i
		for last+1 < len(chain) && alike(chain[last+1], l) {
			last++
		}
		if last-i > 2 {
			rows = append(rows, []string{"", "", "... and " + itoa(last-i-1) + " more like it"})
			i = last - 1 // the last one is the cause of what follows
		}
	}
	if more := len(rows) - firstSteps - lastSteps; more > 2 {
		rows = slices.Replace(rows, firstSteps, firstSteps+more, []string{"", "", "... and " + itoa(more) + " more steps; -o yaml has them all"})
	}
	var lines strings.Builder
	g.write(&lines, rows)
	i := 0
	for line := range strings.Lines(lines.String()) {
		text, last := rows[i][2], []rune(line)
		at := len(last) - 1 - len([]rune(text))
		c.out.WriteString(string(last[:at]) + strings.TrimLeft(wrapped(text, min(at, width/2)), " "))
		i++
	}
}

// alike tells whether two links are the same deed on two objects: the thirty pods that a ReplicaSet creates at a time.
func alike(a, b request.Link) bool {
	return a.Input == "" && a.Time == b.Time && a.Actor == b.Actor && a.Verb == b.Verb && a.Reason == b.Reason && a.Kind == b.Kind
}

// moment is virtual time as +1.820s.
func moment(t time.Duration) string {
	return "+" + t.Truncate(time.Millisecond).String()
}

// what is one link in words.
func what(l request.Link) string {
	if l.Input != "" {
		return "asked: " + printable(l.Input)
	}
	object := strings.ToLower(l.Kind.String()) + "/" + l.Name
	if l.Kind == api.KindSandbox {
		object = "its containers"
	}
	switch l.Verb.String() {
	case "create":
		return "created " + object + " (" + l.Reason + ")"
	case "delete":
		return "removed " + object + " (" + l.Reason + ")"
	}
	return "changed " + object + " (" + l.Reason + ")"
}

// tellDecision prints a line for each node. A plugin has a column if it makes a difference between nodes.
func (c *call) tellDecision(d request.Decision) {
	if len(d.Verdicts) == 0 {
		return
	}
	c.out.WriteString(headline(d))
	best, columns := d.Telling()
	head := []string{"NODE", "FITS", "SCORE"}
	for _, i := range columns {
		s := best.Scores[i]
		head = append(head, strings.TrimPrefix(s.Plugin, "NodeResources")+times(s.Weight))
	}
	all := slices.IndexFunc(d.Verdicts, func(v request.Verdict) bool { return !v.Fits() }) < 0
	if !all {
		head = append(head, "WHY NOT")
	}
	rows := [][]string{head}
	for _, v := range d.Verdicts {
		row := []string{v.Node, "no", "-"}
		if v.Fits() {
			row = []string{v.Node, "yes", itoa(int(v.Score))}
		}
		for _, i := range columns {
			points := "-"
			if v.Fits() {
				points = itoa(int(v.Scores[i].Points))
			}
			row = append(row, points)
		}
		if !all {
			row = append(row, strings.Join(v.Reasons, ", "))
		}
		rows = append(rows, row)
	}
	var g grid
	g.write(&c.out, rows)
}

func headline(d request.Decision) string {
	switch {
	case d.Node == "":
		return "\nNo node has been chosen. What the scheduler says of each:\n"
	case d.Ties > 1:
		return "\n" + d.Node + " was chosen at " + moment(d.Time) + ", by lot among " + itoa(d.Ties) + ". The scheduler said of each:\n"
	}
	return "\n" + d.Node + " was chosen at " + moment(d.Time) + ". The scheduler said of each:\n"
}

func times(weight int64) string {
	if weight == 1 {
		return ""
	}
	return " x" + itoa(int(weight))
}

func chainTree(t target, chain []request.Link, d request.Decision, parts []part) map[string]any {
	links := []any{}
	for _, l := range chain {
		link := map[string]any{"revision": int64(l.Rev), "cause": int64(l.Cause), "ms": int64(l.Time / time.Millisecond), "actor": l.Actor, "verb": l.Verb.String()}
		if l.Input != "" {
			link["input"] = l.Input
		} else {
			link["kind"], link["namespace"], link["name"], link["reason"] = l.Kind.String(), l.Namespace, l.Name, l.Reason
		}
		links = append(links, link)
	}
	tree := map[string]any{"object": called(t.res, t.name), "chain": links}
	if len(d.Verdicts) > 0 {
		tree["decision"] = decisionTree(d)
	}
	if len(parts) > 0 {
		tree["parts"] = partsTree(parts)
	}
	return tree
}

func decisionTree(d request.Decision) map[string]any {
	nodes := []any{}
	for _, v := range d.Verdicts {
		reasons, scores := []any{}, []any{}
		for _, r := range v.Reasons {
			reasons = append(reasons, r)
		}
		for _, s := range v.Scores {
			scores = append(scores, map[string]any{"plugin": s.Plugin, "points": s.Points, "weight": s.Weight})
		}
		nodes = append(nodes, map[string]any{"node": v.Node, "fits": v.Fits(), "score": v.Score, "reasons": reasons, "scores": scores})
	}
	return map[string]any{"node": d.Node, "ms": int64(d.Time / time.Millisecond), "ties": int64(d.Ties), "nodes": nodes}
}
