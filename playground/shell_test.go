package playground_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

// pods enters lines until there are three pods, ready.
func threePods(t *testing.T) *playground.Session {
	s := open(t)
	enter(t, s, "for n in 1 2 3; do kubectl run web-$n --image=nginx; done")
	_, err := s.Settle(time.Minute)
	require.NoError(t, err)
	return s
}

func TestLoopsOverPods(t *testing.T) {
	s := threePods(t)
	require.Equal(t, "pod/web-1\npod/web-2\npod/web-3\n", enter(t, s, "kubectl get pods -o name"))
	require.Equal(t, "<web-1>\n<web-2>\n<web-3>\n",
		enter(t, s, "for p in $(kubectl get pods -o name | cut -d/ -f2); do echo \"<$p>\"; done"))
	require.Equal(t, "2\n", enter(t, s, "kubectl get pods | grep -v web-2 | tail -n +2 | wc -l"))
	require.Equal(t, "web-3 Running\n", enter(t, s,
		"kubectl get pods --no-headers | sort -r | head -1 | while read name ready status rest; do echo $name $status; done"))
}

func TestXargsGoesOnAfterWhatWaits(t *testing.T) {
	s := threePods(t)
	_, err := s.Type("kubectl get pods -o name | xargs -n 1 kubectl delete; echo done")
	require.NoError(t, err)
	require.True(t, s.Busy())
	out, err := s.Advance(5 * time.Minute)
	require.NoError(t, err)
	require.False(t, s.Busy())
	said := text(out)
	require.Contains(t, said, "done\n")
	require.Equal(t, "No resources found in default namespace.\n", enter(t, s, "kubectl get pods"))
	require.Equal(t, "a-1\na-2\n", enter(t, s, "seq 2 | xargs -I% echo a-%"))
	require.Equal(t, "1 2 3\n", enter(t, s, "seq 3 | xargs"))
}

func TestSleepWaitsInALoop(t *testing.T) {
	s := open(t)
	out, err := s.Type("for n in 1 2 3; do echo $n; sleep 10; done; date +%T")
	require.NoError(t, err)
	require.Equal(t, "1\n", text(out))
	out, err = s.Advance(15 * time.Second)
	require.NoError(t, err)
	require.Equal(t, "2\n", text(out))
	out, err = s.Advance(15 * time.Second)
	require.NoError(t, err)
	require.Equal(t, "3\n02:00:30\n", text(out))
	require.Equal(t, "sleep: invalid number 'x'\n", enter(t, s, "sleep x"))
}

func TestWatchShowsWhatChanges(t *testing.T) {
	s := open(t)
	first := enter(t, s, "watch -n 1 'kubectl get pods | grep -c Running'")
	require.Equal(t, "Every 1.0s: kubectl get pods | grep -c Running\n02:00:00\nNo resources found in default namespace.\n0\n", first)
	require.True(t, s.Busy())
	out, err := s.Advance(10 * time.Second)
	require.NoError(t, err)
	require.Empty(t, text(out), "nothing changed")
	_, err = s.Interrupt()
	require.NoError(t, err)
	require.False(t, s.Busy())
	require.Contains(t, enter(t, s, "watch sleep 5"), "goes on by itself")
	require.Contains(t, enter(t, s, "watch"), "usage")
}

func TestAnEndlessLoopIsStopped(t *testing.T) {
	s := open(t)
	require.Contains(t, enter(t, s, "while true; do true; done"), "stopped after 10000 commands")
	enter(t, s, "while true; do echo tick; sleep 0; done")
	require.True(t, s.Busy())
	_, err := s.Interrupt()
	require.NoError(t, err)
	require.False(t, s.Busy())
}

