package model

import "strings"

// procEntry is a name in /proc, /proc/PID or a directory below them.
type procEntry struct {
	name  string
	mode  uint32
	read  func(p, t *Process, sb *Super) ([]byte, Errno)
	write func(p, t *Process, f *File, text string) Errno
	node  func(t *Process) node // of directories and links
	only  uint8                 // trusted: reading it needs power over the process
}

const trusted uint8 = 1

// procText is a file that is made up when it is read.
type procText struct {
	none
	t *Process // whose directory it lies in; nil in /proc itself
	e *procEntry
}

func (n procText) open(p *Process, f *File) Errno {
	if n.e.only&trusted != 0 && !p.mayTrace(n.t) {
		return EACCES
	}
	if n.e.name == "environ" {
		// The memory is that of the program that opened it, though another may read it.
		f.text, f.asked = []byte(nulls(n.t, n.t.env)), true
	}
	if n.e.name == "setgroups" && f.writes() && !p.cred.capable(n.t.cred.NS, CapSysAdmin) {
		return EACCES
	}
	return OK
}

func (n procText) read(p *Process, f *File) ([]byte, Errno) {
	if n.e.read == nil {
		return nil, EINVAL
	}
	if n.t != nil && n.t.state == dead {
		return nil, ESRCH
	}
	return n.e.read(p, n.t, f.ino.sb)
}

func (n procText) write(p *Process, f *File, data []byte) Errno {
	if n.e.write == nil {
		return EIO
	}
	if n.t != nil && n.t.state == dead {
		return ESRCH
	}
	f.asked = false
	return n.e.write(p, n.t, f, strings.TrimSuffix(string(data), "\n"))
}

func (n procText) valid(d *Dentry) bool { return n.t.stillIn(d) }

// procDir is a directory with fixed names.
type procDir struct {
	none
	t       *Process
	entries []procEntry
}

func (n procDir) lookup(p *Process, d *Dentry, name string) (*Inode, Errno) {
	for i := range n.entries {
		if e := &n.entries[i]; e.name == name {
			return n.inode(p.k, d.ino.sb, e), OK
		}
	}
	return nil, ENOENT
}

// inode makes the inode of an entry.
func (n procDir) inode(k *Kernel, sb *Super, e *procEntry) *Inode {
	var v node = procText{t: n.t, e: e}
	if e.node != nil {
		v = e.node(n.t)
	}
	mode := e.mode
	if mode&ModeType == 0 {
		mode |= ModeFile
	}
	i := sb.inode(k, mode, v)
	n.t.ownProc(i)
	return i
}

func (n procDir) names(*Process, *Dentry) []string {
	names := make([]string, len(n.entries))
	for i := range n.entries {
		names[i] = n.entries[i].name
	}
	return names
}

func (n procDir) create(*Process, *Dentry, string, uint32, [2]uint32, string) (*Inode, Errno) {
	return nil, ENOENT
}

func (n procDir) valid(d *Dentry) bool { return n.t.stillIn(d) }

// stillIn refreshes the owner of what lies in the process' directory, and reports whether the process is still there.
func (t *Process) stillIn(d *Dentry) bool {
	if t == nil {
		return true
	}
	t.ownProc(d.ino)
	return t.state != dead
}

// ownProc makes an inode belong to the process' effective user, or to root if the process is not to be looked into.
func (t *Process) ownProc(i *Inode) {
	if t == nil {
		return
	}
	if t.dumpable || i.isDir() && i.Mode&0o777 == 0o555 {
		i.UID, i.GID = t.cred.EUID, t.cred.EGID
		return
	}
	i.UID, i.GID = 0, 0
}

// procRoot is /proc: the processes of a pid namespace, and files about the machine.
type procRoot struct {
	procDir
	ns *PIDNS
}

func (n procRoot) lookup(p *Process, d *Dentry, name string) (*Inode, Errno) {
	switch name {
	case "self", "thread-self":
		return d.ino.sb.inode(p.k, ModeLink|0o777, procSelf{ns: n.ns, thread: name != "self"}), OK
	case "mounts":
		return d.ino.sb.inode(p.k, ModeLink|0o777, procWord{text: "self/mounts"}), OK
	case "net":
		return d.ino.sb.inode(p.k, ModeLink|0o777, procWord{text: "self/net"}), OK
	}
	if nr, ok := parseUint(name); ok && name[0] != '0' && name[0] != '+' {
		t := n.ns.procs[int(nr)]
		if t == nil {
			return nil, ENOENT
		}
		i := d.ino.sb.inode(p.k, ModeDir|0o555, procPID{procDir{t: t, entries: p.k.pidEntries}})
		t.ownProc(i)
		return i, OK
	}
	return n.procDir.lookup(p, d, name)
}

func (n procRoot) names(p *Process, d *Dentry) []string {
	names := append(n.procDir.names(p, d), "mounts", "net", "self", "thread-self")
	for _, nr := range sortedPIDs(n.ns) {
		names = append(names, itoa(nr))
	}
	return names
}

