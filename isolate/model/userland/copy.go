package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func cp(c *cmd) int {
	f, status := c.parse(options{plain: "pdRrafilLsHPTuv", long: map[string]string{"parents": "!", "archive": "a", "recursive": "r"}})
	if status != 0 {
		return status
	}
	if len(f.rest) < 2 {
		c.say(usageOf("cp", "[-arPLHpfilsTu] SOURCE DEST\nor: cp [-arPLHpfilsu] SOURCE... { -t DIRECTORY | DIRECTORY }"))
		return 1
	}
	x := &copier{c: c, recursive: f.has('a') || f.has('r') || f.has('R'), keep: f.has('a') || f.has('p'), links: f.has('a') || f.has('d') || f.has('P') || (f.has('r') || f.has('R')) && !f.has('L'), force: f.has('f')}
	return c.toEach(f.rest, f.has('T'), x.copy)
}

// toEach does something with each source and where it goes: below the last argument if that is a folder.
func (c *cmd) toEach(args []string, plain bool, do func(from, to string) bool) int {
	dst := args[len(args)-1]
	st, e := c.Stat(dst)
	dir := e == model.OK && st.Mode&model.ModeType == model.ModeDir && !plain
	if len(args) > 2 && !dir {
		c.err("target '", dst, "' is not a directory")
		return 1
	}
	for _, from := range args[:len(args)-1] {
		to := dst
		if dir {
			to = join(dst, base(from))
		}
		do(from, to)
	}
	return c.fail
}

type copier struct {
	c                             *cmd
	recursive, keep, links, force bool
}

// copy copies a file, or a folder with all it holds; it reports whether all of it went well.
func (x *copier) copy(from, to string) bool {
	c := x.c
	st, e := c.Stat(from)
	if x.links {
		st, e = c.Lstat(from)
	}
	if e != model.OK {
		c.err("can't stat '", from, "': ", e.Text())
		return false
	}
	if old, e := c.Stat(to); e == model.OK && old.Dev == st.Dev && old.Ino == st.Ino {
		c.err("'", from, "' and '", to, "' are the same file")
		return false
	}
	ok := false
	switch kind := st.Mode & model.ModeType; kind {
	case model.ModeDir:
		if !x.recursive {
			c.err("omitting directory '", from, "'")
			return false
		}
		ok = x.dir(from, to, st)
	case model.ModeLink:
		target, e := c.Readlink(from)
		if e == model.OK {
			c.Unlink(to)
			e = c.Symlink(target, to)
		}
		if e != model.OK {
			c.err("can't create symlink '", to, "': ", e.Text())
			return false
		}
		if x.keep {
			c.Chown(to, int(st.UID), int(st.GID), false)
		}
		return true
	case model.ModeFile:
		ok = x.file(from, to, st)
	default:
		if !x.recursive {
			ok = x.file(from, to, st)
			break
		}
		if e := c.Mknod(to, st.Mode, st.Major, st.Minor); e != model.OK {
			c.err("can't create '", to, "': ", e.Text())
			return false
		}
		ok = true
	}
	if ok && x.keep {
		x.attributes(to, st)
	}
	return ok
}

func (x *copier) attributes(to string, st model.Stat) {
	mode := st.Mode & 0o7777
	if e := x.c.Chown(to, int(st.UID), int(st.GID), false); e != model.OK {
		mode &^= model.ModeSetUID | model.ModeSetGID
		x.c.say(x.c.name, ": can't preserve ownership of '", to, "': ", e.Text(), "\n")
	}
	x.c.Chmod(to, mode)
	x.c.Utime(to, st.Mtime)
}

func (x *copier) dir(from, to string, st model.Stat) bool {
	c := x.c
	if strings.HasPrefix(to+"/", from+"/") {
		c.err("recursion detected, omitting directory '", from, "'")
		return false
	}
	if old, e := c.Stat(to); e == model.OK {
		if old.Mode&model.ModeType != model.ModeDir {
			c.err("target '", to, "' is not a directory")
			return false
		}
	} else if e := c.Mkdir(to, st.Mode&0o777|0o700); e != model.OK {
		c.err("can't create directory '", to, "': ", e.Text())
		return false
	}
	list, e := c.list(from)
	if e != model.OK {
		c.err("can't open '", from, "': ", e.Text())
		return false
	}
	ok := true
	for _, d := range list {
		ok = x.copy(join(from, d.Name), join(to, d.Name)) && ok
	}
	return ok
}

func (x *copier) file(from, to string, st model.Stat) bool {
	c := x.c
	in, e := c.Open(from, model.ReadOnly, 0)
	if e != model.OK {
		c.err("can't open '", from, "': ", e.Text())
		return false
	}
	defer c.Close(in)
	out, e := c.Open(to, model.WriteOnly|model.Create|model.Truncate, st.Mode&0o7777)
	if e != model.OK && x.force {
		c.Unlink(to)
		out, e = c.Open(to, model.WriteOnly|model.Create|model.Truncate, st.Mode&0o7777)
	}
	if e != model.OK {
		c.err("can't create '", to, "': ", e.Text())
		return false
	}
	defer c.Close(out)
	for {
		data, e := c.Read(in, 65536)
		if e != model.OK {
			c.err("read error: ", e.Text())
			return false
		}
		if len(data) == 0 {
			return true
		}
		if e := c.writeAll(out, data); e != model.OK {
			c.err("write error: ", e.Text())
			return false
		}
	}
}

func mv(c *cmd) int {
	f, status := c.parse(options{plain: "finTv"})
	if status != 0 {
		return status
	}
	if len(f.rest) < 2 {
		c.say(usageOf("mv", "[-finT] SOURCE DEST\nor: mv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }"))
		return 1
	}
	return c.toEach(f.rest, f.has('T'), func(from, to string) bool {
		e := c.Rename(from, to)
		if e != model.EXDEV {
			if e != model.OK {
				c.err("can't rename '", from, "': ", e.Text())
			}
			return e == model.OK
		}
		// Another file system: what is there goes, a copy comes, and the original goes.
		if _, e := c.Lstat(to); e == model.OK {
			if e := c.Unlink(to); e != model.OK {
				c.err("can't remove '", to, "': ", e.Text())
				return false
			}
		}
		x := &copier{c: c, recursive: true, keep: true, links: true}
		return x.copy(from, to) && c.remove(from, true, true)
	})
}
