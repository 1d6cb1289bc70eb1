package model

import (
	"strconv"
	"strings"
)

type procRead = func(p, t *Process, sb *Super) ([]byte, Errno)

// about makes a file's text of the process alone.
func about(text func(t *Process) string) procRead {
	return func(_, t *Process, _ *Super) ([]byte, Errno) { return []byte(text(t)), OK }
}

func pidEntries() []procEntry {
	link := func(what string) func(*Process) node {
		return func(t *Process) node { return procLink{t: t, what: what} }
	}
	return []procEntry{
		{name: "cgroup", mode: 0o444, read: func(p, t *Process, _ *Super) ([]byte, Errno) {
			text := "0::" + t.cgroup.path(p.ns.cgroup.root)
			if t.cgroup.gone {
				text += " (deleted)"
			}
			return []byte(text + "\n"), OK
		}},
		{name: "cmdline", mode: 0o444, read: about(func(t *Process) string { return nulls(t, t.args) })},
		{name: "comm", mode: 0o644, read: about(func(t *Process) string { return t.Comm + "\n" }), write: func(_, t *Process, _ *File, text string) Errno {
			t.Comm = text[:min(15, len(text))]
			return OK
		}},
		{name: "cwd", mode: ModeLink | 0o777, node: link("cwd")},
		{name: "environ", mode: 0o400, only: trusted, read: about(func(t *Process) string { return nulls(t, t.env) })},
		{name: "exe", mode: ModeLink | 0o777, node: link("exe")},
		{name: "fd", mode: ModeDir | 0o500, node: func(t *Process) node { return fdDir{t: t} }},
		{name: "fdinfo", mode: ModeDir | 0o555, node: func(t *Process) node { return fdDir{t: t, info: true} }},
		{name: "gid_map", mode: 0o644, read: readMap(true), write: writeMap(true)},
		{name: "limits", mode: 0o444, read: about((*Process).limitsText)},
		{name: "loginuid", mode: 0o644, read: about(func(*Process) string { return "4294967295" })},
		{name: "mountinfo", mode: 0o444, read: func(_, t *Process, _ *Super) ([]byte, Errno) { return []byte(t.mountInfo()), OK }},
		{name: "mounts", mode: 0o444, read: func(_, t *Process, _ *Super) ([]byte, Errno) { return []byte(t.mountTable()), OK }},
		{name: "net", mode: ModeDir | 0o555, node: netDir},
		{name: "ns", mode: ModeDir | 0o511, node: func(t *Process) node { return nsDir{t: t} }},
		{name: "oom_score", mode: 0o444, read: about(func(t *Process) string { return line(666 + int64(t.oomAdj)*2/3) })},
		{name: "oom_score_adj", mode: 0o644, read: about(func(t *Process) string { return itoa(t.oomAdj) + "\n" }), write: writeOOM},
		{name: "projid_map", mode: 0o644, read: about(func(*Process) string { return "" })},
		{name: "root", mode: ModeLink | 0o777, node: link("root")},
		{name: "setgroups", mode: 0o644, read: about(func(t *Process) string {
			if t.cred.NS.denySetgroups {
				return "deny\n"
			}
			return "allow\n"
		}), write: writeSetgroups},
		{name: "stat", mode: 0o444, read: readStat},
		{name: "statm", mode: 0o444, read: about(func(t *Process) string {
			return itoa(int(t.anon/4096)+600) + " " + itoa(int(t.anon/4096)) + " 0 1 0 0 0\n"
		})},
		{name: "status", mode: 0o444, read: readStatus},
		{name: "task", mode: ModeDir | 0o555, node: func(t *Process) node { return taskDir{t: t} }},
		{name: "timens_offsets", mode: 0o644, read: about(func(t *Process) string {
			return offset("monotonic", t.ns.timeKid.monotonic) + offset("boottime", t.ns.timeKid.boottime)
		}), write: writeOffsets},
		{name: "uid_map", mode: 0o644, read: readMap(false), write: writeMap(false)},
		{name: "wchan", mode: 0o444, read: about(func(*Process) string { return "0" })},
	}
}

// taskDir lists the only thread.
type taskDir struct {
	none
	t *Process
}

func (n taskDir) names(_ *Process, d *Dentry) []string { return []string{itoa(n.t.nr(d.ino.sb.pidns))} }

func (n taskDir) lookup(p *Process, d *Dentry, name string) (*Inode, Errno) {
	if name != itoa(n.t.nr(d.ino.sb.pidns)) {
		return nil, ENOENT
	}
	return d.ino.sb.inode(p.k, ModeDir|0o555, procDir{t: n.t, entries: p.k.pidEntries}), OK
}

func nulls(t *Process, words []string) string {
	if t.state == zombie {
		return ""
	}
	text := ""
	for _, w := range words {
		text += w + "\x00"
	}
	return text
}

func offset(name string, ns int64) string {
	s, n := ns/1e9, ns%1e9
	if n < 0 {
		s, n = s-1, n+1e9
	}
	return padRight(name, 10) + " " + padLeft(itoa(int(s)), 10) + " " + padLeft(itoa(int(n)), 9) + "\n"
}

