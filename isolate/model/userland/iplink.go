package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func (x *ipCmd) link() int {
	switch {
	case len(x.words) == 0 || x.is("show", "list", "lst"):
		return x.showLinks(false)
	case x.is("add"):
		return x.linkAdd()
	case x.is("set"):
		return x.linkSet()
	case x.is("delete"):
		return x.linkDel()
	}
	x.say("Command \"", x.next(), "\" is unknown, try \"ip link help\".\n")
	return 255
}

// parseMAC reads six pairs of digits.
func parseMAC(text string) (mac [6]byte, ok bool) {
	parts := strings.Split(text, ":")
	if len(parts) != 6 {
		return mac, false
	}
	for i, p := range parts {
		if len(p) == 0 || len(p) > 2 || strings.Trim(strings.ToLower(p), "0123456789abcdef") != "" {
			return mac, false
		}
		for _, d := range []byte(strings.ToLower(p)) {
			mac[i] = mac[i]<<4 | byte(strings.IndexByte("0123456789abcdef", d))
		}
	}
	return mac, true
}

func (x *ipCmd) linkAdd() int {
	n := model.NewLink{NS: -1, PeerNS: -1}
	peer := false
	for len(x.words) > 0 {
		switch w := x.next(); w {
		case "type":
			n.Kind = x.next()
		case "peer":
			peer = true
			if len(x.words) > 0 && !contains2([]string{"name", "netns", "mtu", "address"}, x.words[0]) {
				n.Peer = x.next()
			}
		case "name", "dev":
			if peer {
				n.Peer = x.next()
			} else {
				n.Name = x.next()
			}
		case "mtu":
			n.MTU = atoi(x.next())
		case "address":
			mac, ok := parseMAC(x.next())
			if !ok {
				x.say("Error: argument is wrong: Invalid \"address\" value\n")
				return 255
			}
			if peer {
				n.PeerMAC = mac
			} else {
				n.MAC = mac
			}
		case "netns":
			name := x.next()
			fd, ok := x.openNetns(name)
			if !ok {
				x.say("Error: argument \"", name, "\" is wrong: Invalid \"netns\" value\n\n")
				return 255
			}
			if peer {
				n.PeerNS = fd
			} else {
				n.NS = fd
			}
		case "link":
			x.next()
		case "up":
		default:
			if n.Name != "" {
				x.say("Error: either \"dev\" is duplicate, or \"", w, "\" is a garbage.\n")
				return 255
			}
			n.Name = w
		}
	}
	if n.Kind == "" {
		x.say("Not enough information: \"type\" argument is required\n")
		return 255
	}
	if len(n.Name) > 15 {
		x.say("Error: argument \"", n.Name, "\" is wrong: \"name\" not a valid ifname\n")
		return 255
	}
	err := x.LinkAdd(n)
	if err != nil && err.Text == "Unknown device type" {
		x.say("Error: Unknown device type.\n")
		return 2
	}
	return x.answer(err)
}

func (x *ipCmd) linkDel() int {
	x.is("dev")
	name := x.next()
	if name == "" {
		x.say("Not enough information: \"dev\" argument is required.\n")
		return 255
	}
	if _, ok := x.find(name); !ok {
		return x.noDevice(name)
	}
	return x.answer(x.LinkDel(name))
}

func (x *ipCmd) linkSet() int {
	if len(x.words) > 0 && x.words[0] == "dev" {
		x.next()
	}
	name := x.next()
	if _, ok := x.find(name); !ok {
		return x.noDevice(name)
	}
	for len(x.words) > 0 {
		status := 0
		switch w := x.next(); w {
		case "up", "down":
			status = x.answer(x.LinkUp(name, w == "up"))
		case "master":
			m := x.next()
			if _, ok := x.find(m); !ok {
				x.say("Error: argument \"", m, "\" is wrong: Device does not exist\n\n")
				return 255
			}
			status = x.answer(x.LinkMaster(name, m))
		case "nomaster":
			status = x.answer(x.LinkMaster(name, ""))
		case "mtu":
			status = x.answer(x.LinkSet(name, atoi(x.next()), [6]byte{}))
		case "address":
			mac, ok := parseMAC(x.next())
			if !ok {
				x.say("Error: argument is wrong: Invalid \"address\" value\n")
				return 255
			}
			status = x.answer(x.LinkSet(name, 0, mac))
		case "name":
			to := x.next()
			if status = x.answer(x.LinkRename(name, to)); status == 0 {
				name = to
			}
		case "netns":
			to := x.next()
			fd, ok := x.openNetns(to)
			if !ok {
				x.say("Error: argument \"", to, "\" is wrong: Invalid \"netns\" value\n\n")
				return 255
			}
			status = x.answer(x.LinkMove(name, fd))
			x.Close(fd)
		case "promisc", "arp", "multicast", "alias", "txqueuelen", "group":
			x.next()
		case "type":
			x.words = nil
		default:
			x.say("Error: either \"dev\" is duplicate, or \"", w, "\" is a garbage.\n")
			return 255
		}
		if status != 0 {
			return status
		}
	}
	return 0
}

// state is a device's operational state in a word.
func linkState(l model.LinkInfo) string {
	switch {
	case !l.Up:
		return "DOWN"
	case l.Kind == "loopback" || l.Kind == "dummy":
		return "UNKNOWN"
	case l.Carrier:
		return "UP"
	case l.Kind == "veth" && l.PeerNSID < 0:
		return "LOWERLAYERDOWN"
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
			x.put(left(linkName(l, all), 16), " ", left(linkState(l), 14), " ")
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
	x.put(" state ", linkState(l))
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
