package schedule

import "github.com/slipway-dev/slipway/orchestrate/api"

// hostPort is a port of the node that a pod takes. The address is "" for all addresses.
type hostPort struct {
	protocol api.Protocol
	address  string
	port     int32
}

// hostPorts are the ports of the node the containers and sidecars of a pod take; nil, as for nearly all pods, if there are none.
func hostPorts(p *api.Pod) (list []hostPort) {
	for i := range p.Spec.Containers {
		list = appendPorts(list, &p.Spec.Containers[i])
	}
	for i := range p.Spec.InitContainers {
		if sidecar(&p.Spec.InitContainers[i]) {
			list = appendPorts(list, &p.Spec.InitContainers[i])
		}
	}
	return list
}

func appendPorts(list []hostPort, c *api.Container) []hostPort {
	for i := range c.Ports {
		port := &c.Ports[i]
		if port.HostPort <= 0 {
			continue
		}
		h := hostPort{port.Protocol, port.HostIP, port.HostPort}
		if h.protocol == "" {
			h.protocol = api.ProtocolTCP
		}
		if h.address == "0.0.0.0" {
			h.address = ""
		}
		list = append(list, h)
	}
	return list
}

// collides tells whether two pods want the same port of the same address.
func collides(a, b []hostPort) bool {
	for _, x := range a {
		for _, y := range b {
			if x.port == y.port && x.protocol == y.protocol && (x.address == y.address || x.address == "" || y.address == "") {
				return true
			}
		}
	}
	return false
}

// taken tells whether a pod on the node has one of the ports.
func (n *nodeInfo) taken(ports []hostPort) bool {
	if len(ports) == 0 || n.ports == 0 {
		return false
	}
	for _, p := range n.pods {
		if collides(ports, p.ports) {
			return true
		}
	}
	return false
}
