package isolate

import (
	"slices"
	"strconv"
	"strings"
)

// group is a cgroup of this container in one hierarchy.
type group struct {
	dir     string
	unified bool
	fd      Ref // v1: the file the child writes itself into; v2: the folder
	made    int // the step that makes it
}

// setting is a file of a cgroup and what is written to it.
type setting struct {
	controller, file, value, why string
	optional                     bool // the kernel may lack the file, when there is nothing to limit
}

// settings are what the limits mean. v1 and v2 have other files and other units for the same thing.
func (l Limits) settings(unified bool) []setting {
	var all []setting
	add := func(controller, v1, v1Value, v2, v2Value, why string) {
		s := setting{controller: controller, file: v1, value: v1Value, why: why}
		if unified {
			s.file, s.value = v2, v2Value
		}
		if s.file != "" {
			all = append(all, s)
		}
	}
	if l.Memory > 0 {
		bytes := strconv.FormatInt(l.Memory, 10)
		add("memory", "memory.limit_in_bytes", bytes, "memory.max", bytes, "how much memory; beyond it the kernel kills a process inside")
		// v1 limits memory and swap together, v2 swap alone.
		add("memory", "memory.memsw.limit_in_bytes", strconv.FormatInt(l.Memory+l.Swap, 10), "memory.swap.max", strconv.FormatInt(l.Swap, 10), "swap is no way around it")
		all[len(all)-1].optional = l.Swap == 0
	}
	if l.PIDs > 0 {
		n := strconv.FormatInt(l.PIDs, 10)
		add("pids", "pids.max", n, "pids.max", n, "how many processes and threads; the next fork fails")
	}
	if l.CPU > 0 {
		quota := strconv.FormatInt(l.CPU*100, 10)
		add("cpu", "cpu.cfs_period_us", "100000", "cpu.max", quota+" 100000", "how much processor time in each tenth of a second")
		add("cpu", "cpu.cfs_quota_us", quota, "", "", "how much processor time in each tenth of a second")
	}
	if l.Weight > 0 {
		add("cpu", "cpu.shares", strconv.FormatInt(max(2, l.Weight*1024/100), 10), "cpu.weight", strconv.FormatInt(l.Weight, 10), "the share beside others that want the processor too")
	}
	if l.CPUs != "" {
		add("cpuset", "cpuset.cpus", l.CPUs, "cpuset.cpus", l.CPUs, "which processors")
		// v1 lets nobody in before it knows which memory; all of it is node 0's on most machines, the group above knows.
		add("cpuset", "cpuset.mems", "0", "", "", "which memory; v1 lets nobody in before it knows")
	}
	for _, d := range l.IO {
		all = append(all, d.settings(unified)...)
	}
	return all
}

// settings are one line of v2's io.max, or a file of v1 for each limit.
func (d DeviceLimit) settings(unified bool) []setting {
	const why = "how much may be read from the device and written to it each second"
	device := deviceText(uint64(d.Major), uint64(d.Minor))
	var all []setting
	line := device
	for _, l := range []struct {
		limit    int64
		v1, name string
	}{{d.ReadBytes, "read_bps", "rbps"}, {d.WrittenBytes, "write_bps", "wbps"}, {d.Reads, "read_iops", "riops"}, {d.Writes, "write_iops", "wiops"}} {
		if l.limit == 0 {
			continue
		}
		n := strconv.FormatInt(l.limit, 10)
		line += " " + l.name + "=" + n
		all = append(all, setting{controller: "io", file: "blkio.throttle." + l.v1 + "_device", value: device + " " + n, why: why})
	}
	if unified {
		return []setting{{controller: "io", file: "io.max", value: line, why: why}}
	}
	return all
}

func (h Host) controller(name string) (Controller, bool) {
	if h.Cgroups == nil {
		return Controller{Name: name, Dir: "/sys/fs/cgroup", Unified: true}, true
	}
	i := slices.IndexFunc(h.Cgroups, func(c Controller) bool { return c.Name == name })
	if i < 0 {
		return Controller{}, false
	}
	return h.Cgroups[i], true
}

// controllers are those the limits need, in the order of the settings.
func (l Limits) controllers() []string {
	var names []string
	for _, s := range l.settings(true) {
		if !slices.Contains(names, s.controller) {
			names = append(names, s.controller)
		}
	}
	return names
}

