package model

// NetView is a network namespace as a host draws it.
type NetView struct {
	Ino    uint64
	Name   string // that it was given by ip netns; "" if none
	Links  []LinkView
	Routes []string // as ip route prints them
	Relays bool     // it passes on packets that are for others
}

// LinkView is a network device as a host draws it.
type LinkView struct {
	Index, MTU  int
	Name, Kind  string
	Up, Carrier bool
	Master      string // the bridge it is a port of
	Peer        string // the other end of its cable, "" if there is none, and the namespace that is in
	PeerIno     uint64
	Addrs       []string
}

// Networks are the network namespaces of some processes, in the order of the processes, and then those that only a file keeps: a mount
// of one, as ip netns makes it, or the other end of a cable.
func Networks(procs []*Process) []NetView {
	var all []*NetNS
	seen, names, trees := map[*NetNS]bool{}, map[*NetNS]string{}, map[*MntNS]bool{}
	add := func(n *NetNS) {
		if n != nil && !seen[n] {
			seen[n] = true
			all = append(all, n)
		}
	}
	for _, p := range procs {
		if p.state != zombie {
			add(p.ns.net)
		}
	}
	for _, p := range procs {
		ns := p.ns.mnt
		if p.state == zombie || trees[ns] || ns.root == nil {
			continue
		}
		trees[ns] = true
		for _, m := range ns.root.tree(nil) {
			if n, ok := m.root.ino.ns.(*NetNS); ok {
				add(n)
				names[n] = m.place.name
			}
		}
	}
	for i := 0; i < len(all); i++ {
		for _, l := range all[i].links {
			if l.peer != nil {
				add(l.peer.ns)
			}
		}
	}
	var list []NetView
	for _, n := range all {
		list = append(list, n.view(names[n]))
	}
	return list
}

func (n *NetNS) view(name string) NetView {
	v := NetView{Ino: n.ino, Name: name, Relays: n.forward}
	for _, l := range n.links {
		o := LinkView{Index: l.Index, MTU: l.MTU, Name: l.Name, Kind: l.Kind, Up: l.Up, Carrier: l.carrier()}
		if l.master != nil {
			o.Master = l.master.Name
		}
		if l.peer != nil {
			o.Peer, o.PeerIno = l.peer.Name, l.peer.ns.ino
		}
		for _, a := range l.addrs {
			o.Addrs = append(o.Addrs, a.IP.String()+"/"+itoa(a.Len))
		}
		v.Links = append(v.Links, o)
	}
	for _, r := range n.routes {
		v.Routes = append(v.Routes, r.text())
	}
	return v
}

// text is the route in short, as ip route begins the line.
func (r Route) text() string {
	text := "default"
	if r.Dst != 0 || r.Len != 0 {
		if text = r.Dst.String(); r.Len != 32 {
			text += "/" + itoa(r.Len)
		}
	}
	if r.Kind != "" {
		text = r.Kind + " " + text
	}
	if r.Via != 0 {
		text += " via " + r.Via.String()
	}
	if r.Dev != nil {
		text += " dev " + r.Dev.Name
	}
	if r.Src != 0 {
		text += " src " + r.Src.String()
	}
	return text
}
