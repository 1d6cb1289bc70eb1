package userland

import (
	"strings"

	"github.com/slipway-dev/slipway/isolate/model"
)

// ipCmd is a command line of ip, from left to right.
type ipCmd struct {
	*cmd
	brief, oneLine bool
	words          []string
}

// ip is iproute2's: an object, and what to do with it; both may be shortened.
func ip(c *cmd) int {
	x := &ipCmd{cmd: c, words: c.args}
	for len(x.words) > 0 && strings.HasPrefix(x.words[0], "-") {
		o := x.next()
		switch strings.TrimLeft(o, "-") {
		case "br", "brief":
			x.brief = true
		case "o", "oneline":
			x.oneLine = true
		case "d", "details", "4", "s", "stats", "statistics", "c", "color", "r", "f", "family", "6", "N":
		case "n", "netns":
			if status := x.enterNetns(x.next()); status != 0 {
				return status
			}
		case "V", "Version":
			c.put("ip utility, iproute2-6.1.0, libbpf 1.1.2\n")
			return 0
		case "a", "all":
		default:
			c.say("Option \"", o, "\" is unknown, try \"ip -help\".\n")
			return 255
		}
	}
	object := x.next()
	for _, o := range []struct {
		name string
		run  func(*ipCmd) int
	}{{"address", (*ipCmd).address}, {"link", (*ipCmd).link}, {"route", (*ipCmd).route}, {"netns", (*ipCmd).netns}, {"neighbour", (*ipCmd).quiet}, {"neighbor", (*ipCmd).quiet}, {"rule", (*ipCmd).rule}} {
		if object != "" && strings.HasPrefix(o.name, object) {
			return o.run(x)
		}
	}
	if object == "" || object == "help" {
		c.say("Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n")
		return 255
	}
	c.say("Object \"", object, "\" is unknown, try \"ip help\".\n")
	return 1
}

func (x *ipCmd) next() string {
	if len(x.words) == 0 {
		return ""
	}
	w := x.words[0]
	x.words = x.words[1:]
	return w
}

// is takes the next word if it is short for a name.
func (x *ipCmd) is(names ...string) bool {
	if len(x.words) == 0 {
		return false
	}
	for _, n := range names {
		if strings.HasPrefix(n, x.words[0]) {
			x.next()
			return true
		}
	}
	return false
}

func (x *ipCmd) quiet() int { return 0 }

func (x *ipCmd) rule() int {
	x.put("0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n")
	return 0
}

// answer is the status after a change, saying why it was refused.
func (x *ipCmd) answer(err *model.NetError) int {
	switch {
	case err == nil:
		return 0
	case err.Text != "":
		x.say("Error: ", err.Text, ".\n")
	default:
		x.say("RTNETLINK answers: ", err.Errno.Text(), "\n")
	}
	return 2
}

func (x *ipCmd) noDevice(name string) int {
	x.say("Cannot find device \"", name, "\"\n")
	return 1
}

func (x *ipCmd) find(name string) (model.LinkInfo, bool) {
	for _, l := range x.Links() {
		if l.Name == name {
			return l, true
		}
	}
	return model.LinkInfo{}, false
}

const netnsDir = "/run/netns"

// openNetns opens a named network namespace, or that of a process.
func (x *ipCmd) openNetns(name string) (int, bool) {
	path := netnsDir + "/" + name
	if strings.Contains(name, "/") {
		path = name
	} else if _, ok := number(name); ok {
		if _, e := x.Stat(path); e != model.OK {
			path = "/proc/" + name + "/ns/net"
		}
	}
	fd, e := x.Open(path, model.ReadOnly|model.CloseExec, 0)
	return fd, e == model.OK
}

// enterNetns moves the process into a named network namespace, with a /sys of it.
func (x *ipCmd) enterNetns(name string) int {
	path := netnsDir + "/" + name
	if strings.Contains(name, "/") {
		path = name
	}
	fd, e := x.Open(path, model.ReadOnly|model.CloseExec, 0)
	if e != model.OK {
		x.say("Cannot open network namespace \"", name, "\": ", e.Text(), "\n")
		return 255
	}
	e = x.Setns(fd, model.NetKind, false)
	x.Close(fd)
	if e != model.OK {
		x.say("setting the network namespace \"", name, "\" failed: ", e.Text(), "\n")
		return 255
	}
	if e := x.Unshare(model.MntKind.Flag()); e != model.OK {
		x.say("unshare failed: ", e.Text(), "\n")
		return 255
	}
	if e := x.Propagate("/", model.Slave, true); e != model.OK {
		x.say("\"mount --make-rslave /\" failed: ", e.Text(), "\n")
		return 255
	}
	x.Umount("/sys", true)
	if e := x.Mount(name, "/sys", "sysfs", 0, ""); e != model.OK {
		x.say("mount of /sys failed: ", e.Text(), "\n")
		return 255
	}
	return 0
}

