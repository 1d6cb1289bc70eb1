package playground_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// aPod is the scenario of the first lesson in short.
func aPod() playground.Scenario {
	return playground.Scenario{
		Name: "pod", Seed: 7, Nodes: orchestrate.Nodes(3),
		Steps: []playground.Step{
			{ID: "run", Goals: []playground.Goal{{ID: "ready", Resource: "pod/web", For: "condition=Ready"}}, Solution: []string{"kubectl run web --image=nginx"}},
			{ID: "delete", Goals: []playground.Goal{{ID: "gone", Resource: "pod/web", For: "delete"}}, Solution: []string{"kubectl delete pod web"}},
		},
	}
}

func open(t require.TestingT) *playground.Session {
	s, err := playground.Open(aPod())
	require.NoError(t, err)
	return s
}

func text(out []playground.Output) string {
	var b strings.Builder
	for _, o := range out {
		if o.Stream != playground.Typed {
			b.WriteString(o.Text)
		}
	}
	return b.String()
}

// enter types a line and lets the world come to rest.
func enter(t require.TestingT, s *playground.Session, line string) string {
	first, err := s.Type(line)
	require.NoError(t, err)
	printed := text(first)
	rest, err := s.Settle(10 * time.Minute)
	require.NoError(t, err)
	return printed + text(rest)
}

func reached(s *playground.Session) map[string]bool {
	out := map[string]bool{}
	for _, g := range s.Goals() {
		out[g.ID] = g.Reached
	}
	return out
}

func Example() {
	s, err := playground.Open(playground.Scenario{Seed: 7, Nodes: orchestrate.Nodes(3)})
	if err != nil {
		fmt.Println(err)
		return
	}
	s.Type("kubectl run web --image=nginx")
	s.Advance(10 * time.Second)
	out, _ := s.Type("kubectl get pods -o wide")
	for _, o := range out {
		if o.Stream == playground.Out {
			fmt.Print(o.Text)
		}
	}
	// Output:
	// NAME   READY   STATUS    RESTARTS   AGE   IP           NODE     NOMINATED NODE   READINESS GATES
	// web    1/1     Running   0          10s   10.244.2.2   node-2   <none>           <none>
}

func TestTheMainJob(t *testing.T) {
	s := open(t)
	require.Equal(t, "pod/web created\n", enter(t, s, "kubectl run web --image=nginx"))
	v := s.View()
	require.Len(t, v.Nodes, 3)
	require.Len(t, v.Pods, 1)
	require.Equal(t, playground.ToneOK, v.Pods[0].Tone)
	require.Equal(t, "pod web on node-2, Running, ready", v.Pods[0].Text)
	for _, step := range v.Pods[0].Steps {
		require.True(t, step.Done, step.Label)
	}
	require.Equal(t, map[string]bool{"ready": true, "gone": false}, reached(s))
	out := enter(t, s, "kubectl delete pod web")
	require.Equal(t, "pod \"web\" deleted from default namespace\n", out)
	require.Equal(t, map[string]bool{"ready": true, "gone": true}, reached(s))
}

func TestAPastedManifestIsApplied(t *testing.T) {
	s := open(t)
	require.Equal(t, "pod/mine created\n", enter(t, s, `apiVersion: v1
kind: Pod
metadata:
  name: mine
spec:
  containers:
  - name: c
    image: nginx
`))
	require.Equal(t, "pod/mine", s.View().Pods[0].Key[:3]+"/"+s.View().Pods[0].Name)
}

func TestACommandThatWaitsLetsTimePassAndTypedLinesQueue(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl run web --image=busybox -- sleep 1000")
	_, err := s.Type("kubectl delete pod web")
	require.NoError(t, err)
	require.True(t, s.Busy(), "delete waits until the pod is gone")
	_, err = s.Type("echo after")
	require.NoError(t, err)
	out, err := s.Advance(10 * time.Second)
	require.NoError(t, err)
	require.True(t, s.Busy())
	require.NotContains(t, text(out), "after")
	out, err = s.Advance(time.Minute)
	require.NoError(t, err)
	require.False(t, s.Busy())
	require.True(t, strings.HasSuffix(text(out), "after\n"), "%q", text(out))
}

func TestInterruptGivesThePromptBack(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl run web --image=busybox -- sleep 1000")
	_, err := s.Type("kubectl delete pod web")
	require.NoError(t, err)
	_, err = s.Interrupt()
	require.NoError(t, err)
	require.False(t, s.Busy())
	require.Equal(t, "hello\n", enter(t, s, "echo hello"))
}

