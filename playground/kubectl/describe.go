package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func describeVerb() *verb {
	return &verb{
		name: "describe", types: true,
		short:    "Show everything about objects, with their events.",
		usage:    "TYPE [NAME_PREFIX ...] | TYPE/NAME ... | -f FILENAME [flags]",
		examples: []string{"kubectl describe pod web", "kubectl describe node/node-1", "kubectl describe pods -l app=web"},
		flags: []flagSpec{
			selectorFlag, allFlag, fileFlag,
			{name: "show-events", typ: boolFlag, initial: "true", help: "Show the events about the object."},
		},
		run: describe,
	}
}

func describe(c *call) error {
	if len(c.args) == 0 && !c.given("filename") {
		return usageError("You must specify the type of resource to describe. Use \"kubectl api-resources\" for a list of supported resources.\n")
	}
	list, err := c.getTargets()
	if err != nil {
		return err
	}
	var parts []string
	for _, t := range list {
		objs, err := c.describeTargets(t)
		if err != nil {
			c.fail(err, "")
			continue
		}
		for _, o := range objs {
			parts = append(parts, c.describeOne(t.res, o))
		}
	}
	if len(parts) == 0 && c.code == 0 {
		c.err.WriteString(nothingFound(c, list))
	}
	c.out.WriteString(strings.Join(parts, "\n\n"))
	return nil
}

// describeTargets gives the object of a name, or, as kubectl does, those whose names begin with it.
func (c *call) describeTargets(t target) ([]api.Object, error) {
	objs, err := c.objects(t, c.selectors())
	if err == nil || !isNotFound(err) || len(c.args) > 0 && strings.Contains(c.args[0], "/") {
		return objs, err
	}
	all, listErr := c.objects(target{res: t.res}, request.ListOptions{})
	if listErr != nil {
		return nil, listErr
	}
	begins := slices.DeleteFunc(all, func(o api.Object) bool { return !strings.HasPrefix(o.Meta().Name, t.name) })
	if len(begins) == 0 {
		return nil, err
	}
	return begins, nil
}

func (c *call) describeOne(res *schema.Resource, o api.Object) string {
	now := api.Time(c.env.Server.Now().Unix())
	var events []*api.Event
	if c.on("show-events") {
		events = c.env.Server.EventsAbout(o)
	}
	pods := []*api.Pod(nil)
	if o.Kind() == api.KindNode {
		pods = c.podsOn(o.Meta().Name)
	}
	text, ok := describeObject(o, pods, events, now)
	if !ok {
		text += "\nKind: " + res.Kind.String() + "\n"
	}
	return text
}

// describeObject is the page of an object; false if its kind has none and only the fields could be given.
func describeObject(o api.Object, pods []*api.Pod, events []*api.Event, now api.Time) (string, bool) {
	switch o := o.(type) {
	case *api.Pod:
		return describePod(o, events, now), true
	case *api.Node:
		return describeNode(o, pods, events, now), true
	case *api.Namespace:
		return describeNamespace(o, now), true
	case *api.Event:
		return describeEvent(o), true
	}
	b, err := schema.MarshalYAML(o)
	if err != nil {
		return "error: " + err.Error() + "\n", false
	}
	return string(b), false
}

// Description is what describe says about an object alone, at the moment of its creation; false if its kind has no page.
func Description(o api.Object) (string, bool) {
	return describeObject(o, nil, nil, o.Meta().CreationTimestamp)
}

// podsOn are the pods that use a node, by namespace and name.
func (c *call) podsOn(node string) []*api.Pod {
	objs, err := c.env.Server.List(schema.ByKind(api.KindPod), "", request.ListOptions{
		FieldSelector: "spec.nodeName=" + node + ",status.phase!=Succeeded,status.phase!=Failed",
	})
	if err != nil {
		return nil
	}
	var pods []*api.Pod
	for _, o := range objs {
		if p, ok := o.(*api.Pod); ok {
			pods = append(pods, p)
		}
	}
	return pods
}
