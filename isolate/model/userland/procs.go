package userland

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func kill(c *cmd) int {
	args := c.args
	sig := model.SIGTERM
	if len(args) > 0 && args[0] == "-l" {
		return killList(c, args[1:])
	}
	if len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' {
		word := args[0][1:]
		args = args[1:]
		if (word == "s" || word == "n") && len(args) > 0 {
			word = args[0]
			args = args[1:]
		}
		if sig = signalNumber(word); word == "-" {
			sig = model.SIGTERM
		}
		if sig < 0 {
			return c.die("bad signal name '", word, "'")
		}
	}
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		return c.die("you need to specify whom to kill")
	}
	status := 0
	for _, w := range args {
		pid, err := strconv.Atoi(w)
		if err != nil {
			c.err("invalid number '", w, "'")
			status++
			continue
		}
		if e := c.Kill(pid, sig); e != model.OK {
			c.err("can't kill pid ", w, ": ", e.Text())
			status++
		}
	}
	return min(status, 255)
}

func killList(c *cmd, args []string) int {
	if len(args) == 0 {
		for sig := 1; sig < len(signalNames); sig++ {
			c.put(right(itoa(sig), 2), ") ", signalNames[sig], "\n")
		}
		return 0
	}
	for _, w := range args {
		if n, ok := number(w); ok {
			n &= 0x7f
			if n < len(signalNames) {
				c.put(signalNames[n], "\n")
			} else {
				c.put(itoa(n), "\n")
			}
			continue
		}
		n := signalNumber(w)
		if n < 0 {
			return c.die("unknown signal '", w, "'")
		}
		c.put(itoa(n), "\n")
	}
	return 0
}

// task is what /proc tells of a process.
type task struct {
	pid, ppid, pgid, sid  int
	state, comm, args     string
	uid, gid              uint32
	time, start, rss, vsz int64
	nice                  int
}

// tasks reads /proc, by number.
func (c *cmd) tasks() []task {
	list, _ := c.list("/proc")
	var pids []int
	for _, d := range list {
		if n, ok := number(d.Name); ok {
			pids = append(pids, n)
		}
	}
	slices.Sort(pids)
	var all []task
	for _, pid := range pids {
		if t, ok := c.task(pid); ok {
			all = append(all, t)
		}
	}
	return all
}

func (c *cmd) task(pid int) (task, bool) {
	dir := "/proc/" + itoa(pid)
	st, e := c.Stat(dir)
	if e != model.OK {
		return task{}, false
	}
	text, e := c.readFile(dir + "/stat")
	open, end := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')')
	if e != model.OK || open < 0 || end < 0 {
		return task{}, false
	}
	f := strings.Fields(text[end+1:])
	t := task{pid: pid, comm: text[open+1 : end], state: f[0], ppid: atoi(f[1]), pgid: atoi(f[2]), sid: atoi(f[3]), uid: st.UID, gid: st.GID}
	t.time, _ = strconv.ParseInt(f[11], 10, 64)
	t.start, _ = strconv.ParseInt(f[19], 10, 64)
	t.vsz, _ = strconv.ParseInt(f[20], 10, 64)
	t.rss, _ = strconv.ParseInt(f[21], 10, 64)
	t.nice = atoi(strings.TrimPrefix(f[16], "-"))
	if strings.HasPrefix(f[16], "-") {
		t.nice = -t.nice
	}
	if t.state == "S" || t.state == "R" || t.state == "T" {
		switch {
		case t.nice < 0:
			t.state += "<"
		case t.nice > 0:
			t.state += "N"
		}
	}
	line, _ := c.readFile(dir + "/cmdline")
	t.args = strings.ReplaceAll(strings.TrimSuffix(line, "\x00"), "\x00", " ")
	if t.args == "" {
		t.args = "[" + t.comm + "]"
	}
	return t, true
}

// psColumn is a column of ps: its head, its width (negative: to the left), what stands in it.
type psColumn struct {
	name, head string
	width      int
	value      func(c *cmd, t task) string
}