// procPID is the directory of a process.
type procPID struct{ procDir }

// procWord is a symbolic link with a fixed text.
type procWord struct {
	none
	text string
}

func (n procWord) link(*Process, *Dentry) string { return n.text }

// procSelf leads to the directory of the process that asks.
type procSelf struct {
	none
	ns     *PIDNS
	thread bool
}

func (n procSelf) link(p *Process, _ *Dentry) string {
	text := itoa(p.nr(n.ns))
	if n.thread {
		text += "/task/" + text
	}
	return text
}

func makeProc(p *Process, data, _ string) (*Super, *Dentry, Errno) {
	if !p.cred.capable(p.pidns.owner, CapSysAdmin) {
		return nil, nil, EPERM
	}
	for _, o := range splitOptions(data) {
		key, _, _ := strings.Cut(o, "=")
		if key != "hidepid" && key != "gid" && key != "subset" {
			return nil, nil, EINVAL
		}
	}
	sb := p.k.newSuper("proc", p.pidns.owner)
	sb.pidns = p.pidns
	return sb, sb.newRoot(sb.inode(p.k, ModeDir|0o555, procRoot{procDir{entries: p.k.procEntries}, p.pidns})), OK
}

// mayTrace tells whether the process may look into another: one of the same user that has no more capabilities, or with CAP_SYS_PTRACE.
//
// Source: ptrace(2), "Ptrace access mode checking".
func (p *Process) mayTrace(t *Process) bool {
	if t == nil || t == p {
		return true
	}
	c, o := p.cred, t.cred
	power := c.capable(o.NS, CapSysPtrace)
	same := c.FSUID == o.EUID && c.FSUID == o.SUID && c.FSUID == o.UID && c.FSGID == o.EGID && c.FSGID == o.SGID && c.FSGID == o.GID
	if !same && !power || !t.dumpable && !power {
		return false
	}
	return power || c.NS == o.NS && o.Permitted&^c.Permitted == 0
}

func (n procLink) valid(d *Dentry) bool { return n.t.stillIn(d) }

func (n procLink) link(p *Process, _ *Dentry) string {
	at, _ := n.place(p)
	return p.show(at)
}

func (n fdDir) lookup(p *Process, d *Dentry, name string) (*Inode, Errno) {
	if !p.mayTrace(n.t) {
		return nil, EACCES
	}
	nr, ok := parseUint(name)
	if !ok || int(nr) >= len(n.t.fds) || n.t.fds[nr].file == nil {
		return nil, ENOENT
	}
	f := n.t.fds[nr].file
	if n.info {
		e := &procEntry{name: name, read: func(*Process, *Process, *Super) ([]byte, Errno) {
			return []byte("pos:\t" + itoa(int(f.pos)) + "\nflags:\t0" + octal(uint32(f.flags)) + "\nmnt_id:\t" + itoa(f.path.mnt.id) + "\nino:\t" + utoa(f.ino.Ino) + "\n"), OK
		}}
		return d.ino.sb.inode(p.k, ModeFile|0o444, procText{t: n.t, e: e}), OK
	}
	mode := uint32(0o100)
	if f.reads() {
		mode |= 0o400
	}
	if f.writes() {
		mode |= 0o200
	}
	i := d.ino.sb.inode(p.k, ModeLink|mode, fdLink{t: n.t, f: f, nr: int(nr)})
	n.t.ownProc(i)
	return i, OK
}

func (n fdDir) names(p *Process, _ *Dentry) []string {
	var names []string
	for fd, s := range n.t.fds {
		if s.file != nil && p.mayTrace(n.t) {
			names = append(names, itoa(fd))
		}
	}
	return names
}

func (n fdDir) valid(d *Dentry) bool { return n.t.stillIn(d) }

func (n fdLink) link(p *Process, _ *Dentry) string { return p.show(n.f.path) }

func (n fdLink) valid(d *Dentry) bool {
	return n.nr < len(n.t.fds) && n.t.fds[n.nr].file == n.f && n.t.stillIn(d)
}

func (nsDir) names(*Process, *Dentry) []string {
	return []string{"cgroup", "ipc", "mnt", "net", "pid", "pid_for_children", "time", "time_for_children", "user", "uts"}
}

func (n nsDir) lookup(p *Process, d *Dentry, name string) (*Inode, Errno) {
	base := strings.TrimSuffix(name, "_for_children")
	for kind := range nsKinds {
		if k := NSKind(kind); k.String() == base && (base == name || k == PIDKind || k == TimeKind) {
			i := d.ino.sb.inode(p.k, ModeLink|0o777, nsLink{t: n.t, kind: k, children: base != name})
			n.t.ownProc(i)
			return i, OK
		}
	}
	return nil, ENOENT
}

func (n nsDir) valid(d *Dentry) bool { return n.t.stillIn(d) }

func (n nsLink) link(*Process, *Dentry) string { return nsName(n.t.namespace(n.kind, n.children)) }
func (n nsLink) valid(d *Dentry) bool          { return n.t.stillIn(d) }
