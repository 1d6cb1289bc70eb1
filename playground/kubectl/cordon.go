package kubectl

import (
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func cordonVerb() *verb { return unschedulableVerb("cordon", "Let no new pods onto a node.", true) }
func uncordonVerb() *verb {
	return unschedulableVerb("uncordon", "Let new pods onto a node again.", false)
}

func unschedulableVerb(name, short string, on bool) *verb {
	return &verb{
		name: name, short: short,
		usage:    "NODE [flags]",
		examples: []string{"kubectl " + name + " node-1"},
		flags:    `selector dry-run`,
		run: func(c *call) error {
			dry, err := c.dryRun()
			if err != nil {
				return err
			}
			nodes, err := c.nodes()
			if err != nil {
				return err
			}
			for i := range nodes {
				c.mark(&nodes[i], on, dry)
			}
			return nil
		},
	}
}

// nodes are those a command line names: by name or by selector.
func (c *call) nodes() ([]info, error) {
	switch {
	case len(c.args) > 0 && c.given("selector"):
		return nil, c.misuse("error: cannot specify both a node name and a --selector option")
	case len(c.args) == 0 && !c.given("selector"):
		return nil, c.misuse("error: USAGE: " + c.verb.name + " NODE [flags]")
	}
	res := schema.ByKind(api.KindNode)
	if c.given("selector") {
		objs, err := c.env.Server.List(res, "", c.selectors())
		if err != nil {
			return nil, err
		}
		var out []info
		for _, o := range objs {
			out = append(out, info{res, "", o})
		}
		return out, nil
	}
	var out []info
	for _, word := range c.args {
		of, name := res, word
		if t, err := pairTargets([]string{word}); err == nil {
			of, name = t[0].res, t[0].name
		}
		o, err := c.env.Server.Get(of, c.namespace(), name)
		if err != nil {
			c.fail(err, "")
			continue
		}
		out = append(out, info{of, "", o})
	}
	return out, nil
}

// mark cordons a node or takes that back, and tells whether it could.
func (c *call) mark(i *info, on bool, dry string) bool {
	word := map[bool]string{true: "cordoned", false: "uncordoned"}[on]
	node, ok := i.obj.(*api.Node)
	if !ok {
		return false
	}
	if node.Spec.Unschedulable == on {
		c.out.WriteString("node/" + node.Name + " already " + word + dryWord(dry) + "\n")
		return true
	}
	if dry != "client" {
		var value any
		if on {
			value = true
		}
		_, _, err := c.patchInfo(i, request.StrategicPatch, at(value, "spec", "unschedulable"), "", dry)
		if err != nil {
			c.fail(usageError("error: unable to "+c.verb.name+" node "+quote(node.Name)+": "+err.Error()), "")
			return false
		}
	}
	c.out.WriteString("node/" + node.Name + " " + word + dryWord(dry) + "\n")
	return true
}

// dryWord is what kubectl puts behind what it did not do.
func dryWord(dry string) string {
	switch dry {
	case "client":
		return " (dry run)"
	case "server":
		return " (server dry run)"
	}
	return ""
}
