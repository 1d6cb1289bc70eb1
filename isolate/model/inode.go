package model

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
)

// The types and bits of a file's mode. Source: inode(7).
const (
	ModeType   = 0o170000
	ModeFIFO   = 0o010000
	ModeChar   = 0o020000
	ModeDir    = 0o040000
	ModeBlock  = 0o060000
	ModeFile   = 0o100000
	ModeLink   = 0o120000
	ModeSocket = 0o140000
	ModeSetUID = 0o4000
	ModeSetGID = 0o2000
	ModeSticky = 0o1000
)

// Inode is a file of any type, whatever names it has.
type Inode struct {
	sb       *Super
	Ino      uint64
	Mode     uint32
	UID, GID uint32 // the kernel's ids
	Nlink    int
	Major    uint32
	Minor    uint32
	mtime    int64 // nanoseconds since the machine was started
	ctime    int64
	atime    int64

	data    []byte
	entries int    // of a directory in memory
	target  string // of a symbolic link
	caps    *FileCaps
	pipe    *pipe
	socket  *socket
	payer   *Cgroup // whose memory the data counts as
	virtual node    // what a file that the kernel makes up does; nil for one that holds its data
	ns      Namespace
}

func (i *Inode) isDir() bool     { return i.Mode&ModeType == ModeDir }
func (i *Inode) isLink() bool    { return i.Mode&ModeType == ModeLink }
func (i *Inode) isRegular() bool { return i.Mode&ModeType == ModeFile }

// node is a file that the kernel makes up. What a type does not override refuses.
type node interface {
	lookup(p *Process, d *Dentry, name string) (*Inode, Errno) // in a directory
	names(p *Process, d *Dentry) []string                      // of a directory, in its order
	read(p *Process, f *File) ([]byte, Errno)                  // all of a file
	write(p *Process, f *File, data []byte) Errno
	open(p *Process, f *File) Errno
	link(p *Process, d *Dentry) string        // where a symbolic link says it leads
	jump(p *Process, d *Dentry) (Path, Errno) // where it really leads; ENOSYS: where it says
	create(p *Process, d *Dentry, name string, mode uint32, dev [2]uint32, target string) (*Inode, Errno)
	remove(p *Process, d *Dentry, child *Dentry) Errno
	rename(p *Process, d *Dentry, child *Dentry, to *Dentry, name string) Errno
	change(p *Process, d *Dentry) (*Inode, Errno) // before something of a file is changed: the inode to change
	valid(d *Dentry) bool                         // whether a name that was looked up still holds
}

// none is a node that does nothing.
type none struct{}

func (none) lookup(*Process, *Dentry, string) (*Inode, Errno) { return nil, ENOENT }
func (none) names(*Process, *Dentry) []string                 { return nil }
func (none) read(*Process, *File) ([]byte, Errno)             { return nil, EINVAL }
func (none) write(*Process, *File, []byte) Errno              { return EINVAL }
func (none) open(*Process, *File) Errno                       { return OK }
func (none) link(*Process, *Dentry) string                    { return "" }
func (none) jump(*Process, *Dentry) (Path, Errno)             { return Path{}, ENOSYS }
func (none) create(*Process, *Dentry, string, uint32, [2]uint32, string) (*Inode, Errno) {
	return nil, EPERM
}
func (none) remove(*Process, *Dentry, *Dentry) Errno                  { return EPERM }
func (none) rename(*Process, *Dentry, *Dentry, *Dentry, string) Errno { return EPERM }
func (none) change(_ *Process, d *Dentry) (*Inode, Errno)             { return d.ino, OK }
func (none) valid(*Dentry) bool                                       { return true }

// Dentry is a name in a directory. Names of file systems in memory live as long as the file; others are found again when asked for.
type Dentry struct {
	name   string
	parent *Dentry // itself for a root
	ino    *Inode
	kids   map[string]*Dentry
	order  int // of its making among its siblings
	made   int
	gone   bool // removed, though perhaps still open
	mounts int  // how many mounts have it as their place
}

