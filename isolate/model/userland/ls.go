package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/isolate/model"
)

// entry is a file that ls shows.
type entry struct {
	name, path string
	st         model.Stat
	target     string
}

func ls(c *cmd) int {
	f, status := c.parse(options{plain: "1AaCdFHhiklLnpQqrRsStuUvXxcge", valued: "wT", long: map[string]string{"color": "!?", "full-time": "@"}})
	if status != 0 {
		return status
	}
	l := &lister{c: c, f: f}
	paths := f.rest
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var files, dirs []entry
	follow := !f.has('l') && !f.has('n') && !f.has('i') && !f.has('s') && !f.has('F') || f.has('H')
	for _, p := range paths {
		e, ok := l.entry(p, p, follow)
		if !ok {
			continue
		}
		if e.st.Mode&model.ModeType == model.ModeDir && !f.has('d') {
			dirs = append(dirs, e)
		} else {
			files = append(files, e)
		}
	}
	l.sort(files)
	l.show(files)
	l.sort(dirs)
	l.dirs(dirs, len(files) > 0, len(paths) > 1 || f.has('R'))
	return c.fail
}

type lister struct {
	c *cmd
	f flags
}

func (l *lister) entry(name, path string, follow bool) (entry, bool) {
	st, e := l.c.Lstat(path)
	if follow || l.f.has('L') {
		st, e = l.c.Stat(path)
	}
	if e != model.OK {
		l.c.err(path, ": ", e.Text())
		return entry{}, false
	}
	x := entry{name: name, path: path, st: st}
	if st.Mode&model.ModeType == model.ModeLink && (l.f.has('l') || l.f.has('n')) {
		var e model.Errno
		if x.target, e = l.c.Readlink(path); e != model.OK {
			l.c.err(path, ": cannot read link: ", e.Text())
		}
	}
	return x, true
}

// dirs shows directories one after another, with their names if they are several.
func (l *lister) dirs(dirs []entry, after, named bool) {
	for _, d := range dirs {
		if named {
			if after {
				l.c.put("\n")
			}
			l.c.put(d.name, ":\n")
		}
		after = true
		fd, e := l.c.Open(d.path, model.ReadOnly|model.Directory, 0)
		if e != model.OK {
			l.c.err("can't open '", d.path, "': ", e.Text())
			continue
		}
		list, _ := l.c.ReadDir(fd)
		if l.f.has('a') {
			list = append(list, model.DirEntry{Name: "."}, model.DirEntry{Name: ".."})
		}
		var shown, below []entry
		for _, x := range list {
			if x.Name[0] == '.' && !l.f.has('a') && !l.f.has('A') {
				continue
			}
			if e, ok := l.entry(x.Name, join(d.path, x.Name), false); ok {
				shown = append(shown, e)
				if l.f.has('R') && e.st.Mode&model.ModeType == model.ModeDir && x.Name != "." && x.Name != ".." {
					e.name = e.path
					below = append(below, e)
				}
			}
		}
		l.c.Close(fd)
		l.sort(shown)
		if l.f.has('l') || l.f.has('n') || l.f.has('s') {
			total := int64(0)
			for _, e := range shown {
				total += blocks(e.st)
			}
			l.c.put("total ", itoa64(total/2), "\n")
		}
		l.show(shown)
		l.sort(below)
		l.dirs(below, true, true)
	}
}

// blocks is how many units of 512 bytes a file takes.
func blocks(st model.Stat) int64 {
	if st.Mode&model.ModeType != model.ModeFile {
		return 0
	}
	return (st.Size + 4095) / 4096 * 8
}

func (l *lister) sort(list []entry) {
	if l.f.has('U') {
		return
	}
	sorting.Stable(list, func(a, b entry) int {
		n := strings.Compare(a.name, b.name)
		switch {
		case l.f.has('S') && a.st.Size != b.st.Size:
			n = sign(b.st.Size - a.st.Size)
		case l.f.has('t') && a.st.Mtime != b.st.Mtime:
			n = sign(b.st.Mtime - a.st.Mtime)
		}
		if l.f.has('r') {
			return -n
		}
		return n
	})
}

