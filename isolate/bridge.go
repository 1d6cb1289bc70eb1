package isolate

import (
	"encoding/binary"
	"net/netip"
	"strconv"
	"strings"
)

// Bridge connects a container to a bridge: a switch in the kernel, to which the machine and other containers are connected too. What it sends to
// other networks leaves under the machine's address. Only root may. The zero value is the bridge "slipway0" with 10.213.0.1/16.
type Bridge struct {
	// Name is the bridge's. It is made if it is missing, and goes with the last container on it.
	Name string
	// Gateway is the bridge's address, with the length of the subnet. IPv4.
	Gateway netip.Prefix
	// Address is the container's. [Command] draws a free one; for Build it is the one after the Gateway's.
	Address netip.Addr
	// Ports are published on the machine's addresses, except on 127.0.0.1.
	Ports []Port
	// Resolver is a file outside that becomes /etc/resolv.conf inside, "" if none does.
	Resolver string
}

// Port is published: who connects to Outside on the machine reaches Inside in the container.
type Port struct {
	Outside, Inside uint16
	UDP             bool // TCP otherwise
}

func (g Bridge) name() string {
	if g.Name == "" {
		return "slipway0"
	}
	return g.Name
}

func (g Bridge) gateway() netip.Prefix {
	if !g.Gateway.IsValid() {
		return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 213, 0, 1}), 16)
	}
	return g.Gateway
}

func (g Bridge) address() netip.Addr {
	if !g.Address.IsValid() {
		return g.gateway().Addr().Next()
	}
	return g.Address
}

// vethPrefix and the address make the name of a container's end outside: the kernel itself keeps two from having the same address.
const vethPrefix = "sw"

func vethName(a netip.Addr) string {
	b := a.As4()
	return vethPrefix + strconv.FormatUint(1<<32|uint64(binary.BigEndian.Uint32(b[:])), 16)[1:]
}

// free is an address of the subnet that no device outside is named after; false if there is none.
func (g Bridge) free(devices []string) (netip.Addr, bool) {
	taken := make(map[string]bool, len(devices))
	for _, name := range devices {
		taken[name] = true
	}
	subnet := g.gateway().Masked()
	for a := subnet.Addr().Next(); subnet.Contains(a.Next()); a = a.Next() { // the last one is everybody's
		if a != g.gateway().Addr() && !taken[vethName(a)] {
			return a, true
		}
	}
	return netip.Addr{}, false
}

const bridgeLock = "/run/slipway-bridge.lock"

// bridge connects the child, which waits, to the bridge. By the parent: the child has no right to the machine's network.
func (b *builder) bridge() {
	g := b.spec.Bridge
	veth := vethName(g.address())
	route := b.netlinkSocket("route", netlinkRoute, "NETLINK_ROUTE")
	lock := b.locked()
	began := len(b.plan.Steps) - 1
	b.because("a bridge: a switch in the kernel. It is there if another container made it", "rtnetlink(7), ip-link(8)")
	b.send(route, "{RTM_NEWLINK, \""+printable(g.name())+"\", kind=bridge, IFF_UP}",
		netlinkMessage(rtmNewLink, nlCreate|nlExcl|nlAck, 1, linkHeader(true), textAttribute(iflaIfname, g.name()),
			nested(iflaLinkInfo, textAttribute(infoKind, "bridge")))).tolerate(EEXIST, 0)
	b.because("the machine's own address on it, which is the container's gateway", "rtnetlink(7), ip-address(8)")
	index := b.index(g.name())
	local := g.gateway().Addr().As4()
	b.send(route, "{RTM_NEWADDR, "+g.gateway().String()+", index}",
		netlinkMessage(rtmNewAddr, nlCreate|nlExcl|nlAck, 2, []byte{afInet, byte(g.gateway().Bits()), 0, 0, 0, 0, 0, 0},
			attribute(ifaLocal, local[:]), attribute(ifaAddress, local[:])), index, num(16+4)).tolerate(EEXIST, 0)
	b.because("a pair of devices like a cable: one end is born in the container, as eth0", "veth(4)")
	peer := append(linkHeader(false), textAttribute(iflaIfname, veth)...)
	cable := netlinkMessage(rtmNewLink, nlCreate|nlExcl|nlAck, 3, linkHeader(false), textAttribute(iflaIfname, "eth0"),
		nested(iflaLinkInfo, textAttribute(infoKind, "veth"), nested(infoData, nested(vethPeer, peer))), attribute(iflaNetNSPID, make([]byte, 4)))
	b.send(route, "{RTM_NEWLINK, \"eth0\", kind=veth, peer=\""+veth+"\", IFLA_NET_NS_PID=pid}", cable, refPID.use(), num(uint64(len(cable)-4)))
	plugged := len(b.plan.Steps) - 1
	b.because("the other end is plugged into the bridge", "bridge(8)")
	plug := netlinkMessage(rtmNewLink, nlAck, 4, linkHeader(true), textAttribute(iflaIfname, veth), attribute(iflaMaster, make([]byte, 4)))
	b.send(route, "{RTM_NEWLINK, \""+veth+"\", IFLA_MASTER=index, IFF_UP}", plug, index, num(uint64(len(plug)-4)))
	b.closes(lock)
	b.closes(route)
	b.rules()
	b.as(After, func() { b.unplug(veth, plugged, began) })
}

