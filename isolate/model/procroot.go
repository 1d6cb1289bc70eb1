package model

import "strings"

// rootEntries are the files of /proc about the whole machine.
func rootEntries() []procEntry {
	text := func(of func(p *Process) string) procRead {
		return func(p, _ *Process, _ *Super) ([]byte, Errno) { return []byte(of(p)), OK }
	}
	plain := func(s string) procRead { return text(func(*Process) string { return s }) }
	dir := func(entries []procEntry) func(*Process) node {
		return func(*Process) node { return procDir{entries: entries} }
	}
	return []procEntry{
		{name: "cgroups", mode: 0o444, read: text(cgroupTable)},
		{name: "cmdline", mode: 0o444, read: plain("console=ttyS0 quiet ipv6.disable=1\n")},
		{name: "cpuinfo", mode: 0o444, read: plain("processor\t: 0\nvendor_id\t: Slipway\nmodel name\t: Slipway model\ncpu MHz\t\t: 1000.000\n\n")},
		{name: "devices", mode: 0o444, read: plain("Character devices:\n  1 mem\n  4 tty\n  5 /dev/tty\n\nBlock devices:\n")},
		{name: "filesystems", mode: 0o444, read: plain("nodev\tsysfs\nnodev\ttmpfs\nnodev\tproc\nnodev\tcgroup2\nnodev\tdevtmpfs\nnodev\tdevpts\nnodev\tmqueue\nnodev\toverlay\n")},
		{name: "loadavg", mode: 0o444, read: text(func(p *Process) string {
			return "0.00 0.00 0.00 1/" + itoa(len(p.k.pidNS.procs)) + " " + itoa(p.pidns.last) + "\n"
		})},
		{name: "meminfo", mode: 0o444, read: text(func(p *Process) string {
			kb := func(n int64) string { return padLeft(itoa(int(n/1024)), 8) + " kB\n" }
			free := p.k.memory - p.k.root.mem.now - 60<<20
			return "MemTotal:       " + kb(p.k.memory) + "MemFree:        " + kb(free) + "MemAvailable:   " + kb(free) +
				"Buffers:        " + kb(0) + "Cached:         " + kb(p.k.root.mem.shmem) + "SwapTotal:      " + kb(0) + "SwapFree:       " + kb(0) + "Shmem:          " + kb(p.k.root.mem.shmem)
		})},
		{name: "modules", mode: 0o444, read: plain("overlay 180224 0 - Live 0x0000000000000000\nveth 45056 0 - Live 0x0000000000000000\nbridge 389120 0 - Live 0x0000000000000000\n")},
		{name: "stat", mode: 0o444, read: text(func(p *Process) string {
			half := itoa(int(p.k.worked / 20_000_000)) // of the work is the programs', half the kernel's, as in /proc/PID/stat
			line := " " + half + " 0 " + half + " " + itoa(int((p.k.now-p.k.worked)/10_000_000)) + " 0 0 0 0 0 0\n"
			return "cpu " + line + "cpu0" + line + "btime " + itoa(int(p.k.epoch)) + "\nprocesses " + itoa(p.k.pidNS.last) + "\n"
		})},
		{name: "swaps", mode: 0o444, read: plain("Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n")},
		{name: "sys", mode: ModeDir | 0o555, node: func(*Process) node { return sysDir{} }},
		{name: "sysvipc", mode: ModeDir | 0o555, node: dir([]procEntry{
			{name: "msg", mode: 0o444, read: plain("       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime\n")},
			{name: "sem", mode: 0o444, read: plain("       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime\n")},
			{name: "shm", mode: 0o444, read: plain("       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap\n")},
		})},
		{name: "uptime", mode: 0o444, read: text(func(p *Process) string {
			n := (p.k.now + p.ns.time.boottime) / 10_000_000
			t := itoa(int(n/100)) + "." + padZero(itoa(int(n%100)), 2)
			return t + " " + t + "\n"
		})},
		{name: "version", mode: 0o444, read: plain("Linux version 6.12.117+deb12-cloud-amd64 (slipway) #1 SMP PREEMPT_DYNAMIC\n")},
	}
}

