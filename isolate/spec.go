package isolate

import "time"

// A Spec says what is wanted: a command, the folder that is its root, and what it may do. Everything is denied by default: the
// zero value of a field is the strictest, and each way to loosen is a field of its own.
type Spec struct {
	// Name names the container's cgroup: letters, digits, '-', '_' and '.', at most 63. "" is "container"; [Command] draws a
	// name of its own.
	Name string
	// Rootfs is the folder that becomes /. It is needed unless Open holds Root.
	Rootfs string
	// Args is the command and its arguments. Without a slash the command is looked for in the PATH of Env, inside the container.
	Args []string
	// Env is the whole environment; nil is a PATH and nothing of the caller's.
	Env []string
	// Dir is the working directory inside; "" is /.
	Dir string
	// User is who runs the command inside; the zero value is root, which is nobody outside unless the caller is root.
	User User
	// Hostname is the name of the container's machine; "" is "slipway".
	Hostname string
	// Open lists walls that are not raised.
	Open Walls
	// UIDs and GIDs map ids inside to ids outside. Both nil: without root the caller becomes root inside, with root there
	// is no user namespace.
	UIDs, GIDs []IDMap
	// Mounts are added after those every container has (/dev, /proc, /sys).
	Mounts []Mount
	// Shift shows the root folder and all binds with their owners shifted by UIDs and GIDs: what is 0's outside is 0's inside, and what 0 inside
	// makes is 0's outside. It takes root, and a file system that can (Linux 5.12: ext4; later XFS, btrfs, tmpfs).
	Shift bool
	// ReadOnly makes the root directory read-only, its mounts not.
	ReadOnly bool
	// Scratch keeps the folder as it is: what is written to the root goes to memory, at most as many bytes, and is gone afterwards. It also
	// lets a folder of somebody else's be used. 0 writes to the folder itself.
	Scratch int64
	// Network is what the own network holds; the zero value is a loopback that is up.
	Network Network
	// Bridge is what the network Bridged is plugged into.
	Bridge Bridge
	// Clock moves the clocks of the time namespace.
	Clock Clock
	// Limits are enforced by cgroups. A limit that cannot be set means that the command does not run.
	Limits Limits
	// Group gives it cgroups of its own even where nothing is limited, so that it can be counted and frozen: in all hierarchies where the caller may.
	Group bool
	// Capabilities are kept; the zero value is none.
	Capabilities CapabilitySets
	// Syscalls are allowed in addition to the default list.
	Syscalls []string
	// Terminal gives the command a terminal of its own, see [Process.Terminal]. [Cmd] then copies its Stdin and Stdout to and from it.
	Terminal bool
	// TerminalSize is what the terminal has from the start; later it is the caller's to set (TIOCSWINSZ). Without one programs take it for unknown.
	TerminalSize TerminalSize
	// Init makes the command process 2: process 1 is a small program that hands signals on to it and collects the dead.
	Init bool
	// Join is a running container: the command is started in it, instead of in one of its own. All other fields say what the container has, so
	// that the command gets the same: begin with the container's Spec, and give it other Args.
	Join *Running
	// Rlimits are set for the command. Core dumps are off and open files are 1024 unless it says otherwise.
	Rlimits []Rlimit
}

// User is an identity inside a container, by numbers.
type User struct {
	UID, GID uint32
	Groups   []uint32 // further groups
}

// IDMap maps Size ids that begin with Inside to those that begin with Outside. Source: user_namespaces(7), "uid_map".
type IDMap struct{ Inside, Outside, Size uint32 }

// Clock is what is added to the clocks that can be moved: not the wall clock. Source: time_namespaces(7).
type Clock struct{ Monotonic, Boottime time.Duration }

// Network is what a network namespace begins with.
type Network uint8

// The networks.
const (
	Loopback  Network = iota // 127.0.0.1 and ::1
	NoNetwork                // the loopback is down: nothing can be sent
	Bridged                  // a loopback, and eth0, which is plugged into the Bridge
)

// Limits are the container's share of the machine; zero fields are no limits.
type Limits struct {
	Memory int64  // bytes, at least [MinMemory]
	Swap   int64  // bytes in addition to Memory; 0 is none
	PIDs   int64  // processes and threads at once
	CPU    int64  // thousandths of a processor: 500 is half of one
	Weight int64  // share of the processors beside others, 1 to 10000; 100 is usual
	CPUs   string // the processors it may run on, such as "0-1,3"
	IO     []DeviceLimit
}

// DeviceLimit bounds what is read from and written to a block device, each second; zero fields are no limits.
type DeviceLimit struct {
	Major, Minor            uint32 // of the whole device, not of a partition
	ReadBytes, WrittenBytes int64
	Reads, Writes           int64
}

// MinMemory is the least memory limit. Between clone3 and execve the child shares the caller's memory, and the kernel's way
// out of too small a limit would be to kill both.
const MinMemory = 4 << 20

// TerminalSize is a terminal's size in letters. Source: TIOCSWINSZ(2const).
type TerminalSize struct{ Rows, Columns uint16 }

// Rlimit is a limit of setrlimit(2), by the name after RLIMIT_ in lower case: "nofile", "core", "stack".
type Rlimit struct {
	Name       string
	Soft, Hard uint64 // in the limit's own unit; ^uint64(0) is no limit
}

// Mount is a file system of the container.
type Mount struct {
	Kind   MountKind
	Source string // a bind's path outside
	Target string // where it is inside; it is made if it is missing
	// File says that a bind's source is a file: its place inside is made as one.
	File bool
	// Writable lets a bind be written to; a tmpfs always can be.
	Writable bool
	// Size bounds a tmpfs, in bytes; 0 is 64 MiB.
	Size int64
	// Lower are an overlay's folders outside, the uppermost first; Upper and Work take what is written. Without them it is read-only.
	Lower       []string
	Upper, Work string
}

// MountKind is the kind of a file system.
type MountKind string

// The kinds of file systems a Spec can ask for.
const (
	Bind    MountKind = "bind"    // a folder or file from outside
	Tmpfs   MountKind = "tmpfs"   // memory
	Overlay MountKind = "overlay" // folders laid one over the other
)
