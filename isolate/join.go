package isolate

import "strings"

// Running is a container that runs, by one of its processes. [Find] looks it up.
type Running struct {
	PID int // outside
	// Born is when the process began, in the kernel's ticks: a number alone may be somebody else's by now. "" is not compared.
	Born string
	// Groups are the cgroups that were made for it.
	Groups []Group
}

// Group is a cgroup that was made for a container.
type Group struct {
	Dir     string
	Unified bool // cgroup v2
}

// joined enters a container instead of making one. The child is a copy of us, not in our memory: as soon as it is inside, the container's
// processes may reach for it. And it is not to be looked at: what is not dumpable belongs to the kernel.
func (b *builder) joined() {
	groups := b.spec.Join.Groups
	for _, g := range groups {
		b.because("the way into the container's group, opened by us: the child could not", "cgroups(7)")
		b.groups = append(b.groups, b.entrance(group{dir: g.Dir, unified: g.Unified}))
	}
	b.because("a process that gets a copy of our memory: it must not be in ours, for those inside may reach for it", "clone(2)")
	args := []Arg{named(clonePIDFD|cloneClearSighand, "CLONE_PIDFD|CLONE_CLEAR_SIGHAND"), named(sigChld, "SIGCHLD")}
	if g := b.unifiedGroup(); g != nil {
		args[0].Value |= cloneIntoCgroup
		args[0].Text += "|CLONE_INTO_CGROUP"
		args = append(args, g.fd.use())
	}
	b.step("clone3", args...).Result = refPID
	b.by = Child
	b.because("nobody may look into the copy: not by ptrace, not in /proc", "PR_SET_DUMPABLE(2const)")
	b.step("prctl", named(prSetDumpable, "PR_SET_DUMPABLE"), num(0))
	b.join()
	if set := b.namespaceFlags(Namespaces); set.Value != 0 {
		b.because("into the container's namespaces, all at once; \"container\" is a pidfd: no other process can have its number", "setns(2)")
		b.step("setns", refContainer.use(), set)
	}
	if b.walls.Has(PIDNS) {
		b.because("a pid namespace is entered by being born: a child, which is our child, and the process between ends", "pid_namespaces(7)")
		b.step(partCall, named(cloneVM|cloneParent|cloneParentSetTID|sigChld, "CLONE_VM|CLONE_PARENT|CLONE_PARENT_SETTID|SIGCHLD"), null(), refPart.buffer(8)).Skip = 1
		b.as(Between, func() { b.step("exit_group", num(0)) })
	}
	if b.walls.Has(UserNS) {
		b.rootInside()
	}
	if b.walls.Has(MountNS) {
		b.because("files are made as usual, and the command begins at /", "umask(2)")
		b.step("umask", octal(0o022))
		b.step("chdir", str("/"))
	}
}

// groupsOf are the cgroups made for a container, from the text of its process's /proc/PID/cgroup and of our mountinfo: those that are
// named as this package names them. The others are whoever's started it.
func groupsOf(cgroup, mountinfo string) []Group {
	theirs := ownGroups(cgroup)
	var found []Group
	for line := range strings.Lines(mountinfo) {
		m, ok := parseMount(line)
		if !ok {
			continue
		}
		switch m.kind {
		case "cgroup":
			for _, option := range strings.Split(m.options, ",") {
				if path, ok := theirs[option]; ok && option != "" && strings.Contains(path, "/slipway-") {
					found = append(found, Group{Dir: below(m, path)})
					break
				}
			}
		case "cgroup2":
			if path, ok := theirs[""]; ok && strings.Contains(path, "/slipway/") {
				found = append(found, Group{Dir: below(m, path), Unified: true})
			}
		}
	}
	return found
}
