package lab

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// natRouter is the lab of lessons with the namespaces of router in it; b knows no way back to a.
func natRouter(t *testing.T) *Lab {
	l := workshop(t)
	for _, line := range router {
		require.Empty(t, run(t, l, line), line)
	}
	run(t, l, "in() { n=$1; shift; ip netns exec $n \"$@\"; }; nat() { in r iptables -t nat \"$@\"; }")
	return l
}

const onePing = "1 packets transmitted, 1 packets received, 0% packet loss\n"

func TestMasqueradeGivesTheRoutersAddress(t *testing.T) {
	l := natRouter(t)
	require.Contains(t, run(t, l, "in a ping -c 1 -W 1 -q 10.2.0.2"), "100% packet loss", "b knows no way back")
	run(t, l, "in b nc -ll -p 80 -e echo this is b & sleep 0.2")
	require.Equal(t, "nc: timed out\n", run(t, l, "in a nc -w 1 10.2.0.2 80 </dev/null"))
	require.Empty(t, run(t, l, "nat -A POSTROUTING -s 10.1.0.0/24 -o rb -j MASQUERADE"))
	require.Equal(t, onePing, run(t, l, "in a ping -c 1 -W 1 -q 10.2.0.2 | grep packets"))
	require.Equal(t, "this is b\n", run(t, l, "in a nc -w 1 10.2.0.2 80 </dev/null"))
	require.Contains(t, run(t, l, "in a nc -w 1 10.2.0.2 81 </dev/null"), "Connection refused", "errors come back too")
	require.Empty(t, run(t, l, "nat -D POSTROUTING -s 10.1.0.0/24 -o rb -j MASQUERADE"))
	require.Contains(t, run(t, l, "in a ping -c 1 -W 1 -q 10.2.0.2"), "100% packet loss")
	for _, rule := range []string{"-s 10.9.0.0/24 -j MASQUERADE", "-o ra -j MASQUERADE", "! -o rb -j MASQUERADE", "-p tcp -j MASQUERADE", "-d 10.2.0.9 -j MASQUERADE",
		"-j ACCEPT", "-s 10.1.0.2"} {
		run(t, l, "nat -F; nat -A POSTROUTING "+rule)
		require.Contains(t, run(t, l, "in a ping -c 1 -W 1 -q 10.2.0.2"), "100% packet loss", rule)
	}
	for _, rule := range []string{"! -s 10.9.0.0/24 -j MASQUERADE", "! -o ra -j MASQUERADE", "-p icmp -j MASQUERADE", "-d 10.2.0.2 -j SNAT --to-source 10.2.0.1"} {
		run(t, l, "nat -F; nat -A POSTROUTING "+rule)
		require.Equal(t, onePing, run(t, l, "in a ping -c 1 -W 1 -q 10.2.0.2 | grep packets"), rule)
	}
}

func TestDNATPublishesAPort(t *testing.T) {
	l := natRouter(t)
	run(t, l, "in a nc -ll -p 8080 -e echo this is a & sleep 0.2; ip -n b route add default via 10.2.0.1")
	const ask = "in b nc -w 1 10.2.0.1 80 </dev/null"
	require.Contains(t, run(t, l, ask), "Connection refused")
	run(t, l, "nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 10.1.0.2:8080")
	require.Equal(t, "this is a\n", run(t, l, ask))
	require.Equal(t, onePing, run(t, l, "in b ping -c 1 -W 1 -q 10.2.0.1 | grep packets"), "no port, no rule")
	require.Contains(t, run(t, l, "in r nc 10.2.0.1 80 </dev/null"), "Connection refused", "what the router itself sends is not routed before")
	run(t, l, "nat -A OUTPUT -p tcp --dport 80 -j DNAT --to-destination 10.1.0.2:8080")
	require.Equal(t, "this is a\n", run(t, l, "in r nc 10.2.0.1 80 </dev/null"))
	run(t, l, "nat -F PREROUTING; nat -A PREROUTING -i ra -p tcp --dport 80 -j DNAT --to-destination 10.1.0.2:8080")
	require.Contains(t, run(t, l, ask), "Connection refused", "the rule is for the other device")
	run(t, l, "nat -F; in r nc -ll -p 81 -e echo this is r & nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 81; sleep 0.2")
	require.Equal(t, "this is r\n", run(t, l, ask))
}

