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

// town is a world with a Service web before two pods of nginx, and a client.
func town(t *testing.T) *orchestrate.Cluster {
	c := orchestrate.New(orchestrate.Options{Seed: 1, Nodes: orchestrate.Nodes(3)})
	create(t, c, service("web", func(s *api.ServiceSpec) { s.Type = "NodePort"; s.Ports[0].NodePort = 30080 }))
	create(t, c, service("headless", func(s *api.ServiceSpec) { s.ClusterIP = "None" }))
	create(t, c, service("empty", func(s *api.ServiceSpec) { s.Selector = map[string]string{"app": "nobody"} }))
	create(t, c, service("closed", func(s *api.ServiceSpec) { s.Ports[0].TargetPort = api.IntOf(81) }))
	create(t, c, service("outside", func(s *api.ServiceSpec) { *s = api.ServiceSpec{Type: "ExternalName", ExternalName: "example.com"} }))
	create(t, c, running("web-1", "nginx"))
	create(t, c, running("web-2", "nginx"))
	create(t, c, running("client", "nginx"))
	_, err := c.Settle(time.Minute)
	require.NoError(t, err)
	require.NoError(t, c.Advance(3*time.Second))
	return c
}

func create(t *testing.T, c *orchestrate.Cluster, o api.Object) {
	_, err := do(c, orchestrate.VerbCreate, o)
	require.NoError(t, err)
}

// running is a pod of one container; its label app is its name without the number.
func running(name, image string) *api.Pod {
	app, _, _ := strings.Cut(name, "-")
	return &api.Pod{
		ObjectMeta: api.ObjectMeta{Name: name, Namespace: "default", Labels: map[string]string{"app": app}},
		Spec:       &api.PodSpec{Containers: []api.Container{{Name: "c", Image: image}}},
	}
}

var client = network.Place{Namespace: "default", Pod: "client"}

// finish lets time pass until a request is over.
func finish(t *testing.T, c *orchestrate.Cluster, r network.Request) network.Outcome {
	for range 100 {
		o := c.Walk(r, true)
		if o.Done {
			return o
		}
		require.Greater(t, o.Wait, c.Now())
		require.NoError(t, c.Advance(o.Wait-c.Now()))
	}
	t.Fatal("the request does not end")
	return network.Outcome{}
}

func TestRequests(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(r *network.Request)
		want   network.Result
		within time.Duration
	}{
		{"by the Service's name", func(*network.Request) {}, network.Answered, 20 * time.Millisecond},
		{"with its namespace", func(r *network.Request) { r.Host = "web.default" }, network.Answered, 20 * time.Millisecond},
		{"in full", func(r *network.Request) { r.Host = "web.default.svc.cluster.local" }, network.Answered, 20 * time.Millisecond},
		{"headless", func(r *network.Request) { r.Host = "headless" }, network.Answered, 20 * time.Millisecond},
		{"in another namespace", func(r *network.Request) { r.Host = "web.kube-system" }, network.NotResolved, 20 * time.Millisecond},
		{"a name nobody has", func(r *network.Request) { r.Host = "nope" }, network.NotResolved, 20 * time.Millisecond},
		{"a name for something outside", func(r *network.Request) { r.Host = "outside" }, network.NotResolved, 20 * time.Millisecond},
		{"a Service without endpoints", func(r *network.Request) { r.Host = "empty" }, network.Refused, 20 * time.Millisecond},
		{"a port nobody listens on", func(r *network.Request) { r.Host = "closed" }, network.Refused, 20 * time.Millisecond},
		{"a port the Service does not have", func(r *network.Request) { r.Port, r.Connect = 81, 2*time.Second }, network.ConnectLost, 2 * time.Second},
		{"and a patient client", func(r *network.Request) { r.Port = 81 }, network.ConnectLost, 128 * time.Second},
		{"all of it within a second", func(r *network.Request) { r.Port, r.Max = 81, time.Second }, network.TimedOut, time.Second},
		{"an address of a pod", func(r *network.Request) { r.Host = "10.244.1.2" }, network.Answered, 20 * time.Millisecond},
		{"an address no pod has", func(r *network.Request) { r.Host = "10.244.1.99" }, network.NoRoute, 4 * time.Second},
		{"itself", func(r *network.Request) { r.Host = "localhost" }, network.Answered, 20 * time.Millisecond},
		{"itself, on another port", func(r *network.Request) { r.Host, r.Port = "127.0.0.1", 81 }, network.Refused, 20 * time.Millisecond},
		{"itself, from outside", func(r *network.Request) { r.From, r.Host = network.Place{}, "localhost" }, network.Refused, 20 * time.Millisecond},
		{"from outside by name", func(r *network.Request) { r.From = network.Place{} }, network.NotResolved, 20 * time.Millisecond},
		{"from outside by a node's port", func(r *network.Request) { r.From, r.Host, r.Port = network.Place{}, "node-1", 30080 }, network.Answered, 50 * time.Millisecond},
		{"and its address", func(r *network.Request) { r.From, r.Host, r.Port = network.Place{}, "192.168.0.11", 30080 }, network.Answered, 50 * time.Millisecond},
		{"another port of a node", func(r *network.Request) { r.From, r.Host, r.Port = network.Place{}, "node-1", 30081 }, network.Refused, 50 * time.Millisecond},
		{"from a node", func(r *network.Request) { r.From, r.Host, r.Port = network.Place{Node: "node-2"}, "node-1", 30080 }, network.Answered, 50 * time.Millisecond},
		{"from a pod that is not there", func(r *network.Request) { r.From.Pod = "nobody" }, network.ClientGone, time.Millisecond},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := town(t)
			r := network.Request{Name: "1", At: c.Now(), From: client, Host: "web", Port: 80, Path: "/"}
			test.change(&r)
			o := finish(t, c, r)
			require.Equal(t, test.want, o.Result, "%v", o.Hops)
			require.LessOrEqual(t, o.Ended-r.At, test.within)
			if o.Result == network.Answered {
				require.Equal(t, 200, o.Status)
				require.Contains(t, o.Body, "Welcome to nginx")
				require.Contains(t, o.Endpoint+" web-1 client", "web-")
			}
			require.Equal(t, o, c.Walk(r, true), "what was is not changed by looking at it again")
			require.NoError(t, c.Advance(time.Hour))
			require.Equal(t, o, c.Walk(r, true), "nor by what came after")
		})
	}
}

