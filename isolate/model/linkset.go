package model

import (
	"slices"

	"github.com/slipway-dev/slipway/internal/sorting"
)

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
	l.Up, l.Opened = up, true
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
	case l.Kind == "loopback":
		return &NetError{Errno: EINVAL}
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
		sorting.Func(to.links, func(a, b *Link) int { return a.Index - b.Index })
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
