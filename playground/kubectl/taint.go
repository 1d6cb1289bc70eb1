package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func taintVerb() *verb {
	return &verb{
		name: "taint", types: true,
		short:    "Change the taints of nodes, which keep pods off.",
		usage:    "NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N:TAINT_EFFECT_N- [flags]",
		examples: []string{"kubectl taint nodes node-1 dedicated=db:NoSchedule", "kubectl taint nodes node-1 dedicated:NoSchedule-", "kubectl taint node -l pool=db dedicated=db:PreferNoSchedule"},
		flags: `selector dry-run output field-manager
all|b||Every node.
overwrite|b||Change taints that are there already.`,
		run: taint,
	}
}

func taint(c *call) error {
	words, changes := taintWords(c.args)
	switch {
	case len(words) == 0:
		return usageError("one or more resources must be specified as <resource> <name>")
	case schema.Find(words[0]) == nil || schema.Find(words[0]).Kind != api.KindNode:
		return usageError("invalid resource type " + words[0] + ", only node types are supported")
	case len(changes) == 0:
		return usageError("at least one taint update is required")
	case len(words) == 1 && !c.chosen():
		return usageError("one or more resources must be specified as <resource> <name>")
	}
	add, drop, err := c.parseTaints(changes)
	if err != nil {
		return err
	}
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	list, err := c.infos(words)
	if err != nil {
		return err
	}
	for i := range list {
		if err := c.taintOne(&list[i], add, drop, dry); err != nil {
			c.fail(err, "")
		}
	}
	return nil
}

// taintWords splits the words into those that name nodes and the taints.
func taintWords(args []string) (words, changes []string) {
	for _, w := range args {
		if strings.Contains(w, "=") || strings.Contains(w, ":") || strings.HasSuffix(w, "-") {
			changes = append(changes, w)
		} else {
			words = append(words, w)
		}
	}
	return words, changes
}

// parseTaints reads KEY=VALUE:EFFECT, KEY:EFFECT, and with a dash at the end what is to go.
func (c *call) parseTaints(specs []string) (add, drop []api.Taint, err error) {
	for _, spec := range specs {
		text, gone := strings.CutSuffix(spec, "-")
		head, effect, given := strings.Cut(text, ":")
		key, value, _ := strings.Cut(head, "=")
		t := api.Taint{Key: key, Value: value, Effect: api.TaintEffect(effect)}
		known := effect == string(api.TaintNoSchedule) || effect == string(api.TaintPreferNoSchedule) || effect == string(api.TaintNoExecute)
		switch {
		case key == "" || strings.Count(text, ":") > 1 || strings.Count(head, "=") > 1:
			return nil, nil, usageError("invalid taint spec: " + spec)
		case given && !known:
			return nil, nil, c.misuse("invalid taint effect: " + effect + ", unsupported taint effect")
		case gone:
			drop = append(drop, t)
		case !given:
			return nil, nil, usageError("invalid taint spec: " + spec)
		default:
			if slices.ContainsFunc(add, func(o api.Taint) bool { return o.Key == t.Key && o.Effect == t.Effect }) {
				return nil, nil, usageError("duplicated taints with the same key and effect: " + key)
			}
			add = append(add, t)
		}
	}
	return add, drop, nil
}

func (c *call) taintOne(i *info, add, drop []api.Taint, dry string) error {
	node, ok := api.DeepCopy(i.obj).(*api.Node)
	if !ok {
		return nil
	}
	what := "tainted"
	for _, t := range add {
		at := slices.IndexFunc(node.Spec.Taints, func(o api.Taint) bool { return o.Key == t.Key && o.Effect == t.Effect })
		switch {
		case at < 0:
			node.Spec.Taints = append(node.Spec.Taints, t)
		case !c.on("overwrite"):
			return usageError("node " + node.Name + " already has " + t.Key + " taint(s) with same effect(s) and --overwrite is false")
		default:
			node.Spec.Taints[at] = t
			what = "modified"
		}
	}
	if len(drop) > 0 {
		what = map[bool]string{true: "untainted", false: "modified"}[len(add) == 0]
	}
	for _, t := range drop {
		before := len(node.Spec.Taints)
		node.Spec.Taints = slices.DeleteFunc(node.Spec.Taints, func(o api.Taint) bool {
			return o.Key == t.Key && (t.Effect == "" || o.Effect == t.Effect)
		})
		if len(node.Spec.Taints) == before {
			name := t.Key
			if t.Effect != "" {
				name += ":" + string(t.Effect)
			}
			return usageError("taint " + quote(name) + " not found")
		}
	}
	var obj api.Object = node
	if dry != "client" {
		var err error
		node.ResourceVersion = 0
		if obj, err = c.env.Server.Update(i.res, "", node.Name, node, request.WriteOptions{DryRun: dry == "server", FieldManager: c.manager()}); err != nil {
			return err
		}
	}
	return c.did(i.res, obj, nil, what, dry)
}
