package isolate

import (
	"strconv"
	"strings"
	"time"
)

var namespaceFlags = []struct {
	wall Walls
	bit
}{
	{UserNS, bit{cloneNewUser, "CLONE_NEWUSER"}}, {MountNS, bit{cloneNewNS, "CLONE_NEWNS"}}, {PIDNS, bit{cloneNewPID, "CLONE_NEWPID"}},
	{UTSNS, bit{cloneNewUTS, "CLONE_NEWUTS"}}, {IPCNS, bit{cloneNewIPC, "CLONE_NEWIPC"}}, {NetNS, bit{cloneNewNet, "CLONE_NEWNET"}},
	{CgroupNS, bit{cloneNewCgroup, "CLONE_NEWCGROUP"}}, {TimeNS, bit{cloneNewTime, "CLONE_NEWTIME"}},
}

// lateNamespaces cannot be made by clone3: a cgroup namespace takes the group its maker is in for its root, so the child must have
// joined; a time namespace's clocks are set before anybody is in it, and execve enters it.
const lateNamespaces = CgroupNS | TimeNS

func (b *builder) namespaceFlags(of Walls) Arg {
	var v uint64
	names := make([]bit, 0, len(namespaceFlags))
	for _, n := range namespaceFlags {
		names = append(names, n.bit)
		if b.walls&of&n.wall != 0 {
			v |= n.value
		}
	}
	return flags(v, names...)
}

// clone makes the child: a process in namespaces of its own that shares our memory until execve, so that nothing is copied.
func (b *builder) clone() {
	b.because("a process of its own, in the namespaces that can be made at birth; it shares our memory until execve, so nothing is copied", "namespaces(7)")
	set := b.namespaceFlags(Namespaces &^ lateNamespaces)
	text := "CLONE_VM|CLONE_PIDFD|CLONE_CLEAR_SIGHAND"
	if set.Value != 0 {
		text += "|" + set.Text
	}
	args := []Arg{named(set.Value|cloneVM|clonePIDFD|cloneClearSighand, text), named(sigChld, "SIGCHLD")}
	if g := b.unifiedGroup(); g != nil {
		args[0].Value |= cloneIntoCgroup
		args[0].Text += "|CLONE_INTO_CGROUP"
		args = append(args, g.fd.use())
	}
	b.step("clone3", args...).Result = refPID
	b.by = Child
}

// identity gives the child its late namespaces, its ids and its clocks.
func (b *builder) identity() {
	if late := b.namespaceFlags(lateNamespaces); late.Value != 0 {
		b.because("the namespaces that need what came before: the cgroup joined becomes the root of those to be seen, clocks start with offsets", "namespaces(7)")
		b.step("unshare", late)
	}
	b.clock()
	mapped := b.walls.Has(UserNS)
	if plugged := b.spec.Network == Bridged; plugged || mapped && b.host.UID == 0 {
		b.as(Beside, func() {
			if mapped {
				b.parentMaps()
				b.shift()
			}
			if plugged {
				b.bridge()
			}
		})
		b.wait()
	}
	if mapped && b.host.UID != 0 {
		b.childMaps()
	}
	if mapped {
		b.rootInside()
	}
}

// idMaps are the spec's, or what is possible: the caller becomes root inside.
func (b *builder) idMaps() (uids, gids []IDMap) {
	uids, gids = b.spec.UIDs, b.spec.GIDs
	if uids == nil {
		uids = []IDMap{{0, b.host.UID, 1}}
	}
	if gids == nil {
		gids = []IDMap{{0, b.host.GID, 1}}
	}
	return uids, gids
}

// childMaps writes the simple map, which the child may write itself.
func (b *builder) childMaps() {
	uids, gids := b.idMaps()
	b.because("without root only one's own ids can be mapped, and only after groups are given up for good", "user_namespaces(7)")
	b.writes("/proc/self/setgroups", "deny")
	b.writes("/proc/self/uid_map", mapText(uids))
	b.writes("/proc/self/gid_map", mapText(gids))
}

