package model

import (
	"strings"

	"github.com/slipway-dev/slipway/internal/replace"
)

// readStatus is /proc/PID/status. Numbers are those of the reader's mount of proc and of the reader's user namespace.
//
// Source: proc_pid_status(5).
func readStatus(p, t *Process, sb *Super) ([]byte, Errno) {
	letter, word := t.letter(p)
	nr := func(q *Process) string {
		if q == nil {
			return "0"
		}
		return itoa(q.nr(sb.pidns))
	}
	var b strings.Builder
	put := func(name, value string) {
		b.WriteString(name)
		b.WriteString(":\t")
		b.WriteString(value)
		b.WriteString("\n")
	}
	c, ns := t.cred, p.cred.NS
	ids := func(m IDMap, ids ...uint32) string {
		var words []string
		for _, id := range ids {
			words = append(words, utoa(uint64(m.show(id))))
		}
		return strings.Join(words, "\t")
	}
	put("Name", t.Comm)
	if t.state != zombie {
		put("Umask", "0"+padZero(octal(t.fs.umask), 3))
	}
	put("State", letter+" ("+word+")")
	put("Tgid", nr(t))
	put("Ngid", "0")
	put("Pid", nr(t))
	put("PPid", nr(t.parent))
	put("TracerPid", "0")
	put("Uid", ids(ns.UIDs, c.UID, c.EUID, c.SUID, c.FSUID))
	put("Gid", ids(ns.GIDs, c.GID, c.EGID, c.SGID, c.FSGID))
	put("FDSize", "64")
	groups := strings.ReplaceAll(ids(ns.GIDs, c.Groups...), "\t", " ")
	put("Groups", groups+" ")
	for _, name := range []string{"NStgid", "NSpid"} {
		put(name, t.numbersOf(t, sb.pidns))
	}
	put("NSpgid", t.numbersOf(t.group, sb.pidns))
	put("NSsid", t.numbersOf(t.session, sb.pidns))
	put("Kthread", "0")
	if t.state != zombie {
		kb := func(n int64) string { return padLeft(itoa(int(n/1024)), 8) + " kB" }
		for _, f := range []struct {
			name string
			size int64
		}{{"VmPeak", t.anon + 2<<20}, {"VmSize", t.anon + 2<<20}, {"VmLck", 0}, {"VmPin", 0}, {"VmHWM", t.anon + 1<<20}, {"VmRSS", t.anon + 1<<20},
			{"RssAnon", t.anon}, {"RssFile", 1 << 20}, {"RssShmem", 0}, {"VmData", t.anon}, {"VmStk", 132 << 10}, {"VmExe", 500 << 10}, {"VmLib", 1600 << 10},
			{"VmPTE", 44 << 10}, {"VmSwap", 0}, {"HugetlbPages", 0}} {
			put(f.name, kb(f.size))
		}
		put("CoreDumping", "0")
		put("THP_enabled", "1")
		put("untag_mask", "0xffffffffffffffff")
	}
	put("Threads", "1")
	put("SigQ", "0/2779")
	t.signalLines(put)
	for _, f := range []struct {
		name string
		set  CapSet
	}{{"CapInh", c.Inheritable}, {"CapPrm", c.Permitted}, {"CapEff", c.Effective}, {"CapBnd", c.Bounding}, {"CapAmb", c.Ambient}} {
		put(f.name, hex(uint64(f.set), 16))
	}
	put("NoNewPrivs", bit(c.NoNewPrivs))
	mode := "0"
	if len(t.filters) > 0 {
		mode = "2"
	}
	put("Seccomp", mode)
	put("Seccomp_filters", itoa(len(t.filters)))
	put("Speculation_Store_Bypass", "vulnerable")
	put("SpeculationIndirectBranch", "always enabled")
	put("Cpus_allowed", "1")
	put("Cpus_allowed_list", "0")
	put("Mems_allowed", "00000000,00000001")
	put("Mems_allowed_list", "0")
	put("voluntary_ctxt_switches", "1")
	put("nonvoluntary_ctxt_switches", "1")
	return []byte(b.String()), OK
}

// signalLines are the masks of signals.
func (p *Process) signalLines(put func(name, value string)) {
	var ignored, caught uint64
	for sig := 1; sig <= 64; sig++ {
		switch p.actions[sig] {
		case Ignored:
			ignored |= 1 << (sig - 1)
		case Caught:
			caught |= 1 << (sig - 1)
		}
	}
	put("SigPnd", hex(0, 16))
	put("ShdPnd", hex(p.pending>>1, 16))
	put("SigBlk", hex(0, 16))
	put("SigIgn", hex(ignored, 16))
	put("SigCgt", hex(caught, 16))
}

// numbersOf are the numbers of another process in the namespaces of p, from a namespace downwards; 0 where it has none.
func (p *Process) numbersOf(q *Process, ns *PIDNS) string {
	var words []string
	for _, id := range p.ids {
		if id.ns.level < ns.level {
			continue
		}
		nr := 0
		if q != nil {
			nr = q.nr(id.ns)
		}
		words = append(words, itoa(nr))
	}
	return strings.Join(words, "\t")
}

func padZero(s string, n int) string {
	if len(s) < n {
		return strings.Repeat("0", n-len(s)) + s
	}
	return s
}

// options are the flags of a mount as /proc/mounts shows them.
func (m *Mount) options(super bool) string {
	text := "rw"
	if m.flags&MountReadOnly != 0 || super && m.sb.ro {
		text = "ro"
	}
	for _, f := range []struct {
		flag MountFlags
		name string
	}{{MountNoSuid, "nosuid"}, {MountNoDev, "nodev"}, {MountNoExec, "noexec"}, {MountNoAtime, "noatime"}, {MountNoDirAtime, "nodiratime"}, {MountRelatime, "relatime"}} {
		if m.flags&f.flag != 0 {
			text += "," + f.name
		}
	}
	return text
}

// mountTable is /proc/PID/mounts: what the process' root reaches.
func (p *Process) mountTable() string {
	text := ""
	for _, m := range p.ns.mnt.all() {
		name, ok := Path{m, m.root}.name(p.fs.root)
		if ok {
			text += escape(m.source) + " " + escape(name) + " " + m.sb.kind + " " + m.options(true) + m.sb.options + " 0 0\n"
		}
	}
	return text
}

// mountInfo is /proc/PID/mountinfo.
func (p *Process) mountInfo() string {
	text := ""
	for _, m := range p.ns.mnt.all() {
		name, ok := Path{m, m.root}.name(p.fs.root)
		if !ok {
			continue
		}
		parent := m.id
		if m.parent != nil {
			parent = m.parent.id
		}
		shared := ""
		if m.peers != 0 {
			shared += " shared:" + itoa(m.peers)
		}
		if m.master != 0 {
			shared += " master:" + itoa(m.master)
		}
		if m.unbindable {
			shared += " unbindable"
		}
		super := "rw"
		if m.sb.ro {
			super = "ro"
		}
		root := orSlash(m.root.path(m.sb.root))
		if m.root.ino.ns != nil {
			root = m.root.name
		}
		text += itoa(m.id) + " " + itoa(parent) + " 0:" + itoa(int(m.sb.dev)) + " " + escape(root) + " " + escape(name) + " " +
			m.options(false) + shared + " - " + m.sb.kind + " " + escape(m.source) + " " + super + m.sb.options + "\n"
	}
	return text
}

// escape writes white space and backslashes as the kernel does in tables.
func escape(s string) string {
	return replace.All(s, "\\", "\\134", " ", "\\040", "\t", "\\011", "\n", "\\012")
}
