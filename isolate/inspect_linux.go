//go:build amd64 || arm64

package isolate

import (
	"fmt"
	"os"
	"strings"
)

// Inspect looks at a process from outside. What the caller may not read is left empty; that there is no such process is an error that
// wraps [os.ErrNotExist].
func Inspect(pid int) (Inspection, error) {
	in := Inspection{PID: pid}
	dir := fmt.Sprintf("/proc/%d/", pid)
	status, err := os.ReadFile(dir + "status")
	if err != nil {
		return in, fmt.Errorf("isolate: there is no process %d: %w", pid, err)
	}
	in.readStatus(string(status))
	for i, name := range []string{"user", "mnt", "pid", "uts", "ipc", "net", "cgroup", "time"} {
		wall := Walls(1) << i
		theirs, err := os.Readlink(dir + "ns/" + name)
		ours, err2 := os.Readlink("/proc/self/ns/" + name)
		switch {
		case err != nil || err2 != nil:
		case theirs == ours:
			in.Shared |= wall
		default:
			in.Own |= wall
		}
	}
	in.Root, _ = os.Readlink(dir + "root")
	maps, _ := os.ReadFile(dir + "uid_map")
	in.UIDMap = string(maps)
	groups, _ := os.ReadFile(dir + "cgroup")
	in.Cgroups = strings.Fields(string(groups))
	return in, nil
}
