package schema

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// What one EndpointSlice may hold.
const (
	maxEndpoints  = 1000
	maxAddresses  = 100
	maxSlicePorts = 20000
	maxHints      = 8
)

// endpointSlice checks a slice. Upstream looks at the ports before the endpoints, and last at what it declares instead of
// checking it by hand: the type, and how many addresses an endpoint has.
//
// Source: k8s.io/kubernetes/pkg/apis/discovery/validation, version 1.37.
func (v *validator) endpointSlice(s, old *api.EndpointSlice) {
	at, endpoints := api.Field("addressType"), api.Field("endpoints")
	v.slicePorts(api.Field("ports"), s.Ports)
	if old == nil || !same(s.Endpoints, old.Endpoints) { // what could be stored before may stay
		v.endpoints(endpoints, s)
	}
	if old != nil && s.AddressType != old.AddressType {
		v.invalid(at, nil, "field is immutable")
		return
	}
	if v.present(at, string(s.AddressType)) {
		oneOf(v, at, s.AddressType, api.AddressFQDN, api.AddressIPv4, api.AddressIPv6)
	}
	for i := range s.Endpoints {
		here := endpoints.Index(i).Child("addresses")
		switch n := len(s.Endpoints[i].Addresses); {
		case n == 0:
			v.required(here, "")
		case n > maxAddresses:
			v.add(api.TooManyAt(here.String(), n, maxAddresses))
		}
	}
}

func (v *validator) slicePorts(at *api.Path, ports []api.EndpointPort) {
	if len(ports) > maxSlicePorts {
		v.add(api.TooManyAt(at.String(), len(ports), maxSlicePorts))
		return
	}
	for i, p := range ports {
		here := at.Index(i)
		if *p.Name != "" {
			v.invalid(here.Child("name"), *p.Name, DNSLabel(*p.Name)...)
		}
		if slices.ContainsFunc(ports[:i], func(o api.EndpointPort) bool { return *o.Name == *p.Name }) {
			v.duplicate(here.Child("name"), *p.Name)
		}
		v.protocol(here.Child("protocol"), *p.Protocol)
		if p.AppProtocol != nil {
			v.invalid(here.Child("appProtocol"), *p.AppProtocol, labels.ValidateKey(*p.AppProtocol)...)
		}
	}
}

func (v *validator) endpoints(at *api.Path, s *api.EndpointSlice) {
	if len(s.Endpoints) > maxEndpoints {
		v.add(api.TooManyAt(at.String(), len(s.Endpoints), maxEndpoints))
		return
	}
	for i := range s.Endpoints {
		e, here := &s.Endpoints[i], at.Index(i)
		v.endpointAddresses(here.Child("addresses"), s.AddressType, e.Addresses)
		if e.NodeName != nil {
			v.invalid(here.Child("nodeName"), *e.NodeName, labels.ValidateSubdomain(*e.NodeName)...)
		}
		if e.Hostname != nil {
			v.invalid(here.Child("hostname"), *e.Hostname, DNSLabel(*e.Hostname)...)
		}
		if e.Hints != nil {
			v.hints(here.Child("hints"), e.Hints)
		}
	}
}

func (v *validator) endpointAddresses(at *api.Path, sort api.AddressType, list []string) {
	for i, a := range list {
		here := at.Index(i)
		switch sort {
		case api.AddressIPv4, api.AddressIPv6:
			if msgs := address(a); len(msgs) > 0 {
				v.invalid(here, a, msgs...)
				continue
			}
			if (ipFamily(a) == 4) != (sort == api.AddressIPv4) {
				v.invalid(at, a, "must be an "+string(sort)+" address")
			}
			v.endpointIP(here, a)
		case api.AddressFQDN:
			v.fullName(here, a)
		}
	}
}

func (v *validator) hints(at *api.Path, h *api.EndpointHints) {
	var zones, nodes []string
	for _, z := range h.ForZones {
		zones = append(zones, z.Name)
	}
	for _, n := range h.ForNodes {
		nodes = append(nodes, n.Name)
	}
	if v.hint(at.Child("forZones"), zones, labels.ValidateValue) {
		v.hint(at.Child("forNodes"), nodes, labels.ValidateSubdomain)
	}
}

// hint checks names, and tells whether they were few enough to be looked at.
func (v *validator) hint(at *api.Path, names []string, wrong func(string) []string) bool {
	if len(names) > maxHints {
		v.add(api.TooManyAt(at.String(), len(names), maxHints))
		return false
	}
	for i, n := range names {
		here := at.Index(i).Child("name")
		if slices.Contains(names[:i], n) {
			v.duplicate(here, n)
		}
		v.invalid(here, n, wrong(n)...)
	}
	return true
}

// fullName asks for a domain with at least two parts.
func (v *validator) fullName(at *api.Path, name string) {
	if !v.present(at, name) {
		return
	}
	name = strings.TrimSuffix(name, ".")
	if msgs := labels.ValidateSubdomain(name); len(msgs) > 0 {
		v.invalid(at, name, strings.Join(msgs, ","))
		return
	}
	parts := strings.Split(name, ".")
	if len(parts) < 2 {
		v.invalid(at, name, "should be a domain with at least two segments separated by dots")
		return
	}
	for _, p := range parts {
		if msgs := DNSLabel(p); len(msgs) > 0 {
			v.invalid(at, p, strings.Join(msgs, ","))
			return
		}
	}
}
