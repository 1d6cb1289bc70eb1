package playground_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

func workedOn(t *testing.T) *playground.Session {
	s := onMachine(t)
	types(t, s, "mkdir /sys/fs/cgroup/box")
	types(t, s, "unshare --pid --fork sleep 1000 &")
	_, err := s.Advance(3 * time.Second)
	require.NoError(t, err)
	return s
}

// full is the first patch among messages.
func full(t *testing.T, said []map[string]any) map[string]any {
	for _, m := range said {
		if m["type"] == "patch" {
			return m
		}
	}
	require.Fail(t, "no patch", "%v", said)
	return nil
}

func TestAMachineOfAnotherEngineIsLookedAt(t *testing.T) {
	s := workedOn(t)
	same, err := s.Save()
	require.NoError(t, err)
	want := full(t, newPage(t).say(t, map[string]any{"op": "load", "id": 1, "log": string(same)}))
	text := older(t, s, nil)
	p := newPage(t)
	said := p.say(t, map[string]any{"op": "load", "id": 1, "log": string(text)})
	got := full(t, said)
	for _, kind := range []string{"processes", "cgroups", "mounts", "networks"} {
		require.NotEmpty(t, got[kind].(map[string]any)["add"])
		require.Equal(t, want[kind], got[kind], kind)
	}
	require.Equal(t, want["clock"], got["clock"])

	old, err := playground.Load(text)
	require.NoError(t, err)
	t.Cleanup(old.Close)
	require.Contains(t, old.ReadOnly(), `made by engine "0.0.9"`)
	require.Contains(t, types(t, old, "ps"), "only looked at")
	require.False(t, old.CanUndo())
	again, err := old.Save()
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))
	require.NoError(t, old.Reset())
	require.Equal(t, "lab\n", types(t, old, "hostname"))
}

func TestThePictureOfAMachineFromOutsideIsChecked(t *testing.T) {
	for _, state := range []string{"", "nonsense", `{"items":[{"kind":"pods","item":{"key":"a"}}]}`, `{"items":[{"kind":"cgroups","item":{}}]}`, `{"items":1}`} {
		_, err := playground.Load(older(t, workedOn(t), func(log map[string]any) { log["state"] = state }))
		var wrong *playground.LogError
		require.ErrorAs(t, err, &wrong, state)
	}
	big := onMachine(t)
	types(t, big, "i=0; while [ $i -lt 250 ]; do mkdir /sys/fs/cgroup/c$i; i=$((i + 1)); done")
	_, err := big.Settle(time.Minute)
	require.NoError(t, err)
	text, err := big.Save()
	require.NoError(t, err)
	var log map[string]any
	require.NoError(t, json.Unmarshal(text, &log))
	require.Empty(t, log["state"], "a large machine is saved without its picture")
}
