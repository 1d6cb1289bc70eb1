package isolate

import (
	"strconv"
	"strings"
)

// SpecError is everything that is wrong with a [Spec], in the order of its fields.
type SpecError struct{ Problems []Problem }

// Problem is one mistake in a [Spec]: the field, what is wrong, and what to do about it.
type Problem struct{ Field, Wrong, Remedy string }

// Error lists all problems, one a line if there are several.
func (e *SpecError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.Field + ": " + p.Wrong
		if p.Remedy != "" {
			lines[i] += "; " + p.Remedy
		}
	}
	return "isolate: " + strings.Join(lines, "\nisolate: ")
}

func (b *builder) check() error {
	var e SpecError
	wrong := func(field, wrong, remedy string) { e.Problems = append(e.Problems, Problem{field, wrong, remedy}) }
	if b.host.Arch.column() < 0 {
		wrong("Host.Arch", "plans for "+string(b.host.Arch)+" are not known", "use amd64 or arm64")
	}
	b.checkText(wrong)
	b.checkWalls(wrong)
	b.checkIDs(wrong)
	b.checkMounts(wrong)
	b.checkLimits(wrong)
	b.checkProcesses(wrong)
	b.checkBridge(wrong)
	b.checkShift(wrong)
	for i, l := range b.spec.Rlimits {
		if _, ok := rlimitNumbers[l.Name]; !ok {
			wrong(at("Rlimits", i), "there is no limit "+strconv.Quote(l.Name), "see setrlimit(2)")
		} else if l.Soft > l.Hard {
			wrong(at("Rlimits", i), "the soft limit is above the hard one", "")
		}
	}
	for i, name := range b.spec.Syscalls {
		if _, ok := AMD64.number(name); !ok {
			if _, ok := ARM64.number(name); !ok {
				wrong(at("Syscalls", i), "there is no system call "+strconv.Quote(name), "")
			}
		}
	}
	if e.Problems == nil {
		return nil
	}
	return &e
}

type complain func(field, wrong, remedy string)

func (b *builder) checkText(wrong complain) {
	s := b.spec
	for _, r := range s.Name {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.", r) {
			wrong("Name", strconv.Quote(s.Name)+" names a folder and cannot hold "+strconv.QuoteRune(r), "use letters, digits, '-', '_' and '.'")
			break
		}
	}
	if len(s.Name) > 63 || s.Name == "." || s.Name == ".." {
		wrong("Name", "it is no name of a folder, or too long a one", "use at most 63 letters")
	}
	if len(s.Args) == 0 || s.Args[0] == "" {
		wrong("Args", "there is no command", "give one, such as /bin/sh")
	} else if len(b.candidates()) == 0 {
		wrong("Args", strconv.Quote(s.Args[0])+" is to be looked for in a PATH, and Env has none", "give the command's path, or a PATH")
	}
	if b.walls.Has(Root|MountNS) && s.Rootfs == "" && s.Join == nil {
		wrong("Rootfs", "there is no folder to become /", "give one, or leave the wall \"root\" open")
	}
	if len(s.Hostname) > 64 {
		wrong("Hostname", "it has more than 64 bytes", "shorten it")
	}
	texts := []string{s.Rootfs, s.Dir, s.Hostname}
	texts = append(append(texts, s.Args...), s.Env...)
	for _, m := range s.Mounts {
		texts = append(append(texts, m.Source, m.Target, m.Upper, m.Work), m.Lower...)
	}
	for _, t := range texts {
		if strings.ContainsRune(t, 0) {
			wrong("Spec", strconv.Quote(t)+" holds a zero byte, which ends a string for the kernel", "remove it")
			break
		}
	}
}

