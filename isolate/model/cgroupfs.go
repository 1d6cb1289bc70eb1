package model

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
)

// cgroupFile is a file of a cgroup's directory.
type cgroupFile struct {
	name  string
	needs ctlSet // the controller it belongs to; 0 is the core
	where uint8  // inRoot, inOthers
	read  func(p *Process, c *Cgroup) string
	write func(p *Process, f *File, c *Cgroup, text string) Errno
}

const (
	inRoot uint8 = 1 << iota
	inOthers
	everywhere = inRoot | inOthers
)

// has tells whether a cgroup has the file.
func (f *cgroupFile) in(c *Cgroup) bool {
	if c.parent == nil {
		return f.where&inRoot != 0
	}
	return f.where&inOthers != 0 && (f.needs == 0 || c.available()&f.needs != 0)
}

// cgroupDir is the directory of a cgroup.
type cgroupDir struct {
	none
	c *Cgroup
}

func (n cgroupDir) lookup(p *Process, d *Dentry, name string) (*Inode, Errno) {
	for i := range p.k.cgroupFiles {
		f := &p.k.cgroupFiles[i]
		if f.name == name && f.in(n.c) {
			mode := uint32(0o444)
			if f.write != nil {
				mode = 0o644
				if f.read == nil {
					mode = 0o200
				}
			}
			i := d.ino.sb.inode(p.k, ModeFile|mode, cgroupText{c: n.c, f: f})
			i.UID, i.GID = n.c.uid, n.c.gid
			return i, OK
		}
	}
	return nil, ENOENT
}

func (n cgroupDir) names(p *Process, d *Dentry) []string {
	var names []string
	for i := range p.k.cgroupFiles {
		if f := &p.k.cgroupFiles[i]; f.in(n.c) {
			names = append(names, f.name)
		}
	}
	for _, kid := range n.c.kids {
		names = append(names, kid.name)
	}
	sorting.Func(names, func(a, b string) int {
		if ha, hb := kernfsHash(a), kernfsHash(b); ha != hb {
			if ha < hb {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	return names
}

// kernfsHash is the order of names in a directory of sysfs or cgroup2. Source: fs/kernfs/dir.c, kernfs_name_hash.
func kernfsHash(name string) uint32 {
	h := uint64(0)
	for i := range len(name) {
		c := uint64(name[i])
		h = (h + c<<4 + c>>4) * 11
	}
	v := uint32(h*0x61C8864680B583EB>>32) & 0x7fffffff
	if v < 2 {
		v += 2
	}
	return min(v, 1<<31-2)
}

func (n cgroupDir) valid(*Dentry) bool { return !n.c.gone }

func (n cgroupDir) create(p *Process, d *Dentry, name string, mode uint32, _ [2]uint32, _ string) (*Inode, Errno) {
	switch mode & ModeType {
	case ModeFile:
		return nil, EACCES
	case ModeDir:
	default:
		return nil, EPERM
	}
	if strings.Contains(name, "\n") {
		return nil, EINVAL
	}
	level := 1
	for up := n.c; up != nil; up = up.parent {
		if up.kidsMax >= 0 && up.descendants() >= up.kidsMax || up.depthMax >= 0 && level > up.depthMax {
			return nil, EAGAIN
		}
		level++
	}
	c := p.k.newCgroup(name, n.c)
	c.uid, c.gid = p.cred.FSUID, p.cred.FSGID
	i := d.ino.sb.inode(p.k, ModeDir|0o755, cgroupDir{c: c})
	i.UID, i.GID = c.uid, c.gid
	d.ino.Nlink++
	return i, OK
}

func (n cgroupDir) remove(_ *Process, d *Dentry, kid *Dentry) Errno {
	dir, ok := kid.ino.virtual.(cgroupDir)
	if !ok {
		return EPERM
	}
	c := dir.c
	if len(c.kids) > 0 || len(c.procs) > 0 {
		return EBUSY
	}
	c.gone = true
	i := slices.Index(c.parent.kids, c)
	c.parent.kids = slices.Delete(c.parent.kids, i, i+1)
	d.ino.Nlink--
	return OK
}

// cgroupText is a file of a cgroup.
type cgroupText struct {
	none
	c *Cgroup
	f *cgroupFile
}

func (t cgroupText) valid(*Dentry) bool { return t.f.in(t.c) && !t.c.gone }

func (t cgroupText) read(p *Process, _ *File) ([]byte, Errno) {
	if t.c.gone {
		return nil, ENODEV
	}
	if t.f.read == nil {
		return nil, EINVAL
	}
	return []byte(t.f.read(p, t.c)), OK
}

func (t cgroupText) write(p *Process, f *File, data []byte) Errno {
	if t.c.gone {
		return ENODEV
	}
	if t.f.write == nil {
		return EINVAL
	}
	f.asked = false
	return t.f.write(p, f, t.c, strings.TrimSpace(string(data)))
}

// makeCgroup2 shows the one tree, from the process' cgroup namespace's root on.
func makeCgroup2(p *Process, data, _ string) (*Super, *Dentry, Errno) {
	for _, o := range splitOptions(data) {
		switch o {
		case "nsdelegate", "memory_localevents", "memory_recursiveprot", "favordynmods", "nofavordynmods", "pids_localevents":
		default:
			return nil, nil, EINVAL
		}
	}
	c := p.ns.cgroup.root
	return p.k.root.dir.ino.sb, c.dir, OK
}

// bootCgroups makes the tree's root.
func (k *Kernel) bootCgroups() {
	k.cgroupFiles = cgroupFiles()
	k.root = k.newCgroup("", nil)
	k.root.subtree = ctlCpuset | ctlCPU | ctlIO | ctlMemory | ctlPids
	k.root.sets.cpus, k.root.sets.mems = "0", "0"
	sb := k.newSuper("cgroup2", k.userNS)
	k.root.dir = sb.newRoot(sb.inode(k, ModeDir|0o755, cgroupDir{c: k.root}))
}
