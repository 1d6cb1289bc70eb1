package model

// bootTime is how long a machine has been up when there is something to see.
const bootTime = 8_000_000_000

// Boot starts a machine with an empty root file system and process 1 of it, which runs nothing: [Kernel.Start] starts what a host wants.
func Boot(c Config) *Kernel {
	k := &Kernel{now: bootTime, epoch: c.Epoch - bootTime/1_000_000_000, programs: c.Programs, memory: c.Memory, sys: sysctls{}, nsIno: 4026531832, noise: 1}
	if k.memory == 0 {
		k.memory = 715 << 20
	}
	k.procEntries, k.pidEntries = rootEntries(), pidEntries()
	k.sysctlList = k.sysctlTable()
	all := IDMap{{0, 0, noID}}
	k.userNS = &UserNS{UIDs: all, GIDs: all, uidText: all, gidText: all}
	for i := range k.userNS.limit {
		k.userNS.limit[i] = 2779
	}
	// The first namespaces have fixed numbers. Source: include/linux/proc_ns.h.
	first := func(kind NSKind, ino uint64) nsBase { return nsBase{kind: kind, ino: ino, owner: k.userNS} }
	k.userNS.nsBase = first(UserKind, 4026531837)
	k.bootCgroups()
	k.pidNS = &PIDNS{nsBase: first(PIDKind, 4026531836), procs: map[int]*Process{}, max: 32768}
	t := &TimeNS{nsBase: first(TimeKind, 4026531834), used: true}
	k.initNS = nsSet{uts: &UTSNS{nsBase: first(UTSKind, 4026531838), host: "(none)", domain: "(none)"}, ipc: &IPCNS{nsBase: first(IPCKind, 4026531839), limits: ipcLimits()},
		net: k.newNetNS(first(NetKind, 4026531840)), cgroup: &CgroupNS{nsBase: first(CgroupKind, 4026531835), root: k.root}, time: t, timeKid: t, pidKids: k.pidNS}
	k.initNS.net.users = 1
	owner := k.userNS
	k.nsIno = 4026532150
	k.nsfs, k.pipefs = k.newSuper("nsfs", owner), k.newSuper("pipefs", owner)
	k.nsfs.newRoot(k.nsfs.inode(k, ModeDir|0o555, nil))
	k.pipefs.newRoot(k.pipefs.inode(k, ModeDir|0o555, nil))
	k.pipefs.next = 20000
	sb := k.newSuper("tmpfs", owner)
	root := sb.newRoot(sb.inode(k, ModeDir|0o755, nil))
	mnt := &MntNS{nsBase: first(MntKind, 4026531841)}
	mnt.root = k.newMount(sb, root, "rootfs", MountRelatime)
	mnt.root.ns = mnt
	k.initNS.mnt = mnt
	k.first()
	return k
}

// first makes process 1 of the machine.
func (k *Kernel) first() {
	p := &Process{k: k, pidns: k.pidNS, ns: k.initNS, cgroup: k.root, limits: firstLimits(), Comm: "init", args: []string{"init"}, dumpable: true}
	p.cred = &Cred{Permitted: AllCaps, Effective: AllCaps, Bounding: AllCaps, NS: k.userNS}
	p.fs = fsState{root: k.initNS.mnt.top(), cwd: k.initNS.mnt.top(), umask: 0o022}
	p.group, p.session = p, p
	p.number(k.pidNS)
	p.state = sleeping
	k.root.procs = append(k.root.procs, p)
	k.initNS.mnt.users++
	p.resumeFn = func() (struct{}, bool) { return struct{}{}, false }
	p.stop = func() {}
}

// Start runs a program as a child of the machine's process 1.
func (k *Kernel) Start(prog Program) *Process {
	one := k.pidNS.procs[1]
	child, _ := one.copy()
	child.next = prog
	child.start = k.now
	one.children = append(one.children, child)
	one.actions[SIGCHLD] = Ignored
	k.wake(child)
	return child
}

// Ended tells whether the process is gone.
func (p *Process) Ended() bool { return p.state == zombie || p.state == dead }