func sign(n int64) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

func (l *lister) show(list []entry) {
	for _, e := range list {
		if l.f.has('i') {
			l.c.put(right(itoa64(int64(e.st.Ino)), 7), " ")
		}
		if l.f.has('s') {
			l.c.put(right(itoa64(blocks(e.st)/2), 6), " ")
		}
		if l.f.has('l') || l.f.has('n') || l.f.has('g') {
			l.long(e)
		}
		l.c.put(e.name, l.mark(e.st.Mode))
		if e.target != "" {
			l.c.put(" -> ", e.target)
		}
		l.c.put("\n")
	}
}

func (l *lister) mark(mode uint32) string {
	kind := mode & model.ModeType
	switch {
	case kind == model.ModeDir && (l.f.has('F') || l.f.has('p')):
		return "/"
	case !l.f.has('F'):
	case kind == model.ModeLink:
		return "@"
	case kind == model.ModeFIFO:
		return "|"
	case kind == model.ModeSocket:
		return "="
	case kind == model.ModeFile && mode&0o111 != 0:
		return "*"
	}
	return ""
}

func (l *lister) long(e entry) {
	c, st := l.c, e.st
	user, group := itoa(int(st.UID)), itoa(int(st.GID))
	if !l.f.has('n') {
		user, group = c.nameOr(st.UID), c.groupOr(st.GID)
	}
	c.put(modeText(st.Mode), " ", right(itoa(st.Nlink), 4), " ", left(user[:min(8, len(user))], 8), " ", left(group[:min(8, len(group))], 8), " ")
	if kind := st.Mode & model.ModeType; kind == model.ModeChar || kind == model.ModeBlock {
		c.put(right(itoa(int(st.Major)), 4), ", ", right(itoa(int(st.Minor)), 3), " ")
	} else {
		size := itoa64(st.Size)
		if l.f.has('h') {
			size = human(st.Size)
		}
		c.put(right(size, 9), " ")
	}
	c.put(c.listTime(st.Mtime), " ")
}

// listTime is a time as ls shows it: with the hour if it is of the last half year, else with the year.
func (c *cmd) listTime(t int64) string {
	d := dateOf(t)
	text := months[d.month-1] + " " + right(itoa(d.day), 2) + " "
	if age := c.now() - t; age > 3600*24*365/2 || age < -15*60 {
		return text + right(itoa(d.year), 5)
	}
	return text + zeros(itoa(d.hour), 2) + ":" + zeros(itoa(d.minute), 2)
}

// human is a size with a letter behind it.
func human(n int64) string {
	if n < 1024 {
		return itoa64(n)
	}
	unit := 0
	tenths := n * 10
	for tenths >= 10240 && unit < 4 {
		tenths = (tenths + 512) / 1024
		unit++
	}
	return itoa64(tenths/10) + "." + itoa64(tenths%10) + string("KMGT"[unit-1])
}

// modeText is a mode in ten characters: drwxr-xr-t.
func modeText(mode uint32) string {
	b := []byte("----------")
	b[0] = map[uint32]byte{model.ModeDir: 'd', model.ModeLink: 'l', model.ModeChar: 'c', model.ModeBlock: 'b', model.ModeFIFO: 'p', model.ModeSocket: 's', model.ModeFile: '-'}[mode&model.ModeType]
	for i := range 9 {
		if mode>>(8-i)&1 == 1 {
			b[1+i] = "rwx"[i%3]
		}
	}
	for i, s := range []struct {
		bit        uint32
		with, bare byte
	}{{model.ModeSetUID, 's', 'S'}, {model.ModeSetGID, 's', 'S'}, {model.ModeSticky, 't', 'T'}} {
		if mode&s.bit != 0 {
			at := 3 + 3*i
			if b[at] == 'x' {
				b[at] = s.with
			} else {
				b[at] = s.bare
			}
		}
	}
	return string(b)
}
