//go:build !engine || machine

package playground

import (
	"strconv"

	"github.com/slipway-dev/slipway/isolate/model"
)

// Most of what is told of one namespace.
const (
	mostMounts  = 100
	mostDevices = 60
	mostRoutes  = 40
)

// capSets are the sets of capabilities a process has, in the order in which they are told.
func capSets(c *model.Cred) [5]model.CapSet {
	return [...]model.CapSet{c.Permitted, c.Effective, c.Inheritable, c.Bounding, c.Ambient}
}

// secureNames are the securebits as setpriv spells them, by bit.
var secureNames = [...]string{"noroot", "noroot_locked", "no_setuid_fixup", "no_setuid_fixup_locked", "keep_caps", "keep_caps_locked",
	"no_cap_ambient_raise", "no_cap_ambient_raise_locked"}

// writeCred tells what a process may do: its sets of capabilities in hexadecimal, as /proc shows them, and what binds it further.
func writeCred(w *pen, p *model.Process) {
	c := p.Cred()
	w.begin("caps", '[')
	for _, set := range capSets(c) {
		w.text("", strconv.FormatUint(uint64(set), 16))
	}
	w.end(']')
	w.truth("nothingNew", c.NoNewPrivs)
	w.begin("secure", '[')
	for i, name := range secureNames {
		if c.Secure>>i&1 == 1 {
			w.text("", name)
		}
	}
	w.end(']')
	w.number("filters", int64(p.Filters()))
}

// spaces adds the mount namespaces and the network namespaces: those of the first shell and of the one that is typed to, then in the order in
// which processes first have them.
func spaces(items []drawing, procs []*model.Process, shell, front *model.Process) []drawing {
	members := map[uint64]int64{}
	first, seen := map[uint64]*model.Process{}, map[uint64]bool{}
	var trees []*model.MntNS
	order := make([]*model.Process, 0, len(procs)+2)
	for _, p := range []*model.Process{shell, front} {
		if p != nil && p.Doing() != "zombie" {
			order = append(order, p)
		}
	}
	known := len(order)
	for i, p := range append(order, procs...) {
		if p.Doing() == "zombie" {
			continue
		}
		for _, kind := range [...]model.NSKind{model.MntKind, model.NetKind} {
			ns := p.Namespace(kind)
			if t, ok := ns.(*model.MntNS); ok && !seen[ns.Ino()] {
				seen[ns.Ino()] = true
				trees = append(trees, t)
			}
			if i < known {
				continue
			}
			if members[ns.Ino()]++; first[ns.Ino()] == nil {
				first[ns.Ino()] = p
			}
		}
	}
	head := func(ino uint64) *pen {
		w := &pen{append(make([]byte, 0, 1024), '{')}
		w.text("key", strconv.FormatUint(ino, 10))
		w.number("members", members[ino])
		pid := 0
		if p := first[ino]; p != nil {
			pid = p.NumberIn(shell)
		}
		w.number("first", int64(pid))
		return w
	}
	for _, t := range trees[:min(len(trees), mostSpaces)] {
		items = append(items, drawing{2, strconv.FormatUint(t.Ino(), 10), mountsJSON(head(t.Ino()), t.Mounts())})
	}
	items = rest(items, 2, len(trees)-mostSpaces)
	nets := model.Networks(append(order, procs...))
	for i := range nets[:min(len(nets), mostSpaces)] {
		n := &nets[i]
		items = append(items, drawing{3, strconv.FormatUint(n.Ino, 10), networkJSON(head(n.Ino), n)})
	}
	return rest(items, 3, len(nets)-mostSpaces)
}

func mountsJSON(w *pen, mounts []model.MountView) []byte {
	w.begin("mounts", '[')
	for i := range mounts[:min(len(mounts), mostMounts)] {
		v := &mounts[i]
		w.begin("", '{')
		w.number("id", int64(v.ID))
		w.number("on", int64(v.Parent))
		w.text("place", v.Place)
		w.text("part", v.Part)
		w.text("type", v.Type)
		w.text("source", v.Source)
		w.text("options", v.Options)
		w.text("propagation", v.Propagation())
		if l := v.Layers; l != nil {
			w.begin("layers", '{')
			w.text("upper", l.Upper)
			w.texts("lowers", l.Lowers)
			w.begin("changes", '[')
			for _, c := range l.Changes {
				w.begin("", '{')
				w.text("path", c.Path)
				w.text("how", c.How)
				w.end('}')
			}
			w.end(']')
			w.number("more", int64(l.More))
			w.end('}')
		}
		w.end('}')
	}
	w.end(']')
	w.number("left", int64(max(0, len(mounts)-mostMounts)))
	w.end('}')
	return w.b
}

func networkJSON(w *pen, n *model.NetView) []byte {
	w.text("name", n.Name)
	w.truth("relays", n.Relays)
	w.begin("links", '[')
	for i := range n.Links[:min(len(n.Links), mostDevices)] {
		l := &n.Links[i]
		w.begin("", '{')
		w.text("name", l.Name)
		w.text("kind", l.Kind)
		tone := ToneIdle
		if l.Up {
			tone = ToneOK
			if !l.Carrier {
				tone = ToneWarn
			}
		}
		w.text("tone", string(tone))
		w.truth("up", l.Up)
		w.truth("carrier", l.Carrier)
		w.number("mtu", int64(l.MTU))
		w.text("master", l.Master)
		w.text("peer", l.Peer)
		in := ""
		if l.Peer != "" {
			in = strconv.FormatUint(l.PeerIno, 10)
		}
		w.text("peerIn", in)
		w.texts("addresses", l.Addrs)
		w.end('}')
	}
	w.end(']')
	w.texts("routes", n.Routes[:min(len(n.Routes), mostRoutes)])
	w.number("left", int64(max(0, len(n.Links)-mostDevices)+max(0, len(n.Routes)-mostRoutes)))
	w.end('}')
	return w.b
}
