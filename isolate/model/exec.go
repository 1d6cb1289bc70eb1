package model

import "strings"

// ProgramFile is the content of a file that is a program: the kernel knows it by name. A dynamic one needs the loader below /lib64.
func ProgramFile(name string, dynamic bool) string {
	if dynamic {
		return "\x7fELF\x02dyn:" + name + "\n"
	}
	return "\x7fELF\x02static:" + name + "\n"
}

const loader = "/lib64/ld-linux-x86-64.so.2"

// Exec replaces the program. It returns only if that fails.
//
// Errors: ENOENT, EACCES (no x bit, no regular file, a noexec mount), ENOEXEC (neither a program nor a script), E2BIG, EPERM (the file's
// capabilities are not in the bounding set). Source: execve(2).
func (p *Process) Exec(path string, args, env []string) Errno {
	p.Spend(400_000)
	p.deliver()
	for depth := 0; ; depth++ {
		if depth > 4 {
			return ELOOP
		}
		at, e := p.lookup(path, follow)
		if e != OK {
			return e
		}
		i := at.d.ino
		if !i.isRegular() || at.mnt.flags&MountNoExec != 0 {
			return EACCES
		}
		if e := p.permission(at, mayExec); e != OK {
			return e
		}
		if !p.mayBeProgram(at) {
			return EACCES
		}
		text := string(i.data)
		if line, ok := strings.CutPrefix(text, "#!"); ok {
			path, args = script(line, path, args)
			if path == "" {
				return ENOEXEC
			}
			continue
		}
		prog, e := p.program(text)
		if e != OK {
			return e
		}
		return p.replace(prog, at, path, args, env)
	}
}

// script is the interpreter of a #! line and its arguments.
func script(text, path string, args []string) (string, []string) {
	line, _, _ := strings.Cut(text, "\n")
	interpreter, arg, _ := strings.Cut(strings.Trim(line, " \t"), " ")
	n := []string{interpreter}
	if arg = strings.Trim(arg, " \t"); arg != "" {
		n = append(n, arg)
	}
	n = append(n, path)
	if len(args) > 1 {
		n = append(n, args[1:]...)
	}
	return interpreter, n
}

func (p *Process) program(text string) (Program, Errno) {
	kind, rest, ok := strings.Cut(strings.TrimPrefix(text, "\x7fELF\x02"), ":")
	if !ok || !strings.HasPrefix(text, "\x7fELF\x02") {
		return nil, ENOEXEC
	}
	name, _, _ := strings.Cut(rest, "\n")
	prog := p.k.programs[name]
	if prog == nil {
		return nil, ENOEXEC
	}
	if kind == "dyn" {
		if _, e := p.lookup(loader, follow); e != OK {
			return nil, e
		}
	}
	return prog, OK
}

// replace is the point of no return.
func (p *Process) replace(prog Program, at Path, path string, args, env []string) Errno {
	if e := p.execCred(at); e != OK {
		return e
	}
	for fd := range p.fds {
		if p.fds[fd].cloexec {
			p.Close(fd)
		}
	}
	for sig := range p.actions {
		if p.actions[sig] == Caught {
			p.actions[sig] = Default
		}
	}
	p.caught = nil
	p.ns.time = p.ns.timeKid
	p.ns.time.used = true
	p.uncharge()
	p.exe = at
	p.Comm = path[strings.LastIndexByte(path, '/')+1:]
	if len(p.Comm) > 15 {
		p.Comm = p.Comm[:15]
	}
	p.args, p.env = args, env
	p.Grow(programSize)
	p.next = prog
	panic(replaced{})
}

// execCred are the credentials under the new program.
func (p *Process) execCred(at Path) Errno {
	i, c := at.d.ino, *p.cred
	old := p.cred
	nosuid := at.mnt.flags&MountNoSuid != 0 || !c.NS.within(at.mnt.sb.owner)
	if !nosuid && !c.NoNewPrivs && c.NS.UIDs.has(i.UID) && c.NS.GIDs.has(i.GID) {
		if i.Mode&ModeSetUID != 0 {
			c.EUID = i.UID
		}
		if i.Mode&ModeSetGID != 0 && i.Mode&0o010 != 0 {
			c.EGID = i.GID
		}
	}
	caps := i.caps
	if nosuid || caps != nil && !rootIn(c.NS, caps.RootID) {
		caps = nil
	}
	if e := c.execCaps(caps, old); e != OK {
		return e
	}
	p.dumpable = p.permission(at, mayRead) == OK && c.EUID == c.UID && c.EGID == c.GID
	p.cred = &c
	return OK
}

// rootIn tells whether a user is root in the namespace or one above it.
func rootIn(ns *UserNS, uid uint32) bool {
	for ; ns != nil; ns = ns.parent {
		if ns.UIDs.out(0) == uid {
			return true
		}
	}
	return false
}

// programSize is what a program takes before it asks for more.
const programSize = 48 << 10
