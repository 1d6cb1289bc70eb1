package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// cmd is a program under way: the process, its arguments without the name, and its streams.
type cmd struct {
	*model.Process
	name string
	args []string
	out  []byte // not yet written
	in   []byte // read and not yet used
	end  bool   // of the input
	fail int    // the exit status if something went wrong on the way
}

// applet is a command: it returns the exit status.
type applet func(c *cmd) int

// run makes a program of a command.
func (a applet) run(p *model.Process, name string, args []string) int {
	c := &cmd{Process: p, name: name, args: args}
	status := a(c)
	c.flush()
	return status
}

// put adds to the output, which is written when it is long, before an error and at the end.
func (c *cmd) put(texts ...string) {
	for _, t := range texts {
		c.out = append(c.out, t...)
	}
	if len(c.out) > 4096 {
		c.flush()
	}
}

func (c *cmd) flush() {
	if len(c.out) == 0 {
		return
	}
	out := c.out
	c.out = nil
	if e := c.writeAll(1, out); e != model.OK {
		c.fail = 1
		c.writeAll(2, []byte(c.name+": write error: "+e.Text()+"\n"))
	}
}

// writeAll writes all of it.
func (c *cmd) writeAll(fd int, data []byte) model.Errno { return writeAll(c.Process, fd, data) }

func writeAll(p *model.Process, fd int, data []byte) model.Errno {
	for len(data) > 0 {
		n, e := p.Write(fd, data)
		if e == model.EINTR {
			continue
		}
		if e != model.OK {
			return e
		}
		data = data[n:]
	}
	return model.OK
}

// err writes an error as busybox does: the command's name in front, what was printed before it first.
func (c *cmd) err(texts ...string) {
	c.flush()
	c.writeAll(2, []byte(c.name+": "+strings.Join(texts, "")+"\n"))
	c.fail = 1
}

// die is err, and the exit status 1.
func (c *cmd) die(texts ...string) int {
	c.err(texts...)
	return 1
}

// say writes to the error stream as it is.
func (c *cmd) say(texts ...string) {
	c.flush()
	c.writeAll(2, []byte(strings.Join(texts, "")))
}

// line reads a line of the input with its newline; ok is false at the end.
func (c *cmd) line(fd int) (string, bool) {
	for {
		if i := indexByte(c.in, '\n'); i >= 0 {
			l := string(c.in[:i+1])
			c.in = c.in[i+1:]
			return l, true
		}
		if c.end {
			l := string(c.in)
			c.in = nil
			return l, l != ""
		}
		data, e := c.Read(fd, 4096)
		if e == model.EINTR {
			continue
		}
		if e != model.OK || len(data) == 0 {
			c.end = true
			if e != model.OK {
				c.err("read error: ", e.Text())
			}
			continue
		}
		c.in = append(c.in, data...)
	}
}

func indexByte(b []byte, x byte) int {
	for i := range b {
		if b[i] == x {
			return i
		}
	}
	return -1
}

// readAll reads a descriptor to its end.
func (c *cmd) readAll(fd int) ([]byte, model.Errno) {
	var all []byte
	for {
		data, e := c.Read(fd, 65536)
		if e == model.EINTR {
			continue
		}
		if e != model.OK || len(data) == 0 {
			return all, e
		}
		all = append(all, data...)
	}
}

// readFile reads a whole file.
func (c *cmd) readFile(path string) (string, model.Errno) {
	fd, e := c.Open(path, model.ReadOnly, 0)
	if e != model.OK {
		return "", e
	}
	data, e := c.readAll(fd)
	c.Close(fd)
	return string(data), e
}

// writeFile writes a file that exists.
func (c *cmd) writeFile(path, text string) model.Errno {
	fd, e := c.Open(path, model.WriteOnly, 0)
	if e != model.OK {
		return e
	}
	e = c.writeAll(fd, []byte(text))
	c.Close(fd)
	return e
}

// inputs reads each file in turn, or the standard input if there is none or it is "-"; it goes on after a file that cannot be opened.
func (c *cmd) inputs(files []string, each func(name string, fd int)) {
	if len(files) == 0 {
		files = []string{"-"}
	}
	for _, f := range files {
		if f == "-" {
			c.in, c.end = nil, false
			each("-", 0)
			continue
		}
		fd, e := c.Open(f, model.ReadOnly, 0)
		if e != model.OK {
			c.err("can't open '", f, "': ", e.Text())
			continue
		}
		c.in, c.end = nil, false
		each(f, fd)
		c.Close(fd)
	}
}

