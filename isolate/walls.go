package isolate

import (
	"errors"
	"strconv"
	"strings"
)

// Walls is a set of the things that keep a container apart, each of which can be raised or left open alone.
// The zero value is the empty set.
type Walls uint32

// The walls, in the order in which they are raised.
const (
	UserNS       Walls = 1 << iota // own users; without it a container needs root
	MountNS                        // own table of mounts
	PIDNS                          // own process ids; the command is process 1
	UTSNS                          // own host name
	IPCNS                          // own message queues and shared memory
	NetNS                          // own network, with nothing in it but a loopback
	CgroupNS                       // own cgroup is the root of those it sees
	TimeNS                         // own clock offsets
	Root                           // own root directory, by pivot_root; needs MountNS
	Masks                          // parts of /proc and /sys hidden or read-only; needs Root
	Session                        // own session, keyring and no terminal injection
	Descriptors                    // no open file but the three standard ones
	Capabilities                   // none but those asked for
	NoNewPrivs                     // setuid programs give nothing
	Seccomp                        // only the system calls on the list
	Programs                       // only what lies below the own root is executed, not the program that starts the container
	wallsEnd
)

// AllWalls is every wall there is: what a container has unless its Spec opens some.
const AllWalls = wallsEnd - 1

// Namespaces are the walls that are namespaces, all eight.
const Namespaces = UserNS | MountNS | PIDNS | UTSNS | IPCNS | NetNS | CgroupNS | TimeNS

var wallNames = [...]string{"user", "mount", "pid", "uts", "ipc", "net", "cgroup", "time", "root", "masks", "session", "descriptors",
	"capabilities", "no-new-privs", "seccomp", "programs"}

// Has tells whether all walls of o are in w.
func (w Walls) Has(o Walls) bool { return w&o == o }

// String lists the walls' names, joined by commas, in the order in which they are raised.
func (w Walls) String() string {
	var names []string
	for i, name := range wallNames {
		if w&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ",")
}

// MarshalText writes the names.
func (w Walls) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (w *Walls) UnmarshalText(text []byte) (err error) {
	*w, err = ParseWalls(string(text))
	return err
}

// ParseWalls reads names joined by commas; "all" is every wall, "none" or nothing is no wall.
func ParseWalls(text string) (Walls, error) {
	var w Walls
	for _, name := range strings.Split(text, ",") {
		switch name {
		case "", "none":
			continue
		case "all":
			w |= AllWalls
			continue
		}
		bit := Walls(0)
		for i, known := range wallNames {
			if name == known {
				bit = 1 << i
			}
		}
		if bit == 0 {
			return 0, errors.New("isolate: there is no wall " + strconv.Quote(name) + "; there are " + AllWalls.String())
		}
		w |= bit
	}
	return w, nil
}
