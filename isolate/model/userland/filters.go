package userland

import (
	"errors"
	"strings"

	"github.com/slipway-dev/slipway/internal/filter"
	"github.com/slipway-dev/slipway/isolate/model"
)

// textFilter is a command of internal/filter as a program: it reads its input to the end first.
func textFilter(c *cmd) int {
	f, _ := filter.Find(c.name)
	call := filter.Call{Args: append([]string{c.name}, c.args...), Read: func(name string) ([]byte, error) {
		text, e := c.readFile(name)
		if e != model.OK {
			return nil, errors.New(e.Text())
		}
		return []byte(text), nil
	}, Write: func(name string, data []byte, appending bool) error {
		flags := model.WriteOnly | model.Create | model.Truncate
		if appending {
			flags = model.WriteOnly | model.Create | model.Append
		}
		fd, e := c.Open(name, flags, 0o666)
		if e == model.OK {
			e = c.writeAll(fd, data)
			c.Close(fd)
		}
		if e != model.OK {
			return errors.New(e.Text())
		}
		return nil
	}}
	call.Pull = func() []byte {
		data, _ := c.readAll(0)
		c.Spend(int64(len(data)) * 10)
		return data
	}
	res := f(call)
	if res.Stderr != "" {
		c.say(res.Stderr)
	}
	c.put(res.Stdout)
	return res.Code
}

func cat(c *cmd) int {
	f, status := c.parse(options{plain: "nbuevtA"})
	if status != 0 {
		return status
	}
	n := 0
	c.inputs(f.rest, func(_ string, fd int) {
		if f.has('n') || f.has('b') {
			for l, ok := c.line(fd); ok; l, ok = c.line(fd) {
				if f.has('b') && l == "\n" {
					c.put(l)
					continue
				}
				n++
				c.put(right(itoa(n), 6), "\t", l)
			}
			return
		}
		for {
			data, e := c.Read(fd, 4096)
			if e == model.EINTR {
				continue
			}
			if e != model.OK {
				c.err("read error: ", e.Text())
			}
			if e != model.OK || len(data) == 0 {
				return
			}
			if e := c.writeAll(1, data); e != model.OK {
				c.err("write error: ", e.Text())
				return
			}
		}
	})
	return c.fail
}

func head(c *cmd) int {
	if len(c.args) > 0 && len(c.args[0]) > 1 && c.args[0][0] == '-' && strings.Trim(c.args[0][1:], "0123456789") == "" {
		c.args = append([]string{"-n", c.args[0][1:]}, c.args[1:]...)
	}
	f, status := c.parse(options{plain: "qv", valued: "nc"})
	if status != 0 {
		return status
	}
	count, bytes := 10, f.has('c')
	if v := f.values['n']; v != "" {
		count = sized(v)
	}
	if bytes {
		count = sized(f.values['c'])
	}
	first := true
	c.inputs(f.rest, func(name string, fd int) {
		if len(f.rest) > 1 && !f.has('q') {
			if !first {
				c.put("\n")
			}
			c.put("==> ", name, " <==\n")
		}
		first = false
		left := count
		for left > 0 && c.fail == 0 {
			if !bytes {
				l, ok := c.line(fd)
				if !ok {
					return
				}
				c.put(l)
				left--
				continue
			}
			data, e := c.Read(fd, min(left, 4096))
			if e != model.OK || len(data) == 0 {
				return
			}
			left -= len(data)
			c.put(string(data))
		}
	})
	return c.fail
}

// sized is a number with k, m or b behind it.
func sized(word string) int {
	n := atoi(word)
	switch {
	case strings.HasSuffix(word, "k") || strings.HasSuffix(word, "K"):
		n <<= 10
	case strings.HasSuffix(word, "m") || strings.HasSuffix(word, "M"):
		n <<= 20
	case strings.HasSuffix(word, "G") || strings.HasSuffix(word, "g"):
		n <<= 30
	case strings.HasSuffix(word, "b"):
		n <<= 9
	}
	return n
}

func tail(c *cmd) int {
	if len(c.args) > 0 && len(c.args[0]) > 1 && c.args[0][0] == '-' && strings.Trim(c.args[0][1:], "0123456789") == "" {
		c.args = append([]string{"-n", c.args[0][1:]}, c.args[1:]...)
	}
	f, status := c.parse(options{plain: "fqvF", valued: "ncs"})
	if status != 0 {
		return status
	}
	word := "10"
	if f.has('n') {
		word = f.values['n']
	}
	if f.has('c') {
		word = f.values['c']
	}
	fromStart := strings.HasPrefix(word, "+")
	count := sized(strings.TrimLeft(word, "+-"))
	first := true
	c.inputs(f.rest, func(name string, fd int) {
		if len(f.rest) > 1 && !f.has('q') {
			if !first {
				c.put("\n")
			}
			c.put("==> ", name, " <==\n")
		}
		first = false
		text := string(c.hold(fd))
		c.put(lastPart(text, count, f.has('c'), fromStart))
		for f.has('f') || f.has('F') {
			c.flush()
			c.Sleep(1_000_000_000)
			more, _ := c.readAll(fd)
			c.put(string(more))
		}
	})
	return c.fail
}

// hold reads to the end and keeps all of it in memory, as far as there is any: an endless line has no last part.
func (c *cmd) hold(fd int) []byte {
	var all []byte
	kept := 0
	for {
		data, e := c.Read(fd, 65536)
		if e == model.EINTR {
			continue
		}
		if e != model.OK || len(data) == 0 {
			return all
		}
		// Zeros are only counted: they are what an endless input is made of, and the kernel's memory is not the model's.
		if kept += len(data); kept <= 1<<20 {
			all = append(all, data...)
		}
		c.Grow(int64(len(data)))
	}
}

func lastPart(text string, count int, bytes, fromStart bool) string {
	if bytes {
		if fromStart {
			return text[min(len(text), max(0, count-1)):]
		}
		return text[max(0, len(text)-count):]
	}
	lines := strings.SplitAfter(text, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if fromStart {
		return strings.Join(lines[min(len(lines), max(0, count-1)):], "")
	}
	return strings.Join(lines[max(0, len(lines)-count):], "")
}

func tee(c *cmd) int {
	f, status := c.parse(options{plain: "ai"})
	if status != 0 {
		return status
	}
	flags := model.WriteOnly | model.Create | model.Truncate
	if f.has('a') {
		flags = model.WriteOnly | model.Create | model.Append
	}
	fds := []int{1}
	for _, name := range f.rest {
		fd, e := c.Open(name, flags, 0o666)
		if e != model.OK {
			c.err(name, ": ", e.Text())
			continue
		}
		fds = append(fds, fd)
	}
	for {
		data, e := c.Read(0, 4096)
		if e != model.OK || len(data) == 0 {
			return c.fail
		}
		for _, fd := range fds {
			if e := c.writeAll(fd, data); e != model.OK {
				c.err("write error: ", e.Text())
			}
		}
	}
}

func yes(c *cmd) int {
	text := "y\n"
	if len(c.args) > 0 {
		text = strings.Join(c.args, " ") + "\n"
	}
	for c.writeAll(1, []byte(strings.Repeat(text, 64))) == model.OK {
		continue
	}
	return 1
}
