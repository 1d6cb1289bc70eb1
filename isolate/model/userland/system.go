package userland

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

func hostname(c *cmd) int {
	f, status := c.parse(options{plain: "sfidy", valued: "F"})
	if status != 0 {
		return status
	}
	if len(f.rest) == 0 && !f.has('F') {
		name := c.Hostname()
		if f.has('s') {
			name, _, _ = strings.Cut(name, ".")
		}
		c.put(name, "\n")
		return 0
	}
	name := ""
	if f.has('F') {
		text, e := c.readFile(f.values['F'])
		if e != model.OK {
			return c.die("can't open '", f.values['F'], "': ", e.Text())
		}
		name = strings.TrimSpace(text)
	} else {
		name = f.rest[0]
	}
	if e := c.Sethostname(name); e != model.OK {
		return c.die("sethostname: ", e.Text())
	}
	return 0
}

func uname(c *cmd) int {
	f, status := c.parse(options{plain: "amnrspvio"})
	if status != 0 {
		return status
	}
	release, _ := c.readFile("/proc/sys/kernel/osrelease")
	version, _ := c.readFile("/proc/sys/kernel/version")
	if release == "" {
		release, version = "6.12.117+deb12-cloud-amd64", "#1 SMP PREEMPT_DYNAMIC"
	}
	var words []string
	for _, p := range []struct {
		letter byte
		text   string
	}{{'s', "Linux"}, {'n', c.Hostname()}, {'r', strings.TrimSpace(release)}, {'v', strings.TrimSpace(version)}, {'m', "x86_64"}, {'o', "GNU/Linux"}} {
		if f.has(p.letter) || f.has('a') || p.letter == 's' && len(f.set) == 0 {
			words = append(words, p.text)
		}
	}
	c.put(strings.Join(words, " "), "\n")
	return 0
}

// mountFlag are the options of a mount that are flags: what they set and what they clear.
var mountFlag = map[string][2]model.MountFlags{
	"ro": {model.MountReadOnly, 0}, "rw": {0, model.MountReadOnly}, "nosuid": {model.MountNoSuid, 0}, "suid": {0, model.MountNoSuid},
	"nodev": {model.MountNoDev, 0}, "dev": {0, model.MountNoDev}, "noexec": {model.MountNoExec, 0}, "exec": {0, model.MountNoExec},
	"noatime": {model.MountNoAtime, 0}, "atime": {0, model.MountNoAtime}, "nodiratime": {model.MountNoDirAtime, 0}, "diratime": {0, model.MountNoDirAtime},
	"relatime": {model.MountRelatime, 0}, "norelatime": {0, model.MountRelatime}, "strictatime": {model.MountStrictAtime, 0}, "defaults": {}, "async": {}, "auto": {}, "noauto": {},
	"nouser": {}, "user": {}, "users": {}, "loud": {}, "sync": {}, "quiet": {}, "_netdev": {},
}

var mountHow = map[string]struct {
	how       model.Propagation
	recursive bool
}{
	"private": {model.Private, false}, "rprivate": {model.Private, true}, "shared": {model.Shared, false}, "rshared": {model.Shared, true},
	"slave": {model.Slave, false}, "rslave": {model.Slave, true}, "unbindable": {model.Unbindable, false}, "runbindable": {model.Unbindable, true},
}

// mountWish is what a command line of mount asks for.
type mountWish struct {
	flags                      model.MountFlags
	data                       []string
	bind, rbind, move, remount bool
	how                        []string
}

func (w *mountWish) option(o string) {
	f, known := mountFlag[o]
	switch {
	case known:
		w.flags = w.flags&^f[1] | f[0]
	case o == "bind":
		w.bind = true
	case o == "rbind":
		w.rbind = true
	case o == "move":
		w.move = true
	case o == "remount":
		w.remount = true
	default:
		name := strings.TrimPrefix(o, "make-")
		if _, ok := mountHow[name]; ok {
			w.how = append(w.how, name)
			return
		}
		w.data = append(w.data, o)
	}
}

func mount(c *cmd) int {
	var w mountWish
	var args []string
	for _, a := range c.args {
		name := strings.TrimPrefix(a, "--")
		_, propagation := mountHow[strings.TrimPrefix(name, "make-")]
		if name != a && (name == "bind" || name == "rbind" || name == "move" || strings.HasPrefix(name, "make-") && propagation) {
			w.option(name)
			continue
		}
		args = append(args, a)
	}
	c.args = args
	f, status := c.parse(options{plain: "arwnfisvl", valued: "toO"})
	if status != 0 {
		return status
	}
	for _, o := range f.list['o'] {
		for _, each := range strings.Split(o, ",") {
			w.option(each)
		}
	}
	if f.has('r') {
		w.flags |= model.MountReadOnly
	}
	if len(f.rest) == 0 {
		return mountShow(c, f.values['t'])
	}
	return w.run(c, f)
}

func mountShow(c *cmd, kind string) int {
	text, e := c.readFile("/proc/mounts")
	if e != model.OK {
		return c.die("no /proc/mounts")
	}
	for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
		if f := strings.Fields(l); len(f) > 3 && (kind == "" || kind == f[2]) && f[0] != "rootfs" {
			c.put(f[0], " on ", f[1], " type ", f[2], " (", f[3], ")\n")
		}
	}
	return 0
}

