package playground_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/slipway-dev/slipway/playground"
)

// TestUndoTakesBackWhatChangedSomething: lines that only ask are neither undone by themselves nor do they cut off redo.
func TestUndoTakesBackWhatChangedSomething(t *testing.T) {
	for _, test := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"a question after a change", []string{"kubectl run web --image=nginx", "kubectl get pods", "why pod/web", "echo hello | wc -l"}, "kubectl run web --image=nginx"},
		{"a change that was refused", []string{"kubectl run web --image=nginx", "kubectl run web --image=nginx", "kubectl delete pod nope"}, "kubectl run web --image=nginx"},
		{"an apply that changed nothing", []string{"kubectl apply -f pod.yaml", "kubectl apply -f pod.yaml", "kubectl apply -f pod.yaml --dry-run=server"}, "kubectl apply -f pod.yaml"},
		{"a loop that only asks", []string{"kubectl run web --image=nginx", "for i in 1 2; do kubectl get pods; sleep 1; done"}, "kubectl run web --image=nginx"},
		{"a loop that changes later", []string{"kubectl run web --image=nginx", "sleep 5; kubectl label pod web a=b"}, "sleep 5; kubectl label pod web a=b"},
		{"a file", []string{"echo a > f", "cat f"}, "echo a > f"},
		{"a variable", []string{"X=5", "echo $X"}, "X=5"},
		{"an alias", []string{"alias k=kubectl", "k get pods"}, "alias k=kubectl"},
		{"a namespace", []string{"kubectl config set-context --current --namespace=default", "kubectl get pods"}, "kubectl config set-context --current --namespace=default"},
		{"a fault", []string{"fault node-down node-1", "fault"}, "fault node-down node-1"},
		{"traffic", []string{"traffic start http://web", "traffic"}, "traffic start http://web"},
		{"a file in a container", []string{"kubectl run web --image=nginx", "sleep 20", "kubectl exec web -- touch /tmp/x", "kubectl exec web -- ls /tmp"}, "kubectl exec web -- touch /tmp/x"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			require.NoError(t, s.WriteFile("pod.yaml", []byte(podYAML), false))
			for _, line := range test.lines {
				enter(t, s, line)
			}
			hash, now := s.Cluster().TraceHash(), s.Now()
			in, err := s.Undo()
			require.NoError(t, err)
			require.Equal(t, test.want, in.Text)
			enter(t, s, "kubectl get pods")
			enter(t, s, "kubectl get pods -o name | wc -l")
			require.True(t, s.CanRedo(), "who only asks loses nothing")
			in, err = s.Redo()
			require.NoError(t, err)
			require.Equal(t, test.want, in.Text)
			require.Equal(t, hash, s.Cluster().TraceHash(), "the world is the same again")
			require.Equal(t, now, s.Now())
			require.Empty(t, s.Branches())
		})
	}
}

func TestAChangeAfterAnUndoIsAnotherCourse(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl run one --image=nginx")
	enter(t, s, "kubectl run two --image=nginx")
	future := s.Cluster().TraceHash()
	_, err := s.Undo()
	require.NoError(t, err)
	enter(t, s, "kubectl get pods")
	enter(t, s, "kubectl run other --image=nginx")
	require.False(t, s.CanRedo())
	require.Len(t, s.Branches(), 1)
	require.NoError(t, s.Switch(0))
	require.Equal(t, future, s.Cluster().TraceHash())
}

func TestASolutionIsTakenBackAsAWhole(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl run one --image=nginx")
	want := s.Cluster().TraceHash()
	for _, line := range []string{"kubectl run two --image=nginx", "kubectl get pods", "kubectl run three --image=nginx"} {
		enter(t, s, line)
	}
	_, err := s.TakeBack(3)
	require.NoError(t, err)
	require.Len(t, s.View().Pods, 1)
	require.Equal(t, want, s.Cluster().TraceHash())
	_, err = s.Redo()
	require.NoError(t, err)
	require.Len(t, s.View().Pods, 3)
}

// TestUndoAndRedoAreInverse: whatever is typed, as many redos as undos lead back to the same world, questions in between or not.
func TestUndoAndRedoAreInverse(t *testing.T) {
	lines := []string{
		"kubectl run web --image=nginx", "kubectl get pods", "kubectl delete pod web --wait=false", "echo x >> f", "cat f", "X=1", "why pod/web", "kubectl label pod web a=b --overwrite",
		"kubectl exec -it web -- sh", "exit", "sleep 2", "for i in 1 2; do kubectl run p$i --image=nginx; sleep 1; done", "nonsense",
	}
	rapid.Check(t, func(t *rapid.T) {
		s := open(t)
		for range rapid.IntRange(1, 8).Draw(t, "lines") {
			_, err := s.Type(rapid.SampledFrom(lines).Draw(t, "line"))
			require.NoError(t, err)
			_, err = s.Advance(time.Duration(rapid.IntRange(0, 15_000).Draw(t, "ms")) * time.Millisecond)
			require.NoError(t, err)
		}
		hash := s.Cluster().TraceHash()
		undone := 0
		for n := rapid.IntRange(1, 8).Draw(t, "undos"); n > 0 && s.CanUndo(); n-- {
			_, err := s.Undo()
			require.NoError(t, err)
			undone++
			if rapid.Bool().Draw(t, "ask") && s.Prompt() == "$ " && !s.Busy() {
				_, err = s.Type("kubectl get pods")
				require.NoError(t, err)
			}
		}
		for range undone {
			require.True(t, s.CanRedo())
			_, err := s.Redo()
			require.NoError(t, err)
		}
		if undone > 0 {
			require.Equal(t, hash, s.Cluster().TraceHash())
		}
		saved, err := s.Save()
		require.NoError(t, err)
		back, err := playground.Load(saved)
		require.NoError(t, err)
		require.Empty(t, back.ReadOnly())
		require.Equal(t, s.CanUndo(), back.CanUndo())
	})
}
