package model

import "slices"

// socket is one of TCP over IPv4: new, bound, listening or connected. Source: tcp(7), ip(7).
type socket struct {
	ns        *NetNS
	ip        IP // 0 is any
	port      uint16
	listening bool
	backlog   int
	arrived   []*socket // connected, and not yet accepted
	in, out   *pipe     // of a connection
	change    queue
}

// synRetries are the moments at which a connection is tried again, in seconds after the first; the last is when it is given up. Source: ip-sysctl,
// tcp_syn_retries and tcp_syn_linear_timeouts.
var synRetries = [...]int64{1, 2, 3, 4, 5, 7, 11, 19, 35, 67, 131}

// unresolved is when the kernel knows that nobody has an address, in seconds. Source: arp(7), mcast_solicit and retrans_time_ms.
const unresolved = 3

// Socket makes a socket for a connection over TCP. Source: socket(2).
func (p *Process) Socket() (int, Errno) {
	p.syscall()
	return p.installSocket(&socket{ns: p.ns.net})
}

func (p *Process) installSocket(s *socket) (int, Errno) {
	i := p.k.pipefs.inode(p.k, ModeSocket|0o777, nil)
	i.UID, i.GID, i.socket = p.cred.FSUID, p.cred.FSGID, s
	d := &Dentry{name: "socket:[" + utoa(i.Ino) + "]", ino: i}
	d.parent = d
	return p.install(&File{path: Path{p.k.pipeMount(), d}, ino: i, flags: ReadWrite, opener: p.cred}, 0, false)
}

// socketOf is the socket of a descriptor. Errors: EBADF, ENOTSOCK.
func (p *Process) socketOf(fd int) (*socket, Errno) {
	p.syscall()
	f, e := p.file(fd)
	if e != OK {
		return nil, e
	}
	if f.ino.socket == nil {
		return nil, ENOTSOCK
	}
	return f.ino.socket, OK
}

// Listen gives a socket an address (0 is any) and a port (0: one that is free) and lets connections arrive, backlog of them and one more
// without being accepted. It returns the port.
//
// Errors: EADDRNOTAVAIL for an address that is not the namespace's; EACCES for a port below net.ipv4.ip_unprivileged_port_start without
// CAP_NET_BIND_SERVICE; EADDRINUSE. Source: bind(2), listen(2), ip(7).
func (p *Process) Listen(fd int, ip IP, port uint16, backlog int) (uint16, Errno) {
	s, e := p.socketOf(fd)
	if e != OK {
		return 0, e
	}
	n := s.ns
	if ip != 0 && n.local(ip) == nil {
		return 0, EADDRNOTAVAIL
	}
	if port != 0 && int(port) < n.privileged() && !p.cred.capable(n.owner, CapNetBindService) {
		return 0, EACCES
	}
	if port == 0 {
		port = n.freePort()
	}
	if slices.ContainsFunc(n.listeners, func(o *socket) bool { return o.port == port && (ip == 0 || o.ip == 0 || o.ip == ip) }) {
		return 0, EADDRINUSE
	}
	s.ip, s.port, s.listening, s.backlog = ip, port, true, backlog
	n.listeners = append(n.listeners, s)
	return port, OK
}

// privileged is the first port that needs no capability.
func (n *NetNS) privileged() int {
	if text, ok := n.sysctl[firstFreePort]; ok {
		first, _ := parseInt(text)
		return int(first)
	}
	return 1024
}

const firstFreePort = "net/ipv4/ip_unprivileged_port_start"

// freePort is a port for who does not care which. Source: ip-sysctl, ip_local_port_range.
func (n *NetNS) freePort() uint16 {
	n.ports += 2
	return uint16(32768 + (n.ports+8192)%28232)
}

// Accept waits for a connection, to a time if that is not 0, and gives it a descriptor.
//
// Errors: ETIMEDOUT at that time, as a program that sets an alarm would have it; EINTR; EINVAL for a socket that does not listen. Source: accept(2).
func (p *Process) Accept(fd int, until int64) (int, Errno) {
	s, e := p.socketOf(fd)
	if e != OK {
		return 0, e
	}
	if !s.listening {
		return 0, EINVAL
	}
	for len(s.arrived) == 0 {
		if until > 0 && p.k.now >= until {
			return 0, ETIMEDOUT
		}
		if e := p.wait(until, &s.change); e != OK {
			return 0, e
		}
	}
	c := s.arrived[0]
	s.arrived = s.arrived[1:]
	return p.installSocket(c)
}