func TestToolsSayWhatIsWrong(t *testing.T) {
	for line, want := range map[string]string{
		"printf '%s is %d%%\\n' a 1 b 2":    "a is 1%\nb is 2%\n",
		"echo a | tee f g; cat f g":         "a\na\na\n",
		"rm nope":                           "rm: cannot remove 'nope': No such file or directory\n",
		"rm -f nope":                        "",
		"date":                              "Sat Feb 18 02:00:00 UTC 2017\n",
		"date +%Y":                          "date: only -u, +%s and +%T are known here\n",
		"grpe a":                            "grpe: command not found; did you mean \"grep\"?\n",
		"echo undo | xargs; undo; echo end": "undo\nundo: this changes time itself; type it alone, not as part of another line\nend\n",
		"compare":                           "compare: which moments? compare 02:00:05, or compare 02:00:05 02:01:00\n",
	} {
		require.Equal(t, want, enter(t, open(t), line), line)
	}
	require.Equal(t, "    1  echo a\n    2  history\n", func() string { s := open(t); enter(t, s, "echo a"); return enter(t, s, "history") }())
}

// travel types a line that moves through time.
func travel(t *testing.T, s *playground.Session, line string) string {
	t.Helper()
	text, moved, err := s.Travel(line)
	require.NoError(t, err)
	require.True(t, moved, line)
	return text
}

func TestTypedLinesMoveThroughTime(t *testing.T) {
	s := open(t)
	require.Equal(t, "nothing has been changed that could be taken back\n", travel(t, s, "undo"))
	require.Equal(t, "nothing was taken back that could be done again\n", travel(t, s, "redo"))
	enter(t, s, "kubectl run web --image=nginx")
	_, err := s.Settle(time.Minute)
	require.NoError(t, err)
	require.Equal(t, "undone: kubectl run web --image=nginx\n", travel(t, s, "undo"))
	require.Contains(t, enter(t, s, "kubectl get pods"), "No resources found")
	require.Equal(t, "nothing has been changed that could be taken back\n", travel(t, s, "undo"))
	require.Equal(t, "done again: kubectl run web --image=nginx\n", travel(t, s, " redo "))
	_, err = s.Advance(time.Minute)
	require.NoError(t, err)
	now := s.Now()
	require.Contains(t, travel(t, s, "at -30s"), "live goes back")
	require.Equal(t, now-30*time.Second, s.Shown())
	require.Contains(t, travel(t, s, "live"), "the present again")
	require.Equal(t, "this is 02:00:10; live goes back to the present, and typing goes on from here\n", travel(t, s, "at 02:00:10"))
	require.Equal(t, "the present is now 02:00:10; what came after is kept as a branch\n", travel(t, s, "fork"))
	require.Equal(t, 10*time.Second, s.Now())
	require.Contains(t, travel(t, s, "fork"), "this is the present")
	require.Contains(t, travel(t, s, "at 09:00"), "lies ahead")
	require.Contains(t, travel(t, s, "at noon"), "'noon' is no moment")
	require.Contains(t, travel(t, s, "at"), "which moment?")
	require.Contains(t, travel(t, s, "undo all"), "takes no arguments")
	_, moved, err := s.Travel("kubectl get pods")
	require.False(t, moved || err != nil)
}

func TestCompareNamesWhatChanged(t *testing.T) {
	s := open(t)
	_, err := s.Advance(10 * time.Second)
	require.NoError(t, err)
	enter(t, s, "kubectl run web --image=nginx")
	_, err = s.Settle(time.Minute)
	require.NoError(t, err)
	inputs := len(s.Inputs())
	s.Seek(5 * time.Second)
	told, moved, err := s.Travel("compare")
	require.NoError(t, err)
	require.True(t, moved && !s.Live(), "looking at the past stays looking at it")
	require.Len(t, s.Inputs(), inputs, "and is no part of the log")
	_, piped, _ := s.Travel("compare 02:00:05 | wc -l")
	require.False(t, piped)
	s.GoLive()
	out := enter(t, s, "compare 02:00:05")
	require.Equal(t, out, told, "without a moment it is the one on show")
	require.Contains(t, out, "+ pod/web\n")
	require.Contains(t, enter(t, s, "compare 02:00:01 02:00:02"), "nothing is different")
	fields := enter(t, s, "compare 02:00:10 02:10")
	require.Contains(t, strings.ReplaceAll(fields, "\n", " "), "~ pod/web")
	require.Contains(t, fields, "status.")
}
