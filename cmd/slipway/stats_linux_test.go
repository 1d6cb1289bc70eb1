package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/isolate"
)

// needGroups skips, or fails where containers are required, if no cgroup can be made.
func needGroups(t *testing.T) {
	t.Helper()
	host, err := isolate.Detect()
	if err != nil || len(host.Cgroups) == 0 {
		t.Skip("no cgroup can be made here by us")
	}
}

func TestADetachedContainerIsCountedAndPaused(t *testing.T) {
	needContainers(t)
	needGroups(t)
	run := boat(t, "--pids", "20")
	_, out := run("stats")
	require.Regexp(t, `NAME +CPU +THROTTLED +MEMORY +PEAK +PIDS +READ +WRITTEN\nboat .* 1 of 20 `, out)
	_, out = run("stats", "-o", "json", "boat")
	var used []usage
	require.NoError(t, json.Unmarshal([]byte(out), &used))
	require.Len(t, used, 1)
	require.Contains(t, used[0].Counted, "pids")

	status, out := run("pause", "boat")
	require.Zero(t, status, out)
	_, out = run("ps")
	require.Contains(t, out, "paused")
	status, out = run("exec", "boat", "/bin/true")
	require.Equal(t, 1, status)
	require.Contains(t, out, "slipway unpause boat")
	status, out = run("unpause", "boat")
	require.Zero(t, status, out)
	status, out = run("exec", "boat", "/bin/true")
	require.Zero(t, status, out)

	run("pause", "boat")
	status, out = run("kill", "boat")
	require.Zero(t, status, out)
	until(t, "who is paused does not die", func() bool { _, out := run("ps"); return strings.Contains(out, "exited (137)") })
	_, out = run("stats")
	require.NotContains(t, out, "boat")
	_, out = run("stats", "boat")
	require.Contains(t, out, "boat does not run")
	_, out = run("pause", "boat")
	require.Contains(t, out, "boat does not run")
}

func TestDeviceLimitsAreRead(t *testing.T) {
	limit, err := deviceLimit("8:16:read=10m,writes=100")
	require.NoError(t, err)
	require.Equal(t, isolate.DeviceLimit{Major: 8, Minor: 16, ReadBytes: 10 << 20, Writes: 100}, limit)
	for text, want := range map[string]string{"sda": "names no device", "8:0:read": `"read" is no limit`, "8:0:fast=1": `"fast=1" is no limit`,
		"a:b:read=1": `"a:b" is no device number`, "8:0:read=x": "x is no number", "/dev/null:read=1": "is no block device", "/nowhere:read=1": "no such file"} {
		_, err := deviceLimit(text)
		require.ErrorContains(t, err, want)
	}
}
