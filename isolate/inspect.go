package isolate

import (
	"math/bits"
	"strconv"
	"strings"
)

// Inspection is what stands around a process, seen from outside.
type Inspection struct {
	PID int
	// Own are the namespaces the process does not share with the inspector, Shared the others; unreadable ones are in neither.
	Own, Shared Walls
	// Root is where its / is, as the inspector names it.
	Root string
	// UIDMap is its user namespace's map, one map a line.
	UIDMap string
	// Cgroups are its groups, as /proc/PID/cgroup lists them.
	Cgroups      []string
	Capabilities CapabilitySets
	NoNewPrivs   bool
	// Seccomp is "none", "strict" or "filter".
	Seccomp string
}

// String is a table for people.
func (in Inspection) String() string {
	var b strings.Builder
	row := func(name, value string) { b.WriteString(column(name, 22) + " " + value + "\n") }
	words := func(text string) string {
		if text == "" {
			return "none"
		}
		return text
	}
	row("process", strconv.Itoa(in.PID))
	row("namespaces of its own", words(in.Own.String()))
	row("namespaces shared", words(in.Shared.String()))
	row("root", printable(in.Root))
	row("users", strings.Join(strings.Fields(in.UIDMap), " "))
	row("cgroups", printable(strings.Join(in.Cgroups, " ")))
	k := in.Capabilities
	for _, set := range []struct {
		name string
		set  CapabilitySet
	}{{"bounding", k.Bounding}, {"permitted", k.Permitted}, {"effective", k.Effective}, {"inheritable", k.Inheritable}, {"ambient", k.Ambient}} {
		text := words(set.set.String())
		if missing := (1<<len(capabilityNames) - 1) &^ set.set; missing == 0 {
			text = "all"
		} else if bits.OnesCount64(uint64(missing)) < 10 {
			text = "all but " + missing.String()
		}
		row("capabilities "+set.name, text)
	}
	row("no_new_privs", strconv.FormatBool(in.NoNewPrivs))
	row("seccomp", in.Seccomp)
	return b.String()
}

// readStatus takes the facts out of the text of /proc/PID/status.
func (in *Inspection) readStatus(status string) {
	set := func(name string) CapabilitySet {
		v, _ := strconv.ParseUint(field(status, name), 16, 64)
		return CapabilitySet(v)
	}
	in.Capabilities = CapabilitySets{Bounding: set("CapBnd"), Permitted: set("CapPrm"), Effective: set("CapEff"), Inheritable: set("CapInh"), Ambient: set("CapAmb")}
	in.NoNewPrivs = field(status, "NoNewPrivs") == "1"
	in.Seccomp = map[string]string{"1": "strict", "2": "filter"}[field(status, "Seccomp")]
	if in.Seccomp == "" {
		in.Seccomp = "none"
	}
}