func TestRequestsAreSpreadOverTheEndpoints(t *testing.T) {
	c := town(t)
	at := c.Now()
	require.NoError(t, c.Advance(time.Second))
	counts := map[string]int{}
	for i := range 400 {
		o := c.Walk(network.Request{Name: fmt.Sprint(i), At: at, From: client, Host: "web", Port: 80}, false)
		require.True(t, o.Done)
		counts[o.Endpoint]++
	}
	require.Len(t, counts, 2)
	require.InDelta(t, 200, counts["web-1"], 60)
}

func TestAClientKeepsItsPodIfTheServiceSaysSo(t *testing.T) {
	c := town(t)
	create(t, c, service("sticky", func(s *api.ServiceSpec) { s.SessionAffinity = api.AffinityClientIP }))
	require.NoError(t, c.Advance(3*time.Second))
	at := c.Now()
	require.NoError(t, c.Advance(time.Second))
	seen := map[string]bool{}
	for i := range 50 {
		seen[c.Walk(network.Request{Name: fmt.Sprint(i), At: at, From: client, Host: "sticky", Port: 80}, false).Endpoint] = true
	}
	require.Len(t, seen, 1)
}

// A pod that goes is still in the tables for a moment, and what is sent to it is lost.
func TestAStaleTableLosesRequests(t *testing.T) {
	c := town(t)
	gone := c.Now()
	_, err := c.Do(orchestrate.Request{Verb: orchestrate.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: "web-1"})
	require.NoError(t, err)
	require.NoError(t, c.Advance(10*time.Second))
	lost := map[network.Result]int{}
	var last time.Duration
	for i := range 500 {
		r := network.Request{Name: fmt.Sprint(i), At: gone + time.Duration(i)*10*time.Millisecond, From: client, Host: "web", Port: 80}
		o := c.Walk(r, true)
		require.True(t, o.Done)
		if !o.OK() {
			require.Equal(t, "web-1", o.Endpoint, "%v", o.Hops)
			lost[o.Result]++
			last = r.At - gone
		}
	}
	require.NotZero(t, lost[network.Refused], "nginx stops listening at once, whatever the tables say: %v", lost)
	require.Less(t, last, network.SliceLatency+network.ProxyPeriod+network.ProxyDelay+100*time.Millisecond, "by then every table knows")
}

func TestTableMoments(t *testing.T) {
	for _, node := range []string{"node-1", "node-2", "node-3"} {
		before := network.TableMoment(nil, node, 20*time.Second)
		for at := 20 * time.Second; at < 24*time.Second; at += 10 * time.Millisecond {
			m := network.TableMoment(nil, node, at)
			require.LessOrEqual(t, m, at-network.ProxyDelay)
			require.Greater(t, m, at-network.ProxyDelay-network.ProxyPeriod)
			require.Zero(t, (m-before)%network.ProxyPeriod)
		}
	}
	require.NotEqual(t, network.TableMoment(nil, "node-1", time.Minute), network.TableMoment(nil, "node-2", time.Minute))
}