func cgroupTable(p *Process) string {
	text := "#subsys_name\thierarchy\tnum_cgroups\tenabled\n"
	for _, name := range []string{"cpuset", "cpu", "cpuacct", "blkio", "memory", "devices", "freezer", "net_cls", "perf_event", "net_prio", "hugetlb", "pids", "rdma", "misc"} {
		text += name + "\t0\t" + itoa(p.k.root.descendants()+1) + "\t1\n"
	}
	return text
}

// netDir is /proc/PID/net.
func netDir(t *Process) node {
	return procDir{t: t, entries: []procEntry{
		{name: "dev", mode: 0o444, read: func(_, t *Process, _ *Super) ([]byte, Errno) {
			text := "Inter-|   Receive                                                |  Transmit\n" +
				" face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n"
			for _, l := range t.ns.net.links {
				text += padLeft(l.Name, 6) + ":" + strings.Repeat("       0", 16) + "\n"
			}
			return []byte(text), OK
		}},
		{name: "route", mode: 0o444, read: func(_, t *Process, _ *Super) ([]byte, Errno) {
			return []byte("Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"), OK
		}},
		{name: "tcp", mode: 0o444, read: about(func(*Process) string {
			return "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
		})},
	}}
}

// makeSysfs shows what the programs of a lesson look for below /sys.
func makeSysfs(p *Process, data, _ string) (*Super, *Dentry, Errno) {
	if !p.cred.capable(p.ns.net.owner, CapSysAdmin) {
		return nil, nil, EPERM
	}
	if data != "" {
		return nil, nil, EINVAL
	}
	sb := p.k.newSuper("sysfs", p.cred.NS)
	return sb, sb.newRoot(sb.inode(p.k, ModeDir|0o555, sysfsDir(p.ns.net))), OK
}

func sysfsDir(net *NetNS) node {
	dir := func(entries ...procEntry) func(*Process) node {
		return func(*Process) node { return sysNode{procDir{entries: entries}} }
	}
	d := func(name string, entries ...procEntry) procEntry {
		return procEntry{name: name, mode: ModeDir | 0o755, node: dir(entries...)}
	}
	return sysNode{procDir{entries: []procEntry{
		d("block"), d("bus"), d("class", procEntry{name: "net", mode: ModeDir | 0o755, node: func(*Process) node { return sysNet{ns: net} }}),
		d("dev"), d("devices", d("system")), d("firmware"), d("fs", d("cgroup")), d("kernel"), d("module"), d("power"),
	}}}
}

// sysNode is a directory of sysfs: nothing can be made in it.
type sysNode struct{ procDir }

func (sysNode) create(_ *Process, _ *Dentry, _ string, mode uint32, _ [2]uint32, _ string) (*Inode, Errno) {
	if mode&ModeType == ModeFile {
		return nil, EACCES
	}
	return nil, EPERM
}

// sysNet is /sys/class/net.
type sysNet struct {
	none
	ns *NetNS
}

func (n sysNet) names(*Process, *Dentry) []string {
	var names []string
	for _, l := range n.ns.links {
		names = append(names, l.Name)
	}
	return names
}

func (n sysNet) lookup(p *Process, d *Dentry, name string) (*Inode, Errno) {
	l := n.ns.link(name)
	if l == nil {
		return nil, ENOENT
	}
	file := func(name string, text func() string) procEntry {
		return procEntry{name: name, mode: 0o444, read: func(*Process, *Process, *Super) ([]byte, Errno) { return []byte(text() + "\n"), OK }}
	}
	return d.ino.sb.inode(p.k, ModeDir|0o755, sysLink{n.ns, sysNode{procDir{entries: []procEntry{
		file("address", func() string { return MACText(l.MAC) }), file("mtu", func() string { return itoa(l.MTU) }),
		file("ifindex", func() string { return itoa(l.Index) }), file("carrier", func() string { return bit(l.carrier()) }),
	}}}}), OK
}

// sysLink is the directory of a device.
type sysLink struct {
	ns *NetNS
	sysNode
}

func (n sysLink) valid(d *Dentry) bool { return n.ns.link(d.name) != nil }

// MACText is a hardware address in six pairs of digits.
func MACText(mac [6]byte) string {
	text := ""
	for i, b := range mac {
		if i > 0 {
			text += ":"
		}
		text += hex(uint64(b), 2)
	}
	return text
}
