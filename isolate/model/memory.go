package model

import "slices"

// memState is what the memory controller keeps, in bytes.
type memState struct {
	max, high, low, min int64
	swapMax, swapHigh   int64
	oomGroup            bool
	now, peak           int64
	anon, shmem         int64
	events, local       memEvents
}

type memEvents struct{ low, high, max, oom, oomKill, oomGroupKill int64 }

// charge is memory a process has of its own, and who pays for it.
type memCharge struct {
	group *Cgroup
	bytes int64
}

// count adds bytes, or takes them away, here and above.
func (c *Cgroup) count(anon, shmem int64) {
	for g := c; g != nil; g = g.parent {
		m := &g.mem
		m.anon += anon
		m.shmem += shmem
		m.now += anon + shmem
		m.peak = max(m.peak, m.now)
	}
}

// event counts something that happened to the group: there alone, and there and above.
func (c *Cgroup) event(what func(*memEvents) *int64) {
	*what(&c.mem.local)++
	for g := c; g.parent != nil; g = g.parent {
		*what(&g.mem.events)++
	}
}

// over is the first group, from c upwards, that has no room for that many bytes more.
func (c *Cgroup) over(bytes int64) *Cgroup {
	for g := c; g.parent != nil; g = g.parent {
		if g.mem.now+bytes > g.mem.max && g.available()&ctlMemory != 0 {
			return g
		}
	}
	if root := c.k.root; root.mem.now+bytes > c.k.memory {
		return root
	}
	return nil
}

// chargeMemory takes bytes for a process. If there is no room somebody is killed, and the caller tries again.
func (c *Cgroup) chargeMemory(p *Process, bytes int64) bool {
	full := c.over(bytes)
	if full == nil {
		c.count(bytes, 0)
		p.charges = append(p.charges, memCharge{c, bytes})
		c.slowDown(p)
		return true
	}
	full.outOfMemory(p)
	return false
}

// slowDown holds a process back whose group is above memory.high.
func (c *Cgroup) slowDown(p *Process) {
	for g := c; g.parent != nil; g = g.parent {
		if g.mem.now > g.mem.high {
			g.event(func(e *memEvents) *int64 { return &e.high })
		}
	}
}

// uncharge gives back what a process took for itself.
func (p *Process) uncharge() {
	for _, c := range p.charges {
		c.group.count(-c.bytes, 0)
	}
	p.charges, p.anon = nil, 0
}

// chargeFile takes bytes for a file in memory.
func (c *Cgroup) chargeFile(p *Process, bytes int64) bool {
	for {
		full := c.over(bytes)
		if full == nil {
			c.count(0, bytes)
			return true
		}
		full.outOfMemory(p)
		if p.dying() {
			return false
		}
		if full.victim() == nil {
			return false
		}
		p.sleep(p.k.now + 1_000_000)
	}
}

func (c *Cgroup) unchargeFile(bytes int64) { c.count(0, -bytes) }

// outOfMemory kills the largest process of the group, or all of its group if it says so.
//
// Source: cgroup-v2, "memory.oom.group".
func (c *Cgroup) outOfMemory(p *Process) {
	c.event(func(e *memEvents) *int64 { return &e.max })
	c.event(func(e *memEvents) *int64 { return &e.oom })
	v := c.victim()
	if v == nil {
		return
	}
	var whole *Cgroup
	for g := v.cgroup; g.parent != nil; g = g.parent {
		if g.mem.oomGroup {
			whole = g
		}
		if g == c {
			break
		}
	}
	if whole == nil {
		v.oomKill()
		return
	}
	whole.event(func(e *memEvents) *int64 { return &e.oomGroupKill })
	whole.each(func(g *Cgroup) {
		for _, q := range slices.Clone(g.procs) {
			if q.oomAdj > -1000 {
				q.oomKill()
			}
		}
	})
}

func (p *Process) oomKill() {
	if !p.killed {
		p.cgroup.event(func(e *memEvents) *int64 { return &e.oomKill })
		p.signal(SIGKILL, nil)
	}
}

// victim is the process of the group that takes most memory; nil if none may be killed.
func (c *Cgroup) victim() *Process {
	var worst *Process
	most := int64(-1 << 62) // of equals the youngest
	c.each(func(g *Cgroup) {
		for _, p := range g.procs {
			score := p.anon + int64(p.oomAdj)*c.k.memory/1000
			if p.oomAdj > -1000 && !p.killed && score >= most && !(p.isInit() && p.pidns == c.k.pidNS) {
				worst, most = p, score
			}
		}
	})
	return worst
}

// setMax lowers or raises the limit; who no longer fits is killed.
func (c *Cgroup) setMax(limit int64, p *Process) {
	c.mem.max = limit
	for c.mem.now > limit {
		v := c.victim()
		if v == nil {
			return
		}
		c.outOfMemory(p)
		if v == p {
			return
		}
		for v.state != zombie && v.state != dead {
			p.sleep(p.k.now + 1_000_000)
		}
	}
}
