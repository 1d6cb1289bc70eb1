package model

// probe is a program that the host runs beside the others to learn something: nothing it is counts, and everything else stands still meanwhile.
type probe struct {
	pid   int        // given last
	ino   uint64     // given last
	woken []*Process // others that will run once it is over
}

// Numbers above all that others get. Source: proc(5), pid_max: 4194304 at most.
const (
	probePIDs  = 4_194_304
	probeInode = 1 << 40
)

// number gives a process of the probe the same number everywhere.
func (q *probe) number(p *Process, ns *PIDNS) {
	q.pid++
	for n := ns; n != nil; n = n.parent {
		p.ids[n.level] = pidIn{n, q.pid}
		n.procs[q.pid] = p
	}
}

// Probe runs a program in the place of a process (its namespaces, root, working directory, cgroup and credentials) while the rest of the
// machine stands still, and puts everything back that running it has moved: clock, counters, queues. Its processes have numbers nobody else
// gets, are in no cgroup's count, and are bound by no limit. What it writes into files stays; a probe is for looking.
// It reports false if the program has not ended within that many steps.
func (k *Kernel) Probe(as *Process, steps int, prog Program) bool {
	held := *k
	k.runnable, k.timers, k.paused, k.probing = nil, nil, nil, &probe{pid: probePIDs, ino: probeInode}
	p := &Process{k: k, pidns: as.pidns, cred: as.cred, ns: as.ns, fs: as.fs, limits: firstLimits(), cgroup: as.cgroup, Comm: "probe",
		args: []string{"probe"}, dumpable: true, hidden: true, next: prog}
	p.ns.pidKids = as.pidns
	p.ns.mnt.users++
	p.ns.net.users++
	p.ids = make([]pidIn, as.pidns.level+1)
	k.probing.number(p, as.pidns)
	p.group, p.session = p, p
	k.wake(p)
	k.Run(noLimit, steps, p.Ended)
	ended := p.Ended()
	for pid := probePIDs + 1; pid <= k.probing.pid; pid++ {
		if left := k.pidNS.procs[pid]; left != nil {
			left.end()
		}
	}
	woken := k.probing.woken
	*k = held
	for _, other := range woken {
		k.wake(other)
	}
	return ended
}

// end takes a process of a probe away.
func (p *Process) end() {
	if p.stop != nil {
		p.stop()
	}
	if p.state != zombie && p.state != dead {
		p.closeAll()
		p.ns.mnt.left(p.k)
		p.ns.net.left(p.k)
	}
	p.parent = nil
	p.forget()
}
