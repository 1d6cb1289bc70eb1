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
	if name == "" {
		x.say("Not enough information: \"dev\" argument is required.\n")
		return 255
	}
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
