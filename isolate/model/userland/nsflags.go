package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// nsOptions are the options of unshare and nsenter for kinds of namespaces.
var nsOptions = []struct {
	letter byte
	long   string
	kind   model.NSKind
	file   string
}{
	{'U', "user", model.UserKind, "user"}, {'C', "cgroup", model.CgroupKind, "cgroup"}, {'i', "ipc", model.IPCKind, "ipc"}, {'u', "uts", model.UTSKind, "uts"},
	{'n', "net", model.NetKind, "net"}, {'p', "pid", model.PIDKind, "pid"}, {'m', "mount", model.MntKind, "mnt"}, {'T', "time", model.TimeKind, "time"},
}

// nsArgs makes "-mFILE" and "--uts=FILE" what parse understands: kinds have optional values that only stand right behind them.
func nsArgs(args []string, letters, words string) (kinds model.NSFlags, files map[model.NSKind]string, rest []string) {
	files = map[model.NSKind]string{}
	for i := 0; i < len(args); i++ {
		a := args[i]
		if a == "--" || len(a) < 2 || a[0] != '-' {
			return kinds, files, append(rest, args[i:]...)
		}
		if name, value, given := strings.Cut(strings.TrimPrefix(a, "--"), "="); strings.HasPrefix(a, "--") {
			found := false
			for _, o := range nsOptions {
				if o.long == name {
					kinds |= o.kind.Flag()
					if given {
						files[o.kind] = value
					}
					found = true
				}
			}
			if !found {
				rest = append(rest, a)
				if !given && strings.Contains(words, " "+name+" ") && i+1 < len(args) {
					i++
					rest = append(rest, args[i])
				}
			}
			continue
		}
		keep := "-"
		for k := 1; k < len(a); k++ {
			o := -1
			for n := range nsOptions {
				if nsOptions[n].letter == a[k] {
					o = n
				}
			}
			if o < 0 {
				keep += a[k : k+1]
				if strings.IndexByte(letters, a[k]) >= 0 {
					keep += a[k+1:]
					break
				}
				continue
			}
			kinds |= nsOptions[o].kind.Flag()
			if k+1 < len(a) && (a[k+1] == '=' || a[k+1] == '/') {
				files[nsOptions[o].kind] = strings.TrimPrefix(a[k+1:], "=")
				break
			}
		}
		if keep != "-" {
			rest = append(rest, keep)
			if len(keep) == 2 && strings.IndexByte(letters, keep[1]) >= 0 && i+1 < len(args) {
				i++
				rest = append(rest, args[i])
			}
		}
	}
	return kinds, files, rest
}

const tryUnshare = "Try 'unshare --help' for more information.\n"

func unshare(c *cmd) int {
	kinds, files, args := nsArgs(c.args, "RwSGl", " propagation root wd setuid setgid map-user map-group monotonic boottime map-users map-groups setgroups ")
	c.args = args
	f, status := c.parse(options{plain: "frc", valued: "RwSG", stop: true, usage: tryUnshare, long: map[string]string{"fork": "f", "map-root-user": "r", "map-current-user": "c",
		"kill-child": "k?", "mount-proc": "P?", "propagation": "o=", "root": "R=", "wd": "w=", "setuid": "S=", "setgid": "G=", "map-user": "1=", "map-group": "2=",
		"monotonic": "3=", "boottime": "4=", "keep-caps": "K", "map-auto": "a", "map-users": "5=", "map-groups": "6=", "setgroups": "7="}})
	if status != 0 {
		return status
	}
	u := &unsharer{c: c, f: f, kinds: kinds, files: files}
	return u.run()
}

type unsharer struct {
	c     *cmd
	f     flags
	kinds model.NSFlags
	files map[model.NSKind]string
}

func (u *unsharer) fail(text string, e model.Errno) int {
	u.c.say("unshare: ", text, ": ", e.Text(), "\n")
	return 1
}

func (u *unsharer) run() int {
	c, f := u.c, u.f
	if f.has('r') || f.has('c') || f.has('1') || f.has('2') || f.has('5') || f.has('6') {
		u.kinds |= model.UserKind.Flag()
	}
	if f.has('P') {
		u.kinds |= model.MntKind.Flag()
	}
	if (f.has('3') || f.has('4')) && !u.kinds.Has(model.TimeKind) {
		u.kinds |= model.TimeKind.Flag()
	}
	uids, gids, _ := c.IDs()
	if e := c.Unshare(u.kinds); e != model.OK {
		return u.fail("unshare failed", e)
	}
	if status := u.maps(uids[1], gids[1]); status != 0 {
		return status
	}
	for _, clock := range []struct {
		letter byte
		name   string
	}{{'3', "monotonic"}, {'4', "boottime"}} {
		if f.has(clock.letter) {
			if e := c.writeFile("/proc/self/timens_offsets", clock.name+" "+f.values[clock.letter]+" 0"); e != model.OK {
				return u.fail("failed to write to /proc/self/timens_offsets", e)
			}
		}
	}
	if len(u.files) > 0 {
		if status := u.keep(); status != 0 {
			return status
		}
	}
	if f.has('f') || f.has('k') {
		return u.fork()
	}
	return u.inside()
}

