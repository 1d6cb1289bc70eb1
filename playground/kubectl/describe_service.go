package kubectl

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/internal/fmt"
	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// slicesOf are the EndpointSlices of a Service, by name.
func (c *call) slicesOf(s *api.Service) []*api.EndpointSlice {
	objs, err := c.env.Server.List(schema.ByKind(api.KindEndpointSlice), s.Namespace,
		request.ListOptions{LabelSelector: api.LabelServiceName + "=" + s.Name})
	if err != nil {
		return nil
	}
	var out []*api.EndpointSlice
	for _, o := range objs {
		if e, ok := o.(*api.EndpointSlice); ok {
			out = append(out, e)
		}
	}
	return out
}

// describeService is what kubectl describe says about a Service and its endpoints.
func describeService(d *description, o *api.Service, slices []*api.EndpointSlice, events []*api.Event) {
	s := &o.Spec
	d.head(&o.ObjectMeta)
	d.line(0, "Selector:\t%s", labels.FormatLabels(s.Selector))
	d.line(0, "Type:\t%s", s.Type)
	if s.IPFamilyPolicy != nil {
		d.line(0, "IP Family Policy:\t%s", *s.IPFamilyPolicy)
	}
	var families []string
	for _, f := range s.IPFamilies {
		families = append(families, string(f))
	}
	d.line(0, "IP Families:\t%s", cmp.Or(strings.Join(families, ","), "<none>"))
	d.line(0, "IP:\t%s", s.ClusterIP)
	d.line(0, "IPs:\t%s", cmp.Or(strings.Join(s.ClusterIPs, ","), "<none>"))
	d.present("External IPs", strings.Join(s.ExternalIPs, ","))
	d.present("Desired LoadBalancer IP", s.LoadBalancerIP)
	d.present("External Name", s.ExternalName)
	d.present("LoadBalancer Ingress", ingressList(o.Status.LoadBalancer.Ingress))
	for i := range s.Ports {
		d.servicePort(&s.Ports[i], slices)
	}
	d.servicePolicies(s)
	d.events(events)
}

// present writes a field that has a value.
func (d *description) present(title, value string) {
	if value != "" {
		d.line(0, "%s:\t%s", title, value)
	}
}

func (d *description) servicePort(p *api.ServicePort, slices []*api.EndpointSlice) {
	name := cmp.Or(p.Name, "<unset>")
	d.line(0, "Port:\t%s\t%d/%s", name, p.Port, p.Protocol)
	d.line(0, "TargetPort:\t%s/%s", p.TargetPort, p.Protocol)
	if p.AppProtocol != nil {
		d.line(0, "AppProtocol:\t%s", *p.AppProtocol)
	}
	if p.NodePort != 0 {
		d.line(0, "NodePort:\t%s\t%d/%s", name, p.NodePort, p.Protocol)
	}
	d.line(0, "Endpoints:\t%s", endpointList(slices, p.Name))
}

func (d *description) servicePolicies(s *api.ServiceSpec) {
	d.line(0, "Session Affinity:\t%s", s.SessionAffinity)
	d.present("External Traffic Policy", string(s.ExternalTrafficPolicy))
	if s.InternalTrafficPolicy != nil {
		d.line(0, "Internal Traffic Policy:\t%s", *s.InternalTrafficPolicy)
	}
	if s.HealthCheckNodePort != 0 {
		d.line(0, "HealthCheck NodePort:\t%d", s.HealthCheckNodePort)
	}
	d.present("LoadBalancer Source Ranges", strings.Join(s.LoadBalancerSourceRanges, ","))
	if s.TrafficDistribution != nil {
		d.line(0, "Traffic Distribution:\t%s", *s.TrafficDistribution)
	}
}

func ingressList(list []api.LoadBalancerIngress) string {
	var out []string
	for _, in := range list {
		text := cmp.Or(in.IP, in.Hostname)
		if in.IP != "" && in.IPMode != nil {
			text += " (" + *in.IPMode + ")"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

// endpointList is the ready endpoints of a port: three, and how many more. kubectl counts the more from the moment the
// three are full, and says so even if no ready one follows.
func endpointList(slices []*api.EndpointSlice, port string) string {
	if len(slices) == 0 {
		return "<none>"
	}
	const most = 3
	var list []string
	more, count := false, 0
	add := func(e *api.Endpoint, number *int32) {
		more = more || len(list) == most
		if e.Conditions.Ready != nil && !*e.Conditions.Ready {
			return
		}
		count++
		if more {
			return
		}
		address := e.Addresses[0]
		if number != nil {
			address = withPort(address, *number)
		}
		list = append(list, address)
	}
	for _, s := range slices {
		for i := range max(1, len(s.Ports)) {
			if len(s.Ports) > 0 && *s.Ports[i].Name != port {
				continue
			}
			for j := range s.Endpoints {
				if len(s.Ports) == 0 {
					add(&s.Endpoints[j], nil)
				} else {
					add(&s.Endpoints[j], s.Ports[i].Port)
				}
			}
		}
	}
	text := strings.Join(list, ",")
	if more {
		text += fmt.Sprintf(" + %d more...", count-most)
	}
	return text
}

func withPort(address string, port int32) string {
	if strings.Contains(address, ":") {
		address = "[" + address + "]"
	}
	return address + ":" + strconv.Itoa(int(port))
}

// describeEndpointSlice is what kubectl describe says about an EndpointSlice.
func describeEndpointSlice(d *description, o *api.EndpointSlice, events []*api.Event) {
	d.head(&o.ObjectMeta)
	d.line(0, "AddressType:\t%s", o.AddressType)
	if len(o.Ports) == 0 {
		d.line(0, "Ports: <unset>")
	} else {
		d.line(0, "Ports:")
		d.line(1, "Name\tPort\tProtocol")
		d.line(1, "----\t----\t--------")
	}
	for _, p := range o.Ports {
		number := "<unset>"
		if p.Port != nil {
			number = strconv.Itoa(int(*p.Port))
		}
		d.line(1, "%s\t%s\t%s", orUnset(p.Name), number, *p.Protocol)
	}
	if len(o.Endpoints) == 0 {
		d.line(0, "Endpoints: <none>")
	} else {
		d.line(0, "Endpoints:")
	}
	for i := range o.Endpoints {
		d.endpoint(&o.Endpoints[i])
	}
	d.events(events)
}

func (d *description) endpoint(e *api.Endpoint) {
	d.line(1, "- Addresses:\t%s", cmp.Or(strings.Join(e.Addresses, ", "), "<none>"))
	d.line(2, "Conditions:")
	ready := "<unset>"
	if e.Conditions.Ready != nil {
		ready = strconv.FormatBool(*e.Conditions.Ready)
	}
	d.line(3, "Ready:\t%s", ready)
	hostname := "<unset>"
	if e.Hostname != nil {
		hostname = *e.Hostname
	}
	d.line(2, "Hostname:\t%s", hostname)
	if e.TargetRef != nil {
		d.line(2, "TargetRef:\t%s/%s", e.TargetRef.Kind, e.TargetRef.Name)
	}
	d.line(2, "NodeName:\t%s", orUnset(e.NodeName))
	d.line(2, "Zone:\t%s", orUnset(e.Zone))
}

func orUnset(s *string) string {
	if s == nil || *s == "" {
		return "<unset>"
	}
	return *s
}
