package userland

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

const iptablesName = "iptables v1.8.9 (nf_tables): "

// filterLine is an iptables command as it was typed.
type filterLine struct {
	table, chain  string
	command       byte // A, I, D, C, F, L or S
	number        int  // of the rule that -I and -D are about; 0 if none is given
	rule          model.NATRule
	numeric, line bool
	to            bool // where to is given
}

// iptables is that of iptables 1.8.9 over nf_tables, with the table nat.
func iptables(c *cmd) int {
	f := &filterLine{table: "filter"}
	if problem := f.parse(c.args); problem != "" {
		c.say(iptablesName, problem, "\n")
		if !strings.HasPrefix(problem, "Can't") {
			c.say("Try `iptables -h' or 'iptables --help' for more information.\n")
		}
		return 2
	}
	if f.table != "nat" {
		c.say(iptablesName, "table '", f.table, "' does not exist\nPerhaps iptables or your kernel needs to be upgraded.\n")
		return 3
	}
	if f.chain != "" && !contains2(model.NATChains, f.chain) {
		return c.noChain()
	}
	rules, e := c.NAT(f.chain)
	if e != model.OK {
		c.say(iptablesName, "Could not fetch rule set generation id: Permission denied (you must be root)\n")
		return 4
	}
	switch f.command {
	case 'L', 'S':
		return c.natList(f)
	case 'F':
		for _, chain := range model.NATChains {
			if f.chain == "" || f.chain == chain {
				c.SetNAT(chain, 0, 1<<30, nil)
			}
		}
		return 0
	case 'A', 'I':
		if f.wrongPlace() {
			verb := "APPEND"
			if f.command == 'I' {
				verb = "INSERT"
			}
			c.say(iptablesName, " RULE_"+verb+" failed (Invalid argument): rule in chain "+f.chain+"\n")
			return 4
		}
		at := len(rules)
		if f.command == 'I' {
			at = max(f.number, 1) - 1
		}
		if at > len(rules) {
			c.say("iptables: Index of insertion too big.\n")
			return 1
		}
		c.SetNAT(f.chain, at, 0, &f.rule)
		return 0
	}
	return c.natFind(f, rules)
}

func (c *cmd) noChain() int {
	c.say("iptables: No chain/target/match by that name.\n")
	return 1
}

// natFind looks for a rule, and takes it away with -D.
func (c *cmd) natFind(f *filterLine, rules []*model.NATRule) int {
	at := f.number - 1
	if f.number == 0 {
		for i := len(rules) - 1; i >= 0; i-- {
			if ruleText(rules[i]) == ruleText(&f.rule) {
				at = i
			}
		}
	}
	if at < 0 || at >= len(rules) {
		if f.number > 0 {
			c.say("iptables: Index of deletion too big.\n")
		} else {
			c.say("iptables: Bad rule (does a matching rule exist in that chain?).\n")
		}
		return 1
	}
	if f.command == 'D' {
		c.SetNAT(f.chain, at, 1, nil)
	}
	return 0
}

// wrongPlace tells whether the target does not belong into the chain: what changes the source comes last, what changes where a packet
// goes comes first.
func (f *filterLine) wrongPlace() bool {
	switch f.rule.Target {
	case "MASQUERADE":
		return f.chain != "POSTROUTING"
	case "SNAT":
		return f.chain != "POSTROUTING" && f.chain != "INPUT"
	case "DNAT", "REDIRECT":
		return f.chain != "PREROUTING" && f.chain != "OUTPUT"
	}
	return false
}

// iptablesLong are the long names of options, each with the short one behind it.
var iptablesLong = strings.Fields("--table -t --append -A --insert -I --delete -D --check -C --flush -F --list -L --list-rules -S --source -s --src -s --destination -d " +
	"--dst -d --in-interface -i --out-interface -o --protocol -p --proto -p --jump -j --match -m --numeric -n --destination-port --dport --to-port --to-ports")

