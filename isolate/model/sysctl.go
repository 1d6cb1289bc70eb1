package model

import "strings"

// sysctls are the values below /proc/sys that were written, by path.
type sysctls map[string]string

// sysctl is a file below /proc/sys. Its value is the machine's, or with get and set that of one of the reader's namespaces.
type sysctl struct {
	path  string
	first string
	get   func(p *Process) string
	set   func(p *Process, text string) Errno
	ro    bool
	owner func(p *Process) *UserNS // whose root may write; nil: the machine's
}

func numberLine(text string) Errno {
	if _, e := parseInt(text); e != OK {
		return EINVAL
	}
	return OK
}

// ipcLimits are the limits of a new IPC namespace.
func ipcLimits() map[string]string {
	return map[string]string{"msgmni": "32000", "msgmax": "8192", "msgmnb": "16384", "shmmax": "18446744073692774399", "shmall": "18446744073692774399",
		"shmmni": "4096", "sem": "32000\t1024000000\t500\t32000", "auto_msgmni": "0"}
}

func (k *Kernel) sysctlTable() []sysctl {
	var list []sysctl
	for _, v := range [][2]string{{"fs/file-max", "9223372036854775807"}, {"fs/overflowgid", "65534"}, {"fs/overflowuid", "65534"},
		{"fs/protected_hardlinks", "1"}, {"fs/protected_regular", "0"}, {"fs/protected_symlinks", "1"}, {"fs/suid_dumpable", "0"},
		{"kernel/overflowgid", "65534"}, {"kernel/overflowuid", "65534"}, {"kernel/pid_max", "32768"},
		{"kernel/unprivileged_userns_clone", "1"}, {"kernel/threads-max", "5559"}, {"kernel/core_pattern", "core"}, {"kernel/panic", "0"},
		{"net/core/somaxconn", "4096"}, {"vm/overcommit_memory", "0"}, {"vm/swappiness", "60"}, {"vm/max_map_count", "65530"}} {
		list = append(list, sysctl{path: v[0], first: v[1]})
	}
	for _, v := range [][2]string{{"kernel/cap_last_cap", "40"}, {"kernel/osrelease", release}, {"kernel/ostype", "Linux"}, {"kernel/version", version},
		{"kernel/random/boot_id", "5e9f0d3c-6f0a-4c1e-9d7b-51a9b1e2c3d4"}, {"kernel/ngroups_max", "65536"}} {
		list = append(list, sysctl{path: v[0], first: v[1], ro: true})
	}
	for _, name := range []string{"auto_msgmni", "msgmax", "msgmnb", "msgmni", "sem", "shmall", "shmmax", "shmmni"} {
		list = append(list, sysctl{path: "kernel/" + name, get: func(p *Process) string { return p.ns.ipc.limits[name] },
			set: func(p *Process, text string) Errno { p.ns.ipc.limits[name] = text; return OK }, owner: func(p *Process) *UserNS { return p.ns.ipc.owner }})
	}
	for kind, names := range nsKinds {
		list = append(list, sysctl{path: "user/" + names.limit, get: func(p *Process) string { return itoa(p.cred.NS.limit[kind]) },
			set: func(p *Process, text string) Errno {
				n, e := parseInt(text)
				if e != OK || n < 0 {
					return EINVAL
				}
				p.cred.NS.limit[kind] = int(n)
				return OK
			}, owner: func(p *Process) *UserNS { return p.cred.NS }})
	}
	return append(list, nameSysctls()...)
}

const (
	release = "6.12.117+deb12-cloud-amd64"
	version = "#1 SMP PREEMPT_DYNAMIC Debian 6.12.117-1~bpo12+1 (2026-06-09)"
)

