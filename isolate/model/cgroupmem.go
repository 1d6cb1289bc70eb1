package model

import "strings"

func memoryFiles() []cgroupFile {
	limit := func(name string, of func(*memState) *int64) cgroupFile {
		return cgroupFile{name, ctlMemory, inOthers, func(_ *Process, c *Cgroup) string { return maxOr(*of(&c.mem)) },
			func(p *Process, _ *File, c *Cgroup, text string) Errno {
				n, e := parseMemory(text)
				if e != OK {
					return e
				}
				if name == "memory.max" {
					c.setMax(n, p)
					return OK
				}
				*of(&c.mem) = n
				return OK
			}}
	}
	return []cgroupFile{
		{"memory.current", ctlMemory, inOthers, func(_ *Process, c *Cgroup) string { return line(c.mem.now) }, nil},
		{"memory.events", ctlMemory, inOthers, func(_ *Process, c *Cgroup) string { return c.mem.events.text() }, nil},
		{"memory.events.local", ctlMemory, inOthers, func(_ *Process, c *Cgroup) string { return c.mem.local.text() }, nil},
		limit("memory.high", func(m *memState) *int64 { return &m.high }),
		limit("memory.low", func(m *memState) *int64 { return &m.low }),
		limit("memory.max", func(m *memState) *int64 { return &m.max }),
		limit("memory.min", func(m *memState) *int64 { return &m.min }),
		{"memory.numa_stat", ctlMemory, everywhere, readNumaStat, nil},
		{"memory.oom.group", ctlMemory, inOthers, func(_ *Process, c *Cgroup) string { return bit(c.mem.oomGroup) + "\n" }, func(_ *Process, _ *File, c *Cgroup, text string) Errno {
			n, e := parseInt(text)
			if e != OK || n != 0 && n != 1 {
				return EINVAL
			}
			c.mem.oomGroup = n == 1
			return OK
		}},
		{"memory.peak", ctlMemory, inOthers, func(_ *Process, c *Cgroup) string { return line(c.mem.peak) }, keepQuiet},
		{"memory.pressure", 0, everywhere, fixed(pressure), writePressure},
		{"memory.reclaim", ctlMemory, everywhere, nil, func(_ *Process, _ *File, _ *Cgroup, text string) Errno {
			word, _, _ := strings.Cut(text, " ")
			if n, e := parseMemory(word); e != OK || n == 0 {
				return e
			}
			return EAGAIN // nothing here can be written out: there is no swap
		}},
		{"memory.stat", ctlMemory, everywhere, readMemoryStat, nil},
		{"memory.swap.current", ctlMemory, inOthers, fixed("0\n"), nil},
		{"memory.swap.events", ctlMemory, inOthers, fixed("high 0\nmax 0\nfail 0\n"), nil},
		limit("memory.swap.high", func(m *memState) *int64 { return &m.swapHigh }),
		limit("memory.swap.max", func(m *memState) *int64 { return &m.swapMax }),
		{"memory.swap.peak", ctlMemory, inOthers, fixed("0\n"), keepQuiet},
		{"misc.capacity", ctlMisc, inRoot, fixed(""), nil},
		{"misc.current", ctlMisc, everywhere, fixed(""), nil},
		{"misc.peak", ctlMisc, everywhere, fixed(""), nil},
	}
}

func keepQuiet(*Process, *File, *Cgroup, string) Errno { return OK }

// parseMemory reads a number of bytes with k, m or g behind it, or "max"; it is rounded down to whole pages.
func parseMemory(text string) (int64, Errno) {
	if text == "max" {
		return noLimit, OK
	}
	if text == "" {
		return 0, OK
	}
	if strings.HasPrefix(text, "+") || strings.HasSuffix(text, "%") {
		return 0, EINVAL
	}
	n, ok := parseSize(text, 0)
	if !ok {
		return 0, EINVAL
	}
	return n &^ 4095, OK
}

func (e *memEvents) text() string {
	return "low " + line(e.low) + "high " + line(e.high) + "max " + line(e.max) + "oom " + line(e.oom) + "oom_kill " + line(e.oomKill) + "oom_group_kill " + line(e.oomGroupKill)
}

// memoryStats are the lines of memory.stat that are always 0 here, in their order; "" stands for one that is not.
var memoryStats = strings.Fields("anon file kernel kernel_stack pagetables sec_pagetables percpu sock vmalloc shmem file_mapped file_dirty file_writeback swapcached anon_thp file_thp shmem_thp " +
	"inactive_anon active_anon inactive_file active_file unevictable slab_reclaimable slab_unreclaimable slab workingset_refault_anon workingset_refault_file " +
	"workingset_activate_anon workingset_activate_file workingset_restore_anon workingset_restore_file workingset_nodereclaim pswpin pswpout pgscan pgsteal " +
	"pgscan_kswapd pgscan_direct pgscan_khugepaged pgsteal_kswapd pgsteal_direct pgsteal_khugepaged pgfault pgmajfault pgrefill pgactivate pgdeactivate pglazyfree pglazyfreed " +
	"swpin_zero swpout_zero thp_fault_alloc thp_collapse_alloc thp_swpout thp_swpout_fallback")

func readMemoryStat(_ *Process, c *Cgroup) string {
	text := ""
	for _, name := range memoryStats {
		n := int64(0)
		switch name {
		case "anon":
			n = c.mem.anon
		case "file", "shmem", "active_anon":
			n = c.mem.shmem
		case "inactive_anon":
			n = c.mem.anon
		}
		text += name + " " + line(n)
	}
	return text
}

func readNumaStat(_ *Process, c *Cgroup) string {
	text := ""
	for _, name := range memoryStats[:len(memoryStats)-30] {
		n := int64(0)
		switch name {
		case "anon":
			n = c.mem.anon
		case "file", "shmem":
			n = c.mem.shmem
		case "kernel", "percpu", "sock", "vmalloc", "slab":
			continue
		}
		text += name + " N0=" + line(n)
	}
	return text
}
