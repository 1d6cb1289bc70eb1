package userland

import (
	"slices"
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
	if len(f.rest) == 0 {
		c.say(usageOf("readlink", "[-fnv] FILE"))
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

func parseOctal(word string) (uint32, bool) {
	n := uint32(0)
	for i := range len(word) {
		if word[i] < '0' || word[i] > '7' {
			return 0, false
		}
		n = n<<3 | uint32(word[i]-'0')
	}
	return n, word != "" && n <= 0o7777
}

// chmodMode works out a mode in octal or like u+x,go=r from what it is now. Source: chmod(1).
func chmodMode(text string, now uint32, dir bool, umask uint32) (uint32, bool) {
	if n, ok := parseOctal(text); ok {
		return n, true
	}
	for _, clause := range strings.Split(text, ",") {
		who := uint32(0)
		i := 0
		for ; i < len(clause); i++ {
			mask, ok := map[byte]uint32{'u': 0o4700, 'g': 0o2070, 'o': 0o1007, 'a': 0o7777}[clause[i]]
			if !ok {
				break
			}
			who |= mask
		}
		keep := uint32(0)
		if who == 0 {
			who, keep = 0o7777, umask
		}
		if i >= len(clause) {
			return 0, false
		}
		for i < len(clause) {
			op := clause[i]
			if strings.IndexByte("+-=", op) < 0 {
				return 0, false
			}
			bits := uint32(0)
			for i++; i < len(clause) && strings.IndexByte("+-=", clause[i]) < 0; i++ {
				b, ok := permBits(clause[i], now, dir)
				if !ok {
					return 0, false
				}
				bits |= b
			}
			bits &= who &^ keep
			switch op {
			case '+':
				now |= bits
			case '-':
				now &^= bits
			default:
				now = now&^(who&^keep&^0o1000|0) | bits
				if who&0o7777 == 0o7777 {
					now = now&^0o7777 | bits
				}
			}
		}
	}
	return now & 0o7777, true
}

func permBits(letter byte, now uint32, dir bool) (uint32, bool) {
	switch letter {
	case 'r':
		return 0o444, true
	case 'w':
		return 0o222, true
	case 'x':
		return 0o111, true
	case 'X':
		if dir || now&0o111 != 0 {
			return 0o111, true
		}
		return 0, true
	case 's':
		return 0o6000, true
	case 't':
		return 0o1000, true
	case 'u', 'g', 'o':
		b := now >> map[byte]uint32{'u': 6, 'g': 3, 'o': 0}[letter] & 7
		return b<<6 | b<<3 | b, true
	}
	return 0, false
}

func chmod(c *cmd) int {
	// A mode such as -x is no option.
	for i, a := range c.args {
		if len(a) > 1 && a[0] == '-' && strings.IndexByte("rwxXst", a[1]) >= 0 {
			c.args = slices.Insert(slices.Clone(c.args), i, "--")
			break
		}
	}
	f, status := c.parse(options{plain: "Rvcf"})
	if status != 0 {
		return status
	}
	if len(f.rest) < 2 {
		c.say(usageOf("chmod", "[-Rcvf] MODE[,MODE]... FILE..."))
		return 1
	}
	umask := c.Umask(0)
	c.Umask(umask)
	one := func(path string, st model.Stat) {
		mode, ok := chmodMode(f.rest[0], st.Mode&0o7777, st.Mode&model.ModeType == model.ModeDir, umask)
		if !ok {
			c.err("invalid mode '", f.rest[0], "'")
			return
		}
		if e := c.Chmod(path, mode); e != model.OK {
			c.err(path, ": ", e.Text())
		}
	}
	if _, ok := chmodMode(f.rest[0], 0, false, 0); !ok {
		return c.die("invalid mode '", f.rest[0], "'")
	}
	for _, path := range f.rest[1:] {
		if f.has('R') {
			c.walk(path, func(p string, st model.Stat) {
				if st.Mode&model.ModeType != model.ModeLink {
					one(p, st)
				}
			})
			continue
		}
		st, e := c.Stat(path)
		if e != model.OK {
			c.err(path, ": ", e.Text())
			continue
		}
		one(path, st)
	}
	return c.fail
}

func chown(c *cmd) int { return c.changeOwner(false) }
func chgrp(c *cmd) int { return c.changeOwner(true) }

func (c *cmd) changeOwner(groupOnly bool) int {
	f, status := c.parse(options{plain: "RhLHPvcf"})
	if status != 0 {
		return status
	}
	if len(f.rest) < 2 {
		c.say(usageOf(c.name, "[-RhLHPcvf] USER[:[GRP]] FILE..."))
		return 1
	}
	name, groupName, both := strings.Cut(f.rest[0], ":")
	if !both && !groupOnly {
		name, groupName, both = strings.Cut(f.rest[0], ".")
	}
	if groupOnly {
		name, groupName, both = "", f.rest[0], true
	}
	uid, gid := -1, -1
	if name != "" {
		if n, ok := number(name); ok {
			uid = n
		} else if u, ok := c.userByName(name); ok {
			uid = int(u.uid)
			if both && groupName == "" {
				gid = int(u.gid)
			}
		} else {
			return c.die("unknown user ", name)
		}
	}
	if both && groupName != "" {
		if n, ok := number(groupName); ok {
			gid = n
		} else if g, ok := c.groupByName(groupName); ok {
			gid = int(g)
		} else {
			return c.die("unknown group ", groupName)
		}
	}
	one := func(path string, follow bool) {
		if e := c.Chown(path, uid, gid, follow); e != model.OK {
			c.err(path, ": ", e.Text())
		}
	}
	for _, path := range f.rest[1:] {
		if f.has('R') {
			c.walk(path, func(p string, _ model.Stat) { one(p, false) })
		} else {
			one(path, !f.has('h'))
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
