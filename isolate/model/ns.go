package model

// NSKind is a kind of namespace.
type NSKind uint8

// The kinds of namespaces, in the order in which /proc/PID/ns lists them.
const (
	CgroupKind NSKind = iota
	IPCKind
	MntKind
	NetKind
	PIDKind
	TimeKind
	UserKind
	UTSKind
)

// nsKinds are the kinds' names in /proc/PID/ns and their files in /proc/sys/user, in the order of the constants.
var nsKinds = [...]struct{ name, limit string }{
	{"cgroup", "max_cgroup_namespaces"}, {"ipc", "max_ipc_namespaces"}, {"mnt", "max_mnt_namespaces"}, {"net", "max_net_namespaces"},
	{"pid", "max_pid_namespaces"}, {"time", "max_time_namespaces"}, {"user", "max_user_namespaces"}, {"uts", "max_uts_namespaces"},
}

// String is the kind's name in /proc/PID/ns.
func (k NSKind) String() string { return nsKinds[k].name }

// NSFlags asks for namespaces of several kinds: bit k is the kind k.
type NSFlags uint8

// Flag is the kind alone.
func (k NSKind) Flag() NSFlags { return 1 << k }

// Has tells whether the kind is asked for.
func (f NSFlags) Has(k NSKind) bool { return f>>k&1 == 1 }

// Namespace is any namespace: what a file below /proc/PID/ns leads to.
type Namespace interface {
	Kind() NSKind
	Ino() uint64    // the number by which two namespaces are compared
	Owner() *UserNS // whose capabilities count over what the namespace holds
}

type nsBase struct {
	kind  NSKind
	ino   uint64
	owner *UserNS
}

func (b *nsBase) Kind() NSKind   { return b.kind }
func (b *nsBase) Ino() uint64    { return b.ino }
func (b *nsBase) Owner() *UserNS { return b.owner }

// newNS numbers a namespace. The numbers of those that exist from the start lie below those made later, as in Linux.
func (k *Kernel) newNS(kind NSKind, owner *UserNS) nsBase {
	k.nsIno++
	return nsBase{kind: kind, ino: k.nsIno, owner: owner}
}

// countNS counts a new namespace against the limits of the user namespace and its ancestors.
func (k *Kernel) countNS(ns *UserNS, kind NSKind) Errno {
	for u := ns; u != nil; u = u.parent {
		if u.count[kind]+1 > u.limit[kind] {
			return ENOSPC
		}
	}
	for u := ns; u != nil; u = u.parent {
		u.count[kind]++
	}
	return OK
}

// PIDNS is a pid namespace: numbers for the processes in it and below it. Source: pid_namespaces(7).
type PIDNS struct {
	nsBase
	parent *PIDNS
	level  int
	last   int              // the number given last
	procs  map[int]*Process // by number
	dead   bool             // process 1 is gone: no new ones
	seen   bool             // there was a process 1
	max    int
}

// maxPIDNSDepth is how deep pid namespaces may be nested.
const maxPIDNSDepth = 32

// next is a free number, counting upwards and around.
func (ns *PIDNS) next() (int, bool) {
	for range ns.max {
		ns.last++
		if ns.last >= ns.max {
			ns.last = 300
		}
		if ns.procs[ns.last] == nil {
			return ns.last, true
		}
	}
	return 0, false
}

// UTSNS is a UTS namespace: the names of the machine. Source: uts_namespaces(7).
type UTSNS struct {
	nsBase
	host, domain string
}

// IPCNS is an IPC namespace: message queues, semaphores, shared memory and their limits. Source: ipc_namespaces(7).
type IPCNS struct {
	nsBase
	limits map[string]string
	queues *Super // the mqueue file system
}

// TimeNS is a time namespace: what is added to two clocks, in nanoseconds. Source: time_namespaces(7).
type TimeNS struct {
	nsBase
	monotonic, boottime int64
	used                bool // a process has entered it: the offsets are fixed
}

// CgroupNS is a cgroup namespace: which cgroup looks like the root. Source: cgroup_namespaces(7).
type CgroupNS struct {
	nsBase
	root *Cgroup
}

// nsSet are the namespaces of a process but for user, which its credentials hold, and pid, which never changes.
type nsSet struct {
	mnt     *MntNS
	uts     *UTSNS
	ipc     *IPCNS
	net     *NetNS
	cgroup  *CgroupNS
	time    *TimeNS
	pidKids *PIDNS // of children
	timeKid *TimeNS
}

// namespace is the process' namespace of a kind; children tells those that its children will be in.
func (p *Process) namespace(kind NSKind, children bool) Namespace {
	switch kind {
	case CgroupKind:
		return p.ns.cgroup
	case IPCKind:
		return p.ns.ipc
	case MntKind:
		return p.ns.mnt
	case NetKind:
		return p.ns.net
	case PIDKind:
		if children {
			return p.ns.pidKids
		}
		return p.pidns
	case TimeKind:
		if children {
			return p.ns.timeKid
		}
		return p.ns.time
	case UserKind:
		return p.cred.NS
	}
	return p.ns.uts
}

