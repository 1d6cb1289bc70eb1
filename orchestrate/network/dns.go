package network

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// Domain is the cluster's own.
const Domain = "cluster.local"

// Resolver is how a machine or container looks up names: its resolv.conf and hosts file. The zero value knows no name.
type Resolver struct {
	// Cluster tells that it asks the cluster's DNS.
	Cluster bool
	// Search are the domains tried for short names: those with fewer dots than Ndots.
	Search []string
	Ndots  int
	// Hosts tells that it knows nodes by name, as the machine of the terminal does.
	Hosts bool
}

// ResolverOf is the resolver of a pod's containers.
//
// Source: Kubernetes documentation, "DNS for Services and Pods", "Pod's DNS Policy".
func ResolverOf(p *api.Pod) Resolver {
	r := Resolver{}
	policy := p.Spec.DNSPolicy
	if policy == api.DNSClusterFirst && p.Spec.HostNetwork {
		policy = api.DNSDefault
	}
	switch policy {
	case api.DNSDefault:
	case api.DNSNone:
		r.Ndots = 1
	default:
		svc := "svc." + Domain
		r = Resolver{Cluster: true, Search: []string{p.Namespace + "." + svc, svc, Domain}, Ndots: 5}
	}
	if c := p.Spec.DNSConfig; c != nil {
		r.Cluster = r.Cluster || slices.Contains(c.Nameservers, DNSAddress)
		r.Search = append(r.Search, c.Searches...)
		for _, o := range c.Options {
			if o.Name == "ndots" && o.Value != nil {
				r.Ndots, _ = strconv.Atoi(*o.Value)
			}
		}
	}
	return r
}

// DNSAddress is where the cluster's DNS is reached.
const DNSAddress = "10.96.0.10"

// Answer is what a name stands for.
type Answer struct {
	// Name is the full name that was found; "" if none was.
	Name string
	// Records are its addresses; for a Service without a cluster address one for each ready endpoint.
	Records []Record
	// CNAME is what an ExternalName stands for; nothing outside the cluster has an address here.
	CNAME string
	// Tried are the full names that were asked for, in order, the one that was found last.
	Tried []string
}

// Record is one address, and what it belongs to.
type Record struct {
	// Address in IPv4.
	Address string
	// Service whose cluster address it is, with its namespace; empty for others.
	Namespace, Service string
	// Target is the pod behind it, for an endpoint; nil otherwise.
	Target *api.ObjectReference
	// Port is what a question for a service's port (SRV) is answered with; 0 otherwise.
	Port int32
}

// Lookup resolves a name as it would be in the world a snapshot shows. Where nothing is found Answer.Name is empty, which
// is NXDOMAIN.
//
// Source: Kubernetes DNS-Based Service Discovery, version 1.1.0; resolv.conf(5).
func (r Resolver) Lookup(sn store.Snapshot, name string) Answer {
	var a Answer
	if _, known := parseIPv4(name); known {
		return Answer{Name: name, Records: []Record{{Address: name}}}
	}
	if r.Hosts {
		if o, _, ok := sn.Get(api.KindNode, "", name); ok {
			if n, ok := o.(*api.Node); ok {
				return Answer{Name: name, Tried: []string{name}, Records: []Record{{Address: addressOf(n)}}}
			}
		}
	}
	for _, full := range r.candidates(name) {
		a.Tried = append(a.Tried, full)
		if !r.Cluster {
			continue
		}
		if records, cname := zone(sn, full); len(records) > 0 || cname != "" {
			a.Name, a.Records, a.CNAME = full, records, cname
			return a
		}
	}
	return a
}

// candidates are the full names that stand behind what was asked, in the order in which they are tried.
func (r Resolver) candidates(name string) []string {
	if strings.HasSuffix(name, ".") {
		return []string{strings.TrimSuffix(name, ".")}
	}
	var all []string
	enough := strings.Count(name, ".") >= r.Ndots
	if enough {
		all = append(all, name)
	}
	for _, domain := range r.Search {
		all = append(all, name+"."+domain)
	}
	if !enough {
		all = append(all, name)
	}
	return all
}