func (x *ipCmd) netns() int {
	switch {
	case len(x.words) == 0 || x.is("list", "show", "lst"):
		list, _ := x.list(netnsDir)
		for _, d := range list {
			x.put(d.Name)
			if fd, ok := x.openNetns(d.Name); ok {
				if id := x.NetID(fd); id >= 0 {
					x.put(" (id: ", itoa(id), ")")
				}
				x.Close(fd)
			}
			x.put("\n")
		}
		return 0
	case x.is("add"):
		return x.netnsAdd(x.next())
	case x.is("delete"):
		return x.netnsDel(x.next())
	case x.is("exec"):
		return x.netnsExec()
	case x.is("identify"):
		return x.netnsIdentify(x.next())
	case x.is("pids"):
		return x.netnsPids(x.next())
	}
	x.say("Command \"", x.next(), "\" is unknown, try \"ip netns help\".\n")
	return 255
}

func (x *ipCmd) netnsAdd(name string) int {
	if name == "" {
		x.say("No netns name specified\n")
		return 255
	}
	if strings.Contains(name, "/") || name == "." || name == ".." {
		x.say("Invalid netns name \"", name, "\"\n")
		return 255
	}
	path := netnsDir + "/" + name
	if e := x.Mkdir(netnsDir, 0o755); e != model.OK && e != model.EEXIST {
		x.say("mkdir ", netnsDir, " failed: ", e.Text(), "\n")
		return 1
	}
	for made := false; ; made = true {
		e := x.Propagate(netnsDir, model.Shared, true)
		if e == model.OK {
			break
		}
		if e != model.EINVAL || made {
			x.say("mount --make-shared ", netnsDir, " failed: ", e.Text(), "\n")
			return 1
		}
		if e := x.Bind(netnsDir, netnsDir, true); e != model.OK {
			x.say("mount --bind ", netnsDir, " ", netnsDir, " failed: ", e.Text(), "\n")
			return 1
		}
	}
	fd, e := x.Open(path, model.ReadOnly|model.Create|model.Excl, 0)
	if e != model.OK {
		x.say("Cannot create namespace file \"", path, "\": ", e.Text(), "\n")
		return 1
	}
	x.Close(fd)
	if e := x.Unshare(model.NetKind.Flag()); e != model.OK {
		x.say("Failed to create a new network namespace \"", name, "\": ", e.Text(), "\n")
		x.Unlink(path)
		return 1
	}
	if e := x.Bind("/proc/self/ns/net", path, false); e != model.OK {
		x.say("Bind /proc/self/ns/net -> ", path, " failed: ", e.Text(), "\n")
		return 1
	}
	return 0
}

func (x *ipCmd) netnsDel(name string) int {
	if name == "" {
		x.say("No netns name specified\n")
		return 255
	}
	path := netnsDir + "/" + name
	x.Umount(path, true)
	if e := x.Unlink(path); e != model.OK {
		x.say("Cannot remove namespace file \"", path, "\": ", e.Text(), "\n")
		return 1
	}
	return 0
}

func (x *ipCmd) netnsExec() int {
	name := x.next()
	if name == "" {
		x.say("No netns name specified\n")
		return 255
	}
	if len(x.words) == 0 {
		x.say("No command specified\n")
		return 255
	}
	if status := x.enterNetns(name); status != 0 {
		return status
	}
	e := x.execvp(x.words)
	x.say("exec of \"", x.words[0], "\" failed: ", e.Text(), "\n")
	return 255
}

func (x *ipCmd) netnsIdentify(pid string) int {
	if pid == "" {
		pid = "self"
	}
	mine, e := x.Readlink("/proc/" + pid + "/ns/net")
	if e != model.OK {
		x.say("Cannot open network namespace: ", e.Text(), "\n")
		return 255
	}
	text := ""
	list, _ := x.list(netnsDir)
	for _, d := range list {
		st, e := x.Stat(netnsDir + "/" + d.Name)
		if e == model.OK && strings.Contains(mine, "["+itoa64(int64(st.Ino))+"]") {
			text = d.Name
		}
	}
	x.put(text, "\n")
	return 0
}

func (x *ipCmd) netnsPids(name string) int {
	st, e := x.Stat(netnsDir + "/" + name)
	if e != model.OK {
		x.say("Cannot open network namespace: ", e.Text(), "\n")
		return 255
	}
	for _, t := range x.tasks() {
		if l, e := x.Readlink("/proc/" + itoa(t.pid) + "/ns/net"); e == model.OK && strings.Contains(l, "["+itoa64(int64(st.Ino))+"]") {
			x.put(itoa(t.pid), "\n")
		}
	}
	return 0
}
