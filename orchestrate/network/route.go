package network

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// route decides which endpoint gets the connection: the table of the node where the packet meets one does. A nil backend
// is nobody: the packets go nowhere.
func (k *walk) route(r Record) (*backend, bool) {
	if r.Target != nil {
		return k.endpoint(r)
	}
	if strings.HasPrefix(r.Address, "127.") {
		return &backend{address: r.Address, node: k.client, port: k.Port, namespace: k.From.Namespace, pod: k.From.Pod, uid: k.self}, true
	}
	if inRange(r.Address) {
		if k.client == "" {
			k.note(k.from(), "an address of the cluster has no route from outside")
			return nil, true
		}
		sn := k.tableAt(k.client)
		s := serviceAt(sn, r)
		if s == nil {
			k.note(k.client, "its table of "+k.age(k.client)+" does not know "+r.Address)
			return nil, true
		}
		return k.balance(sn, s, k.client, func(p *api.ServicePort) bool { return p.Port == k.Port }, k.internal(s))
	}
	if node := k.nodeAt(r.Address); node != "" {
		return k.nodePort(node, r.Address)
	}
	return k.podAt(r.Address)
}

// endpoint is the pod a headless Service's name led to.
func (k *walk) endpoint(r Record) (*backend, bool) {
	b := &backend{address: r.Address, port: k.Port, namespace: r.Target.Namespace, pod: r.Target.Name, uid: r.Target.UID}
	if o, _, ok := k.Snapshot.AsOf(k.t).Get(api.KindPod, b.namespace, b.pod); ok {
		b.node = o.(*api.Pod).Spec.NodeName
	}
	return b, true
}

// tableAt is the world as a node's table shows it now.
func (k *walk) tableAt(node string) store.Snapshot {
	return k.Snapshot.AsOf(TableMoment(k.Weather, node, k.t))
}

// age says how old a node's table is.
func (k *walk) age(node string) string {
	if !k.tell {
		return ""
	}
	return (k.t - TableMoment(k.Weather, node, k.t)).Truncate(time.Millisecond).String() + " ago"
}

// internal is the policy for traffic from inside.
func (k *walk) internal(s *api.Service) bool {
	return s.Spec.InternalTrafficPolicy != nil && *s.Spec.InternalTrafficPolicy == api.TrafficLocal
}

// serviceAt is the Service with this address.
func serviceAt(sn store.Snapshot, r Record) *api.Service {
	if r.Service != "" {
		if o, _, ok := sn.Get(api.KindService, r.Namespace, r.Service); ok {
			if s := o.(*api.Service); s.Spec.ClusterIP == r.Address {
				return s
			}
		}
		return nil
	}
	for _, o := range sn.List(api.KindService) {
		if s, ok := o.(*api.Service); ok && s.Spec.ClusterIP == r.Address {
			return s
		}
	}
	return nil
}

// balance picks an endpoint of a Service's port on a node. Without a port of that number the packets go nowhere; without
// an endpoint the connection is refused, and with a local policy dropped.
func (k *walk) balance(sn store.Snapshot, s *api.Service, node string, is func(*api.ServicePort) bool, local bool) (*backend, bool) {
	k.Namespace, k.Service = s.Namespace, s.Name
	var sp *api.ServicePort
	for i := range s.Spec.Ports {
		if p := &s.Spec.Ports[i]; p.Protocol == protocolTCP && is(p) {
			sp = p
		}
	}
	if sp == nil {
		k.note(node, "Service "+s.Name+" has no port "+strconv.Itoa(int(k.Port)))
		return nil, true
	}
	t := k.tableOf(sn, s, sp.Name)
	all := t.backends
	if local {
		all = on(all, node)
	}
	if len(all) == 0 {
		if local && len(t.backends) > 0 {
			k.note(node, "Service "+s.Name+" has no endpoint on this node, and its policy is Local")
			return nil, true
		}
		k.note(node, "Service "+s.Name+" has no endpoints in its table of "+k.age(node))
		return nil, k.end(k.t, Refused)
	}
	b := t.choose(all, &k.rand, k.from())
	k.Endpoint, k.Node = b.pod, b.node
	if k.tell {
		k.note(node, "Service "+s.Name+": "+b.pod+" "+port(b.address, b.port)+", one of "+count(len(all), "endpoint")+" in its table of "+k.age(node))
	}
	return b, true
}

// nodePort is the Service behind a port of a node.
func (k *walk) nodePort(node, address string) (*backend, bool) {
	if k.Port < firstNodePort || k.Port > lastNodePort {
		return &backend{address: address, node: node, port: k.Port}, true
	}
	sn := k.tableAt(node)
	for _, o := range sn.List(api.KindService) {
		s, ok := o.(*api.Service)
		if !ok {
			continue
		}
		for i := range s.Spec.Ports {
			if s.Spec.Ports[i].NodePort == k.Port {
				k.via(node)
				local := s.Spec.ExternalTrafficPolicy == api.TrafficLocal && k.client == ""
				return k.balance(sn, s, node, func(p *api.ServicePort) bool { return p.NodePort == k.Port }, local)
			}
		}
	}
	return &backend{address: address, node: node, port: k.Port}, true
}

// via remembers that the packets go through a node first.
func (k *walk) via(node string) {
	if node != k.client {
		k.through = node
	}
}

// nodeAt is the node with this address; "" if none has it.
func (k *walk) nodeAt(address string) string {
	for _, o := range k.Snapshot.AsOf(k.t).List(api.KindNode) {
		if n, ok := o.(*api.Node); ok && addressOf(n) == address {
			return n.Name
		}
	}
	return ""
}

// podAt is the pod with this address, whose network has no way in from outside.
func (k *walk) podAt(address string) (*backend, bool) {
	if k.client == "" {
		k.note(k.from(), "an address of a pod has no route from outside")
		return nil, true
	}
	sn := k.Snapshot.AsOf(k.t)
	for _, o := range sn.List(api.KindSandbox) {
		box, ok := o.(*api.Sandbox)
		if !ok || box.IP != address || box.Dead {
			continue
		}
		k.Endpoint, k.Node = box.OwnerReferences[0].Name, box.Node
		return &backend{address: address, node: box.Node, port: k.Port, namespace: box.Namespace, pod: k.Endpoint, uid: box.PodUID}, true
	}
	if node := k.nodeOfRange(sn, address); node != "" {
		return &backend{address: address, node: node, port: k.Port, uid: "nobody", pod: "nobody"}, true
	}
	return nil, true
}

// nodeOfRange is the node whose pods have addresses like this one; "" if none.
func (k *walk) nodeOfRange(sn store.Snapshot, address string) string {
	dot := strings.LastIndexByte(address, '.')
	for _, o := range sn.List(api.KindNode) {
		if n, ok := o.(*api.Node); ok && dot > 0 && strings.HasPrefix(n.Spec.PodCIDR, address[:dot+1]) {
			return n.Name
		}
	}
	return ""
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
