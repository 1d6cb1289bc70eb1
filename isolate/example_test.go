package isolate_test

import (
	"errors"
	"fmt"

	"github.com/slipway-dev/slipway/isolate"
)

// One wall at a time: a host name of its own takes three calls, all others are the way into a command.
func ExampleBuild() {
	plan, err := isolate.Build(isolate.Spec{
		Args:     []string{"/bin/hostname"},
		Hostname: "boat",
		Open:     isolate.AllWalls &^ isolate.UTSNS,
	}, isolate.Host{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, step := range plan.Steps {
		if step.Call == "clone3" || step.Call == "sethostname" || step.Call == "execve" {
			fmt.Println(plan.Line(i))
		}
	}
	// Output:
	// clone3(CLONE_VM|CLONE_PIDFD|CLONE_CLEAR_SIGHAND|CLONE_NEWUTS, SIGCHLD) = pid
	// sethostname("boat", 4)
	// execve("/bin/hostname", ["/bin/hostname"], ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/"])
}

// All that is wrong is said at once, before anything is done.
func ExampleSpecError() {
	_, err := isolate.Build(isolate.Spec{Limits: isolate.Limits{Memory: 1000}}, isolate.Host{})
	var wrong *isolate.SpecError
	if errors.As(err, &wrong) {
		for _, p := range wrong.Problems {
			fmt.Printf("%-14s %s\n", p.Field, p.Wrong)
		}
	}
	// Output:
	// Args           there is no command
	// Rootfs         there is no folder to become /
	// Limits.Memory  1000 bytes would not last until the command starts
}

// The chapter on capabilities: root inside keeps what it is given.
func ExampleKeep() {
	kill, _ := isolate.ParseCapabilities("kill,net_bind_service")
	fmt.Println(isolate.Keep(kill, isolate.User{}).Ambient == 0)
	fmt.Println(isolate.Keep(kill, isolate.User{UID: 1000}).Ambient)
	// Output:
	// true
	// CAP_KILL,CAP_NET_BIND_SERVICE
}

// The chapter on namespaces: walls by name.
func ExampleParseWalls() {
	walls, _ := isolate.ParseWalls("uts,pid")
	fmt.Println(walls)
	_, err := isolate.ParseWalls("moat")
	fmt.Println(err)
	// Output:
	// pid,uts
	// isolate: there is no wall "moat"; there are user,mount,pid,uts,ipc,net,cgroup,time,root,masks,session,descriptors,capabilities,no-new-privs,seccomp,programs
}

// The chapter on cgroups: a limit is a file, and joining is writing to one.
func ExampleLimits() {
	plan, err := isolate.Build(isolate.Spec{Args: []string{"/bin/true"}, Open: isolate.AllWalls, Limits: isolate.Limits{PIDs: 20}},
		isolate.Host{Cgroups: []isolate.Controller{{Name: "pids", Dir: "/sys/fs/cgroup/pids"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, step := range plan.Steps[:6] {
		fmt.Println(step.By, plan.Line(i))
	}
	fmt.Println("...")
	fmt.Println(plan.Line(len(plan.Steps) - 1))
	// Output:
	// parent mkdirat(AT_FDCWD, "/sys/fs/cgroup/pids/slipway-container", 0755)
	// parent openat(AT_FDCWD, "/sys/fs/cgroup/pids/slipway-container/pids.max", O_WRONLY|O_CLOEXEC) = pids.max
	// parent write(pids.max, "20", 2)
	// parent close(pids.max)
	// parent openat(AT_FDCWD, "/sys/fs/cgroup/pids/slipway-container/tasks", O_WRONLY|O_CLOEXEC) = tasks
	// parent clone3(CLONE_VM|CLONE_PIDFD|CLONE_CLEAR_SIGHAND, SIGCHLD) = pid
	// ...
	// unlinkat(AT_FDCWD, "/sys/fs/cgroup/pids/slipway-container", AT_REMOVEDIR)
}

// The chapter on roots: why chroot is not enough shows in what it takes to leave nothing behind.
func ExamplePlan() {
	plan, err := isolate.Build(isolate.Spec{Rootfs: "/srv/tiny", Args: []string{"/bin/true"}}, isolate.Host{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, step := range plan.Steps {
		if step.Man == "pivot_root(2)" {
			fmt.Println(plan.Line(i))
		}
	}
	// Output:
	// fchdir(root)
	// pivot_root(".", ".")
	// umount2(".", MNT_DETACH)
	// chdir("/")
	// umask(022)
}

// The chapter on getting in: a copy that nobody may look into, all namespaces at once, and a child that is born inside.
func ExampleRunning() {
	plan, err := isolate.Build(isolate.Spec{Args: []string{"/bin/true"}, Rootfs: "/srv/tiny", Join: &isolate.Running{PID: 4242}}, isolate.Host{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, step := range plan.Steps[:5] {
		fmt.Println(step.By, plan.Line(i))
	}
	// Output:
	// parent clone3(CLONE_PIDFD|CLONE_CLEAR_SIGHAND, SIGCHLD) = pid
	// child prctl(PR_SET_DUMPABLE, 0)
	// child setns(container, CLONE_NEWNS|CLONE_NEWPID|CLONE_NEWUTS|CLONE_NEWIPC|CLONE_NEWNET|CLONE_NEWCGROUP|CLONE_NEWTIME)
	// child clone(CLONE_VM|CLONE_PARENT|CLONE_PARENT_SETTID|SIGCHLD, NULL, &part)
	// between exit_group(0)
}

// The chapter on networks: the parent's part, while the child waits.
func ExampleBridge() {
	plan, err := isolate.Build(isolate.Spec{Args: []string{"/bin/true"}, Open: isolate.AllWalls &^ isolate.NetNS, Network: isolate.Bridged,
		Bridge: isolate.Bridge{Ports: []isolate.Port{{Outside: 8080, Inside: 80}}}}, isolate.Host{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, step := range plan.Steps {
		if step.By == isolate.Beside && step.Call == "netlink" {
			fmt.Println(plan.Line(i))
		}
	}
	// Output:
	// netlink(route, {RTM_NEWLINK, "slipway0", kind=bridge, IFF_UP})  [EEXIST is fine]
	// netlink(route, {RTM_NEWADDR, 10.213.0.1/16, index}, index.ifindex, 20)  [EEXIST is fine]
	// netlink(route, {RTM_NEWLINK, "eth0", kind=veth, peer="sw0ad50002", IFLA_NET_NS_PID=pid}, pid, 104)
	// netlink(route, {RTM_NEWLINK, "sw0ad50002", IFLA_MASTER=index, IFF_UP}, index.ifindex, 52)
	// netlink(rules, {table ip slipway-container (ours as long as this socket is open): what 10.213.0.2 sends leaves under the machine's address, tcp 8080 leads to 80})
}
