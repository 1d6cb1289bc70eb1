package playground_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

// aMachine is a lesson on a machine in short.
func aMachine() playground.Scenario {
	return playground.Scenario{Name: "machine", Seed: 1, Machine: true, Steps: []playground.Step{
		{ID: "look"},
		{ID: "run", Goals: []playground.Goal{{ID: "runs", Run: "pidof sleep | wc -w", Prints: "1"}}, Solution: []string{"sleep 1000 &"}},
		{ID: "in", Goals: []playground.Goal{{ID: "there", Run: "pwd", Prints: "/tmp", Inside: true}}, Solution: []string{"sh", "cd /tmp"}},
		{ID: "end", Goals: []playground.Goal{{ID: "gone", Run: "pidof sleep || echo none", Prints: "none"}}, Solution: []string{"kill $(pidof sleep)"}},
	}}
}

func onMachine(t testing.TB) *playground.Session {
	s, err := playground.Open(aMachine())
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s
}

func types(t testing.TB, s *playground.Session, line string) string {
	out, err := s.Type(line)
	require.NoError(t, err)
	return text(out)
}

// A machine answers as a server does; undo takes a line back.
func ExampleSession_Machine() {
	s, err := playground.Open(aMachine())
	if err != nil {
		panic(err)
	}
	defer s.Close()
	for _, line := range []string{"hostname box", "hostname"} {
		prompt := s.Prompt()
		out, _ := s.Type(line)
		fmt.Print(prompt, line, "\n", text(out))
	}
	s.Undo()
	s.Undo()
	fmt.Println(s.Prompt(), s.Machine().Over())
	// Output:
	// lab:~# hostname box
	// box:~# hostname
	// box
	// lab:~#  false
}

func TestGoalsOnAMachineAreReachedInTheirOrder(t *testing.T) {
	s := onMachine(t)
	reached := func() string {
		got := ""
		for _, g := range s.Goals() {
			require.NoError(t, g.Err)
			if g.Reached {
				got += g.ID + " "
			}
		}
		return got
	}
	require.Empty(t, reached())
	types(t, s, "cd /tmp")
	require.Empty(t, reached(), "a step waits for the ones before it")
	types(t, s, "cd")
	types(t, s, "sleep 1000 &")
	require.Equal(t, "runs ", reached())
	types(t, s, "sh")
	types(t, s, "cd /tmp")
	require.Equal(t, "lab:/tmp# ", s.Prompt())
	require.Equal(t, "runs there ", reached())
	types(t, s, "kill $(pidof sleep)")
	require.Equal(t, "runs there gone ", reached())
}

func TestALineThatWaitsWaitsInTheSessionsTime(t *testing.T) {
	s := onMachine(t)
	require.Equal(t, "a\n", types(t, s, "echo a; sleep 5; echo b"))
	require.True(t, s.Busy())
	require.Empty(t, s.Prompt())
	require.Empty(t, types(t, s, "echo typed ahead"))
	out, err := s.Advance(4 * time.Second)
	require.NoError(t, err)
	require.Empty(t, text(out))
	out, err = s.Advance(2 * time.Second)
	require.NoError(t, err)
	require.Equal(t, "b\ntyped ahead\n", text(out))
	types(t, s, "sleep 5; echo never")
	types(t, s, "echo forgotten")
	_, err = s.Interrupt()
	require.NoError(t, err)
	require.False(t, s.Busy())
	require.Equal(t, "130\n", types(t, s, "echo $?"))
}

func TestCtrlDLeavesAShellInAShellAndNotTheFirst(t *testing.T) {
	s := onMachine(t)
	for _, line := range []string{"sh", "cd /tmp"} {
		types(t, s, line)
	}
	_, err := s.HangUp()
	require.NoError(t, err)
	require.Equal(t, "lab:~# ", s.Prompt())
	n := len(s.Inputs())
	_, err = s.HangUp()
	require.NoError(t, err)
	require.Len(t, s.Inputs(), n)
}

func TestAMachineThatHasStoppedComesBackByUndo(t *testing.T) {
	s := onMachine(t)
	require.Contains(t, types(t, s, "exit"), "The machine has stopped")
	require.Contains(t, types(t, s, "ls"), "The machine has stopped")
	_, err := s.TakeBack(2)
	require.NoError(t, err)
	require.Equal(t, "lab\n", types(t, s, "hostname"))
}

