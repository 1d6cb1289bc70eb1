package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func ln(c *cmd) int {
	f, status := c.parse(options{plain: "sfnbvT", valued: "S"})
	if status != 0 {
		return status
	}
	if len(f.rest) == 0 {
		c.say(usageOf("ln", "[-sfnbtv] [-S SUF] TARGET... LINK|DIR"))
		return 1
	}
	to := base(f.rest[0])
	sources := f.rest
	if len(f.rest) > 1 {
		to = f.rest[len(f.rest)-1]
		sources = f.rest[:len(f.rest)-1]
	}
	for _, from := range sources {
		dst := to
		st, e := c.Stat(to)
		if f.has('n') {
			st, e = c.Lstat(to)
		}
		if e == model.OK && st.Mode&model.ModeType == model.ModeDir && !f.has('T') {
			dst = join(to, base(from))
		}
		if f.has('f') {
			c.Unlink(dst)
		}
		if f.has('s') {
			e = c.Symlink(from, dst)
		} else {
			if _, e := c.Lstat(from); e != model.OK {
				c.err(from, ": ", e.Text())
				continue
			}
			e = c.Link(from, dst)
		}
		if e != model.OK {
			c.err(dst, ": ", e.Text())
		}
	}
	return c.fail
}

func readlink(c *cmd) int {
	f, status := c.parse(options{plain: "fnvsq"})
	if status != 0 {
		return status
	}
	if len(f.rest) != 1 {
		c.say(usageOf("readlink", "[-fnv] FILE") + "\nDisplay the value of a symlink\n\n\t-f\tCanonicalize by following all symlinks\n\t-n\tDon't add newline\n\t-v\tVerbose\n")
		return 1
	}
	path := f.rest[0]
	text, e := c.Readlink(path)
	if f.has('f') {
		text, e = c.realpath(path, false)
	}
	if e != model.OK {
		if f.has('v') {
			return c.die(path, ": ", e.Text())
		}
		return 1
	}
	c.put(text)
	if !f.has('n') {
		c.put("\n")
	}
	return 0
}

// realpath is a path without links and dots; its last part may be missing unless all is wanted.
func (c *cmd) realpath(path string, all bool) (string, model.Errno) {
	at := "/"
	if !strings.HasPrefix(path, "/") {
		cwd, e := c.Getcwd()
		if e != model.OK {
			return "", e
		}
		at = cwd
	}
	rest := strings.Split(path, "/")
	for links := 0; len(rest) > 0; {
		part := rest[0]
		rest = rest[1:]
		switch part {
		case "", ".":
			continue
		case "..":
			at = at[:max(1, strings.LastIndexByte(at, '/'))]
			continue
		}
		next := join(at, part)
		st, e := c.Lstat(next)
		if e != model.OK {
			if e == model.ENOENT && !all && strings.Join(rest, "") == "" {
				return next, model.OK
			}
			return "", e
		}
		if st.Mode&model.ModeType != model.ModeLink {
			at = next
			continue
		}
		if links++; links > 40 {
			return "", model.ELOOP
		}
		to, e := c.Readlink(next)
		if e != model.OK {
			return "", e
		}
		if strings.HasPrefix(to, "/") {
			at = "/"
		}
		rest = append(strings.Split(to, "/"), rest...)
	}
	return at, model.OK
}

func realpath(c *cmd) int {
	for _, path := range c.args {
		text, e := c.realpath(path, true)
		if e != model.OK {
			c.err(path, ": ", e.Text())
			continue
		}
		c.put(text, "\n")
	}
	return c.fail
}

func mknod(c *cmd) int {
	f, status := c.parse(options{plain: "", valued: "m"})
	if status != 0 {
		return status
	}
	kinds := map[string]uint32{"p": model.ModeFIFO, "c": model.ModeChar, "u": model.ModeChar, "b": model.ModeBlock}
	if len(f.rest) < 2 || kinds[f.rest[1]] == 0 || (f.rest[1] == "p") != (len(f.rest) == 2) {
		c.say(usageOf("mknod", "[-m MODE] NAME TYPE [MAJOR MINOR]"))
		return 1
	}
	major, minor := uint32(0), uint32(0)
	if len(f.rest) > 3 {
		major, minor = uint32(atoi(f.rest[2])), uint32(atoi(f.rest[3]))
	}
	mode := uint32(0o666)
	if m, ok := chmodMode(f.values['m'], mode, false, 0); ok && f.has('m') {
		mode = m
		c.Umask(0)
	}
	if e := c.Mknod(f.rest[0], kinds[f.rest[1]]|mode, major, minor); e != model.OK {
		return c.die(f.rest[0], ": ", e.Text())
	}
	return 0
}

func mkfifo(c *cmd) int {
	f, status := c.parse(options{valued: "m"})
	if status != 0 {
		return status
	}
	for _, path := range f.rest {
		if e := c.Mknod(path, model.ModeFIFO|0o666, 0, 0); e != model.OK {
			c.err(path, ": ", e.Text())
		}
	}
	return c.fail
}
