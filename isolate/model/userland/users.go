package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// user is a line of /etc/passwd, group one of /etc/group.
type user struct {
	name     string
	uid, gid uint32
	home, sh string
}

type group struct {
	name    string
	gid     uint32
	members []string
}

func (c *cmd) users() []user {
	text, _ := c.readFile("/etc/passwd")
	var list []user
	for _, l := range strings.Split(text, "\n") {
		if f := strings.Split(l, ":"); len(f) >= 7 {
			list = append(list, user{f[0], uint32(atoi(f[2])), uint32(atoi(f[3])), f[5], f[6]})
		}
	}
	return list
}

func (c *cmd) groups() []group {
	text, _ := c.readFile("/etc/group")
	var list []group
	for _, l := range strings.Split(text, "\n") {
		if f := strings.Split(l, ":"); len(f) >= 4 {
			g := group{name: f[0], gid: uint32(atoi(f[2]))}
			if f[3] != "" {
				g.members = strings.Split(f[3], ",")
			}
			list = append(list, g)
		}
	}
	return list
}

func (c *cmd) userByName(name string) (user, bool) {
	for _, u := range c.users() {
		if u.name == name {
			return u, true
		}
	}
	return user{}, false
}

// userName is the name of a number, "" if it has none.
func (c *cmd) userName(uid uint32) string {
	for _, u := range c.users() {
		if u.uid == uid {
			return u.name
		}
	}
	return ""
}

func (c *cmd) groupName(gid uint32) string {
	for _, g := range c.groups() {
		if g.gid == gid {
			return g.name
		}
	}
	return ""
}

func (c *cmd) groupByName(name string) (uint32, bool) {
	for _, g := range c.groups() {
		if g.name == name {
			return g.gid, true
		}
	}
	return 0, false
}

// initGroups are the groups of a user: the one given, and those that name him.
func (c *cmd) initGroups(name string, gid uint32) []uint32 {
	list := []uint32{gid}
	for _, g := range c.groups() {
		if contains2(g.members, name) && g.gid != gid {
			list = append(list, g.gid)
		}
	}
	return list
}

// number reads a number, or false.
func number(word string) (int, bool) {
	if word == "" || strings.Trim(word, "0123456789") != "" || len(word) > 10 {
		return 0, false
	}
	return atoi(word), true
}

func idMain(c *cmd) int {
	f, status := c.parse(options{plain: "ugGnr", usage: "BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n\nUsage: id [-ugGnr] [USER]\n"})
	if status != 0 {
		return status
	}
	uids, gids, groups := c.IDs()
	uid, gid, euid, egid := uids[0], gids[0], uids[1], gids[1]
	if len(f.rest) > 0 {
		u, ok := c.userByName(f.rest[0])
		if !ok {
			return c.die("unknown user ", f.rest[0])
		}
		uid, gid, euid, egid = u.uid, u.gid, u.uid, u.gid
		groups = c.initGroups(u.name, u.gid)
	}
	show := func(n uint32, name string) string {
		if f.has('n') {
			if name != "" {
				return name
			}
			c.err("unknown ID ", itoa(int(n)))
		}
		return itoa(int(n))
	}
	if !f.has('r') {
		uid, euid, gid, egid = euid, uid, egid, gid
	}
	switch {
	case f.has('u'):
		c.put(show(uid, c.userName(uid)), "\n")
		return c.fail
	case f.has('g'):
		c.put(show(gid, c.groupName(gid)), "\n")
		return c.fail
	case f.has('G'):
		c.put(show(gid, c.groupName(gid)))
		for _, g := range groups {
			if g != gid {
				c.put(" ", show(g, c.groupName(g)))
			}
		}
		c.put("\n")
		return c.fail
	}
	if !f.has('r') {
		uid, euid, gid, egid = euid, uid, egid, gid
	}
	pair := func(label string, n uint32, name string) {
		c.put(label, itoa(int(n)))
		if name != "" {
			c.put("(", name, ")")
		}
	}
	pair("uid=", uid, c.userName(uid))
	pair(" gid=", gid, c.groupName(gid))
	if euid != uid {
		pair(" euid=", euid, c.userName(euid))
	}
	if egid != gid {
		pair(" egid=", egid, c.groupName(egid))
	}
	for i, g := range groups {
		label := ","
		if i == 0 {
			label = " groups="
		}
		pair(label, g, c.groupName(g))
	}
	c.put("\n")
	return c.fail
}

func whoami(c *cmd) int {
	uids, _, _ := c.IDs()
	name := c.userName(uids[1])
	if name == "" {
		return c.die("unknown uid ", itoa(int(uids[1])))
	}
	c.put(name, "\n")
	return 0
}

// groupsMain prints the names of the process' groups.
func groupsMain(c *cmd) int {
	c.args = append([]string{"-Gn"}, c.args...)
	return idMain(c)
}

// su becomes another user, with a shell.
func su(c *cmd) int {
	f, status := c.parse(options{plain: "lmp", valued: "cs", stop: false})
	if status != 0 {
		return status
	}
	rest := f.rest
	login := f.has('l')
	if len(rest) > 0 && rest[0] == "-" {
		login = true
		rest = rest[1:]
	}
	name := "root"
	if len(rest) > 0 {
		name = rest[0]
		rest = rest[1:]
	}
	u, ok := c.userByName(name)
	if !ok {
		return c.die("unknown user ", name)
	}
	if uids, _, _ := c.IDs(); uids[0] != 0 {
		c.say("su: must be suid to work properly\n")
		return 1
	}
	if e := c.Setgroups(c.initGroups(u.name, u.gid)); e != model.OK {
		return c.die("can't set groups: ", e.Text())
	}
	if e := c.Setgid(int(u.gid)); e != model.OK {
		return c.die("setgid: ", e.Text())
	}
	if e := c.Setuid(int(u.uid)); e != model.OK {
		return c.die("setuid: ", e.Text())
	}
	shellPath := u.sh
	if f.values['s'] != "" {
		shellPath = f.values['s']
	}
	env := c.Env()
	if login {
		c.Chdir(u.home)
		env = []string{"TERM=" + envOf(env, "TERM"), "PATH=/bin:/usr/bin"}
	}
	if !f.has('m') && !f.has('p') {
		env = setEnv(env, "HOME", u.home)
		env = setEnv(env, "SHELL", shellPath)
		if u.uid != 0 || login {
			env = setEnv(env, "USER", u.name)
			env = setEnv(env, "LOGNAME", u.name)
		}
	}
	arg0 := base(shellPath)
	if login {
		arg0 = "-" + arg0
	}
	args := []string{arg0}
	if f.has('c') {
		args = append(args, "-c", f.values['c'])
	}
	e := c.Exec(shellPath, append(args, rest...), env)
	c.die("can't execute '", shellPath, "': ", e.Text())
	return 127
}

func envOf(env []string, name string) string {
	for _, e := range env {
		if v, ok := strings.CutPrefix(e, name+"="); ok {
			return v
		}
	}
	return ""
}

// setEnv is the environment with a variable set.
func setEnv(env []string, name, value string) []string {
	var out []string
	found := false
	for _, e := range env {
		if strings.HasPrefix(e, name+"=") {
			e = name + "=" + value
			found = true
		}
		out = append(out, e)
	}
	if !found {
		out = append(out, name+"="+value)
	}
	return out
}
