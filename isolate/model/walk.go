package model

import "strings"

// Path is a place: a name, and the mount through which it was reached.
type Path struct {
	mnt *Mount
	d   *Dentry
}

type lookupFlags uint8

const (
	follow   lookupFlags = 1 << iota // the last part may be a symbolic link
	noFollow lookupFlags = 0
)

// maxLinks is how many symbolic links a path may lead through.
const maxLinks = 40

// walk resolves paths. Source: path_resolution(7).
type walk struct {
	p     *Process
	at    Path
	links int
	last  bool // the part under way is the last
}

// lookup finds what a path leads to.
func (p *Process) lookup(path string, flags lookupFlags) (Path, Errno) {
	return p.lookupFrom(p.fs.cwd, path, flags)
}

func (p *Process) lookupFrom(dir Path, path string, flags lookupFlags) (Path, Errno) {
	w := walk{p: p, at: dir}
	if e := w.path(path, flags&follow != 0); e != OK {
		return Path{}, e
	}
	return w.at, OK
}

// lookupParent finds the directory in which the last part of a path is or would be; that part may be "." or "..". slash tells
// that the path ended in one.
func (p *Process) lookupParent(path string) (dir Path, name string, slash bool, e Errno) {
	if path == "" {
		return Path{}, "", false, ENOENT
	}
	trimmed := strings.TrimRight(path, "/")
	slash = trimmed != path
	if trimmed == "" {
		return p.fs.root, "/", true, OK
	}
	i := strings.LastIndexByte(trimmed, '/')
	w := walk{p: p, at: p.fs.cwd}
	if i >= 0 {
		head := trimmed[:i]
		if head == "" {
			head = "/"
		}
		if e := w.path(head, true); e != OK {
			return Path{}, "", false, e
		}
	}
	if !w.at.d.ino.isDir() {
		return Path{}, "", false, ENOTDIR
	}
	return w.at, trimmed[i+1:], slash, OK
}

// path goes along a path; last tells whether a symbolic link at its end is followed. A path that ends in a slash must lead to a directory.
func (w *walk) path(path string, last bool) Errno {
	if path == "" {
		return ENOENT
	}
	if len(path) > 4095 {
		return ENAMETOOLONG
	}
	if path[0] == '/' {
		w.at = w.p.fs.root
	}
	slash := strings.HasSuffix(path, "/")
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	for i, part := range parts {
		w.last = i == len(parts)-1
		if e := w.step(part, !w.last || last || slash); e != OK {
			return e
		}
	}
	if slash && !w.at.d.ino.isDir() {
		return ENOTDIR
	}
	return OK
}

// step takes one part of a path.
func (w *walk) step(name string, follow bool) Errno {
	if !w.at.d.ino.isDir() {
		return ENOTDIR
	}
	if e := w.p.permission(w.at, mayExec); e != OK {
		return e
	}
	switch name {
	case ".":
		return OK
	case "..":
		w.at = w.at.up(w.p.fs.root)
		return OK
	}
	kid, e := w.at.d.child(w.p, name)
	if e != OK {
		return e
	}
	if kid.ino.isLink() && follow {
		if w.last && !w.mayFollow(kid) {
			return EACCES
		}
		return w.link(kid)
	}
	w.at = Path{w.at.mnt, kid}.down()
	return OK
}

// mayFollow refuses links that somebody else has laid out in a folder like /tmp. Source: proc_sys_fs(5), protected_symlinks.
func (w *walk) mayFollow(d *Dentry) bool {
	dir := w.at.d.ino
	const open = ModeSticky | 0o002
	return dir.Mode&open != open || d.ino.UID == w.p.cred.FSUID || d.ino.UID == dir.UID || w.p.k.sys["fs/protected_symlinks"] == "0"
}

// link follows a symbolic link from the directory that holds it.
func (w *walk) link(d *Dentry) Errno {
	if w.links++; w.links > maxLinks || w.p.fs.noLinks {
		return ELOOP
	}
	target := d.ino.target
	if v := d.ino.virtual; v != nil {
		to, e := v.jump(w.p, d)
		if e == OK {
			w.at = to
			return OK
		}
		if e != ENOSYS {
			return e
		}
		target = v.link(w.p, d)
	}
	return w.path(target, true)
}

// down goes to what is mounted here, and on what is mounted there.
func (at Path) down() Path {
	for at.d.mounts > 0 {
		m := at.mnt.childAt(at.d)
		if m == nil {
			break
		}
		at = Path{m, m.root}
	}
	return at
}

// up is "..": out of a mount to where it is mounted, but never out of the root.
func (at Path) up(root Path) Path {
	for {
		if at == root {
			return at
		}
		if at.d != at.mnt.root {
			return Path{at.mnt, at.d.parent}.down()
		}
		if at.mnt.parent == nil {
			return at
		}
		at = Path{at.mnt.parent, at.mnt.place}
	}
}

// name is the place's path as seen from root; ok is false if it does not lie below it.
func (at Path) name(root Path) (string, bool) {
	text := ""
	for at != root {
		if at.d == at.mnt.root || at.d.parent == at.d {
			if at.mnt.parent == nil {
				return orSlash(text), false
			}
			at = Path{at.mnt.parent, at.mnt.place}
			continue
		}
		text = "/" + at.d.name + text
		at.d = at.d.parent
	}
	return orSlash(text), true
}

func orSlash(path string) string {
	if path == "" {
		return "/"
	}
	return path
}

type access uint8

const (
	mayExec  access = 1
	mayWrite access = 2
	mayRead  access = 4
)

// permission tells whether the process may read, write or execute (for a directory: go through) a file: the first class that fits decides, and
// capabilities may overrule it.
//
// Source: path_resolution(7), "Permissions"; capabilities(7), CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH.
func (p *Process) permission(at Path, want access) Errno {
	i := at.d.ino
	if want&mayWrite != 0 && (i.isDir() || i.isRegular() || i.isLink()) && (at.mnt.flags&MountReadOnly != 0 || i.sb.ro) {
		return EROFS
	}
	if want&mayWrite != 0 && (!p.cred.NS.UIDs.has(i.UID) || !p.cred.NS.GIDs.has(i.GID)) && len(p.cred.NS.UIDs) > 0 && !i.sb.owner.UIDs.has(i.UID) {
		return EACCES
	}
	return p.inodePermission(i, want)
}

func (p *Process) inodePermission(i *Inode, want access) Errno {
	c := p.cred
	bits := i.Mode
	switch {
	case c.FSUID == i.UID:
		bits >>= 6
	case c.inGroup(i.GID):
		bits >>= 3
	}
	if access(bits&7)&want == want {
		return OK
	}
	if i.isDir() {
		if want&mayWrite == 0 && c.capableOver(i, CapDACReadSearch) || c.capableOver(i, CapDACOverride) {
			return OK
		}
		return EACCES
	}
	if want == mayRead && c.capableOver(i, CapDACReadSearch) {
		return OK
	}
	if (want&mayExec == 0 || i.Mode&0o111 != 0) && c.capableOver(i, CapDACOverride) {
		return OK
	}
	return EACCES
}

// owns tells whether the process may do what only the owner of a file may.
func (p *Process) owns(i *Inode) bool {
	return p.cred.FSUID == i.UID || p.cred.NS.UIDs.has(i.UID) && p.cred.capable(p.cred.NS, CapFowner)
}
