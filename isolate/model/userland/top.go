package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
)

const topUsage = `BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.

Usage: top [-bH] [-n COUNT] [-d SECONDS]
`

// top prints what busybox' prints with -b; there is no screen to draw on.
func top(c *cmd) int {
	f, status := c.parse(options{plain: "bmH", valued: "nd", usage: topUsage})
	if status != 0 {
		return status
	}
	pause := int64(5)
	if f.has('d') {
		pause = int64(atoi(f.values['d']))
	}
	ticks, before := c.jiffies(), c.tasks()
	if len(ticks) < 8 {
		return c.die("can't open 'stat': No such file or directory")
	}
	c.Sleep(100_000_000)
	for n := 0; !f.has('n') || n < max(1, atoi(f.values['n'])); n++ {
		if n > 0 {
			c.Sleep(pause * 1_000_000_000)
		}
		nowTicks, now := c.jiffies(), c.tasks()
		c.topHead(nowTicks, ticks)
		c.topRows(now, before, max(1, nowTicks[0]-ticks[0]))
		c.flush()
		ticks, before = nowTicks, now
	}
	return 0
}

// jiffies are the hundredths of a second of the first line of /proc/stat, their sum in front.
func (c *cmd) jiffies() []int64 {
	text, _ := c.readFile("/proc/stat")
	first, _, _ := strings.Cut(text, "\n")
	all := []int64{0}
	for _, word := range strings.Fields(strings.TrimPrefix(first, "cpu")) {
		n := int64(atoi(word))
		all = append(all, n)
		all[0] += n
	}
	return all
}

func (c *cmd) topHead(now, before []int64) {
	total, free := c.meminfo("MemTotal"), c.meminfo("MemFree")
	c.put("Mem: " + itoa64(total-free) + "K used, " + itoa64(free) + "K free, " + itoa64(c.meminfo("Shmem")) + "K shrd, " + itoa64(c.meminfo("Buffers")) + "K buff, " +
		itoa64(c.meminfo("Cached")) + "K cached\nCPU:")
	for i, name := range strings.Fields("usr sys nic idle io irq sirq") {
		at := i + 1
		if i == 1 || i == 2 { // the kernel has these the other way round
			at = 4 - i
		}
		c.put(right(itoa64((now[at]-before[at])*100/max(1, now[0]-before[0])), 4), "% ", name)
	}
	load, _ := c.readFile("/proc/loadavg")
	c.put("\nLoad average: ", load, "  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND\n")
}

// topRows prints the processes, those that work most first.
func (c *cmd) topRows(now, before []task, ticks int64) {
	var rows []*task
	for i := range now {
		t := &now[i]
		t.rss = t.time // not of interest here: its place is for what was worked since
		for _, b := range before {
			if b.pid == t.pid && b.start == t.start {
				t.rss -= b.time
			}
		}
		rows = append(rows, t)
	}
	sorting.Func(rows, func(a, b *task) int {
		for _, d := range [...]int64{b.rss - a.rss, b.vsz - a.vsz, b.time - a.time} {
			if d != 0 {
				return int(d)
			}
		}
		return a.pid - b.pid
	})
	total := max(1, c.meminfo("MemTotal"))
	for _, t := range rows {
		kb := t.vsz / 1024
		size := itoa64(kb)
		if kb >= 100_000 {
			size = itoa64(kb/1024) + "m"
		}
		user := c.nameOr(t.uid)
		c.put(right(itoa(t.pid), 5) + " " + right(itoa(t.ppid), 5) + " " + left(user[:min(8, len(user))], 8) + " " + left(t.state, 4) + right(size, 6) +
			right(itoa64((kb*100+total/2)/total), 4) + "%" + right(itoa64((t.rss*100+ticks/2)/ticks), 4) + "% " + t.args + "\n")
	}
}