func (b *builder) netlinkSocket(name string, protocol uint64, text string) Ref {
	b.because("what the kernel's network is changed through", "netlink(7)")
	r := b.result(name)
	b.step("socket", named(afNetlink, "AF_NETLINK"), named(sockRaw|oCLOEXEC, "SOCK_RAW|SOCK_CLOEXEC"), named(protocol, text)).Result = r
	return r
}

func (b *builder) send(socket Ref, text string, message []byte, patch ...Arg) *Step {
	return b.step(netlinkCall, append([]Arg{socket.use(), raw(message, text)}, patch...)...)
}

// locked keeps a bridge from being taken away by one and plugged into by another at the same time.
func (b *builder) locked() Ref {
	b.because("one at a time: the last container takes the bridge away, and may not while another plugs in", "flock(2)")
	r := b.result("lock")
	b.step("openat", cwd(), str(bridgeLock), named(oRDWR|oCREAT|oCLOEXEC|b.host.Arch.noFollow(), "O_RDWR|O_CREAT|O_CLOEXEC|O_NOFOLLOW"), octal(0o600)).Result = r
	b.step("flock", r.use(), named(2, "LOCK_EX"))
	return r
}

// index asks for a device's number. The argument is the number, in the upper half of what else the kernel wrote.
func (b *builder) index(name string) Arg {
	r, request := b.result("socket"), b.result("index")
	b.step("socket", named(afInet, "AF_INET"), named(sockDgram|oCLOEXEC, "SOCK_DGRAM|SOCK_CLOEXEC"), num(0)).Result = r
	b.step("ioctl", r.use(), named(siocGetIndex, "SIOCGIFINDEX"), request.filled(ifreq(name), printable("{\""+name+"\"}")))
	b.closes(r)
	index := request.cell(16)
	index.Text = "ifindex"
	return index
}

// unplug takes away what is the container's, and the bridge if nothing else is plugged into it: its folder is empty then, but for "." and "..".
func (b *builder) unplug(veth string, plugged, began int) {
	first := len(b.plan.Steps)
	lock := b.locked()
	route := b.netlinkSocket("route", netlinkRoute, "NETLINK_ROUTE")
	b.because("the cable goes; the kernel may have taken it with the namespace", "rtnetlink(7)")
	b.send(route, "{RTM_DELLINK, \""+veth+"\"}", netlinkMessage(rtmDelLink, nlAck, 1, linkHeader(false), textAttribute(iflaIfname, veth))).tolerate(ENODEV, 0)
	cable := len(b.plan.Steps) - 1
	b.because("the bridge goes if nothing is plugged into it any more", "getdents(2)")
	ports := b.open("ports", cwd(), "/sys/class/net/"+b.spec.Bridge.name()+"/brif", named(oCLOEXEC|b.host.Arch.directory(), "O_RDONLY|O_DIRECTORY|O_CLOEXEC"))
	b.plan.Steps[len(b.plan.Steps)-1].tolerate(ENOENT, 4) // it is no bridge of ours
	size, entries := b.result("size"), b.result("entries")
	b.step("getdents64", ports.use(), entries.buffer(1024), num(1024)).Result = size
	b.closes(ports)
	b.step(checkCall, size.use(), num(^uint64(0)), named(48, "48")).tolerate(checkFailedErrno, 1)
	b.send(route, "{RTM_DELLINK, \""+printable(b.spec.Bridge.name())+"\"}",
		netlinkMessage(rtmDelLink, nlAck, 2, linkHeader(false), textAttribute(iflaIfname, b.spec.Bridge.name())))
	b.closes(route)
	b.closes(lock)
	for i := first; i < len(b.plan.Steps); i++ {
		b.plan.Steps[i].Of = began
	}
	b.plan.Steps[cable].Of = plugged // another's is left alone

}