// Connect connects a socket to an address and a port; what is lost is sent again, to a time if that is not 0.
//
// Errors: ECONNREFUSED where nobody listens; ENETUNREACH without a route; EHOSTUNREACH if nobody has the address; what a route of another
// kind says; ETIMEDOUT if nothing comes back. Source: connect(2).
func (p *Process) Connect(fd int, ip IP, port uint16, until int64) Errno {
	s, e := p.socketOf(fd)
	if e != OK {
		return e
	}
	if ip == 0 {
		ip = 127<<24 | 1
	}
	s.port = s.ns.freePort()
	start := p.k.now
	for _, next := range synRetries {
		f := s.connect(ip, port)
		if f.at != nil || f.e != OK && !f.late || f.e == EHOSTUNREACH && p.k.now >= start+unresolved*1_000_000_000 {
			p.Spend(50_000)
			return f.e
		}
		for at := start + next*1_000_000_000; p.k.now < at; {
			if until > 0 && p.k.now >= until {
				return ETIMEDOUT
			}
			wake := at
			if until > 0 {
				wake = min(wake, until)
			}
			if e := p.wait(wake); e != OK {
				return e
			}
		}
	}
	return ETIMEDOUT
}

// connect sends the first segment, once. What has no answer, be it because the answer is lost, arrives nowhere.
func (s *socket) connect(ip IP, port uint16) fate {
	n := s.ns
	src := ip
	if n.local(ip) == nil {
		r, ok := n.route(ip)
		if e := r.refuses(ok, false); e != OK {
			return fate{e: e}
		}
		src = n.source(r, ip)
	}
	pk := packet{src: src, dst: ip, sport: s.port, dport: port, tcp: true, ttl: 64}
	f := n.carry(&pk)
	if f.at == nil {
		return f
	}
	if _, ok := pk.back(f.at, n, src, ip); !ok {
		return fate{}
	}
	for _, l := range f.at.listeners {
		if l.port != pk.dport || l.ip != 0 && l.ip != pk.dst {
			continue
		}
		if len(l.arrived) > l.backlog {
			return fate{}
		}
		s.in, s.out = &pipe{readers: 1, writers: 1}, &pipe{readers: 1, writers: 1}
		l.arrived = append(l.arrived, &socket{ns: l.ns, ip: pk.dst, port: pk.dport, in: s.out, out: s.in})
		l.change.wake()
		return f
	}
	f.e = ECONNREFUSED
	return f
}

// Shutdown says that nothing more will be written. Source: shutdown(2), SHUT_WR.
func (p *Process) Shutdown(fd int) Errno {
	s, e := p.socketOf(fd)
	if e != OK {
		return e
	}
	if s.out == nil {
		return ENOTCONN
	}
	s.out.writers = 0
	s.out.change.wake()
	return OK
}

// close is what the last descriptor's end does.
func (s *socket) close() {
	if s.listening {
		s.ns.listeners = slices.DeleteFunc(s.ns.listeners, func(o *socket) bool { return o == s })
		for _, c := range s.arrived {
			c.close()
		}
	}
	if s.in != nil {
		s.in.readers, s.out.writers = 0, 0
		s.in.change.wake()
		s.out.change.wake()
	}
}

// source is where a file's bytes come from, if reading it may have to wait.
func (f *File) source() *pipe {
	if s := f.ino.socket; s != nil {
		return s.in
	}
	return f.ino.pipe
}

// Poll waits until one of the descriptors can be read without waiting, and tells which. Descriptors below 0 never can.
//
// Errors: EINTR. Source: poll(2).
func (p *Process) Poll(fds ...int) (ready []bool, e Errno) {
	p.syscall()
	for {
		any := false
		var queues []*queue
		ready = make([]bool, len(fds))
		for i, fd := range fds {
			f, e := p.file(fd)
			if e != OK {
				continue
			}
			q := f.source()
			ready[i] = q == nil || len(q.data) > 0 || q.writers == 0 || q.ended
			any = any || ready[i]
			if q != nil {
				queues = append(queues, &q.change)
			}
		}
		if any {
			return ready, OK
		}
		if e := p.wait(0, queues...); e != OK {
			return nil, e
		}
	}
}
