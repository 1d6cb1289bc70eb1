package userland

import (
	"slices"

	"github.com/slipway-dev/slipway/isolate/model"
)

// applets are busybox' commands beside the shell, by name.
func appletOf(name string) applet {
	for _, a := range applets {
		if a.name == name {
			return a.run
		}
	}
	return nil
}

type appletRow struct {
	name string
	run  applet
}

// Programs are all program files a machine can hold, by the name a [model.ProgramFile] says. Programs of several commands go by the name
// they are called with.
func Programs() map[string]model.Program {
	programs := map[string]model.Program{"busybox": busybox, "su": func(p *model.Process) int { return applet(su).run(p, "su", p.Args()[1:]) }}
	for _, a := range append(append([]appletRow{}, tools...), extra...) {
		programs[a.name] = func(p *model.Process) int { return a.run.run(p, a.name, p.Args()[1:]) }
	}
	return programs
}

// Names are the commands that a machine has in /bin: those of busybox, and the programs of their own.
func Names() (links, own []string) {
	for _, a := range applets {
		links = append(links, a.name)
	}
	links = append(links, "sh", "ash")
	slices.Sort(links)
	for _, a := range tools {
		own = append(own, a.name)
	}
	return links, own
}

// Extra are the programs that a machine for lessons has beyond that of the transcripts.
func Extra() (names []string) {
	for _, a := range extra {
		names = append(names, a.name)
	}
	return names
}

// dropSetID gives up what a set-user-ID or set-group-ID bit gave: busybox lets only few of its commands keep it.
func dropSetID(p *model.Process, name string) {
	uids, gids, _ := p.IDs()
	if uids[0] == 0 || name == "ping" || name == "mount" {
		return
	}
	if uids[0] != uids[1] || gids[0] != gids[1] {
		p.Setgid(int(gids[0]))
		p.Setuid(int(uids[0]))
	}
}

// busybox is many commands in one: the name it is called by says which.
func busybox(p *model.Process) int {
	args := p.Args()
	name := base(args[0])
	if name[0] == '-' {
		name = name[1:]
	}
	if name != "sh" && name != "ash" && appletOf(name) == nil {
		if len(args) < 2 {
			return applet(func(c *cmd) int {
				c.put("BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n")
				return 0
			}).run(p, name, nil)
		}
		args = args[1:]
		name = base(args[0])
	}
	dropSetID(p, name)
	if name == "sh" || name == "ash" {
		return shMain(p, args)
	}
	if a := appletOf(name); a != nil {
		return a.run(p, name, args[1:])
	}
	return applet(func(c *cmd) int { c.die("applet not found"); return 127 }).run(p, name, nil)
}
