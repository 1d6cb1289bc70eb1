package isolate

import (
	"encoding/binary"
	"net/netip"
	"strconv"
)

// The packet filter's rules for one container: a table of its own that belongs to a socket of ours. When the socket closes, even because we were
// killed, the kernel takes the table away. Source: linux/netfilter/nf_tables.h; nft(8).
func (b *builder) rules() {
	g := b.spec.Bridge
	made := len(b.plan.Steps)
	rules := b.netlinkSocket("rules", netlinkNetfilter, "NETLINK_NETFILTER")
	text := "{table ip " + tableName(b.name()) + " (ours as long as this socket is open): what " + g.address().String() + " sends leaves under the machine's address"
	for _, p := range g.Ports {
		kind := "tcp"
		if p.UDP {
			kind = "udp"
		}
		text += ", " + kind + " " + strconv.Itoa(int(p.Outside)) + " leads to " + strconv.Itoa(int(p.Inside))
	}
	b.because("addresses are translated, ports are published, and nobody else's new connections get in", "nft(8)")
	b.send(rules, text+"}", filterBatch(tableName(b.name()), g))
	b.as(After, func() {
		b.because("the rules go with the socket they belong to", "nft(8), flags owner")
		b.step("close", rules.use()).Of = made
	})
}

func tableName(container string) string { return "slipway-" + container }

const (
	nftNewTable = 10 << 8
	nftNewChain = 10<<8 | 3
	nftNewRule  = 10<<8 | 6

	hookPrerouting, hookForward, hookOutput, hookPostrouting = 0, 2, 3, 4

	metaIn, metaOut, metaProtocol = 6, 7, 16
	ctState, ctStatus             = 0, 2
)

func be32(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }
func le32(v uint32) []byte { return binary.LittleEndian.AppendUint32(nil, v) }
func be16(v uint16) []byte { return binary.BigEndian.AppendUint16(nil, v) }

// batch collects messages that take effect together or not at all.
type batch struct {
	table    string
	messages [][]byte
}

func (n *batch) add(kind, flags uint16, attributes ...[]byte) {
	family := []byte{afInet, 0, 0, 0} // struct nfgenmsg
	if kind < 256 {
		family = []byte{0, 0, 0, 10} // a batch of nftables' messages
	}
	n.messages = append(n.messages, netlinkMessage(kind, flags, uint32(len(n.messages)), append([][]byte{family}, attributes...)...))
}

// chain hooks into the way of packets.
func (n *batch) chain(name, kind string, hook uint32, priority int32) {
	n.add(nftNewChain, nlCreate, textAttribute(1, n.table), textAttribute(3, name),
		nested(4, attribute(1, be32(hook)), attribute(2, be32(uint32(priority)))), textAttribute(7, kind))
}

func (n *batch) rule(chain string, expressions ...[]byte) {
	n.add(nftNewRule, nlCreate|nlAppend|nlAck, textAttribute(1, n.table), textAttribute(2, chain), nested(4, expressions...))
}

// filterBatch is all that is asked of the packet filter for a container.
func filterBatch(table string, g Bridge) []byte {
	n := &batch{table: table}
	n.add(0x10, 0)                                                                      // NFNL_MSG_BATCH_BEGIN
	n.add(nftNewTable, nlCreate|nlExcl, textAttribute(1, table), attribute(2, be32(2))) // NFT_TABLE_F_OWNER, Linux 5.12
	n.chain("postrouting", "nat", hookPostrouting, 100)
	n.chain("forward", "filter", hookForward, 0)
	if len(g.Ports) > 0 {
		n.chain("prerouting", "nat", hookPrerouting, -100)
		n.chain("output", "nat", hookOutput, -100)
	}
	for _, p := range g.Ports {
		n.rule("prerouting", published(p, g.address())...)
		n.rule("output", published(p, g.address())...)
	}
	address := g.address().As4()
	n.rule("postrouting", concat(network(12, address[:]), otherDevice(metaOut, g.name()), [][]byte{expression("masq")})...)
	n.rule("forward", concat(network(16, address[:]), otherDevice(metaIn, g.name()),
		tracked(ctState, 2|4), tracked(ctStatus, 1<<5), [][]byte{drop()})...) // neither established nor related, nor sent here by a published port
	for _, m := range n.messages[:len(n.messages)-1] {
		binary.LittleEndian.PutUint16(m[6:], binary.LittleEndian.Uint16(m[6:])&^nlAck) // one acknowledgement, of the last
	}
	n.add(0x11, 0) // NFNL_MSG_BATCH_END
	return concatBytes(n.messages)
}

// published matches what comes to a port of the machine, and sends it on to the container.
func published(p Port, to netip.Addr) [][]byte {
	protocol := byte(6)
	if p.UDP {
		protocol = 17
	}
	address := to.As4()
	return [][]byte{
		expression("fib", attribute(1, be32(1)), attribute(2, be32(3)), attribute(3, be32(2))), compare(0, le32(2)), // to an address of the machine's
		expression("meta", attribute(1, be32(1)), attribute(2, be32(metaProtocol))), compare(0, []byte{protocol}),
		expression("payload", attribute(1, be32(1)), attribute(2, be32(2)), attribute(3, be32(2)), attribute(4, be32(2))), compare(0, be16(p.Outside)),
		expression("immediate", attribute(1, be32(1)), nested(2, attribute(1, address[:]))),
		expression("immediate", attribute(1, be32(2)), nested(2, attribute(1, be16(p.Inside)))),
		expression("nat", attribute(1, be32(1)), attribute(2, be32(afInet)), attribute(3, be32(1)), attribute(5, be32(2))),
	}
}

func expression(name string, data ...[]byte) []byte {
	return nested(1, textAttribute(1, name), nested(2, data...))
}

// compare lets a rule go on if register 1 holds the value; op 1 if it does not.
func compare(op uint32, value []byte) []byte {
	return expression("cmp", attribute(1, be32(1)), attribute(2, be32(op)), nested(3, attribute(1, value)))
}

// network matches four bytes of the packet's header: 12 is who sent it, 16 whom it is for.
func network(offset uint32, value []byte) [][]byte {
	return [][]byte{expression("payload", attribute(1, be32(1)), attribute(2, be32(1)), attribute(3, be32(offset)), attribute(4, be32(4))), compare(0, value)}
}

// otherDevice matches what comes from, or goes to, another device than the named one.
func otherDevice(key uint32, name string) [][]byte {
	padded := make([]byte, 16)
	copy(padded, name)
	return [][]byte{expression("meta", attribute(1, be32(1)), attribute(2, be32(key))), compare(1, padded)}
}

// tracked matches if none of the bits is set in what is known of the connection.
func tracked(key, bits uint32) [][]byte {
	return [][]byte{expression("ct", attribute(1, be32(1)), attribute(2, be32(key))),
		expression("bitwise", attribute(1, be32(1)), attribute(2, be32(1)), attribute(3, be32(4)), nested(4, attribute(1, le32(bits))), nested(5, attribute(1, le32(0)))),
		compare(0, le32(0))}
}

func drop() []byte {
	return expression("immediate", attribute(1, be32(0)), nested(2, nested(2, attribute(1, be32(0)))))
}

func concat(parts ...[][]byte) [][]byte {
	var all [][]byte
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func concatBytes(parts [][]byte) []byte {
	var all []byte
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}
