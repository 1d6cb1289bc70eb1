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
			info.PeerIndex = l.peer.Index
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

// LinkDel removes a device, a veth with its other end.
func (p *Process) LinkDel(name string) *NetError {
	l, err := p.link(name)
	if err != nil {
		return err
	}
	if l.Kind == "loopback" {
		return &NetError{Errno: EOPNOTSUPP}
	}
	l.remove()
	return nil
}

func (l *Link) remove() {
	l.ns.forget(l)
	if peer := l.peer; peer != nil {
		l.peer, peer.peer = nil, nil
		peer.ns.forget(peer)
	}
}

// forget takes a device out of the namespace, with its routes and ports.
func (n *NetNS) forget(l *Link) {
	n.links = slices.DeleteFunc(n.links, func(o *Link) bool { return o == l })
	n.routes = slices.DeleteFunc(n.routes, func(r Route) bool { return r.Dev == l })
	for _, o := range n.links {
		if o.master == l {
			o.master = nil
		}
	}
}

// LinkUp switches a device on or off; routes over one that is off are gone.
func (p *Process) LinkUp(name string, up bool) *NetError {
	l, err := p.link(name)
	if err != nil {
		return err
	}
	if l.Up == up {
		return nil
	}
	l.Up = up
	if !up {
		l.ns.routes = slices.DeleteFunc(l.ns.routes, func(r Route) bool { return r.Dev == l })
		return nil
	}
	if l.Kind == "loopback" && len(l.addrs) == 0 {
		l.addrs = []Addr{{IP: 127<<24 | 1, Len: 8, Scope: "host", Label: l.Name}}
	}
	for _, a := range l.addrs {
		l.connect(a)
	}
	return nil
}

// connect adds the route to the network an address is in.
func (l *Link) connect(a Addr) {
	if l.Kind == "loopback" || a.Len >= 32 || !l.Up {
		return
	}
	l.ns.addRoute(Route{Dst: a.IP.Mask(a.Len), Len: a.Len, Dev: l, Src: a.IP, Scope: "link", Proto: "kernel"})
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

// LinkMaster makes a device a port of a bridge; "" takes it off.
func (p *Process) LinkMaster(name, master string) *NetError {
	l, err := p.link(name)
	if err != nil {
		return err
	}
	if master == "" {
		l.master = nil
		return nil
	}
	m := p.ns.net.link(master)
	switch {
	case m == nil:
		return &NetError{Errno: ENODEV}
	case m.Kind != "bridge":
		return &NetError{EOPNOTSUPP, "Device does not allow enslaving to it"}
	case l.Kind == "loopback" || l == m:
		return &NetError{EINVAL, "Device can not be enslaved to a bridge"}
	case l.Kind == "bridge":
		return &NetError{ELOOP, "Can not enslave a bridge to a bridge"}
	}
	l.master = m
	return nil
}

// LinkMove puts a device into the network namespace of a descriptor, without its addresses.
func (p *Process) LinkMove(name string, fd int) *NetError {
	l, err := p.link(name)
	if err != nil {
		return err
	}
	to, e := p.netOf(fd)
	switch {
	case e != OK:
		return &NetError{Errno: e}
	case to == l.ns:
		return nil
	case l.Kind == "loopback":
		return &NetError{EINVAL, "The interface netns is immutable"}
	case to.link(l.Name) != nil:
		return &NetError{Errno: EEXIST}
	}
	index := l.Index
	l.ns.forget(l)
	l.addrs, l.Up, l.master = nil, false, nil
	taken := slices.ContainsFunc(to.links, func(o *Link) bool { return o.Index == index })
	from := l.ns
	if taken {
		to.addLink(l)
	} else {
		l.ns = to
		to.links = append(to.links, l)
		slices.SortFunc(to.links, func(a, b *Link) int { return a.Index - b.Index })
		to.last = max(to.last, index)
	}
	if l.peer != nil {
		l.peer.ns.peerID(to)
		to.peerID(from)
	}
	return nil
}

// LinkRename gives a device another name. Errors: EBUSY in old kernels only; EEXIST.
func (p *Process) LinkRename(name, to string) *NetError {
	l, err := p.link(name)
	if err != nil {
		return err
	}
	if p.ns.net.link(to) != nil {
		return &NetError{Errno: EEXIST}
	}
	if len(to) > 15 || to == "" {
		return &NetError{Errno: EINVAL}
	}
	l.Name = to
	for i := range l.addrs {
		l.addrs[i].Label = to
	}
	return nil
}

// LinkSet changes the MTU (if not 0) and the address (if not zero) of a device.
func (p *Process) LinkSet(name string, mtu int, mac [6]byte) *NetError {
	l, err := p.link(name)
	if err != nil {
		return err
	}
	if mtu != 0 {
		if mtu < 68 {
			return &NetError{EINVAL, "mtu less than device minimum"}
		}
		if mtu > 65535 && l.Kind != "loopback" {
			return &NetError{EINVAL, "mtu greater than device maximum"}
		}
		l.MTU = mtu
	}
	if mac != [6]byte{} {
		l.MAC = mac
	}
	return nil
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
	l.addrs = slices.Delete(l.addrs, i, i+1)
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
