package container_test

import (
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/isolate"
	"github.com/slipway-dev/slipway/isolate/model"
	"github.com/slipway-dev/slipway/isolate/model/container"
	"github.com/slipway-dev/slipway/isolate/model/lab"
	"github.com/stretchr/testify/require"
)

const run = "slipway run --rootfs /srv/img --scratch 16m --memory 64m --pids 20 -- "

// What a container of the model shows inside is what one of Linux shows: the lines are those of isolate's own tests on the kernel.
func TestInsideAContainer(t *testing.T) {
	l := lab.NewWithSlipway()
	t.Cleanup(l.Close)
	for _, test := range []struct{ line, want string }{
		{run + "hostname", "slipway\n"},
		{run + "sh -c 'id -u; echo $$'", "0\n1\n"},
		{run + "ps -o pid,comm", "PID   COMMAND\n    1 ps\n"},
		{run + "cat /etc/image", "img\n"},
		{run + "sh -c 'echo new > /etc/image; cat /etc/image'", "new\n"},
		{run + "cat /proc/self/cgroup", "0::/\n"},
		{run + "grep -c . /proc/mounts", "9\n"},
		{run + "sh -c 'grep -E \"CapEff|CapBnd|NoNewPrivs|Seccomp:\" /proc/self/status'", "CapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n"},
		{run + "mount -t tmpfs x /mnt", "mount: permission denied (are you root?)\n"},
		{run + "chroot /tmp true", "chroot: can't change root directory to '/tmp': Operation not permitted\n"},
		{run + "sh -c 'kill -9 1; echo alive'", "alive\n"},
		{run + "sh -c 'echo x > /proc/sys/kernel/hostname'", "sh: can't create /proc/sys/kernel/hostname: Read-only file system\n"},
		{"slipway run --rootfs /srv/img --pids 3 -- sh -c 'sleep 9 & sleep 9 & sleep 9 & sleep 9'", "sh: can't fork: Resource temporarily unavailable\n"},
		{"slipway run --rootfs /srv/img --memory 16m -- sh -c 'tail /dev/zero; echo $?'", "Killed\n137\n"},
		{"slipway run --rootfs /srv/img --cap-add chown --user 1000 -- grep CapEff /proc/self/status", "CapEff:\t0000000000000001\n"},
		{"slipway run --rootfs /srv/img --read-only -- touch /x", "touch: /x: Read-only file system\n"},
		{"slipway run --rootfs /srv/img --hostname box --env A=b --workdir /tmp -- sh -c 'hostname; echo $A; pwd'", "box\nb\n/tmp\n"},
		{"slipway run --only uts -- hostname; hostname", "slipway\nlab\n"},
		{"slipway run --only pid --open mount -- sh -c 'echo $$'", "1\n"},
		{"su alice -c 'slipway run --only uts,user -- id -u'", "0\n"},
		{run + "sh -c 'exit 7'; echo $?", "7\n"},
		{run + "sh -c 'kill -KILL $$'; echo $?", "0\n"}, // process 1 does not end itself
	} {
		out, _ := l.Run(test.line)
		require.Equal(t, test.want, out, test.line)
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	l := lab.NewWithSlipway()
	t.Cleanup(l.Close)
	const look = "echo /proc/[0-9]* | wc -w; wc -l < /proc/mounts; echo /sys/fs/cgroup/slipway/*/cgroup.procs; echo /proc/$$/fd/*; cat /srv/img/etc/image; echo /srv/img/*"
	l.Run("slipway run --rootfs /srv/img --memory 16m -- true") // it makes the folder of its groups
	before, _ := l.Run(look)
	require.NotContains(t, before, "not found")
	for _, line := range []string{
		run + "true", run + "sh -c 'sleep 100 & mkdir /left; echo x > /etc/image'", run + "nothing-of-that-name", "slipway run --rootfs /nowhere --pids 5 -- true",
		"slipway run --rootfs /etc/passwd --pids 5 -- true", "slipway run --rootfs /srv/img --pids 5 --bind /nowhere:/mnt -- true",
	} {
		l.Run(line)
		after, _ := l.Run(look)
		require.Equal(t, before, after, line)
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	l := lab.NewWithSlipway()
	t.Cleanup(l.Close)
	for line, want := range map[string]string{
		"slipway":                          "Usage: slipway run|explain",
		"slipway dance":                    `unknown command "dance"; on this machine there are run and explain`,
		"slipway run --bogus x":            "there is no flag --bogus",
		"slipway run --memory lots -- sh":  "--memory lots: it is no size; 64m is 64 MiB",
		"slipway run --memory":             "--memory needs a value",
		"slipway run --rootfs /srv/img":    "there is no command; write it behind --",
		"slipway run --only moat -- sh":    `there is no wall "moat"`,
		"slipway run --cap-add fly -- sh":  `there is no capability "fly"`,
		"slipway run --cpus NaN -- sh":     "it is no number of processors",
		"slipway run --user root -- sh":    "names are not looked up",
		"slipway run --net bridge -- sh":   "none, loopback and host are known",
		"slipway run --bind x -- sh":       "write SOURCE:TARGET",
		"slipway run --pids 0 -- sh":       "it is no number above 0",
		"slipway run -- sh":                "Rootfs",
		run + "nothing":                    "there is no such command inside",
		"su alice -c '" + run + "true'":    "step",
		"slipway explain --only uts -- sh": "a name of its own",
	} {
		out, _ := l.Run(line)
		require.Contains(t, out, want, line)
	}
}

// Every plan the model can be asked for is made of calls it has, and each is told.
func TestEachStepIsTold(t *testing.T) {
	plan, err := isolate.Build(isolate.Spec{Rootfs: "/img", Args: []string{"true"}, Limits: isolate.Limits{PIDs: 5, Memory: 16 << 20}}, isolate.Host{})
	require.NoError(t, err)
	k := model.Boot(model.Config{Programs: map[string]model.Program{"true": func(*model.Process) int { return 3 }}})
	defer k.Close()
	told := map[int]model.Errno{}
	status := 0
	k.Start(func(p *model.Process) int {
		for _, dir := range []string{"/img", "/img/bin", "/sys", "/sys/fs", "/sys/fs/cgroup"} {
			p.Mkdir(dir, 0o755)
		}
		p.Mount("c", "/sys/fs/cgroup", "cgroup2", 0, "")
		fd, _ := p.Open("/img/bin/true", model.WriteOnly|model.Create, 0o755)
		p.Write(fd, []byte(model.ProgramFile("true", false)))
		p.Close(fd)
		for range 3 { // standard files
			p.Pipe()
		}
		status, err = container.Run(p, plan, func(i int, _ int64, e model.Errno) { told[i] = e })
		return 0
	})
	k.Run(1<<62, 1_000_000, nil)
	require.NoError(t, err)
	require.Equal(t, 3, status)
	for i, s := range plan.Steps {
		if e, ok := told[i]; ok && e != model.OK {
			require.EqualValues(t, s.Tolerate, e, plan.Line(i))
		}
	}
	require.Greater(t, len(told), len(plan.Steps)/2)
	require.True(t, strings.HasPrefix(plan.Steps[len(plan.Steps)-1].Call, "unlink"))
	require.Contains(t, told, len(plan.Steps)-1, "the group is taken away at the end")
}