// maps writes uid_map and gid_map.
func (u *unsharer) maps(uid, gid uint32) int {
	c, f := u.c, u.f
	inside := func(letter byte, own uint32) (string, bool) {
		switch {
		case f.has('r'):
			return "0", true
		case f.has('c'):
			return itoa(int(own)), true
		case f.has(letter):
			return f.values[letter], true
		}
		return "", false
	}
	write := func(file, text string) int {
		if e := c.writeFile("/proc/self/"+file, text); e != model.OK {
			return u.fail("write failed /proc/self/"+file, e)
		}
		return 0
	}
	if in, ok := inside('1', uid); ok {
		if status := write("uid_map", in+" "+itoa(int(uid))+" 1"); status != 0 {
			return status
		}
	}
	if f.has('7') {
		if status := write("setgroups", f.values['7']); status != 0 {
			return status
		}
	}
	if in, ok := inside('2', gid); ok {
		if !f.has('7') {
			if status := write("setgroups", "deny"); status != 0 {
				return status
			}
		}
		return write("gid_map", in+" "+itoa(int(gid))+" 1")
	}
	return 0
}

// keep binds the files of namespaces to where they were asked for, from outside the new mount namespace.
func (u *unsharer) keep() int {
	c := u.c
	for _, o := range nsOptions {
		path, ok := u.files[o.kind]
		if !ok {
			continue
		}
		name := o.file
		if o.kind == model.PIDKind || o.kind == model.TimeKind {
			name += "_for_children"
		}
		if e := c.Bind("/proc/self/ns/"+name, path, false); e != model.OK {
			return u.fail("mount /proc/self/ns/"+name+" on "+path+" failed", e)
		}
	}
	return 0
}

// fork lets a child be the program, and ends as it ends.
func (u *unsharer) fork() int {
	c := u.c
	pid, e := c.Fork(func(p *model.Process) int {
		child := &unsharer{c: &cmd{Process: p, name: c.name}, f: u.f, kinds: u.kinds}
		return child.inside()
	})
	if e != model.OK {
		return u.fail("fork failed", e)
	}
	for {
		st, e := c.Wait(pid, true)
		switch {
		case e == model.EINTR:
		case e != model.OK:
			return 1
		case st.Signal != 0:
			c.Kill(c.PID(), st.Signal)
			return 128 + st.Signal
		default:
			return st.Code
		}
	}
}

// inside is what is done in the new namespaces before the program is run.
func (u *unsharer) inside() int {
	c, f := u.c, u.f
	if u.kinds.Has(model.MntKind) && f.values['o'] != "unchanged" {
		how, recursive := model.Private, true
		switch f.values['o'] {
		case "shared":
			how = model.Shared
		case "slave":
			how = model.Slave
		}
		if e := c.Propagate("/", how, recursive); e != model.OK {
			return u.fail("cannot change root filesystem propagation", e)
		}
	}
	if f.has('R') {
		if e := c.Chroot(f.values['R']); e != model.OK {
			return u.fail("cannot change root directory to '"+f.values['R']+"'", e)
		}
		c.Chdir("/")
	}
	if f.has('w') {
		if e := c.Chdir(f.values['w']); e != model.OK {
			return u.fail("cannot chdir to '"+f.values['w']+"'", e)
		}
	}
	if f.has('P') {
		at := f.values['P']
		if at == "" {
			at = "/proc"
		}
		if e := c.Propagate(at, model.Private, true); e != model.OK && e != model.EINVAL {
			return u.fail("cannot change "+at+" filesystem propagation", e)
		}
		if e := c.Mount("proc", at, "proc", model.MountNoSuid|model.MountNoExec|model.MountNoDev, ""); e != model.OK {
			return u.fail("mount "+at+" failed", e)
		}
	}
	if f.has('G') {
		c.Setgroups(nil)
		if e := c.Setgid(atoi(f.values['G'])); e != model.OK {
			return u.fail("setgid failed", e)
		}
	}
	if f.has('S') {
		if e := c.Setuid(atoi(f.values['S'])); e != model.OK {
			return u.fail("setuid failed", e)
		}
	}
	if f.has('K') {
		cred := c.Cred()
		c.Capset(cred.Effective, cred.Permitted, cred.Permitted)
		for i := range model.CapNames {
			if cred.Permitted.Has(model.Cap(i)) {
				c.SetAmbient(model.Cap(i), true)
			}
		}
	}
	return c.become(f.rest)
}

// become runs the program, or a shell if there is none named.
func (c *cmd) become(args []string) int {
	if len(args) == 0 {
		sh := envOf(c.Env(), "SHELL")
		if sh == "" {
			sh = "/bin/sh"
		}
		args = []string{sh}
	}
	e := c.execvp(args)
	c.say(c.name, ": failed to execute ", args[0], ": ", e.Text(), "\n")
	if e == model.ENOENT {
		return 127
	}
	return 126
}
