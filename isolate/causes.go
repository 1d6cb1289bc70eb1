package isolate

// cause is what an errno of a call most likely means, and what helps.
type cause struct {
	call  string
	errno Errno
	cause string
	help  string
}

// causes are tried in order; an empty call fits all.
var causes = []cause{
	{"clone3", EPERM, "namespaces may not be made: you are not root, or user namespaces are off (kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns), or a container's seccomp filter forbids it",
		"run as root, or allow user namespaces"},
	{"clone3", ENOSPC, "there are as many namespaces as there may be (user.max_*_namespaces, or 32 levels of them)", "raise the sysctl, or end some"},
	{"clone3", EUSERS, "user namespaces are nested too deep", "start it further outside"},
	{"clone3", ENOSYS, "the kernel is older than 5.5, or the container we are in hides clone3", "use Linux 5.12 or later"},
	{"clone3", EAGAIN, "a limit of processes is reached (ulimit -u, pids.max)", "end some, or raise it"},
	{"openat2", EAGAIN, "something was renamed or mounted on this machine at the same moment, so that a link with .. in it was not followed", "start it again"},
	{"clone", EAGAIN, "a limit of processes is reached (pids.max of the container, ulimit -u)", "end some, or raise it"},
	{"setns", EPERM, "the container is not yours: it belongs to another user, or was started by root", "be who started it"},
	{"setns", EINVAL, "the container has no such namespace of its own", "open the walls the container has open"},
	{"memfd_create", EACCES, "memory that is executed is forbidden (vm.memfd_noexec)", "do without init, or set the sysctl to 0"},
	{netlinkCall, EEXIST, "a device of this name is there: another container has the address", "leave the address out, or give another"},
	{netlinkCall, EPERM, "only who administers this machine's network may change it", "run as root"},
	{netlinkCall, EOPNOTSUPP, "the kernel does not know this kind of device or rule, or the bridge's name is another device's", "load the modules bridge, veth and nf_tables"},
	{netlinkCall, ENOENT, "the packet filter lacks a part, or the bridge is gone", "load the modules nft_chain_nat, nft_masq, nft_nat, nft_fib_ipv4 and nft_ct"},
	{"clone3", EBUSY, "the cgroup has groups with controllers below it", "use another name"},
	{"clone3", EINVAL, "the kernel was built without one of the namespaces", "see which /proc/self/ns has, and open the walls of the others"},
	{"unshare", EINVAL, "the kernel was built without cgroup or time namespaces", "open the walls \"cgroup\" or \"time\""},
	{"landlock_create_ruleset", EOPNOTSUPP, "this kernel was told to do without Landlock", "boot it with lsm=landlock, or open the wall \"programs\" for a folder you trust"},
	{"landlock_create_ruleset", EINVAL, "this kernel's Landlock is older than Linux 5.19", "use a newer kernel, or open the wall \"programs\" for a folder you trust"},
	{"keyctl", EDQUOT, "this user's keyrings are used up (/proc/key-users, kernel.keys.maxkeys)", "wait until some are gone, or raise the sysctl"},
	{"mkdirat", EACCES, "the folder is not yours to change", "make the folder inside it yourself, or run as its owner"},
	{"mkdirat", EROFS, "the file system is read-only, or no cgroup can be made here", "make the folder beforehand"},
	{"mkdirat", EEXIST, "a container of this name is there, or was and left its group", "use another name"},
	{"write", ENOSPC, "the cgroup's cpuset is empty, or no group is left", "write cpuset.cpus and cpuset.mems of the group above"},
	{"write", EBUSY, "processes sit in the group that should hand controllers down", "run it from a group without processes, or as root"},
	{"write", EINVAL, "the kernel does not take the value", "look at the file's description in cgroups(7)"},
	{"write", ENODEV, "there is no such block device, or it is a partition", "name the whole disk: see lsblk"},
	{"write", EPERM, "the map is not yours to write, or was written already", "map your own id only, or run as root"},
	{"fsconfig", EPERM, "this file system may not be mounted in a user namespace", "run as root"},
	{"fsconfig", EINVAL, "the kernel does not take an option of the file system", "look at the message in dmesg"},
	{"fsmount", EPERM, "a new /proc or /sys may be mounted only where the caller's is whole: the container we are in covers parts of it", "run it outside, or as root"},
	{"fsopen", ENODEV, "the kernel does not have this file system", "load its module"},
	{"openat2", ELOOP, "a link is in the place where something is to be mounted, or leads through /proc to an open file", "make it a folder"},
	{"openat2", ENOENT, "the path is missing", "make it"},
	{"open_tree", ENOENT, "the path is missing outside", "make it"},
	{"open_tree", EINVAL, "other file systems are mounted below the folder, and a user namespace may not uncover what they hide", "unmount them, or run as root"},
	{"openat", ENOENT, "the path is missing", "make it"},
	{"openat", ENOTDIR, "it is no folder", "give a folder"},
	{"openat", EACCES, "it is not yours to open", "run as its owner"},
	{"pivot_root", EINVAL, "the root of this machine is a ramfs, which cannot be left", "move to another root first (switch_root)"},
	{"execve", ENOENT, "there is no such command inside, or the loader it names is missing", "look into the folder; a static program needs no loader"},
	{"execve", EACCES, "it is not executable, lies on a file system mounted noexec, or leads out of the container", "chmod +x"},
	{"execve", ENOEXEC, "it is for another architecture, or a script without #!", "look at it with file(1)"},
	{"execve", ENOMEM, "there is not enough memory to start it", "raise the limit"},
	{"prctl", EINVAL, "the kernel does not know the capability or option", "use a newer kernel"},
	{"seccomp", EINVAL, "the kernel was built without seccomp filters", "open the wall \"seccomp\""},
	{"prlimit64", EPERM, "a hard limit can be raised by root only", "ask for less"},
	{"chdir", ENOENT, "the working directory is missing inside", "make it"},
	{checkCall, checkFailedErrno, "a device node of this machine is not what its name says, or the parent died", "look at it with ls -l"},
	{"", ENOSYS, "the kernel is too old, or a seccomp filter hides the call", "use Linux 5.12 or later, outside of a container"},
	{"", EPERM, "it is not allowed", "run as root, or raise the wall \"user\""},
	{"", ENOMEM, "memory ran out", "raise the limit"},
}

const checkFailedErrno Errno = 4096

func explainErrno(call string, e Errno) (what, help string) {
	for _, c := range causes {
		if (c.call == call || c.call == "") && c.errno == e {
			return c.cause, c.help
		}
	}
	return "", ""
}