// flags takes options off the arguments: letters of plain stand alone, those of valued take a value. Long names are in long: name to letter,
// a "=" behind it if it takes a value. It reports the first that is unknown.
type flags struct {
	set    map[byte]int
	values map[byte]string
	list   map[byte][]string
	rest   []string
}

func (f *flags) has(letter byte) bool { return f.set[letter] > 0 }

// options are what a command understands.
type options struct {
	plain, valued string
	long          map[string]string // name to letter, with "=" if it needs a value, "?" if it may have one
	stop          bool              // options end at the first argument that is none
	usage         string            // what is printed behind an option that is unknown
	gnu           bool              // errors as the GNU C library's getopt words them
}

// parse reads the options; status is not 0 if that failed and was said.
func (c *cmd) parse(o options) (f flags, status int) {
	f = flags{set: map[byte]int{}, values: map[byte]string{}, list: map[byte][]string{}}
	args := c.args
	for len(args) > 0 {
		a := args[0]
		args = args[1:]
		switch {
		case a == "--":
			f.rest = append(f.rest, args...)
			return f, 0
		case strings.HasPrefix(a, "--"):
			var ok bool
			if args, ok = c.longOption(&f, o, a[2:], args); !ok {
				return f, 1
			}
		case len(a) > 1 && a[0] == '-':
			var ok bool
			if args, ok = c.shortOptions(&f, o, a[1:], args); !ok {
				return f, 1
			}
		default:
			f.rest = append(f.rest, a)
			if o.stop {
				f.rest = append(f.rest, args...)
				return f, 0
			}
		}
	}
	return f, 0
}

func (f *flags) value(letter byte, v string) {
	f.set[letter]++
	f.values[letter] = v
	f.list[letter] = append(f.list[letter], v)
}

func (c *cmd) longOption(f *flags, o options, text string, args []string) ([]string, bool) {
	name, value, given := strings.Cut(text, "=")
	spec, ok := o.long[name]
	if !ok {
		for n, s := range sortedPairs(o.long) {
			if strings.HasPrefix(n, name) {
				spec, ok = s, true
				break
			}
		}
	}
	if !ok {
		c.err("unrecognized option '--", name, "'")
		c.say(o.usage)
		return args, false
	}
	letter := spec[0]
	switch {
	case given:
		f.value(letter, value)
	case strings.HasSuffix(spec, "=") && len(spec) > 1:
		if len(args) == 0 {
			c.err("option '--", name, "' requires an argument")
			c.say(o.usage)
			return args, false
		}
		f.value(letter, args[0])
		return args[1:], true
	default:
		f.set[letter]++
	}
	return args, true
}

func (c *cmd) shortOptions(f *flags, o options, letters string, args []string) ([]string, bool) {
	for i := 0; i < len(letters); i++ {
		l := letters[i]
		switch {
		case strings.IndexByte(o.valued, l) >= 0:
			if rest := letters[i+1:]; rest != "" {
				f.value(l, rest)
				return args, true
			}
			if len(args) == 0 {
				c.err("option requires an argument -- '", string(l), "'")
				c.say(o.usage)
				return args, false
			}
			f.value(l, args[0])
			return args[1:], true
		case strings.IndexByte(o.plain, l) >= 0:
			f.set[l]++
		default:
			c.err("invalid option -- '", string(l), "'")
			c.say(o.usage)
			return args, false
		}
	}
	return args, true
}

// execvp replaces the program with one that is looked for in PATH.
func (c *cmd) execvp(args []string) model.Errno {
	return execvp(c.Process, args, c.Env(), pathOf(c.Env()))
}

func pathOf(env []string) string {
	for _, e := range env {
		if v, ok := strings.CutPrefix(e, "PATH="); ok {
			return v
		}
	}
	return "/sbin:/usr/sbin:/bin:/usr/bin"
}

// execvp tries each folder of PATH; what is no program but may be executed is a script. The error is that of the last that was there.
func execvp(p *model.Process, args, env []string, path string) model.Errno {
	run := func(file string) model.Errno {
		e := p.Exec(file, args, env)
		if e == model.ENOEXEC {
			e = p.Exec("/bin/sh", append([]string{"sh", file}, args[1:]...), env)
		}
		return e
	}
	if strings.Contains(args[0], "/") {
		return run(args[0])
	}
	result := model.ENOENT
	for _, dir := range strings.Split(path, ":") {
		if dir == "" {
			dir = "."
		}
		if e := run(dir + "/" + args[0]); e != model.ENOENT && e != model.ENOTDIR {
			result = e
			if e != model.EACCES {
				return e
			}
		}
	}
	return result
}
