package model

import "strings"

func (n procSelf) jump(p *Process, _ *Dentry) (Path, Errno) {
	if p.nr(n.ns) == 0 {
		return Path{}, ENOENT
	}
	return Path{}, ENOSYS
}

// procLink is a link below /proc/PID that leads to the thing itself, whatever its text says.
type procLink struct {
	none
	t    *Process
	what string // "cwd", "root" or "exe"
}

func (n procLink) place(p *Process) (Path, Errno) {
	if n.t.state == zombie || n.t.state == dead {
		return Path{}, ENOENT
	}
	if !p.mayTrace(n.t) {
		return Path{}, EACCES
	}
	switch n.what {
	case "cwd":
		return n.t.fs.cwd, OK
	case "root":
		return n.t.fs.root, OK
	}
	if n.t.exe.d == nil {
		return Path{}, ENOENT
	}
	return n.t.exe, OK
}

func (n procLink) jump(p *Process, _ *Dentry) (Path, Errno) { return n.place(p) }

// show is a place's path as links below /proc show it: from the reader's root.
func (p *Process) show(at Path) string {
	if at.d.parent == at.d && strings.Contains(at.d.name, ":[") {
		return at.d.name
	}
	name, _ := at.name(p.fs.root)
	if at.d.gone {
		name += " (deleted)"
	}
	return name
}

// fdDir is /proc/PID/fd.
type fdDir struct {
	none
	t    *Process
	info bool
}

// fdLink leads to an open file, though it may have no name any more.
type fdLink struct {
	none
	t  *Process
	f  *File
	nr int
}

func (n fdLink) jump(p *Process, _ *Dentry) (Path, Errno) {
	if !p.mayTrace(n.t) {
		return Path{}, EACCES
	}
	return n.f.path, OK
}

func (n nsLink) jump(p *Process, _ *Dentry) (Path, Errno) {
	if !p.mayTrace(n.t) {
		return Path{}, EACCES
	}
	if n.t.state == zombie || n.t.state == dead {
		return Path{}, ENOENT
	}
	ns := n.t.namespace(n.kind, n.children)
	if n.children && n.kind == PIDKind && !n.t.ns.pidKids.seen {
		return Path{}, ENOENT
	}
	return p.k.nsFile(ns), OK
}
