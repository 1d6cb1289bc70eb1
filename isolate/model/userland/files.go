package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// walk visits a path and what lies below it, a directory before its content.
func (c *cmd) walk(path string, visit func(path string, st model.Stat)) {
	st, e := c.Lstat(path)
	if e != model.OK {
		c.err(path, ": ", e.Text())
		return
	}
	visit(path, st)
	if st.Mode&model.ModeType != model.ModeDir {
		return
	}
	list, e := c.list(path)
	if e != model.OK {
		c.err(path, ": ", e.Text())
	}
	for _, d := range list {
		c.walk(join(path, d.Name), visit)
	}
}

// list is what a directory holds.
func (c *cmd) list(path string) ([]model.DirEntry, model.Errno) {
	fd, e := c.Open(path, model.ReadOnly|model.Directory, 0)
	if e != model.OK {
		return nil, e
	}
	list, e := c.ReadDir(fd)
	c.Close(fd)
	return list, e
}

func mkdir(c *cmd) int {
	f, status := c.parse(options{plain: "pv", valued: "mZ", long: map[string]string{"mode": "m=", "parents": "p", "verbose": "v"}})
	if status != 0 {
		return status
	}
	if len(f.rest) == 0 {
		c.say(usageOf("mkdir", "[-m MODE] [-p] DIRECTORY..."))
		return 1
	}
	for _, path := range f.rest {
		if f.has('p') {
			c.mkdirs(path)
			continue
		}
		if e := c.Mkdir(path, 0o777); e != model.OK {
			c.err("can't create directory '", path, "': ", e.Text())
			continue
		}
		if mode, ok := chmodMode(f.values['m'], 0o777, true, 0); ok && f.has('m') {
			c.Chmod(path, mode)
		}
	}
	return c.fail
}

// mkdirs makes a directory and those above it that are missing.
func (c *cmd) mkdirs(path string) {
	parts := strings.Split(strings.TrimRight(path, "/"), "/")
	for i := range parts {
		at := strings.Join(parts[:i+1], "/")
		if at == "" {
			continue
		}
		e := c.Mkdir(at, 0o777)
		if e == model.OK {
			continue
		}
		if st, e2 := c.Stat(at); e2 == model.OK && st.Mode&model.ModeType == model.ModeDir {
			continue
		}
		c.err("can't create directory '", path, "': ", e.Text())
		return
	}
}

func rmdir(c *cmd) int {
	f, status := c.parse(options{plain: "p", long: map[string]string{"parents": "p", "ignore-fail-on-non-empty": "i"}})
	if status != 0 {
		return status
	}
	for _, path := range f.rest {
		for {
			if e := c.Rmdir(path); e != model.OK {
				c.err("'", path, "': ", e.Text())
				break
			}
			i := strings.LastIndexByte(strings.TrimRight(path, "/"), '/')
			if !f.has('p') || i <= 0 {
				break
			}
			path = path[:i]
		}
	}
	return c.fail
}

func rm(c *cmd) int {
	f, status := c.parse(options{plain: "rRfi"})
	if status != 0 {
		return status
	}
	if len(f.rest) == 0 && !f.has('f') {
		c.say(usageOf("rm", "[-irf] FILE..."))
		return 1
	}
	for _, path := range f.rest {
		if b := base(path); b == "." || b == ".." {
			c.err("can't remove '.' or '..'")
			continue
		}
		c.remove(path, f.has('r') || f.has('R'), f.has('f'))
	}
	return c.fail
}

// remove takes a file away, or a directory with all it holds; it reports whether that is done.
func (c *cmd) remove(path string, recursive, force bool) bool {
	st, e := c.Lstat(path)
	if e != model.OK {
		if e == model.ENOENT && force {
			return true
		}
		c.err("can't remove '", path, "': ", e.Text())
		return false
	}
	if st.Mode&model.ModeType != model.ModeDir {
		if e := c.Unlink(path); e != model.OK {
			c.err("can't remove '", path, "': ", e.Text())
			return false
		}
		return true
	}
	if !recursive {
		c.err("'", path, "' is a directory")
		return false
	}
	list, e := c.list(path)
	if e != model.OK {
		c.err("can't open '", path, "': ", e.Text())
		return false
	}
	done := true
	for _, d := range list {
		done = c.remove(join(path, d.Name), true, force) && done
	}
	if !done {
		return false
	}
	if e := c.Rmdir(path); e != model.OK {
		c.err("can't remove '", path, "': ", e.Text())
		return false
	}
	return true
}

func touch(c *cmd) int {
	f, status := c.parse(options{plain: "cham", valued: "dtr"})
	if status != 0 {
		return status
	}
	for _, path := range f.rest {
		e := c.Utime(path, -1)
		if e == model.ENOENT && !f.has('c') {
			var fd int
			if fd, e = c.Open(path, model.ReadWrite|model.Create, 0o666); e == model.OK {
				c.Close(fd)
			}
		}
		if e != model.OK && !(e == model.ENOENT && f.has('c')) {
			c.err(path, ": ", e.Text())
		}
	}
	return c.fail
}

func truncate(c *cmd) int {
	f, status := c.parse(options{plain: "c", valued: "s"})
	if status != 0 {
		return status
	}
	for _, path := range f.rest {
		fd, e := c.Open(path, model.WriteOnly|model.Create, 0o666)
		if e == model.OK {
			c.Close(fd)
			e = c.Truncate(path, int64(sized(f.values['s'])))
		}
		if e != model.OK {
			c.err(path, ": ", e.Text())
		}
	}
	return c.fail
}
