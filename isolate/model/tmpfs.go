package model

import "strings"

// fileSystem is a kind that mount(2) knows.
type fileSystem struct {
	inUserNS bool // root of a user namespace may mount it
	make     func(p *Process, data, source string) (*Super, *Dentry, Errno)
}

// fileSystemOf is the kind of a name.
func fileSystemOf(kind string) (fileSystem, bool) {
	switch kind {
	case "tmpfs", "ramfs":
		return fileSystem{true, makeTmpfs}, true
	case "devtmpfs":
		return fileSystem{false, makeTmpfs}, true
	case "proc":
		return fileSystem{true, makeProc}, true
	case "sysfs":
		return fileSystem{true, makeSysfs}, true
	case "cgroup2":
		return fileSystem{true, makeCgroup2}, true
	case "overlay":
		return fileSystem{true, makeOverlay}, true
	case "mqueue":
		return fileSystem{true, makeMqueue}, true
	case "devpts":
		return fileSystem{true, makeDevpts}, true
	}
	return fileSystem{}, false
}

func pages(n int64) int64 { return (n + 4095) &^ 4095 }

// resize makes a file that long, if there is room and its payer can pay.
func (i *Inode) resize(p *Process, size int64) Errno {
	p.k.written++
	now, want := pages(int64(len(i.data))), pages(size)
	if want > now {
		if i.sb.size > 0 && i.sb.used+want-now > i.sb.size {
			return ENOSPC
		}
		if size > 1<<30 {
			return EFBIG
		}
		if i.payer == nil {
			i.payer = p.cgroup
		}
		if !i.payer.chargeFile(p, want-now) {
			p.deliver()
			return ENOMEM
		}
	} else if i.payer != nil {
		i.payer.unchargeFile(now - want)
	}
	i.sb.used += want - now
	if size <= int64(cap(i.data)) {
		old := len(i.data)
		i.data = i.data[:size]
		if int(size) > old {
			clear(i.data[old:])
		}
	} else {
		data := make([]byte, size, size+size/4)
		copy(data, i.data)
		i.data = data
	}
	i.touch(p.k)
	return OK
}

// tmpfsOptions are what a tmpfs can be asked for.
func tmpfsOptions(p *Process, sb *Super, root *Inode, data string) Errno {
	for _, o := range splitOptions(data) {
		key, value, _ := strings.Cut(o, "=")
		switch key {
		case "size":
			n, ok := parseSize(value, p.k.memory)
			if !ok {
				return EINVAL
			}
			sb.size = pages(n)
		case "mode":
			n, ok := parseOctal(value)
			if !ok {
				return EINVAL
			}
			root.Mode = ModeDir | n&0o7777
		case "uid", "gid":
			n, ok := parseUint(value)
			if !ok {
				return EINVAL
			}
			if key == "uid" {
				root.UID = p.cred.NS.UIDs.out(uint32(n))
			} else {
				root.GID = p.cred.NS.GIDs.out(uint32(n))
			}
		case "nr_inodes", "nr_blocks", "huge", "mpol", "inode64", "inode32", "noswap":
		default:
			return EINVAL
		}
	}
	return OK
}

func makeTmpfs(p *Process, data, _ string) (*Super, *Dentry, Errno) {
	sb := p.k.newSuper("tmpfs", p.cred.NS)
	root := sb.inode(p.k, ModeDir|0o1777, nil)
	root.UID, root.GID = p.cred.FSUID, p.cred.FSGID
	if e := tmpfsOptions(p, sb, root, data); e != OK {
		return nil, nil, e
	}
	sb.options = tmpfsShown(p, sb, root)
	if sb.size == 0 {
		sb.size = p.k.memory / 2
	}
	return sb, sb.newRoot(root), OK
}

// tmpfsShown are the options as /proc/mounts shows them: those that are not as they would be anyway.
func tmpfsShown(p *Process, sb *Super, root *Inode) string {
	text := ""
	if sb.size > 0 {
		text += ",size=" + itoa(int(sb.size/1024)) + "k"
	}
	if root.Mode&0o7777 != 0o1777 {
		text += ",mode=" + octal(root.Mode&0o7777)
	}
	if root.UID != 0 {
		text += ",uid=" + utoa(uint64(root.UID))
	}
	if root.GID != 0 {
		text += ",gid=" + utoa(uint64(root.GID))
	}
	return text + ",inode64"
}

func remountSuper(p *Process, sb *Super, ro bool, data string) Errno {
	if sb.kind == "overlay" && !ro && sb.size < 0 {
		return EROFS
	}
	if sb.kind == "tmpfs" {
		if data != "" {
			if e := tmpfsOptions(p, sb, sb.root.ino, data); e != OK {
				return e
			}
			sb.options = tmpfsShown(p, sb, sb.root.ino)
		}
	}
	sb.ro = ro
	return OK
}

func splitOptions(data string) []string {
	return strings.FieldsFunc(data, func(r rune) bool { return r == ',' })
}

// parseSize reads a number of bytes with k, m or g behind it, or a percentage of all.
func parseSize(text string, all int64) (int64, bool) {
	if text == "" {
		return 0, false
	}
	digits := strings.TrimRight(text, "kKmMgGtT%")
	n, ok := parseUint(digits)
	if !ok || len(text)-len(digits) > 1 {
		return 0, false
	}
	v := int64(n)
	switch text[len(digits):] {
	case "k", "K":
		v <<= 10
	case "m", "M":
		v <<= 20
	case "g", "G":
		v <<= 30
	case "t", "T":
		v <<= 40
	case "%":
		v = all / 100 * v
	}
	return v, true
}

func parseOctal(text string) (uint32, bool) {
	n := uint32(0)
	for i := range len(text) {
		if text[i] < '0' || text[i] > '7' {
			return 0, false
		}
		n = n<<3 | uint32(text[i]-'0')
	}
	return n, text != "" && n <= 0o7777
}

func octal(n uint32) string {
	if n == 0 {
		return "0"
	}
	text := ""
	for ; n > 0; n >>= 3 {
		text = string(rune('0'+n&7)) + text
	}
	return text
}

func makeDevpts(p *Process, _, _ string) (*Super, *Dentry, Errno) {
	sb := p.k.newSuper("devpts", p.cred.NS)
	sb.options = ",mode=600,ptmxmode=000"
	return sb, sb.newRoot(sb.inode(p.k, ModeDir|0o755, nil)), OK
}

// mqueue is the directory of an IPC namespace's message queues. Source: mq_overview(7).
type mqueue struct{ none }

func (mqueue) names(_ *Process, d *Dentry) []string { return d.kidNames() }

func (mqueue) create(p *Process, d *Dentry, _ string, mode uint32, _ [2]uint32, _ string) (*Inode, Errno) {
	if mode&ModeType != ModeFile {
		return nil, EPERM
	}
	i := p.newInode(d.ino.sb, d.ino, mode)
	i.virtual = mqueueFile{}
	return i, OK
}

func (mqueue) remove(*Process, *Dentry, *Dentry) Errno { return OK }

type mqueueFile struct{ none }

func (mqueueFile) read(*Process, *File) ([]byte, Errno) {
	return []byte("QSIZE:0          NOTIFY:0     SIGNO:0     NOTIFY_PID:0     \n"), OK
}

func makeMqueue(p *Process, _, _ string) (*Super, *Dentry, Errno) {
	n := p.ns.ipc
	if n.queues == nil {
		n.queues = p.k.newSuper("mqueue", n.owner)
		n.queues.newRoot(n.queues.inode(p.k, ModeDir|0o1777, mqueue{}))
	}
	return n.queues, n.queues.root, OK
}
