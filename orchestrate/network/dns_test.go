package network_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/stretchr/testify/require"
)

func ExampleResolver_Lookup() {
	c := orchestrate.New(orchestrate.Options{})
	s := service("web", func(s *api.ServiceSpec) { s.ClusterIP = "10.96.7.7" })
	if _, err := c.Do(orchestrate.Request{Verb: orchestrate.VerbCreate, Object: s}); err != nil {
		fmt.Println(err)
		return
	}
	pod := &api.Pod{ObjectMeta: api.ObjectMeta{Namespace: "kube-system"}, Spec: &api.PodSpec{DNSPolicy: api.DNSClusterFirst}}
	r := network.ResolverOf(pod)
	a := r.Lookup(c.Snapshot(), "web.default")
	for _, name := range a.Tried {
		fmt.Println("tried", name)
	}
	fmt.Println(a.Name, "is", a.Records[0].Address)
	// Output:
	// tried web.default.kube-system.svc.cluster.local
	// tried web.default.svc.cluster.local
	// web.default.svc.cluster.local is 10.96.7.7
}

func TestLookup(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(2)})
	create(t, c, service("web", func(s *api.ServiceSpec) {
		s.ClusterIP, s.Ports = "10.96.7.7", []api.ServicePort{{Name: "http", Port: 80}, {Name: "admin", Port: 81}}
	}))
	create(t, c, service("db", func(s *api.ServiceSpec) {
		s.ClusterIP, s.Selector, s.Ports = "None", map[string]string{"app": "db"}, []api.ServicePort{{Name: "pg", Port: 5432}}
	}))
	create(t, c, service("none", func(s *api.ServiceSpec) { s.ClusterIP, s.Selector = "None", map[string]string{"app": "nobody"} }))
	create(t, c, service("outside", func(s *api.ServiceSpec) { *s = api.ServiceSpec{Type: "ExternalName", ExternalName: "example.com"} }))
	first := running("db-0", "nginx")
	first.Spec.Hostname, first.Spec.Subdomain = "db-0", "db"
	create(t, c, first)
	create(t, c, running("db-1", "nginx"))
	_, err := c.Settle(time.Minute)
	require.NoError(t, err)
	ip := func(name string) string {
		o, _, _ := c.Snapshot().Get(api.KindPod, "default", name)
		return o.(*api.Pod).Status.PodIP
	}
	dashed := strings.ReplaceAll(ip("db-1"), ".", "-")
	inside := network.ResolverOf(&api.Pod{ObjectMeta: api.ObjectMeta{Namespace: "default"}, Spec: &api.PodSpec{}})
	two := "2"
	for _, test := range []struct {
		name     string
		resolver network.Resolver
		ask      string
		want     string // the addresses and ports, by comma; "" for NXDOMAIN
		tries    int
	}{
		{"a Service", inside, "web", "10.96.7.7", 1},
		{"with its namespace", inside, "web.default", "10.96.7.7", 2},
		{"whatever the case", inside, "WEB", "10.96.7.7", 1},
		{"with svc", inside, "web.default.svc", "10.96.7.7", 3},
		{"in full", inside, "web.default.svc.cluster.local", "10.96.7.7", 4},
		{"in full with a dot: nothing else is tried", inside, "web.default.svc.cluster.local.", "10.96.7.7", 1},
		{"short with a dot", inside, "web.", "", 1},
		{"of another namespace", inside, "web.kube-system", "", 4},
		{"headless: every endpoint", inside, "db", ip("db-0") + "," + ip("db-1"), 1},
		{"headless without endpoints", inside, "none", "", 4},
		{"one endpoint by its hostname", inside, "db-0.db", ip("db-0"), 1},
		{"one endpoint by its address", inside, dashed + ".db", ip("db-1"), 1},
		{"an endpoint of a Service with an address", inside, "web-1.web", "", 4},
		{"a port", inside, "_http._tcp.web", "10.96.7.7:80", 1},
		{"a port it does not have", inside, "_https._tcp.web", "", 4},
		{"the port of endpoints", inside, "_pg._tcp.db", ip("db-0") + ":5432," + ip("db-1") + ":5432", 1},
		{"another protocol", inside, "_pg._udp.db", "", 4},
		{"a pod by its address", inside, "10-244-1-2.default.pod", "10.244.1.2", 3},
		{"outside", inside, "outside", "CNAME example.com", 1},
		{"the world", inside, "example.com", "", 4},
		{"an address", inside, "10.1.2.3", "10.1.2.3", 0},
		{"a node, from a pod", inside, "node-1", "", 4},
		{"a node, from the terminal", network.Resolver{Hosts: true}, "node-1", "192.168.0.10", 1},
		{"a Service, from the terminal", network.Resolver{Hosts: true}, "web", "", 1},
		{"the host's network", network.ResolverOf(&api.Pod{Spec: &api.PodSpec{HostNetwork: true, DNSPolicy: api.DNSClusterFirst}}), "web.default", "", 1},
		{"the host's network, but the cluster's names", network.ResolverOf(&api.Pod{ObjectMeta: api.ObjectMeta{Namespace: "default"},
			Spec: &api.PodSpec{HostNetwork: true, DNSPolicy: api.DNSClusterFirstWithHostNet}}), "web", "10.96.7.7", 1},
		{"fewer dots are enough", network.ResolverOf(&api.Pod{ObjectMeta: api.ObjectMeta{Namespace: "default"}, Spec: &api.PodSpec{
			DNSConfig: &api.PodDNSConfig{Options: []api.PodDNSConfigOption{{Name: "ndots", Value: &two}}}}}), "web.default.svc.cluster.local", "10.96.7.7", 1},
		{"a resolver of its own", network.ResolverOf(&api.Pod{Spec: &api.PodSpec{DNSPolicy: api.DNSNone, DNSConfig: &api.PodDNSConfig{
			Nameservers: []string{network.DNSAddress}, Searches: []string{"default.svc.cluster.local"}}}}), "web", "10.96.7.7", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := test.resolver.Lookup(c.Snapshot(), test.ask)
			var got []string
			for _, r := range a.Records {
				if r.Port != 0 {
					r.Address += fmt.Sprintf(":%d", r.Port)
				}
				got = append(got, r.Address)
			}
			if a.CNAME != "" {
				got = append(got, "CNAME "+a.CNAME)
			}
			require.Equal(t, test.want, strings.Join(got, ","))
			require.Len(t, a.Tried, test.tries, "%v", a.Tried)
			require.Equal(t, test.want == "", a.Name == "")
		})
	}
}