// nameSysctls are those of the UTS, pid and network namespaces.
func nameSysctls() []sysctl {
	utsName := func(of func(u *UTSNS) *string) (func(p *Process) string, func(p *Process, text string) Errno) {
		return func(p *Process) string { return *of(p.ns.uts) }, func(p *Process, text string) Errno {
			*of(p.ns.uts) = text[:min(64, len(text))]
			return OK
		}
	}
	host := sysctl{path: "kernel/hostname"}
	host.get, host.set = utsName(func(u *UTSNS) *string { return &u.host })
	domain := sysctl{path: "kernel/domainname"}
	domain.get, domain.set = utsName(func(u *UTSNS) *string { return &u.domain })
	list := []sysctl{host, domain, {path: "kernel/ns_last_pid", get: func(p *Process) string { return itoa(p.pidns.last) }, set: func(p *Process, text string) Errno {
		n, e := parseInt(text)
		if e != OK || n < 0 || int(n) >= p.pidns.max {
			return EINVAL
		}
		p.pidns.last = int(n)
		return OK
	}, owner: func(p *Process) *UserNS { return p.pidns.owner }}}
	netOwner := func(p *Process) *UserNS { return p.ns.net.owner }
	list = append(list, sysctl{path: "net/ipv4/ip_forward", owner: netOwner, get: func(p *Process) string { return bit(p.ns.net.forward) }, set: func(p *Process, text string) Errno {
		n, e := parseInt(text)
		if e != OK {
			return EINVAL
		}
		p.ns.net.forward = n != 0
		return OK
	}})
	for _, v := range [][2]string{{"net/ipv4/ping_group_range", "1\t0"}, {firstFreePort, "1024"}, {"net/ipv4/ip_local_port_range", "32768\t60999"},
		{"net/ipv4/icmp_echo_ignore_all", "0"}, {"net/ipv4/tcp_syncookies", "1"}, {"net/ipv4/conf/all/rp_filter", "0"}, {"net/ipv4/conf/all/forwarding", "0"}} {
		name, first := v[0], v[1]
		list = append(list, sysctl{path: name, owner: netOwner, get: func(p *Process) string {
			if text, ok := p.ns.net.sysctl[name]; ok {
				return text
			}
			return first
		}, set: func(p *Process, text string) Errno {
			words := strings.Fields(text)
			for _, w := range words {
				if e := numberLine(w); e != OK {
					return e
				}
			}
			if len(words) != len(strings.Fields(first)) {
				return EINVAL
			}
			p.ns.net.sysctl[name] = strings.Join(words, "\t")
			return OK
		}})
	}
	return list
}

// sysDir is a directory below /proc/sys.
type sysDir struct {
	none
	prefix string // with a slash at its end; "" is /proc/sys
}

func (n sysDir) lookup(p *Process, d *Dentry, name string) (*Inode, Errno) {
	for i := range p.k.sysctlList {
		s := &p.k.sysctlList[i]
		rest, ok := strings.CutPrefix(s.path, n.prefix)
		if !ok {
			continue
		}
		if rest == name {
			mode := uint32(0o644)
			if s.ro {
				mode = 0o444
			}
			return d.ino.sb.inode(p.k, ModeFile|mode, sysValue{s: s}), OK
		}
		if strings.HasPrefix(rest, name+"/") {
			return d.ino.sb.inode(p.k, ModeDir|0o555, sysDir{prefix: n.prefix + name + "/"}), OK
		}
	}
	return nil, ENOENT
}

func (n sysDir) names(p *Process, _ *Dentry) []string {
	var names []string
	seen := map[string]bool{}
	for i := range p.k.sysctlList {
		if rest, ok := strings.CutPrefix(p.k.sysctlList[i].path, n.prefix); ok {
			name, _, _ := strings.Cut(rest, "/")
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

func (sysDir) create(*Process, *Dentry, string, uint32, [2]uint32, string) (*Inode, Errno) {
	return nil, ENOENT
}

// sysValue is a file below /proc/sys.
type sysValue struct {
	none
	s *sysctl
}

// open lets only root write, whatever its capabilities are: the machine's, or that of the namespace the value belongs to.
func (n sysValue) open(p *Process, f *File) Errno {
	if !f.writes() {
		return OK
	}
	if n.s.ro {
		return EACCES
	}
	root := p.k.userNS
	if n.s.owner != nil {
		root = n.s.owner(p)
	}
	if p.cred.EUID != 0 && (root.UIDs.out(0) != p.cred.EUID || !p.cred.NS.within(root)) {
		return EACCES
	}
	return OK
}

func (n sysValue) read(p *Process, _ *File) ([]byte, Errno) {
	if n.s.get != nil {
		return []byte(n.s.get(p) + "\n"), OK
	}
	if text, ok := p.k.sys[n.s.path]; ok {
		return []byte(text + "\n"), OK
	}
	return []byte(n.s.first + "\n"), OK
}

func (n sysValue) write(p *Process, f *File, data []byte) Errno {
	f.asked = false
	text := strings.TrimSpace(string(data))
	if n.s.set != nil {
		return n.s.set(p, text)
	}
	if n.s.path != "kernel/core_pattern" {
		if e := numberLine(text); e != OK {
			return e
		}
	}
	p.k.sys[n.s.path] = text
	return OK
}
