package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func basename(c *cmd) int {
	if len(c.args) == 0 {
		c.say(usageOf("basename", "FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE..."))
		return 1
	}
	name := base(c.args[0])
	if len(c.args) > 1 && name != c.args[1] {
		name = strings.TrimSuffix(name, c.args[1])
	}
	c.put(name, "\n")
	return 0
}

func dirname(c *cmd) int {
	if len(c.args) != 1 {
		c.say(usageOf("dirname", "FILENAME"))
		return 1
	}
	path := strings.TrimRight(c.args[0], "/")
	i := strings.LastIndexByte(path, '/')
	switch {
	case path == "" && c.args[0] != "":
		path = "/"
	case i < 0:
		path = "."
	default:
		if path = strings.TrimRight(path[:i], "/"); path == "" {
			path = "/"
		}
	}
	c.put(path, "\n")
	return 0
}

func tty(c *cmd) int {
	c.put("not a tty\n")
	return 1
}

// meminfo is a value of /proc/meminfo in kilobytes.
func (c *cmd) meminfo(name string) int64 {
	text, _ := c.readFile("/proc/meminfo")
	for _, l := range strings.Split(text, "\n") {
		if v, ok := strings.CutPrefix(l, name+":"); ok {
			return int64(atoi(strings.TrimSpace(v)))
		}
	}
	return 0
}

func free(c *cmd) int {
	f, status := c.parse(options{plain: "bkmgh"})
	if status != 0 {
		return status
	}
	unit := func(kb int64) string {
		switch {
		case f.has('m'):
			kb /= 1024
		case f.has('b'):
			kb *= 1024
		case f.has('g'):
			kb /= 1024 * 1024
		case f.has('h'):
			return right(human(kb*1024), 11)
		}
		return right(itoa64(kb), 11)
	}
	total, free, cached, shared := c.meminfo("MemTotal"), c.meminfo("MemFree"), c.meminfo("Cached"), c.meminfo("Shmem")
	c.put("              total        used        free      shared  buff/cache   available\n")
	c.put("Mem:    ", unit(total), " ", unit(total-free-cached), " ", unit(free), " ", unit(shared), " ", unit(cached), " ", unit(c.meminfo("MemAvailable")), "\n")
	c.put("Swap:   ", unit(0), " ", unit(0), " ", unit(0), "\n")
	return 0
}

func uptime(c *cmd) int {
	text, e := c.readFile("/proc/uptime")
	if e != model.OK {
		return c.die("can't open '/proc/uptime': ", e.Text())
	}
	n := atoi(text)
	d := dateOf(c.now())
	c.put(" ", zeros(itoa(d.hour), 2), ":", zeros(itoa(d.minute), 2), ":", zeros(itoa(d.second), 2), " up ")
	if n >= 3600 {
		c.put(right(itoa(n/3600), 2), ":", zeros(itoa(n/60%60), 2))
	} else {
		c.put(itoa(n/60), " min")
	}
	c.put(",  load average: 0.00, 0.00, 0.00\n")
	return 0
}

func df(c *cmd) int {
	f, status := c.parse(options{plain: "PkmhTai", valued: "Bt"})
	if status != 0 {
		return status
	}
	size := func(n int64) string {
		switch {
		case f.has('h'):
			return human(n)
		case f.has('m'):
			return itoa64(n >> 20)
		}
		return itoa64(n >> 10)
	}
	head := "1K-blocks"
	if f.has('h') {
		head = "Size"
	} else if f.has('m') {
		head = "1M-blocks"
	}
	c.put(left("Filesystem", 21), right(head, 10), "      Used Available Use% Mounted on\n")
	for _, m := range c.mountLines() {
		st, e := c.Statfs(m.target)
		if len(f.rest) > 0 && !c.onMount(f.rest, m) || len(f.rest) == 0 && (e != model.OK || st.Size == 0) {
			continue
		}
		used := st.Size - st.Free
		percent := int64(0)
		if st.Size > 0 {
			percent = (used*100 + st.Size - 1) / st.Size
		}
		c.put(left(m.source, 20), " ", right(size(st.Size), 10), right(size(used), 10), right(size(st.Free), 10), right(itoa64(percent), 4), "% ", m.target, "\n")
	}
	return c.fail
}

// onMount tells whether one of the paths lies on the mount.
func (c *cmd) onMount(paths []string, m mountLine) bool {
	for _, p := range paths {
		path, e := c.realpath(p, true)
		if e != model.OK {
			continue
		}
		best := ""
		for _, o := range c.mountLines() {
			if (path == o.target || strings.HasPrefix(path, strings.TrimSuffix(o.target, "/")+"/")) && len(o.target) >= len(best) {
				best = o.target
			}
		}
		if best == m.target {
			return true
		}
	}
	return false
}

