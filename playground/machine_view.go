//go:build !engine || machine

package playground

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/isolate/model"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// What a page draws of a machine (docs/wire.md): its processes and its cgroups; machine_walls.go has its mounts and its networks.

// drawing is one thing that is drawn, as the page gets it.
type drawing struct {
	kind int // place in machineKinds
	key  string
	text []byte
}

// machineKinds are the kinds of things a patch has of a machine, by the names of its fields.
var machineKinds = [...]string{"processes", "cgroups", "mounts", "networks"}

// How many are drawn. Of more, the first are, and a last one stands for the rest.
const (
	mostProcesses = 400
	mostCgroups   = 200
	mostSpaces    = 40 // mount namespaces, and network namespaces
)

// view is everything that is drawn of the machine as it is.
func (m *machine) view(items []drawing) []drawing {
	k, shell := m.lab.Kernel(), m.lab.Shell()
	procs, front := k.Processes(shell), m.lab.Front()
	told := procs[:min(len(procs), mostProcesses)]
	if front != nil && len(procs) > mostProcesses && !slices.Contains(told, front) {
		told = append(slices.Clone(told), front) // whose walls a person sees go up
	}
	for _, p := range told {
		items = append(items, drawing{0, p.Key(), processJSON(p, shell, p == front)})
	}
	items = rest(items, 0, len(procs)-len(told))
	groups := k.Cgroups()
	for _, c := range groups[:min(len(groups), mostCgroups)] {
		items = append(items, drawing{1, c.Path(), cgroupJSON(c)})
	}
	items = rest(items, 1, len(groups)-mostCgroups)
	return spaces(items, procs, shell, front)
}

// rest adds what stands for those that are not drawn, if there are any.
func rest(items []drawing, kind, more int) []drawing {
	if more > 0 {
		items = append(items, drawing{kind, "more", moreJSON(more)})
	}
	return items
}

// moreJSON stands for those that are not drawn.
func moreJSON(n int) []byte {
	p := &pen{[]byte{'{'}}
	p.text("key", "more")
	p.number("more", int64(n))
	p.end('}')
	return p.b
}

// doing is the tone of what a process does.
var doing = map[string]Tone{"running": ToneOK, "sleeping": ToneOK, "stopped": ToneWarn, "frozen": ToneBusy, "zombie": ToneIdle}

func processJSON(p, shell *model.Process, front bool) []byte {
	w := &pen{append(make([]byte, 0, 640), '{')}
	w.text("key", p.Key())
	w.number("pid", int64(p.NumberIn(shell)))
	w.number("inner", int64(p.PID()))
	parent, up := "", p.Parent()
	if up == nil || up.NumberIn(shell) == 0 {
		up = shell
	} else {
		parent = up.Key()
	}
	w.text("parent", parent)
	ns := p.Namespace(model.PIDKind)
	w.number("ns", int64(ns.Ino()))
	level := 0
	if pidns, ok := ns.(*model.PIDNS); ok {
		level = pidns.Level()
	}
	w.number("level", int64(level-1))
	w.text("name", p.Comm)
	w.text("args", strings.Join(p.Args(), " "))
	w.number("uid", int64(p.Cred().UID))
	w.number("inside", int64(p.UIDInside()))
	w.truth("front", front)
	state := p.Doing()
	w.text("state", state)
	w.text("tone", string(doing[state]))
	w.text("shape", shape(doing[state]))
	w.text("cgroup", p.Cgroup().Path())
	writeApart(w, "own", p, shell)
	writeApart(w, "walls", p, up)
	w.begin("spaces", '[')
	for kind := model.CgroupKind; kind <= model.UTSKind; kind++ {
		w.number("", int64(p.Namespace(kind).Ino()))
	}
	w.end(']')
	w.text("root", p.Root())
	writeCred(w, p)
	w.end('}')
	return w.b
}