func TestIptablesPrintsItsRules(t *testing.T) {
	l := natRouter(t)
	run(t, l, "nat -A POSTROUTING -s 10.1.0.0/24 ! -o ra -j MASQUERADE; nat -A PREROUTING -i rb -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.1.0.2:8080")
	run(t, l, "nat -I PREROUTING -d 10.2.0.1 -j ACCEPT")
	const end = "destination         \n"
	head := "target     prot opt source               " + end
	require.Equal(t, "Chain PREROUTING (policy ACCEPT)\n"+head+
		"ACCEPT     all  --  anywhere             10.2.0.1            \n"+
		"DNAT       tcp  --  anywhere             anywhere             tcp dpt:80 to:10.1.0.2:8080\n\n"+
		"Chain INPUT (policy ACCEPT)\n"+head+"\nChain OUTPUT (policy ACCEPT)\n"+head+"\nChain POSTROUTING (policy ACCEPT)\n"+head+
		"MASQUERADE  all  --  10.1.0.0/24          anywhere            \n", run(t, l, "nat -L"))
	require.Equal(t, "Chain PREROUTING (policy ACCEPT)\nnum  "+head+
		"1    ACCEPT     0    --  0.0.0.0/0            10.2.0.1            \n"+
		"2    DNAT       6    --  0.0.0.0/0            0.0.0.0/0            tcp dpt:80 to:10.1.0.2:8080\n", run(t, l, "nat -nL PREROUTING --line-numbers"))
	const rules = "-P PREROUTING ACCEPT\n-P INPUT ACCEPT\n-P OUTPUT ACCEPT\n-P POSTROUTING ACCEPT\n-A PREROUTING -d 10.2.0.1/32 -j ACCEPT\n" +
		"-A PREROUTING -i rb -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.1.0.2:8080\n-A POSTROUTING -s 10.1.0.0/24 ! -o ra -j MASQUERADE\n"
	require.Equal(t, rules, run(t, l, "nat -S"))
	run(t, l, "nat -S | grep ^-A > /tmp/rules; nat -F; while read line; do nat $line; done < /tmp/rules")
	require.Equal(t, rules, run(t, l, "nat -S"), "what is printed can be typed")
	require.Equal(t, "0\n1\n", run(t, l, "nat -C PREROUTING -d 10.2.0.1 -j ACCEPT; echo $?; nat -C PREROUTING -j ACCEPT 2>/dev/null; echo $?"))
	require.Equal(t, "2\n", run(t, l, "nat -D PREROUTING 1; nat -S | grep -c ^-A"))
	require.Equal(t, "0\n", run(t, l, "nat -F; nat -S | grep -c ^-A"))
	require.Equal(t, "0\n", run(t, l, "in b iptables -t nat -S | grep -c ^-A"), "the rules are a namespace's")
}

func TestIptablesRefuses(t *testing.T) {
	l := natRouter(t)
	const name, try = "iptables v1.8.9 (nf_tables): ", "\nTry `iptables -h' or 'iptables --help' for more information.\n"
	for line, want := range map[string]string{
		"iptables -L":                                          name + "table 'filter' does not exist\nPerhaps iptables or your kernel needs to be upgraded.\n",
		"nat":                                                  name + "no command specified" + try,
		"nat ! '' x":                                           name + "unknown option \"\"" + try,
		"nat ! - x":                                            name + "unknown option \"-\"" + try,
		"nat -A":                                               name + "option \"-A\" requires an argument" + try,
		"nat -L FOO":                                           "iptables: No chain/target/match by that name.\n",
		"nat -D POSTROUTING -j MASQUERADE":                     "iptables: Bad rule (does a matching rule exist in that chain?).\n",
		"nat -D POSTROUTING 3":                                 "iptables: Index of deletion too big.\n",
		"nat -I POSTROUTING 3 -j MASQUERADE":                   "iptables: Index of insertion too big.\n",
		"nat -A PREROUTING -o rb -j ACCEPT":                    name + "Can't use -o with PREROUTING\n",
		"nat -A POSTROUTING -i rb -j MASQUERADE":               name + "Can't use -i with POSTROUTING\n",
		"nat -A PREROUTING -j MASQUERADE":                      name + " RULE_APPEND failed (Invalid argument): rule in chain PREROUTING\n",
		"nat -A PREROUTING --dport 80 -j ACCEPT":               name + "unknown option \"--dport\"" + try,
		"nat -A PREROUTING -p tcp -j DNAT":                     name + "DNAT: option \"--to-destination\" must be specified" + try,
		"nat -A PREROUTING -p xyz -j ACCEPT":                   name + "unknown protocol \"xyz\" specified" + try,
		"nat -A PREROUTING -s x -j ACCEPT":                     name + "host/network `x' not found" + try,
		"nat -A PREROUTING -s 10.0.0.0/40 -j ACCEPT":           name + "invalid mask `40' specified" + try,
		"nat -A PREROUTING -p tcp --dport 70000 -j ACCEPT":     name + "invalid port/service `70000' specified" + try,
		"nat -A PREROUTING -j NOSUCH":                          name + "Chain 'NOSUCH' does not exist" + try,
		"su alice -c '/bin/iptables -t nat -L'":                name + "Could not fetch rule set generation id: Permission denied (you must be root)\n",
		"su alice -c 'unshare -rn iptables -t nat -S' | wc -l": "4\n",
	} {
		require.Equal(t, want, run(t, l, line), line)
	}
	require.Equal(t, "0\n", run(t, l, "nat -S | grep -c ^-A"), "nothing of this was taken")
}
