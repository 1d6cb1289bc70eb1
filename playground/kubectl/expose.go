package kubectl

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func exposeVerb() *verb {
	return &verb{
		name: "expose", types: true,
		short:    "Create a Service for the pods of an object.",
		usage:    "(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--type=type]",
		examples: []string{"kubectl expose deployment web --port=80 --target-port=8080", "kubectl expose pod web --port=444 --name=frontend"},
		flags: ` filename dry-run output field-manager overrides override-type recursive kustomize save-config
selector|s||The selector of the Service; that of the object by default.
name|s||The name of the Service; that of the object by default.
port|s||The port of the Service; those of the object by default.
target-port|s||The port of the pods, by number or name; --port by default.
protocol|s|TCP,UDP,SCTP|The protocol; that of the object's ports or TCP by default.
type|s|ClusterIP,NodePort,LoadBalancer,ExternalName|The type of the Service.
labels,l|s||The labels of the Service; those of the object by default.
cluster-ip|s||The address of the Service; None for one without.
external-ip|s||A further address.
load-balancer-ip|s||The address asked of a load balancer.
session-affinity|s|None,ClientIP|Whether a client keeps its pod.`,
		run: expose,
	}
}

func expose(c *call) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	selector := c.text("selector")
	delete(c.values, "selector") // it chooses no objects
	list, err := c.infos(c.args)
	if err != nil {
		return err
	}
	for i := range list {
		svc, err := c.serviceFor(&list[i], selector)
		if err != nil {
			c.fail(err, "")
			continue
		}
		res := schema.ByKind(api.KindService)
		obj, err := c.overridden(svc, dry)
		if err != nil {
			c.fail(err, "")
			continue
		}
		if dry != "client" {
			if obj, err = c.env.Server.Create(res, list[i].namespace, obj, request.WriteOptions{DryRun: dry == "server", FieldManager: c.manager()}); err != nil {
				c.fail(err, "")
				continue
			}
		}
		if err := c.didTyped(res, obj, "exposed", dry); err != nil {
			return err
		}
	}
	return nil
}

// serviceFor is the Service that exposes an object.
func (c *call) serviceFor(in *info, selector string) (*api.Service, error) {
	tree := schema.Tree(in.obj)
	var chosen map[string]string
	var err error
	if selector != "" {
		if chosen, err = keyValues(strings.Split(selector, ","), "label"); err != nil {
			return nil, err
		}
	} else if chosen, err = selectorOf(in, tree); err != nil {
		if strings.HasPrefix(err.Error(), "cannot expose") {
			return nil, err
		}
		return nil, usageError("couldn't retrieve selectors via --selector flag or introspection: " + err.Error())
	}
	ports, err := c.exposedPorts(in, tree)
	if err != nil {
		return nil, err
	}
	if len(ports) == 0 && c.text("cluster-ip") != api.ClusterIPNone {
		return nil, c.misuse("couldn't find port via --port flag or introspection")
	}
	name := c.text("name")
	if name == "" {
		name = in.name()[:min(len(in.name()), 63)]
	}
	svc := &api.Service{
		ObjectMeta: api.ObjectMeta{Name: name, Namespace: c.text("namespace"), Labels: in.obj.Meta().Labels},
		Spec: api.ServiceSpec{
			Ports: ports, Selector: chosen, Type: api.ServiceType(c.text("type")), ClusterIP: c.text("cluster-ip"),
			LoadBalancerIP: c.text("load-balancer-ip"), SessionAffinity: api.ServiceAffinity(c.text("session-affinity")),
		},
	}
	if c.given("labels") {
		if svc.Labels, err = keyValues(strings.Split(c.text("labels"), ","), "label"); err != nil {
			return nil, err
		}
	}
	if a := c.text("session-affinity"); a != "" && a != "None" && a != "ClientIP" {
		return nil, usageError("unknown session affinity: " + a)
	}
	if ip := c.text("external-ip"); ip != "" {
		svc.Spec.ExternalIPs = []string{ip}
	}
	return svc, c.setTargets(svc)
}

// setTargets puts --target-port and --port into the ports.
func (c *call) setTargets(svc *api.Service) error {
	for i := range svc.Spec.Ports {
		p := &svc.Spec.Ports[i]
		switch target := c.text("target-port"); {
		case target != "":
			p.TargetPort = portOrName(target)
		case c.given("port") && p.TargetPort == (api.IntOrString{}):
			p.TargetPort = portOrName(strconv.Itoa(int(p.Port)))
		}
	}
	return nil
}

// selectorOf are the labels of the pods an object stands for.
func selectorOf(in *info, tree map[string]any) (map[string]string, error) {
	switch in.res.Kind.String() {
	case "Service":
		s := textMap(dig(tree, "spec", "selector"))
		if len(s) == 0 {
			return nil, usageError("the service has no pod selector set")
		}
		return s, nil
	case "Pod":
		if len(in.obj.Meta().Labels) == 0 {
			return nil, usageError("the pod has no labels and cannot be exposed")
		}
		return in.obj.Meta().Labels, nil
	case "Deployment", "ReplicaSet":
		if len(digList(tree, "spec", "selector", "matchExpressions")) > 0 {
			return nil, usageError("couldn't convert expressions - \"" + showExpressions(tree) + "\" to map-based selector format")
		}
		return textMap(dig(tree, "spec", "selector", "matchLabels")), nil
	}
	return nil, usageError("cannot expose a " + in.res.QualifiedKind())
}

func showExpressions(tree map[string]any) string {
	b, err := schema.MarshalTree(dig(tree, "spec", "selector", "matchExpressions"))
	if err != nil {
		return ""
	}
	return string(b)
}

func textMap(v any) map[string]string {
	m, _ := v.(map[string]any)
	out := map[string]string{}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out[k], _ = m[k].(string)
	}
	return out
}

// exposedPorts are the ports the Service is to have, by --port or by those of the object.
func (c *call) exposedPorts(in *info, tree map[string]any) ([]api.ServicePort, error) {
	type found struct {
		number   int64
		protocol string
	}
	var have []found
	if in.res.Kind == api.KindService {
		for _, p := range digList(tree, "spec", "ports") {
			have = append(have, found{digInt(p, "port"), digText(p, "protocol")})
		}
	} else {
		for _, con := range digList(tree, append(podSpecPath(in.res), "containers")...) {
			for _, p := range digList(con, "ports") {
				have = append(have, found{digInt(p, "containerPort"), digText(p, "protocol")})
			}
		}
	}
	if c.given("port") {
		var asked []found
		for word := range strings.SplitSeq(c.text("port"), ",") {
			n, err := strconv.Atoi(word)
			if err != nil {
				return nil, err
			}
			i := slices.IndexFunc(have, func(f found) bool { return f.number == int64(n) })
			f := found{int64(n), "TCP"}
			if i >= 0 {
				f = have[i]
			}
			asked = append(asked, f)
		}
		have = asked
	}
	var out []api.ServicePort
	for i, f := range have {
		p := api.ServicePort{Port: int32(f.number), Protocol: api.Protocol(f.protocol)}
		if c.given("protocol") {
			p.Protocol = api.Protocol(c.text("protocol"))
		}
		p.TargetPort = portOrName(strconv.FormatInt(f.number, 10))
		if len(have) > 1 {
			p.Name = "port-" + strconv.Itoa(i+1)
		}
		out = append(out, p)
	}
	return out, nil
}

// portOrName is a port by its number or its name.
func portOrName(word string) api.IntOrString {
	if n, err := strconv.ParseInt(word, 10, 32); err == nil {
		return api.IntOf(int32(n))
	}
	return api.TextOf(word)
}