var psColumns = []psColumn{
	{"user", "USER", -8, func(c *cmd, t task) string { return c.nameOr(t.uid) }},
	{"ruser", "RUSER", -8, func(c *cmd, t task) string { return c.nameOr(t.uid) }},
	{"group", "GROUP", -8, func(c *cmd, t task) string { return c.groupOr(t.gid) }},
	{"comm", "COMMAND", -16, func(_ *cmd, t task) string { return t.comm }},
	{"args", "COMMAND", -256, func(_ *cmd, t task) string { return t.args }},
	{"pid", "PID", 5, func(_ *cmd, t task) string { return itoa(t.pid) }},
	{"ppid", "PPID", 5, func(_ *cmd, t task) string { return itoa(t.ppid) }},
	{"pgid", "PGID", 5, func(_ *cmd, t task) string { return itoa(t.pgid) }},
	{"sid", "SID", 5, func(_ *cmd, t task) string { return itoa(t.sid) }},
	{"etime", "ELAPSED", 7, func(c *cmd, t task) string {
		s := c.Kernel().Now()/1_000_000_000 - t.start/100
		return itoa64(s/60) + ":" + zeros(itoa64(s%60), 2)
	}},
	{"time", "TIME", 5, func(_ *cmd, t task) string {
		return itoa64(t.time/6000) + ":" + zeros(itoa64(t.time/100%60), 2)
	}},
	{"nice", "NI", 5, func(_ *cmd, t task) string { return itoa(t.nice) }},
	{"rgroup", "RGROUP", -8, func(c *cmd, t task) string { return c.groupOr(t.gid) }},
	{"tty", "TT", -6, func(*cmd, task) string { return "?" }},
	{"vsz", "VSZ", 4, func(_ *cmd, t task) string { return itoa64(t.vsz / 1024) }},
	{"stat", "STAT", -4, func(_ *cmd, t task) string { return t.state }},
	{"rss", "RSS", 4, func(_ *cmd, t task) string { return itoa64(t.rss * 4) }},
}

func (c *cmd) nameOr(uid uint32) string {
	if n := c.userName(uid); n != "" {
		return n
	}
	return itoa(int(uid))
}

func (c *cmd) groupOr(gid uint32) string {
	if n := c.groupName(gid); n != "" {
		return n
	}
	return itoa(int(gid))
}

func ps(c *cmd) int {
	f, status := c.parse(options{plain: "aAdefjlTwuxZ", valued: "o"})
	if status != 0 {
		return status
	}
	names := []string{"pid", "user", "args"}
	if len(f.list['o']) > 0 {
		names = strings.FieldsFunc(strings.Join(f.list['o'], ","), func(r rune) bool { return r == ',' || r == ' ' })
	}
	if len(f.list['o']) == 0 {
		return c.psShort()
	}
	var columns []psColumn
	for _, n := range names {
		n, head, renamed := strings.Cut(n, "=")
		i := slices.IndexFunc(psColumns, func(p psColumn) bool { return p.name == n })
		if i < 0 {
			c.err("bad -o argument '", n, "', supported arguments: user,group,comm,args,pid,ppid,pgid,etime,nice,rgroup,ruser,time,tty,vsz,sid,stat,rss")
			return 1
		}
		col := psColumns[i]
		if renamed {
			col.head = head
			if w := max(len(head), col.width); col.width > 0 {
				col.width = w
			}
		}
		columns = append(columns, col)
	}
	c.psTable(columns)
	return 0
}

// psShort is ps without -o.
func (c *cmd) psShort() int {
	c.put("PID   USER     COMMAND\n")
	for _, t := range c.tasks() {
		c.put(right(itoa(t.pid), 5), " ", left(c.nameOr(t.uid)[:min(8, len(c.nameOr(t.uid)))], 8), " ", t.args, "\n")
	}
	return 0
}

