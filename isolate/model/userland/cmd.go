package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// cmd is a program under way: the process, its arguments without the name, and its streams.
type cmd struct {
	*model.Process
	name string
	args []string
	out  []byte // not yet written
	in   []byte // read and not yet used
	end  bool   // of the input
	fail int    // the exit status if something went wrong on the way
}

// applet is a command: it returns the exit status.
type applet func(c *cmd) int

// run makes a program of a command.
func (a applet) run(p *model.Process, name string, args []string) int {
	c := &cmd{Process: p, name: name, args: args}
	status := a(c)
	c.flush()
	return status
}

// put adds to the output, which is written when it is long, before an error and at the end.
func (c *cmd) put(texts ...string) {
	for _, t := range texts {
		c.out = append(c.out, t...)
	}
	if len(c.out) > 4096 {
		c.flush()
	}
}

func (c *cmd) flush() {
	if len(c.out) == 0 {
		return
	}
	out := c.out
	c.out = nil
	if e := c.writeAll(1, out); e != model.OK {
		c.fail = 1
		c.writeAll(2, []byte(c.name+": write error: "+e.Text()+"\n"))
	}
}

// writeAll writes all of it.
func (c *cmd) writeAll(fd int, data []byte) model.Errno { return writeAll(c.Process, fd, data) }

func writeAll(p *model.Process, fd int, data []byte) model.Errno {
	for len(data) > 0 {
		n, e := p.Write(fd, data)
		if e == model.EINTR {
			continue
		}
		if e != model.OK {
			return e
		}
		data = data[n:]
	}
	return model.OK
}

// err writes an error as busybox does: the command's name in front, what was printed before it first.
func (c *cmd) err(texts ...string) {
	c.flush()
	c.writeAll(2, []byte(c.name+": "+strings.Join(texts, "")+"\n"))
	c.fail = 1
}

// die is err, and the exit status 1.
func (c *cmd) die(texts ...string) int {
	c.err(texts...)
	return 1
}

// say writes to the error stream as it is.
func (c *cmd) say(texts ...string) {
	c.flush()
	c.writeAll(2, []byte(strings.Join(texts, "")))
}

// line reads a line of the input with its newline; ok is false at the end.
func (c *cmd) line(fd int) (string, bool) {
	for {
		if i := indexByte(c.in, '\n'); i >= 0 {
			l := string(c.in[:i+1])
			c.in = c.in[i+1:]
			return l, true
		}
		if c.end {
			l := string(c.in)
			c.in = nil
			return l, l != ""
		}
		data, e := c.Read(fd, 4096)
		if e == model.EINTR {
			continue
		}
		if e != model.OK || len(data) == 0 {
			c.end = true
			if e != model.OK {
				c.err("read error: ", e.Text())
			}
			continue
		}
		c.in = append(c.in, data...)
	}
}

func indexByte(b []byte, x byte) int {
	for i := range b {
		if b[i] == x {
			return i
		}
	}
	return -1
}

// readAll reads a descriptor to its end.
func (c *cmd) readAll(fd int) ([]byte, model.Errno) {
	var all []byte
	for {
		data, e := c.Read(fd, 65536)
		if e == model.EINTR {
			continue
		}
		if e != model.OK || len(data) == 0 {
			return all, e
		}
		all = append(all, data...)
	}
}

// readFile reads a whole file.
func (c *cmd) readFile(path string) (string, model.Errno) {
	fd, e := c.Open(path, model.ReadOnly, 0)
	if e != model.OK {
		return "", e
	}
	data, e := c.readAll(fd)
	c.Close(fd)
	return string(data), e
}

// writeFile writes a file that exists.
func (c *cmd) writeFile(path, text string) model.Errno {
	fd, e := c.Open(path, model.WriteOnly, 0)
	if e != model.OK {
		return e
	}
	e = c.writeAll(fd, []byte(text))
	c.Close(fd)
	return e
}

// inputs reads each file in turn, or the standard input if there is none or it is "-"; it goes on after a file that cannot be opened.
func (c *cmd) inputs(files []string, each func(name string, fd int)) {
	if len(files) == 0 {
		files = []string{"-"}
	}
	for _, f := range files {
		if f == "-" {
			c.in, c.end = nil, false
			each("-", 0)
			continue
		}
		fd, e := c.Open(f, model.ReadOnly, 0)
		if e != model.OK {
			c.err("can't open '", f, "': ", e.Text())
			continue
		}
		c.in, c.end = nil, false
		each(f, fd)
		c.Close(fd)
	}
}