// counting are the controllers a group is made in for the sake of counting and freezing: "freezer" and "cpuacct" are v1's.
var counting = []string{"cpu", "memory", "pids", "io", "freezer", "cpuacct"}

// controllers are those the limits need, and those that count.
func (b *builder) controllers() []string {
	names := b.spec.Limits.controllers()
	for _, name := range counting {
		c, ok := b.host.controller(name)
		if v1 := name == "freezer" || name == "cpuacct"; ok && b.spec.Group && !(v1 && c.Unified) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// cgroups makes the groups and sets their limits before anybody is in them.
func (b *builder) cgroups() {
	for _, name := range b.controllers() {
		c, ok := b.host.controller(name)
		if !ok {
			continue // check has refused it
		}
		g := b.group(c)
		for _, s := range b.spec.Limits.settings(c.Unified) {
			if s.controller != name {
				continue
			}
			b.because(s.why, "cgroups(7), "+s.file)
			b.set(g, s)
		}
	}
	for i := range b.groups {
		b.because("the way in, opened by us: the child could not", "cgroups(7)")
		b.groups[i] = b.entrance(b.groups[i])
	}
}

// entrance opens what the child joins a group by: in v1 a file it writes to, in v2 the folder, for clone3.
func (b *builder) entrance(g group) group {
	if g.unified {
		g.fd = b.open("group", cwd(), g.dir, b.pathDirectory())
	} else {
		g.fd = b.open("tasks", cwd(), g.dir+"/tasks", named(oWRONLY|oCLOEXEC, "O_WRONLY|O_CLOEXEC"))
	}
	return g
}

// group makes the cgroup in the controller's hierarchy, once for a hierarchy.
func (b *builder) group(c Controller) group {
	base := strings.TrimSuffix(c.Dir, "/")
	dir := base + "/slipway-" + b.name()
	if c.Unified {
		dir = base + "/slipway/" + b.name()
	}
	for _, g := range b.groups {
		if g.dir == dir {
			return g
		}
	}
	g := group{dir: dir, unified: c.Unified}
	if c.Unified {
		b.because("a group hands controllers down to groups without processes only, so ours are made one level below", "cgroups(7), cgroup.subtree_control")
		b.step("mkdirat", cwd(), str(base+"/slipway"), octal(0o755)).tolerate(EEXIST, 0)
		var enable []string
		for _, name := range b.controllers() {
			if own, _ := b.host.controller(name); own.Unified {
				enable = append(enable, "+"+name)
			}
		}
		b.writes(base+"/cgroup.subtree_control", strings.Join(enable, " "))
		b.writes(base+"/slipway/cgroup.subtree_control", strings.Join(enable, " "))
	}
	b.because("a group of our own: the kernel counts for it and limits it", "cgroups(7)")
	g.made = len(b.plan.Steps)
	b.step("mkdirat", cwd(), str(dir), octal(0o755))
	b.groups = append(b.groups, g)
	return g
}

func (b *builder) set(g group, s setting) {
	r := b.result(s.file)
	open := b.step("openat", cwd(), str(g.dir+"/"+s.file), named(oWRONLY|oCLOEXEC, "O_WRONLY|O_CLOEXEC"))
	open.Result = r
	if s.optional {
		open.tolerate(ENOENT, 2) // a kernel that counts no swap has none to limit
	}
	b.step("write", r.use(), str(s.value), num(uint64(len(s.value))))
	b.closes(r)
}

// unifiedGroup is the v2 group, which clone3 puts the child into; nil if there is none.
func (b *builder) unifiedGroup() *group {
	for i := range b.groups {
		if b.groups[i].unified {
			return &b.groups[i]
		}
	}
	return nil
}

// join is the child's first step. In v1 the child moves itself: if the parent moved it, the kernel would wait for all processors
// to pass by, five milliseconds against thirty microseconds.
func (b *builder) join() {
	for _, g := range b.groups {
		if !g.unified {
			b.because("join the group before anything else: from here on all is counted. \"0\" is oneself", "cgroups(7)")
			b.step("write", g.fd.use(), str("0"), num(1))
		}
	}
}

// removeCgroups leaves nothing behind.
func (b *builder) removeCgroups() {
	b.as(After, func() {
		if b.spec.Join != nil {
			return // they are the container's
		}
		for _, g := range b.groups {
			b.because("the group goes with its last process", "cgroups(7)")
			b.step("unlinkat", cwd(), str(g.dir), named(0x200, "AT_REMOVEDIR")).Of = g.made
		}
	})
}
