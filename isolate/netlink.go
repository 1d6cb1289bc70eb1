package isolate

import "encoding/binary"

// netlinkCall is a step of the parent's that is no single call: one sendto of the bytes, and recvfrom until the kernel has answered. Its errno is
// the answer's. A third and fourth argument are a number that is written into the bytes, and where. Source: netlink(7).
const netlinkCall = "netlink"

const (
	afNetlink        = 16
	sockRaw          = 3
	netlinkRoute     = 0
	netlinkNetfilter = 12

	nlRequest = 0x1
	nlAck     = 0x4
	nlExcl    = 0x200
	nlCreate  = 0x400
	nlAppend  = 0x800
	nlNested  = 0x8000

	rtmNewLink = 16
	rtmDelLink = 17
	rtmNewAddr = 20

	iflaIfname   = 3
	iflaMaster   = 10
	iflaLinkInfo = 18
	iflaNetNSPID = 19
	infoKind     = 1
	infoData     = 2
	vethPeer     = 1
	ifaAddress   = 1
	ifaLocal     = 2
)

// attribute is a type, a length and a value, padded to four bytes.
func attribute(kind uint16, value ...[]byte) []byte {
	b := []byte{0, 0, byte(kind), byte(kind >> 8)}
	for _, v := range value {
		b = append(b, v...)
	}
	binary.LittleEndian.PutUint16(b, uint16(len(b)))
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

// text is an attribute whose value ends with a zero byte.
func textAttribute(kind uint16, s string) []byte { return attribute(kind, []byte(s), []byte{0}) }

func nested(kind uint16, inner ...[]byte) []byte { return attribute(kind|nlNested, inner...) }

// netlinkMessage is a header and what follows it. The kernel fills in the sender.
func netlinkMessage(kind, flags uint16, sequence uint32, parts ...[]byte) []byte {
	b := make([]byte, 16)
	for _, p := range parts {
		b = append(b, p...)
	}
	binary.LittleEndian.PutUint32(b, uint32(len(b)))
	binary.LittleEndian.PutUint16(b[4:], kind)
	binary.LittleEndian.PutUint16(b[6:], flags|nlRequest)
	binary.LittleEndian.PutUint32(b[8:], sequence)
	return b
}

// linkHeader is struct ifinfomsg: any kind of device, raised if up says so.
func linkHeader(up bool) []byte {
	b := make([]byte, 16)
	if up {
		b[8], b[12] = 1, 1 // IFF_UP, and that it is to be changed
	}
	return b
}

// lastAsked is the sequence number of the last message that asks for an acknowledgement.
func lastAsked(messages []byte) (sequence uint32) {
	for len(messages) >= 16 {
		if binary.LittleEndian.Uint16(messages[6:])&nlAck != 0 {
			sequence = binary.LittleEndian.Uint32(messages[8:])
		}
		messages = messages[min(len(messages), int(binary.LittleEndian.Uint32(messages)+3)&^3):]
	}
	return sequence
}

// answer reads the errno of the acknowledgement to the message with the sequence number, or of any that failed; done says that one was there.
func answer(datagram []byte, last uint32) (e Errno, done bool) {
	for len(datagram) >= 20 {
		size := binary.LittleEndian.Uint32(datagram)
		if size < 20 || int(size) > len(datagram) {
			return EINVAL, true
		}
		if kind := binary.LittleEndian.Uint16(datagram[4:]); kind == 2 { // NLMSG_ERROR, which says 0 too
			e, sequence := Errno(-int32(binary.LittleEndian.Uint32(datagram[16:]))), binary.LittleEndian.Uint32(datagram[8:])
			if e != 0 || sequence == last {
				return e, true
			}
		}
		datagram = datagram[min(len(datagram), int(size+3)&^3):]
	}
	return 0, false
}
