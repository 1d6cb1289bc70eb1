package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/filter"
	"github.com/slipway-dev/slipway/isolate/model"
)

func grep(c *cmd) int {
	f, status := c.parse(options{plain: "EFivcqnlLhHoswxrRG", valued: "emABC"})
	if status != 0 {
		return 2
	}
	var patterns []string
	for _, e := range f.list['e'] {
		patterns = append(patterns, strings.Split(e, "\n")...)
	}
	if len(patterns) == 0 {
		if len(f.rest) == 0 {
			c.say(usageOf("grep", "[-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]..."))
			return 2
		}
		patterns = strings.Split(f.rest[0], "\n")
		f.rest = f.rest[1:]
	}
	g := &grepper{c: c, f: f}
	for _, p := range patterns {
		if f.has('F') {
			p = quoteRegexp(p)
		}
		if f.has('x') {
			p = "^" + p + "$"
		}
		re, bad := filter.Compile(p, f.has('E'), f.has('i'))
		if bad != "" {
			c.err("bad regex '", p, "': ", bad)
			return 2
		}
		g.res = append(g.res, re)
	}
	g.files(f.rest)
	if c.fail != 0 {
		return c.fail
	}
	return boolStatus(g.matched)
}

func usageOf(name, text string) string {
	return "BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n\nUsage: " + name + " " + text + "\n"
}

func quoteRegexp(text string) string {
	var b strings.Builder
	for i := range len(text) {
		if strings.IndexByte(`.*[]^$\`, text[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

type grepper struct {
	c       *cmd
	f       flags
	res     []filter.Pattern
	matched bool
	many    bool
}

func (g *grepper) files(files []string) {
	c := g.c
	if len(files) == 0 && !g.f.has('r') {
		files = []string{"-"}
	}
	g.many = (len(files) > 1 || g.f.has('r') || g.f.has('H')) && !g.f.has('h')
	if g.f.has('r') {
		if len(files) == 0 {
			files = []string{"."}
		}
		var all []string
		for _, f := range files {
			c.walk(f, func(path string, st model.Stat) {
				if st.Mode&model.ModeType == model.ModeFile {
					all = append(all, path)
				}
			})
		}
		files = all
	}
	for _, name := range files {
		fd := 0
		c.in, c.end = nil, false
		if name != "-" {
			var e model.Errno
			if fd, e = c.Open(name, model.ReadOnly, 0); e != model.OK {
				if !g.f.has('s') {
					c.err(name, ": ", e.Text())
				}
				c.fail = 2
				continue
			}
		} else {
			name = "(standard input)"
		}
		g.file(name, fd)
		if fd != 0 {
			c.Close(fd)
		}
		if g.matched && g.f.has('q') {
			return
		}
	}
}

func (g *grepper) file(name string, fd int) {
	c, count, n := g.c, 0, 0
	limit := -1
	if g.f.has('m') {
		limit = atoi(g.f.values['m'])
	}
	after := max(atoi(g.f.values['A']), atoi(g.f.values['C']))
	show := 0
	for limit != 0 {
		l, ok := c.line(fd)
		if !ok {
			break
		}
		n++
		l = strings.TrimSuffix(l, "\n")
		hit := g.hits(l)
		if hit == g.f.has('v') {
			if show > 0 {
				show--
				g.print(name, n, "-", l)
			}
			continue
		}
		g.matched = true
		count++
		limit--
		switch {
		case g.f.has('q'), g.f.has('l'):
			limit = 0
		case g.f.has('c'), g.f.has('L'):
		default:
			g.print(name, n, ":", l)
			show = after
		}
	}
	switch {
	case g.f.has('c'):
		if g.many {
			c.put(name, ":")
		}
		c.put(itoa(count), "\n")
	case g.f.has('l') && count > 0, g.f.has('L') && count == 0:
		c.put(name, "\n")
	}
}

func (g *grepper) hits(l string) bool {
	for _, re := range g.res {
		if !g.f.has('w') {
			if re.Matches(l) {
				return true
			}
			continue
		}
		for at := 0; ; {
			start, end, ok := re.Find(l, at)
			if !ok {
				break
			}
			if (start == 0 || !wordByte(l[start-1])) && (end == len(l) || !wordByte(l[end])) {
				return true
			}
			at = start + 1
		}
	}
	return false
}

func wordByte(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b|32 >= 'a' && b|32 <= 'z'
}

func (g *grepper) print(name string, n int, sep, l string) {
	head := ""
	if g.many {
		head = name + sep
	}
	if g.f.has('n') {
		head += itoa(n) + sep
	}
	if !g.f.has('o') {
		g.c.put(head, l, "\n")
		return
	}
	for _, re := range g.res {
		for at := 0; at <= len(l); {
			start, end, ok := re.Find(l, at)
			if !ok {
				break
			}
			if end > start {
				g.c.put(head, l[start:end], "\n")
			}
			at = max(end, start+1)
		}
	}
}