// zone answers a full name from the cluster's own domain.
func zone(sn store.Snapshot, full string) (records []Record, cname string) {
	name, ok := strings.CutSuffix(strings.ToLower(full), "."+Domain)
	if !ok {
		return nil, ""
	}
	parts := strings.Split(name, ".")
	n := len(parts)
	switch {
	case n >= 3 && parts[n-1] == "svc":
		return serviceZone(sn, parts[:n-3], parts[n-3], parts[n-2])
	case n == 3 && parts[2] == "pod":
		ip := strings.ReplaceAll(parts[0], "-", ".")
		if _, known := parseIPv4(ip); known {
			if _, _, exists := sn.Get(api.KindNamespace, "", parts[1]); exists {
				return []Record{{Address: ip}}, ""
			}
		}
	}
	return nil, ""
}

// serviceZone answers for a Service: by its name, by the name of one of its endpoints in front, or by _port._protocol.
func serviceZone(sn store.Snapshot, front []string, service, namespace string) (records []Record, cname string) {
	o, _, ok := sn.Get(api.KindService, namespace, service)
	s, isService := o.(*api.Service)
	if !ok || !isService || len(front) > 2 {
		return nil, ""
	}
	if s.Spec.Type == api.ServiceExternalName {
		if len(front) > 0 {
			return nil, ""
		}
		return nil, s.Spec.ExternalName
	}
	port := ""
	if len(front) == 2 {
		if front[0] == "" || front[0][0] != '_' || front[1] != "_tcp" {
			return nil, ""
		}
		port = front[0][1:]
	}
	if s.Spec.ClusterIP != api.ClusterIPNone {
		return clusterRecords(s, front, port), ""
	}
	for _, slice := range slicesAt(sn, namespace, service) {
		number := int32(0)
		if port != "" {
			if number = portNamed(slice.Ports, port); number == 0 {
				continue
			}
		}
		for i := range slice.Endpoints {
			e := &slice.Endpoints[i]
			if !isTrue(e.Conditions.Ready) || len(front) == 1 && !called(e, front[0]) {
				continue
			}
			records = append(records, Record{Address: e.Addresses[0], Target: e.TargetRef, Port: number})
		}
	}
	return records, ""
}

// clusterRecords is the one address of a Service, if the name is its own or that of one of its ports.
func clusterRecords(s *api.Service, front []string, port string) []Record {
	r := Record{Address: s.Spec.ClusterIP, Namespace: s.Namespace, Service: s.Name}
	switch len(front) {
	case 0:
		return []Record{r}
	case 2:
		for i := range s.Spec.Ports {
			if p := &s.Spec.Ports[i]; p.Name == port {
				r.Port = p.Port
				return []Record{r}
			}
		}
	}
	return nil
}

// called tells whether an endpoint has a name under its Service: its hostname, or its address with dashes.
func called(e *api.Endpoint, name string) bool {
	if e.Hostname != nil && *e.Hostname != "" {
		return *e.Hostname == name
	}
	return strings.ReplaceAll(e.Addresses[0], ".", "-") == name
}

func portNamed(ports []api.EndpointPort, name string) int32 {
	for i := range ports {
		if p := &ports[i]; p.Name != nil && *p.Name == name && p.Port != nil {
			return *p.Port
		}
	}
	return 0
}

func isTrue(b *bool) bool { return b == nil || *b }

// slicesAt are the slices of a Service, in the order of their creation.
func slicesAt(sn store.Snapshot, namespace, service string) []*api.EndpointSlice {
	var all []*api.EndpointSlice
	for _, o := range sn.ByLabel(api.KindEndpointSlice, api.LabelServiceName, service) {
		if s, ok := o.(*api.EndpointSlice); ok && s.Namespace == namespace {
			all = append(all, s)
		}
	}
	return all
}

// addressOf is a node's own address.
func addressOf(n *api.Node) string {
	for _, a := range n.Status.Addresses {
		if a.Type == api.NodeInternalIP {
			return a.Address
		}
	}
	return ""
}
