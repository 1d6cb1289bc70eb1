package model

// The calls by which a file system is made first and attached afterwards: what exists in between is a mount that no namespace holds,
// reached by a descriptor alone.

// fsContext is a file system that is being described. Source: fsopen(2).
type fsContext struct {
	kind, source, options string
	sb                    *Super
	root                  *Dentry
}

// FsOpen begins a file system of a kind and returns a descriptor of its description.
//
// Errors: EPERM without CAP_SYS_ADMIN over the mount namespace; ENODEV for a kind that does not exist. Source: fsopen(2).
func (p *Process) FsOpen(kind string) (int, Errno) {
	p.syscall()
	if e := p.filtered("fsopen"); e != OK {
		return 0, e
	}
	if !p.mayMount() {
		return 0, EPERM
	}
	if _, ok := fileSystemOf(kind); !ok {
		return 0, ENODEV
	}
	i := p.k.pipefs.inode(p.k, ModeFile|0o600, none{})
	d := &Dentry{name: "[fscontext]", ino: i}
	d.parent = d
	return p.install(&File{path: Path{p.k.pipeMount(), d}, ino: i, opener: p.cred, context: &fsContext{kind: kind}}, 0, true)
}

func (p *Process) context(fd int) (*fsContext, Errno) {
	f, e := p.file(fd)
	if e == OK && f.context == nil {
		e = EINVAL
	}
	if e != OK {
		return nil, e
	}
	return f.context, OK
}

// FsConfig gives the file system an option; "source" is what /proc/mounts shows first. Source: fsconfig(2), FSCONFIG_SET_STRING.
func (p *Process) FsConfig(fd int, key, value string) Errno {
	p.syscall()
	c, e := p.context(fd)
	if e != OK {
		return e
	}
	if c.sb != nil {
		return EBUSY
	}
	if key == "source" {
		c.source = value
		return OK
	}
	if c.options != "" {
		c.options += ","
	}
	c.options += key
	if value != "" {
		c.options += "=" + value
	}
	return OK
}

// FsCreate makes the file system. Relative paths among its options begin at the working directory of now.
//
// Errors: EINVAL for an option that does not exist; EPERM where only the first user namespace may. Source: fsconfig(2), FSCONFIG_CMD_CREATE.
func (p *Process) FsCreate(fd int) Errno {
	p.syscall()
	c, e := p.context(fd)
	if e != OK {
		return e
	}
	if c.sb != nil {
		return EBUSY
	}
	fs, _ := fileSystemOf(c.kind)
	if !fs.inUserNS && p.ns.mnt.owner != p.k.userNS {
		return EPERM
	}
	c.sb, c.root, e = fs.make(p, c.options, c.source)
	return e
}

// FsMount makes a mount of the file system that is attached nowhere, and returns a descriptor of it. Source: fsmount(2).
func (p *Process) FsMount(fd int, flags MountFlags) (int, Errno) {
	p.syscall()
	c, e := p.context(fd)
	if e != OK {
		return 0, e
	}
	if c.sb == nil {
		return 0, EINVAL
	}
	if !p.mayMount() {
		return 0, EPERM
	}
	source := c.source
	if source == "" {
		source = "none"
	}
	return p.detached(p.k.newMount(c.sb, c.root, source, relatime(flags)))
}

// detached is a descriptor of a mount.
func (p *Process) detached(m *Mount) (int, Errno) {
	return p.install(&File{path: Path{m, m.root}, ino: m.root.ino, flags: PathOnly, opener: p.cred}, 0, true)
}

// place is what a descriptor and a path mean together; an empty path is the descriptor's own file.
func (p *Process) place(fd int, path string) (at Path, e Errno) {
	if path == "" && fd != AtCwd {
		f, e := p.file(fd)
		if e != OK {
			return Path{}, e
		}
		return f.path, OK
	}
	e = p.At(fd, func() Errno {
		at, e = p.lookup(path, follow)
		return e
	})
	return at, e
}

// OpenTree returns a descriptor of a copy of the mount at a place, seen from there, with those below it if recursive. The copy is
// attached nowhere. Source: open_tree(2), OPEN_TREE_CLONE.
func (p *Process) OpenTree(dir int, path string, recursive bool) (int, Errno) {
	p.syscall()
	if e := p.filtered("open_tree"); e != OK {
		return 0, e
	}
	from, e := p.place(dir, path)
	if e != OK {
		return 0, e
	}
	if !p.mayMount() {
		return 0, EPERM
	}
	if from.mnt.unbindable || from.mnt.ns != nil && from.mnt.ns != p.ns.mnt {
		return 0, EINVAL
	}
	c := p.k.copyTree(from.mnt, from.d, recursive, true)
	c.fixed = false
	return p.detached(c)
}

// MoveMount attaches a mount that is attached nowhere, or elsewhere, at a place.
//
// Errors: EINVAL if the first is not the root of a mount; ENOTDIR if one is a directory and the other not; ENOENT, EPERM.
// Source: move_mount(2).
func (p *Process) MoveMount(fd int, path string, todir int, topath string) Errno {
	p.syscall()
	if e := p.filtered("move_mount"); e != OK {
		return e
	}
	if !p.mayMount() {
		return EPERM
	}
	from, e := p.place(fd, path)
	if e != OK {
		return e
	}
	at, e := p.place(todir, topath)
	if e != OK {
		return e
	}
	at = at.down()
	m := from.mnt
	switch {
	case from.d != m.root || m.ns != nil && (m.ns != p.ns.mnt || m.parent == nil || m.fixed || m.parent.peers != 0):
		return EINVAL
	case from.d.ino.isDir() != at.d.ino.isDir():
		return ENOTDIR
	case at.d.gone:
		return ENOENT
	}
	for up := at.mnt; up != nil; up = up.parent {
		if up == m {
			return ELOOP
		}
	}
	m.detach()
	return p.graft(m, at)
}

// MountSetattr adds flags to a mount and, if recursive, to those below it; private lets them hear of nothing any more. Source: mount_setattr(2).
func (p *Process) MountSetattr(fd int, set MountFlags, private, recursive bool) Errno {
	p.syscall()
	if e := p.filtered("mount_setattr"); e != OK {
		return e
	}
	at, e := p.place(fd, "")
	if e != OK {
		return e
	}
	if !p.mayMount() {
		return EPERM
	}
	if at.d != at.mnt.root {
		return EINVAL
	}
	mounts := []*Mount{at.mnt}
	if recursive {
		mounts = at.mnt.tree(nil)
	}
	for _, m := range mounts {
		m.flags |= set
		if private {
			m.peers, m.master, m.unbindable = 0, 0, false
		}
	}
	return OK
}
