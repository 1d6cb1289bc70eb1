package lab

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// router are lines that make three namespaces: a and b, and r between them with an address in the network of each.
var router = []string{
	"for n in a r b; do ip netns add $n; ip -n $n link set lo up; done",
	"ip -n a link add eth0 type veth peer name ra netns r; ip -n b link add eth0 type veth peer name rb netns r",
	"ip -n a addr add 10.1.0.2/24 dev eth0; ip -n a link set eth0 up; ip -n b addr add 10.2.0.2/24 dev eth0; ip -n b link set eth0 up",
	"ip -n r addr add 10.1.0.1/24 dev ra; ip -n r addr add 10.2.0.1/24 dev rb; ip -n r link set ra up; ip -n r link set rb up",
	"ip -n a route add default via 10.1.0.1; ip netns exec r sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'",
}

// session types lines into a lab and compares what comes.
func session(t *testing.T, before []string, lines [][2]string) {
	t.Helper()
	l := New()
	defer l.Close()
	for _, line := range before {
		out, status := l.Run(line)
		require.Zero(t, status, line)
		require.Empty(t, out, line)
	}
	for _, line := range lines {
		out, _ := l.Run(line[0])
		require.Equal(t, line[1], out, line[0])
	}
}

const refused, unreachable = "Connection refused\n", "Network is unreachable\n"

func TestConnectionsPassARouter(t *testing.T) {
	const cannot = "nc: can't connect to remote host "
	session(t, router, [][2]string{
		{"ip netns exec b nc -ll -p 80 -e echo this is b & sleep 0.3", ""},
		{"ip netns exec a nc -w 1 10.2.0.2 80 </dev/null", "nc: timed out\n"}, // the answer finds no way
		{"ip -n b route add default via 10.2.0.1; ip netns exec a nc 10.2.0.2 80 </dev/null", "this is b\n"},
		{"ip netns exec a nc 10.2.0.2 81 </dev/null", cannot + "(10.2.0.2): " + refused},
		{"ip netns exec a nc 10.3.0.1 80 </dev/null", cannot + "(10.3.0.1): " + unreachable},
		{"ip netns exec a ping -c 1 -W 1 -q 10.3.0.1 | grep packets", "1 packets transmitted, 0 packets received, 100% packet loss\n"},
		{"ip netns exec a nc 10.2.0.9 80 </dev/null", cannot + "(10.2.0.9): No route to host\n"},
		{"ip netns exec r sh -c 'echo 0 > /proc/sys/net/ipv4/ip_forward'; ip netns exec a nc -w 1 10.2.0.2 80 </dev/null", "nc: timed out\n"},
	})
}

// TestNcWaitsForTheNetwork: a connection is tried again until the other side is there.
func TestNcWaitsForTheNetwork(t *testing.T) {
	session(t, router[:4], [][2]string{
		{"ip -n a route add default via 10.1.0.1; ip -n b route add default via 10.2.0.1; ip netns exec b nc -l -p 80 -e echo there & sleep 0.2", ""},
		{"(sleep 5; ip netns exec r sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward') & ip netns exec a nc 10.2.0.2 80 </dev/null", "there\n"},
	})
}
