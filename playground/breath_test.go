package playground_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

// printedBy is what lines printed, errors too.
func printedBy(out []playground.Output) string {
	text := ""
	for _, o := range out {
		if o.Stream != playground.Typed {
			text += o.Text
		}
	}
	return text
}

func breathless(t *testing.T, line string) (*playground.Session, string) {
	s, err := playground.Open(playground.Scenario{Seed: 7, Nodes: orchestrate.Nodes(1)})
	require.NoError(t, err)
	out, err := s.Type(line)
	require.NoError(t, err)
	return s, printedBy(out)
}

// A loop of many commands lets time pass, and with it the page: Ctrl-C ends it where it is.
func TestALoopOfManyCommandsCanBeInterrupted(t *testing.T) {
	s, _ := breathless(t, "i=0; while true; do kubectl get nodes -o name > /dev/null; i=$((i+1)); done")
	require.True(t, s.Busy())
	_, err := s.Advance(700 * time.Millisecond)
	require.NoError(t, err)
	_, err = s.Interrupt()
	require.NoError(t, err)
	require.False(t, s.Busy())
	out, err := s.Type("echo $i $?")
	require.NoError(t, err)
	require.Equal(t, "199 130\n", printedBy(out))
}

// One that has an end reaches it, with all that it printed and its last exit code; when time passes does not matter.
func TestALoopOfManyCommandsComesToItsEnd(t *testing.T) {
	const line = "for i in $(seq 1 250); do kubectl get node nope 2>&1; done | sort | uniq -c; for i in $(seq 1 150); do kubectl get nodes -o name; done"
	for _, step := range []time.Duration{time.Minute, 70 * time.Millisecond} {
		s, printed := breathless(t, line)
		for s.Busy() {
			out, err := s.Advance(step)
			require.NoError(t, err)
			printed += printedBy(out)
		}
		require.Equal(t, "    250 Error from server (NotFound): nodes \"nope\" not found\n"+strings.Repeat("node/node-1\n", 150), printed)
		log, err := s.Save()
		require.NoError(t, err)
		again, err := playground.Load(log)
		require.NoError(t, err)
		require.False(t, again.Busy())
	}
}

// One that has none is stopped, as it was when it never waited.
func TestALoopWithoutAnEndIsStopped(t *testing.T) {
	s, printed := breathless(t, "while true; do kubectl get nodes -o name > /dev/null; done")
	out, err := s.Advance(time.Hour)
	require.NoError(t, err)
	require.False(t, s.Busy())
	require.Equal(t, shell.Endless, printed+printedBy(out))
	// A loop that waits by itself may go on.
	_, err = s.Type("while true; do for i in $(seq 1 90); do kubectl get nodes -o name > /dev/null; done; sleep 1; done")
	require.NoError(t, err)
	out, err = s.Advance(5 * time.Minute)
	require.NoError(t, err)
	require.True(t, s.Busy(), printedBy(out))
}

// What runs beside a command that waits, and what watch runs, cannot wait for breath.
func TestWhatCannotWaitDrawsNoBreath(t *testing.T) {
	s, _ := breathless(t, "watch 'for i in $(seq 1 150); do kubectl get nodes -o name; done | wc -l'")
	out, err := s.Advance(3 * time.Second)
	require.NoError(t, err)
	require.True(t, s.Busy())
	require.NotContains(t, printedBy(out), "goes on by itself")
}
