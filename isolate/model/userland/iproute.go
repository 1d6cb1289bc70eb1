package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func (x *ipCmd) address() int {
	switch {
	case len(x.words) == 0 || x.is("show", "list", "lst"):
		return x.showLinks(true)
	case x.is("add", "replace", "change"):
		return x.addrChange(true)
	case x.is("delete"):
		return x.addrChange(false)
	case x.is("flush"):
		f, status := x.filter()
		if status != 0 {
			return status
		}
		if f.name == "" {
			x.say("Flush requires arguments.\n")
			return 255
		}
		return x.answer(x.AddrFlush(f.name))
	}
	x.say("Command \"", x.next(), "\" is unknown, try \"ip address help\".\n")
	return 255
}

// parsePrefix reads ADDRESS/LENGTH; without a length it is the address alone.
func parsePrefix(text string) (ip model.IP, length int, ok bool) {
	addr, tail, given := strings.Cut(text, "/")
	ip, ok = parseIP(addr)
	length = 32
	if given {
		n, good := number(tail)
		length, ok = n, ok && good && n <= 32
	}
	return ip, length, ok
}

func (x *ipCmd) addrChange(add bool) int {
	a, dev, given := model.Addr{}, "", false
	for len(x.words) > 0 {
		switch w := x.next(); w {
		case "dev":
			dev = x.next()
		case "brd", "broadcast":
			if b := x.next(); b == "+" || b == "-" {
				a.Broadcast = a.IP | ^model.IP(0)>>a.Len
			} else {
				a.Broadcast, _ = parseIP(b)
			}
		case "scope":
			a.Scope = x.next()
		case "label":
			a.Label = x.next()
		case "local":
		default:
			var ok bool
			if a.IP, a.Len, ok = parsePrefix(w); !ok {
				x.say("Error: any valid prefix is expected rather than \"", w, "\".\n")
				return 1
			}
			given = true
		}
	}
	switch {
	case dev == "":
		x.say("Not enough information: \"dev\" argument is required.\n")
		return 255
	case !given:
		x.say("RTNETLINK answers: Invalid argument\n")
		return 2
	}
	if _, ok := x.find(dev); !ok {
		return x.noDevice(dev)
	}
	if !add {
		return x.answer(x.AddrDel(dev, a.IP, a.Len))
	}
	if l, _ := x.find(dev); a.Scope == "" && l.Kind == "loopback" && a.IP>>24 == 127 {
		a.Scope = "host"
	}
	return x.answer(x.AddrAdd(dev, a))
}

func (x *ipCmd) route() int {
	switch {
	case len(x.words) == 0 || x.is("show", "list", "lst"):
		return x.showRoutes()
	case x.is("add"):
		return x.routeChange("add")
	case x.is("replace", "change"):
		return x.routeChange("replace")
	case x.is("delete"):
		return x.routeChange("del")
	case x.is("get"):
		return x.routeGet()
	}
	x.say("Command \"", x.next(), "\" is unknown, try \"ip route help\".\n")
	return 255
}

func routeName(r model.Route) string {
	switch {
	case r.Len == 0:
		return "default"
	case r.Len == 32:
		return r.Dst.String()
	}
	return r.Dst.String() + "/" + itoa(r.Len)
}

func (x *ipCmd) showRoutes() int {
	dev, dst := "", ""
	for len(x.words) > 0 {
		switch w := x.next(); w {
		case "dev":
			if dev = x.next(); dev != "" {
				if _, ok := x.find(dev); !ok {
					return x.noDevice(dev)
				}
			}
		case "table":
			if t := x.next(); t != "main" {
				return 0
			}
		default:
			dst = w
		}
	}
	for _, r := range x.Routes() {
		if dev != "" && (r.Dev == nil || r.Dev.Name != dev) || dst != "" && routeName(r) != dst {
			continue
		}
		if r.Kind != "" {
			x.put(r.Kind, " ")
		}
		x.put(routeName(r), " ")
		if r.Via != 0 {
			x.put("via ", r.Via.String(), " ")
		}
		if r.Dev != nil && dev == "" {
			x.put("dev ", r.Dev.Name, " ")
		}
		if r.Proto != "" {
			x.put("proto ", r.Proto, " ")
		}
		if r.Scope != "" && r.Scope != "global" {
			x.put("scope ", r.Scope, " ")
		}
		if r.Src != 0 {
			x.put("src ", r.Src.String(), " ")
		}
		if r.Metric != 0 {
			x.put("metric ", itoa(r.Metric), " ")
		}
		if r.Dev != nil {
			if l, ok := x.find(r.Dev.Name); ok && !l.Carrier {
				x.put("linkdown ")
			}
		}
		x.put("\n")
	}
	return 0
}

func (x *ipCmd) routeChange(how string) int {
	r, dev, given := model.Route{}, "", false
	for len(x.words) > 0 {
		switch w := x.next(); w {
		case "via":
			text := x.next()
			ip, ok := parseIP(text)
			if !ok {
				x.say("Error: inet address is expected rather than \"", text, "\".\n")
				return 1
			}
			r.Via = ip
		case "dev":
			dev = x.next()
		case "src":
			r.Src, _ = parseIP(x.next())
		case "metric":
			r.Metric = atoi(x.next())
		case "scope":
			r.Scope = x.next()
		case "proto":
			r.Proto = x.next()
		case "table":
			x.next()
		case "blackhole", "unreachable", "prohibit":
			r.Kind = w
		case "default":
			given = true
		default:
			var ok bool
			if r.Dst, r.Len, ok = parsePrefix(w); !ok {
				x.say("Error: any valid prefix is expected rather than \"", w, "\".\n")
				return 1
			}
			given = true
		}
	}
	if dev != "" {
		if _, ok := x.find(dev); !ok {
			return x.noDevice(dev)
		}
	}
	if !given {
		x.say("RTNETLINK answers: No such device\n")
		return 2
	}
	if how == "del" {
		return x.answer(x.RouteDel(r, dev))
	}
	if r.Scope == "" && r.Via == 0 && r.Kind == "" {
		r.Scope = "link"
	}
	return x.answer(x.RouteAdd(r, dev, how == "replace"))
}

func (x *ipCmd) routeGet() int {
	text := x.next()
	ip, ok := parseIP(text)
	if !ok {
		x.say("Error: inet prefix is expected rather than \"", text, "\".\n")
		return 1
	}
	r, local, e := x.RouteTo(ip)
	if e != model.OK {
		x.say("RTNETLINK answers: ", e.Text(), "\n")
		return 2
	}
	if local {
		x.put("local ")
	}
	x.put(ip.String(), " ")
	if r.Via != 0 {
		x.put("via ", r.Via.String(), " ")
	}
	if r.Dev != nil {
		x.put("dev ", r.Dev.Name, " ")
	}
	uids, _, _ := x.IDs()
	x.put("src ", r.Src.String(), " uid ", itoa(int(uids[0])), " \n    cache ")
	if local {
		x.put("<local> ")
	}
	x.put("\n")
	return 0
}
