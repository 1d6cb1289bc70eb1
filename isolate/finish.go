package isolate

import "slices"

// finish turns the child into the command. The order matters: each step needs a right that a later one gives up.
func (b *builder) finish() {
	b.stdio()
	b.programs()
	b.rlimits()
	if b.walls.Has(Session) {
		b.because("a session of its own: no terminal whose line could be typed into, no signals from its keys", "setsid(2)")
		b.step("setsid")
		b.because("a keyring of its own: the caller's keys stay with the caller", "session-keyring(7)")
		b.step("keyctl", named(keyctlJoin, "KEYCTL_JOIN_SESSION_KEYRING"), null()).tolerate(ENOSYS, 0) // without keyrings there are no keys
	}
	if !b.spec.Init {
		b.controls()
	}
	if b.walls.Has(Seccomp) && !b.walls.Has(NoNewPrivs) {
		b.filter() // needs CAP_SYS_ADMIN, which is about to go
	}
	b.user()
	b.directory()
	if b.walls.Has(NoNewPrivs) {
		b.because("no program that is executed gives more rights than there are: not setuid, not file capabilities", "prctl(2)")
		b.step("prctl", named(prSetNoNewPrivs, "PR_SET_NO_NEW_PRIVS"), num(1), num(0), num(0), num(0))
	}
	if b.walls.Has(Descriptors) {
		b.because("whatever else is open closes when the command starts", "close_range(2)")
		b.step("close_range", num(3), named(0xffffffff, "~0U"), named(closeRangeCloseX, "CLOSE_RANGE_CLOEXEC"))
	}
	if b.walls.Has(Seccomp) && b.walls.Has(NoNewPrivs) {
		b.filter()
	}
	b.parts()
	b.because("signals arrive again: they were blocked while we shared memory", "sigprocmask(2)")
	b.step("rt_sigprocmask", named(sigSetMask, "SIG_SETMASK"), words("[]", 0), null(), num(8))
	b.execute()
}

// directory is where the command begins. A link in there could lead to a file that is still open in the child, such as the folder as it lies outside,
// and from there to the machine's root (CVE-2024-21626).
func (b *builder) directory() {
	switch {
	case b.spec.Dir == "":
	case b.walls.Has(Root | MountNS):
		b.because("where the command begins, as the user it runs as; no link to an open file leads there", "openat2(2)")
		b.step("fchdir", b.within(cwd(), b.spec.Dir, asInside, true).use())
	default:
		b.because("where the command begins, as the user it runs as", "chdir(2)")
		b.step("chdir", str(b.spec.Dir))
	}
}

func (b *builder) stdio() {
	if b.spec.Terminal {
		if b.inner == noResult {
			b.terminal(cwd(), "/dev/pts/ptmx")
		}
		b.because("the three standard files are the terminal", "dup(2)")
		for i := range uint64(3) {
			b.step("dup3", b.inner.use(), num(i), num(0))
		}
		return
	}
	b.because("the three standard files, moved aside first so that none is overwritten by another", "dup(2)")
	var aside [3]Ref
	for i, given := range []Ref{refStdin, refStdout, refStderr} {
		aside[i] = b.result("copy")
		b.step("fcntl", given.use(), named(fDupFDCloexec, "F_DUPFD_CLOEXEC"), num(10)).Result = aside[i]
	}
	for i, r := range aside {
		b.step("dup3", r.use(), num(uint64(i)), num(0))
	}
}

// user gives up what root has: capabilities, then the ids.
func (b *builder) user() {
	u, kept := b.spec.User, b.spec.Capabilities
	drop := b.walls.Has(Capabilities)
	if drop {
		b.because("what is not in the bounding set cannot come back, whatever is executed", "capabilities(7)")
		for c := Capability(0); int(c) <= b.host.lastCap(); c++ {
			if !kept.Bounding.Has(c) {
				b.step("prctl", named(prCapbsetDrop, "PR_CAPBSET_DROP"), named(uint64(c), c.String()))
			}
		}
		if kept.Permitted != 0 && u.UID != 0 {
			b.because("capabilities survive the change of user, they are set below", "prctl(2)")
			b.step("prctl", named(prSetKeepCaps, "PR_SET_KEEPCAPS"), num(1))
		}
	}
	b.because("who the command is", "credentials(7)")
	if b.host.UID == 0 {
		groups := make([]byte, 4*len(u.Groups))
		for i, g := range u.Groups {
			groups[4*i], groups[4*i+1], groups[4*i+2], groups[4*i+3] = byte(g), byte(g>>8), byte(g>>16), byte(g>>24)
		}
		b.step("setgroups", num(uint64(len(u.Groups))), raw(groups, numbersText(u.Groups)))
	}
	if u.UID != 0 || u.GID != 0 {
		b.step("setresgid", num(uint64(u.GID)), num(uint64(u.GID)), num(uint64(u.GID)))
		b.step("setresuid", num(uint64(u.UID)), num(uint64(u.UID)), num(uint64(u.UID)))
	}
	if drop {
		b.capset(kept)
	}
}

// execute tries the places of the PATH. The first that is there is the last call the child makes.
func (b *builder) execute() {
	paths := b.candidates()
	b.because("become the command", "execve(2)")
	if len(paths) > 1 {
		b.because("become the command, which is looked for in the PATH inside", "execve(2)")
	}
	for i, path := range paths {
		s := b.step("execve", str(path), list(b.spec.Args), list(b.environment()))
		if i < len(paths)-1 {
			s.tolerate(ENOENT, 0)
		}
	}
}

var rlimitNumbers = map[string]uint64{"cpu": 0, "fsize": 1, "data": 2, "stack": 3, "core": 4, "rss": 5, "nproc": 6, "nofile": 7, "memlock": 8, "as": 9,
	"locks": 10, "sigpending": 11, "msgqueue": 12, "nice": 13, "rtprio": 14, "rttime": 15}

func (b *builder) rlimits() {
	limits := b.spec.Rlimits
	has := func(name string) bool {
		return slices.ContainsFunc(limits, func(l Rlimit) bool { return l.Name == name })
	}
	if !has("nofile") {
		limits = append([]Rlimit{{"nofile", min(1024, b.host.noFile()), b.host.noFile()}}, limits...)
	}
	if !has("core") {
		limits = append([]Rlimit{{"core", 0, 0}}, limits...)
	}
	b.because("limits of one process; no core dumps, which the kernel may hand to a program outside", "setrlimit(2)")
	for _, l := range limits {
		b.step("prlimit64", num(0), named(rlimitNumbers[l.Name], "RLIMIT_"+upper(l.Name)),
			words("{"+limitText(l.Soft)+", "+limitText(l.Hard)+"}", l.Soft, l.Hard), null())
	}
}
