package playground_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/playground"
)

// older is the log of a session as another engine would have saved it.
func older(t *testing.T, s *playground.Session, change func(log map[string]any)) []byte {
	t.Helper()
	text, err := s.Save()
	require.NoError(t, err)
	var log map[string]any
	require.NoError(t, json.Unmarshal(text, &log))
	log["engine"] = "0.0.9"
	if change != nil {
		change(log)
	}
	text, err = json.Marshal(log)
	require.NoError(t, err)
	return text
}

// said is all that a session has printed.
func said(s *playground.Session) string {
	var b strings.Builder
	for _, o := range s.Transcript() {
		if o.Stream != playground.Typed {
			b.WriteString(o.Text)
		}
	}
	return b.String()
}

func workedIn(t *testing.T) *playground.Session {
	t.Helper()
	s := open(t)
	enter(t, s, "kubectl create deployment web --image=nginx --replicas=3")
	enter(t, s, "kubectl expose deployment web --port=80")
	enter(t, s, "kubectl create secret generic pass --from-literal=word=x")
	_, err := s.Advance(20 * time.Second)
	require.NoError(t, err)
	return s
}

func TestALogOfAnotherEngineIsLookedAt(t *testing.T) {
	s := workedIn(t)
	looks := []string{
		"kubectl get all,nodes,secrets,endpointslices -o wide", "kubectl describe deploy web", "kubectl describe nodes", "kubectl get pods --show-labels",
		"kubectl get events", "kubectl get svc web -o jsonpath={.spec.clusterIP}", "kubectl rollout history deploy/web",
	}
	var want []string
	for _, l := range looks {
		want = append(want, enter(t, s, l))
	}
	text := older(t, s, nil)
	old, err := playground.Load(text)
	require.NoError(t, err)
	require.Contains(t, old.ReadOnly(), `made by engine "0.0.9"`)
	require.Contains(t, said(old), "This session cannot go on")
	require.Equal(t, s.Now(), old.Now())
	for i, l := range looks {
		require.Equal(t, want[i], enter(t, old, l), l)
	}
	require.Contains(t, enter(t, old, "why deploy/web"), "deployment/web")
	again, err := old.Save()
	require.NoError(t, err)
	require.Equal(t, string(text), string(again), "what is only looked at is saved as it was")
}

func TestNothingChangesInASessionThatIsLookedAt(t *testing.T) {
	old, err := playground.Load(older(t, workedIn(t), nil))
	require.NoError(t, err)
	before, world := old.Now(), enter(t, old, "kubectl get all -o yaml")
	for _, l := range []string{
		"kubectl delete pods --all", "kubectl scale deploy web --replicas=9", "kubectl run x --image=nginx", "kubectl drain node-1 --force", "fault crash node node-1",
		"kubectl apply -f - <<E\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\nE", "traffic start a http://web", "undo", "at -5s", "fork",
	} {
		if text, moved, err := old.Travel(l); moved {
			require.NoError(t, err)
			require.Contains(t, text, "only looked at", l)
			continue
		}
		require.Contains(t, enter(t, old, l), "only looked at", l)
		require.False(t, old.Busy(), l)
	}
	enter(t, old, "kubectl get pods -w")
	require.False(t, old.Busy(), "what waits would wait for ever")
	enter(t, old, "X=5; echo $X > file")
	require.Equal(t, "5\n", enter(t, old, "cat file"), "the shell goes on")
	_, err = old.Advance(time.Hour)
	require.NoError(t, err)
	require.NoError(t, old.Step())
	old.Seek(0)
	require.True(t, old.Live())
	require.False(t, old.CanUndo() || old.CanRedo())
	require.ErrorIs(t, func() error { _, err := old.Undo(); return err }(), playground.ErrNothing)
	require.Equal(t, before, old.Now())
	require.Equal(t, world, enter(t, old, "kubectl get all -o yaml"))
}

func TestAResetLeavesWhatIsOnlyLookedAt(t *testing.T) {
	s := workedIn(t)
	old, err := playground.Load(older(t, s, nil))
	require.NoError(t, err)
	require.NoError(t, old.Reset())
	require.Empty(t, old.ReadOnly())
	require.Contains(t, enter(t, old, "kubectl run x --image=nginx"), "created")
	require.Len(t, old.Branches(), 1, "what was typed is kept, to be replayed by this engine")
	require.NoError(t, old.Switch(0))
	require.Equal(t, s.Cluster().TraceHash(), old.Cluster().TraceHash())
}

func TestAnEndStateFromOutsideIsChecked(t *testing.T) {
	s := workedIn(t)
	state := func(change func(text string) string) func(log map[string]any) {
		return func(log map[string]any) { log["state"] = change(log["state"].(string)) }
	}
	replaced := func(old, with string) func(log map[string]any) {
		return state(func(text string) string {
			require.Contains(t, text, old)
			return strings.Replace(text, old, with, 1)
		})
	}
	for name, change := range map[string]func(log map[string]any){
		"none":               func(log map[string]any) { delete(log, "state") },
		"cut off":            state(func(text string) string { return text[:len(text)/2] }),
		"an unknown field":   replaced(`"replicas":3`, `"replicaz":3`),
		"an unknown kind":    replaced(`"kind":"Namespace","metadata"`, `"kind":"Namespaze","metadata"`),
		"a broken object":    replaced(`"replicas":3`, `"replicas":-3`),
		"no name":            replaced(`"name":"pass"`, `"name":""`),
		"no namespace":       replaced(`"name":"pass","namespace":"default"`, `"name":"pass","namespace":""`),
		"the same twice":     replaced(`"name":"node-2"`, `"name":"node-1"`),
		"no spec":            replaced(`"kind":"Pod",`, `"kind":"Pod","spec":null,`),
		"not even an object": state(func(string) string { return "[1]" }),
	} {
		_, err := playground.Load(older(t, s, change))
		var refused *playground.LogError
		require.ErrorAs(t, err, &refused, name)
	}
}

func TestALargeWorldIsSavedWithoutItsEndState(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl create deployment web --image=nginx --replicas=300")
	_, err := s.Advance(time.Minute)
	require.NoError(t, err)
	text, err := s.Save()
	require.NoError(t, err)
	require.Less(t, len(text), 10_000)
}

func TestThePageIsToldThatASessionIsOnlyLookedAt(t *testing.T) {
	p := newPage(t)
	said := p.say(t, map[string]any{"op": "load", "id": 1, "log": string(older(t, workedIn(t), nil))})
	require.Equal(t, "opened", said[0]["type"])
	require.Equal(t, "output", said[1]["type"])
	require.Contains(t, said[1]["text"], "a reset begins it anew")
	require.Contains(t, said[2], "entries", "what was typed is shown")
	require.Equal(t, false, said[2]["undo"])
	p.say(t, map[string]any{"op": "tick", "ms": 5000})
	p.say(t, map[string]any{"op": "seek", "ms": 0})
	said = p.say(t, map[string]any{"op": "branch", "index": 0})
	require.Equal(t, "error", said[len(said)-1]["type"])
	p.say(t, map[string]any{"op": "reset"})
	said = p.say(t, map[string]any{"op": "line", "text": "kubectl run x --image=nginx"})
	require.Contains(t, said[1]["text"], "created")
}
