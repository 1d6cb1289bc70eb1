package playground_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What the page is told of a machine has the form of the sample, which the page's own tests read.
func TestPatchesOfAMachineHaveTheFormOfTheSample(t *testing.T) {
	p := newPage(t)
	scenario := map[string]any{"name": "x", "seed": 1, "machine": true, "steps": []any{}}
	p.say(t, map[string]any{"op": "open", "scenario": scenario})
	p.say(t, map[string]any{"op": "line", "text": "mkdir /sys/fs/cgroup/box; echo 5 > /sys/fs/cgroup/box/pids.max"})
	p.say(t, map[string]any{"op": "line", "text": "unshare --pid --fork sleep 1000 &"})
	p.say(t, map[string]any{"op": "line", "text": "echo $! > /sys/fs/cgroup/box/cgroup.procs"})
	p.say(t, map[string]any{"op": "tick", "ms": 1000})
	want := sample(t, "../testdata/wire/msg-patch-machine.json")
	seen := 0
	for _, got := range p.said {
		if got["type"] != "patch" {
			continue
		}
		for _, kind := range []string{"processes", "cgroups"} {
			agree(t, kind, shapeOf(want[kind]), shapeOf(got[kind]))
			seen += len(got[kind].(map[string]any)["add"].([]any))
		}
	}
	require.Greater(t, seen, 4)
}
