package model

import "slices"

// Exit ends the process. Source: _exit(2).
func (p *Process) Exit(code int) { panic(exiting{code & 0xff << 8}) }

// exit is the end of a process: what it held is let go, its children get another parent, its own parent hears of it.
func (p *Process) exit(status int) {
	p.closeAll()
	if p.isInit() {
		p.endNamespace()
	}
	p.status = status
	p.state = zombie
	p.uncharge()
	p.cgroup.remove(p)
	heir := p.reaper()
	if p.hidden {
		heir = nil
	}
	for _, c := range p.children {
		c.parent = heir
		if heir != nil {
			heir.children = append(heir.children, c)
			if c.state == zombie {
				c.parentHears()
			}
		} else if c.state == zombie {
			c.forget()
		}
	}
	p.children = nil
	p.ns.mnt.left(p.k)
	p.ns.net.left(p.k)
	p.parentHears()
}

// reaper is who gets the children of a process that ends: number 1 of its pid namespace, or of the nearest above that has one.
func (p *Process) reaper() *Process {
	for ns := p.pidns; ns != nil; ns = ns.parent {
		if one := ns.procs[1]; one != nil && one != p && one.state != zombie {
			return one
		}
	}
	return nil
}

// endNamespace kills everything in the pid namespace whose number 1 ends, and waits until it is gone.
func (p *Process) endNamespace() {
	ns := p.pidns
	ns.dead = true
	for {
		left := 0
		for _, nr := range sortedPIDs(ns) {
			q := ns.procs[nr]
			switch {
			case q == p:
			case q.state == zombie:
				if q.parent == p || q.parent == nil {
					q.forget()
				} else if q.parent.nr(ns) == 0 {
					continue
				} else {
					left++
				}
			default:
				q.signal(SIGKILL, nil)
				left++
			}
		}
		if left == 0 {
			return
		}
		p.sleep(p.k.now+1_000_000, &p.kids)
	}
}

// parentHears tells the parent that the process has ended or stopped; one that ignores SIGCHLD leaves no zombies.
func (p *Process) parentHears() {
	if p.parent == nil {
		if p.state == zombie {
			p.forget()
		}
		return
	}
	if p.state == zombie && p.parent.actions[SIGCHLD] == Ignored {
		p.forget()
	}
	p.parent.signal(SIGCHLD, nil)
	p.parent.kids.wake()
}

// forget takes the process out of all tables: it has been waited for.
func (p *Process) forget() {
	p.state = dead
	for _, id := range p.ids {
		delete(id.ns.procs, id.nr)
	}
	if p.parent != nil {
		if i := slices.Index(p.parent.children, p); i >= 0 {
			p.parent.children = slices.Delete(p.parent.children, i, i+1)
		}
	}
}

// Status of a child that ended, as wait tells it.
type Status struct {
	PID    int
	Signal int // that ended it, 0 if it exited
	Code   int // its exit status
}

// Shell is the status as shells number it: 128 more than the signal.
func (s Status) Shell() int {
	if s.Signal != 0 {
		return 128 + s.Signal
	}
	return s.Code
}

// Wait waits for a child (pid > 0) or any (-1) to end. With hang false it returns at once; the status' PID is 0 if none has ended.
//
// Errors: ECHILD if there is no such child, EINTR if a signal was caught. Source: wait(2).
func (p *Process) Wait(pid int, hang bool) (Status, Errno) {
	p.syscall()
	for {
		found := false
		for _, c := range p.children {
			nr := c.nr(p.pidns)
			if pid > 0 && nr != pid {
				continue
			}
			found = true
			if c.state == zombie {
				s := Status{PID: nr, Signal: c.status & 0x7f, Code: c.status >> 8}
				c.forget()
				return s, OK
			}
		}
		if !found {
			return Status{}, ECHILD
		}
		if !hang {
			return Status{}, OK
		}
		if e := p.wait(0, &p.kids); e != OK {
			return Status{}, e
		}
	}
}

// Close switches the machine off: every process is ended where it stands. A machine that is dropped without it keeps their stacks alive.
func (k *Kernel) Close() {
	for _, nr := range sortedPIDs(k.pidNS) {
		if p := k.pidNS.procs[nr]; p.stop != nil {
			p.stop()
		}
	}
	k.runnable, k.timers = nil, nil
}
