package kubectl

import (
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// part is an object that makes another what it is: what a Deployment's pods wait for is why the Deployment is not available.
type part struct {
	level              int
	object, state, why string
}

// mostParts is how many parts are told; of a thousand pods the first that are not well say it all.
const mostParts = 20

// parts are an object's own complaint, what it owns, level by level, and what else decides about it.
func (c *call) parts(o api.Object) []part {
	p := partsOf{server: c.env.Server}
	p.add(0, o)
	switch o := o.(type) {
	case *api.Service:
		p.service(o)
	case *api.ConfigMap:
		p.users(o, "configMap", "configMapRef", "configMapKeyRef")
	case *api.Secret:
		p.users(o, "secret", "secretRef", "secretKeyRef")
	case *api.ServiceAccount:
		p.users(o, "serviceAccountName")
	case *api.Node:
		p.node(o)
	}
	pod, isPod := o.(*api.Pod)
	if len(p.list) == 1 && p.list[0].why == "" && (isPod || p.list[0].state == "") || isPod && pod.Spec.NodeName == "" && pod.DeletionTimestamp == 0 {
		return nil // the chain, and what the scheduler said, tell it all
	}
	return p.cut()
}

type partsOf struct {
	server *request.Server
	list   []part
}

// deepest is how far down owners are followed: CronJob, Job, Pod is the longest chain there is.
const deepest = 4

// mostSeen bounds how many parts are looked at: owners may form a circle, or a thicket.
const mostSeen = 5000

func (p *partsOf) add(level int, o api.Object) {
	state, why := stateOf(o)
	if pod, ok := o.(*api.Pod); ok && !healthy(pod) {
		why = join(why, p.lastWarning(pod, why))
	}
	p.list = append(p.list, part{level, strings.ToLower(o.Kind().String()) + "/" + o.Meta().Name, state, why})
	if level == deepest {
		return
	}
	for _, d := range p.server.Dependents(o) {
		if d.Kind() != api.KindLease && len(p.list) < mostSeen {
			p.add(level+1, d)
		}
	}
}

// cut keeps the parts that are not well, and of the others as many as there is room for.
func (p *partsOf) cut() []part {
	left := len(p.list) - mostParts
	if left <= 0 {
		return p.list
	}
	var out []part
	dropped := 0
	for i := len(p.list) - 1; i >= 0; i-- {
		if one := p.list[i]; dropped < left && one.why == "" && one.level > 0 {
			dropped++
		} else {
			out = append(out, one)
		}
	}
	slices.Reverse(out)
	if more := len(out) - mostParts; more > 0 {
		out, dropped = out[:mostParts], dropped+more
	}
	return append(out, part{level: 1, object: "and " + itoa(dropped) + " more"})
}

// service adds the pods that a Service could send requests to, and says which of them get any.
func (p *partsOf) service(s *api.Service) {
	selector, _ := podSelector(schema.Tree(s))
	if selector == "" {
		p.list[0].why = "it selects no pods by itself: somebody else writes its EndpointSlices"
		return
	}
	pods, err := p.server.List(podResource, s.Namespace, request.ListOptions{LabelSelector: selector})
	if err != nil {
		return
	}
	if len(pods) == 0 {
		p.list[0].why = "no pod has the labels " + selector + p.labelsThere(s)
	}
	taking := 0
	for _, o := range pods {
		pod, ok := o.(*api.Pod)
		if !ok {
			continue
		}
		ready, _ := readySince(pod)
		state, why := "gets requests", ""
		switch {
		case pod.DeletionTimestamp != 0:
			state, why = "left out", "is being deleted"
		case pod.Status.PodIP == "":
			state, why = "left out", "has no address yet: "+podComplaint(pod)
		case !ready && !s.Spec.PublishNotReadyAddresses:
			state, why = "left out", "is not ready: "+podComplaint(pod)
		default:
			taking++
		}
		p.list = append(p.list, part{1, "pod/" + pod.Name, state, strings.TrimSuffix(why, ": ")})
	}
	if len(pods) > 0 && taking == 0 {
		p.list[0].why = "none of its pods is ready, so connections are refused"
	}
	p.list[0].state = itoa(taking) + " of " + itoa(len(pods)) + " pods"
}

// labelsThere says which values pods do have of the labels a Service selects by.
func (p *partsOf) labelsThere(s *api.Service) string {
	pods, err := p.server.List(podResource, s.Namespace, request.ListOptions{})
	if err != nil {
		return ""
	}
	var seen []string
	for _, o := range pods {
		m := o.Meta().Labels
		for _, k := range slices.Sorted(maps.Keys(s.Spec.Selector)) {
			pair := k + "=" + m[k]
			if _, has := m[k]; has && len(seen) < 5 && !strings.Contains(" "+strings.Join(seen, " ")+" ", " "+pair+" ") {
				seen = append(seen, pair)
			}
		}
	}
	if len(seen) == 0 {
		return ""
	}
	return "; there are pods with " + strings.Join(seen, ", ")
}

// users adds the pods that name an object in their spec below one of these keys.
func (p *partsOf) users(o api.Object, keys ...string) {
	pods, err := p.server.List(podResource, o.Meta().Namespace, request.ListOptions{})
	if err != nil {
		return
	}
	for i, tree := range schema.Written(true, pods...) {
		spec, _ := schema.Lookup(tree, "spec")
		if names(schema.Plain(spec), keys, o.Meta().Name) {
			p.list = append(p.list, part{1, "pod/" + pods[i].Meta().Name, "uses it", ""})
		}
	}
	p.list[0].state = "used by " + itoa(len(p.list)-1) + " pods"
}

// names tells whether a tree has one of the keys with this name, or with a map that has it.
func names(v any, keys []string, name string) bool {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if names(item, keys, name) {
				return true
			}
		}
	case map[string]any:
		for _, k := range keys {
			if v[k] == name || digText(v[k], "name") == name || digText(v[k], "secretName") == name {
				return true
			}
		}
		for _, k := range sortedKeys(v) {
			if names(v[k], keys, name) {
				return true
			}
		}
	}
	return false
}

