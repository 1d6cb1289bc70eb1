package network

import (
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// World is all that decides what becomes of a request.
type World struct {
	// Snapshot is the present. It reads [Reads].
	Snapshot store.Snapshot
	// Now is the moment of the snapshot. What happens at Now itself is not known yet: more may be written.
	Now time.Duration
	// Seed is that of the world, and Catalog says what containers answer.
	Seed    uint64
	Catalog *workload.Catalog
	// Weather is what is wrong with the network.
	Weather Weather

	tables map[tableKey]*table
}

// Reads are the kinds of objects a request depends on.
var Reads = api.KindsOf(api.KindNamespace, api.KindNode, api.KindPod, api.KindSandbox, api.KindService, api.KindEndpointSlice, api.KindFault)

// walk is one request on its way.
type walk struct {
	*World
	Request
	Outcome
	t      time.Duration
	rand   clock.Rand
	tell   bool
	client string // the node of the client, "" outside
	// self is the pod of the client, "" if it is none.
	self api.UID
	// through is the node whose table was asked, where that is not the client's.
	through string
}

// Walk follows a request from its start to its end, or as far as the present reaches. The same request in the same
// world ends the same, whenever it is asked. With tell the outcome lists every hop.
func (w *World) Walk(r Request, tell bool) Outcome {
	if w.Weather == nil && w.Snapshot.Any(api.KindFault) {
		w.Weather = faults{w.Snapshot}
	}
	k := &walk{World: w, Request: r, t: r.At, tell: tell, rand: clock.Fork(w.Seed, "request "+r.Name)}
	k.run()
	return k.Outcome
}

// kernelPatience is how long a kernel tries to connect: six repetitions, each after twice the time of the one before.
const kernelPatience = 127 * time.Second

// resolveTime is what a lookup takes for each name that is tried.
const resolveTime = 500 * time.Microsecond

func (k *walk) run() {
	resolver, ok := k.start()
	if !ok {
		return
	}
	r, ok := k.resolve(resolver)
	if !ok {
		return
	}
	k.Address, k.Resolved = r.Address, k.t
	b, ok := k.route(r)
	if !ok {
		return
	}
	if k.connect(b) {
		k.exchange(b)
	}
}

// end ends the request at a moment.
func (k *walk) end(at time.Duration, result Result) bool {
	k.Done, k.Ended, k.Result = true, at, result
	return false
}

// note adds a hop, if hops are wanted.
func (k *walk) note(where, what string) {
	if k.tell {
		k.Hops = append(k.Hops, Hop{k.t, where, what})
	}
}

// Lookup resolves a name as a client would have at a moment of the past.
func (w *World) Lookup(from Place, at time.Duration, name string) Answer {
	r := Resolver{Hosts: true}
	if o, _, ok := w.Snapshot.AsOf(at).Get(api.KindPod, from.Namespace, from.Pod); ok {
		if p, ok := o.(*api.Pod); ok {
			r = ResolverOf(p)
		}
	}
	return r.Lookup(w.Snapshot.AsOf(at-DNSDelay), name)
}

// reach moves on to a moment. It tells false if the client gives up before, or the moment lies ahead.
func (k *walk) reach(t time.Duration) bool {
	if k.Max > 0 && t > k.At+k.Max {
		return k.giveUp(k.At+k.Max, TimedOut, "the client gives up: the whole request took too long")
	}
	if k.Connected == 0 && k.Address != "" {
		last := k.Resolved + kernelPatience
		if k.Connect > 0 {
			last = k.At + k.Connect
		}
		if t > last {
			return k.giveUp(last, ConnectLost, "the client gives up: no connection")
		}
	}
	if t >= k.Now {
		k.Wait = t + 1
		return false
	}
	k.t = t
	return true
}

// giveUp ends the request at a moment, if that is not ahead.
func (k *walk) giveUp(at time.Duration, result Result, why string) bool {
	if at >= k.Now {
		k.Wait = at + 1
		return false
	}
	k.t = at
	k.note(k.from(), why)
	return k.end(at, result)
}

// from is the client in words.
func (k *walk) from() string {
	switch {
	case k.From.Pod != "":
		return k.From.Pod
	case k.From.Node != "":
		return k.From.Node
	}
	return "outside"
}

// start finds out where the client is.
func (k *walk) start() (Resolver, bool) {
	if !k.reach(k.At) {
		return Resolver{}, false
	}
	sn := k.Snapshot.AsOf(k.t)
	switch {
	case k.From.Pod != "":
		o, _, ok := sn.Get(api.KindPod, k.From.Namespace, k.From.Pod)
		p, isPod := o.(*api.Pod)
		if !ok || !isPod || !k.running(sn, p) {
			k.note(k.from(), "no container of the client runs")
			return Resolver{}, k.end(k.t, ClientGone)
		}
		k.client, k.self = p.Spec.NodeName, p.UID
		return ResolverOf(p), true
	case k.From.Node != "":
		k.client = k.From.Node
	}
	return Resolver{Hosts: true}, true
}

// running tells whether any container of a pod runs.
func (k *walk) running(sn store.Snapshot, p *api.Pod) bool {
	o, _, ok := sn.Get(api.KindSandbox, p.Namespace, string(p.UID))
	box, isBox := o.(*api.Sandbox)
	if !ok || !isBox || box.Dead || k.down(p.Spec.NodeName) {
		return false
	}
	for i := range box.Containers {
		if box.Containers[i].State == api.RunRunning {
			return true
		}
	}
	return false
}

func (k *walk) down(node string) bool { return k.Weather != nil && k.Weather.Down(k.t, node) }

// resolve finds the address of the host.
func (k *walk) resolve(resolver Resolver) (Record, bool) {
	if k.Host == "localhost" {
		return Record{Address: "127.0.0.1"}, true
	}
	if _, known := parseIPv4(k.Host); known {
		return Record{Address: k.Host}, true
	}
	a := resolver.Lookup(k.Snapshot.AsOf(k.t-DNSDelay), k.Host)
	took := time.Duration(len(a.Tried)) * resolveTime
	if !k.reach(k.t + took) {
		return Record{}, false
	}
	if a.CNAME != "" {
		k.note("dns", k.Host+" is another name for "+a.CNAME+", which has no address here")
		return Record{}, k.end(k.t, NotResolved)
	}
	if len(a.Records) == 0 {
		k.note("dns", "no such name: "+k.Host+" (NXDOMAIN)")
		return Record{}, k.end(k.t, NotResolved)
	}
	r := a.Records[0]
	if n := len(a.Records); n > 1 {
		r = a.Records[k.rand.IntN(n)]
	}
	if k.tell {
		k.note("dns", a.Name+" is "+r.Address)
	}
	return r, true
}

// port is a host and port in words.
func port(address string, n int32) string { return address + ":" + strconv.Itoa(int(n)) }
