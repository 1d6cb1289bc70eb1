package userland

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

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
				clear := who
				if who != 0o7777 {
					clear &^= 0o1000 // the sticky bit is nobody's
				}
				now = now&^clear | bits
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