// Unshare gives the process namespaces of its own. A new pid or time namespace is for its children only.
//
// Errors: EPERM without CAP_SYS_ADMIN unless a user namespace is asked for as well; ENOSPC above a limit of /proc/sys/user.
// Source: unshare(2).
func (p *Process) Unshare(flags NSFlags) Errno {
	p.syscall()
	if e := p.filtered("unshare", flags.bits()); e != OK {
		return e
	}
	if flags.Has(UserKind) {
		old := p.cred
		if e := p.newUserNS(); e != OK {
			p.cred = old
			return e
		}
	}
	if flags&^UserKind.Flag() == 0 {
		return OK
	}
	if !p.cred.capable(p.cred.NS, CapSysAdmin) {
		return EPERM
	}
	n := p.ns
	for _, kind := range [...]NSKind{MntKind, UTSKind, IPCKind, PIDKind, CgroupKind, NetKind, TimeKind} {
		if flags.Has(kind) {
			if e := p.fresh(&n, kind); e != OK {
				return e
			}
		}
	}
	p.ns = n
	return OK
}

// fresh puts a new namespace of a kind into the set.
func (p *Process) fresh(n *nsSet, kind NSKind) Errno {
	owner := p.cred.NS
	if kind == PIDKind && p.ns.pidKids.level >= maxPIDNSDepth {
		return ENOSPC
	}
	if e := p.k.countNS(owner, kind); e != OK {
		return e
	}
	base := p.k.newNS(kind, owner)
	switch kind {
	case CgroupKind:
		n.cgroup = &CgroupNS{nsBase: base, root: p.cgroup}
	case IPCKind:
		n.ipc = &IPCNS{nsBase: base, limits: ipcLimits()}
	case MntKind:
		n.mnt = p.copyMounts(base)
	case NetKind:
		p.ns.net.left(p.k)
		n.net = p.k.newNetNS(base)
		n.net.users = 1
	case PIDKind:
		if p.ns.pidKids.dead && p.ns.pidKids != p.pidns {
			return ENOMEM
		}
		n.pidKids = &PIDNS{nsBase: base, parent: p.ns.pidKids, level: p.ns.pidKids.level + 1, procs: map[int]*Process{}, max: p.ns.pidKids.max}
	case TimeKind:
		n.timeKid = &TimeNS{nsBase: base, monotonic: p.ns.time.monotonic, boottime: p.ns.time.boottime}
	case UTSKind:
		n.uts = &UTSNS{nsBase: base, host: p.ns.uts.host, domain: p.ns.uts.domain}
	}
	return OK
}

// Setns puts the process into the namespace that a descriptor leads to; a pid namespace is for its children only.
//
// Errors: EINVAL if the descriptor is no namespace, or none of the kind; EPERM without CAP_SYS_ADMIN over it. Source: setns(2).
func (p *Process) Setns(fd int, kind NSKind, any bool) Errno {
	p.syscall()
	if e := p.filtered("setns"); e != OK {
		return e
	}
	f, e := p.file(fd)
	if e != OK {
		return e
	}
	if f.ino.ns == nil || !any && f.ino.ns.Kind() != kind {
		return EINVAL
	}
	if u, ok := f.ino.ns.(*UserNS); ok {
		return p.joinUser(u)
	}
	n := p.ns
	if e := p.join(&n, f.ino.ns); e != OK {
		return e
	}
	p.ns = n
	return OK
}

func (p *Process) joinUser(u *UserNS) Errno {
	if u == p.cred.NS {
		return EINVAL
	}
	if !p.cred.capable(u, CapSysAdmin) {
		return EPERM
	}
	c := *p.cred
	c.NS = u
	c.Secure, c.Inheritable, c.Ambient = 0, 0, 0
	c.Permitted, c.Effective, c.Bounding = AllCaps, AllCaps, AllCaps
	p.cred = &c
	return OK
}

func (p *Process) join(n *nsSet, ns Namespace) Errno {
	mine := p.cred.NS
	if !p.cred.capable(ns.Owner(), CapSysAdmin) || !p.cred.capable(mine, CapSysAdmin) {
		return EPERM
	}
	switch ns := ns.(type) {
	case *CgroupNS:
		n.cgroup = ns
	case *IPCNS:
		n.ipc = ns
	case *MntNS:
		if !p.cred.capable(mine, CapSysChroot) {
			return EPERM
		}
		p.ns.mnt.left(p.k)
		ns.users++
		n.mnt = ns
		root := ns.top()
		p.fs.root, p.fs.cwd = root, root
	case *NetNS:
		p.ns.net.left(p.k)
		ns.users++
		n.net = ns
	case *PIDNS:
		for up := ns; up != p.pidns; up = up.parent {
			if up == nil {
				return EINVAL
			}
		}
		n.pidKids = ns
	case *TimeNS:
		n.time, n.timeKid = ns, ns
		ns.used = true
	case *UTSNS:
		n.uts = ns
	}
	return OK
}
