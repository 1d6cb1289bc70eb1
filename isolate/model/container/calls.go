package container

import (
	"encoding/binary"

	"github.com/slipway-dev/slipway/isolate"
	"github.com/slipway-dev/slipway/isolate/model"
)

// caller makes a step's call with its arguments.
type caller func(r *run, p *model.Process, a []isolate.Arg) (int64, model.Errno)

// callers are the system calls plans are made of, as the model kernel has them.
var callers = map[string]caller{
	"capset": capset, "chdir": plain(func(r *run, p *model.Process, a []isolate.Arg) model.Errno { return p.Chdir(r.text(a[0])) }),
	"check":       plain(check),
	"close":       plain(func(r *run, p *model.Process, a []isolate.Arg) model.Errno { return p.Close(r.fd(a[0])) }),
	"close_range": plain(closeRange),
	"dup3":        plain(func(r *run, p *model.Process, a []isolate.Arg) model.Errno { return p.Dup2(r.fd(a[0]), r.fd(a[1])) }),
	"execve":      plain(execve),
	"fchdir":      plain(func(r *run, p *model.Process, a []isolate.Arg) model.Errno { return p.Fchdir(r.fd(a[0])) }),
	"fcntl": func(r *run, p *model.Process, a []isolate.Arg) (int64, model.Errno) {
		return wide(p.Dup(r.fd(a[0]), r.fd(a[2]), true))
	},
	"fsconfig": plain(fsconfig), "fsmount": fsmount,
	"fsopen": func(r *run, p *model.Process, a []isolate.Arg) (int64, model.Errno) {
		return wide(p.FsOpen(r.text(a[0])))
	},
	"ioctl": plain(ioctl), "keyctl": unknown,
	// A ruleset is its one rule: what lies below a directory may be executed.
	"landlock_create_ruleset": socket,
	"landlock_add_rule": plain(func(r *run, _ *model.Process, a []isolate.Arg) model.Errno {
		r.programs = int(r.results[uint32(a[2].Value)])
		return model.OK
	}),
	"landlock_restrict_self": plain(func(r *run, p *model.Process, _ []isolate.Arg) model.Errno { return p.Landlock(r.programs) }),
	"mkdirat": plain(func(r *run, p *model.Process, a []isolate.Arg) model.Errno {
		return p.At(r.fd(a[0]), func() model.Errno { return p.Mkdir(r.text(a[1]), uint32(a[2].Value)) })
	}),
	"mknodat": plain(mknodat), "mount": plain(mount), "mount_setattr": plain(mountSetattr),
	"move_mount": plain(func(r *run, p *model.Process, a []isolate.Arg) model.Errno {
		return p.MoveMount(r.fd(a[0]), r.text(a[1]), r.fd(a[2]), r.text(a[3]))
	}),
	"open_tree": func(r *run, p *model.Process, a []isolate.Arg) (int64, model.Errno) {
		return wide(p.OpenTree(r.fd(a[0]), r.text(a[1]), a[2].Value&recursive != 0))
	},
	"openat": openat, "openat2": openat2, "pivot_root": plain(pivotRoot), "prctl": plain(prctl), "prlimit64": plain(prlimit), "read": read,
	"rt_sigprocmask": plain(nothing), "seccomp": plain(seccomp), "setgroups": plain(setgroups),
	"sethostname": plain(func(r *run, p *model.Process, a []isolate.Arg) model.Errno { return p.Sethostname(r.text(a[0])) }),
	"setresgid":   plain(func(r *run, p *model.Process, a []isolate.Arg) model.Errno { return p.Setresgid(three(a)) }),
	"setresuid":   plain(func(r *run, p *model.Process, a []isolate.Arg) model.Errno { return p.Setresuid(three(a)) }),
	"setsid":      plain(func(_ *run, p *model.Process, _ []isolate.Arg) model.Errno { return p.Setsid() }),
	"socket":      socket, "statx": plain(statx),
	"symlinkat": plain(func(r *run, p *model.Process, a []isolate.Arg) model.Errno {
		return p.At(r.fd(a[1]), func() model.Errno { return p.Symlink(r.text(a[0]), r.text(a[2])) })
	}),
	"umask": plain(func(_ *run, p *model.Process, a []isolate.Arg) model.Errno {
		p.Umask(uint32(a[0].Value))
		return model.OK
	}),
	"umount2": plain(func(r *run, p *model.Process, a []isolate.Arg) model.Errno {
		return p.Umount(r.text(a[0]), a[1].Value&lazy != 0)
	}),
	"unlinkat": plain(unlinkat),
	"unshare": plain(func(_ *run, p *model.Process, a []isolate.Arg) model.Errno {
		return p.Unshare(model.NSFlagsOf(a[0].Value))
	}),
	"write": func(r *run, p *model.Process, a []isolate.Arg) (int64, model.Errno) {
		return wide(p.Write(r.fd(a[0]), []byte(r.text(a[1]))))
	},
}

// Flags and operations, as the kernel's headers number them.
const (
	recursive    = 0x8000 // AT_RECURSIVE
	lazy         = 0x2    // MNT_DETACH
	removeDir    = 0x200  // AT_REMOVEDIR
	configString = 1      // FSCONFIG_SET_STRING
	configFlag   = 0      // FSCONFIG_SET_FLAG
	msRec        = 0x4000
	noSymlinks   = 0x04 // RESOLVE_NO_SYMLINKS
	inRoot       = 0x10 // RESOLVE_IN_ROOT
	setKeepCaps  = 8
	dropBounding = 24
	noNewPrivs   = 38
	ambient      = 47
	ambientRaise = 2
	ambientClear = 4
)

