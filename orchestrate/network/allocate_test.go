package network_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/stretchr/testify/require"
)

// do asks the cluster for one write.
func do(c *orchestrate.Cluster, verb orchestrate.Verb, o api.Object) (api.Object, error) {
	return c.Do(orchestrate.Request{Verb: verb, Object: o})
}

// service is a Service called name with one port; change may be nil.
func service(name string, change func(s *api.ServiceSpec)) *api.Service {
	s := &api.Service{
		ObjectMeta: api.ObjectMeta{Name: name, Namespace: "default"},
		Spec:       api.ServiceSpec{Selector: map[string]string{"app": "web"}, Ports: []api.ServicePort{{Port: 80}}},
	}
	if change != nil {
		change(&s.Spec)
	}
	return s
}

func TestAllocateOnCreate(t *testing.T) {
	policy := func(p api.IPFamilyPolicy) *api.IPFamilyPolicy { return &p }
	for _, test := range []struct {
		name   string
		change func(s *api.ServiceSpec)
		check  func(t *testing.T, s *api.ServiceSpec)
		want   string // the error, "" if there is none
	}{
		{"a cluster address", nil, func(t *testing.T, s *api.ServiceSpec) {
			require.Regexp(t, `^10\.96\.\d+\.\d+$`, s.ClusterIP)
			require.Equal(t, []string{s.ClusterIP}, s.ClusterIPs)
			require.Equal(t, []api.IPFamily{api.IPv4}, s.IPFamilies)
			require.Equal(t, policy(api.SingleStack), s.IPFamilyPolicy)
			require.Zero(t, s.Ports[0].NodePort)
		}, ""},
		{"the one that is asked for", func(s *api.ServiceSpec) { s.ClusterIP = "10.96.7.7" }, func(t *testing.T, s *api.ServiceSpec) {
			require.Equal(t, []string{"10.96.7.7"}, s.ClusterIPs)
		}, ""},
		{"headless", func(s *api.ServiceSpec) { s.ClusterIP = "None" }, func(t *testing.T, s *api.ServiceSpec) {
			require.Equal(t, []string{"None"}, s.ClusterIPs)
			require.Equal(t, []api.IPFamily{api.IPv4}, s.IPFamilies)
		}, ""},
		{"headless without a selector", func(s *api.ServiceSpec) { s.ClusterIP, s.Selector = "None", nil }, func(t *testing.T, s *api.ServiceSpec) {
			require.Equal(t, policy(api.RequireDualStack), s.IPFamilyPolicy)
			require.Equal(t, []api.IPFamily{api.IPv4, api.IPv6}, s.IPFamilies)
		}, ""},
		{"a name outside has no address", func(s *api.ServiceSpec) { *s = api.ServiceSpec{Type: "ExternalName", ExternalName: "example.com"} }, func(t *testing.T, s *api.ServiceSpec) {
			require.Empty(t, s.ClusterIP)
			require.Nil(t, s.IPFamilyPolicy)
			require.Nil(t, s.InternalTrafficPolicy)
		}, ""},
		{"a node port", func(s *api.ServiceSpec) { s.Type = "NodePort" }, func(t *testing.T, s *api.ServiceSpec) {
			require.GreaterOrEqual(t, s.Ports[0].NodePort, int32(30086))
			require.LessOrEqual(t, s.Ports[0].NodePort, int32(32767))
		}, ""},
		{"one node port for two protocols", func(s *api.ServiceSpec) {
			s.Type, s.Ports = "NodePort", []api.ServicePort{{Name: "a", Port: 53, Protocol: "TCP"}, {Name: "b", Port: 53, Protocol: "UDP"}}
		}, func(t *testing.T, s *api.ServiceSpec) {
			require.Equal(t, s.Ports[0].NodePort, s.Ports[1].NodePort)
		}, ""},
		{"a load balancer", func(s *api.ServiceSpec) { s.Type = "LoadBalancer" }, func(t *testing.T, s *api.ServiceSpec) {
			require.NotZero(t, s.Ports[0].NodePort)
			require.Zero(t, s.HealthCheckNodePort)
		}, ""},
		{"a load balancer without node ports", func(s *api.ServiceSpec) {
			without := false
			s.Type, s.AllocateLoadBalancerNodePorts = "LoadBalancer", &without
		}, func(t *testing.T, s *api.ServiceSpec) { require.Zero(t, s.Ports[0].NodePort) }, ""},
		{"a local load balancer", func(s *api.ServiceSpec) { s.Type, s.ExternalTrafficPolicy = "LoadBalancer", "Local" }, func(t *testing.T, s *api.ServiceSpec) {
			require.NotZero(t, s.HealthCheckNodePort)
			require.NotEqual(t, s.HealthCheckNodePort, s.Ports[0].NodePort)
		}, ""},
		{"an address that is taken", func(s *api.ServiceSpec) { s.ClusterIP = "10.96.5.5" }, nil,
			`Service "s" is invalid: spec.clusterIPs: Invalid value: ["10.96.5.5"]: failed to allocate IP 10.96.5.5: provided IP is already allocated`},
		{"an address of another network", func(s *api.ServiceSpec) { s.ClusterIP = "192.168.0.1" }, nil,
			`Service "s" is invalid: spec.clusterIPs: Invalid value: ["192.168.0.1"]: failed to allocate IP 192.168.0.1: the provided network does not match the current range`},
		{"a port that is taken", func(s *api.ServiceSpec) { s.Type, s.Ports[0].NodePort = "NodePort", 30080 }, nil,
			`Service "s" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated`},
		{"a port out of range", func(s *api.ServiceSpec) { s.Type, s.Ports[0].NodePort = "NodePort", 80 }, nil,
			`Service "s" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767`},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := orchestrate.New(orchestrate.Options{})
			_, err := do(c, orchestrate.VerbCreate, service("first", func(s *api.ServiceSpec) {
				s.ClusterIP, s.Type, s.Ports[0].NodePort = "10.96.5.5", "NodePort", 30080
			}))
			require.NoError(t, err)
			o, err := do(c, orchestrate.VerbCreate, service("s", test.change))
			if test.want != "" {
				require.EqualError(t, err, test.want)
				return
			}
			require.NoError(t, err)
			test.check(t, &o.(*api.Service).Spec)
		})
	}
}