func du(c *cmd) int {
	f, status := c.parse(options{plain: "aHLdclsxhmkb", valued: "d"})
	if status != 0 {
		return status
	}
	paths := f.rest
	if len(paths) == 0 {
		paths = []string{"."}
	}
	show := func(n int64, path string) {
		if f.has('h') {
			c.put(human(n*512), "\t", path, "\n")
			return
		}
		c.put(itoa64(n/2), "\t", path, "\n")
	}
	var sum func(path string, top bool) int64
	sum = func(path string, top bool) int64 {
		st, e := c.Lstat(path)
		if e != model.OK {
			c.err(path, ": ", e.Text())
			return 0
		}
		n := blocks(st)
		dir := st.Mode&model.ModeType == model.ModeDir
		if dir {
			list, _ := c.list(path)
			for _, d := range list {
				n += sum(join(path, d.Name), false)
			}
		}
		if top || dir && !f.has('s') || f.has('a') {
			show(n, path)
		}
		return n
	}
	for _, p := range paths {
		sum(p, true)
	}
	return c.fail
}

// dd copies blocks.
func dd(c *cmd) int {
	o := map[string]string{"bs": "512", "count": "-1", "skip": "0", "seek": "0"}
	for _, a := range c.args {
		name, value, ok := strings.Cut(a, "=")
		if !ok {
			c.say(usageOf("dd", "[if=FILE] [of=FILE] [bs=N] [count=N] [skip=N] [seek=N]"))
			return 1
		}
		o[name] = value
	}
	in, out := 0, 1
	var e model.Errno
	if o["if"] != "" {
		if in, e = c.Open(o["if"], model.ReadOnly, 0); e != model.OK {
			return c.die("can't open '", o["if"], "': ", e.Text())
		}
	}
	bs := sized(o["bs"])
	if o["of"] != "" {
		flags := model.WriteOnly | model.Create
		if !strings.Contains(o["conv"], "notrunc") && o["seek"] == "0" {
			flags |= model.Truncate
		}
		if out, e = c.Open(o["of"], flags, 0o666); e != model.OK {
			return c.die("can't open '", o["of"], "': ", e.Text())
		}
		c.Seek(out, int64(bs*sized(o["seek"])), 0)
	}
	if n := sized(o["skip"]); n > 0 {
		if _, e := c.Seek(in, int64(bs*n), 0); e != model.OK {
			for range n {
				c.Read(in, bs)
			}
		}
	}
	return c.ddCopy(in, out, bs, o)
}

func (c *cmd) ddCopy(in, out, bs int, o map[string]string) int {
	count := -1
	if o["count"] != "-1" {
		count = sized(o["count"])
	}
	whole, part, wrote, wholeOut := 0, 0, 0, 0
	status := 0
	for n := 0; count < 0 || n < count; n++ {
		data, e := c.Read(in, bs)
		if e != model.OK {
			status = c.die("'", o["if"], "': ", e.Text())
			break
		}
		if len(data) == 0 {
			break
		}
		if len(data) == bs {
			whole++
		} else {
			part++
		}
		if e := c.writeAll(out, data); e != model.OK {
			to := o["of"]
			if to == "" {
				to = "standard output"
			}
			c.err("error writing '", to, "': ", e.Text())
			status = 1
			break
		}
		wrote += len(data)
		if len(data) == bs {
			wholeOut++
		}
	}
	if o["status"] != "none" {
		c.say(itoa(whole), "+", itoa(part), " records in\n", itoa(wholeOut), "+", itoa(part), " records out\n")
		if o["status"] != "noxfer" {
			c.say(itoa(wrote), " bytes (", ddSize(wrote), ") copied, 0.000100 seconds, 9.5GB/s\n")
		}
	}
	return status
}

func ddSize(n int) string { return human(int64(n)) + "B" }

// expr works out whole numbers and comparisons.
func expr(c *cmd) int {
	x := &exprs{c: c, words: c.args}
	if len(c.args) == 0 {
		c.say(usageOf("expr", "EXPRESSION"))
		return 2
	}
	v := x.level(0)
	if x.bad || len(x.words) > 0 {
		c.err("syntax error")
		return 2
	}
	c.put(v, "\n")
	return boolStatus(v != "" && v != "0")
}

type exprs struct {
	c     *cmd
	words []string
	bad   bool
}

var exprLevels = [][]string{{"|"}, {"&"}, {"=", "!=", "<", "<=", ">", ">="}, {"+", "-"}, {"*", "/", "%"}}

