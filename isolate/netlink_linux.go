//go:build amd64 || arm64

package isolate

import (
	"encoding/binary"
	"slices"
	"syscall"
)

// talk sends messages to the kernel and waits for its answer to the last that asks for one. A number is written into them at an offset, if that
// is not 0.
func talk(socket int, messages []byte, number uint32, at int) Errno {
	if at > 0 {
		messages = slices.Clone(messages)
		binary.LittleEndian.PutUint32(messages[at:], number)
	}
	if err := syscall.Sendto(socket, messages, 0, &syscall.SockaddrNetlink{Family: syscall.AF_NETLINK}); err != nil {
		return errnoFrom(err)
	}
	last := lastAsked(messages)
	b := make([]byte, 16<<10)
	for {
		n, _, err := syscall.Recvfrom(socket, b, 0)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return errnoFrom(err)
		}
		if e, done := answer(b[:n], last); done {
			return e
		}
	}
}

func errnoFrom(err error) Errno {
	if e, ok := err.(syscall.Errno); ok {
		return Errno(e)
	}
	return EINVAL
}
