package isolate

import (
	"slices"
	"strconv"
	"strings"
)

// controllersOf finds where groups of the process can be made, from the text of its /proc/self/cgroup and /proc/self/mountinfo, and from what
// the unified hierarchy offers (its cgroup.controllers). A controller is in one hierarchy only: on hybrid machines most are in v1's. What
// cannot be understood is left out. Source: cgroups(7), proc_pid_mountinfo(5).
func controllersOf(cgroup, mountinfo string, offers func(dir string) string) []Controller {
	groups := ownGroups(cgroup)
	var found []Controller
	add := func(c Controller) {
		if !slices.ContainsFunc(found, func(f Controller) bool { return f.Name == c.Name }) {
			found = append(found, c)
		}
	}
	for line := range strings.Lines(mountinfo) {
		m, ok := parseMount(line)
		if !ok {
			continue
		}
		switch m.kind {
		case "cgroup":
			for _, option := range strings.Split(m.options, ",") {
				if path, ok := groups[option]; ok && option != "" {
					name := option
					if name == "blkio" {
						name = "io" // as v2 calls it
					}
					add(Controller{Name: name, Dir: below(m, path)})
				}
			}
		case "cgroup2":
			if _, ok := groups[""]; !ok {
				continue
			}
			for _, name := range strings.Fields(offers(m.point)) {
				add(Controller{Name: name, Dir: m.point, Unified: true})
			}
		}
	}
	return found
}

// ownGroups maps controllers to the process's group; "" is the unified hierarchy.
func ownGroups(cgroup string) map[string]string {
	groups := make(map[string]string)
	for line := range strings.Lines(cgroup) {
		parts := strings.SplitN(strings.TrimSuffix(line, "\n"), ":", 3)
		if len(parts) != 3 {
			continue
		}
		for _, name := range strings.Split(parts[1], ",") {
			groups[name] = parts[2]
		}
	}
	return groups
}

// delegate finds where somebody who is not root may make groups in the unified hierarchy: the nearest group, from their own upwards, that is
// theirs to change and in which no process is, for only such a group hands controllers down. A group that hands them down already may hold
// processes no more. Source: cgroups(7), "Cgroup delegation".
func delegate(found []Controller, cgroup string, theirs func(dir string) bool, read func(file string) string) []Controller {
	own, inside := ownGroups(cgroup)[""]
	var all []Controller
	for _, c := range found {
		if !c.Unified {
			all = append(all, c)
			continue
		}
		for dir := c.Dir + strings.TrimSuffix(own, "/"); inside && len(dir) >= len(c.Dir); dir = dir[:strings.LastIndexByte(dir, '/')] {
			offered := slices.Contains(strings.Fields(read(dir+"/cgroup.controllers")), c.Name)
			if offered && theirs(dir) && theirs(dir+"/cgroup.procs") && theirs(dir+"/cgroup.subtree_control") && read(dir+"/cgroup.procs") == "" {
				all = append(all, Controller{Name: c.Name, Dir: dir, Unified: true})
				break
			}
		}
	}
	return all
}

// mounted is a line of mountinfo.
type mounted struct{ root, point, kind, source, options, propagation string }

// parseMount reads a line of /proc/PID/mountinfo; false if it is none.
func parseMount(line string) (mounted, bool) {
	before, after, ok := strings.Cut(line, " - ")
	left, right := strings.Fields(before), strings.Fields(after)
	if !ok || len(left) < 6 || len(right) < 2 {
		return mounted{}, false
	}
	m := mounted{root: unescape(left[3]), point: unescape(left[4]), kind: right[0], source: unescape(right[1]), propagation: strings.Join(left[6:], " ")}
	if len(right) > 2 {
		m.options = right[2]
	}
	return m, true
}

// unescape undoes the kernel's octal escapes: a blank is \040.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+3 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+4], 8, 8); err == nil {
				b.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// below is where a group's folder is. If only a part of the hierarchy is mounted, groups outside of it are not to be seen, and the part's
// root stands for them.
func below(m mounted, group string) string {
	rest, ok := strings.CutPrefix(group, strings.TrimSuffix(m.root, "/"))
	if !ok || rest != "" && rest[0] != '/' {
		rest = ""
	}
	return strings.TrimSuffix(m.point+rest, "/")
}