func (w *mountWish) run(c *cmd, f flags) int {
	source, target := f.rest[0], f.rest[len(f.rest)-1]
	if len(f.rest) == 1 && len(w.how) == 0 && !w.remount {
		c.err("can't find ", target, " in /etc/fstab")
		return 1
	}
	if len(f.rest) == 1 && w.remount {
		found := false
		text, _ := c.readFile("/proc/mounts")
		for _, l := range strings.Split(text, "\n") {
			if m := strings.Fields(l); len(m) > 3 && (m[1] == target || m[0] == target) {
				source, target, found = m[0], m[1], true
				// What the mount has stays, unless it is said.
				var kept mountWish
				for _, o := range strings.Split(m[3], ",") {
					if _, known := mountFlag[o]; known {
						kept.option(o)
					}
				}
				for _, o := range f.list['o'] {
					for _, each := range strings.Split(o, ",") {
						kept.option(each)
					}
				}
				w.flags = kept.flags
			}
		}
		if !found {
			c.err("can't find ", target, " in /proc/mounts")
			return 1
		}
	}
	e := model.OK
	data := strings.Join(w.data, ",")
	switch {
	case w.remount:
		e = c.Remount(target, w.flags, data, w.bind)
	case w.move:
		e = c.Move(source, target)
	case w.bind || w.rbind:
		e = c.Bind(source, target, w.rbind)
	case len(w.how) > 0 && f.values['t'] == "":
	default:
		kind := f.values['t']
		if kind == "" || kind == "auto" {
			kind = "none"
		}
		e = c.Mount(source, target, kind, w.flags, data)
	}
	for _, how := range w.how {
		if e == model.OK {
			h := mountHow[how]
			e = c.Propagate(target, h.how, h.recursive)
		}
	}
	switch {
	case e == model.OK:
		return 0
	case len(f.rest) == 1 && len(w.how) > 0:
		return c.die(target, ": ", e.Text())
	case e == model.EPERM:
		return c.die("permission denied (are you root?)")
	}
	c.err("mounting ", source, " on ", target, " failed: ", e.Text())
	return 255
}

func umount(c *cmd) int {
	f, status := c.parse(options{plain: "fldnravD", valued: "t"})
	if status != 0 {
		return status
	}
	targets := f.rest
	if f.has('a') {
		text, _ := c.readFile("/proc/mounts")
		for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
			if m := strings.Fields(l); len(m) > 3 && (!f.has('t') || m[2] == f.values['t']) {
				targets = append(targets, m[1])
			}
		}
		slices.Reverse(targets)
	}
	if len(targets) == 0 {
		c.say(usageOf("umount", "[-rlfda] [-t FSTYPE] FILESYSTEM|DIRECTORY"))
		return 1
	}
	for _, t := range targets {
		if e := c.Umount(t, f.has('l')); e != model.OK {
			c.err("can't unmount ", t, ": ", e.Text())
		}
	}
	return c.fail
}

func chroot(c *cmd) int {
	if len(c.args) == 0 {
		c.say(usageOf("chroot", "NEWROOT [PROG ARGS]"))
		return 1
	}
	e := c.Chroot(c.args[0])
	if e != model.OK {
		return c.die("can't change root directory to '", c.args[0], "': ", e.Text())
	}
	c.Chdir("/")
	args := c.args[1:]
	if len(args) == 0 {
		shellPath := envOf(c.Env(), "SHELL")
		if shellPath == "" {
			shellPath = "/bin/sh"
		}
		args = []string{shellPath, "-i"}
	}
	e = c.execvp(args)
	c.err("can't execute '", args[0], "': ", e.Text())
	if e == model.ENOENT {
		return 127
	}
	return 126
}

func pivotRoot(c *cmd) int {
	if len(c.args) != 2 {
		c.say(usageOf("pivot_root", "NEW_ROOT PUT_OLD"))
		return 1
	}
	if e := c.PivotRoot(c.args[0], c.args[1]); e != model.OK {
		return c.die("pivot_root: ", e.Text())
	}
	return 0
}

func mountpoint(c *cmd) int {
	f, status := c.parse(options{plain: "qdxn"})
	if status != 0 {
		return status
	}
	if len(f.rest) != 1 {
		c.say(usageOf("mountpoint", "[-q] { [-dn] DIR | -x DEVICE }"))
		return 1
	}
	path := f.rest[0]
	st, e := c.Stat(path)
	if e != model.OK {
		if !f.has('q') {
			c.err(path, ": ", e.Text())
		}
		return 1
	}
	up, _ := c.Stat(join(path, ".."))
	is := st.Mode&model.ModeType == model.ModeDir && (st.Dev != up.Dev || st.Ino == up.Ino)
	if !f.has('q') {
		text := " is not a mountpoint\n"
		if is {
			text = " is a mountpoint\n"
		}
		c.put(path, text)
	}
	return boolStatus(is)
}

func nproc(c *cmd) int {
	c.put("1\n")
	return 0
}

func which(c *cmd) int {
	for _, name := range c.args {
		found := false
		for _, dir := range strings.Split(pathOf(c.Env()), ":") {
			path := join(dir, name)
			if strings.Contains(name, "/") {
				path = name
			}
			if st, e := c.Stat(path); e == model.OK && st.Mode&model.ModeType == model.ModeFile && c.Access(path, 1) == model.OK {
				c.put(path, "\n")
				found = true
				break
			}
		}
		if !found {
			c.fail = 1
		}
	}
	return c.fail
}
