//go:build linux && (amd64 || arm64)

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/isolate"
)

func TestARatioIsTheMedianOfTheRounds(t *testing.T) {
	a := []sample{{wall: 10}, {wall: 40}, {wall: 900}}
	b := []sample{{wall: 20}, {wall: 40}, {wall: 100}} // 0.5, 1 and 9: one round was disturbed
	require.InDelta(t, 1, ratio(a, b, wall), 1e-9)
	require.EqualValues(t, 40, median(a, wall))
	require.EqualValues(t, 900, largest(a, wall))
	require.EqualValues(t, 10, best(a, wall))
}

// Other people's container programs are never started on a host.
func TestOthersAreStartedInTheRigOnly(t *testing.T) {
	if inRig() {
		t.Skip("this is the rig")
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "calls"), []byte("#!/bin/sh\n"), 0o755))
	all, err := contestants(dir, t.TempDir())
	for _, c := range all {
		c.close()
		for _, peer := range []string{"runc", "crun", "bwrap"} {
			require.NotContains(t, strings.Join(c.argv, " "), peer)
		}
	}
	require.NoError(t, err)
	require.NotEmpty(t, all)
}

// What the C program is given is the whole plan: as many steps by each actor, and every argument.
func TestThePlanIsWrittenWhole(t *testing.T) {
	plan, err := isolate.Build(specOf("/compare", true), isolate.Host{})
	require.NoError(t, err)
	text, err := planText(plan)
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(text), "\n")
	require.Len(t, lines, len(plan.Steps))
	require.Equal(t, "0 mkdirat 17 0 0 3 n18446744073709551516 s22:"+"2f7379732f66732f6367726f75702f736c6970776179"+" n493", lines[0])
	require.Contains(t, text, "\n1 execve 0 0 0 3 s9:2f62696e2f74727565 l1 9:2f62696e2f74727565 l2 ")
	require.Contains(t, text, "\n1 seccomp 0 0 0 3 n1 n0 p")

	_, err = planText(isolate.Plan{Steps: []isolate.Step{{By: isolate.Beside, Call: "write"}}})
	require.Error(t, err, "the C program has no parent that works beside it")
}

// The others are asked for what we do.
func TestTheBundleAsksForTheSame(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, bundle(dir, "/r", true))
	text, err := os.ReadFile(filepath.Join(dir, "config.json"))
	require.NoError(t, err)
	for _, want := range []string{`"noNewPrivileges": true`, `"limit": 67108864`, `"limit": 20`, `"quota": 50000`, `"SCMP_ACT_ERRNO"`, `"bounding": []`, `"type": "pid"`, `"type": "network"`} {
		require.Contains(t, string(text), want)
	}
}
