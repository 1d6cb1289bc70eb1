package playground_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/playground"
)

// small is a session that opens quickly, with something in it to talk about.
func small(t require.TestingT) *playground.Session {
	s, err := playground.Open(playground.Scenario{Name: "fuzz", Seed: 3, Nodes: orchestrate.Nodes(2), Files: map[string]string{"pod.yaml": podYAML}})
	require.NoError(t, err)
	for _, line := range []string{"kubectl create deployment web --image=nginx", "kubectl expose deployment web --port=80", "kubectl apply -f pod.yaml"} {
		_, err = s.Type(line)
		require.NoError(t, err)
	}
	_, err = s.Advance(10 * time.Second)
	require.NoError(t, err)
	return s
}

const podYAML = `apiVersion: v1
kind: Pod
metadata:
  name: box
  labels: {app: box}
spec:
  containers:
  - name: box
    image: busybox
    command: [sleep, "100000"]
`

// corpusLines are the command lines of kubectl's corpus.
func corpusLines(t require.TestingT) []string {
	src, err := os.ReadFile("kubectl/testdata/corpus.txt")
	require.NoError(t, err)
	var all []string
	for line := range strings.Lines(string(src)) {
		if text, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "$ "); ok {
			all = append(all, text)
		}
	}
	return all
}

// seeds are the lines to begin with; of the corpus, of which every line is tested elsewhere, a part is enough here.
func seeds(f *testing.F) []string {
	all := shellLines
	for i, line := range corpusLines(f) {
		if i%5 == 0 {
			all = append(all[:len(all):len(all)], line)
		}
	}
	return all
}

// shellLines are what a shell has and kubectl has not: pipes, loops, files, time, containers.
var shellLines = []string{
	"kubectl get pods | grep web | wc -l", "for i in 1 2 3; do echo $i; sleep 1; done", "cat <<EOF | kubectl apply -f -\n" + podYAML + "EOF",
	"X=$(kubectl get pods -o name | head -1); kubectl delete $X --wait=false", "while true; do sleep 1; done", "watch kubectl get pods", "kubectl get pods -w &&",
	"kubectl exec -it box -- sh\ncd /tmp\necho a > b; cat b\nexit 3\necho $?", "kubectl run -it --rm tmp --image=busybox -- sh\nexit", "why pod/box", "compare -30s", "fault node-down node-1",
	"traffic start http://web --rate 5", "curl -s http://web", "kubectl edit deployment/web", "kubectl apply -f pod.yaml --prune -l app=box", "seq 1 100 | xargs -n1 echo",
	"((((", "a=`", "${x:-${x:-", "if true; then", "kubectl get pods -o jsonpath='{range .items[*]}{.metadata.name}'", "alias k=k; k k", "echo $((1/0))", "\x00\xff", "undo", "at -5s",
}

// FuzzLine types lines into a session: whatever they are, they end, the world stays in order, and what was saved is made again.
func FuzzLine(f *testing.F) {
	for _, line := range seeds(f) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4<<10 {
			t.Skip("long ones have tests of their own")
		}
		s := small(t)
		for i, line := range strings.SplitN(text, "\n", 4) {
			if _, moved, err := s.Travel(line); moved {
				require.NoError(t, err)
				continue
			}
			if i == 3 && len(text)%2 == 0 {
				_, err := s.Interrupt()
				require.NoError(t, err)
			}
			_, err := s.Type(line)
			require.NoError(t, err)
		}
		_, err := s.Advance(3 * time.Second)
		require.NoError(t, err)
		saved, err := s.Save()
		require.NoError(t, err)
		back, err := playground.Load(saved)
		require.NoError(t, err)
		require.Empty(t, back.ReadOnly())
		require.Equal(t, s.Transcript(), back.Transcript())
		for s.CanUndo() {
			_, err = s.Undo()
			require.NoError(t, err)
		}
	})
}

// FuzzComplete asks for completions at every kind of place: they never fail, replace what stands before the cursor, and change nothing.
func FuzzComplete(f *testing.F) {
	for _, line := range seeds(f) {
		f.Add(line, len(line), false)
		f.Add(line, len(line)/2, true)
	}
	s := small(f)
	inside := small(f)
	_, err := inside.Type("kubectl exec -it box -- sh")
	require.NoError(f, err)
	require.Equal(f, "/ # ", inside.Prompt())
	f.Fuzz(func(t *testing.T, line string, cursor int, in bool) {
		s := s
		if in {
			s = inside
		}
		hash := s.Cluster().TraceHash()
		from, items := s.Complete(line, cursor)
		require.Equal(t, hash, s.Cluster().TraceHash())
		if len(items) == 0 {
			return
		}
		cursor = min(max(cursor, 0), len(line)) // where a cursor can be
		require.True(t, 0 <= from && from <= cursor, "%d %d", from, cursor)
		for _, it := range items {
			require.NotEmpty(t, it.Text)
			require.NotContains(t, it.Text, "\n")
		}
	})
}
