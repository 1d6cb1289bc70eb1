package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func basename(c *cmd) int {
	if len(c.args) == 0 {
		c.say(usageOf("basename", "FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE..."))
		return 1
	}
	name := base(c.args[0])
	if len(c.args) > 1 && name != c.args[1] {
		name = strings.TrimSuffix(name, c.args[1])
	}
	c.put(name, "\n")
	return 0
}

func dirname(c *cmd) int {
	if len(c.args) != 1 {
		c.say(usageOf("dirname", "FILENAME"))
		return 1
	}
	path := strings.TrimRight(c.args[0], "/")
	i := strings.LastIndexByte(path, '/')
	switch {
	case path == "" && c.args[0] != "":
		path = "/"
	case i < 0:
		path = "."
	default:
		if path = strings.TrimRight(path[:i], "/"); path == "" {
			path = "/"
		}
	}
	c.put(path, "\n")
	return 0
}

func tty(c *cmd) int {
	c.put("not a tty\n")
	return 1
}

func uptime(c *cmd) int {
	text, e := c.readFile("/proc/uptime")
	if e != model.OK {
		return c.die("can't open '/proc/uptime': ", e.Text())
	}
	n := atoi(text)
	d := dateOf(c.now())
	c.put(" ", zeros(itoa(d.hour), 2), ":", zeros(itoa(d.minute), 2), ":", zeros(itoa(d.second), 2), " up ")
	if n >= 3600 {
		c.put(right(itoa(n/3600), 2), ":", zeros(itoa(n/60%60), 2))
	} else {
		c.put(itoa(n/60), " min")
	}
	c.put(",  load average: 0.00, 0.00, 0.00\n")
	return 0
}

// timeMain runs a program and says how long that took.
func timeMain(c *cmd) int {
	began := c.Kernel().Now()
	status := c.spawn(c.args)
	ms := (c.Kernel().Now() - began) / 10_000_000
	c.say("real\t", itoa64(ms/6000), "m ", itoa64(ms/100%60), ".", zeros(itoa64(ms%100), 2), "s\nuser\t0m 0.00s\nsys\t0m 0.00s\n")
	return status
}

func syncMain(*cmd) int { return 0 }

func unlinkMain(c *cmd) int {
	for _, p := range c.args {
		if e := c.Unlink(p); e != model.OK {
			return c.die("can't remove file '", p, "': ", e.Text())
		}
	}
	return 0
}

func usleep(c *cmd) int {
	if len(c.args) > 0 {
		c.Sleep(int64(atoi(c.args[0])) * 1000)
	}
	return 0
}

func tac(c *cmd) int {
	c.inputs(c.args, func(_ string, fd int) {
		data, _ := c.readAll(fd)
		lines := strings.SplitAfter(string(data), "\n")
		for i := len(lines) - 1; i >= 0; i-- {
			c.put(lines[i])
		}
	})
	return c.fail
}

func rev(c *cmd) int {
	c.inputs(c.args, func(_ string, fd int) {
		for l, ok := c.line(fd); ok; l, ok = c.line(fd) {
			r := []rune(strings.TrimSuffix(l, "\n"))
			for i, k := 0, len(r)-1; i < k; i, k = i+1, k-1 {
				r[i], r[k] = r[k], r[i]
			}
			c.put(string(r), "\n")
		}
	})
	return c.fail
}

// cmp tells where two files differ first.
func cmp(c *cmd) int {
	f, status := c.parse(options{plain: "sl"})
	if status != 0 || len(f.rest) < 2 {
		return 2
	}
	var texts [2]string
	for i := range 2 {
		var e model.Errno
		if texts[i], e = c.readFile(f.rest[i]); e != model.OK {
			c.err(f.rest[i], ": ", e.Text())
			return 2
		}
	}
	a, b := texts[0], texts[1]
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			if !f.has('s') {
				c.put(f.rest[0], " ", f.rest[1], " differ: char ", itoa(i+1), ", line ", itoa(strings.Count(a[:i], "\n")+1), "\n")
			}
			return 1
		}
	}
	if len(a) != len(b) {
		short := f.rest[0]
		if len(a) > len(b) {
			short = f.rest[1]
		}
		if !f.has('s') {
			c.err("EOF on ", short)
		}
		return 1
	}
	return 0
}
