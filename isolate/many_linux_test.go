//go:build amd64 || arm64

package isolate

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// starts is how many containers are started one after the other, and twice how many run at once: SLIPWAY_STARTS, or enough to see something.
func starts(t *testing.T) int {
	t.Helper()
	if text := os.Getenv("SLIPWAY_STARTS"); text != "" {
		n, err := strconv.Atoi(text)
		require.NoError(t, err)
		return n
	}
	return 60
}

// What is there before is there after: processes, mounts, groups, descriptors, files. So it is after starts that fail, and after those that are killed.
func TestKernelNothingIsLeftBehind(t *testing.T) {
	needKernel(t)
	s := Spec{Rootfs: rootfs(t), Limits: someLimits(t)}
	says(t, s, "true") // what the runtime opens once is open now, what is mounted on has a folder
	before := leftovers(t, s.Rootfs)
	for i := range starts(t) {
		switch i % 3 {
		case 0:
			says(t, s, "true")
		case 1:
			_, err := inside(t, Spec{Rootfs: s.Rootfs, Limits: s.Limits, Dir: "/nowhere"}, "true") // fails late
			var step *StepError
			require.ErrorAs(t, err, &step)
			require.ErrorIs(t, err, os.ErrNotExist)
			require.Equal(t, "openat2", step.Step.Call, i)
		case 2:
			cmd := Command(Spec{Rootfs: s.Rootfs, Limits: s.Limits, Args: []string{"/probe", "sleep"}})
			require.NoError(t, cmd.Start())
			require.NoError(t, cmd.Kill())
			require.Error(t, cmd.Wait())
		}
	}
	require.Equal(t, before, leftovers(t, s.Rootfs))
}

func TestKernelManyRunAtOnce(t *testing.T) {
	needKernel(t)
	number := starts(t) / 2
	if os.Geteuid() != 0 {
		number = min(number, 100) // a user may have 200 keyrings, see keyrings(7)
	}
	s := Spec{Rootfs: rootfs(t), Limits: someLimits(t)}
	says(t, s, "true")
	before := leftovers(t, s.Rootfs)
	running := make([]*Cmd, 0, number)
	for range number {
		cmd := Command(Spec{Rootfs: s.Rootfs, Limits: s.Limits, Args: []string{"/probe", "sleep"}})
		require.NoError(t, cmd.Start())
		running = append(running, cmd)
	}
	now := leftovers(t, s.Rootfs)
	require.Equal(t, number, now["processes"]-before["processes"], "all of them run")
	for _, cmd := range running {
		require.NoError(t, cmd.Kill())
	}
	for _, cmd := range running {
		require.Error(t, cmd.Wait())
		require.Equal(t, 9, cmd.State.Signal)
	}
	require.Equal(t, before, leftovers(t, s.Rootfs))
}

// leftovers counts what a container could leave behind.
func leftovers(t *testing.T, root string) map[string]int {
	t.Helper()
	count := map[string]int{}
	fds, err := os.ReadDir("/proc/self/fd")
	require.NoError(t, err)
	count["descriptors"] = len(fds)
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	require.NoError(t, err)
	count["mounts"] = bytes.Count(mounts, []byte("\n"))
	h, err := Detect()
	require.NoError(t, err)
	for _, c := range h.Cgroups {
		for _, pattern := range []string{"/slipway-c%d-*", "/slipway/c%d-*"} {
			groups, err := filepath.Glob(c.Dir + fmt.Sprintf(pattern, os.Getpid()))
			require.NoError(t, err)
			count["groups"] += len(groups)
		}
	}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(t, err)
	us := strconv.Itoa(os.Getpid())
	for _, file := range stats {
		text, _ := os.ReadFile(file) // it may have ended
		if _, rest, ok := strings.Cut(string(text), ") "); ok && strings.Fields(rest)[1] == us {
			count["processes"]++
		}
	}
	require.NoError(t, filepath.WalkDir(root, func(string, fs.DirEntry, error) error { count["files"]++; return nil }))
	return count
}
