package model

import (
	"slices"
	"strconv"
	"strings"
)

// cgroupFiles are the files of a cgroup, as Linux 6.12 has them.
func cgroupFiles() []cgroupFile {
	return slices.Concat(coreFiles(), cpuFiles(), cpusetFiles(), ioFiles(), memoryFiles(), pidsFiles())
}

type (
	cgroupRead  = func(p *Process, c *Cgroup) string
	cgroupWrite = func(p *Process, f *File, c *Cgroup, text string) Errno
)

func line(n int64) string { return strconv.FormatInt(n, 10) + "\n" }

// maxOr is a limit as it is read.
func maxOr(n int64) string {
	if n == noLimit {
		return "max\n"
	}
	return line(n)
}

func fixed(text string) cgroupRead { return func(*Process, *Cgroup) string { return text } }

func coreFiles() []cgroupFile {
	return []cgroupFile{
		{"cgroup.controllers", 0, everywhere, func(_ *Process, c *Cgroup) string { return c.available().line() }, nil},
		{"cgroup.events", 0, inOthers, func(_ *Process, c *Cgroup) string {
			return "populated " + bit(c.populated()) + "\nfrozen " + bit(c.frozen()) + "\n"
		}, nil},
		{"cgroup.freeze", 0, inOthers, func(_ *Process, c *Cgroup) string { return bit(c.freeze) + "\n" }, writeFreeze},
		{"cgroup.kill", 0, inOthers, nil, writeKill},
		{"cgroup.max.depth", 0, everywhere, func(_ *Process, c *Cgroup) string { return countOr(c.depthMax) }, countLimit(func(c *Cgroup) *int { return &c.depthMax })},
		{"cgroup.max.descendants", 0, everywhere, func(_ *Process, c *Cgroup) string { return countOr(c.kidsMax) }, countLimit(func(c *Cgroup) *int { return &c.kidsMax })},
		{"cgroup.pressure", 0, everywhere, kept("cgroup.pressure", "1"), writeBit("cgroup.pressure")},
		{"cgroup.procs", 0, everywhere, readProcs, writeProcs},
		{"cgroup.stat", 0, everywhere, readCgroupStat, nil},
		{"cgroup.subtree_control", 0, everywhere, func(_ *Process, c *Cgroup) string { return c.subtree.line() }, writeSubtree},
		{"cgroup.threads", 0, everywhere, readProcs, writeProcs},
		{"cgroup.type", 0, inOthers, func(_ *Process, c *Cgroup) string {
			return c.kind() + "\n"
		}, func(_ *Process, _ *File, c *Cgroup, text string) Errno {
			if text != "threaded" {
				return EINVAL
			}
			c.threaded = true
			return OK
		}},
	}
}

// kind is what cgroup.type says. A group with a threaded child is the domain of that child's threads; its other children are no domains until
// they are threaded too. Source: cgroup-v2, "Threads".
func (c *Cgroup) kind() string {
	hasThreaded := func(c *Cgroup) bool {
		return slices.ContainsFunc(c.kids, func(kid *Cgroup) bool { return kid.threaded })
	}
	switch {
	case c.threaded:
		return "threaded"
	case c.parent.threaded || c.parent.parent != nil && hasThreaded(c.parent):
		return "domain invalid"
	case hasThreaded(c):
		return "domain threaded"
	}
	return "domain"
}

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

func countOr(n int) string {
	if n < 0 {
		return "max\n"
	}
	return itoa(n) + "\n"
}

func countLimit(of func(*Cgroup) *int) cgroupWrite {
	return func(_ *Process, _ *File, c *Cgroup, text string) Errno {
		if text == "max" {
			*of(c) = -1
			return OK
		}
		n, e := parseInt(text)
		if e != OK {
			return e
		}
		if n < 0 {
			return ERANGE
		}
		*of(c) = int(n)
		return OK
	}
}

// parseInt is the kernel's kstrtoint: EINVAL for what is no number, ERANGE for one that does not fit.
func parseInt(text string) (int64, Errno) {
	digits, negative := strings.CutPrefix(text, "-")
	n, err := strconv.ParseUint(strings.TrimPrefix(digits, "+"), 0, 64)
	if err != nil {
		if ne, ok := err.(*strconv.NumError); ok && ne.Err == strconv.ErrRange {
			return 0, ERANGE
		}
		return 0, EINVAL
	}
	if n > 1<<31 {
		return 0, ERANGE
	}
	if negative {
		return -int64(n), OK
	}
	return int64(n), OK
}

// kept reads a file that only holds what was written to it.
func kept(name, first string) cgroupRead {
	return func(_ *Process, c *Cgroup) string {
		if text, ok := c.text[name]; ok {
			return text + "\n"
		}
		return first + "\n"
	}
}

