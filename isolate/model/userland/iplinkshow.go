package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// state is a device's operational state in a word.
//
// A veth without a carrier looks for its other end in its own namespace, by number, though it may lie in another. Source:
// net/core/link_watch.c, default_operstate.
func linkState(l model.LinkInfo, all []model.LinkInfo) string {
	switch {
	case !l.Up:
		return "DOWN"
	case l.Kind == "loopback" || l.Kind == "dummy":
		return "UNKNOWN"
	case l.Carrier:
		return "UP"
	case l.Kind == "veth" && l.PeerIndex != l.Index:
		for _, o := range all {
			if o.Index == l.PeerIndex && !o.Carrier {
				return "LOWERLAYERDOWN"
			}
		}
	}
	return "DOWN"
}

func linkFlags(l model.LinkInfo) string {
	var f []string
	if l.Up && !l.Carrier {
		f = append(f, "NO-CARRIER")
	}
	switch l.Kind {
	case "loopback":
		f = append(f, "LOOPBACK")
	case "dummy":
		f = append(f, "BROADCAST", "NOARP")
	default:
		f = append(f, "BROADCAST", "MULTICAST")
	}
	if l.Up {
		f = append(f, "UP")
		if l.Carrier {
			f = append(f, "LOWER_UP")
		}
	}
	if l.Kind == "veth" && l.PeerNSID < 0 && l.PeerIndex != 0 && !l.PeerUp {
		f = append(f, "M-DOWN")
	}
	return "<" + strings.Join(f, ",") + ">"
}

// linkName is the name with the other end of a veth behind it.
func linkName(l model.LinkInfo, all []model.LinkInfo) string {
	if l.PeerIndex == 0 {
		return l.Name
	}
	if l.PeerNSID < 0 {
		for _, o := range all {
			if o.Index == l.PeerIndex {
				return l.Name + "@" + o.Name
			}
		}
	}
	return l.Name + "@if" + itoa(l.PeerIndex)
}

// linkFilter is which devices are to be shown.
type linkFilter struct {
	name, master, kind string
	up                 bool
}

func (x *ipCmd) filter() (f linkFilter, status int) {
	for len(x.words) > 0 {
		switch w := x.next(); w {
		case "dev":
			f.name = x.next()
		case "master":
			f.master = x.next()
			if _, ok := x.find(f.master); !ok {
				x.say("Error: argument \"", f.master, "\" is wrong: Device does not exist\n\n")
				return f, 255
			}
		case "type":
			f.kind = x.next()
		case "up":
			f.up = true
		case "scope", "to", "label":
			x.next()
		default:
			f.name = w
		}
	}
	if f.name != "" {
		if _, ok := x.find(f.name); !ok {
			x.say("Device \"", f.name, "\" does not exist.\n")
			return f, 1
		}
	}
	return f, 0
}

func (f linkFilter) fits(l model.LinkInfo) bool {
	return (f.name == "" || l.Name == f.name) && (f.master == "" || l.Master == f.master) && (f.kind == "" || l.Kind == f.kind) && (!f.up || l.Up)
}

// showLinks is ip link, or ip address.
func (x *ipCmd) showLinks(addrs bool) int {
	f, status := x.filter()
	if status != 0 {
		return status
	}
	all := x.Links()
	for _, l := range all {
		if !f.fits(l) {
			continue
		}
		switch {
		case x.brief:
			x.put(left(linkName(l, all), 16), " ", left(linkState(l, all), 14), " ")
			if addrs {
				for _, a := range l.Addrs {
					x.put(a.IP.String(), "/", itoa(a.Len), " ")
				}
			} else {
				x.put(model.MACText(l.MAC), " ", linkFlags(l), " ")
			}
			x.put("\n")
		case addrs && x.oneLine:
			for _, a := range l.Addrs {
				x.put(itoa(l.Index), ": ", left(l.Name, 5), "  ")
				x.addrLine(a, `\ `)
			}
		default:
			x.longLink(l, all, addrs)
		}
	}
	return 0
}

func (x *ipCmd) longLink(l model.LinkInfo, all []model.LinkInfo, addrs bool) {
	end := "\n"
	if x.oneLine {
		end = `\`
	}
	qdisc := "noop"
	if l.Opened {
		qdisc = "noqueue"
	}
	x.put(itoa(l.Index), ": ", linkName(l, all), ": ", linkFlags(l), " mtu ", itoa(l.MTU), " qdisc ", qdisc)
	if l.Master != "" {
		x.put(" master ", l.Master)
	}
	x.put(" state ", linkState(l, all))
	if !addrs {
		x.put(" mode DEFAULT")
	}
	x.put(" group default qlen 1000", end)
	if l.Kind == "loopback" {
		x.put("    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00")
	} else {
		x.put("    link/ether ", model.MACText(l.MAC), " brd ff:ff:ff:ff:ff:ff")
	}
	if l.PeerNSID >= 0 {
		x.put(x.peerName(l.PeerNSID))
	}
	x.put("\n")
	if addrs {
		for _, a := range l.Addrs {
			x.put("    ")
			x.addrLine(a, "\n ")
		}
	}
}

// peerName is the namespace of the other end: by its name if it has one here.
func (x *ipCmd) peerName(id int) string {
	list, _ := x.list(netnsDir)
	for _, d := range list {
		if fd, ok := x.openNetns(d.Name); ok {
			n := x.NetID(fd)
			x.Close(fd)
			if n == id {
				return " link-netns " + d.Name
			}
		}
	}
	return " link-netnsid " + itoa(id)
}

func (x *ipCmd) addrLine(a model.Addr, end string) {
	x.put("inet ", a.IP.String(), "/", itoa(a.Len))
	if a.Broadcast != 0 {
		x.put(" brd ", a.Broadcast.String())
	}
	x.put(" scope ", a.Scope)
	if a.Secondary {
		x.put(" secondary")
	}
	x.put(" ", a.Label, end, "      valid_lft forever preferred_lft forever\n")
}
