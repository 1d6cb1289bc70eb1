package lab_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/isolate/model/lab"
	"github.com/stretchr/testify/require"
)

const second = int64(1_000_000_000)

// said types a line, lets the machine answer, and gives what it printed.
func said(l *lab.Lab, line string) string {
	l.Type(line)
	l.Answer(l.Now()+second, 100_000)
	return l.Output()
}

// A line that waits waits until time passes.
func ExampleOpen() {
	l := lab.Open()
	defer l.Close()
	fmt.Printf("%s%q idle %v\n", l.Prompt(), said(l, "echo one; sleep 5; echo two"), l.Idle())
	l.Advance(l.Now()+4*second, 1000)
	fmt.Printf("%q idle %v\n", l.Output(), l.Idle())
	l.Advance(l.Now()+2*second, 1000)
	fmt.Printf("%q idle %v\n", l.Output(), l.Idle())
	// Output:
	// lab:~# "one\n" idle false
	// "" idle false
	// "two\n" idle true
}

// A question is answered, and nothing shows that it was asked.
func ExampleLab_Ask() {
	l := lab.Open()
	defer l.Close()
	said(l, "cd /tmp; sleep 100 &")
	text, ok := l.Ask("pidof sleep | wc -w; sleep 3; echo $$", false)
	fmt.Printf("%q %v\n", text, ok)
	fmt.Printf("%q", said(l, "sh -c 'echo $$'"))
	// Output:
	// "1\n4194305\n" true
	// "4201\n"
}

func TestCtrlCEndsTheForegroundAndNoShell(t *testing.T) {
	for _, line := range []string{"sleep 100; echo never", "while :; do :; done; echo never", "cat; echo never", "sh -c 'sleep 100; echo never'; echo never",
		"for i in 1 2 3; do sleep 50; done", "sleep 100 | cat; echo never", "while true; do echo x > /dev/null; done"} {
		t.Run(line, func(t *testing.T) {
			l := lab.Open()
			defer l.Close()
			said(l, "sleep 1000 &")
			said(l, line)
			require.False(t, l.Idle() && !strings.HasPrefix(line, "cat"))
			l.Interrupt()
			l.Answer(l.Now()+second, 100_000)
			require.True(t, l.Idle())
			require.Equal(t, "130\n", said(l, "echo $?"))
			require.Equal(t, "1\n", said(l, "pidof sleep | wc -w"), "a job in the background goes on")
			require.NotContains(t, l.Output(), "never")
		})
	}
}

func TestCtrlCInANestedShell(t *testing.T) {
	l := lab.Open()
	defer l.Close()
	said(l, "sh")
	said(l, "cd /tmp")
	require.Equal(t, "lab:/tmp# ", l.Prompt())
	said(l, "sleep 50")
	l.Interrupt()
	l.Answer(l.Now()+second, 100_000)
	require.Equal(t, "lab:/tmp# ", l.Prompt())
	text, _ := l.Ask("pwd", true)
	require.Equal(t, "/tmp\n", text)
	l.End()
	l.Answer(l.Now()+second, 100_000)
	require.Equal(t, "lab:~# ", l.Prompt())
	require.Empty(t, said(l, "if true"))
	l.Interrupt()
	l.Answer(l.Now()+second, 100_000)
	require.Equal(t, "ok\n", said(l, "echo ok"), "what was typed of a command is forgotten")
}

// worldLines are what random sessions are made of: things that fork, wait, fail, fill, limit.
var worldLines = []string{"sleep 0.3 &", "mkdir /sys/fs/cgroup/a", "echo 4 > /sys/fs/cgroup/a/pids.max", "sh -c 'echo $$ > /sys/fs/cgroup/a/cgroup.procs; for i in 1 2 3 4 5; do sleep 1 & done'",
	"echo '5000 50000' > /sys/fs/cgroup/a/cpu.max", "sh -c 'echo $$ > /sys/fs/cgroup/a/cgroup.procs; i=0; while [ $i -lt 300 ]; do i=$((i+1)); done' &",
	"i=0; while [ $i -lt 500 ]; do i=$((i+1)); done; echo $i", "ps", "cat /proc/self/stat", "sleep 1; date +%s", "hostname b$RANDOM", "echo $$ $!", "sh -c 'echo $$'",
	"while :; do echo hi; done | head -n 50 | wc -l", "cat /sys/fs/cgroup/cpu.stat /sys/fs/cgroup/a/cpu.stat", "kill $!", "head -c 4 /dev/urandom | od -x", "ls -i /proc/self /tmp", "echo x > /tmp/f$$; cat /proc/uptime",
	"i=0; while [ $i -lt 5000 ]; do i=$((i+1)); done &"}

// play plays a session: lines at moments, in steps of time of so many nanoseconds, asked something now and then.
func play(seed uint64, step int64, ask bool) string {
	r := rand.New(rand.NewPCG(seed, 1))
	l := lab.Open()
	defer l.Close()
	var out strings.Builder
	for range 12 {
		until := l.Now() + int64(r.IntN(2_000))*1_000_000
		for l.Now() < until {
			l.Advance(min(until, l.Now()+step), int(step/1000)+7)
			if ask {
				l.Ask("ps; cat /proc/uptime /sys/fs/cgroup/*/cgroup.procs; ls -i /proc/self /proc; sleep 1; echo $(hostname) | head -c 3 /dev/urandom", seed%2 == 0)
			}
		}
		l.Type(worldLines[r.IntN(len(worldLines))])
		l.Answer(l.Now()+second/10, 50_000)
		out.WriteString(l.Output())
		if r.IntN(5) == 0 {
			l.Interrupt()
		}
	}
	for _, p := range l.Kernel().Processes(l.Shell()) {
		fmt.Fprintln(&out, p.NumberIn(l.Shell()), p.Key(), p.Comm, p.Doing(), p.CPU(), p.Memory(), p.Cgroup().Path())
	}
	for _, c := range l.Kernel().Cgroups() {
		fmt.Fprintln(&out, c.Path(), c.Usage())
	}
	fmt.Fprintln(&out, l.Now())
	return out.String()
}

func TestHowTimePassesAndWhatIsAskedChangesNothing(t *testing.T) {
	for seed := range uint64(20) {
		want := play(seed, second, false)
		require.Equal(t, want, play(seed, 1_000_000, false), "small steps, seed %d", seed)
		require.Equal(t, want, play(seed, 33_000_000, true), "asked, seed %d", seed)
	}
}
