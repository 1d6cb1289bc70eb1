package model

import "slices"

// NetError is why a change of the network was refused: an errno, and what the kernel adds to it.
type NetError struct {
	Errno Errno
	Text  string // "" or the kernel's own words
}

func (p *Process) netAdmin() bool { return p.cred.capable(p.ns.net.owner, CapNetAdmin) }

// LinkInfo is a device as rtnetlink(7) tells of it.
type LinkInfo struct {
	Link
	Carrier   bool
	Master    string
	PeerUp    bool
	PeerIndex int // of the other end of a veth, 0 if there is none
	PeerNSID  int // of the namespace of the other end, -1 if it is this one
	Ports     int // of a bridge
	Addrs     []Addr
}

// Links are the devices of the process' network namespace, by index.
func (p *Process) Links() []LinkInfo {
	p.syscall()
	var list []LinkInfo
	for _, l := range p.ns.net.links {
		info := LinkInfo{Link: *l, Carrier: l.carrier(), PeerNSID: -1, Addrs: slices.Clone(l.addrs)}
		if l.master != nil {
			info.Master = l.master.Name
		}
		if l.peer != nil {
			info.PeerIndex, info.PeerUp = l.peer.Index, l.peer.Up
			if l.peer.ns != l.ns {
				info.PeerNSID = l.ns.peerID(l.peer.ns)
			}
		}
		list = append(list, info)
	}
	return list
}

// NewLink is what a device is made of.
type NewLink struct {
	Name, Kind   string
	NS           int // descriptor of the namespace it is made in; -1 is the process' own
	Peer         string
	PeerNS       int
	MTU          int
	MAC, PeerMAC [6]byte
}

// LinkAdd makes a device, or two that are the ends of a veth.
//
// Errors: EPERM without CAP_NET_ADMIN, EEXIST for a name that is taken, EOPNOTSUPP for an unknown kind.
func (p *Process) LinkAdd(n NewLink) *NetError {
	p.syscall()
	if !p.netAdmin() {
		return &NetError{Errno: EPERM}
	}
	if n.Kind != "veth" && n.Kind != "bridge" && n.Kind != "dummy" {
		return &NetError{EOPNOTSUPP, "Unknown device type"}
	}
	ns, e := p.netOf(n.NS)
	if e != OK {
		return &NetError{Errno: e}
	}
	if n.MTU == 0 {
		n.MTU = 1500
	}
	name := n.Name
	if name == "" {
		name = ns.free(n.Kind)
	}
	if ns.link(name) != nil {
		return &NetError{Errno: EEXIST}
	}
	l := &Link{Name: name, Kind: n.Kind, MTU: n.MTU, MAC: p.mac(n.MAC)}
	if n.Kind != "veth" {
		ns.addLink(l)
		return nil
	}
	other, e := p.netOf(n.PeerNS)
	if e != OK {
		return &NetError{Errno: e}
	}
	if n.PeerNS < 0 {
		other = ns
	}
	peer := &Link{Name: n.Peer, Kind: "veth", MTU: n.MTU, MAC: p.mac(n.PeerMAC), peer: l}
	if peer.Name == "" {
		peer.Name = other.free("veth")
		if other == ns && peer.Name == name {
			peer.Name = "veth1"
		}
	}
	if other.link(peer.Name) != nil || other == ns && peer.Name == name {
		return &NetError{Errno: EEXIST}
	}
	l.peer = peer
	other.addLink(peer)
	ns.addLink(l)
	if other != ns {
		ns.peerID(other)
		other.peerID(ns)
	}
	return nil
}

// free is the kind with the first number behind it that is not taken.
func (n *NetNS) free(kind string) string {
	for i := 0; ; i++ {
		if name := kind + itoa(i); n.link(name) == nil {
			return name
		}
	}
}

// mac is an address, made up if none is given.
func (p *Process) mac(given [6]byte) [6]byte {
	if given != [6]byte{} {
		return given
	}
	p.k.macs++
	n := p.k.macs*0x9E3779B1 + 0x5157
	return [6]byte{0x3e, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n), byte(p.k.macs)}
}

func (p *Process) netOf(fd int) (*NetNS, Errno) {
	if fd < 0 {
		return p.ns.net, OK
	}
	f, e := p.file(fd)
	if e != OK {
		return nil, e
	}
	ns, ok := f.ino.ns.(*NetNS)
	if !ok {
		return nil, EINVAL
	}
	if !p.cred.capable(ns.owner, CapNetAdmin) {
		return nil, EPERM
	}
	return ns, OK
}

func (p *Process) link(name string) (*Link, *NetError) {
	p.syscall()
	l := p.ns.net.link(name)
	if l == nil {
		return nil, &NetError{Errno: ENODEV}
	}
	if !p.netAdmin() {
		return nil, &NetError{Errno: EPERM}
	}
	return l, nil
}

func (n *NetNS) addRoute(r Route) {
	at := len(n.routes)
	for i, o := range n.routes {
		if o.Dst > r.Dst || o.Dst == r.Dst && (o.Len > r.Len || o.Len == r.Len && o.Metric > r.Metric) {
			at = i
			break
		}
	}
	n.routes = slices.Insert(n.routes, at, r)
}

