package model

// nsDir is /proc/PID/ns.
type nsDir struct {
	none
	t *Process
}

// nsLink leads to a namespace.
type nsLink struct {
	none
	t        *Process
	kind     NSKind
	children bool
}

// nsName is how a namespace is shown: uts:[4026531838].
func nsName(ns Namespace) string { return ns.Kind().String() + ":[" + utoa(ns.Ino()) + "]" }

// nsFile is the file that stands for a namespace.
func (k *Kernel) nsFile(ns Namespace) Path {
	d := k.nsfs.root.kids[nsName(ns)]
	if d == nil {
		i := k.nsfs.inode(k, ModeFile|0o444, nil)
		i.Ino, i.ns = ns.Ino(), ns
		d = k.nsfs.root.add(nsName(ns), i)
		d.parent = d
	}
	return Path{&Mount{sb: k.nsfs, root: d, source: "nsfs"}, d}
}
