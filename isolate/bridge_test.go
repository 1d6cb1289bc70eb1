package isolate

import (
	"encoding/binary"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var bridged = Spec{Network: Bridged, Bridge: Bridge{Ports: []Port{{Outside: 8080, Inside: 80}}}}

func TestABridgeIsExplained(t *testing.T) {
	p := plan(t, bridged, rootV2)
	beside := strings.Join(lines(p, Beside), "\n")
	require.Contains(t, beside, `netlink(route, {RTM_NEWLINK, "slipway0", kind=bridge, IFF_UP})  [EEXIST is fine]`)
	require.Contains(t, beside, `{RTM_NEWADDR, 10.213.0.1/16, index}`)
	require.Contains(t, beside, `{RTM_NEWLINK, "eth0", kind=veth, peer="sw0ad50002", IFLA_NET_NS_PID=pid}`)
	require.Contains(t, beside, "tcp 8080 leads to 80")
	require.True(t, strings.HasSuffix(beside, `write(waker, ".", 1)`), "the child goes on last")
	child := strings.Join(lines(p, Child), "\n")
	require.Contains(t, child, `SIOCSIFADDR, {"eth0", 10.213.0.2}`)
	require.Contains(t, child, `SIOCSIFNETMASK, {"eth0", 255.255.0.0}`)
	require.Contains(t, child, `SIOCADDRT, {default via 10.213.0.1}`)
	require.Less(t, strings.Index(child, "read(wake"), strings.Index(child, "SIOCSIFADDR"))
	after := strings.Join(lines(p, After), "\n")
	require.Contains(t, after, `{RTM_DELLINK, "sw0ad50002"})  [ENODEV is fine]`)
	require.Contains(t, after, "close(rules)")
}

func TestABridgeThatCannotBeIsRefused(t *testing.T) {
	with := func(change func(*Spec, *Host)) string {
		s, h := bridged, Host{}
		s.Rootfs, s.Args = "/r", []string{"/x"}
		change(&s, &h)
		_, err := Build(s, h)
		if err == nil {
			return ""
		}
		return err.Error()
	}
	for want, change := range map[string]func(*Spec, *Host){
		"":                                     func(*Spec, *Host) {},
		"without root nobody may add a device": func(_ *Spec, h *Host) { h.UID = 1000 },
		"sysctl -w net.ipv4.ip_forward=1":      func(_ *Spec, h *Host) { h.NotForwarding = true },
		"no network of its own":                func(s *Spec, _ *Host) { s.Open = NetNS },
		"names no network device":              func(s *Spec, _ *Host) { s.Bridge.Name = "../../x" },
		"is no IPv4 address":                   func(s *Spec, _ *Host) { s.Bridge.Gateway = netip.MustParsePrefix("fd00::1/64") },
		"is not in the subnet 10.213.0.0/16":   func(s *Spec, _ *Host) { s.Bridge.Address = netip.MustParseAddr("10.0.0.1") },
		"0 is no port":                         func(s *Spec, _ *Host) { s.Bridge.Ports = []Port{{}} },
	} {
		if got := with(change); want == "" {
			require.Empty(t, got)
		} else {
			require.Contains(t, got, want)
		}
	}
}

func TestAFreeAddressIsDrawn(t *testing.T) {
	g := Bridge{Gateway: netip.MustParsePrefix("192.0.2.1/30")}
	a, ok := g.free([]string{"lo", "eth0"})
	require.True(t, ok)
	require.Equal(t, "192.0.2.2", a.String())
	_, ok = g.free([]string{vethName(a)})
	require.False(t, ok, "the last address is everybody's")
	a, ok = Bridge{}.free([]string{"sw0ad50002", "sw0ad50003"})
	require.True(t, ok)
	require.Equal(t, "10.213.0.4", a.String())
}

// Messages are well-formed all the way down: lengths fit into each other, and are padded to four.
func TestNetlinkMessagesAreWellFormed(t *testing.T) {
	var walk func(b []byte, depth int)
	walk = func(b []byte, depth int) {
		for len(b) > 0 {
			require.GreaterOrEqual(t, len(b), 4)
			size, kind := int(binary.LittleEndian.Uint16(b)), binary.LittleEndian.Uint16(b[2:])
			require.GreaterOrEqual(t, size, 4)
			require.LessOrEqual(t, size, len(b))
			if kind&nlNested != 0 && depth < 8 {
				inner := b[4:size]
				if kind&^nlNested == vethPeer && len(inner) > 16 && binary.LittleEndian.Uint16(inner) == 0 {
					inner = inner[16:] // a header of its own
				}
				walk(inner, depth+1)
			}
			b = b[(size+3)&^3:]
		}
	}
	messages := 0
	for _, s := range plan(t, bridged, rootV2).Steps {
		if s.Call != netlinkCall {
			continue
		}
		b := s.Args[1].Bytes
		for len(b) > 0 {
			size, kind := int(binary.LittleEndian.Uint32(b)), binary.LittleEndian.Uint16(b[4:])
			require.LessOrEqual(t, size, len(b))
			require.Zero(t, size%4)
			header := map[uint16]int{rtmNewLink: 16, rtmDelLink: 16, rtmNewAddr: 8}[kind]
			if strings.HasPrefix(s.Args[1].Text, "{table") {
				header = 4 // of the packet filter, whose kinds are numbered anew
			}
			walk(b[16+header:size], 0)
			b, messages = b[size:], messages+1
		}
		require.NotZero(t, lastAsked(s.Args[1].Bytes), "an answer is asked for: %s", s.Args[1].Text)
	}
	require.Greater(t, messages, 12)
}

func TestNetlinkAnswersAreRead(t *testing.T) {
	reply := func(errno int32, sequence uint32) []byte {
		return netlinkMessage(2, 0, sequence, le32(uint32(-errno)), make([]byte, 16))
	}
	e, done := answer(reply(0, 7), 7)
	require.True(t, done)
	require.Zero(t, e)
	e, done = answer(reply(17, 3), 7)
	require.True(t, done, "whichever failed")
	require.Equal(t, EEXIST, e)
	_, done = answer(reply(0, 3), 7)
	require.False(t, done)
	e, done = answer(append(reply(0, 3), reply(0, 7)...), 7)
	require.True(t, done)
	require.Zero(t, e)
	broken := reply(0, 7)
	binary.LittleEndian.PutUint32(broken, 4000)
	e, done = answer(broken, 7)
	require.True(t, done)
	require.Equal(t, EINVAL, e)
}
