package model

// packet is what is on its way through the network: an echo request, or the first segment of a connection.
type packet struct {
	src, dst     IP
	sport, dport uint16 // 0 of an echo request
	tcp          bool
	ttl          int
	tracks       []track
	reply        bool // it goes the way back of what tracks tell
}

// fate is how a packet fared: where it arrived, or why it did not.
type fate struct {
	at   *NetNS // nil if it did not arrive
	e    Errno  // what the sender is told; OK if nobody tells it anything
	far  bool   // a router told it, not the sender's own kernel
	late bool   // nobody has the address: that is known after some seconds
}

// carry takes a packet from its sender through cables, bridges and routers to the namespace that has the address.
func (n *NetNS) carry(pk *packet) fate {
	for in := (*Link)(nil); ; {
		t := n.track(pk)
		n.before(pk, in)
		if n.local(pk.dst) != nil {
			if lo := n.link("lo"); lo == nil || !lo.Up && pk.src != 0 && n.local(pk.src) != nil {
				return fate{}
			}
			t.after(pk)
			return fate{at: n}
		}
		if in != nil && (!n.forward || pk.ttl <= 1) {
			return fate{}
		}
		r, ok := n.route(pk.dst)
		if e := r.refuses(ok, in != nil); e != OK || r.Dev == nil {
			return fate{e: e, far: in != nil}
		}
		if in != nil {
			pk.ttl--
		}
		n.behind(pk, r)
		t.after(pk)
		next := r.Via
		if next == 0 {
			next = pk.dst
		}
		to := neighbour(r.Dev, next)
		if to == nil {
			if r.Dev.Kind == "dummy" {
				return fate{}
			}
			return fate{e: EHOSTUNREACH, far: in != nil, late: true}
		}
		n, in = to.ns, to
	}
}

// refuses is what the sender is told of a route that leads nowhere, by its own kernel or by a router.
func (r Route) refuses(found, router bool) Errno {
	switch {
	case !found:
		return ENETUNREACH
	case r.Kind == "unreachable" || r.Kind == "prohibit" && router:
		return EHOSTUNREACH
	case r.Kind == "prohibit":
		return EACCES
	case r.Kind == "blackhole" && !router:
		return EINVAL
	}
	return OK
}

// back is the answer to a packet that arrived at a namespace; it tells whether the answer reaches the sender.
func (pk *packet) back(at, sender *NetNS, src, dst IP) (ttl int, ok bool) {
	answer := packet{src: pk.dst, dst: pk.src, sport: pk.dport, dport: pk.sport, tcp: pk.tcp, ttl: 64, tracks: pk.tracks, reply: true}
	f := at.carry(&answer)
	return answer.ttl, f.at == sender && answer.src == dst && answer.dst == src
}

// neighbour is the device that answers for an address on a device's segment.
func neighbour(dev *Link, ip IP) *Link {
	if !dev.Up || dev.Kind == "dummy" || dev.master != nil {
		return nil
	}
	for _, l := range dev.segment() {
		if l.master == nil && l.ns != dev.ns && l.ns.local(ip) != nil {
			return l
		}
	}
	return nil
}
