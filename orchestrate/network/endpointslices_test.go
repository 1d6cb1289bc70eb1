package network_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// bench is a store with the loop on it and no cluster around: pods are what a test says they are.
type bench struct {
	*store.Store
	loop *network.EndpointSlices
	due  map[store.ID]bool
	rand clockRand
}

func newBench() *bench {
	return &bench{Store: store.New(store.Options{VerifyFrozen: true}), loop: network.NewEndpointSlices(), due: map[store.ID]bool{}, rand: newRand()}
}

// write puts one version and tells the loop, as the engine does.
func (b *bench) write(w store.Write) store.ID {
	ch, err := b.Put(w)
	if err != nil {
		panic(err)
	}
	if b.loop.Describe().Watches.Has(ch.Kind) {
		b.loop.Observe(ch)
		b.loop.Route(ch, b.Latest(store.AllKinds), func(k reconcile.Key) { b.due[k] = true })
	}
	return ch.ID
}

func (b *bench) create(o api.Object) store.ID {
	if o.Kind() != api.KindNode {
		o.Meta().Namespace = "default"
	}
	if o.Meta().UID == "" {
		o.Meta().UID = api.UID(fmt.Sprintf("uid-%d", b.Revision()))
	}
	return b.write(store.Write{Verb: store.VerbCreate, Object: o})
}

// change writes a changed clone.
func (b *bench) change(id store.ID, change func(o api.Object)) {
	o, _ := b.Latest(store.AllKinds).ByID(id)
	next := api.DeepCopy(o)
	change(next)
	b.write(store.Write{Verb: store.VerbUpdate, ID: id, Object: next})
}

func (b *bench) remove(id store.ID) { b.write(store.Write{Verb: store.VerbDelete, ID: id}) }

