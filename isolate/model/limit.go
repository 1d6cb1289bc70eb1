package model

// Rlimit is a limit of setrlimit(2).
type Rlimit struct{ Soft, Hard uint64 }

// Unlimited is no limit.
const Unlimited = ^uint64(0)

// The limits, by the kernel's numbers.
const (
	LimitCPU = iota
	LimitFsize
	LimitData
	LimitStack
	LimitCore
	LimitRSS
	LimitNproc
	LimitNofile
	LimitMemlock
	LimitAS
	LimitLocks
	LimitSigpending
	LimitMsgqueue
	LimitNice
	LimitRtprio
	LimitRttime
)

// limitNames are the limits' names and units in /proc/PID/limits.
var limitNames = [16][2]string{{"Max cpu time", "seconds"}, {"Max file size", "bytes"}, {"Max data size", "bytes"}, {"Max stack size", "bytes"},
	{"Max core file size", "bytes"}, {"Max resident set", "bytes"}, {"Max processes", "processes"}, {"Max open files", "files"},
	{"Max locked memory", "bytes"}, {"Max address space", "bytes"}, {"Max file locks", "locks"}, {"Max pending signals", "signals"},
	{"Max msgqueue size", "bytes"}, {"Max nice priority", ""}, {"Max realtime priority", ""}, {"Max realtime timeout", "us"}}

func firstLimits() [16]Rlimit {
	var l [16]Rlimit
	for i := range l {
		l[i] = Rlimit{Unlimited, Unlimited}
	}
	l[LimitStack].Soft = 8 << 20
	l[LimitCore] = Rlimit{0, Unlimited}
	l[LimitNproc] = Rlimit{2779, 2779}
	l[LimitNofile] = Rlimit{1024, 4096}
	l[LimitMemlock] = Rlimit{8 << 20, 8 << 20}
	l[LimitSigpending] = Rlimit{2779, 2779}
	l[LimitMsgqueue] = Rlimit{819200, 819200}
	l[LimitNice], l[LimitRtprio] = Rlimit{}, Rlimit{}
	return l
}

// Getrlimit is one of the process' limits. Source: getrlimit(2).
func (p *Process) Getrlimit(which int) Rlimit { return p.limits[which] }

// Setrlimit sets one. Errors: EINVAL if soft is above hard; EPERM to raise hard without CAP_SYS_RESOURCE, or above what the kernel can do.
func (p *Process) Setrlimit(which int, l Rlimit) Errno {
	p.syscall()
	if l.Soft > l.Hard {
		return EINVAL
	}
	if l.Hard > p.limits[which].Hard && !p.cred.capable(p.k.userNS, CapSysResource) {
		return EPERM
	}
	if which == LimitNofile && l.Hard > 1048576 {
		return EPERM
	}
	p.limits[which] = l
	return OK
}

// Grow takes that many bytes of memory for the process. When the machine or its cgroup has no more, somebody is killed, perhaps the
// process itself. Source: cgroup-v2, "Memory".
func (p *Process) Grow(bytes int64) {
	p.Spend(bytes / 16)
	if p.hidden {
		return
	}
	bytes = pages(bytes)
	for !p.cgroup.chargeMemory(p, bytes) {
		p.deliver()
		if p.dying() {
			return
		}
	}
	p.anon += bytes
	p.deliver()
}
