package playground_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Undo takes back the last line that changed something; those that only looked go with it.
func TestUndoOnAMachineTakesBackWhatChangedSomething(t *testing.T) {
	looks := []string{"ps", "ls -l /bin | head -3", "hostname", "cat /proc/self/status", "cat /proc/self/mountinfo > /dev/null", "lsns", "ip addr", "ip route", "mount | wc -l",
		"capsh --print", "id", "df", "free", "unshare --pid --fork --mount-proc ps", "unshare --uts sh -c 'hostname box; hostname'", "sh -c 'umask 0; pwd'",
		"for f in a b; do echo $f; done", "echo $((1 + 2))", "(umask 0; ls)", "nosuchcommand", "nsenter -t 1 -u hostname", "", "grep root /etc/passwd"}
	changes := []string{"hostname box", "mkdir /d", "echo a > /f", "touch /etc/passwd", "chmod 600 /etc/passwd", "mount -t tmpfs x /mnt", "mount -o remount,ro /proc",
		"cd /tmp", "X=1", "sleep 1000 &", "sh", "unshare --pid --fork sleep 1000 &", "mkdir /sys/fs/cgroup/box", "echo 5 > /sys/fs/cgroup/cpu.max.burst; echo +cpu > /sys/fs/cgroup/cgroup.subtree_control",
		"ip link add d0 type bridge", "ip addr add 10.0.0.1/24 dev lo", "ln -s /f /g", "rm /etc/passwd", "mv /etc/passwd /etc/p", "umask 077", "ulimit -n 99", "set -e", "f() { :; }",
		"echo 1 > /proc/sys/net/ipv4/ip_forward", "cp /etc/passwd /p", "sleep 5", "alias l=ls", "exec sh", "mount --make-rshared /", "ip link set lo up; ip link set lo mtu 1000"}
	for _, line := range changes {
		t.Run(line, func(t *testing.T) {
			s := onMachine(t)
			types(t, s, line)
			require.True(t, s.CanUndo(), "%q changed nothing: %v", line, s.Prompt())
		})
	}
	s := onMachine(t)
	for _, line := range looks {
		types(t, s, line)
		require.False(t, s.CanUndo(), "%q changed something", line)
	}
	types(t, s, "hostname box")
	for _, line := range looks {
		types(t, s, line)
	}
	in, err := s.Undo()
	require.NoError(t, err)
	require.Equal(t, "hostname box", in.Text)
	require.Equal(t, "lab\n", types(t, s, "hostname"))
	require.True(t, s.CanRedo(), "to look is no reason to forget what was undone")
	_, err = s.Redo()
	require.NoError(t, err)
	require.Equal(t, "box\n", types(t, s, "hostname"))
}