func TestADryRunSaysWhichRangeThereIs(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{})
	_, err := c.Do(orchestrate.Request{Verb: orchestrate.VerbCreate, DryRun: true, Object: service("s", func(s *api.ServiceSpec) { s.ClusterIP = "192.168.0.1" })})
	require.EqualError(t, err, `Service "s" is invalid: spec.clusterIPs: Invalid value: ["192.168.0.1"]: failed to allocate IP 192.168.0.1: `+
		`the provided IP (192.168.0.1) is not in the valid range. The range of valid IPs is 10.96.0.0/16`)
}

func TestAllocateOnUpdate(t *testing.T) {
	for _, test := range []struct {
		name          string
		first, second func(s *api.ServiceSpec)
		check         func(t *testing.T, old, now *api.ServiceSpec)
	}{
		{"what the client leaves out stays", func(s *api.ServiceSpec) { s.Type = "NodePort" },
			func(s *api.ServiceSpec) {
				s.Type, s.ClusterIP, s.ClusterIPs, s.Ports[0].NodePort = "NodePort", "", nil, 0
			},
			func(t *testing.T, old, now *api.ServiceSpec) { require.Equal(t, old, now) }},
		{"a node port comes with the type", nil, func(s *api.ServiceSpec) { s.Type = "NodePort" },
			func(t *testing.T, old, now *api.ServiceSpec) {
				require.Equal(t, old.ClusterIP, now.ClusterIP)
				require.NotZero(t, now.Ports[0].NodePort)
			}},
		{"and goes with it", func(s *api.ServiceSpec) { s.Type = "NodePort" }, func(s *api.ServiceSpec) { s.Type = "ClusterIP" },
			func(t *testing.T, _, now *api.ServiceSpec) {
				require.Zero(t, now.Ports[0].NodePort)
				require.Empty(t, now.ExternalTrafficPolicy)
			}},
		{"an address goes with its type", nil, func(s *api.ServiceSpec) { s.Type, s.ExternalName = "ExternalName", "example.com" },
			func(t *testing.T, _, now *api.ServiceSpec) {
				require.Empty(t, now.ClusterIP)
				require.Empty(t, now.ClusterIPs)
				require.Nil(t, now.IPFamilyPolicy)
			}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := orchestrate.New(orchestrate.Options{})
			o, err := do(c, orchestrate.VerbCreate, service("s", test.first))
			require.NoError(t, err)
			next := api.DeepCopy(o).(*api.Service)
			test.second(&next.Spec)
			got, err := do(c, orchestrate.VerbUpdate, next)
			require.NoError(t, err)
			test.check(t, &o.(*api.Service).Spec, &got.(*api.Service).Spec)
		})
	}
}

// No two Services share an address or a port, and what one gives back another may have.
func TestAddressesAreGivenOnce(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Seed: 3})
	ips, ports := map[string]string{}, map[int32]string{}
	for i := range 400 {
		name := fmt.Sprintf("s%d", i)
		o, err := do(c, orchestrate.VerbCreate, service(name, func(s *api.ServiceSpec) { s.Type = "NodePort" }))
		require.NoError(t, err)
		s := o.(*api.Service).Spec
		require.Empty(t, ips[s.ClusterIP])
		require.Empty(t, ports[s.Ports[0].NodePort])
		ips[s.ClusterIP], ports[s.Ports[0].NodePort] = name, name
	}
	o, _, _ := c.Snapshot().Get(api.KindService, "default", "s7")
	was := o.(*api.Service).Spec
	_, err := c.Do(orchestrate.Request{Verb: orchestrate.VerbDelete, Kind: api.KindService, Namespace: "default", Name: "s7"})
	require.NoError(t, err)
	_, err = do(c, orchestrate.VerbCreate, service("heir", func(s *api.ServiceSpec) {
		s.Type, s.ClusterIP, s.Ports[0].NodePort = "NodePort", was.ClusterIP, was.Ports[0].NodePort
	}))
	require.NoError(t, err)
}

func TestNoServiceIsThereFromTheStart(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	require.NoError(t, c.Advance(time.Minute))
	for _, o := range c.Snapshot().List(api.KindService) {
		t.Errorf("there is a Service %s: take the row out of docs/differences.md", o.Meta().Name)
	}
}