func TestStepGoesToTheNextThingThatHappens(t *testing.T) {
	s := open(t)
	begun := s.Now()
	require.NoError(t, s.Step())
	require.Equal(t, begun+10*time.Minute, s.Now(), "nothing happens in an empty world")
	_, err := s.Type("kubectl run web --image=nginx")
	require.NoError(t, err)
	var moments []time.Duration
	for !reached(s)["ready"] {
		before := s.Now()
		require.NoError(t, s.Step())
		require.Greater(t, s.Now(), before)
		moments = append(moments, s.Now()-begun)
		require.Less(t, len(moments), 30)
	}
	require.Greater(t, len(moments), 3, "bound, pulled, started, ready: %v", moments)
	typed := s.Now()
	_, err = s.Type("sleep 90s; echo done")
	require.NoError(t, err)
	require.NoError(t, s.Step())
	require.Equal(t, typed+90*time.Second, s.Now(), "what is waited for is something too")
	log, err := s.Save()
	require.NoError(t, err)
	_, err = playground.Load(log)
	require.NoError(t, err, "steps are only time that passes")
}

func TestUndoAndRedo(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl run web --image=nginx")
	enter(t, s, "kubectl run api --image=nginx")
	want, now := s.Cluster().TraceHash(), s.Now()
	_, err := s.Undo()
	require.NoError(t, err)
	require.Len(t, s.View().Pods, 1)
	_, err = s.Undo()
	require.NoError(t, err)
	require.Empty(t, s.View().Pods)
	require.Equal(t, map[string]bool{"ready": false, "gone": false}, reached(s))
	_, err = s.Undo()
	require.ErrorIs(t, err, playground.ErrNothing)
	for range 2 {
		_, err = s.Redo()
		require.NoError(t, err)
	}
	require.Equal(t, want, s.Cluster().TraceHash())
	require.Equal(t, now, s.Now())
	_, err = s.Redo()
	require.ErrorIs(t, err, playground.ErrNothing)
}

// What is brought back happens when it happened, not when it is brought back.
func TestRedoAfterTimeHasPassedIsTheSameWorld(t *testing.T) {
	s := open(t)
	_, err := s.Type("kubectl run web --image=nginx")
	require.NoError(t, err)
	_, err = s.Advance(time.Millisecond)
	require.NoError(t, err)
	want := s.Cluster().TraceHash()
	_, err = s.Undo()
	require.NoError(t, err)
	_, err = s.Advance(time.Millisecond)
	require.NoError(t, err)
	_, err = s.Redo()
	require.NoError(t, err)
	require.Equal(t, want, s.Cluster().TraceHash())
}

func TestTypingInThePastForksAndKeepsTheFuture(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl run web --image=nginx")
	middle := s.Now()
	_, err := s.Advance(time.Second)
	require.NoError(t, err)
	enter(t, s, "kubectl run api --image=nginx")
	future := s.Cluster().TraceHash()
	s.Seek(middle)
	require.False(t, s.Live())
	require.Len(t, s.View().Pods, 1, "the past is on show")
	enter(t, s, "kubectl run other --image=nginx")
	require.True(t, s.Live())
	require.Len(t, s.View().Pods, 2)
	require.Len(t, s.Branches(), 1)
	require.Equal(t, "kubectl run api --image=nginx", s.Branches()[0].Label())
	require.NoError(t, s.Switch(0))
	require.Equal(t, future, s.Cluster().TraceHash())
	require.Equal(t, "kubectl run other --image=nginx", s.Branches()[0].Label())
}

func TestResetKeepsWhatHappenedAsABranch(t *testing.T) {
	s := open(t)
	before := s.Cluster().TraceHash()
	enter(t, s, "kubectl run web --image=nginx")
	require.NoError(t, s.Reset())
	require.Equal(t, before, s.Cluster().TraceHash())
	require.Len(t, s.Branches(), 1)
}

