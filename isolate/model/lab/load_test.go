package lab

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// workshop is a lab for lessons.
func workshop(t *testing.T) *Lab {
	l := NewWithSlipway()
	t.Cleanup(l.Close)
	return l
}

func run(t *testing.T, l *Lab, line string) string {
	t.Helper()
	out, _ := l.Run(line)
	return out
}

func TestStressWorksAndEnds(t *testing.T) {
	l := workshop(t)
	out, status := l.Run("stress --cpu 2 --timeout 3s")
	require.Zero(t, status)
	require.Equal(t, "stress: info: [4200] dispatching hogs: 2 cpu, 0 io, 0 vm, 0 hdd\nstress: info: [4200] successful run completed in 3s\n", out)
	require.Equal(t, "", run(t, l, "stress -q -c 1 -t 1"))
	require.Contains(t, run(t, l, "stress"), "Usage: stress [OPTION [ARG]] ...")
	require.Contains(t, run(t, l, "stress --what"), "unrecognized option '--what'")
}

// TestStressMeetsMemoryMax: the worker that grows too large is killed, and the parent says so.
func TestStressMeetsMemoryMax(t *testing.T) {
	l := workshop(t)
	run(t, l, "cd /sys/fs/cgroup; echo +cpu +memory > cgroup.subtree_control; mkdir box; echo 50M > box/memory.max")
	out, status := l.Run("(echo 0 > box/cgroup.procs; exec stress --vm 1 --vm-bytes 100M --timeout 5)")
	require.Equal(t, 1, status)
	pids := regexp.MustCompile(`\d{4}`)
	require.Equal(t, "stress: info: [N] dispatching hogs: 0 cpu, 0 io, 1 vm, 0 hdd\nstress: FAIL: [N] (425) <-- worker N got signal 9\n"+
		"stress: WARN: [N] (427) now reaping child worker processes\nstress: FAIL: [N] (431) kill error: No such process\n"+
		"stress: FAIL: [N] (461) failed run completed in 0s\n", pids.ReplaceAllString(out, "N"))
	require.Contains(t, run(t, l, "cat box/memory.events"), "oom_kill 1\n")
	out, status = l.Run("(echo 0 > box/cgroup.procs; exec stress --vm 1 --vm-bytes 40M --timeout 1) | tail -n 1; cat box/memory.peak")
	require.Zero(t, status)
	require.Regexp(t, `successful run completed in 1s\n52[34]\d{5}\n`, out, "the peak is what the first run reached: 50 MiB")
}

// TestStressMeetsCPUMax: of a second of work, a group with a fifth of the processor gets a fifth.
func TestStressMeetsCPUMax(t *testing.T) {
	l := workshop(t)
	run(t, l, "cd /sys/fs/cgroup; echo +cpu > cgroup.subtree_control; mkdir box; echo 20000 100000 > box/cpu.max")
	run(t, l, "(echo 0 > box/cgroup.procs; exec stress --cpu 1 --timeout 10)")
	stat := run(t, l, "awk '/usage_usec/ {print int($2/100000+0.5)} /nr_throttled/ {print $2 > 90}' box/cpu.stat")
	require.Equal(t, "20\n", stat[:3], "two seconds of ten")
	require.NotEqual(t, "0\n", run(t, l, "awk '/throttled_usec/ {print int($2/1000000)}' box/cpu.stat"))
}

func TestTopShowsWhoWorks(t *testing.T) {
	l := workshop(t)
	idle := strings.Split(run(t, l, "top -b -n 1"), "\n")
	require.Regexp(t, `^Mem: \d+K used, \d+K free, \d+K shrd, 0K buff, \d+K cached$`, idle[0])
	require.Regexp(t, `^CPU:   \d% usr   \d% sys   0% nic  9\d% idle   0% io   0% irq   0% sirq$`, strings.Replace(idle[1], "100% idle", " 99% idle", 1))
	require.Regexp(t, `^Load average: 0.00 0.00 0.00 1/\d+ \d+$`, idle[2])
	require.Equal(t, "  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND", idle[3])
	require.Contains(t, strings.Join(idle, "\n"), "\n    1     0 root     S     4524   1%   0% sh -i\n")
	busy := strings.Split(run(t, l, "stress -q -c 1 -t 9 & sleep 1; top -b -n 1"), "\n")
	require.Regexp(t, `^CPU:  \d\d% usr  \d\d% sys   0% nic   [0-9]% idle`, busy[1])
	require.Regexp(t, `^ *\d+ +\d+ root     R .* +(9\d|100)% stress -q -c 1 -t 9$`, busy[4], "who works most comes first")
	require.Equal(t, "2\n", run(t, l, "top -b -n 2 -d 1 | grep -c ^Mem"))
	require.Equal(t, "top: can't open 'stat': No such file or directory\n", run(t, l, "unshare -m sh -c 'umount -l /proc; top -n 1'"))
	require.Contains(t, run(t, l, "top -x"), "top: invalid option -- 'x'\n")
}
