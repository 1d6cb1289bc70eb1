package model

import "strconv"

// What a host asks to draw the machine. None of it changes anything.

// Processes are those that a process sees, itself among them, by their numbers there.
func (k *Kernel) Processes(as *Process) []*Process {
	var all []*Process
	for _, nr := range sortedPIDs(as.pidns) {
		all = append(all, as.pidns.procs[nr])
	}
	return all
}

// NumberIn is the process' number as another process sees it; 0 if it does not see it.
func (p *Process) NumberIn(as *Process) int { return p.nr(as.pidns) }

// Key tells the process from any other the machine has had.
func (p *Process) Key() string {
	return strconv.Itoa(p.ids[0].nr) + "." + strconv.FormatInt(p.start, 36)
}

// Parent is who started the process, or who has it since; nil if nobody.
func (p *Process) Parent() *Process { return p.parent }

// Namespace is the process' own of a kind.
func (p *Process) Namespace(kind NSKind) Namespace { return p.namespace(kind, false) }

// Cgroup is the group the process is in.
func (p *Process) Cgroup() *Cgroup { return p.cgroup }

// Memory is what the process has of its own, in bytes, and CPU what it has used of the processor, in nanoseconds.
func (p *Process) Memory() int64 { return p.anon }

// CPU is the time the process has had the processor, in nanoseconds.
func (p *Process) CPU() int64 { return p.cpu }

// Doing is what the process does: running, sleeping, stopped, frozen or zombie.
func (p *Process) Doing() string {
	switch {
	case p.state == zombie || p.state == dead:
		return "zombie"
	case p.frozen():
		return "frozen"
	case p.state == stopped:
		return "stopped"
	case p.state == sleeping:
		return "sleeping"
	}
	return "running"
}

// Level is how deep a pid namespace lies: 0 is the machine's own.
func (ns *PIDNS) Level() int { return ns.level }

// Cgroups are all cgroups, each before those in it, in the order of their making.
func (k *Kernel) Cgroups() []*Cgroup {
	var all []*Cgroup
	k.root.each(func(c *Cgroup) { all = append(all, c) })
	return all
}

// Count is how many processes there are.
func (k *Kernel) Count() int { return len(k.pidNS.procs) }

// Path is where the cgroup lies: / is the root.
func (c *Cgroup) Path() string { return c.path(c.k.root) }

// Parent is the cgroup it lies in; nil of the root.
func (c *Cgroup) Parent() *Cgroup { return c.parent }

// Members is how many processes are in the cgroup itself.
func (c *Cgroup) Members() int { return len(c.procs) }

// Usage is what a cgroup and those in it use, and how much they may; a limit of -1 is none.
type Usage struct {
	Pids, PidsMax       int64 // processes
	PidsRefused         int64 // forks that the limit, or one below, has refused
	Memory, MemoryMax   int64 // bytes
	OOMKills            int64
	CPU                 int64 // nanoseconds on the processor
	CPUQuota, CPUPeriod int64 // microseconds of each period
	CPUUsed             int64 // microseconds of the last period that is over, if there is a quota
	Throttled           int64 // periods in which the quota was used up
	Frozen, Populated   bool
}

// Usage is what the cgroup uses now.
func (c *Cgroup) Usage() Usage {
	limit := func(n int64) int64 {
		if n == noLimit {
			return -1
		}
		return n
	}
	return Usage{Pids: c.pids.now, PidsMax: limit(c.pids.max), PidsRefused: c.pids.events, Memory: c.mem.now, MemoryMax: limit(c.mem.max),
		OOMKills: c.mem.events.oomKill, CPU: c.cpu.usage, CPUQuota: limit(c.cpu.quota), CPUPeriod: c.cpu.period, CPUUsed: c.cpu.lately(c.k.now), Throttled: c.cpu.throttles,
		Frozen: c.frozen(), Populated: c.populated()}
}

// lately is what was used in the last period that is over, in microseconds.
func (s *cpuState) lately(now int64) int64 {
	switch period := s.period * 1000; {
	case s.quota == noLimit || now >= s.began+2*period:
		return 0
	case now >= s.began+period:
		return s.used / 1000
	}
	return s.last / 1000
}

// UIDInside is the process' user as the process itself sees it.
func (p *Process) UIDInside() uint32 { return p.cred.NS.UIDs.show(p.cred.UID) }

// Filters is how many seccomp filters the process has.
func (p *Process) Filters() int { return len(p.filters) }

// Where is the process' working directory, as [Process.Getcwd] would say it.
func (p *Process) Where() (string, Errno) {
	name, ok := p.fs.cwd.name(p.fs.root)
	switch {
	case p.fs.cwd.d.gone:
		return "", ENOENT
	case !ok:
		return "(unreachable)" + name, OK
	}
	return name, OK
}