func TestWhatNeverEndsIsSteppedAndStopped(t *testing.T) {
	for _, line := range []string{"while :; do :; done", "while :; do echo y; done", "while :; do :; done &", "f() { f | f & }; f", "f() { f; }; f", "cat /dev/zero > /dev/null"} {
		t.Run(line, func(t *testing.T) {
			s := onMachine(t)
			types(t, s, line)
			before := s.Now()
			for range 20 {
				_, err := s.Advance(100 * time.Millisecond)
				require.NoError(t, err)
			}
			require.LessOrEqual(t, s.Now()-before, 3*time.Second)
			_, err := s.Interrupt()
			require.NoError(t, err)
			size := 0
			for range 3000 {
				out, err := s.Advance(100 * time.Millisecond)
				require.NoError(t, err)
				if size += len(text(out)); !s.Busy() {
					break
				}
			}
			require.False(t, s.Busy())
			require.Less(t, size, 1<<20)
			said := types(t, s, "echo alive")
			for n := 0; n < 3000 && !strings.Contains(said, "alive\n"); n++ {
				out, err := s.Advance(100 * time.Millisecond)
				require.NoError(t, err)
				said += text(out)
			}
			require.Contains(t, said, "alive\n")
		})
	}
}

func told(s *playground.Session) string {
	var b strings.Builder
	for _, o := range s.Transcript() {
		b.WriteString(o.Text)
	}
	return b.String()
}

func world(t testing.TB, s *playground.Session) string {
	log, err := s.Save()
	require.NoError(t, err)
	return string(log)
}

var machineLines = []string{"sleep 0.7 &", "mkdir /sys/fs/cgroup/a", "echo 3 > /sys/fs/cgroup/a/pids.max", "sleep 2; echo over", "ps", "echo $$ > /sys/fs/cgroup/a/cgroup.procs",
	"sh", "exit", "cd /tmp", "hostname b$$", "i=0; while [ $i -lt 300 ]; do i=$((i+1)); done; echo $i", "cat", "kill $!", "echo x >> f; cat f", "sleep 30 &", "sh -c 'kill -9 $$'"}

// Any way through time leads to the world that the log says.
func TestMachinesComeBackExactly(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 9))
		s := onMachine(t)
		for range 14 {
			switch n := r.IntN(12); {
			case n == 0:
				_, err := s.Interrupt()
				require.NoError(t, err)
			case n == 1:
				if _, err := s.Undo(); err == nil && r.IntN(2) == 0 {
					_, err := s.Redo()
					require.NoError(t, err)
				}
			case n == 2:
				s.Seek(time.Duration(r.Int64N(int64(s.Now()) + 1)))
				require.NotNil(t, s.Picture().Patch)
				if r.IntN(2) == 0 {
					s.GoLive()
				}
			default:
				types(t, s, machineLines[r.IntN(len(machineLines))])
			}
			for range r.IntN(8) {
				_, err := s.Advance(time.Duration(r.IntN(400)) * time.Millisecond)
				require.NoError(t, err)
			}
		}
		s.GoLive()
		log, transcript := world(t, s), told(s)
		loaded, err := playground.Load([]byte(log))
		require.NoError(t, err)
		require.Empty(t, loaded.ReadOnly())
		require.Equal(t, log, world(t, loaded), "seed %d", seed)
		require.Equal(t, transcript, told(loaded), "seed %d", seed)
		if loaded.CanUndo() {
			_, err = loaded.Undo()
			require.NoError(t, err)
			_, err = loaded.Redo()
			require.NoError(t, err)
			require.Equal(t, transcript, told(loaded), "seed %d", seed)
		}
		loaded.Close()
	}
}

func TestTabOffersCommandsAndFiles(t *testing.T) {
	s := onMachine(t)
	types(t, s, "mkdir /tmp/first; cd /tmp")
	for line, want := range map[string]string{"hostn": "hostname", "cat fi": "first", "ls /sys/fs/cgroup/cgroup.proc": "/sys/fs/cgroup/cgroup.procs", "ps; pido": "pidof"} {
		_, items := s.Complete(line, len(line))
		require.NotEmpty(t, items, line)
		require.Equal(t, want, items[0].Text, line)
	}
}

func TestAScenarioOnAMachineHasNoCluster(t *testing.T) {
	_, err := playground.Open(playground.Scenario{Machine: true, Start: "kind: Pod"})
	require.ErrorContains(t, err, "a scenario on a machine has no cluster")
}

// A goal among a crowd is not asked for at every glance, and is not missed.
func TestGoalsAmongManyProcessesAreReachedALittleLater(t *testing.T) {
	s, err := playground.Open(playground.Scenario{Name: "crowd", Seed: 1, Machine: true, Steps: []playground.Step{{ID: "a", Goals: []playground.Goal{{ID: "x", Run: "hostname", Prints: "x"}}}}})
	require.NoError(t, err)
	t.Cleanup(s.Close)
	types(t, s, "i=0; while [ $i -lt 1200 ]; do sleep 9000 & i=$((i+1)); done")
	for s.Busy() {
		_, err := s.Advance(100 * time.Millisecond)
		require.NoError(t, err)
	}
	_, err = s.Advance(time.Second)
	require.NoError(t, err)
	types(t, s, "true")
	types(t, s, "hostname x")
	require.False(t, s.Goals()[0].Reached)
	_, err = s.Advance(time.Second)
	require.NoError(t, err)
	require.True(t, s.Goals()[0].Reached)
}