func readMap(group bool) procRead {
	return func(p, t *Process, _ *Super) ([]byte, Errno) {
		ns := t.cred.NS
		m := ns.uidText
		if group {
			m = ns.gidText
		}
		text := ""
		for _, r := range m {
			out := r.Outside
			if p.cred.NS != ns && ns.parent != nil {
				// The lower column is as the reader's namespace numbers it.
				full := ns.parent.UIDs
				mine := p.cred.NS.UIDs
				if group {
					full, mine = ns.parent.GIDs, p.cred.NS.GIDs
				}
				out, _ = mine.in(full.out(r.Outside))
			} else if ns.parent != nil {
				out = r.Outside
			}
			text += padLeft(utoa(uint64(r.Inside)), 10) + " " + padLeft(utoa(uint64(out)), 10) + " " + padLeft(utoa(uint64(r.Size)), 10) + "\n"
		}
		return []byte(text), OK
	}
}

func writeMap(group bool) func(p, t *Process, f *File, text string) Errno {
	return func(p, t *Process, f *File, text string) Errno {
		return p.writeIDMap(t.cred.NS, group, text, f.opener)
	}
}

func writeSetgroups(p, t *Process, _ *File, text string) Errno {
	ns := t.cred.NS
	switch text {
	case "allow":
		if ns.denySetgroups {
			return EPERM
		}
	case "deny":
		if len(ns.GIDs) > 0 {
			return EPERM
		}
		ns.denySetgroups = true
	default:
		return EINVAL
	}
	return OK
}

func writeOOM(p, t *Process, _ *File, text string) Errno {
	n, e := parseInt(text)
	if e != OK {
		return e
	}
	if n < -1000 || n > 1000 {
		return EINVAL
	}
	if int(n) < t.oomAdj && !p.cred.capable(p.k.userNS, CapSysResource) {
		return EACCES
	}
	t.oomAdj = int(n)
	return OK
}

// writeOffsets moves a clock of the time namespace of the process' children: "boottime 86400 0".
//
// Errors: EACCES once a process has entered it, EPERM without CAP_SYS_TIME over it, ERANGE if the clock would fall below 0.
func writeOffsets(p, t *Process, _ *File, text string) Errno {
	ns := t.ns.timeKid
	for _, l := range splitLines(text) {
		f := strings.Fields(l)
		if len(f) != 3 {
			return EINVAL
		}
		s, err := strconv.ParseInt(f[1], 10, 64)
		n, ok := parseUint(f[2])
		if err != nil || !ok || n >= 1e9 {
			return EINVAL
		}
		clock := &ns.monotonic
		switch f[0] {
		case "monotonic", "1":
		case "boottime", "7":
			clock = &ns.boottime
		default:
			return EINVAL
		}
		if !p.cred.capable(ns.owner, CapSysTime) {
			return EPERM
		}
		if ns.used {
			return EACCES
		}
		if s < -p.k.now/1e9 || s > 1<<32 {
			return ERANGE
		}
		*clock = s*1e9 + int64(n)
	}
	return OK
}

func (p *Process) limitsText() string {
	text := "Limit                     Soft Limit           Hard Limit           Units     \n"
	show := func(n uint64) string {
		if n == Unlimited {
			return "unlimited"
		}
		return utoa(n)
	}
	for i, l := range p.limits {
		text += padRight(limitNames[i][0], 25) + " " + padRight(show(l.Soft), 20) + " " + padRight(show(l.Hard), 20) + " " + padRight(limitNames[i][1], 10) + "\n"
	}
	return text
}

// letter is the state as ps and /proc show it, with its word.
func (p *Process) letter(reader *Process) (string, string) {
	switch {
	case p.state == zombie || p.state == dead:
		return "Z", "zombie"
	case p.state == stopped:
		return "T", "stopped"
	case p == reader || p.queued:
		return "R", "running"
	}
	return "S", "sleeping"
}

func readStat(p, t *Process, sb *Super) ([]byte, Errno) {
	letter, _ := t.letter(p)
	nr := func(q *Process) string {
		if q == nil {
			return "0"
		}
		return itoa(q.nr(sb.pidns))
	}
	text := nr(t) + " (" + t.Comm + ") " + letter + " " + nr(t.parent) + " " + nr(t.group) + " " + nr(t.session) + " 0 -1 4194560 100 0 0 0 " +
		line(t.cpu/20_000_000)
	text = strings.TrimSuffix(text, "\n") + " " + strings.TrimSuffix(line(t.cpu/20_000_000), "\n") + " 0 0 " + itoa(20+t.nice) + " " + itoa(t.nice) + " 1 0 " +
		strings.TrimSuffix(line((t.start+t.ns.time.boottime)/10_000_000), "\n") + " " + itoa(int(4583424+t.anon)) + " " + itoa(int(t.anon/4096)) + " 18446744073709551615"
	return []byte(text + strings.Repeat(" 0", 27) + "\n"), OK
}
