package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

const ncUsage = `BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.

Usage: nc [-iN] [-wN] [-l] [-p PORT] [-f FILE|IPADDR PORT] [-e PROG]

Open a pipe to IP:PORT or FILE

	-l	Listen mode, for inbound connects
		(use -ll with -e for persistent server)
	-p PORT	Local port
	-w SEC	Connect timeout
	-i SEC	Delay interval for lines sent
	-f FILE	Use file (ala /dev/ttyS0) instead of network
	-e PROG	Run PROG after connect
`

// nc is the smaller of busybox' two, which knows TCP alone.
func nc(c *cmd) int {
	var program []string
	for i, a := range c.args { // all behind -e is the program's
		if strings.HasPrefix(a, "-") && strings.HasSuffix(a, "e") {
			program = c.args[i+1:]
			c.args = append(append([]string{}, c.args[:i]...), strings.TrimSuffix(a, "e"))
			if len(a) == 2 {
				c.args = c.args[:i]
			}
			break
		}
	}
	f, status := c.parse(options{plain: "l", valued: "pwi", usage: ncUsage})
	if status != 0 {
		return status
	}
	listens := f.set['l']
	if listens > 0 && len(f.rest) > 1 || listens == 0 && (len(f.rest) == 0 || len(f.rest) > 2) {
		c.say(ncUsage)
		return 1
	}
	until, delay := int64(0), int64(0)
	for _, v := range []struct {
		letter byte
		ns     *int64
	}{{'w', &until}, {'i', &delay}} {
		n, ok := number(f.values[v.letter])
		if f.has(v.letter) && !ok {
			return c.die("invalid number '", f.values[v.letter], "'")
		}
		*v.ns = int64(n) * 1_000_000_000
	}
	if until > 0 {
		until += c.Kernel().Now()
	}
	local, ok := c.port(f.values['p'], f.has('p'))
	if !ok {
		return 1
	}
	if listens > 0 {
		return c.ncListen(f.rest, local, listens, until, delay, program)
	}
	fd, status := c.ncConnect(f.rest, until)
	if status != 0 {
		return status
	}
	if program != nil {
		return c.ncExec(fd, program)
	}
	return c.ncCopy(fd, delay)
}

// port reads a port if one is given, and says so if it is none.
func (c *cmd) port(text string, given bool) (uint16, bool) {
	n, ok := number(text)
	if given && (!ok || n > 65535) {
		c.err("bad port '", text, "'")
		return 0, false
	}
	return uint16(n), true
}

func (c *cmd) ncConnect(host []string, until int64) (fd, status int) {
	port, ok := uint16(0), true
	if len(host) > 1 {
		port, ok = c.port(host[1], true)
	}
	if !ok {
		return 0, 1
	}
	ip, ok := c.resolve(host[0])
	if !ok {
		return 0, c.die("bad address '", host[0], "'")
	}
	fd, e := c.Socket()
	if e == model.OK {
		e = c.Connect(fd, ip, port, until)
	}
	switch {
	case e == model.ETIMEDOUT && until > 0 && c.Kernel().Now() >= until:
		return 0, c.die("timed out")
	case e != model.OK:
		return 0, c.die("can't connect to remote host (", ip.String(), "): ", e.Text())
	}
	return fd, 0
}

func (c *cmd) ncListen(host []string, port uint16, backlog int, until, delay int64, program []string) int {
	ip := model.IP(0)
	if len(host) > 0 {
		var ok bool
		if ip, ok = c.resolve(host[0]); !ok {
			return c.die("bad address '", host[0], "'")
		}
	}
	listener, e := c.Socket()
	if e == model.OK {
		_, e = c.Listen(listener, ip, port, backlog)
	}
	if e != model.OK {
		return c.die("bind: ", e.Text())
	}
	for {
		fd, e := c.Accept(listener, until)
		if e == model.ETIMEDOUT {
			return c.die("timed out")
		}
		if e != model.OK {
			return c.die("accept: ", e.Text())
		}
		if program == nil {
			c.Close(listener)
			return c.ncCopy(fd, delay)
		}
		if backlog == 1 {
			c.Close(listener)
			return c.ncExec(fd, program)
		}
		c.Signal(17, model.Ignored)
		if _, e := c.Fork(func(p *model.Process) int {
			kid := &cmd{Process: p, name: c.name}
			p.Close(listener)
			return kid.ncExec(fd, program)
		}); e != model.OK {
			return c.die("vfork: ", e.Text())
		}
		c.Close(fd)
		until = 0
	}
}

// ncExec becomes a program whose input and output the connection is.
func (c *cmd) ncExec(fd int, program []string) int {
	if len(program) == 0 {
		c.say("nc: option requires an argument -- 'e'\n", ncUsage)
		return 1
	}
	c.Dup2(fd, 0)
	c.Close(fd)
	c.Dup2(0, 1)
	e := c.execvp(program)
	return c.die("can't execute '", program[0], "': ", e.Text())
}

// ncCopy copies the input to the connection and the connection to the output, until the other side has nothing more to say.
func (c *cmd) ncCopy(fd int, delay int64) int {
	in := 0
	for {
		ready, e := c.Poll(in, fd)
		if e != model.OK {
			continue
		}
		if ready[0] {
			data, e := c.Read(0, 1024)
			if e != model.OK || len(data) == 0 {
				c.Shutdown(fd)
				in = -1
			} else if e := c.writeAll(fd, data); e != model.OK {
				return c.die("write error: ", e.Text())
			}
			c.Sleep(delay)
		}
		if ready[1] {
			data, e := c.Read(fd, 1024)
			if e != model.OK || len(data) == 0 {
				return 0
			}
			if e := c.writeAll(1, data); e != model.OK {
				return c.die("write error: ", e.Text())
			}
			c.Sleep(delay)
		}
	}
}