func TestAStepStartsOverWhereItBegan(t *testing.T) {
	s := open(t)
	require.ErrorIs(t, s.ResetStep(), playground.ErrNothing, "nothing was typed")
	enter(t, s, "kubectl run web --image=nginx")
	first := s.Now()
	require.ErrorIs(t, s.ResetStep(), playground.ErrNothing, "nothing was typed in the second step")
	enter(t, s, "kubectl run one --image=nginx")
	enter(t, s, "kubectl run two --image=nginx")
	require.NoError(t, s.ResetStep())
	require.Equal(t, map[string]bool{"ready": true, "gone": false}, reached(s))
	require.Len(t, s.View().Pods, 1)
	require.Equal(t, first, s.Now())
	require.Len(t, s.Branches(), 1)
	require.False(t, s.CanRedo())

	require.NoError(t, s.Switch(0))
	require.Len(t, s.View().Pods, 3, "what happened is a branch")
	s.Seek(0)
	require.NoError(t, s.ResetStep())
	require.True(t, s.Live())
	require.Len(t, s.View().Pods, 1)
}

func TestSaveAndLoadGiveTheSameSession(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl run web --image=nginx")
	saved, err := s.Save()
	require.NoError(t, err)
	again, err := playground.Load(saved)
	require.NoError(t, err)
	require.Equal(t, s.Cluster().TraceHash(), again.Cluster().TraceHash())
	require.Equal(t, s.Now(), again.Now())
	require.Equal(t, reached(s), reached(again))
}

// Format 1 has another sum of the world.
func TestASessionOfTheFormatBeforeIsOpened(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl run web --image=nginx")
	saved, err := s.Save()
	require.NoError(t, err)
	before := func(hash string) *playground.Session {
		var log map[string]any
		require.NoError(t, json.Unmarshal(saved, &log))
		require.EqualValues(t, 2, log["format"])
		require.Equal(t, s.Cluster().Fingerprint(), log["hash"])
		log["format"], log["hash"] = 1, hash
		text, err := json.Marshal(log)
		require.NoError(t, err)
		again, err := playground.Load(text)
		require.NoError(t, err)
		return again
	}
	again := before(s.Cluster().TraceHash())
	require.Empty(t, again.ReadOnly())
	require.Equal(t, s.Cluster().Fingerprint(), again.Cluster().Fingerprint())
}

// A save is asked for bit by bit until all of the world has been read, and is the same then.
func TestASaveIsGatheredBitByBit(t *testing.T) {
	p := newPage(t)
	p.say(t, map[string]any{"op": "open", "scenario": map[string]any{"name": "x", "seed": 1, "nodes": make([]struct{}, 20)}})
	ask := func(bit bool) string {
		for _, m := range p.say(t, map[string]any{"op": "save", "id": 5, "bit": bit}) {
			if m["type"] == "saved" {
				require.EqualValues(t, 5, m["id"])
				return m["log"].(string)
			}
		}
		t.Fatal("no answer")
		return ""
	}
	bits := func() (n int) {
		for n = 1; ask(true) == ""; n++ {
			p.say(t, map[string]any{"op": "tick", "ms": 50})
		}
		return n
	}
	require.Equal(t, 1, bits())
	p.say(t, map[string]any{"op": "line", "text": "kubectl create deployment web --image=nginx --replicas=300"})
	p.say(t, map[string]any{"op": "tick", "ms": 30_000})
	require.Greater(t, bits(), 3)
	require.Equal(t, 1, bits(), "what was read is not read again")
	require.Equal(t, ask(false), ask(true))
	again, err := playground.Load([]byte(ask(true)))
	require.NoError(t, err)
	require.Empty(t, again.ReadOnly())
}

func TestACorruptLogIsRefusedWithTheReason(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl run web --image=nginx")
	good, err := s.Save()
	require.NoError(t, err)
	edit := func(change func(log map[string]any)) []byte {
		var log map[string]any
		require.NoError(t, json.Unmarshal(good, &log))
		delete(log, "state") // with it, some of them could still be looked at
		change(log)
		b, err := json.Marshal(log)
		require.NoError(t, err)
		return b
	}
	for _, test := range []struct {
		name, want string
		log        []byte
	}{
		{"cut off", "not JSON from byte", good[:len(good)/2]},
		{"another format", "its format is 9", edit(func(l map[string]any) { l["format"] = 9 })},
		{"another engine", `made by engine "9.9"`, edit(func(l map[string]any) { l["engine"] = "9.9" })},
		{"another world", "led to another world", edit(func(l map[string]any) { l["hash"] = "00" })},
		{"an input of the future", "not between", edit(func(l map[string]any) { l["inputs"].([]any)[0].(map[string]any)["at"] = 1e18 })},
		{"endless", "the end lies between", edit(func(l map[string]any) { l["end"] = 9e18 })},
		{"an unknown input", `is a "dance"`, edit(func(l map[string]any) { l["inputs"].([]any)[0].(map[string]any)["kind"] = "dance" })},
		{"a scenario nobody can open", "nodes[0].cpu", edit(func(l map[string]any) {
			l["scenario"].(map[string]any)["nodes"] = []any{map[string]any{"cpu": "many"}}
		})},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := playground.Load(test.log)
			var refused *playground.LogError
			require.ErrorAs(t, err, &refused)
			require.ErrorContains(t, err, test.want)
		})
	}
}

