package userland

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

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
	system, _ := strconv.ParseInt(f[12], 10, 64)
	t.time += system
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
