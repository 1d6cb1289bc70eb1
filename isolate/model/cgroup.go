package model

import (
	"slices"
	"strings"
)

// controllers are the cgroup controllers, in the order in which cgroup.controllers lists them.
var controllers = [...]string{"cpuset", "cpu", "io", "memory", "hugetlb", "pids", "rdma", "misc"}

// ctlSet is a set of controllers: bit i is controllers[i].
type ctlSet uint8

const (
	ctlCpuset ctlSet = 1 << iota
	ctlCPU
	ctlIO
	ctlMemory
	ctlHugetlb
	ctlPids
	ctlRdma
	ctlMisc
)

// allControllers is what the root has.
const allControllers = ctlCpuset | ctlCPU | ctlIO | ctlMemory | ctlHugetlb | ctlPids | ctlRdma | ctlMisc

func (s ctlSet) String() string {
	var names []string
	for i, name := range controllers {
		if s>>i&1 == 1 {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}

// line is the set as a file shows it; nothing at all if it is empty.
func (s ctlSet) line() string {
	if s == 0 {
		return ""
	}
	return s.String() + "\n"
}

func controllerOf(name string) ctlSet {
	if i := slices.Index(controllers[:], name); i >= 0 {
		return 1 << i
	}
	return 0
}

// Cgroup is a group of processes with limits of its own, in the one tree of version 2. Source: the kernel's admin-guide/cgroup-v2.
type Cgroup struct {
	k        *Kernel
	name     string
	parent   *Cgroup
	kids     []*Cgroup
	procs    []*Process
	dir      *Dentry // its directory
	subtree  ctlSet  // what its children have
	freeze   bool
	threaded bool
	depthMax int
	kidsMax  int
	gone     bool
	uid, gid uint32 // who made it

	pids struct {
		max, now, peak     int64
		events, localEvent int64
	}
	cpu  cpuState
	mem  memState
	sets struct{ cpus, mems, partition, exclusive string }
	text map[string]string // what was written to files that the model only keeps
}

// noLimit is "max".
const noLimit = int64(^uint64(0) >> 1)

func (k *Kernel) newCgroup(name string, parent *Cgroup) *Cgroup {
	c := &Cgroup{k: k, name: name, parent: parent, depthMax: -1, kidsMax: -1, text: map[string]string{}}
	c.pids.max = noLimit
	c.cpu = cpuState{quota: noLimit, period: 100_000, weight: 100}
	c.mem = memState{max: noLimit, high: noLimit, swapMax: noLimit, swapHigh: noLimit}
	c.sets.partition = "member"
	if parent != nil {
		parent.kids = append(parent.kids, c)
	}
	return c
}

// available are the controllers a cgroup has.
func (c *Cgroup) available() ctlSet {
	if c.parent == nil {
		return allControllers
	}
	return c.parent.subtree
}

// descendants is how many cgroups lie below.
func (c *Cgroup) descendants() int {
	n := len(c.kids)
	for _, kid := range c.kids {
		n += kid.descendants()
	}
	return n
}

// populated tells whether a process is in it or below it.
func (c *Cgroup) populated() bool {
	return len(c.procs) > 0 || slices.ContainsFunc(c.kids, (*Cgroup).populated)
}

// frozen tells whether it or one above is to stand still.
func (c *Cgroup) frozen() bool {
	for ; c != nil; c = c.parent {
		if c.freeze {
			return true
		}
	}
	return false
}

func (p *Process) frozen() bool { return !p.hidden && p.cgroup.frozen() }

// path is its place below a root that may lie elsewhere: then the way begins with "/..".
func (c *Cgroup) path(root *Cgroup) string {
	up := ""
	for ; !c.within(root); root = root.parent {
		up += "/.."
	}
	text := ""
	for ; c != root; c = c.parent {
		text = "/" + c.name + text
	}
	return orSlash(up + text)
}

func (c *Cgroup) within(root *Cgroup) bool {
	for ; c != nil; c = c.parent {
		if c == root {
			return true
		}
	}
	return false
}

// each visits it and all below it.
func (c *Cgroup) each(visit func(*Cgroup)) {
	visit(c)
	for _, kid := range c.kids {
		kid.each(visit)
	}
}

// addProcess counts a new process, unless a limit above forbids it.
func (c *Cgroup) addProcess() bool {
	for g := c; g.parent != nil; g = g.parent {
		if g.pids.now+1 > g.pids.max && g.available()&ctlPids != 0 {
			g.pids.localEvent++
			for up := g; up.parent != nil; up = up.parent {
				up.pids.events++
			}
			return false
		}
	}
	c.countProcess(1)
	return true
}

func (c *Cgroup) countProcess(n int64) {
	for g := c; g.parent != nil; g = g.parent {
		g.pids.now += n
		g.pids.peak = max(g.pids.peak, g.pids.now)
	}
}

func (c *Cgroup) dropProcess() { c.countProcess(-1) }

// remove takes a process out that has ended.
func (c *Cgroup) remove(p *Process) {
	if i := slices.Index(c.procs, p); i >= 0 {
		c.procs = slices.Delete(c.procs, i, i+1)
		c.dropProcess()
	}
}

// move puts a process into another cgroup. Its memory stays where it was taken.
func (c *Cgroup) move(p *Process) {
	from := p.cgroup
	if from == c {
		return
	}
	from.remove(p)
	c.countProcess(1)
	c.procs = append(c.procs, p)
	p.cgroup = c
	if !c.frozen() && p.thaw {
		p.thaw = false
		p.k.wake(p)
	}
}

// kill ends every process in it and below.
func (c *Cgroup) kill() {
	c.each(func(g *Cgroup) {
		for _, p := range slices.Clone(g.procs) {
			p.signal(SIGKILL, nil)
		}
	})
}

// setFreeze lets the processes stand still, or go on.
func (c *Cgroup) setFreeze(freeze bool) {
	c.freeze = freeze
	if c.frozen() {
		return
	}
	c.each(func(g *Cgroup) {
		if g.frozen() {
			return
		}
		for _, p := range g.procs {
			if p.thaw {
				p.thaw = false
				p.k.wake(p)
			}
		}
	})
}

// cpuState is what the cpu controller keeps; times in nanoseconds, quota and period in microseconds.
type cpuState struct {
	weight, nice  int
	idle          int
	quota, period int64
	burst         int64
	usage         int64
	began, used   int64 // the present period
	last          int64 // used in the one before it
	periods       int64
	throttles     int64
	throttled     int64
	until         int64
}

// charge counts time on the processor against it and all above.
func (c *Cgroup) charge(ns int64) {
	for g := c; g != nil; g = g.parent {
		s := &g.cpu
		s.usage += ns
		if s.quota == noLimit {
			continue
		}
		if period := s.period * 1000; c.k.now >= s.began+period {
			if s.last = 0; c.k.now < s.began+2*period {
				s.last = s.used
			}
			s.began = c.k.now - c.k.now%period
			s.used = 0
			s.periods++
		}
		s.used += ns
	}
}

// throttledUntil is when the group may run again; not after now if it may run.
func (c *Cgroup) throttledUntil(now int64) int64 {
	until := int64(0)
	for g := c; g != nil; g = g.parent {
		s := &g.cpu
		if s.quota == noLimit || s.used < s.quota*1000 {
			continue
		}
		end := s.began + s.period*1000
		if end <= now {
			continue
		}
		if s.until != end {
			s.until = end
			s.throttles++
			s.throttled += end - now
		}
		until = max(until, end)
	}
	return until
}
