//go:build amd64 || arm64

package isolate

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// counted starts a container with groups of its own, where groups can be made.
func counted(t *testing.T, s Spec, act ...string) (*Cmd, Running) {
	t.Helper()
	needControllers(t, "pids")
	s.Group, s.Rootfs = true, rootfs(t)
	s.Args = append([]string{"/probe"}, act...)
	cmd := Command(s)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Kill(); _ = cmd.Wait() })
	r, err := Find(cmd.Process.PID)
	require.NoError(t, err)
	return cmd, r
}

// eventually waits for what the kernel does in its own time.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 1000 {
		if holds() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal(what)
}

func TestKernelStatsAreCounted(t *testing.T) {
	_, r := counted(t, Spec{Limits: Limits{CPU: 100, PIDs: 30, Memory: 64 << 20}}, "burn", "100000")
	eventually(t, "it is not throttled", func() bool { return r.Stats().Throttled > 2 })
	s := r.Stats()
	require.Subset(t, s.Counted, []string{"cpu", "memory", "pids"})
	require.Positive(t, s.CPU)
	require.Positive(t, s.ThrottledTime)
	require.Greater(t, s.Periods, int64(2))
	require.Greater(t, s.Memory, int64(100<<10))
	require.EqualValues(t, 64<<20, s.MemoryLimit)
	require.Positive(t, s.PIDs)
	require.EqualValues(t, 30, s.PIDsLimit)
}

func TestKernelAFrozenContainerStands(t *testing.T) {
	cmd, r := counted(t, Spec{}, "burn", "100000")
	require.NoError(t, r.Freeze())
	stood := r.Stats()
	require.True(t, stood.Frozen)
	time.Sleep(50 * time.Millisecond)
	require.Equal(t, stood.CPU, r.Stats().CPU)
	require.NoError(t, r.Thaw())
	require.False(t, r.Stats().Frozen)
	eventually(t, "it does not go on", func() bool { return r.Stats().CPU > stood.CPU })
	require.NoError(t, r.Freeze())
	require.NoError(t, cmd.Kill(), "who is frozen can be killed")
	require.Error(t, cmd.Wait())
	require.Equal(t, 9, cmd.State.Signal)
	for _, g := range r.Groups {
		require.NoDirExists(t, g.Dir)
	}
}

func TestKernelWithoutAGroupNothingIsFrozen(t *testing.T) {
	needKernel(t)
	s := running(t, Spec{})
	require.ErrorIs(t, s.Join.Freeze(), ErrNoFreezer)
	require.Empty(t, s.Join.Stats().Counted)
}

func TestKernelIOLimitsAreSet(t *testing.T) {
	h := needControllers(t, "io")
	devices, err := filepath.Glob("/sys/block/*/dev")
	require.NoError(t, err)
	if len(devices) == 0 {
		lacking(t, "there is no block device to limit")
	}
	text, err := os.ReadFile(devices[0])
	require.NoError(t, err)
	major, minor, _ := strings.Cut(strings.TrimSpace(string(text)), ":")
	number := func(s string) uint32 {
		n, err := strconv.ParseUint(s, 10, 32)
		require.NoError(t, err)
		return uint32(n)
	}
	limit := DeviceLimit{Major: number(major), Minor: number(minor), ReadBytes: 1 << 20, WrittenBytes: 2 << 20, Reads: 100, Writes: 200}
	_, r := counted(t, Spec{Limits: Limits{IO: []DeviceLimit{limit}}}, "sleep")
	c, _ := h.controller("io")
	set := ""
	for _, g := range r.Groups {
		for _, name := range []string{"io.max", "blkio.throttle.read_bps_device", "blkio.throttle.write_iops_device"} {
			b, _ := os.ReadFile(g.Dir + "/" + name)
			set += string(b)
		}
	}
	if c.Unified {
		require.Contains(t, set, major+":"+minor+" rbps=1048576 wbps=2097152 riops=100 wiops=200")
	} else {
		require.Contains(t, set, major+":"+minor+" 1048576\n"+major+":"+minor+" 200\n")
	}

	_, err = inside(t, Spec{Limits: Limits{IO: []DeviceLimit{{Major: 4095, Reads: 1}}}}, "true")
	require.ErrorContains(t, err, "there is no such block device")
}
