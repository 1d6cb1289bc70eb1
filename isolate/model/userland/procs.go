package userland

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func kill(c *cmd) int {
	args := c.args
	sig := model.SIGTERM
	if len(args) > 0 && args[0] == "-l" {
		return killList(c, args[1:])
	}
	if len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' {
		word := args[0][1:]
		args = args[1:]
		if (word == "s" || word == "n") && len(args) > 0 {
			word = args[0]
			args = args[1:]
		}
		if sig = signalNumber(word); word == "-" {
			sig = model.SIGTERM
		}
		if sig < 0 {
			return c.die("bad signal name '", word, "'")
		}
	}
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		return c.die("you need to specify whom to kill")
	}
	status := 0
	for _, w := range args {
		pid, err := strconv.Atoi(w)
		if err != nil {
			c.err("invalid number '", w, "'")
			status++
			continue
		}
		if e := c.Kill(pid, sig); e != model.OK {
			c.err("can't kill pid ", w, ": ", e.Text())
			status++
		}
	}
	return min(status, 255)
}

func killList(c *cmd, args []string) int {
	if len(args) == 0 {
		for sig := 1; sig < len(signalNames); sig++ {
			c.put(right(itoa(sig), 2), ") ", signalNames[sig], "\n")
		}
		return 0
	}
	for _, w := range args {
		if n, ok := number(w); ok {
			n &= 0x7f
			if n < len(signalNames) {
				c.put(signalNames[n], "\n")
			} else {
				c.put(itoa(n), "\n")
			}
			continue
		}
		n := signalNumber(w)
		if n < 0 {
			return c.die("unknown signal '", w, "'")
		}
		c.put(itoa(n), "\n")
	}
	return 0
}

func pidof(c *cmd) int {
	f, status := c.parse(options{plain: "s", valued: "o"})
	if status != 0 {
		return status
	}
	var found []string
	all := c.tasks()
	for _, name := range f.rest {
		for _, t := range all {
			arg0, _, _ := strings.Cut(t.args, " ")
			if (t.comm == name || base(arg0) == name) && t.state != "Z" || t.comm == name {
				if !contains2(f.list['o'], itoa(t.pid)) {
					found = append(found, itoa(t.pid))
				}
			}
		}
	}
	slices.Reverse(found)
	if len(found) == 0 {
		return 1
	}
	if f.has('s') {
		found = found[:1]
	}
	c.put(strings.Join(found, " "), "\n")
	return 0
}

func killall(c *cmd) int {
	sig, quiet := model.SIGTERM, false
	args := c.args
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		switch w := args[0][1:]; {
		case w == "q":
			quiet = true
		case w == "l":
			return killList(c, args[1:])
		default:
			if sig = signalNumber(w); sig < 0 {
				return c.die("bad signal name '", w, "'")
			}
		}
		args = args[1:]
	}
	if len(args) == 0 {
		return c.die("you need to specify whom to kill")
	}
	status := 0
	for _, name := range args {
		found := false
		for _, t := range c.tasks() {
			if t.comm == name && t.pid != c.PID() {
				found = true
				if e := c.Kill(t.pid, sig); e != model.OK {
					c.err("can't kill pid ", itoa(t.pid), ": ", e.Text())
					status++
				}
			}
		}
		if !found {
			status++
			if !quiet {
				c.err(name, ": no process killed")
			}
		}
	}
	return status
}

func pgrep(c *cmd) int {
	f, status := c.parse(options{plain: "flnovxL", valued: "Ps"})
	if status != 0 {
		return status
	}
	if len(f.rest) == 0 {
		return 1
	}
	found := false
	for _, t := range c.tasks() {
		if strings.Contains(t.comm, f.rest[0]) != f.has('v') && t.pid != c.PID() {
			found = true
			if c.name == "pkill" {
				c.Kill(t.pid, model.SIGTERM)
				continue
			}
			c.put(itoa(t.pid), "\n")
		}
	}
	return boolStatus(found)
}
