package model

import "iter"

type state uint8

const (
	running state = iota
	sleeping
	stopped
	zombie
	dead // waited for
)

// Process is a running program. Its methods are the system calls; a program is a [Program] that makes them. A call that has to wait
// lets other processes run until it can go on, so that programs read from top to bottom like programs for Linux.
type Process struct {
	k        *Kernel
	ids      []pidIn // the numbers it has, from the initial namespace to its own
	pidns    *PIDNS
	parent   *Process
	children []*Process
	group    *Process // whose number is the process group's
	session  *Process

	cred   *Cred
	ns     nsSet
	fs     fsState
	fds    []fdSlot
	cgroup *Cgroup
	limits [16]Rlimit

	Comm     string
	args     []string
	env      []string
	exe      Path
	start    int64
	dumpable bool // by others than root: not after a change of identity

	state    state
	queued   bool
	hidden   bool // it belongs to a probe: nobody counts it
	thaw     bool // wanted to run while frozen
	sleepID  uint64
	status   int // for wait: signal, or exit code times 256
	kids     queue
	cpu      int64
	slice    int64
	anon     int64 // bytes of memory of its own
	charges  []memCharge
	oomAdj   int
	filters  []Filter // seccomp
	programs []Path   // below all of which a program must lie
	nice     int

	actions [65]Action
	pending uint64
	caught  []int
	killed  bool

	// Status is what a shell says about its last command: a host that shows a prompt may ask for it.
	Status int

	resumeFn func() (struct{}, bool)
	stop     func()
	yieldFn  func(struct{}) bool
	next     Program
}

type pidIn struct {
	ns *PIDNS
	nr int
}

type fsState struct {
	root, cwd Path
	umask     uint32
	noLinks   bool // no symbolic link is followed, by the call under way
}

// Kernel is the machine the process runs on.
func (p *Process) Kernel() *Kernel { return p.k }

// Args are the program's arguments; the first is its name.
func (p *Process) Args() []string { return p.args }

// Env is the environment the program was started with, NAME=value.
func (p *Process) Env() []string { return p.env }

// Cred is who the process is. The result must not be changed.
func (p *Process) Cred() *Cred { return p.cred }

// nr is the process' number in a namespace, 0 if it has none there.
func (p *Process) nr(ns *PIDNS) int {
	if ns.level < len(p.ids) && p.ids[ns.level].ns == ns {
		return p.ids[ns.level].nr
	}
	return 0
}

// PID is the process' number in its own pid namespace.
func (p *Process) PID() int { return p.nr(p.pidns) }

// PPID is the parent's number, 0 if it is outside the pid namespace.
func (p *Process) PPID() int {
	if p.parent == nil {
		return 0
	}
	return p.parent.nr(p.pidns)
}

// find is the process of a number as p sees it, zombies included.
func (p *Process) find(pid int) *Process { return p.pidns.procs[pid] }

// resume lets the process run until it waits or ends.
func (k *Kernel) resume(p *Process) {
	if p.state == zombie || p.state == dead {
		return
	}
	if p.frozen() && !p.dying() {
		p.thaw = true
		return
	}
	if p.resumeFn == nil {
		p.resumeFn, p.stop = iter.Pull(p.life)
	}
	p.slice = 0
	k.again(p)
}

// again lets the process go on where it gave the processor back.
func (k *Kernel) again(p *Process) {
	k.current = p
	p.resumeFn()
	k.current = nil
}

// The ways in which a program is left other than by returning.
type (
	exiting  struct{ status int }
	replaced struct{} // by p.next
	stopping struct{} // the machine is switched off
)

// life is what runs as the process, from fork to exit.
func (p *Process) life(yield func(struct{}) bool) {
	p.yieldFn = yield
	for p.next != nil {
		prog := p.next
		p.next = nil
		status, off := p.run(prog)
		if off {
			return
		}
		if p.next == nil {
			p.exit(status)
		}
	}
}

// run runs a program until it returns or is left, and gives its status for wait.
func (p *Process) run(prog Program) (status int, off bool) {
	defer func() {
		switch left := recover().(type) {
		case nil:
		case exiting:
			status = left.status
		case replaced:
		case stopping:
			off = true
		default:
			panic(left)
		}
	}()
	p.deliver()
	return prog(p) & 0xff << 8, false
}

// yield lets others run. The caller has said what will wake the process.
func (p *Process) yield() {
	if !p.yieldFn(struct{}{}) {
		panic(stopping{})
	}
}

// syscall is the price of entering the kernel, and the moment at which signals are noticed.
func (p *Process) syscall() {
	p.Spend(1000)
	p.deliver()
}

// maxSlice is how long a process may run before others, and the host, get a turn.
const maxSlice = 3_000_000