// node says what keeps pods away from a node, and how many it has.
func (p *partsOf) node(n *api.Node) {
	pods, err := p.server.List(podResource, "", request.ListOptions{FieldSelector: "spec.nodeName=" + n.Name})
	if err != nil {
		return
	}
	p.list[0].state = itoa(len(pods)) + " pods"
	for _, t := range n.Spec.Taints {
		why := "pods that do not tolerate it stay away"
		if t.Effect == api.TaintNoExecute {
			why = "pods that do not tolerate it, or no longer, are evicted"
		}
		p.list = append(p.list, part{1, "taint " + t.Key, string(t.Effect), why})
	}
}

// tellParts prints a line for each part, and below it what is wrong with it.
func (c *call) tellParts(parts []part) {
	if len(parts) == 0 {
		return
	}
	c.out.WriteString("\nWhat makes it so now:\n")
	var g grid
	var rows [][]string
	for _, p := range parts {
		row := []string{strings.Repeat("  ", p.level) + p.object, p.state}
		if p.state == "" {
			row = row[:1]
		}
		rows = append(rows, row)
	}
	var lines strings.Builder
	g.write(&lines, rows)
	i := 0
	for line := range strings.Lines(lines.String()) {
		c.out.WriteString(line)
		if why := parts[i].why; why != "" {
			c.out.WriteString(wrapped(printable(why), 2*parts[i].level+4))
		}
		i++
	}
}

func partsTree(parts []part) []any {
	list := []any{}
	for _, p := range parts {
		list = append(list, map[string]any{"level": int64(p.level), "object": p.object, "state": p.state, "why": p.why})
	}
	return list
}
