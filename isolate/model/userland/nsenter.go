package userland

import "github.com/slipway-dev/slipway/isolate/model"

func nsenter(c *cmd) int {
	kinds, files, args := nsArgs(c.args, "tSG", " target setuid setgid ")
	c.args = args
	f, status := c.parse(options{plain: "aFZ", valued: "tSG", stop: true, usage: "Try 'nsenter --help' for more information.\n", long: map[string]string{"target": "t=", "all": "a", "no-fork": "F",
		"preserve-credentials": "P", "setuid": "S=", "setgid": "G=", "root": "r?", "wd": "w?"}})
	if status != 0 {
		return status
	}
	target := f.values['t']
	if f.has('a') {
		for _, o := range nsOptions {
			kinds |= o.kind.Flag()
		}
	}
	fds := map[model.NSKind]int{}
	for _, o := range nsOptions {
		if !kinds.Has(o.kind) {
			continue
		}
		path := files[o.kind]
		if path == "" {
			if target == "" {
				c.say("nsenter: neither filename nor target pid supplied for ns/", o.file, "\n")
				return 1
			}
			path = "/proc/" + target + "/ns/" + o.file
		}
		if f.has('a') && c.sameNS(path, o.file) {
			continue
		}
		fd, e := c.Open(path, model.ReadOnly|model.CloseExec, 0)
		if e != model.OK {
			c.say("nsenter: cannot open ", path, ": ", e.Text(), "\n")
			return 1
		}
		fds[o.kind] = fd
	}
	rootFD, wdFD := c.openTarget(f, 'r', "root", target), c.openTarget(f, 'w', "cwd", target)
	if status := c.enter(fds, f.has('P')); status != 0 {
		return status
	}
	return c.entered(f, fds, rootFD, wdFD)
}

// sameNS tells whether the process is in the namespace already.
func (c *cmd) sameNS(path, name string) bool {
	a, e1 := c.Readlink(path)
	b, e2 := c.Readlink("/proc/self/ns/" + name)
	return e1 == model.OK && e2 == model.OK && a == b
}

// openTarget opens the root or working directory of the target, if it is asked for.
func (c *cmd) openTarget(f flags, letter byte, name, target string) int {
	if !f.has(letter) {
		return -1
	}
	path := f.values[letter]
	if path == "" {
		path = "/proc/" + target + "/" + name
	}
	fd, e := c.Open(path, model.ReadOnly|model.CloseExec, 0)
	if e != model.OK {
		return -1
	}
	return fd
}

// enter moves into the namespaces: the user namespace first if that helps, else last.
func (c *cmd) enter(fds map[model.NSKind]int, _ bool) int {
	left := len(fds)
	for pass := range 2 {
		for _, o := range nsOptions {
			fd, ok := fds[o.kind]
			if !ok || fd < 0 {
				continue
			}
			e := c.Setns(fd, o.kind, false)
			if e != model.OK && pass == 0 && o.kind == model.UserKind && left > 1 {
				continue
			}
			if e != model.OK {
				c.say("nsenter: reassociate to namespace 'ns/", o.file, "' failed: ", e.Text(), "\n")
				return 1
			}
			c.Close(fd)
			fds[o.kind] = -1
			left--
		}
	}
	return 0
}

func (c *cmd) entered(f flags, fds map[model.NSKind]int, rootFD, wdFD int) int {
	if rootFD >= 0 {
		c.Fchdir(rootFD)
		c.Chroot(".")
	}
	if wdFD >= 0 {
		c.Fchdir(wdFD)
	}
	then := func(c *cmd) int {
		_, user := fds[model.UserKind]
		if user && !f.has('P') {
			c.Setgroups(nil)
			if e := c.Setgid(atoi(f.values['G'])); e != model.OK {
				c.say("nsenter: setgid failed: ", e.Text(), "\n")
				return 1
			}
			if e := c.Setuid(atoi(f.values['S'])); e != model.OK {
				c.say("nsenter: setuid failed: ", e.Text(), "\n")
				return 1
			}
		} else {
			if f.has('G') {
				c.Setgid(atoi(f.values['G']))
			}
			if f.has('S') {
				c.Setuid(atoi(f.values['S']))
			}
		}
		return c.become(f.rest)
	}
	_, pid := fds[model.PIDKind]
	_, clock := fds[model.TimeKind]
	if !pid && !clock || f.has('F') {
		return then(c)
	}
	child, e := c.Fork(func(p *model.Process) int { return then(&cmd{Process: p, name: c.name}) })
	if e != model.OK {
		c.say("nsenter: fork failed: ", e.Text(), "\n")
		return 1
	}
	st, _ := c.Wait(child, true)
	if st.Signal != 0 {
		c.Kill(c.PID(), st.Signal)
	}
	return st.Shell()
}