func TestShell(t *testing.T) {
	s := open(t)
	for _, test := range []struct{ line, want string }{
		{"echo a  b", "a b\n"},
		{"X=1; echo $X", "1\n"},
		{"echo $X", "1\n"},
		{"echo hi > f; cat f", "hi\n"},
		{"ls", "f\n"},
		{"cat nope", "cat: can't open 'nope': No such file or directory\n"},
		{"kubctl get pods", `kubctl: command not found; did you mean "kubectl"?` + "\n"},
		{"false || echo no", "no\n"},
		{"kubectl get pods", "No resources found in default namespace.\n"},
	} {
		require.Equal(t, test.want, enter(t, s, test.line), test.line)
	}
	require.Contains(t, enter(t, s, `echo "open`), "sh: ")
}

// Whatever is done to a session, saving and loading it gives the same world.
func TestAnyHistoryReplays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := open(t)
		for range rapid.IntRange(1, 8).Draw(t, "operations") {
			switch rapid.SampledFrom([]string{"line", "line", "advance", "undo", "redo", "seek", "reset", "interrupt", "switch"}).Draw(t, "operation") {
			case "line":
				_, err := s.Type(rapid.SampledFrom([]string{
					"kubectl run web --image=nginx", "kubectl run job --image=busybox --restart=Never -- sleep 5",
					"kubectl delete pod web", "kubectl delete pod web --wait=false", "kubectl get pods", "echo x > f", "nonsense",
					"for x in 1 2; do kubectl run w$x --image=nginx; sleep 3; done", "watch kubectl get pods", "kubectl get pods -o name | xargs -n1 kubectl delete",
				}).Draw(t, "line"))
				require.NoError(t, err)
			case "advance":
				_, err := s.Advance(time.Duration(rapid.IntRange(0, 20_000).Draw(t, "ms")) * time.Millisecond)
				require.NoError(t, err)
			case "undo":
				_, _ = s.Undo()
			case "redo":
				_, _ = s.Redo()
			case "seek":
				s.Seek(time.Duration(rapid.Int64Range(0, int64(s.Now())+1).Draw(t, "to")))
			case "reset":
				require.NoError(t, s.Reset())
			case "interrupt":
				_, err := s.Interrupt()
				require.NoError(t, err)
			case "switch":
				if n := len(s.Branches()); n > 0 {
					require.NoError(t, s.Switch(rapid.IntRange(0, n-1).Draw(t, "branch")))
				}
			}
		}
		saved, err := s.Save()
		require.NoError(t, err)
		again, err := playground.Load(saved)
		require.NoError(t, err)
		require.Equal(t, s.Cluster().TraceHash(), again.Cluster().TraceHash())
	})
}

// The namespace of the context is undone like anything else that was typed.
func TestTheNamespaceIsPartOfTheSession(t *testing.T) {
	s, err := playground.Open(playground.Scenario{Name: "x", Seed: 1})
	require.NoError(t, err)
	say := func(line string) string {
		out, err := s.Type(line)
		require.NoError(t, err)
		return out[len(out)-1].Text
	}
	say("kubectl create namespace shop")
	say("kubectl config set-context --current --namespace=shop")
	require.Equal(t, "No resources found in shop namespace.\n", say("kubectl get pods"))
	saved, err := s.Save()
	require.NoError(t, err)
	again, err := playground.Load(saved)
	require.NoError(t, err)
	out, err := again.Type("kubectl config view -o jsonpath={.contexts[0].context.namespace}")
	require.NoError(t, err)
	require.Equal(t, "shop", out[len(out)-1].Text)
	for range 2 {
		_, err = s.Undo()
		require.NoError(t, err)
	}
	require.Equal(t, "No resources found in default namespace.\n", say("kubectl get pods"))
}
