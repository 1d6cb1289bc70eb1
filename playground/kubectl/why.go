package kubectl

import (
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
)

func whyVerb() *verb {
	return &verb{
		name: "why", types: true,
		short:    "Say why an object is as it is: the chain of causes, from what a person typed.",
		usage:    "TYPE/NAME | TYPE NAME [flags]",
		examples: []string{"why pod/web", "why node node-1 -o json"},
		flags:    []flagSpec{{name: "output", short: 'o', typ: stringFlag, values: []string{"json", "yaml"}, help: "Print json or yaml."}},
		run:      why,
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
		chain := c.env.Server.Why(t.res, c.namespace(), t.name)
		if len(chain) == 0 {
			return api.NotFound(t.res.Qualified(), t.name)
		}
		verdicts := c.verdicts(t)
		switch c.text("output") {
		case "":
			c.tellChain(chain)
			c.tellVerdicts(verdicts)
		case "json", "yaml":
			p := &printer{format: c.text("output")}
			if err := p.printTree(&c.out, chainTree(t, chain, verdicts)); err != nil {
				return err
			}
		default:
			return usageError("--output must be 'yaml' or 'json'")
		}
	}
	return nil
}

// verdicts are what the scheduler thinks of each node, for a pod that waits for one.
func (c *call) verdicts(t target) []request.Verdict {
	o, err := c.env.Server.Get(t.res, c.namespace(), t.name)
	pod, ok := o.(*api.Pod)
	if err != nil || !ok || pod.Spec.NodeName != "" {
		return nil
	}
	return c.env.Server.Verdicts(pod)
}

// tellChain prints a line for each link: when, who, what.
func (c *call) tellChain(chain []request.Link) {
	var g grid
	var rows [][]string
	for _, l := range chain {
		rows = append(rows, []string{moment(l.Time), l.Actor, what(l)})
	}
	g.write(&c.out, rows)
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

func (c *call) tellVerdicts(verdicts []request.Verdict) {
	if len(verdicts) == 0 {
		return
	}
	c.out.WriteString("\nNo node has been chosen. What the scheduler says of each:\n")
	var g grid
	rows := [][]string{{"NODE", "FITS", "SCORE", "WHY NOT"}}
	for _, v := range verdicts {
		fits, score := "yes", itoa(int(v.Score))
		if !v.Fits() {
			fits, score = "no", "-"
		}
		rows = append(rows, []string{v.Node, fits, score, strings.Join(v.Reasons, ", ")})
	}
	g.write(&c.out, rows)
}

func chainTree(t target, chain []request.Link, verdicts []request.Verdict) map[string]any {
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
	if len(verdicts) > 0 {
		nodes := []any{}
		for _, v := range verdicts {
			reasons := []any{}
			for _, r := range v.Reasons {
				reasons = append(reasons, r)
			}
			nodes = append(nodes, map[string]any{"node": v.Node, "fits": v.Fits(), "score": v.Score, "reasons": reasons})
		}
		tree["verdicts"] = nodes
	}
	return tree
}
