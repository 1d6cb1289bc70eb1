package kubectl

import (
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// describeEndpoints is what kubectl describe says about the older form of a Service's endpoints.
func describeEndpoints(d *description, e *api.Endpoints, events []*api.Event) {
	d.line(0, "Name:\t%s", e.Name)
	d.line(0, "Namespace:\t%s", e.Namespace)
	d.labels("Labels", e.Labels)
	d.annotations(e.Annotations)
	d.line(0, "Subsets:")
	addresses := func(all []api.EndpointAddress) string {
		var ips []string
		for _, a := range all {
			ips = append(ips, a.IP)
		}
		if len(ips) == 0 {
			return "<none>"
		}
		return strings.Join(ips, ",")
	}
	for i := range e.Subsets {
		s := &e.Subsets[i]
		d.line(1, "Addresses:\t%s", addresses(s.Addresses))
		d.line(1, "NotReadyAddresses:\t%s", addresses(s.NotReadyAddresses))
		if len(s.Ports) > 0 {
			d.line(1, "Ports:")
			d.line(2, "Name\tPort\tProtocol")
			d.line(2, "----\t----\t--------")
			for _, p := range s.Ports {
				name := p.Name
				if name == "" {
					name = "<unset>"
				}
				d.line(2, "%s\t%d\t%s", name, p.Port, p.Protocol)
			}
		}
		d.line(0, "")
	}
	d.events(events)
}
