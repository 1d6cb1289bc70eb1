package model

import "strings"

// NATRule is a rule of the table nat. A condition that is not set fits every packet. Source: iptables(8), iptables-extensions(8).
type NATRule struct {
	Src, Dst       IP
	SrcLen, DstLen int
	In, Out        string // devices
	Proto          string // "", "tcp", "udp" or "icmp"
	Port           int    // the destination's; 0 is any
	Not            string // which of the conditions are turned round, by the letters of their options: s, d, i, o, p
	Target         string // "MASQUERADE", "SNAT", "DNAT", "REDIRECT", "ACCEPT" or "RETURN"
	To             IP     // 0: as it is
	ToPort         int    // 0: as it is
}

// NATChains are the chains of the table nat, as iptables lists them.
var NATChains = []string{"PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"}

// NAT are the rules of a chain of the process' network namespace, which must not be changed. Errors: EPERM without CAP_NET_ADMIN or CAP_NET_RAW.
func (p *Process) NAT(chain string) ([]*NATRule, Errno) {
	p.syscall()
	if !p.netAdmin() {
		return nil, EPERM
	}
	return p.ns.net.nat[chain], OK
}

// SetNAT takes as many rules as drop says out of a chain at a place, and puts add there if it is not nil; it then belongs to the kernel.
// Errors: EPERM.
func (p *Process) SetNAT(chain string, at, drop int, add *NATRule) Errno {
	p.syscall()
	if !p.netAdmin() {
		return EPERM
	}
	n := p.ns.net
	if n.nat == nil {
		n.nat = map[string][]*NATRule{}
	}
	rules := n.nat[chain]
	next := append([]*NATRule(nil), rules[:at]...)
	if add != nil {
		next = append(next, add)
	}
	next = append(next, rules[min(at+drop, len(rules)):]...)
	n.nat[chain] = next
	return OK
}

// track is what a namespace has made of a packet, so that it can undo it in the answer. Source: the kernel's connection tracking.
type track struct {
	ns       *NetNS
	was, now [2]IP
	from, to [2]uint16
}

// tracking is where a packet's last track is filled in.
type tracking struct {
	pk *packet
	at int
}

// track notes the packet as it came, or turns an answer back into what the one it answers was here.
func (n *NetNS) track(pk *packet) tracking {
	if !pk.reply {
		pk.tracks = append(pk.tracks, track{ns: n, was: [2]IP{pk.src, pk.dst}, from: [2]uint16{pk.sport, pk.dport}})
		return tracking{pk, len(pk.tracks) - 1}
	}
	for _, t := range pk.tracks {
		if t.ns == n && t.now == [2]IP{pk.dst, pk.src} && t.to == [2]uint16{pk.dport, pk.sport} {
			pk.src, pk.dst, pk.sport, pk.dport = t.was[1], t.was[0], t.from[1], t.from[0]
			break
		}
	}
	return tracking{pk, -1}
}

// after notes the packet as it goes.
func (t tracking) after(pk *packet) {
	if t.at >= 0 {
		k := &pk.tracks[t.at]
		k.now, k.to = [2]IP{pk.src, pk.dst}, [2]uint16{pk.sport, pk.dport}
	}
}

// before changes where a packet goes, before it is known what route that takes.
func (n *NetNS) before(pk *packet, in *Link) {
	chain, name := "OUTPUT", ""
	if in != nil {
		chain, name = "PREROUTING", in.Name
	}
	r := n.rule(chain, pk, name, "")
	if r == nil {
		return
	}
	to := r.To
	if r.Target == "REDIRECT" {
		if to = 127<<24 | 1; in != nil && len(in.addrs) > 0 {
			to = in.addrs[0].IP
		}
	} else if r.Target != "DNAT" {
		return
	}
	if to != 0 {
		pk.dst = to
	}
	if r.ToPort != 0 {
		pk.dport = uint16(r.ToPort)
	}
}

// behind changes where a packet comes from, once its route is known.
func (n *NetNS) behind(pk *packet, r Route) {
	switch rule := n.rule("POSTROUTING", pk, "", r.Dev.Name); {
	case rule == nil:
	case rule.Target == "MASQUERADE":
		r.Src = 0
		if ip := n.source(r, pk.dst); ip != 0 {
			pk.src = ip
		}
	case rule.Target == "SNAT" && rule.To != 0:
		pk.src = rule.To
	}
}

// rule is the first rule of a chain that fits; none is looked for in answers, which follow their tracks.
func (n *NetNS) rule(chain string, pk *packet, in, out string) *NATRule {
	if pk.reply {
		return nil
	}
	for _, r := range n.nat[chain] {
		if r.Target != "" && r.fits(pk, in, out) {
			return r
		}
	}
	return nil
}

func (r *NATRule) fits(pk *packet, in, out string) bool {
	proto := "icmp"
	if pk.tcp {
		proto = "tcp"
	}
	wrong := func(letter byte, fits bool) bool { return fits == (strings.IndexByte(r.Not, letter) >= 0) }
	return !(r.SrcLen > 0 && wrong('s', pk.src.Mask(r.SrcLen) == r.Src) || r.DstLen > 0 && wrong('d', pk.dst.Mask(r.DstLen) == r.Dst) ||
		r.In != "" && wrong('i', r.In == in) || r.Out != "" && wrong('o', r.Out == out) || r.Proto != "" && wrong('p', r.Proto == proto) ||
		r.Port != 0 && r.Port != int(pk.dport))
}
