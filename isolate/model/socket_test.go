package model

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// within runs a program as root of a machine with its loopback device up.
func within(t *testing.T, program func(p *Process)) {
	t.Helper()
	k := Boot(Config{})
	defer k.Close()
	done := false
	k.Start(func(p *Process) int {
		p.LinkUp("lo", true)
		program(p)
		done = true
		return 0
	})
	k.Run(k.Now()+3600*1_000_000_000, 100_000, nil)
	require.True(t, done, "the program came to its end")
}

const localhost = IP(127<<24 | 1)

func listener(t *testing.T, p *Process, ip IP, port uint16) int {
	fd, e := p.Socket()
	require.Equal(t, OK, e)
	got, e := p.Listen(fd, ip, port, 1)
	require.Equal(t, OK, e)
	require.Equal(t, port, got)
	return fd
}

func TestAConnectionCarriesBytesBothWays(t *testing.T) {
	within(t, func(p *Process) {
		l := listener(t, p, 0, 80)
		fd, _ := p.Socket()
		require.Equal(t, OK, p.Connect(fd, localhost, 80, 0))
		c, e := p.Accept(l, 0)
		require.Equal(t, OK, e)
		p.Write(fd, []byte("question"))
		ready, _ := p.Poll(fd, c)
		require.Equal(t, []bool{false, true}, ready)
		data, _ := p.Read(c, 100)
		require.Equal(t, "question", string(data))
		require.Equal(t, OK, p.Shutdown(fd))
		data, e = p.Read(c, 100)
		require.Equal(t, OK, e)
		require.Empty(t, data, "the end, after shutdown")
		p.Write(c, []byte("answer"))
		data, _ = p.Read(fd, 100)
		require.Equal(t, "answer", string(data), "the other half is open")
		_, e = p.Seek(fd, 0, 0)
		require.Equal(t, ESPIPE, e)
		p.Close(c)
		data, _ = p.Read(fd, 100)
		require.Empty(t, data)
		p.Signal(SIGPIPE, Ignored)
		_, e = p.Write(fd, []byte("x"))
		require.Equal(t, EPIPE, e)
	})
}

func TestSocketCallsRefuse(t *testing.T) {
	within(t, func(p *Process) {
		r, w, _ := p.Pipe()
		require.Equal(t, ENOTSOCK, p.Connect(r, localhost, 80, 0))
		require.Equal(t, EBADF, p.Shutdown(77))
		fd, _ := p.Socket()
		_, e := p.Read(fd, 1)
		require.Equal(t, ENOTCONN, e)
		_, e = p.Write(fd, []byte("x"))
		require.Equal(t, ENOTCONN, e)
		require.Equal(t, ENOTCONN, p.Shutdown(fd))
		_, e = p.Accept(fd, 0)
		require.Equal(t, EINVAL, e)
		require.Equal(t, ECONNREFUSED, p.Connect(fd, localhost, 80, 0))
		require.Equal(t, ENETUNREACH, p.Connect(fd, 10<<24, 80, 0))
		_, e = p.Listen(fd, 10<<24, 80, 1)
		require.Equal(t, EADDRNOTAVAIL, e)
		l := listener(t, p, 0, 80)
		_, e = p.Listen(fd, localhost, 80, 1)
		require.Equal(t, EADDRINUSE, e)
		port, e := p.Listen(fd, 0, 0, 1)
		require.Equal(t, OK, e)
		require.GreaterOrEqual(t, port, uint16(32768))
		before := p.k.Now()
		_, e = p.Accept(l, before+2_000_000_000)
		require.Equal(t, ETIMEDOUT, e)
		require.Equal(t, before+2_000_000_000, p.k.Now())
		p.Close(l)
		l = listener(t, p, 0, 80)
		p.Close(w)
		p.Close(l)
	})
}

// TestABacklogIsFullAtOneMore connects until nobody takes a segment any more: the rest waits until it is given up.
func TestABacklogIsFullAtOneMore(t *testing.T) {
	within(t, func(p *Process) {
		l := listener(t, p, 0, 80)
		var fds []int
		for range 2 {
			fd, _ := p.Socket()
			require.Equal(t, OK, p.Connect(fd, localhost, 80, 0))
			fds = append(fds, fd)
		}
		fd, _ := p.Socket()
		began := p.k.Now()
		require.Equal(t, ETIMEDOUT, p.Connect(fd, localhost, 80, 0))
		require.Equal(t, int64(131), (p.k.Now()-began)/1_000_000_000)
		p.Close(l)
		data, e := p.Read(fds[0], 1)
		require.Equal(t, OK, e)
		require.Empty(t, data, "who was not accepted is cut off")
	})
}

func TestPortsBelowTheFirstFreeOneNeedACapability(t *testing.T) {
	within(t, func(p *Process) {
		p.Setgid(1000)
		p.Setuid(1000)
		fd, _ := p.Socket()
		_, e := p.Listen(fd, 0, 1023, 1)
		require.Equal(t, EACCES, e)
		p.ns.net.sysctl[firstFreePort] = "1023"
		_, e = p.Listen(fd, 0, 1023, 1)
		require.Equal(t, OK, e)
	})
}