func (b *builder) checkWalls(wrong complain) {
	if b.host.UID != 0 && !b.walls.Has(UserNS) && b.walls&(Namespaces&^UserNS) != 0 {
		wrong("Open", "without root, namespaces need a user namespace of one's own", "raise the wall \"user\", or run as root")
	}
	if b.walls.Has(Root) && !b.walls.Has(MountNS) {
		wrong("Open", "a root of its own needs a mount namespace", "open \"root\" and \"masks\" too, or raise \"mount\"")
	}
	if b.walls.Has(Capabilities) && b.host.UID != 0 && !b.walls.Has(UserNS) && b.spec.Capabilities.Permitted != 0 {
		wrong("Capabilities", "without root and without a user namespace there are none to keep", "raise the wall \"user\"")
	}
	if b.walls.Has(Programs|Root) && b.host.NoPrograms && !b.mayMount() {
		wrong("Open", "this kernel cannot keep the container from executing the very program that starts it (Landlock of Linux 5.19)",
			"use a newer kernel, boot it with lsm=landlock, or open the wall \"programs\" for a folder you trust")
	}
	k := b.spec.Capabilities
	if k.Effective&^k.Permitted != 0 || k.Ambient&^(k.Permitted&k.Inheritable) != 0 || (k.Permitted|k.Inheritable)&^k.Bounding != 0 {
		wrong("Capabilities", "effective must be permitted, ambient both permitted and inheritable, and all of them bounded", "use Keep")
	}
}

func (b *builder) checkIDs(wrong complain) {
	s := b.spec
	check := func(field string, maps []IDMap, own, used uint32) {
		if maps == nil {
			maps = []IDMap{{0, own, 1}}
		}
		mapped, zero := false, false
		for i, m := range maps {
			if m.Size == 0 || uint64(m.Inside)+uint64(m.Size) > 1<<32 || uint64(m.Outside)+uint64(m.Size) > 1<<32 {
				wrong(at(field, i), "it holds no ids, or ids beyond the last", "see user_namespaces(7)")
			}
			if b.host.UID != 0 && (m.Size != 1 || m.Outside != own || len(maps) > 1) {
				wrong(at(field, i), "without root only one's own id can be mapped: ranges of /etc/subuid are not used", "leave it out, or run as root")
			}
			mapped = mapped || used >= m.Inside && used-m.Inside < m.Size
			zero = zero || m.Inside == 0 && m.Size > 0
		}
		if !mapped {
			wrong("User", "id "+num(uint64(used)).String()+" is not mapped in "+field, "map it, or run as root inside")
		}
		if !zero {
			wrong(field, "0 is not mapped, and setting up needs root inside", "map it")
		}
	}
	if b.walls.Has(UserNS) {
		check("UIDs", s.UIDs, b.host.UID, s.User.UID)
		check("GIDs", s.GIDs, b.host.GID, s.User.GID)
		if b.host.UID != 0 && len(s.User.Groups) > 0 {
			wrong("User.Groups", "without root groups cannot be chosen", "leave them out")
		}
	} else if b.host.UID != 0 && (s.User.UID != 0 || s.User.GID != 0) {
		wrong("User", "without root and without a user namespace nobody else can be become", "leave it out")
	}
	if s.Clock != (Clock{}) && b.host.NoTime {
		wrong("Clock", "before Linux 6.3 a container of ours has the machine's clocks", "use a newer kernel")
	}
	if s.Clock != (Clock{}) && !b.walls.Has(TimeNS) {
		wrong("Clock", "the clocks are everybody's without a time namespace", "raise the wall \"time\"")
	}
}

