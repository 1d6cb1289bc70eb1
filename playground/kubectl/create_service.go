package kubectl

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func createServiceVerb() *verb {
	return &verb{
		name: "create service", aliases: []string{"svc"}, usage: "(clusterip | externalname | loadbalancer | nodeport) NAME [--tcp=<port>:<targetPort>]",
		short:    "Create a Service: clusterip, externalname, loadbalancer or nodeport.",
		examples: []string{"kubectl create service clusterip web --tcp=80:8080", "kubectl create service externalname db --external-name=db.example.com"},
		flags: generatorFlags(
			flagSpec{name: "tcp", typ: sliceFlag, help: "A port, PORT or PORT:TARGETPORT."},
			flagSpec{name: "clusterip", typ: stringFlag, help: "The address; None for a Service without."},
			flagSpec{name: "node-port", typ: intFlag, initial: "0", help: "The port on each node."},
			flagSpec{name: "external-name", typ: stringFlag, help: "The name an ExternalName Service stands for."},
		),
		run: createService,
	}
}

var serviceTypes = map[string]api.ServiceType{
	"clusterip": api.ServiceClusterIP, "externalname": api.ServiceExternalName, "loadbalancer": api.ServiceLoadBalancer, "nodeport": api.ServiceNodePort,
}

func createService(c *call) error {
	if len(c.args) == 0 {
		c.out.WriteString(c.verb.help())
		return nil
	}
	kind, ok := serviceTypes[c.args[0]]
	if !ok {
		return usageError(`unknown command "` + c.args[0] + `" for "kubectl create service"`)
	}
	c.args = c.args[1:]
	name, err := c.oneName()
	if err != nil {
		return err
	}
	set := map[string]string{"app": name}
	svc := &api.Service{
		ObjectMeta: api.ObjectMeta{Name: name, Labels: set},
		Spec:       api.ServiceSpec{Type: kind, Selector: set, ClusterIP: c.text("clusterip"), ExternalName: c.text("external-name")},
	}
	if svc.Spec.Ports, err = c.servicePorts(); err != nil {
		return err
	}
	if kind == api.ServiceExternalName && svc.Spec.ExternalName == "" {
		return usageError(`required flag(s) "external-name" not set`)
	}
	if len(svc.Spec.Ports) == 0 && kind != api.ServiceExternalName && svc.Spec.ClusterIP != api.ClusterIPNone {
		return usageError("at least one tcp port specifier must be provided")
	}
	return c.generate(svc, "failed to create "+string(kind)+" service: ")
}

func (c *call) servicePorts() ([]api.ServicePort, error) {
	var out []api.ServicePort
	for _, word := range c.list("tcp") {
		number, target, given := strings.Cut(word, ":")
		n, err := strconv.ParseInt(number, 10, 32)
		if err != nil || n < 0 || n > 65535 {
			return nil, usageError("invalid port specified: " + word)
		}
		if !given {
			target = number
		}
		p := api.ServicePort{Name: strings.ReplaceAll(word, ":", "-"), Port: int32(n), Protocol: "TCP", TargetPort: portOrName(target)}
		if node := c.number("node-port"); node > 0 {
			p.NodePort = int32(node)
		}
		out = append(out, p)
	}
	return out, nil
}