// Spend is work: that many nanoseconds pass, and the process may have to wait for its turn or its cgroup's share.
func (p *Process) Spend(ns int64) {
	p.slice += ns
	p.k.charge(p, ns)
	p.k.pause(p)
	if p.slice > maxSlice && len(p.k.runnable) > 0 || p.frozen() && !p.dying() {
		p.k.wake(p)
		p.yield()
		p.deliver()
	}
}

// wait sleeps until one of the queues is woken or the time comes (0: never). EINTR says that a signal was caught.
func (p *Process) wait(until int64, qs ...*queue) Errno {
	p.deliver()
	if len(p.caught) > 0 {
		return EINTR
	}
	p.sleep(until, qs...)
	p.deliver()
	if len(p.caught) > 0 {
		return EINTR
	}
	return OK
}

// sleep is a wait that signals do not cut short.
func (p *Process) sleep(until int64, qs ...*queue) {
	p.sleepID++
	p.state = sleeping
	for _, q := range qs {
		*q = append(*q, p)
	}
	if until > 0 {
		p.k.after(until, p)
	}
	p.yield()
	p.sleepID++
	p.state = running
	for _, q := range qs {
		q.drop(p)
	}
}

func (p *Process) pauseUntil(t int64) {
	for p.k.now < t && !p.dying() {
		p.sleep(t)
	}
}

// Sleep lets time pass; it returns what is left of it if a signal was caught. Source: nanosleep(2).
func (p *Process) Sleep(ns int64) (left int64, e Errno) {
	p.syscall()
	until := p.k.now + ns
	for p.k.now < until {
		if e := p.wait(until); e != OK {
			return max(0, until-p.k.now), e
		}
	}
	return 0, OK
}

// Fork makes a child that is a copy of the process and runs body; Go cannot copy a running function, so the child's part is given. It returns the
// child's number as the parent sees it.
//
// Errors: EAGAIN above pids.max or the limit of processes; ENOMEM if process 1 of the children's pid namespace is gone.
// Source: fork(2).
func (p *Process) Fork(body Program) (int, Errno) {
	p.Spend(150_000)
	p.deliver()
	child, e := p.copy()
	if e != OK {
		return 0, e
	}
	child.next = body
	p.children = append(p.children, child)
	p.k.wake(child)
	return child.nr(p.pidns), OK
}

func (p *Process) copy() (*Process, Errno) {
	ns := p.ns.pidKids
	if ns.dead || ns != p.pidns && ns.seen && ns.procs[1] == nil {
		return nil, ENOMEM
	}
	if p.tooMany() {
		return nil, EAGAIN
	}
	if !p.hidden && !p.cgroup.addProcess() {
		return nil, EAGAIN
	}
	c := &Process{k: p.k, pidns: ns, parent: p, cred: p.cred, ns: p.ns, fs: p.fs, limits: p.limits, Comm: p.Comm,
		args: p.args, env: p.env, exe: p.exe, start: p.k.now, actions: p.actions, dumpable: p.dumpable, oomAdj: p.oomAdj, nice: p.nice, filters: p.filters, programs: p.programs,
		group: p.group, session: p.session, cgroup: p.cgroup, Status: p.Status, hidden: p.hidden}
	c.ns.mnt.users++
	c.ns.net.users++
	c.ns.time = p.ns.timeKid
	c.ns.time.used = true
	if !c.number(ns) {
		p.cgroup.dropProcess()
		return nil, EAGAIN
	}
	if c.group == nil {
		c.group, c.session = c, c
	}
	c.fds = p.copyFDs()
	if p.hidden {
		return c, OK
	}
	c.cgroup.procs = append(c.cgroup.procs, c)
	return c, OK
}

// number gives the process a number in its namespace and in each above it.
func (p *Process) number(ns *PIDNS) bool {
	p.ids = make([]pidIn, ns.level+1)
	if p.hidden {
		p.k.probing.number(p, ns)
		return true
	}
	for n := ns; n != nil; n = n.parent {
		nr, ok := n.next()
		if !ok {
			return false
		}
		p.ids[n.level] = pidIn{n, nr}
	}
	for _, id := range p.ids {
		id.ns.procs[id.nr] = p
		id.ns.seen = true
	}
	return true
}

// tooMany tells whether the user has as many processes as RLIMIT_NPROC allows.
func (p *Process) tooMany() bool {
	limit := p.limits[LimitNproc].Soft
	if limit == Unlimited || p.hidden || p.cred.UID == 0 || p.cred.Effective.Has(CapSysResource) || p.cred.Effective.Has(CapSysAdmin) {
		return false
	}
	n := uint64(0)
	//order:irrelevant only counted
	for _, q := range p.k.pidNS.procs {
		if q.cred.UID == p.cred.UID {
			n++
		}
	}
	return n >= limit
}
