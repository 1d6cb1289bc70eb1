package model

import "slices"

// The signals, as numbered on every architecture plans are made for. Source: signal(7).
const (
	SIGHUP  = 1
	SIGINT  = 2
	SIGQUIT = 3
	SIGKILL = 9
	SIGUSR1 = 10
	SIGSEGV = 11
	SIGPIPE = 13
	SIGALRM = 14
	SIGTERM = 15
	SIGCHLD = 17
	SIGCONT = 18
	SIGSTOP = 19
	SIGTSTP = 20
	SIGTTIN = 21
	SIGTTOU = 22
	SIGXFSZ = 25
)

// Action is what a process does with a signal.
type Action uint8

// The actions. A caught signal is given to the program by [Process.Caught].
const (
	Default Action = iota
	Ignored
	Caught
)

// ignoredByDefault tells whether a signal does nothing unless it is caught.
func ignoredByDefault(sig int) bool {
	return sig == SIGCHLD || sig == SIGCONT || sig == 23 || sig == 28
}

func stops(sig int) bool { return sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU }

// Signal sets what the process does with a signal. Errors: EINVAL for KILL, STOP and numbers that are none. Source: sigaction(2).
func (p *Process) Signal(sig int, a Action) Errno {
	if sig < 1 || sig > 64 || sig == SIGKILL || sig == SIGSTOP {
		return EINVAL
	}
	p.actions[sig] = a
	if a == Ignored || a == Default && ignoredByDefault(sig) {
		p.pending &^= 1 << sig
	}
	return OK
}

// SignalAction is what the process does with a signal.
func (p *Process) SignalAction(sig int) Action { return p.actions[sig] }

// Caught are the signals that came since it was asked last, in the order of their coming.
func (p *Process) Caught() []int {
	p.deliver()
	c := p.caught
	p.caught = nil
	return c
}

// Kill sends a signal to a process (pid > 0), to the process' group (0), to all (-1) or to a group (below -1); signal 0 only asks.
//
// Errors: ESRCH if there is none, EPERM if none may be signalled, EINVAL if there is no such signal. Source: kill(2).
func (p *Process) Kill(pid, sig int) Errno {
	p.syscall()
	if sig < 0 || sig > 64 {
		return EINVAL
	}
	targets := p.targets(pid)
	if len(targets) == 0 {
		return ESRCH
	}
	result := EPERM
	for _, t := range targets {
		if p.maySignal(t, sig) {
			result = OK
			if sig != 0 {
				t.signal(sig, p)
			}
		}
	}
	if result == OK {
		p.deliver()
	}
	return result
}

func (p *Process) targets(pid int) []*Process {
	if pid > 0 {
		if t := p.find(pid); t != nil {
			return []*Process{t}
		}
		return nil
	}
	var group *Process
	switch {
	case pid == 0:
		group = p.group
	case pid < -1:
		if group = p.find(-pid); group == nil {
			return nil
		}
	}
	var found []*Process
	for _, nr := range sortedPIDs(p.pidns) {
		t := p.pidns.procs[nr]
		if pid == -1 && (t == p || nr == 1) || pid != -1 && t.group != group {
			continue
		}
		found = append(found, t)
	}
	return found
}

func (p *Process) maySignal(t *Process, sig int) bool {
	c, o := p.cred, t.cred
	if c.EUID == o.SUID || c.EUID == o.UID || c.UID == o.SUID || c.UID == o.UID {
		return true
	}
	return c.capable(o.NS, CapKill) || sig == SIGCONT && p.session == t.session
}

// signal leaves a signal with a process. from is nil for the kernel itself.
//
// Source: pid_namespaces(7), "The namespace init process".
func (p *Process) signal(sig int, from *Process) {
	if p.state == zombie || p.state == dead {
		return
	}
	a := p.actions[sig]
	if p.isInit() && a == Default && (from == nil || from.nr(p.pidns) != 0 || sig != SIGKILL && sig != SIGSTOP) && from != nil {
		if from.pidns.within(p.pidns) || sig != SIGKILL && sig != SIGSTOP {
			return
		}
	}
	if a == Ignored || a == Default && ignoredByDefault(sig) {
		if sig == SIGCONT {
			p.cont()
		}
		return
	}
	p.pending |= 1 << sig
	switch {
	case sig == SIGCONT:
		p.cont()
	case sig == SIGKILL:
		p.killed = true
		p.k.wake(p)
	case p.state == stopped:
	default:
		p.k.wake(p)
	}
}

func (p *Process) cont() {
	if p.state == stopped {
		p.state = running
		p.k.wake(p)
	}
}

// isInit tells whether the process is number 1 of its namespace.
func (p *Process) isInit() bool { return p.PID() == 1 }

// dying tells whether nothing but its end is left of the process.
func (p *Process) dying() bool { return p.killed }

// deliver does what the pending signals ask for. Those that are caught are kept for the program.
func (p *Process) deliver() {
	for p.pending != 0 {
		sig := 1
		if p.pending>>SIGKILL&1 == 1 {
			sig = SIGKILL
		} else {
			for p.pending>>sig&1 == 0 {
				sig++
			}
		}
		p.pending &^= 1 << sig
		switch a := p.actions[sig]; {
		case a == Caught:
			p.caught = append(p.caught, sig)
		case a == Ignored || ignoredByDefault(sig):
		case stops(sig):
			p.halt()
		default:
			panic(exiting{sig})
		}
	}
}

// halt stands still until SIGCONT.
func (p *Process) halt() {
	p.state = stopped
	p.parentHears()
	for p.state == stopped && !p.killed {
		p.yield()
	}
	p.state = running
}

func (ns *PIDNS) within(outer *PIDNS) bool {
	for ; ns != nil; ns = ns.parent {
		if ns == outer {
			return true
		}
	}
	return false
}

func sortedPIDs(ns *PIDNS) []int {
	pids := make([]int, 0, len(ns.procs))
	//order:irrelevant they are sorted below
	for nr := range ns.procs {
		pids = append(pids, nr)
	}
	slices.Sort(pids)
	return pids
}