// psTable prints columns. A column's head stands to the left whatever its values do; the last is not filled up.
func (c *cmd) psTable(columns []psColumn) {
	line := func(text func(psColumn) string, head bool) {
		for i, col := range columns {
			width := col.width
			word := text(col)
			if width < 0 {
				width = -width
			}
			if i > 0 {
				c.put(" ")
			}
			last := i == len(columns)-1
			switch {
			case len(word) > width:
				word = word[:width]
			case last && (head || col.width < 0):
			case head || col.width < 0:
				word = left(word, width)
			default:
				word = right(word, width)
			}
			c.put(word)
		}
		c.put("\n")
	}
	if slices.ContainsFunc(columns, func(p psColumn) bool { return p.head != "" }) {
		line(func(p psColumn) string { return p.head }, true)
	}
	for _, t := range c.tasks() {
		line(func(p psColumn) string { return p.value(c, t) }, false)
	}
}

func pidof(c *cmd) int {
	f, status := c.parse(options{plain: "s", valued: "o"})
	if status != 0 {
		return status
	}
	var found []string
	all := c.tasks()
	for _, name := range f.rest {
		for _, t := range all {
			arg0, _, _ := strings.Cut(t.args, " ")
			if (t.comm == name || base(arg0) == name) && t.state != "Z" || t.comm == name {
				if !contains2(f.list['o'], itoa(t.pid)) {
					found = append(found, itoa(t.pid))
				}
			}
		}
	}
	slices.Reverse(found)
	if len(found) == 0 {
		return 1
	}
	if f.has('s') {
		found = found[:1]
	}
	c.put(strings.Join(found, " "), "\n")
	return 0
}

func killall(c *cmd) int {
	sig, quiet := model.SIGTERM, false
	args := c.args
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		switch w := args[0][1:]; {
		case w == "q":
			quiet = true
		case w == "l":
			return killList(c, args[1:])
		default:
			if sig = signalNumber(w); sig < 0 {
				return c.die("bad signal name '", w, "'")
			}
		}
		args = args[1:]
	}
	if len(args) == 0 {
		return c.die("you need to specify whom to kill")
	}
	status := 0
	for _, name := range args {
		found := false
		for _, t := range c.tasks() {
			if t.comm == name && t.pid != c.PID() {
				found = true
				if e := c.Kill(t.pid, sig); e != model.OK {
					c.err("can't kill pid ", itoa(t.pid), ": ", e.Text())
					status++
				}
			}
		}
		if !found {
			status++
			if !quiet {
				c.err(name, ": no process killed")
			}
		}
	}
	return status
}

func pgrep(c *cmd) int {
	f, status := c.parse(options{plain: "flnovxL", valued: "Ps"})
	if status != 0 {
		return status
	}
	if len(f.rest) == 0 {
		return 1
	}
	found := false
	for _, t := range c.tasks() {
		if strings.Contains(t.comm, f.rest[0]) != f.has('v') && t.pid != c.PID() {
			found = true
			if c.name == "pkill" {
				c.Kill(t.pid, model.SIGTERM)
				continue
			}
			c.put(itoa(t.pid), "\n")
		}
	}
	return boolStatus(found)
}

func sleep(c *cmd) int {
	if len(c.args) == 0 {
		c.say(usageOf("sleep", "[N]..."))
		return 1
	}
	total := int64(0)
	for _, w := range c.args {
		n, ok := duration(w)
		if !ok {
			return c.die("invalid number '", w, "'")
		}
		total += n
	}
	for total > 0 {
		left, e := c.Sleep(total)
		if e == model.OK {
			break
		}
		total = left
	}
	return 0
}