// parentMaps writes all others, while the child waits.
func (b *builder) parentMaps() {
	uids, gids := b.idMaps()
	b.because("which users inside are which users outside; only the parent may say so", "user_namespaces(7)")
	b.writes("/proc/{pid}/uid_map", mapText(uids))
	b.writes("/proc/{pid}/gid_map", mapText(gids))
}

// wait lets the child wait until the parent has done its part beside.
func (b *builder) wait() {
	b.as(Beside, func() {
		b.because("the child may go on", "pipe(7)")
		b.step("write", refWaker.use(), str("."), num(1))
	})
	b.because("wait until the parent has done its part; should the parent die, so does the child", "pipe(7)")
	b.step("prctl", named(prSetPdeathsig, "PR_SET_PDEATHSIG"), named(sigKill, "SIGKILL"))
	b.closes(refWaker)
	got, letter := b.result("read"), b.result("letter")
	b.step("read", refWake.use(), letter.buffer(8), num(1)).Result = got
	b.step(checkCall, got.use(), num(^uint64(0)), num(1))
	b.step("prctl", named(prSetPdeathsig, "PR_SET_PDEATHSIG"), num(0))
}

func (b *builder) rootInside() {
	b.because("become root inside, with an id that is mapped", "setresuid(2)")
	b.step("setresgid", num(0), num(0), num(0))
	b.step("setresuid", num(0), num(0), num(0))
}

func mapText(maps []IDMap) string {
	var text strings.Builder
	for _, m := range maps {
		for i, v := range [...]uint32{m.Inside, m.Outside, m.Size} {
			text.WriteString(strconv.FormatUint(uint64(v), 10))
			text.WriteByte(" \n"[i/2])
		}
	}
	return text.String()
}

// clock writes the offsets, before anybody is in the namespace.
func (b *builder) clock() {
	if b.spec.Clock == (Clock{}) || !b.walls.Has(TimeNS) {
		return
	}
	b.because("how far the clocks inside are ahead; nobody may be in the namespace yet", "time_namespaces(7)")
	b.writes("/proc/self/timens_offsets", "monotonic "+offsetText(b.spec.Clock.Monotonic)+"\nboottime "+offsetText(b.spec.Clock.Boottime)+"\n")
}

// offsetText is seconds and nanoseconds, the latter never negative.
func offsetText(d time.Duration) string {
	seconds, nanos := int64(d/time.Second), int64(d%time.Second)
	if nanos < 0 {
		seconds, nanos = seconds-1, nanos+int64(time.Second)
	}
	return strconv.FormatInt(seconds, 10) + " " + strconv.FormatInt(nanos, 10)
}

// uts names the machine.
func (b *builder) uts() {
	if !b.walls.Has(UTSNS) {
		return
	}
	b.because("a name of its own", "uts_namespaces(7)")
	b.step("sethostname", str(b.hostname()), num(uint64(len(b.hostname()))))
}

func (b *builder) hostname() string {
	if b.spec.Hostname == "" {
		return "slipway"
	}
	return b.spec.Hostname
}

// network raises the loopback: a new network namespace has one, but it is down.
func (b *builder) network() {
	if !b.walls.Has(NetNS) || b.spec.Network == NoNetwork {
		return
	}
	b.because("a network of one's own has a loopback only, and it is down: raise it", "netdevice(7)")
	r := b.result("socket")
	b.step("socket", named(afInet, "AF_INET"), named(sockDgram|oCLOEXEC, "SOCK_DGRAM|SOCK_CLOEXEC"), num(0)).Result = r
	request := ifreq("lo")
	request[16] = iffUpRunning
	b.step("ioctl", r.use(), named(siocSetFlags, "SIOCSIFFLAGS"), raw(request, `{"lo", IFF_UP|IFF_RUNNING}`))
	if b.spec.Network == Bridged {
		b.bridged(r)
	}
	b.closes(r)
}