// settle lets the loop work until nothing is due, and counts its writes.
func (b *bench) settle(t require.TestingT) int {
	writes := 0
	for rounds := 0; len(b.due) > 0; rounds++ {
		require.Less(t, rounds, 10, "the loop does not come to rest")
		keys := make([]store.ID, 0, len(b.due))
		for k := range b.due {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		clear(b.due)
		for _, k := range keys {
			plan := reconcile.Plan{}
			b.loop.Reconcile(reconcile.Input{Snapshot: b.Latest(b.loop.Describe().Reads), Key: k, Rand: &b.rand}, &plan)
			for _, op := range plan.Ops {
				b.write(store.Write{Verb: op.Verb, ID: op.ID, Object: op.Object})
				writes++
			}
		}
	}
	return writes
}

// pod is a pod with an address that is ready.
func pod(name string, labels ...string) *api.Pod {
	p := &api.Pod{ObjectMeta: api.ObjectMeta{Name: name, Labels: map[string]string{}}, Spec: &api.PodSpec{NodeName: "node-1"}}
	for _, l := range labels {
		k, v, _ := strings.Cut(l, "=")
		p.Labels[k] = v
	}
	p.Status = api.PodStatus{Phase: api.PodRunning, PodIP: "10.244.1." + strings.TrimLeft(name, "p"),
		Conditions: []api.PodCondition{{Type: api.PodReady, Status: api.ConditionTrue, LastTransitionTime: 1487383200}}}
	return p
}

func ready(p *api.Pod, is bool) {
	p.Status.Conditions[0].Status = api.ConditionFalse
	if is {
		p.Status.Conditions[0].Status = api.ConditionTrue
	}
}

func (b *bench) slicesOf(service string) []*api.EndpointSlice {
	var all []*api.EndpointSlice
	for _, o := range b.Latest(store.AllKinds).List(api.KindEndpointSlice) {
		if s := o.(*api.EndpointSlice); s.Labels["kubernetes.io/service-name"] == service {
			all = append(all, s)
		}
	}
	return all
}

// endpoints is every endpoint of a Service in a line each, sorted.
func (b *bench) endpoints(service string) []string {
	lines := []string{}
	for _, s := range b.slicesOf(service) {
		for _, e := range s.Endpoints {
			line := e.TargetRef.Name + portsText(s.Ports)
			for _, c := range []struct {
				word string
				is   *bool
			}{{"ready", e.Conditions.Ready}, {"serving", e.Conditions.Serving}, {"terminating", e.Conditions.Terminating}} {
				if *c.is {
					line += " " + c.word
				}
			}
			if e.Zone != nil {
				line += " zone " + *e.Zone
			}
			if e.Hostname != nil {
				line += " host " + *e.Hostname
			}
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return lines
}

func portsText(ports []api.EndpointPort) string {
	text := ""
	for _, p := range ports {
		text += fmt.Sprintf(" %s:%d", *p.Name, *p.Port)
	}
	return text
}

func TestEndpointsFollowThePods(t *testing.T) {
	b := newBench()
	b.create(&api.Node{ObjectMeta: api.ObjectMeta{Name: "node-1", Labels: map[string]string{"topology.kubernetes.io/zone": "a"}}})
	svc := service("web", nil)
	svc.Spec.Ports = []api.ServicePort{{Port: 80, Protocol: "TCP", TargetPort: api.IntOf(8080)}}
	id := b.create(svc)
	p1 := b.create(pod("p1", "app=web"))
	b.create(pod("p2", "app=db"))
	b.settle(t)
	one := []string{"p1 :8080 ready serving zone a"}
	require.Equal(t, one, b.endpoints("web"))
	first := b.slicesOf("web")[0]
	require.Equal(t, map[string]string{"kubernetes.io/service-name": "web", "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io"}, first.Labels)
	require.Regexp(t, `^web-[a-z0-9]{5}$`, first.Name)
	require.Equal(t, "Service", first.OwnerReferences[0].Kind)
	require.True(t, *first.OwnerReferences[0].Controller)
	require.Equal(t, "2017-02-18T02:00:00Z", first.Annotations["endpoints.kubernetes.io/last-change-trigger-time"])

	for _, step := range []struct {
		name string
		do   func()
		want []string
	}{
		{"a pod that is not ready stays, as not ready", func() { b.change(p1, func(o api.Object) { ready(o.(*api.Pod), false) }) }, []string{"p1 :8080 zone a"}},
		{"unless the Service asks for it", func() { b.change(id, func(o api.Object) { o.(*api.Service).Spec.PublishNotReadyAddresses = true }) }, []string{"p1 :8080 ready zone a"}},
		{"or not any more", func() { b.change(id, func(o api.Object) { o.(*api.Service).Spec.PublishNotReadyAddresses = false }) }, []string{"p1 :8080 zone a"}},
		{"ready again", func() { b.change(p1, func(o api.Object) { ready(o.(*api.Pod), true) }) }, one},
		{"on its way out it serves, but takes no new traffic", func() { b.change(p1, func(o api.Object) { o.Meta().DeletionTimestamp = 9 }) }, []string{"p1 :8080 serving terminating zone a"}},
		{"another selector finds another pod", func() {
			b.change(id, func(o api.Object) { o.(*api.Service).Spec.Selector = map[string]string{"app": "db"} })
		}, []string{"p2 :8080 ready serving zone a"}},
		{"another port", func() {
			b.change(id, func(o api.Object) { o.(*api.Service).Spec.Ports[0].TargetPort = api.IntOf(81) })
		}, []string{"p2 :81 ready serving zone a"}},
		{"the first pod again, and gone", func() {
			b.change(id, func(o api.Object) { o.(*api.Service).Spec.Selector = map[string]string{"app": "web"} })
			b.remove(p1)
		}, []string{}},
	} {
		step.do()
		b.settle(t)
		require.Equal(t, step.want, b.endpoints("web"), step.name)
		require.Len(t, b.slicesOf("web"), 1, step.name)
		require.Equal(t, first.Name, b.slicesOf("web")[0].Name, "the slice is rewritten, not replaced: "+step.name)
	}
	require.Empty(t, b.slicesOf("web")[0].Ports, "a Service without endpoints has one empty slice")
	require.NoError(t, b.VerifyFrozen())
}

func TestWhichPodsAreListed(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(p *api.Pod, s *api.ServiceSpec)
		want   []string
	}{
		{"no address yet", func(p *api.Pod, _ *api.ServiceSpec) { p.Status.PodIP = "" }, []string{}},
		{"come to its end", func(p *api.Pod, _ *api.ServiceSpec) { p.Status.Phase = api.PodSucceeded }, []string{}},
		{"failed", func(p *api.Pod, _ *api.ServiceSpec) { p.Status.Phase = api.PodFailed }, []string{}},
		{"a port by name", func(p *api.Pod, s *api.ServiceSpec) {
			s.Ports = []api.ServicePort{{Name: "http", Port: 80, Protocol: "TCP", TargetPort: api.TextOf("web")}}
			p.Spec.Containers = []api.Container{{Ports: []api.ContainerPort{{Name: "web", ContainerPort: 8443, Protocol: "TCP"}}}}
		}, []string{"p1 http:8443 ready serving"}},
		{"a port by a name the pod does not have", func(_ *api.Pod, s *api.ServiceSpec) {
			s.Ports = []api.ServicePort{{Name: "http", Port: 80, Protocol: "TCP", TargetPort: api.TextOf("web")}}
		}, []string{"p1 ready serving"}},
		{"a host name under the Service", func(p *api.Pod, _ *api.ServiceSpec) { p.Spec.Hostname, p.Spec.Subdomain = "db-0", "web" }, []string{"p1 :80 ready serving host db-0"}},
		{"a host name under another", func(p *api.Pod, _ *api.ServiceSpec) { p.Spec.Hostname, p.Spec.Subdomain = "db-0", "other" }, []string{"p1 :80 ready serving"}},
		{"headless without ports", func(_ *api.Pod, s *api.ServiceSpec) { s.ClusterIP, s.Ports = "None", nil }, []string{"p1 ready serving"}},
		{"a name for something outside", func(_ *api.Pod, s *api.ServiceSpec) { s.Type = api.ServiceExternalName }, nil},
		{"no selector", func(_ *api.Pod, s *api.ServiceSpec) { s.Selector = nil }, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBench()
			svc := service("web", nil)
			svc.Spec.Ports = []api.ServicePort{{Port: 80, Protocol: "TCP", TargetPort: api.IntOf(80)}}
			p := pod("p1", "app=web")
			test.change(p, &svc.Spec)
			b.create(p)
			b.create(svc)
			b.settle(t)
			if test.want == nil {
				require.Empty(t, b.slicesOf("web"))
				return
			}
			require.Equal(t, test.want, b.endpoints("web"))
		})
	}
}

func TestSlicesAreFilledAndOnlyThoseTouchedAreWritten(t *testing.T) {
	b := newBench()
	b.create(service("web", nil))
	var pods []store.ID
	for i := range 250 {
		pods = append(pods, b.create(pod(fmt.Sprintf("p%d", i), "app=web")))
	}
	require.Equal(t, 3, b.settle(t))
	sizes := func() []int {
		var n []int
		for _, s := range b.slicesOf("web") {
			n = append(n, len(s.Endpoints))
		}
		slices.Sort(n)
		return n
	}
	require.Equal(t, []int{50, 100, 100}, sizes())
	b.change(pods[7], func(o api.Object) { ready(o.(*api.Pod), false) })
	require.Equal(t, 1, b.settle(t), "one pod, one slice")
	b.create(pod("p900", "app=web"))
	require.Equal(t, 1, b.settle(t), "a new pod goes where there is room")
	require.Equal(t, []int{51, 100, 100}, sizes())
	b.remove(pods[0])
	b.create(pod("p901", "app=web"))
	require.Equal(t, 1, b.settle(t), "one goes, one comes: the slice that is rewritten anyway takes it")
	require.Equal(t, []int{51, 100, 100}, sizes())
	for _, id := range pods[1:] {
		b.remove(id)
	}
	require.Equal(t, 3, b.settle(t))
	require.Equal(t, []int{1, 1}, sizes(), "slices are not packed together")
}

func TestWhatOthersWroteIsPutRight(t *testing.T) {
	b := newBench()
	b.create(service("web", nil))
	b.create(pod("p1", "app=web"))
	b.create(pod("p2", "app=web"))
	b.settle(t)
	want := b.endpoints("web")
	_, id, _ := b.Latest(store.AllKinds).Get(api.KindEndpointSlice, "default", b.slicesOf("web")[0].Name)
	b.change(id, func(o api.Object) { s := o.(*api.EndpointSlice); s.Endpoints = s.Endpoints[:1] })
	b.settle(t)
	require.Equal(t, want, b.endpoints("web"))
	b.remove(id)
	b.settle(t)
	require.Equal(t, want, b.endpoints("web"))
}

// At rest the endpoints are the matching pods, whatever happened, and a loop that forgot everything finds nothing to do.
func TestEndpointsAreTheMatchingPodsAtRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBench()
		svc := service("web", nil)
		svc.Spec.Ports = []api.ServicePort{{Port: 80, Protocol: "TCP", TargetPort: api.IntOf(80)}}
		id := b.create(svc)
		var pods []store.ID
		for i := range rapid.IntRange(1, 60).Draw(t, "steps") {
			what := rapid.IntRange(0, 7).Draw(t, "what")
			if what > 3 || len(pods) == 0 {
				pods = append(pods, b.create(pod(fmt.Sprintf("p%d", i), rapid.SampledFrom([]string{"app=web", "app=db"}).Draw(t, "label"))))
				continue
			}
			at := rapid.IntRange(0, len(pods)-1).Draw(t, "pod")
			switch what {
			case 0:
				b.change(pods[at], func(o api.Object) { ready(o.(*api.Pod), rapid.Bool().Draw(t, "ready")) })
			case 1:
				b.change(pods[at], func(o api.Object) {
					o.Meta().Labels = map[string]string{"app": rapid.SampledFrom([]string{"web", "db"}).Draw(t, "label")}
				})
			case 2:
				b.remove(pods[at])
				pods = slices.Delete(pods, at, at+1)
			case 3:
				b.change(id, func(o api.Object) {
					o.(*api.Service).Spec.Selector = map[string]string{"app": rapid.SampledFrom([]string{"web", "db"}).Draw(t, "selector")}
				})
			}
			if rapid.Bool().Draw(t, "settle") {
				b.settle(t)
			}
		}
		b.settle(t)
		o, _ := b.Latest(store.AllKinds).ByID(id)
		want := []string{}
		for _, p := range b.Latest(store.AllKinds).List(api.KindPod) {
			if p.Meta().Labels["app"] != o.(*api.Service).Spec.Selector["app"] {
				continue
			}
			line := p.Meta().Name + " :80"
			if p.(*api.Pod).Status.Conditions[0].Status == api.ConditionTrue {
				line += " ready serving"
			}
			want = append(want, line)
		}
		slices.Sort(want)
		require.Equal(t, want, b.endpoints("web"))
		// The digest is built again from what exists.
		b.loop.Reset()
		for _, kind := range []api.Kind{api.KindPod, api.KindService, api.KindEndpointSlice} {
			for oid, o := range b.Latest(store.AllKinds).List(kind) {
				b.loop.Observe(store.Change{Rev: o.Meta().ResourceVersion, ID: oid, Kind: kind, Verb: store.VerbCreate, New: o})
			}
		}
		b.due[id] = true
		require.Zero(t, b.settle(t), "nothing is left to do")
	})
}

func TestARestoredWorldWritesTheSameSlices(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Seed: 5, Nodes: orchestrate.Nodes(3)})
	_, err := do(c, orchestrate.VerbCreate, service("web", nil))
	require.NoError(t, err)
	for i := range 12 {
		_, err := do(c, orchestrate.VerbCreate, &api.Pod{
			ObjectMeta: api.ObjectMeta{Name: fmt.Sprintf("web-%d", i), Namespace: "default", Labels: map[string]string{"app": "web"}},
			Spec:       &api.PodSpec{Containers: []api.Container{{Name: "web", Image: "nginx"}}},
		})
		require.NoError(t, err)
	}
	require.NoError(t, c.Advance(1700*time.Millisecond))
	p := c.Checkpoint()
	_, err = c.Settle(time.Minute)
	require.NoError(t, err)
	want := c.TraceHash()
	require.NoError(t, c.Restore(p))
	_, err = c.Settle(time.Minute)
	require.NoError(t, err)
	require.Equal(t, want, c.TraceHash())
}
