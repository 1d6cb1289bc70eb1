package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

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
