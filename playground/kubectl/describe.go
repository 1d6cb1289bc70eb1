package kubectl

import (
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
		flags: `selector all-namespaces filename
show-events|btrue||Show the events about the object.`,
		run: describe,
	}
}

// sample is how many pages tell how much room all of them take.
const sample = 8

func describe(c *call) error {
	if len(c.args) == 0 && !c.given("filename") {
		return usageError("You must specify the type of resource to describe. Use \"kubectl api-resources\" for a complete list of supported resources.")
	}
	list, err := c.getTargets()
	if err != nil {
		return err
	}
	var parts []api.Object
	for _, t := range list {
		objs, err := c.objects(t)
		switch {
		case isNotFound(err) && len(c.args) == 2 && !strings.ContainsAny(c.args[0], ",/"):
			return c.describePrefix(t, err)
		case err != nil:
			c.fail(err, "")
			continue
		}
		parts = append(parts, objs...)
	}
	if len(parts) == 0 && c.code == 0 {
		c.err.WriteString(nothingFound(c, list))
	}
	// Events are shown for a single object, unless they are asked for.
	events := c.on("show-events") && (c.given("show-events") || len(parts) == 1 && c.code == 0)
	d := c.newDescription()
	return printEnd(&c.out, c.env.Kept, len(parts), func(w *strings.Builder, last int) error {
		for i, p := range parts[len(parts)-last:] {
			if i == sample {
				w.Grow(w.Len() / sample * (last - sample) * 17 / 16)
			}
			if i > 0 {
				w.WriteString("\n\n")
			}
			w.Write(c.describeOne(d, p, events))
		}
		return nil
	})
}

// describePrefix describes the objects whose names begin with what was taken for a name; without any, notFound.
func (c *call) describePrefix(t target, notFound error) error {
	all, err := c.objects(target{res: t.res})
	if err != nil {
		return err
	}
	d := c.newDescription()
	for _, o := range all {
		if strings.HasPrefix(o.Meta().Name, t.name) {
			notFound = nil
			c.out.Write(c.describeOne(d, o, c.on("show-events") && c.given("show-events")))
			c.out.WriteByte('\n')
		}
	}
	return notFound
}

func (c *call) newDescription() *description {
	return newDescription(api.Time(c.env.Server.Now().Unix()))
}

// describeOne is the page of an object. It is written on d, which is used again for each.
func (c *call) describeOne(d *description, o api.Object, showEvents bool) []byte {
	var events []*api.Event
	if showEvents {
		events = append([]*api.Event{}, c.env.Server.EventsAbout(o)...)
	}
	describeObject(d, o, c.related(o), events)
	return d.take()
}

// related is what a page says of other objects.
type related struct {
	pods   []*api.Pod           // of a node, or with the labels a ReplicaSet selects
	sets   []*api.ReplicaSet    // of a Deployment, the oldest first
	slices []*api.EndpointSlice // of a Service
	lease  *api.Lease           // of a node
}

func (c *call) related(o api.Object) related {
	switch o := o.(type) {
	case *api.Node:
		return related{pods: c.podsOn(o.Name), lease: c.leaseOf(o.Name)}
	case *api.ReplicaSet:
		return related{pods: ownedBy[*api.Pod](c, api.KindPod, o, o.Spec.Selector)}
	case *api.Deployment:
		return related{sets: ownedBy[*api.ReplicaSet](c, api.KindReplicaSet, o, o.Spec.Selector)}
	case *api.Service:
		return related{slices: c.slicesOf(o)}
	}
	return related{}
}

// describeObject writes the page of an object; false if its kind should have one and has only its fields.
func describeObject(d *description, o api.Object, r related, events []*api.Event) bool {
	switch o := o.(type) {
	case *api.Pod:
		describePod(d, o, events)
	case *api.Node:
		describeNode(d, o, r.lease, r.pods, events)
	case *api.Namespace:
		describeNamespace(d, o)
	case *api.Endpoints:
		describeEndpoints(d, o, events)
	case *api.Deployment:
		describeDeployment(d, o, r.sets, events)
	case *api.ReplicaSet:
		describeReplicaSet(d, o, r.pods, events)
	case *api.Service:
		describeService(d, o, r.slices, events)
	case *api.EndpointSlice:
		describeEndpointSlice(d, o, events)
	case *api.ConfigMap:
		describeConfigMap(d, o, events)
	case *api.Secret:
		describeSecret(d, o)
	case *api.ServiceAccount:
		describeServiceAccount(d, o, events)
	default:
		describeFields(d, o, events)
		return o.Kind() == api.KindEvent || o.Kind() == api.KindLease
	}
	return true
}

// Description is what describe says about an object alone, at the moment of its creation; false if its kind has no page.
func Description(o api.Object) (string, bool) {
	d := newDescription(o.Meta().CreationTimestamp)
	known := describeObject(d, o, related{}, nil)
	return string(d.take()), known
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