func (x *exprs) level(i int) string {
	if i == len(exprLevels) {
		return x.value()
	}
	l := x.level(i + 1)
	for len(x.words) > 0 && contains2(exprLevels[i], x.words[0]) {
		op := x.words[0]
		x.words = x.words[1:]
		l = x.apply(op, l, x.level(i+1))
	}
	return l
}

func (x *exprs) value() string {
	if len(x.words) == 0 {
		x.bad = true
		return ""
	}
	w := x.words[0]
	x.words = x.words[1:]
	switch w {
	case "(":
		v := x.level(0)
		if len(x.words) == 0 || x.words[0] != ")" {
			x.bad = true
			return ""
		}
		x.words = x.words[1:]
		return v
	case "length":
		return itoa(len(x.value()))
	}
	return w
}

func (x *exprs) apply(op, l, r string) string {
	truth := func(b bool) string {
		if b {
			return "1"
		}
		return "0"
	}
	switch op {
	case "|":
		if l != "" && l != "0" {
			return l
		}
		return r
	case "&":
		if l == "" || l == "0" || r == "" || r == "0" {
			return "0"
		}
		return l
	}
	a, okA := signed(l)
	b, okB := signed(r)
	if i := strings.Index("= != < <= > >= ", op+" "); i >= 0 {
		order := strings.Compare(l, r)
		if okA && okB {
			order = sign(a - b)
		}
		return truth(map[string]bool{"=": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[op])
	}
	if !okA || !okB {
		x.c.err("non-numeric argument")
		x.c.flush()
		x.c.Exit(2)
	}
	if (op == "/" || op == "%") && b == 0 {
		x.c.err("division by zero")
		x.c.flush()
		x.c.Exit(2)
	}
	switch op {
	case "+":
		return itoa64(a + b)
	case "-":
		return itoa64(a - b)
	case "*":
		return itoa64(a * b)
	case "/":
		return itoa64(a / b)
	}
	return itoa64(a % b)
}

func signed(word string) (int64, bool) {
	digits, minus := strings.CutPrefix(word, "-")
	n, ok := number(digits)
	if minus {
		n = -n
	}
	return int64(n), ok
}

// timeMain runs a program and says how long that took.
func timeMain(c *cmd) int {
	began := c.Kernel().Now()
	status := c.spawn(c.args)
	ms := (c.Kernel().Now() - began) / 10_000_000
	c.say("real\t", itoa64(ms/6000), "m ", itoa64(ms/100%60), ".", zeros(itoa64(ms%100), 2), "s\nuser\t0m 0.00s\nsys\t0m 0.00s\n")
	return status
}

func syncMain(*cmd) int { return 0 }

func unlinkMain(c *cmd) int {
	for _, p := range c.args {
		if e := c.Unlink(p); e != model.OK {
			return c.die("can't remove file '", p, "': ", e.Text())
		}
	}
	return 0
}

func usleep(c *cmd) int {
	if len(c.args) > 0 {
		c.Sleep(int64(atoi(c.args[0])) * 1000)
	}
	return 0
}

func tac(c *cmd) int {
	c.inputs(c.args, func(_ string, fd int) {
		data, _ := c.readAll(fd)
		lines := strings.SplitAfter(string(data), "\n")
		for i := len(lines) - 1; i >= 0; i-- {
			c.put(lines[i])
		}
	})
	return c.fail
}

func rev(c *cmd) int {
	c.inputs(c.args, func(_ string, fd int) {
		for l, ok := c.line(fd); ok; l, ok = c.line(fd) {
			r := []rune(strings.TrimSuffix(l, "\n"))
			for i, k := 0, len(r)-1; i < k; i, k = i+1, k-1 {
				r[i], r[k] = r[k], r[i]
			}
			c.put(string(r), "\n")
		}
	})
	return c.fail
}

// cmp tells where two files differ first.
func cmp(c *cmd) int {
	f, status := c.parse(options{plain: "sl"})
	if status != 0 || len(f.rest) < 2 {
		return 2
	}
	var texts [2]string
	for i := range 2 {
		var e model.Errno
		if texts[i], e = c.readFile(f.rest[i]); e != model.OK {
			c.err(f.rest[i], ": ", e.Text())
			return 2
		}
	}
	a, b := texts[0], texts[1]
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			if !f.has('s') {
				c.put(f.rest[0], " ", f.rest[1], " differ: char ", itoa(i+1), ", line ", itoa(strings.Count(a[:i], "\n")+1), "\n")
			}
			return 1
		}
	}
	if len(a) != len(b) {
		short := f.rest[0]
		if len(a) > len(b) {
			short = f.rest[1]
		}
		if !f.has('s') {
			c.err("EOF on ", short)
		}
		return 1
	}
	return 0
}
