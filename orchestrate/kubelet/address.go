package kubelet

import (
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
)

// freeIP is the number of the next address of the node's range that no sandbox holds, counting on from the one given
// last, as the host-local plugin does; -1 if all are taken. The first two addresses are the network's and the bridge's.
func (s *sync) freeIP() int {
	const first, last = 2, 254
	var taken [last + 1]bool
	next := first
	for _, o := range s.Here.OnNode(api.KindSandbox, s.nodeID) {
		if box, ok := o.(*api.Sandbox); ok && box.IPIndex <= last {
			taken[box.IPIndex] = true
			next = int(box.IPIndex) + 1
		}
	}
	for range last - first + 1 {
		if next > last {
			next = first
		}
		if !taken[next] {
			return next
		}
		next++
	}
	return -1
}

// addressIn is the n-th address of a node's range, such as 10.244.1.0/24; "" if the range is not one.
func addressIn(cidr string, n int) string {
	network, _, ok := strings.Cut(cidr, "/")
	dot := strings.LastIndexByte(network, '.')
	if !ok || dot < 0 || network[dot:] != ".0" {
		return ""
	}
	return network[:dot+1] + strconv.Itoa(n)
}

// internalIP is the node's own address.
func internalIP(n *api.Node) string {
	for _, a := range n.Status.Addresses {
		if a.Type == api.NodeInternalIP {
			return a.Address
		}
	}
	return ""
}