// writeBit takes 0 or 1.
func writeBit(name string) cgroupWrite {
	return func(_ *Process, _ *File, c *Cgroup, text string) Errno {
		n, e := parseInt(text)
		if e != OK {
			return e
		}
		if n < 0 || n > 1 {
			return ERANGE
		}
		c.text[name] = text
		return OK
	}
}

func writeFreeze(_ *Process, _ *File, c *Cgroup, text string) Errno {
	n, e := parseInt(text)
	if e != OK {
		return e
	}
	if n < 0 || n > 1 {
		return ERANGE
	}
	c.setFreeze(n == 1)
	return OK
}

func writeKill(_ *Process, _ *File, c *Cgroup, text string) Errno {
	n, e := parseInt(text)
	if e != OK {
		return e
	}
	if n != 1 {
		return ERANGE
	}
	if c.threaded {
		return EOPNOTSUPP
	}
	c.kill()
	return OK
}

// readProcs lists the processes, as the reader numbers them.
func readProcs(p *Process, c *Cgroup) string {
	var nrs []int
	for _, q := range c.procs {
		nrs = append(nrs, q.nr(p.pidns))
	}
	slices.Sort(nrs)
	text := ""
	for _, nr := range nrs {
		text += itoa(nr) + "\n"
	}
	return text
}

// writeProcs moves a process here.
//
// Errors: EINVAL for what is no number, ESRCH, EACCES without write permission where both cgroups meet, ENOENT out of the cgroup namespace,
// EBUSY where the children have controllers. Source: cgroup-v2, "Delegation Containment" and "No Internal Process Constraint".
func writeProcs(p *Process, f *File, c *Cgroup, text string) Errno {
	n, e := parseInt(text)
	if e != OK || n < 0 {
		return EINVAL
	}
	t := p
	if n > 0 {
		if t = p.find(int(n)); t == nil || t.state == zombie {
			return ESRCH
		}
	}
	meet := t.cgroup
	for !c.within(meet) {
		meet = meet.parent
	}
	if e := meet.mayMove(p, f.opener); e != OK {
		return e
	}
	if root := p.ns.cgroup.root; !t.cgroup.within(root) && !c.within(root) {
		return ENOENT
	}
	if c.parent != nil && c.subtree != 0 {
		return EBUSY
	}
	c.move(t)
	return OK
}

// mayMove tells whether the cgroup's cgroup.procs may be written.
func (c *Cgroup) mayMove(p *Process, opener *Cred) Errno {
	kid, e := c.dir.child(p, "cgroup.procs")
	if e != OK {
		return e
	}
	now := p.cred
	p.cred = opener
	e = p.inodePermission(kid.ino, mayWrite)
	p.cred = now
	return e
}

// writeSubtree changes which controllers the children have.
//
// Errors: EINVAL for a name that is no controller, ENOENT for one the cgroup does not have, EBUSY if it has processes or a child passes
// on what is to go.
func writeSubtree(_ *Process, _ *File, c *Cgroup, text string) Errno {
	var enable, disable ctlSet
	for _, word := range strings.Fields(text) {
		set := controllerOf(word[1:])
		switch {
		case set == 0 || len(word) < 2:
			return EINVAL
		case word[0] == '+':
			enable |= set
			disable &^= set
		case word[0] == '-':
			disable |= set
			enable &^= set
		default:
			return EINVAL
		}
	}
	enable &^= c.subtree
	disable &= c.subtree
	if enable&^c.available() != 0 {
		return ENOENT
	}
	for _, kid := range c.kids {
		if kid.subtree&disable != 0 {
			return EBUSY
		}
	}
	if enable != 0 && c.parent != nil && len(c.procs) > 0 {
		return EBUSY
	}
	c.subtree = c.subtree&^disable | enable
	return OK
}

func readCgroupStat(_ *Process, c *Cgroup) string {
	text := "nr_descendants " + itoa(c.descendants()) + "\n"
	for _, name := range []string{"cpuset", "cpu", "io", "memory", "perf_event", "hugetlb", "pids", "rdma", "misc"} {
		n := 0
		c.each(func(g *Cgroup) {
			if set := controllerOf(name); name == "perf_event" || g.available()&set != 0 {
				n++
			}
		})
		text += "nr_subsys_" + name + " " + itoa(n) + "\n"
	}
	text += "nr_dying_descendants 0\n"
	for _, name := range []string{"cpuset", "cpu", "io", "memory", "perf_event", "hugetlb", "pids", "rdma", "misc"} {
		text += "nr_dying_subsys_" + name + " 0\n"
	}
	return text
}