// parse reads the arguments; it returns what is wrong with them.
func (f *filterLine) parse(args []string) string {
	not := false
	for len(args) > 0 {
		name := args[0]
		args = args[1:]
		if name == "!" {
			not = true
			continue
		}
		if i := slices.Index(iptablesLong, name); i >= 0 && strings.HasPrefix(name, "--") && name != "--dport" && name != "--to-ports" {
			name = iptablesLong[i+1]
		}
		value := ""
		if len(args) > 0 {
			value = args[0]
		}
		if letters := strings.TrimPrefix(name, "-"); len(letters) == 2 && letters[0] == 'n' || len(letters) == 2 && letters[1] == 'n' { // -nL, -Ln
			f.numeric = true
			name = "-" + strings.Replace(letters, "n", "", 1)
		}
		switch name {
		case "-A", "-I", "-D", "-C", "-F", "-L", "-S":
			f.command = name[1]
			if value != "" && value[0] != '-' && value != "!" {
				f.chain, args = value, args[1:]
				if n, ok := first(args); ok && (f.command == 'I' || f.command == 'D') {
					f.number, args = n, args[1:]
				}
			} else if name != "-F" && name != "-L" && name != "-S" {
				return "option \"" + name + "\" requires an argument"
			}
			continue
		case "-n":
			f.numeric = true
			continue
		case "--line-numbers":
			f.line = true
			continue
		}
		if value == "" {
			return "option \"" + name + "\" requires an argument"
		}
		if problem := f.option(name, value, not); problem != "" {
			return problem
		}
		args, not = args[1:], false
	}
	return f.complete()
}

// oneOf tells whether a word is one of a list.
func oneOf(list, word string) bool { return contains2(strings.Fields(list), word) }

// first is the number that the arguments begin with.
func first(args []string) (int, bool) {
	if len(args) == 0 {
		return 0, false
	}
	return number(args[0])
}

// option reads an option with a value. Letters of options that "!" turns round go into Not.
func (f *filterLine) option(name, value string, not bool) string {
	r := &f.rule
	if not && len(name) > 1 {
		r.Not += name[1:2]
	}
	switch name {
	case "-t":
		f.table = value
	case "-s":
		return parseNet(value, &r.Src, &r.SrcLen)
	case "-d":
		return parseNet(value, &r.Dst, &r.DstLen)
	case "-i":
		r.In = value
	case "-o":
		r.Out = value
	case "-j":
		r.Target = value
		if !oneOf("MASQUERADE SNAT DNAT REDIRECT ACCEPT RETURN", value) {
			return "Chain '" + value + "' does not exist"
		}
	case "-p":
		if r.Proto = value; !oneOf("tcp udp icmp all", value) {
			return "unknown protocol \"" + value + "\" specified"
		}
		if value == "all" {
			r.Proto = ""
		}
	case "-m":
		if value != r.Proto {
			return "Couldn't load match `" + value + "':No such file or directory"
		}
	case "--dport":
		n, ok := number(value)
		if r.Proto != "tcp" && r.Proto != "udp" {
			return "unknown option \"" + name + "\""
		}
		if !ok || n > 65535 {
			return "invalid port/service `" + value + "' specified"
		}
		r.Port = n
	case "--to-destination", "--to-source", "--to-ports":
		if !oneOf("DNAT--to-destination SNAT--to-source REDIRECT--to-ports", r.Target+name) {
			return "unknown option \"" + name + "\""
		}
		f.to = true
		return parseTo(value, r)
	default:
		return "unknown option \"" + name + "\""
	}
	return ""
}

// complete tells what is missing, or does not go together.
func (f *filterLine) complete() string {
	r := &f.rule
	switch {
	case f.command == 0:
		return "no command specified"
	case r.Target == "DNAT" && !f.to:
		return "DNAT: option \"--to-destination\" must be specified"
	case r.Target == "SNAT" && !f.to:
		return "SNAT: option \"--to-source\" must be specified"
	case r.Out != "" && (f.chain == "PREROUTING" || f.chain == "INPUT"):
		return "Can't use -o with " + f.chain
	case r.In != "" && (f.chain == "POSTROUTING" || f.chain == "OUTPUT"):
		return "Can't use -i with " + f.chain
	}
	return ""
}

// parseNet reads an address with the length of its network behind it.
func parseNet(text string, ip *model.IP, length *int) string {
	host, bits, given := strings.Cut(text, "/")
	n, ok := 32, true
	if given {
		n, ok = number(bits)
	}
	if !ok || n > 32 {
		return "invalid mask `" + bits + "' specified"
	}
	a, ok := parseIP(host)
	if !ok {
		return "host/network `" + host + "' not found"
	}
	*ip, *length = a.Mask(n), n
	return ""
}

// parseTo reads an address and a port, or one of them.
func parseTo(text string, r *model.NATRule) string {
	host, port, given := strings.Cut(text, ":")
	if r.Target == "REDIRECT" {
		host, port, given = "", text, true
	}
	var ok bool
	if given {
		if r.ToPort, ok = number(port); !ok || r.ToPort == 0 || r.ToPort > 65535 {
			return "Port `" + port + "' not valid"
		}
	}
	if host != "" {
		if r.To, ok = parseIP(host); !ok {
			return "Bad IP address \"" + host + "\""
		}
	}
	return ""
}
