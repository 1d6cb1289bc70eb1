package request

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

func serviceColumns() []Column {
	return append(named("Type", "Cluster-IP", "External-IP", "Port(s)", "Age"), wide("Selector")...)
}

func serviceCells(s *api.Service, now api.Time) []string {
	ip := "<none>"
	if len(s.Spec.ClusterIPs) > 0 {
		ip = s.Spec.ClusterIPs[0]
	}
	return []string{
		s.Name, string(s.Spec.Type), ip, externalIP(s), orWord(portList(s.Spec.Ports), "<none>"), Age(s.CreationTimestamp, now),
		labels.FormatLabels(s.Spec.Selector),
	}
}

// externalIP is where a Service is reached from outside. kubectl cuts the addresses of a load balancer to 16 letters
// unless it is asked for -o wide; here they are whole.
func externalIP(s *api.Service) string {
	outside := s.Spec.ExternalIPs
	switch s.Spec.Type {
	case api.ServiceClusterIP, api.ServiceNodePort:
		return orWord(strings.Join(outside, ","), "<none>")
	case api.ServiceLoadBalancer:
		var balancer []string
		for _, in := range s.Status.LoadBalancer.Ingress {
			if a := orWord(in.IP, in.Hostname); a != "" {
				balancer = append(balancer, a)
			}
		}
		slices.Sort(balancer)
		return orWord(strings.Join(append(slices.Compact(balancer), outside...), ","), "<pending>")
	case api.ServiceExternalName:
		return s.Spec.ExternalName
	}
	return "<unknown>"
}

func portList(ports []api.ServicePort) string {
	var out []string
	for _, p := range ports {
		text := itoa(p.Port)
		if p.NodePort > 0 {
			text += ":" + itoa(p.NodePort)
		}
		out = append(out, text+"/"+string(p.Protocol))
	}
	return strings.Join(out, ",")
}

func endpointSliceCells(s *api.EndpointSlice, now api.Time) []string {
	var ports, addresses []string
	for _, p := range s.Ports {
		switch {
		case p.Port != nil:
			ports = append(ports, itoa(*p.Port))
		case p.Name != nil:
			ports = append(ports, *p.Name)
		default:
			ports = append(ports, "*")
		}
	}
	for i := range s.Endpoints {
		addresses = append(addresses, s.Endpoints[i].Addresses...)
	}
	return []string{s.Name, string(s.AddressType), firstThree(ports), firstThree(addresses), Age(s.CreationTimestamp, now)}
}

// firstThree is the beginning of a list, and how many there are more.
func firstThree(list []string) string {
	const most = 3
	if len(list) > most {
		return strings.Join(list[:most], ",") + " + " + strconv.Itoa(len(list)-most) + " more..."
	}
	return orWord(strings.Join(list, ","), "<unset>")
}

func configMapCells(c *api.ConfigMap, now api.Time) []string {
	return []string{c.Name, strconv.Itoa(len(c.Data) + len(c.BinaryData)), Age(c.CreationTimestamp, now)}
}

func secretCells(s *api.Secret, now api.Time) []string {
	return []string{s.Name, string(s.Type), strconv.Itoa(len(s.Data)), Age(s.CreationTimestamp, now)}
}

func leaseCells(l *api.Lease, now api.Time) []string {
	holder := ""
	if l.Spec.HolderIdentity != nil {
		holder = *l.Spec.HolderIdentity
	}
	return []string{l.Name, holder, Age(l.CreationTimestamp, now)}
}
