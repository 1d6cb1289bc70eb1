package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// natList prints the chains, as a table for -L or as commands for -S.
func (c *cmd) natList(f *filterLine) int {
	rows := ""
	for i, chain := range model.NATChains {
		if f.chain != "" && f.chain != chain {
			continue
		}
		rules, _ := c.NAT(chain)
		if f.command == 'S' {
			c.put("-P ", chain, " ACCEPT\n")
			for _, r := range rules {
				rows += "-A " + chain + ruleText(r) + "\n"
			}
			continue
		}
		if i > 0 && f.chain == "" {
			c.put("\n")
		}
		number := func(text string) {
			if f.line {
				c.put(left(text, 4), " ")
			}
		}
		c.put("Chain ", chain, " (policy ACCEPT)\n")
		number("num")
		c.put("target     prot opt source               destination         \n")
		for i, r := range rules {
			number(itoa(i + 1))
			c.natRow(r, f.numeric)
		}
	}
	c.put(rows)
	return 0
}

// ruleText is a rule as -A takes it.
func ruleText(r *model.NATRule) string {
	text := ""
	add := func(letter, value string) {
		if strings.HasSuffix(value, "/0") || value == "" {
			return
		}
		if strings.Contains(r.Not, letter) {
			text += " !"
		}
		text += " -" + letter + " " + value
	}
	add("s", network(r.Src, r.SrcLen))
	add("d", network(r.Dst, r.DstLen))
	add("i", r.In)
	add("o", r.Out)
	add("p", r.Proto)
	if r.Port != 0 {
		text += " -m " + r.Proto + " --dport " + itoa(r.Port)
	}
	if r.Target == "" {
		return text
	}
	text += " -j " + r.Target
	switch r.Target {
	case "DNAT":
		text += " --to-destination "
	case "SNAT":
		text += " --to-source "
	case "REDIRECT":
		if r.ToPort != 0 {
			text += " --to-ports " + itoa(r.ToPort)
		}
		return text
	}
	return text + target(r)
}

func network(ip model.IP, length int) string { return ip.String() + "/" + itoa(length) }

// target is where a rule sends a packet, or has it come from.
func target(r *model.NATRule) string {
	text := ""
	if r.To != 0 {
		text = r.To.String()
	}
	if r.ToPort != 0 {
		text += ":" + itoa(r.ToPort)
	}
	return text
}

// natRow is a rule as -L prints it. With -n the protocol is a number too, as iptables 1.8.9 has it.
func (c *cmd) natRow(r *model.NATRule, numeric bool) {
	mark := func(letter string) string {
		if strings.Contains(r.Not, letter) {
			return "!"
		}
		return " "
	}
	proto := r.Proto
	if proto == "" {
		proto = "all"
	}
	if numeric {
		switch proto {
		case "tcp":
			proto = "6"
		case "udp":
			proto = "17"
		case "icmp":
			proto = "1"
		default:
			proto = "0"
		}
	}
	address := func(ip model.IP, length int) string {
		text := strings.TrimSuffix(network(ip, length), "/32")
		if length == 0 && !numeric {
			text = "anywhere"
		}
		return left(text, 19)
	}
	c.put(left(r.Target, 9) + " " + mark("p") + left(proto, 4) + " -- " + mark("s") + address(r.Src, r.SrcLen) + " " + mark("d") + address(r.Dst, r.DstLen) + " ")
	if r.Port != 0 {
		c.put(" " + r.Proto + " dpt:" + itoa(r.Port))
	}
	switch {
	case r.Target == "REDIRECT" && r.ToPort != 0:
		c.put(" redir ports ", itoa(r.ToPort))
	case r.Target == "DNAT" || r.Target == "SNAT":
		c.put(" to:", target(r))
	}
	c.put("\n")
}
