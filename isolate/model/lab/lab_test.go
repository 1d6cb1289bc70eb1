package lab

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheSameLinesGiveTheSameLab types a session twice.
func TestTheSameLinesGiveTheSameLab(t *testing.T) {
	lines := []string{"sleep 5 & sleep 3 & ps", "unshare -p -f --mount-proc sh -c 'ps; head -c 4 /dev/urandom | od -An -tx1'", "cat /proc/self/status", "ls -la /proc/1/ns", "wait; date"}
	run := func() string {
		l := New()
		defer l.Close()
		text := ""
		for _, line := range lines {
			out, _ := l.Run(line)
			text += out
		}
		return text
	}
	first := run()
	require.NotEmpty(t, first)
	require.Equal(t, first, run())
}

// TestBadInputEnds types what would never end on a machine without limits.
func TestBadInputEnds(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"mkdir /sys/fs/cgroup/f; echo 20 > /sys/fs/cgroup/f/pids.max; sh -c 'echo $$ > /sys/fs/cgroup/f/cgroup.procs; f() { f | f & f; }; f' 2>&1 | sort | uniq | head -1", "can't fork"},
		{"ln -s a /tmp/b; ln -s b /tmp/a; cat /tmp/a", "Too many levels of symbolic links"},
		{"head -c 600m /dev/zero > /tmp/big", "No space left on device"},
		{"ls --nosuch", "unrecognized option '--nosuch'"},
		{"f() { f; }; f", ""},
		{"yes | head -1", "y\n"},
	} {
		l := New()
		l.steps = 300_000
		out, _ := l.Run(c.line)
		require.Contains(t, out, c.want, c.line)
		l.Close()
	}
}

// TestAnEndlessLoopCanBeInterrupted gives the processor back.
func TestAnEndlessLoopCanBeInterrupted(t *testing.T) {
	l := New()
	defer l.Close()
	l.steps = 50_000
	_, status := l.Run("while :; do :; done")
	require.Equal(t, -1, status, "it was given up")
	l.Interrupt()
	out, status := l.Run("echo back $?")
	require.Equal(t, "back 130\n", out)
	require.Zero(t, status)
}

// TestManyProcessesAndCgroups fills a lab as far as the site promises.
func TestManyProcessesAndCgroups(t *testing.T) {
	l := New()
	defer l.Close()
	l.steps = 10_000_000
	out, _ := l.Run("i=0; while [ $i -lt 10000 ]; do sleep 1000 & i=$((i+1)); done; echo $i")
	require.Equal(t, "10000\n", out)
	out, _ = l.Run("cd /sys/fs/cgroup; i=0; while [ $i -lt 1000 ]; do mkdir c$i; i=$((i+1)); done; ls -d c[0-9]* | wc -l; pidof sleep | wc -w")
	require.Equal(t, "1000\n10000\n", out)
}

// FuzzLine types anything to a lab.
func FuzzLine(f *testing.F) {
	for _, seed := range []string{"echo $((1+2))", "a=1; echo ${a:-b}", "cat < /etc/passwd | wc -l", "(cd /tmp; ls)", "awk '{print $1}' /etc/passwd", "unshare -r id", "case a in a) echo;; esac", "cat <<X\na\nX"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if len(line) > 200 || strings.Contains(line, "\x00") {
			return
		}
		l := New()
		defer l.Close()
		l.k.Run(l.k.Now(), 1000, l.waiting)
		l.in.Write(line + "\n")
		l.k.Run(l.k.Now()+second, 20000, func() bool { l.out.Take(); return false })
	})
}
