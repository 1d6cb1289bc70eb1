package playground_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A machine is switched off from the terminal; an undo switches it on again, because a session is its log.
func TestFaultsAreInputs(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl run web --image=nginx")
	node := s.Cluster().Snapshot()
	require.Equal(t, "node-down node-1\n", enter(t, s, "fault node-down node-1"))
	require.Contains(t, enter(t, s, "fault"), "In effect (fault mend ends all of them):\n  node-down node-1\n")
	_, err := s.Undo()
	require.NoError(t, err)
	require.Empty(t, s.Cluster().Faults())
	_, err = s.Redo()
	require.NoError(t, err)
	require.Len(t, s.Cluster().Faults(), 1)
	require.LessOrEqual(t, node.Revision(), s.Cluster().Revision())
	require.Equal(t, "node-up node-1\n", enter(t, s, "fault mend"))
	require.Empty(t, s.Cluster().Faults())
}

func TestAContainerThatIsKilledFromTheTerminal(t *testing.T) {
	s := open(t)
	enter(t, s, "kubectl run web --image=nginx")
	require.Equal(t, "container-crash web\n", enter(t, s, "fault container-crash web"))
	_, err := s.Advance(5 * time.Second)
	require.NoError(t, err)
	require.Regexp(t, `web +1/1 +Running +1 `, enter(t, s, "kubectl get pods"))
	require.Contains(t, enter(t, s, "why pod/web"), "asked: fault container-crash web")
}

func TestFaultsTeach(t *testing.T) {
	s := open(t)
	for line, want := range map[string]string{
		"fault node-donw node-1": `fault: no fault is called "node-donw"; did you mean "node-down"?`,
		"fault node-down":        "fault: it is not said what it is about; write: node-down NODE",
		"fault node-down node-9": `fault: there is no node "node-9"`,
		"fault network-lossy":    "fault: it is not said how much; write: network-lossy PERCENT [NODE]",
	} {
		require.Equal(t, want+"\n", enter(t, s, line))
	}
	_, items := s.Complete("fault node-", 11)
	require.Len(t, items, 2)
	require.Contains(t, items[0].Hint, "loses power")
	require.Equal(t, "mends node-down", items[1].Hint)
	_, items = s.Complete("faul", 4)
	require.Equal(t, "break something, and mend it", items[0].Hint)
	_, items = s.Complete("fault node-down n", 17)
	require.Equal(t, "node-1", items[0].Text)
	_, items = s.Complete("fault component-down kube-s", 27)
	require.Equal(t, "kube-scheduler", items[0].Text)
}