// writeApart lists the kinds of namespaces that two processes do not share.
func writeApart(w *pen, name string, p, other *model.Process) {
	w.begin(name, '[')
	for kind := model.CgroupKind; kind <= model.UTSKind; kind++ {
		if p.Namespace(kind) != other.Namespace(kind) {
			w.text("", kind.String())
		}
	}
	w.end(']')
}

func cgroupJSON(c *model.Cgroup) []byte {
	u := c.Usage()
	w := &pen{append(make([]byte, 0, 320), '{')}
	w.text("key", c.Path())
	parent := ""
	if up := c.Parent(); up != nil {
		parent = up.Path()
	}
	w.text("parent", parent)
	w.number("members", int64(c.Members()))
	tone := ToneOK
	switch {
	case u.Frozen:
		tone = ToneBusy
	case u.OOMKills > 0 || u.PidsRefused > 0 || u.Throttled > 0:
		tone = ToneWarn
	case !u.Populated:
		tone = ToneIdle
	}
	w.text("tone", string(tone))
	w.text("shape", shape(tone))
	w.truth("frozen", u.Frozen)
	w.begin("gauges", '[')
	if parent != "" {
		gauge(w, "pids", u.Pids, u.PidsMax, number(u.Pids), limitText(u.PidsMax, number))
		gauge(w, "memory", u.Memory, u.MemoryMax, bytesText(u.Memory), limitText(u.MemoryMax, bytesText))
	}
	cpu := ""
	if u.CPUQuota >= 0 {
		cpu = strconv.FormatInt(u.CPUQuota*100/u.CPUPeriod, 10) + " %"
	}
	gauge(w, "cpu", u.CPUUsed, u.CPUQuota, (time.Duration(u.CPU) / time.Millisecond * time.Millisecond).String(), cpu)
	w.end(']')
	w.begin("counts", '[')
	for _, n := range [...]struct {
		label string
		n     int64
	}{{"refused", u.PidsRefused}, {"killed", u.OOMKills}, {"throttled", u.Throttled}} {
		if n.n > 0 {
			w.begin("", '{')
			w.text("label", n.label)
			w.number("n", n.n)
			w.end('}')
		}
	}
	w.end(']')
	w.end('}')
	return w.b
}

// gauge is how much of something is used; of -1 there is no limit.
func gauge(w *pen, label string, used, of int64, text, limit string) {
	w.begin("", '{')
	w.text("label", label)
	w.number("used", used)
	w.number("of", of)
	w.text("text", text)
	w.text("limit", limit)
	w.end('}')
}

func limitText(n int64, text func(int64) string) string {
	if n < 0 {
		return ""
	}
	return text(n)
}

// bytesText is a number of bytes as people say it.
func bytesText(n int64) string {
	for _, unit := range [...]struct {
		size int64
		name string
	}{{1 << 30, " GiB"}, {1 << 20, " MiB"}, {1 << 10, " KiB"}} {
		if n >= unit.size {
			tenths := n * 10 / unit.size
			text := number(tenths / 10)
			if tenths%10 != 0 && tenths < 100 {
				text += "." + number(tenths%10)
			}
			return text + unit.name
		}
	}
	return number(n)
}

// drawMachine brings the slots of the machine up to the moment on show, and tells whether any changed.
func (p *painter) drawMachine() bool {
	m := p.s.machine
	work := m.lab.Kernel().Work()
	if !p.fresh && work == p.work && !p.s.looking && !p.looked {
		return false
	}
	p.work = work
	var seen [len(machineKinds)]map[store.ID]bool
	for i := range seen {
		seen[i] = map[store.ID]bool{}
	}
	for _, it := range p.s.drawings() {
		id := m.id(it)
		seen[it.kind][id] = true
		p.machine[it.kind].put(id, it.text)
	}
	changed := false
	for i := range seen {
		s := &p.machine[i]
		s.keepOnly(seen[i])
		changed = changed || len(s.add)+len(s.set)+len(s.del) > 0
	}
	return changed
}
