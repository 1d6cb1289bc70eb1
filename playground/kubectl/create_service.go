package kubectl

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

func createServiceVerb() *verb {
	sub := func(name string, kind api.ServiceType, usage, flags string) *verb {
		return &verb{
			name: "create service " + name, usage: "NAME " + usage + " [flags]", short: "Create a Service of type " + string(kind) + ".",
			examples: []string{"kubectl create service " + name + " web " + usage},
			flags:    generatorFlags + flags + "\ntcp|l||A port, PORT or PORT:TARGETPORT.",
			run:      func(c *call) error { return c.createService(kind) },
		}
	}
	const ports = "--tcp=80:8080"
	return &verb{
		name: "create service", aliases: []string{"svc"}, usage: "(clusterip | externalname | loadbalancer | nodeport)",
		short: "Create a Service: clusterip, externalname, loadbalancer or nodeport.",
		run:   subcommands,
		subs: func() []*verb {
			return []*verb{
				sub("clusterip", api.ServiceClusterIP, ports, "\nclusterip|s||The address; None for a Service without."),
				sub("externalname", api.ServiceExternalName, "--external-name=db.example.com", "\nexternal-name|s||The name an ExternalName Service stands for."),
				sub("loadbalancer", api.ServiceLoadBalancer, ports, ""),
				sub("nodeport", api.ServiceNodePort, ports, "\nnode-port|i0||The port on each node."),
			}
		},
	}
}

func (c *call) createService(kind api.ServiceType) error {
	external := kind == api.ServiceExternalName
	if external && !c.given("external-name") {
		return usageError(`required flag(s) "external-name" not set`)
	}
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
	if len(svc.Spec.Ports) == 0 && !external && svc.Spec.ClusterIP != api.ClusterIPNone {
		return usageError("at least one tcp port specifier must be provided")
	}
	return c.generate(svc, "failed to create "+string(kind)+" service: ")
}

func (c *call) servicePorts() ([]api.ServicePort, error) {
	var out []api.ServicePort
	for _, word := range c.list("tcp") {
		number, target, given := strings.Cut(word, ":")
		n, err := strconv.ParseUint(number, 10, 16)
		if err != nil {
			return nil, err
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
