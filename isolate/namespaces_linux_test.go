//go:build amd64 || arm64

package isolate

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestKernelEachNamespaceIsTheChilds(t *testing.T) {
	needKernel(t)
	for i, name := range []string{"user", "mnt", "pid", "uts", "ipc", "net", "cgroup", "time"} {
		wall := Walls(1) << i
		t.Run(name, func(t *testing.T) {
			if wall == TimeNS {
				needTime(t)
			}
			ours, err := os.Readlink("/proc/self/ns/" + name)
			require.NoError(t, err)
			s := Spec{}
			if wall == UserNS && os.Geteuid() == 0 {
				s.UIDs, s.GIDs = []IDMap{{0, 0, 65536}}, []IDMap{{0, 0, 65536}}
			}
			require.NotEqual(t, ours, says(t, s, "link", "/proc/self/ns/"+name))
			if wall == UserNS || wall == MountNS || wall == PIDNS && os.Geteuid() != 0 {
				return // the others need it
			}
			s.Open = wall
			require.Equal(t, ours, says(t, s, "link", "/proc/self/ns/"+name))
		})
	}
}

// needTime skips where a container has the machine's clocks. Whoever runs on such a kernel must find that threads can be made all the same.
func needTime(t *testing.T) {
	t.Helper()
	h, err := Detect()
	require.NoError(t, err)
	if h.NoTime {
		t.Skip("before Linux 6.3 execve enters no time namespace")
	}
}

func TestKernelTheHostKeepsItsName(t *testing.T) {
	needKernel(t)
	before, err := os.Hostname()
	require.NoError(t, err)
	require.Equal(t, "boat", says(t, Spec{Hostname: "boat"}, "hostname"))
	after, err := os.Hostname()
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestKernelClocksStartElsewhere(t *testing.T) {
	needKernel(t)
	needTime(t)
	plain, err := strconv.Atoi(says(t, Spec{}, "uptime"))
	require.NoError(t, err)
	ahead, err := strconv.Atoi(says(t, Spec{Clock: Clock{Monotonic: 1000 * time.Hour}}, "uptime"))
	require.NoError(t, err)
	require.InDelta(t, 1000*3600, ahead-plain, 60)
}

func TestKernelIDsAreMapped(t *testing.T) {
	needKernel(t)
	if os.Geteuid() != 0 {
		require.Equal(t, "0 0", says(t, Spec{}, "id")[:3])
		require.Equal(t, []string{"0", strconv.Itoa(os.Geteuid()), "1"}, strings.Fields(says(t, Spec{}, "cat", "/proc/self/uid_map")))
		return
	}
	maps := []IDMap{{0, 0, 1}, {1, 100001, 65535}}
	s := Spec{UIDs: maps, GIDs: maps, User: User{UID: 7, GID: 8, Groups: []uint32{9, 10}}}
	require.Equal(t, "7 8 [9 10]", says(t, s, "id"))
	require.Equal(t, strings.Fields("0 0 1 1 100001 65535"), strings.Fields(says(t, s, "cat", "/proc/self/uid_map")))
}

func TestKernelTheUserIsWhoItIsSaidToBe(t *testing.T) {
	needKernel(t)
	needRoot(t)
	require.Equal(t, "1000 1001 [5]", says(t, Spec{User: User{UID: 1000, GID: 1001, Groups: []uint32{5}}}, "id"))
	require.Equal(t, "0 0 []", says(t, Spec{}, "id"))
}

func TestKernelOnlyTheLoopbackIsThere(t *testing.T) {
	needKernel(t)
	devices := func(s Spec) []string {
		var names []string
		for line := range strings.Lines(says(t, s, "cat", "/proc/net/dev")) {
			if name, _, ok := strings.Cut(line, ":"); ok {
				names = append(names, strings.TrimSpace(name))
			}
		}
		return names
	}
	require.Contains(t, devices(Spec{}), "lo")
	require.NotContains(t, devices(Spec{}), "eth0")
	require.Equal(t, "127.0.0.1 answers", says(t, Spec{}, "loopback"))
	out, err := inside(t, Spec{Network: NoNetwork}, "loopback")
	require.Error(t, err)
	require.Contains(t, out, "network is unreachable")
}