// duration reads seconds, with a fraction and a unit; nanoseconds come out.
func duration(word string) (int64, bool) {
	if word == "infinity" || word == "inf" {
		return 1 << 60, true
	}
	digits := strings.TrimRight(word, "smhd")
	unit := map[string]int64{"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}[word[len(digits):]]
	whole, fraction, _ := strings.Cut(digits, ".")
	if digits == "" || unit == 0 || strings.Trim(whole+fraction, "0123456789") != "" || len(whole) > 10 {
		return 0, false
	}
	n := int64(atoi(whole)) * 1_000_000_000
	part := int64(100_000_000)
	for i := range min(9, len(fraction)) {
		n += int64(fraction[i]-'0') * part
		part /= 10
	}
	return n * unit, true
}

func env(c *cmd) int {
	f, status := c.parse(options{plain: "i0", valued: "u", stop: true, long: map[string]string{"ignore-environment": "i", "unset": "u="}})
	if status != 0 {
		return status
	}
	list := c.Env()
	rest := f.rest
	if f.has('i') || len(rest) > 0 && rest[0] == "-" {
		list = nil
		if len(rest) > 0 && rest[0] == "-" {
			rest = rest[1:]
		}
	}
	for _, u := range f.list['u'] {
		list = slices.DeleteFunc(slices.Clone(list), func(e string) bool { return strings.HasPrefix(e, u+"=") })
	}
	for len(rest) > 0 {
		name, value, ok := strings.Cut(rest[0], "=")
		if !ok {
			break
		}
		list = setEnv(list, name, value)
		rest = rest[1:]
	}
	if len(rest) == 0 {
		for _, e := range list {
			c.put(e, "\n")
		}
		return 0
	}
	e := execvp(c.Process, rest, list, pathOf(list))
	c.err("can't execute '", rest[0], "': ", e.Text())
	if e == model.ENOENT {
		return 127
	}
	return 126
}

// spawn runs a program and waits for it; it gives the status as a shell numbers it.
func (c *cmd) spawn(args []string) int {
	c.flush()
	pid, e := c.Fork(func(p *model.Process) int {
		child := &cmd{Process: p, name: c.name}
		e := child.execvp(args)
		child.err("can't execute '", args[0], "': ", e.Text())
		if e == model.ENOENT {
			return 127
		}
		return 126
	})
	if e != model.OK {
		return c.die("vfork: ", e.Text())
	}
	for {
		st, e := c.Wait(pid, true)
		if e == model.OK {
			return st.Shell()
		}
		if e != model.EINTR {
			return 1
		}
	}
}

func timeout(c *cmd) int {
	f, status := c.parse(options{valued: "sk", stop: true})
	if status != 0 {
		return status
	}
	if len(f.rest) < 2 {
		c.say(usageOf("timeout", "[-s SIG] [-k KILL_SECS] SECS PROG ARGS"))
		return 1
	}
	limit, ok := duration(f.rest[0])
	if !ok {
		return c.die("invalid number '", f.rest[0], "'")
	}
	sig := model.SIGTERM
	if f.has('s') {
		sig = signalNumber(f.values['s'])
	}
	// As in busybox the program keeps the process' number: a grandchild watches it.
	self := c.PID()
	helper, e := c.Fork(func(p *model.Process) int {
		p.Fork(func(p *model.Process) int {
			end := p.Kernel().Now() + limit
			for p.Kernel().Now() < end {
				p.Sleep(min(1_000_000_000, end-p.Kernel().Now()))
				if p.Kill(self, 0) != model.OK {
					return 0
				}
			}
			p.Kill(self, sig)
			return 0
		})
		return 0
	})
	if e == model.OK {
		c.Wait(helper, true)
	}
	e = c.execvp(f.rest[1:])
	c.err("can't execute '", f.rest[1], "': ", e.Text())
	return 127
}

func nohup(c *cmd) int {
	c.Signal(model.SIGHUP, model.Ignored)
	if len(c.args) == 0 {
		c.say(usageOf("nohup", "PROG ARGS"))
		return 1
	}
	e := c.execvp(c.args)
	c.err("can't execute '", c.args[0], "': ", e.Text())
	return 127
}

func setsid(c *cmd) int {
	f, status := c.parse(options{plain: "c", stop: true})
	if status != 0 {
		return status
	}
	if c.Setsid() != model.OK {
		if pid, e := c.Fork(func(p *model.Process) int {
			p.Setsid()
			e := (&cmd{Process: p}).execvp(f.rest)
			c.err("can't execute '", f.rest[0], "': ", e.Text())
			return 127
		}); e == model.OK && pid > 0 {
			return 0
		}
	}
	e := c.execvp(f.rest)
	return c.die("can't execute '", f.rest[0], "': ", e.Text())
}
