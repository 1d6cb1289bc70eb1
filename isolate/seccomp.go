package isolate

import (
	"slices"
	"strconv"
	"strings"
)

// allowed are the system calls of ordinary programs. What is not here is refused: what mounts, enters or makes namespaces, loads code into the kernel,
// reaches into other processes, or has been the way out of containers (userfaultfd, bpf, io_uring, keyrings, handles).
const allowed = `
accept accept4 access alarm arch_prctl bind brk cachestat capget capset chdir chmod chown clock_getres clock_gettime clock_nanosleep close close_range
connect copy_file_range creat dup dup2 dup3 epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 execve execveat exit exit_group
faccessat faccessat2 fadvise64 fallocate fchdir fchmod fchmodat fchmodat2 fchown fchownat fcntl fdatasync fgetxattr flistxattr flock fork fremovexattr
fsetxattr fstat fstatfs fsync ftruncate futex futex_requeue futex_wait futex_waitv futex_wake futimesat get_robust_list getcpu getcwd getdents getdents64
getegid geteuid getgid getgroups getitimer getpeername getpgid getpgrp getpid getppid getpriority getrandom getresgid getresuid getrlimit getrusage getsid
getsockname getsockopt gettid gettimeofday getuid getxattr inotify_add_watch inotify_init inotify_init1 inotify_rm_watch io_cancel io_destroy io_getevents
io_pgetevents io_setup io_submit ioprio_get ioprio_set kill landlock_add_rule landlock_create_ruleset landlock_restrict_self lchown lgetxattr link linkat
listen listxattr llistxattr lremovexattr lseek lsetxattr lstat madvise membarrier memfd_create mincore mkdir mkdirat mknod mknodat mlock mlock2
mlockall mmap mprotect mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedsend mq_unlink mremap mseal msgctl msgget msgrcv msgsnd msync munlock munlockall
munmap nanosleep newfstatat open openat openat2 pause pidfd_open pidfd_send_signal pipe pipe2 pkey_alloc pkey_free pkey_mprotect poll ppoll prctl pread64
preadv preadv2 prlimit64 process_madvise process_mrelease pselect6 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv recvfrom recvmmsg
recvmsg removexattr rename renameat renameat2 restart_syscall rmdir rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn
rt_sigsuspend rt_sigtimedwait rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam
sched_getscheduler sched_rr_get_interval sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield seccomp select semctl semget semop
semtimedop sendfile sendmmsg sendmsg sendto set_robust_list set_tid_address setfsgid setfsuid setgid setgroups setitimer setpgid setpriority setregid
setresgid setresuid setreuid setrlimit setsid setsockopt setuid setxattr shmat shmctl shmdt shmget shutdown sigaltstack signalfd signalfd4 socketpair
splice stat statfs statx symlink symlinkat sync sync_file_range syncfs sysinfo tee tgkill time timer_create timer_delete timer_getoverrun timer_gettime
timer_settime timerfd_create timerfd_gettime timerfd_settime times tkill truncate umask uname unlink unlinkat utime utimensat utimes vfork vmsplice
wait4 waitid write writev`

// DefaultSyscalls are the names of the system calls a container may make without further conditions, sorted. In addition clone, ioctl, personality and
// socket are allowed with most arguments.
func DefaultSyscalls() []string { return strings.Fields(allowed) }

const (
	newNamespaces = cloneNewNS | cloneNewCgroup | cloneNewUTS | cloneNewIPC | cloneNewUser | cloneNewPID | cloneNewNet
	tiocSTI       = 0x5412 // types into the terminal's input
	tiocLinux     = 0x541c // and so does one of its subcodes on a console
	afALG         = 38     // the kernel's ciphers
	afVsock       = 40     // the host, from a virtual machine
)

// guarded are calls that are allowed depending on their arguments. Pointers cannot be looked at, so clone3 as a whole does not exist: C
// libraries then fall back to clone, whose flags are a number.
func guarded(name string) []instruction {
	argument := func(i int) instruction { return instruction{bpfLoad, 0, 0, dataArgs + 8*uint32(i)} }
	switch name {
	case "clone":
		return []instruction{argument(0), {bpfSet, 0, 1, newNamespaces}, refuse(EPERM), ret(verdictAllow)}
	case "clone3":
		return []instruction{refuse(ENOSYS)}
	case "ioctl":
		return []instruction{argument(1), {bpfEqual, 1, 0, tiocSTI}, {bpfEqual, 0, 1, tiocLinux}, refuse(EPERM), ret(verdictAllow)}
	case "socket":
		return []instruction{argument(0), {bpfEqual, 1, 0, afALG}, {bpfEqual, 0, 1, afVsock}, refuse(EPERM), ret(verdictAllow)}
	case "personality": // asking, and what Linux programs are anyway
		return []instruction{argument(0), {bpfEqual, 2, 0, 0}, {bpfEqual, 1, 0, 0xffffffff}, refuse(EPERM), ret(verdictAllow)}
	}
	return nil
}

var auditArch = [...]uint32{0xc000003e, 0xc00000b7}

// filterFor is the program for an architecture with more calls than the usual ones.
func filterFor(arch Arch, more []string) []instruction {
	code := make([]instruction, 0, 512)
	code = append(code, instruction{bpfLoad, 0, 0, dataArch}, instruction{bpfEqual, 1, 0, auditArch[arch.column()]}, ret(verdictKill), instruction{bpfLoad, 0, 0, dataNumber})
	return tree(code, intervalsFor(arch, more))
}

// intervalsFor says for every number what happens. What nobody knows does not exist, so that programs fall back; x32's numbers are among those.
func intervalsFor(arch Arch, more []string) []interval {
	free := DefaultSyscalls()
	if len(more) > 0 {
		free = append(free, more...)
		slices.Sort(free)
	}
	codes := [][]instruction{{refuse(ENOSYS)}, {refuse(EPERM)}, {ret(verdictAllow)}}
	const unknown, deny, allow = 0, 1, 2
	var which [1024]uint8     // of the codes, by number
	for _, c := range calls { // by name, as free is
		for len(free) > 0 && free[0] < c.name {
			free = free[1:]
		}
		n := int(c.numbers[arch.column()])
		if n < 0 {
			continue
		}
		if which[n] = deny; len(free) > 0 && free[0] == c.name {
			which[n] = allow
		} else if g := guarded(c.name); g != nil {
			which[n], codes = uint8(len(codes)), append(codes, g)
		}
	}
	all := make([]interval, 0, 128)
	for n, code := range which {
		if n == 0 || code != which[n-1] {
			all = append(all, interval{uint32(n), codes[code]})
		}
	}
	return all
}

func (b *builder) filter() {
	b.because("from here on only the system calls on the list work: most of the kernel cannot be reached", "seccomp(2)")
	code := filterFor(b.host.Arch, b.spec.Syscalls)
	text := "{" + strconv.Itoa(len(code)) + " instructions: " + strconv.Itoa(len(DefaultSyscalls())+len(b.spec.Syscalls)) + " system calls and 4 with conditions}"
	b.step("seccomp", named(seccompFilter, "SECCOMP_SET_MODE_FILTER"), num(0), Arg{Kind: Program, Bytes: assemble(code), Text: text})
}