// call makes one step's call.
func (r *run) call(p *model.Process, s *isolate.Step) (int64, model.Errno) {
	if c := callers[s.Call]; c != nil {
		return c(r, p, s.Args)
	}
	return 0, model.ENOSYS
}

// plain is a call whose result is of no interest.
func plain(f func(r *run, p *model.Process, a []isolate.Arg) model.Errno) caller {
	return func(r *run, p *model.Process, a []isolate.Arg) (int64, model.Errno) { return 0, f(r, p, a) }
}

func wide(n int, e model.Errno) (int64, model.Errno) { return int64(n), e }

func unknown(*run, *model.Process, []isolate.Arg) (int64, model.Errno) { return 0, model.ENOSYS }

func nothing(*run, *model.Process, []isolate.Arg) model.Errno { return model.OK }

// fd is an argument as a descriptor.
func (r *run) fd(a isolate.Arg) int { return int(int32(r.value(a))) }

func three(a []isolate.Arg) (x, y, z int) {
	return int(int32(a[0].Value)), int(int32(a[1].Value)), int(int32(a[2].Value))
}

func openat(r *run, p *model.Process, a []isolate.Arg) (int64, model.Errno) {
	var fd int
	e := p.At(r.fd(a[0]), func() (e model.Errno) {
		fd, e = p.Open(r.text(a[1]), int(a[2].Value), 0)
		return e
	})
	return wide(fd, e)
}

// openat2 reads struct open_how: the flags, the mode, and how the path is resolved.
func openat2(r *run, p *model.Process, a []isolate.Arg) (int64, model.Errno) {
	flags, how := binary.LittleEndian.Uint64(a[2].Bytes), binary.LittleEndian.Uint64(a[2].Bytes[16:])
	if how&inRoot != 0 {
		return wide(p.OpenIn(r.fd(a[0]), r.text(a[1]), int(flags), how&noSymlinks != 0))
	}
	var fd int
	e := p.At(r.fd(a[0]), func() (e model.Errno) {
		fd, e = p.Open(r.text(a[1]), int(flags), 0)
		return e
	})
	return wide(fd, e)
}

func read(r *run, p *model.Process, a []isolate.Arg) (int64, model.Errno) {
	data, e := p.Read(r.fd(a[0]), int(a[2].Value))
	b := make([]byte, a[1].Value>>32)
	copy(b, data)
	r.buffers[uint32(a[1].Value)] = b
	return wide(len(data), e)
}

func execve(r *run, p *model.Process, a []isolate.Arg) model.Errno {
	return p.Exec(r.text(a[0]), a[1].List, a[2].List)
}

func closeRange(r *run, p *model.Process, a []isolate.Arg) model.Errno {
	p.CloseOnExec(r.fd(a[0]))
	return model.OK
}

func unlinkat(r *run, p *model.Process, a []isolate.Arg) model.Errno {
	return p.At(r.fd(a[0]), func() model.Errno {
		if a[2].Value&removeDir != 0 {
			return p.Rmdir(r.text(a[1]))
		}
		return p.Unlink(r.text(a[1]))
	})
}

func mknodat(r *run, p *model.Process, a []isolate.Arg) model.Errno {
	dev := a[3].Value
	return p.At(r.fd(a[0]), func() model.Errno {
		return p.Mknod(r.text(a[1]), uint32(a[2].Value), uint32(dev>>8&0xfff), uint32(dev&0xff|dev>>12&0xffffff00))
	})
}

// socket and ioctl are there for one thing, to raise the loopback; the model asks for no socket to do it.
func socket(_ *run, p *model.Process, _ []isolate.Arg) (int64, model.Errno) {
	in, out, e := p.Pipe()
	p.Close(out)
	return wide(in, e)
}

func ioctl(_ *run, p *model.Process, a []isolate.Arg) model.Errno {
	const setFlags = 0x8914 // SIOCSIFFLAGS
	if a[1].Value != setFlags {
		return model.ENOTTY
	}
	if err := p.LinkUp("lo", true); err != nil {
		return model.EPERM
	}
	return model.OK
}

// statx fills in what a plan asks of it: the type of a file and which device it is.
func statx(r *run, p *model.Process, a []isolate.Arg) model.Errno {
	st, e := p.Fstat(r.fd(a[0]))
	if e != model.OK {
		return e
	}
	b := make([]byte, a[len(a)-1].Value>>32)
	binary.LittleEndian.PutUint16(b[28:], uint16(st.Mode))
	binary.LittleEndian.PutUint32(b[128:], st.Major)
	binary.LittleEndian.PutUint32(b[132:], st.Minor)
	r.buffers[uint32(a[len(a)-1].Value)] = b
	return model.OK
}

// check is the one step that is no call. It fails with a number no call returns.
func check(r *run, _ *model.Process, a []isolate.Arg) model.Errno {
	if uint64(r.value(a[0]))&a[1].Value != a[2].Value {
		return 4095
	}
	return model.OK
}
