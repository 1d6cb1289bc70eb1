//go:build amd64 || arm64

package isolate

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// running starts a container that waits, and says how to get into it.
func running(t *testing.T, s Spec) Spec {
	t.Helper()
	if s.Rootfs == "" && !s.Open.Has(Root) {
		s.Rootfs = rootfs(t)
	}
	s.Args = []string{"/probe", "sleep"}
	cmd := Command(s)
	begun(t, cmd)
	t.Cleanup(func() { _ = cmd.Kill(); _ = cmd.Wait() })
	r, err := Find(cmd.Process.PID)
	require.NoError(t, err)
	s.Join = &r
	return s
}

func TestKernelACommandJoinsAContainer(t *testing.T) {
	needKernel(t)
	s := running(t, Spec{Hostname: "boat"})
	require.Equal(t, "boat", says(t, s, "hostname"))
	pid, err := strconv.Atoi(says(t, s, "pid"))
	require.NoError(t, err)
	require.Greater(t, pid, 1)
	require.Less(t, pid, 20, "a number of the container's")
	require.Equal(t, "dev\nprobe\nproc\nsys", says(t, s, "ls", "/"))
	for _, name := range []string{"user", "mnt", "pid", "uts", "ipc", "net", "cgroup", "time"} {
		theirs, err := os.Readlink("/proc/" + strconv.Itoa(s.Join.PID) + "/ns/" + name)
		require.NoError(t, err)
		require.Equal(t, theirs, says(t, s, "link", "/proc/self/ns/"+name), name)
	}
	_, err = inside(t, s, "exit", "7")
	var exit *ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, 7, exit.Code)
}

// What the container may not do, a command that joins may not do either.
func TestKernelWhoJoinsIsAsWalledIn(t *testing.T) {
	needKernel(t)
	s := running(t, Spec{})
	status := says(t, s, "cat", "/proc/self/status")
	for _, set := range auditZero {
		require.Equal(t, "0000000000000000", field(status, set), set)
	}
	require.Equal(t, "1", field(status, "NoNewPrivs"))
	require.Equal(t, "2", field(status, "Seccomp"))
	require.Equal(t, "0 0", says(t, s, "rlimit", "4"))
	fds := strings.Fields(says(t, s, "ls", "/proc/self/fd"))
	require.LessOrEqual(t, len(fds), 5, fds)
}

func TestKernelRootMayJoinMappedUsers(t *testing.T) {
	needKernel(t)
	needRoot(t)
	maps := []IDMap{{0, 0, 1}, {1, 100001, 65535}}
	s := running(t, Spec{UIDs: maps, GIDs: maps})
	s.User = User{UID: 7, GID: 8}
	require.Equal(t, "7 8 []", says(t, s, "id"))
}

// Without process ids of its own nobody is between.
func TestKernelACommandJoinsSomeWallsOnly(t *testing.T) {
	needKernel(t)
	needRoot(t)
	s := running(t, Spec{Open: PIDNS, Hostname: "boat"})
	require.Equal(t, "boat", says(t, s, "hostname"))
}

func TestKernelWhoJoinsIsCountedAndLimited(t *testing.T) {
	h := needControllers(t, "pids", "memory")
	s := running(t, Spec{Limits: Limits{PIDs: 12, Memory: 64 << 20}})
	require.NotEmpty(t, s.Join.Groups)
	text := says(t, s, "cat", "/proc/self/cgroup")
	theirs, err := os.ReadFile("/proc/" + strconv.Itoa(s.Join.PID) + "/cgroup")
	require.NoError(t, err)
	c, _ := h.controller("pids")
	if c.Unified {
		require.Equal(t, "0::/\n", text+"\n")
	} else {
		require.Contains(t, text, ":pids:/\n")
	}
	require.Contains(t, string(theirs), "slipway")
	_, err = inside(t, s, "hog", "128")
	var exit *ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, 9, exit.Signal)
	require.Contains(t, says(t, s, "forks", "40"), "resource temporarily unavailable")
}

func TestKernelAFailedJoinLeavesTheContainerAlone(t *testing.T) {
	needKernel(t)
	s := running(t, Spec{})
	s.Args = []string{"/nothing"}
	err := Command(s).Run()
	var step *StepError
	require.ErrorAs(t, err, &step)
	require.Equal(t, "execve", step.Step.Call)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.Equal(t, "still there", says(t, s, "echo", "still", "there"))
	children, err := os.ReadFile("/proc/self/task/" + strconv.Itoa(os.Getpid()) + "/children")
	require.NoError(t, err)
	require.NotContains(t, string(children), "defunct")

	s.Join.Born = "1"
	_, err = inside(t, s, "true")
	require.ErrorIs(t, err, os.ErrProcessDone, "a number that is somebody else's by now")
}

func TestKernelSignalsReachWhoJoined(t *testing.T) {
	needKernel(t)
	s := running(t, Spec{})
	s.Args = []string{"/probe", "until"}
	cmd := Command(s)
	lines := begun(t, cmd)
	require.NoError(t, cmd.Signal(15))
	line, err := lines.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "terminated\n", line)
	require.NoError(t, cmd.Wait())
	s.Args = []string{"/probe", "sleep"}
	cmd = Command(s)
	begun(t, cmd)
	require.NoError(t, cmd.Kill())
	require.Error(t, cmd.Wait())
	require.Equal(t, 9, cmd.State.Signal)
	require.Equal(t, "still there", says(t, s, "echo", "still", "there"))
}

// A join never shares our memory: not the first process, and the one that is born inside shares it with the copy only.
func TestAJoinIsACopy(t *testing.T) {
	p := plan(t, Spec{Join: &Running{PID: 7, Groups: []Group{{Dir: "/cg/pids/slipway-c"}}}}, rootV1)
	text := lines(p, Before)
	require.Equal(t, []string{`openat(AT_FDCWD, "/cg/pids/slipway-c/tasks", O_WRONLY|O_CLOEXEC) = tasks`,
		"clone3(CLONE_PIDFD|CLONE_CLEAR_SIGHAND, SIGCHLD) = pid"}, text)
	require.Equal(t, []string{"prctl(PR_SET_DUMPABLE, 0)", `write(tasks, "0", 1)`,
		"setns(container, CLONE_NEWNS|CLONE_NEWPID|CLONE_NEWUTS|CLONE_NEWIPC|CLONE_NEWNET|CLONE_NEWCGROUP|CLONE_NEWTIME)"}, lines(p, Child)[:3])
	require.Equal(t, []string{"exit_group(0)"}, lines(p, Between))
	require.Empty(t, lines(p, After), "the groups are the container's")
	p = plan(t, Spec{Join: &Running{PID: 7, Groups: []Group{{Dir: "/cg/slipway/c", Unified: true}}}}, nobodyV2)
	require.Contains(t, lines(p, Before), "clone3(CLONE_PIDFD|CLONE_CLEAR_SIGHAND|CLONE_INTO_CGROUP, SIGCHLD, group) = pid")
	require.Contains(t, lines(p, Child)[1], "CLONE_NEWUSER")
}