func (b *builder) checkMounts(wrong complain) {
	for i, m := range b.spec.Mounts {
		field := at("Mounts", i)
		if !strings.HasPrefix(m.Target, "/") || strings.Trim(m.Target, "/") == "" {
			wrong(field+".Target", strconv.Quote(m.Target)+" is no path below the root", "begin it with /")
		}
		for _, part := range strings.Split(m.Target, "/") {
			if part == ".." || part == "." {
				wrong(field+".Target", "it goes up or stands still", "write the path straight")
				break
			}
		}
		switch {
		case m.Kind == Bind && !strings.HasPrefix(m.Source, "/"):
			wrong(field+".Source", strconv.Quote(m.Source)+" is no absolute path", "begin it with /")
		case m.Kind == Overlay && len(m.Lower) == 0:
			wrong(field+".Lower", "an overlay needs a folder below", "")
		case m.Kind == Overlay && (m.Upper == "") != (m.Work == ""):
			wrong(field, "an overlay's Upper and Work come together", "give both on one file system, or neither")
		case m.Kind != Bind && m.Kind != Overlay && m.Kind != Tmpfs:
			wrong(field+".Kind", "there is no kind "+strconv.Quote(string(m.Kind)), "use bind, tmpfs or overlay")
		}
	}
	if len(b.spec.Mounts) > 0 && !b.walls.Has(Root|MountNS) {
		wrong("Mounts", "mounts need a root of their own", "raise the walls \"mount\" and \"root\"")
	}
}

func (b *builder) checkLimits(wrong complain) {
	l := b.spec.Limits
	size := 0
	for _, t := range append(append([]string{}, b.spec.Args...), b.environment()...) {
		size += len(t) + 9
	}
	if l.Memory != 0 && l.Memory < MinMemory+int64(2*size) {
		wrong("Limits.Memory", strconv.FormatInt(l.Memory, 10)+" bytes would not last until the command starts", "give at least "+strconv.FormatInt(int64(MinMemory+2*size), 10))
	}
	if l.PIDs < 0 || l.CPU < 0 || l.Weight < 0 || l.Weight > 10000 {
		wrong("Limits", "a limit is negative, or a weight above 10000", "zero is no limit")
	}
	if l.Swap < 0 || l.Swap > 0 && l.Memory == 0 {
		wrong("Limits.Swap", "swap is limited together with memory", "set Memory too")
	}
	if strings.Trim(l.CPUs, "0123456789,-") != "" {
		wrong("Limits.CPUs", strconv.Quote(l.CPUs)+" is no list of processors", "write it as 0-1,3")
	}
	if b.spec.Scratch < 0 || b.spec.Scratch > 0 && !b.walls.Has(Root|MountNS) {
		wrong("Scratch", "there is no root of its own that could be kept", "raise the walls \"mount\" and \"root\"")
	}
	for i, d := range l.IO {
		if min(d.ReadBytes, d.WrittenBytes, d.Reads, d.Writes) < 0 || max(d.ReadBytes, d.WrittenBytes, d.Reads, d.Writes) == 0 {
			wrong(at("Limits.IO", i), "it limits nothing, or something to less than nothing", "give a number of bytes or of times a second")
		}
	}
	if l.CPU > 0 && l.CPU < 10 {
		wrong("Limits.CPU", "the kernel gives at least a hundredth of a processor", "give at least 10")
	}
	for _, name := range l.controllers() {
		if b.spec.Join != nil {
			break // they are set already
		}
		if _, ok := b.host.controller(name); !ok {
			wrong("Limits", "the cgroup controller "+strconv.Quote(name)+" is not there, or not delegated to you",
				"run as root; or below a group that is yours and holds no process itself (systemd-run --user --scope slipway ...); or set no such limit")
		}
	}
}

func (b *builder) checkProcesses(wrong complain) {
	s := b.spec
	if s.Terminal && !b.walls.Has(Session) {
		wrong("Terminal", "only the first process of a session can have one", "raise the wall \"session\"")
	}
	if !s.Terminal && s.TerminalSize != (TerminalSize{}) {
		wrong("TerminalSize", "there is no terminal that could have a size", "set Terminal, or leave it out")
	}
	if s.Init && !b.walls.Has(PIDNS) {
		wrong("Init", "there is no process 1 without a pid namespace", "raise the wall \"pid\"")
	}
	if s.Init && s.Join != nil {
		wrong("Init", "a container that runs has its process 1", "leave it out")
	}
	if s.Join != nil && s.Join.PID <= 0 {
		wrong("Join.PID", strconv.Itoa(s.Join.PID)+" is no process", "use Find")
	}
}
