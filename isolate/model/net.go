package model

import "slices"

// NetNS is a network namespace: devices, addresses, routes. Source: network_namespaces(7).
type NetNS struct {
	nsBase
	links   []*Link // by index
	last    int     // the index given last
	routes  []Route
	peers   []*NetNS // by the id that this namespace knows them by
	forward bool
	sysctl  map[string]string
	users   int // processes

	listeners []*socket
	ports     int                   // how many were given to who asked for any
	nat       map[string][]*NATRule // by chain
}

// IP is an IPv4 address.
type IP uint32

// String is the address in four numbers.
func (ip IP) String() string {
	return itoa(int(ip>>24)) + "." + itoa(int(ip>>16&255)) + "." + itoa(int(ip>>8&255)) + "." + itoa(int(ip&255))
}

// Mask is the part of the address that its first n bits are.
func (ip IP) Mask(n int) IP {
	if n <= 0 {
		return 0
	}
	return ip &^ (1<<(32-n) - 1)
}

// Link is a network device. What a caller sees is a copy.
type Link struct {
	ns     *NetNS
	Index  int
	Name   string
	Kind   string // "loopback", "veth", "bridge" or "dummy"
	MAC    [6]byte
	MTU    int
	Up     bool
	peer   *Link
	master *Link
	addrs  []Addr
	Opened bool // it has been up before
	Alias  string
}

// Addr is an address of a device.
type Addr struct {
	IP        IP
	Len       int
	Broadcast IP
	Scope     string // "global", "link" or "host"
	Label     string
	Secondary bool
}

// Route is where packets for some addresses go.
type Route struct {
	Dst    IP
	Len    int
	Via    IP // 0: the destination is on the link
	Dev    *Link
	Src    IP
	Scope  string
	Proto  string
	Metric int
	Kind   string // "" is unicast; "blackhole", "unreachable", "prohibit"
}

func (k *Kernel) newNetNS(base nsBase) *NetNS {
	n := &NetNS{nsBase: base, sysctl: map[string]string{}}
	n.addLink(&Link{Name: "lo", Kind: "loopback", MTU: 65536})
	return n
}

// left says that a process has left the namespace. When nothing keeps an empty one, its devices vanish, with the other ends of its veths.
func (n *NetNS) left(k *Kernel) {
	n.users--
	n.vanish(k)
}

func (n *NetNS) vanish(k *Kernel) {
	if n.users > 0 || k.kept(n) {
		return
	}
	for len(n.links) > 0 {
		n.links[0].remove()
	}
}

func (n *NetNS) addLink(l *Link) {
	n.last++
	l.ns, l.Index = n, n.last
	n.links = append(n.links, l)
}

func (n *NetNS) link(name string) *Link {
	for _, l := range n.links {
		if l.Name == name {
			return l
		}
	}
	return nil
}

// carrier tells whether the device has somebody at its other end.
func (l *Link) carrier() bool {
	switch l.Kind {
	case "veth":
		return l.peer != nil && l.peer.Up && l.Up
	case "bridge":
		return slices.ContainsFunc(l.ns.links, func(o *Link) bool { return o.master == l && o.Up && o.carrier() })
	}
	return true
}

// peerID is the number by which n knows another namespace, given when it is first asked for.
func (n *NetNS) peerID(o *NetNS) int {
	if i := slices.Index(n.peers, o); i >= 0 {
		return i
	}
	n.peers = append(n.peers, o)
	return len(n.peers) - 1
}

// local tells whether an address is the namespace's own. It stays so when its device goes down, but for loopback.
func (n *NetNS) local(ip IP) *Link {
	for _, l := range n.links {
		if l.Kind == "loopback" && !l.Up {
			continue
		}
		for _, a := range l.addrs {
			if a.IP == ip || l.Kind == "loopback" && a.IP.Mask(a.Len) == ip.Mask(a.Len) {
				return l
			}
		}
	}
	return nil
}

// route is the best route to an address: the longest prefix, then the least metric.
func (n *NetNS) route(ip IP) (Route, bool) {
	var best Route
	found := false
	for _, r := range n.routes {
		if ip.Mask(r.Len) != r.Dst || r.Dev != nil && !r.Dev.Up {
			continue
		}
		if !found || r.Len > best.Len || r.Len == best.Len && r.Metric < best.Metric {
			best, found = r, true
		}
	}
	return best, found
}

// segment are the devices that hear what is sent on l, l itself not: over cables and through bridges.
func (l *Link) segment() []*Link {
	seen := []*Link{l}
	add := func(o *Link) {
		if o != nil && o.Up && !slices.Contains(seen, o) {
			seen = append(seen, o)
		}
	}
	for i := 0; i < len(seen); i++ {
		at := seen[i]
		if i > 0 && at.master != nil || i == 0 && at.Kind == "bridge" || at.Kind == "bridge" {
			bridge := at
			if at.Kind != "bridge" {
				bridge = at.master
			}
			if bridge.Up {
				add(bridge)
				for _, port := range bridge.ns.links {
					if port.master == bridge {
						add(port)
					}
				}
			}
		}
		if at.Kind == "veth" && at.Up {
			add(at.peer)
		}
	}
	return seen[1:]
}

// source is the address that packets on a route carry.
func (n *NetNS) source(r Route, dst IP) IP {
	if r.Src != 0 {
		return r.Src
	}
	if r.Dev == nil {
		return 0
	}
	next := r.Via
	if next == 0 {
		next = dst
	}
	first := IP(0)
	for _, a := range r.Dev.addrs {
		if a.IP.Mask(a.Len) == next.Mask(a.Len) {
			return a.IP
		}
		if first == 0 {
			first = a.IP
		}
	}
	if first != 0 {
		return first
	}
	for _, l := range n.links {
		for _, a := range l.addrs {
			if a.Scope == "global" && l.Up {
				return a.IP
			}
		}
	}
	return 0
}

// Echo is how a ping went.
type Echo struct {
	Answered bool
	From     IP
	TTL      int
}

// RawSocket tells whether the process may open a raw socket. Errors: EPERM without CAP_NET_RAW over the network namespace. Source: raw(7).
func (p *Process) RawSocket() Errno {
	p.syscall()
	if !p.cred.capable(p.ns.net.owner, CapNetRaw) {
		return EPERM
	}
	return OK
}

// Ping sends an echo request to an address. A request that nothing answers is no error.
//
// Errors: ENETUNREACH without a route. Source: icmp(7).
func (p *Process) Ping(dst IP, ttl int) (Echo, Errno) {
	p.syscall()
	n := p.ns.net
	src := dst
	if n.local(dst) == nil {
		r, ok := n.route(dst)
		if !ok {
			return Echo{}, ENETUNREACH
		}
		src = n.source(r, dst)
	}
	pk := packet{src: src, dst: dst, ttl: ttl}
	f := n.carry(&pk)
	if f.at == nil {
		if f.far || f.late {
			return Echo{}, OK
		}
		return Echo{}, f.e
	}
	left, ok := pk.back(f.at, n, src, dst)
	return Echo{Answered: ok, From: dst, TTL: left}, OK
}
