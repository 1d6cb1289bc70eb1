package userland

import (
	"errors"
	"strings"

	"github.com/slipway-dev/slipway/internal/filter"
	"github.com/slipway-dev/slipway/isolate/model"
)

// textFilter is a command of internal/filter as a program: it reads its input to the end first.
func textFilter(c *cmd) int {
	f, _ := filter.Find(c.name)
	call := filter.Call{Args: append([]string{c.name}, c.args...), Read: func(name string) ([]byte, error) {
		text, e := c.readFile(name)
		if e != model.OK {
			return nil, errors.New(e.Text())
		}
		return []byte(text), nil
	}, Write: func(name string, data []byte, appending bool) error {
		flags := model.WriteOnly | model.Create | model.Truncate
		if appending {
			flags = model.WriteOnly | model.Create | model.Append
		}
		fd, e := c.Open(name, flags, 0o666)
		if e == model.OK {
			e = c.writeAll(fd, data)
			c.Close(fd)
		}
		if e != model.OK {
			return errors.New(e.Text())
		}
		return nil
	}}
	call.Stdin, _ = c.readAll(0)
	c.Spend(int64(len(call.Stdin)) * 10)
	res := f(call)
	if res.Stderr != "" {
		c.say(res.Stderr)
	}
	c.put(res.Stdout)
	return res.Code
}

func cat(c *cmd) int {
	f, status := c.parse(options{plain: "nbuevtA"})
	if status != 0 {
		return status
	}
	n := 0
	c.inputs(f.rest, func(_ string, fd int) {
		if f.has('n') || f.has('b') {
			for l, ok := c.line(fd); ok; l, ok = c.line(fd) {
				if f.has('b') && l == "\n" {
					c.put(l)
					continue
				}
				n++
				c.put(right(itoa(n), 6), "\t", l)
			}
			return
		}
		for {
			data, e := c.Read(fd, 4096)
			if e == model.EINTR {
				continue
			}
			if e != model.OK {
				c.err("read error: ", e.Text())
			}
			if e != model.OK || len(data) == 0 {
				return
			}
			if e := c.writeAll(1, data); e != model.OK {
				c.err("write error: ", e.Text())
				return
			}
		}
	})
	return c.fail
}

func head(c *cmd) int {
	if len(c.args) > 0 && len(c.args[0]) > 1 && c.args[0][0] == '-' && strings.Trim(c.args[0][1:], "0123456789") == "" {
		c.args = append([]string{"-n", c.args[0][1:]}, c.args[1:]...)
	}
	f, status := c.parse(options{plain: "qv", valued: "nc"})
	if status != 0 {
		return status
	}
	count, bytes := 10, f.has('c')
	if v := f.values['n']; v != "" {
		count = sized(v)
	}
	if bytes {
		count = sized(f.values['c'])
	}
	first := true
	c.inputs(f.rest, func(name string, fd int) {
		if len(f.rest) > 1 && !f.has('q') {
			if !first {
				c.put("\n")
			}
			c.put("==> ", name, " <==\n")
		}
		first = false
		left := count
		for left > 0 && c.fail == 0 {
			if !bytes {
				l, ok := c.line(fd)
				if !ok {
					return
				}
				c.put(l)
				left--
				continue
			}
			data, e := c.Read(fd, min(left, 4096))
			if e != model.OK || len(data) == 0 {
				return
			}
			left -= len(data)
			c.put(string(data))
		}
	})
	return c.fail
}

// sized is a number with k, m or b behind it.
func sized(word string) int {
	n := atoi(word)
	switch {
	case strings.HasSuffix(word, "k") || strings.HasSuffix(word, "K"):
		n <<= 10
	case strings.HasSuffix(word, "m") || strings.HasSuffix(word, "M"):
		n <<= 20
	case strings.HasSuffix(word, "G") || strings.HasSuffix(word, "g"):
		n <<= 30
	case strings.HasSuffix(word, "b"):
		n <<= 9
	}
	return n
}

func tail(c *cmd) int {
	if len(c.args) > 0 && len(c.args[0]) > 1 && c.args[0][0] == '-' && strings.Trim(c.args[0][1:], "0123456789") == "" {
		c.args = append([]string{"-n", c.args[0][1:]}, c.args[1:]...)
	}
	f, status := c.parse(options{plain: "fqvF", valued: "ncs"})
	if status != 0 {
		return status
	}
	word := "10"
	if f.has('n') {
		word = f.values['n']
	}
	if f.has('c') {
		word = f.values['c']
	}
	fromStart := strings.HasPrefix(word, "+")
	count := sized(strings.TrimLeft(word, "+-"))
	first := true
	c.inputs(f.rest, func(name string, fd int) {
		if len(f.rest) > 1 && !f.has('q') {
			if !first {
				c.put("\n")
			}
			c.put("==> ", name, " <==\n")
		}
		first = false
		text := string(c.hold(fd))
		c.put(lastPart(text, count, f.has('c'), fromStart))
		for f.has('f') || f.has('F') {
			c.flush()
			c.Sleep(1_000_000_000)
			more, _ := c.readAll(fd)
			c.put(string(more))
		}
	})
	return c.fail
}

