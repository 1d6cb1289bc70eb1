package playground_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

func TestAPictureIsTheWholeMomentAndChangesNothing(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl create deployment web --image=nginx --replicas=2")
	enter(t, s, "kubectl run bare --image=nginx")
	before := s.Cluster().TraceHash()
	p := s.Picture()
	require.Equal(t, before, s.Cluster().TraceHash())
	require.Equal(t, p, s.Picture())

	var patch struct {
		Type  string
		Full  bool
		Nodes struct{ Add []any }
		Pods  struct{ Add []any }
	}
	require.NoError(t, json.Unmarshal(p.Patch, &patch))
	require.Equal(t, "patch", patch.Type)
	require.True(t, patch.Full)
	require.Len(t, patch.Nodes.Add, 3)
	require.Len(t, patch.Pods.Add, 3)
	require.Len(t, p.Stems, 2, "a name that a person gave has no stem")
	var panel struct {
		Name  string
		Chips []any
	}
	require.NoError(t, json.Unmarshal(p.Labels, &panel))
	require.Equal(t, "labels", panel.Name)
	require.Len(t, panel.Chips, 3)
}

func TestInAScenarioNewsMayTakeTime(t *testing.T) {
	until := func(staleness int64) time.Duration {
		sc := aPod()
		sc.Staleness = staleness
		s, err := playground.Open(sc)
		require.NoError(t, err)
		_, err = s.Type("kubectl create deployment web --image=nginx --replicas=3")
		require.NoError(t, err)
		for len(s.View().Pods) < 3 {
			_, err = s.Advance(10 * time.Millisecond)
			require.NoError(t, err)
			require.Less(t, s.Now(), 30*time.Second)
		}
		at := s.Now()
		_, err = s.Settle(10 * time.Minute)
		require.NoError(t, err)
		log, err := s.Save()
		require.NoError(t, err)
		again, err := playground.Load(log)
		require.NoError(t, err)
		require.Equal(t, s.Cluster().TraceHash(), again.Cluster().TraceHash(), "a saved session knows how slow news was")
		require.Equal(t, staleness, again.Scenario().Staleness)
		return at
	}
	require.Greater(t, until(2000), until(0))
	for _, wrong := range []int64{-1, 5001} {
		sc := aPod()
		sc.Staleness = wrong
		_, err := playground.Open(sc)
		require.ErrorContains(t, err, "staleness")
	}
}
