package model

import "slices"

// Program is what a program file does: it runs as the process and returns the exit status.
type Program func(p *Process) int

// Kernel is the machine: one processor, a clock, and all that processes share. Make one with [Boot].
type Kernel struct {
	now      int64 // nanoseconds since the machine was started
	epoch    int64 // Unix seconds at which it was started
	programs map[string]Program
	runnable []*Process
	timers   []timer // by (when, seq)
	seq      uint64
	current  *Process
	paused   *Process // stood still where the host wanted the processor back; it goes on first
	until    int64    // the moment at which Run returns
	steps    int      // until Run returns
	worked   int64    // nanoseconds that processes have worked
	work     uint64   // steps taken since the machine was started
	written  uint64   // changes of files since then
	probing  *probe   // not nil while the host asks something

	nsIno       uint64
	superDev    uint32
	mountIDs    int
	groupIDs    int
	root        *Cgroup
	initNS      nsSet
	userNS      *UserNS
	pidNS       *PIDNS
	sys         sysctls
	nsfs        *Super
	pipefs      *Super
	memory      int64 // bytes in the machine
	cgroupFiles []cgroupFile
	procEntries []procEntry // of /proc
	pidEntries  []procEntry // of /proc/PID
	sysctlList  []sysctl
	macs        uint32
	noise       uint64 // the state behind /dev/urandom
}

// Config says what machine is started.
type Config struct {
	Epoch    int64              // Unix seconds at which the clock starts
	Programs map[string]Program // what program files can be, by the name a file of [ProgramFile] holds
	Memory   int64              // bytes; 0 is 715 MiB
}

type timer struct {
	when int64
	seq  uint64
	p    *Process
	what uint64 // the sleep it ends
}

// Now is the time since the machine was started, in nanoseconds.
func (k *Kernel) Now() int64 { return k.now }

// Run lets processes run until none can go on without the clock, or stop says so, or the steps are used up: a step is a system call, or as
// much work as one. It reports whether work is left. The clock moves as far as until, and beyond it by no more than a step; a later Run goes
// on from there, and many small ones lead to the same machine as one that is long.
func (k *Kernel) Run(until int64, steps int, stop func() bool) bool {
	k.steps, k.until = steps, until
	for k.steps > 0 {
		if stop != nil && stop() {
			return true
		}
		idle := len(k.runnable) == 0 && k.paused == nil
		if idle && !k.advance(until) {
			return false
		}
		if idle {
			continue
		}
		if k.now >= until {
			return true
		}
		k.steps--
		if p := k.paused; p != nil {
			k.paused = nil
			k.again(p)
			continue
		}
		p := k.runnable[0]
		k.runnable = k.runnable[1:]
		p.queued = false
		k.resume(p)
	}
	return true
}

// pause gives the processor back to the host if it let the machine run only so far. The process goes on from there before any other, as if
// nothing had been.
func (k *Kernel) pause(p *Process) {
	k.work++
	if k.steps--; k.steps > 0 && k.now < k.until || k.current != p {
		return
	}
	k.paused = p
	p.yield()
}

// Due is when the next timer is due; false if there is none.
func (k *Kernel) Due() (int64, bool) {
	if len(k.timers) == 0 {
		return 0, false
	}
	return k.timers[0].when, true
}

// Stop kills every process that wants to go on, but for one and the machine's own.
func (k *Kernel) Stop(but *Process) {
	for _, p := range append([]*Process{k.paused}, k.runnable...) {
		if p != nil && p != but && p.pidns.level >= but.pidns.level {
			p.signal(SIGKILL, nil)
		}
	}
}

// Waiting tells whether every process waits: for somebody, or for time to pass.
func (k *Kernel) Waiting() bool { return len(k.runnable) == 0 && k.paused == nil }

// Work is how many steps were taken since the machine was started: if it has not grown, nothing has happened.
func (k *Kernel) Work() uint64 { return k.work }

// advance moves the clock to the next timer, if it is due by until, and wakes who waits for it.
func (k *Kernel) advance(until int64) bool {
	if len(k.timers) == 0 || k.timers[0].when > until {
		if until > k.now {
			k.now = until
		}
		return false
	}
	if t := k.timers[0].when; t > k.now {
		k.now = t
	}
	k.expire()
	return true
}

// expire wakes those whose time has come.
func (k *Kernel) expire() {
	for len(k.timers) > 0 && k.timers[0].when <= k.now {
		t := k.timers[0]
		k.timers = k.timers[1:]
		if t.p.sleepID == t.what && t.p.state != zombie {
			k.wake(t.p)
		}
	}
}

// after wakes p at a time, unless it has been woken from the present sleep before.
func (k *Kernel) after(when int64, p *Process) {
	k.seq++
	t := timer{when: when, seq: k.seq, p: p, what: p.sleepID}
	at, _ := slices.BinarySearchFunc(k.timers, t, func(a, b timer) int {
		if a.when != b.when {
			if a.when < b.when {
				return -1
			}
			return 1
		}
		return -1 // behind all of the same time
	})
	k.timers = slices.Insert(k.timers, at, t)
}

// wake makes a process runnable, unless its cgroup is frozen.
func (k *Kernel) wake(p *Process) {
	if p.queued || p.state == zombie || p.state == dead {
		return
	}
	if k.probing != nil && !p.hidden {
		k.probing.woken = append(k.probing.woken, p)
		return
	}
	if p.frozen() && !p.dying() {
		p.thaw = true
		return
	}
	p.queued = true
	k.runnable = append(k.runnable, p)
}

// queue are the processes that wait for something to happen to an object.
type queue []*Process

// wake makes all of them look again.
func (q *queue) wake() {
	for _, p := range *q {
		p.k.wake(p)
	}
	*q = (*q)[:0]
}

func (q *queue) drop(p *Process) {
	if i := slices.Index(*q, p); i >= 0 {
		*q = slices.Delete(*q, i, i+1)
	}
}

// charge lets time pass for work a process does, and holds it back when its cgroup has used its share of the processor.
func (k *Kernel) charge(p *Process, ns int64) {
	k.now += ns
	if p.hidden {
		return
	}
	p.cpu += ns
	k.worked += ns
	p.cgroup.charge(ns)
	k.expire()
	for {
		until := p.cgroup.throttledUntil(k.now)
		if until <= k.now {
			return
		}
		p.pauseUntil(until)
	}
}

// UnixTime is the time of day, in Unix seconds.
func (k *Kernel) UnixTime() int64 { return k.unix(k.now) }