// hold reads to the end and keeps all of it in memory, as far as there is any: an endless line has no last part.
func (c *cmd) hold(fd int) []byte {
	var all []byte
	kept := 0
	for {
		data, e := c.Read(fd, 65536)
		if e == model.EINTR {
			continue
		}
		if e != model.OK || len(data) == 0 {
			return all
		}
		// Zeros are only counted: they are what an endless input is made of, and the kernel's memory is not the model's.
		if kept += len(data); kept <= 1<<20 {
			all = append(all, data...)
		}
		c.Grow(int64(len(data)))
	}
}

func lastPart(text string, count int, bytes, fromStart bool) string {
	if bytes {
		if fromStart {
			return text[min(len(text), max(0, count-1)):]
		}
		return text[max(0, len(text)-count):]
	}
	lines := strings.SplitAfter(text, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if fromStart {
		return strings.Join(lines[min(len(lines), max(0, count-1)):], "")
	}
	return strings.Join(lines[max(0, len(lines)-count):], "")
}

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

func tee(c *cmd) int {
	f, status := c.parse(options{plain: "ai"})
	if status != 0 {
		return status
	}
	flags := model.WriteOnly | model.Create | model.Truncate
	if f.has('a') {
		flags = model.WriteOnly | model.Create | model.Append
	}
	fds := []int{1}
	for _, name := range f.rest {
		fd, e := c.Open(name, flags, 0o666)
		if e != model.OK {
			c.err(name, ": ", e.Text())
			continue
		}
		fds = append(fds, fd)
	}
	for {
		data, e := c.Read(0, 4096)
		if e != model.OK || len(data) == 0 {
			return c.fail
		}
		for _, fd := range fds {
			if e := c.writeAll(fd, data); e != model.OK {
				c.err("write error: ", e.Text())
			}
		}
	}
}

func yes(c *cmd) int {
	text := "y\n"
	if len(c.args) > 0 {
		text = strings.Join(c.args, " ") + "\n"
	}
	for c.writeAll(1, []byte(strings.Repeat(text, 64))) == model.OK {
		continue
	}
	return 1
}

// od knows octal words, bytes and characters.
func od(c *cmd) int {
	f, status := c.parse(options{plain: "cbxdov", valued: "AtNjw"})
	if status != 0 {
		return status
	}
	var data []byte
	c.inputs(f.rest, func(_ string, fd int) {
		more, _ := c.readAll(fd)
		data = append(data, more...)
	})
	if f.has('N') {
		data = data[:min(len(data), atoi(f.values['N']))]
	}
	format := f.values['t']
	switch {
	case f.has('c'):
		format = "c"
	case f.has('x'):
		format = "x2"
	case format == "":
		format = "o2"
	}
	address := func(n int) string {
		switch f.values['A'] {
		case "n":
			return ""
		case "d":
			return zeros(itoa(n), 7)
		case "x":
			return zeros(hexa(uint64(n)), 6)
		}
		return zeros(octal(uint32(n)), 7)
	}
	for at := 0; at < len(data); at += 16 {
		c.put(address(at), odLine(data[at:min(len(data), at+16)], format), "\n")
	}
	if f.values['A'] != "n" {
		c.put(address(len(data)), "\n")
	}
	return c.fail
}

func odLine(data []byte, format string) string {
	text := ""
	size := 1
	if len(format) > 1 {
		size = max(1, atoi(format[1:]))
	} else if format != "c" && format != "a" {
		size = 4
	}
	for i := 0; i < len(data); i += size {
		v := uint64(0)
		for k := min(size, len(data)-i) - 1; k >= 0; k-- {
			v = v<<8 | uint64(data[i+k])
		}
		switch format[0] {
		case 'x':
			text += " " + zeros(hexa(v), size*2)
		case 'd', 'u':
			text += " " + right(itoa64(int64(v)), size*2+2)
		case 'c':
			text += right(odChar(byte(v)), 4)
		default:
			text += " " + zeros(octal(uint32(v)), size*3)
		}
	}
	return text
}

func odChar(b byte) string {
	if i := strings.IndexByte("\x00\a\b\t\n\v\f\r", b); i >= 0 {
		return "\\" + string("0abtnvfr"[i])
	}
	if b < 32 || b > 126 {
		return zeros(octal(uint32(b)), 3)
	}
	return string(b)
}