// Super is a file system that is mounted, perhaps at several places.
type Super struct {
	kind    string // as /proc/mounts shows it
	dev     uint32
	root    *Dentry
	options string // as /proc/mounts shows them, after the flags
	ro      bool
	owner   *UserNS
	next    uint64
	size    int64 // of a tmpfs, in bytes; 0 is no limit
	used    int64
	maxName int
	pidns   *PIDNS // of a proc
}

func (k *Kernel) newSuper(kind string, owner *UserNS) *Super {
	k.superDev++
	return &Super{kind: kind, dev: k.superDev, owner: owner, maxName: 255}
}

// inode makes an inode of the file system, owned by root.
func (sb *Super) inode(k *Kernel, mode uint32, v node) *Inode {
	number := &sb.next
	if k.probing != nil {
		number = &k.probing.ino
	}
	*number++
	i := &Inode{sb: sb, Ino: *number, Mode: mode, Nlink: 1, virtual: v, mtime: k.now, ctime: k.now, atime: k.now}
	if i.isDir() {
		i.Nlink = 2
	}
	return i
}

// newRoot makes the root directory.
func (sb *Super) newRoot(i *Inode) *Dentry {
	d := &Dentry{name: "/", ino: i}
	d.parent = d
	sb.root = d
	return d
}

// child finds a name in a directory.
func (d *Dentry) child(p *Process, name string) (*Dentry, Errno) {
	if len(name) > d.ino.sb.maxName {
		return nil, ENAMETOOLONG
	}
	v := d.ino.virtual
	if kid := d.kids[name]; kid != nil {
		if w := kid.ino.virtual; w == nil || kid.mounts > 0 || w.valid(kid) {
			return kid, OK
		}
		kid.gone = true
		delete(d.kids, name)
	}
	if v == nil {
		return nil, ENOENT
	}
	i, e := v.lookup(p, d, name)
	if e != OK {
		return nil, e
	}
	if p.hidden {
		return &Dentry{name: name, parent: d, ino: i}, OK
	}
	return d.add(name, i), OK
}

// add gives an inode a name.
func (d *Dentry) add(name string, i *Inode) *Dentry {
	if d.kids == nil {
		d.kids = map[string]*Dentry{}
	}
	d.made++
	kid := &Dentry{name: name, parent: d, ino: i, order: d.made}
	d.kids[name] = kid
	d.ino.entries++
	return kid
}

// drop takes the name away.
func (d *Dentry) drop() {
	d.gone = true
	if d.parent.kids[d.name] == d {
		delete(d.parent.kids, d.name)
		d.parent.ino.entries--
	}
}

// list are the names in a directory in its own order.
func (d *Dentry) list(p *Process) []string {
	if v := d.ino.virtual; v != nil {
		return v.names(p, d)
	}
	return d.kidNames()
}

// kidNames are the names that are kept, those made last first as in a tmpfs.
func (d *Dentry) kidNames() []string {
	names := make([]string, 0, len(d.kids))
	//order:irrelevant they are sorted below
	for name := range d.kids {
		names = append(names, name)
	}
	sorting.Func(names, func(a, b string) int { return d.kids[b].order - d.kids[a].order })
	return names
}

// empty tells whether a directory holds nothing.
func (d *Dentry) empty(p *Process) bool { return len(d.list(p)) == 0 }

// under tells whether d is top or lies below it.
func (d *Dentry) under(top *Dentry) bool {
	for {
		if d == top {
			return true
		}
		if d.parent == d {
			return false
		}
		d = d.parent
	}
}

// path is the way from top to d; "//deleted" is marked by the caller.
func (d *Dentry) path(top *Dentry) string {
	if d == top || d.parent == d {
		return ""
	}
	return strings.TrimSuffix(d.parent.path(top), "/") + "/" + d.name
}
