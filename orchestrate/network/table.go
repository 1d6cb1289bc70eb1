package network

import (
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// A node's kube-proxy brings its table up to date every ProxyPeriod, each node at its own moments, with what it had heard
// of Services and slices ProxyDelay before. DNS answers with what it had heard DNSDelay before.
//
// Source: kube-proxy's --iptables-min-sync-period, 1s by default.
const (
	ProxyPeriod = time.Second
	ProxyDelay  = 100 * time.Millisecond
	DNSDelay    = 100 * time.Millisecond
)

// TableMoment is the moment whose Services and slices a node's table shows at another: the last sync before it, or the
// last before the node was cut off from the control plane.
func TableMoment(w Weather, node string, at time.Duration) time.Duration {
	r := clock.Fork(0, "kube-proxy "+node)
	phase := time.Duration(r.IntN(int(ProxyPeriod)))
	sync := func(t time.Duration) time.Duration {
		return (t+ProxyPeriod-phase)/ProxyPeriod*ProxyPeriod + phase - ProxyPeriod
	}
	moment := sync(at) - ProxyDelay
	if w != nil {
		if since, deaf := w.Deaf(at, node); deaf && since < moment {
			moment = sync(since+ProxyDelay) - ProxyDelay
		}
	}
	return max(moment, -1)
}

// backend is one endpoint a table may send a request to.
type backend struct {
	address, node, pod, namespace string
	uid                           api.UID
	port                          int32
}

// table is what one node knows of one Service's port.
type table struct {
	service  *api.Service
	backends []backend // that take new connections
}

type tableKey struct {
	rev     api.Revision
	service fullName
	port    string
}

// tableOf is what a snapshot says of a Service's port. Endpoints on their way out are used when no others are left.
//
// Source: Kubernetes documentation, "Virtual IPs and Service Proxies"; KEP-1669.
func (w *World) tableOf(sn store.Snapshot, s *api.Service, port string) *table {
	key := tableKey{sn.Revision(), fullName{s.Namespace, s.Name}, port}
	if t := w.tables[key]; t != nil {
		return t
	}
	t := &table{service: s}
	var leaving []backend
	for _, slice := range slicesAt(sn, s.Namespace, s.Name) {
		number := portNamed(slice.Ports, port)
		if number == 0 {
			continue
		}
		for i := range slice.Endpoints {
			e := &slice.Endpoints[i]
			b := backend{address: e.Addresses[0], port: number}
			if e.NodeName != nil {
				b.node = *e.NodeName
			}
			if e.TargetRef != nil {
				b.namespace, b.pod, b.uid = e.TargetRef.Namespace, e.TargetRef.Name, e.TargetRef.UID
			}
			switch {
			case isTrue(e.Conditions.Ready):
				t.backends = append(t.backends, b)
			case isTrue(e.Conditions.Serving) && e.Conditions.Terminating != nil && *e.Conditions.Terminating:
				leaving = append(leaving, b)
			}
		}
	}
	if len(t.backends) == 0 {
		t.backends = leaving
	}
	if w.tables == nil {
		w.tables = map[tableKey]*table{}
	}
	w.tables[key] = t
	return t
}

// on are the backends of one node.
func on(all []backend, node string) []backend {
	var local []backend
	for _, b := range all {
		if b.node == node {
			local = append(local, b)
		}
	}
	return local
}

// choose picks a backend: by lot, or always the same one for a client where the Service asks for that.
func (t *table) choose(all []backend, r *clock.Rand, client string) *backend {
	if t.service.Spec.SessionAffinity != api.AffinityClientIP {
		return &all[r.IntN(len(all))]
	}
	// The highest number wins, so that a client moves only when its own backend goes.
	best, most := 0, uint64(0)
	for i := range all {
		own := clock.Fork(0, "affinity "+client+" "+all[i].address)
		if n := own.Uint64(); n >= most {
			best, most = i, n
		}
	}
	return &all[best]
}
