package userland

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func sleep(c *cmd) int {
	if len(c.args) == 0 {
		c.say(usageOf("sleep", "[N]..."))
		return 1
	}
	total := int64(0)
	for _, w := range c.args {
		n, ok := duration(w)
		if !ok {
			return c.die("invalid number '", w, "'")
		}
		total += n
	}
	for total > 0 {
		left, e := c.Sleep(total)
		if e == model.OK {
			break
		}
		total = left
	}
	return 0
}

// duration reads seconds, with a fraction and a unit; nanoseconds come out.
func duration(word string) (int64, bool) {
	if word == "infinity" || word == "inf" {
		return 1 << 60, true
	}
	digits := strings.TrimRight(word, "smhd")
	unit := map[string]int64{"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}[word[len(digits):]]
	whole, fraction, _ := strings.Cut(digits, ".")
	if digits == "" || unit == 0 || strings.Trim(whole+fraction, "0123456789") != "" || len(whole) > 10 {
		return 0, false
	}
	n := int64(atoi(whole)) * 1_000_000_000
	part := int64(100_000_000)
	for i := range min(9, len(fraction)) {
		n += int64(fraction[i]-'0') * part
		part /= 10
	}
	return n * unit, true
}

func env(c *cmd) int {
	f, status := c.parse(options{plain: "i0", valued: "u", stop: true, long: map[string]string{"ignore-environment": "i", "unset": "u="}})
	if status != 0 {
		return status
	}
	list := c.Env()
	rest := f.rest
	if f.has('i') || len(rest) > 0 && rest[0] == "-" {
		list = nil
		if len(rest) > 0 && rest[0] == "-" {
			rest = rest[1:]
		}
	}
	for _, u := range f.list['u'] {
		list = slices.DeleteFunc(slices.Clone(list), func(e string) bool { return strings.HasPrefix(e, u+"=") })
	}
	for len(rest) > 0 {
		name, value, ok := strings.Cut(rest[0], "=")
		if !ok {
			break
		}
		list = setEnv(list, name, value)
		rest = rest[1:]
	}
	if len(rest) == 0 {
		for _, e := range list {
			c.put(e, "\n")
		}
		return 0
	}
	e := execvp(c.Process, rest, list, pathOf(list))
	c.err("can't execute '", rest[0], "': ", e.Text())
	if e == model.ENOENT {
		return 127
	}
	return 126
}

// spawn runs a program and waits for it; it gives the status as a shell numbers it.
func (c *cmd) spawn(args []string) int {
	c.flush()
	pid, e := c.Fork(func(p *model.Process) int {
		child := &cmd{Process: p, name: c.name}
		e := child.execvp(args)
		child.err("can't execute '", args[0], "': ", e.Text())
		if e == model.ENOENT {
			return 127
		}
		return 126
	})
	if e != model.OK {
		return c.die("vfork: ", e.Text())
	}
	for {
		st, e := c.Wait(pid, true)
		if e == model.OK {
			return st.Shell()
		}
		if e != model.EINTR {
			return 1
		}
	}
}

func timeout(c *cmd) int {
	f, status := c.parse(options{valued: "sk", stop: true})
	if status != 0 {
		return status
	}
	if len(f.rest) < 2 {
		c.say(usageOf("timeout", "[-s SIG] [-k KILL_SECS] SECS PROG ARGS"))
		return 1
	}
	limit, ok := duration(f.rest[0])
	if !ok {
		return c.die("invalid number '", f.rest[0], "'")
	}
	sig := model.SIGTERM
	if f.has('s') {
		sig = signalNumber(f.values['s'])
	}
	// As in busybox the program keeps the process' number: a grandchild watches it.
	self := c.PID()
	helper, e := c.Fork(func(p *model.Process) int {
		p.Fork(func(p *model.Process) int {
			end := p.Kernel().Now() + limit
			for p.Kernel().Now() < end {
				p.Sleep(min(1_000_000_000, end-p.Kernel().Now()))
				if p.Kill(self, 0) != model.OK {
					return 0
				}
			}
			p.Kill(self, sig)
			return 0
		})
		return 0
	})
	if e == model.OK {
		c.Wait(helper, true)
	}
	e = c.execvp(f.rest[1:])
	c.err("can't execute '", f.rest[1], "': ", e.Text())
	return 127
}

func nohup(c *cmd) int {
	c.Signal(model.SIGHUP, model.Ignored)
	if len(c.args) == 0 {
		c.say(usageOf("nohup", "PROG ARGS"))
		return 1
	}
	e := c.execvp(c.args)
	c.err("can't execute '", c.args[0], "': ", e.Text())
	return 127
}

func setsid(c *cmd) int {
	f, status := c.parse(options{plain: "c", stop: true})
	if status != 0 {
		return status
	}
	if c.Setsid() != model.OK {
		if pid, e := c.Fork(func(p *model.Process) int {
			p.Setsid()
			e := (&cmd{Process: p}).execvp(f.rest)
			c.err("can't execute '", f.rest[0], "': ", e.Text())
			return 127
		}); e == model.OK && pid > 0 {
			return 0
		}
	}
	e := c.execvp(f.rest)
	return c.die("can't execute '", f.rest[0], "': ", e.Text())
}