// AddrAdd gives a device an address.
func (p *Process) AddrAdd(name string, a Addr) *NetError {
	l, err := p.link(name)
	if err != nil {
		return err
	}
	for _, o := range l.addrs {
		if o.IP == a.IP && o.Len == a.Len {
			return &NetError{EEXIST, "ipv4: Address already assigned"}
		}
		if o.IP.Mask(o.Len) == a.IP.Mask(a.Len) && o.Len == a.Len {
			a.Secondary = true
		}
	}
	if a.Label == "" {
		a.Label = l.Name
	}
	if a.Scope == "" {
		a.Scope = "global"
	}
	l.addrs = append(l.addrs, a)
	if !a.Secondary {
		l.connect(a)
	}
	return nil
}

// AddrDel takes one away.
func (p *Process) AddrDel(name string, ip IP, length int) *NetError {
	l, err := p.link(name)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(l.addrs, func(a Addr) bool { return a.IP == ip && (length < 0 || a.Len == length) })
	if i < 0 {
		return &NetError{EADDRNOTAVAIL, "ipv4: Address not found"}
	}
	old := l.addrs[i]
	l.addrs = slices.Delete(l.addrs, i, i+1)
	if !old.Secondary { // the others of its network go with the first
		l.addrs = slices.DeleteFunc(l.addrs, func(a Addr) bool { return a.Secondary && a.Len == old.Len && a.IP.Mask(a.Len) == ip.Mask(old.Len) })
	}
	l.ns.routes = slices.DeleteFunc(l.ns.routes, func(r Route) bool { return r.Dev == l && r.Src == ip })
	return nil
}

// AddrFlush takes all away.
func (p *Process) AddrFlush(name string) *NetError {
	l, err := p.link(name)
	if err != nil {
		return err
	}
	l.addrs = nil
	l.ns.routes = slices.DeleteFunc(l.ns.routes, func(r Route) bool { return r.Dev == l })
	return nil
}

// Routes are the routes of the process' network namespace, as ip route lists them.
func (p *Process) Routes() []Route {
	p.syscall()
	return slices.Clone(p.ns.net.routes)
}

// RouteTo is the route packets to an address take, with the source they carry; local tells that they stay.
func (p *Process) RouteTo(ip IP) (r Route, local bool, e Errno) {
	p.syscall()
	n := p.ns.net
	if l := n.local(ip); l != nil {
		return Route{Dst: ip, Dev: n.link("lo"), Src: ip}, true, OK
	}
	r, ok := n.route(ip)
	if !ok {
		return r, false, ENETUNREACH
	}
	r.Src = n.source(r, ip)
	return r, false, OK
}

// RouteAdd adds a route over the named device; without one the gateway says which.
func (p *Process) RouteAdd(r Route, dev string, replace bool) *NetError {
	p.syscall()
	n := p.ns.net
	if !p.netAdmin() {
		return &NetError{Errno: EPERM}
	}
	if dev != "" {
		if r.Dev = n.link(dev); r.Dev == nil {
			return &NetError{Errno: ENODEV}
		}
		if !r.Dev.Up {
			return &NetError{ENETDOWN, "Device for nexthop is not up"}
		}
	}
	if r.Via != 0 {
		via, ok := n.route(r.Via)
		if n.local(r.Via) != nil {
			return &NetError{EINVAL, "Nexthop has invalid gateway"}
		}
		if !ok || via.Via != 0 || r.Dev != nil && via.Dev != r.Dev {
			return &NetError{ENETUNREACH, "Nexthop has invalid gateway"}
		}
		r.Dev = via.Dev
	} else if r.Dev == nil && r.Kind == "" {
		return &NetError{Errno: ENODEV}
	}
	if r.Dst.Mask(r.Len) != r.Dst {
		return &NetError{EINVAL, "Invalid prefix for given prefix length"}
	}
	i := slices.IndexFunc(n.routes, func(o Route) bool { return o.Dst == r.Dst && o.Len == r.Len && o.Metric == r.Metric })
	if i >= 0 {
		if !replace {
			return &NetError{Errno: EEXIST}
		}
		n.routes = slices.Delete(n.routes, i, i+1)
	}
	n.addRoute(r)
	return nil
}

// RouteDel takes the first route away that fits.
func (p *Process) RouteDel(r Route, dev string) *NetError {
	p.syscall()
	n := p.ns.net
	if !p.netAdmin() {
		return &NetError{Errno: EPERM}
	}
	i := slices.IndexFunc(n.routes, func(o Route) bool {
		return o.Dst == r.Dst && o.Len == r.Len && (r.Via == 0 || o.Via == r.Via) && (dev == "" || o.Dev != nil && o.Dev.Name == dev)
	})
	if i < 0 {
		return &NetError{Errno: ESRCH}
	}
	n.routes = slices.Delete(n.routes, i, i+1)
	return nil
}

// NetID is the number by which the process' network namespace knows that of a descriptor, -1 if it does not.
func (p *Process) NetID(fd int) int {
	f, e := p.file(fd)
	if e != OK {
		return -1
	}
	ns, ok := f.ino.ns.(*NetNS)
	if !ok {
		return -1
	}
	return slices.Index(p.ns.net.peers, ns)
}