// bridged gives the container's end its address and the way out.
func (b *builder) bridged(socket Ref) {
	g := b.spec.Bridge
	address, gateway := g.address().As4(), g.gateway().Addr().As4()
	mask := [4]byte{}
	binary.BigEndian.PutUint32(mask[:], ^uint32(0)<<(32-g.gateway().Bits()))
	at := func(value [4]byte) Arg {
		request := ifreq("eth0")
		request[16] = afInet
		copy(request[20:], value[:])
		return raw(request, "{\"eth0\", "+netip.AddrFrom4(value).String()+"}")
	}
	b.because("the container's end of the cable gets its address", "netdevice(7)")
	b.step("ioctl", socket.use(), named(siocSetAddr, "SIOCSIFADDR"), at(address))
	b.step("ioctl", socket.use(), named(siocSetMask, "SIOCSIFNETMASK"), at(mask))
	up := ifreq("eth0")
	up[16] = iffUpRunning
	b.step("ioctl", socket.use(), named(siocSetFlags, "SIOCSIFFLAGS"), raw(up, `{"eth0", IFF_UP|IFF_RUNNING}`))
	b.because("all other networks are reached through the bridge", "route(8)")
	route := make([]byte, 120) // struct rtentry: destination 0.0.0.0/0, gateway, RTF_UP|RTF_GATEWAY
	route[8], route[24], route[40], route[56] = afInet, afInet, afInet, 3
	copy(route[28:], gateway[:])
	b.step("ioctl", socket.use(), named(siocAddRoute, "SIOCADDRT"), raw(route, "{default via "+netip.AddrFrom4(gateway).String()+"}"))
}

// ifreq is struct ifreq: a name of 16 bytes, then what the request is about.
func ifreq(name string) []byte {
	b := make([]byte, 40)
	copy(b[:15], name)
	return b
}

func (b *builder) checkBridge(wrong complain) {
	g := b.spec.Bridge
	if b.spec.Network != Bridged || b.spec.Join != nil {
		return
	}
	if !b.walls.Has(NetNS) {
		wrong("Network", "there is no network of its own that could be plugged in", "raise the wall \"net\"")
	}
	if b.host.UID != 0 {
		wrong("Network", "without root nobody may add a device to this machine's network, nor rules to its firewall",
			"run as root; or start it with a loopback and let a program outside connect its namespace by its process id (pasta PID, of passt; slirp4netns PID tap0)")
	}
	if b.host.NotForwarding {
		wrong("Network", "this machine passes nothing on between networks (net.ipv4.ip_forward is 0), so that nothing would leave the bridge",
			"sysctl -w net.ipv4.ip_forward=1, which makes it a router for whoever sends to it")
	}
	if n := g.name(); len(n) > 15 || strings.ContainsAny(n, "/: \x00") || n == "." || n == ".." {
		wrong("Bridge.Name", strconv.Quote(n)+" names no network device", "use at most 15 letters and digits")
	}
	p := g.gateway()
	switch {
	case !p.Addr().Is4() || p.Bits() > 30 || p.Bits() < 8:
		wrong("Bridge.Gateway", p.String()+" is no IPv4 address with the length of a subnet", "write it as 10.213.0.1/16")
	case !g.address().Is4() || !p.Contains(g.address()) || g.address() == p.Addr():
		wrong("Bridge.Address", g.address().String()+" is not in the subnet "+p.Masked().String()+", or the gateway's", "leave it out")
	}
	for i, port := range g.Ports {
		if port.Outside == 0 || port.Inside == 0 {
			wrong("Bridge.Ports["+strconv.Itoa(i)+"]", "0 is no port", "use 1 to 65535")
		}
	}
}
