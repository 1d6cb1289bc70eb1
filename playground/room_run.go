package playground

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/filter"
	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/slipway-dev/slipway/orchestrate/workload"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// inside is what a shell in a container sees of the world.
type inside struct {
	s *Session
	r *room
}

// heldJob is a command in a container that takes its time; until is negative for one that does not end by itself.
type heldJob struct {
	until time.Duration
	res   kubectl.Result
}

// Poll tells whether it is over.
func (j heldJob) Poll(env *kubectl.Env) (kubectl.Result, bool) {
	if j.until < 0 || env.Server.Elapsed() < j.until {
		return kubectl.Result{}, false
	}
	return j.res, true
}

// Deadline is when it ends.
func (j heldJob) Deadline() (time.Duration, bool) { return j.until, j.until >= 0 }

// Clone copies the job.
func (j heldJob) Clone() kubectl.Job { return j }

// noticed is how long a command may take before somebody at a terminal notices.
const noticed = 100 * time.Millisecond

// Run starts a program in the container.
func (x inside) Run(in shell.Invocation) shell.Result {
	name := in.Args[0][strings.LastIndexByte(in.Args[0], '/')+1:]
	if shellName(name) && len(in.Args) == 1 && !in.Piped {
		x.r.inner = x.s.cluster.HasProgram(x.r.pod, x.r.container, name)
		if x.r.inner {
			return shell.Result{}
		}
	}
	switch name {
	case "sleep":
		if d, ok := seconds(strings.Join(in.Args[1:], " ")); ok {
			return x.start(kubectl.Result{Job: sleepJob{x.s.cluster.Now() + max(d, shortest)}})
		}
	case "echo", "printf", "true", "false":
		return tools[name](x.s, in)
	}
	if _, ok := clients[name]; ok && x.s.cluster.HasProgram(x.r.pod, x.r.container, name) {
		return x.start(x.s.begin(x.r.at(), append([]string{name}, in.Args[1:]...), false))
	}
	if f, ok := filter.Find(name); ok && x.s.cluster.HasProgram(x.r.pod, x.r.container, "sh") {
		return x.filtered(f, in)
	}
	return x.tool(in, name)
}

// filtered runs a text filter. tail -f goes on after it has printed what is there.
func (x inside) filtered(f filter.Func, in shell.Invocation) shell.Result {
	args, follow := in.Args, false
	if args[0] == "tail" && len(args) > 1 && args[1] == "-f" {
		args, follow = append([]string{"tail"}, args[2:]...), true
	}
	files := x.files(in.Vars)
	res := f(filter.Call{Args: args, Stdin: in.Stdin, Read: files.ReadFile, Write: files.WriteFile})
	if follow && res.Code == 0 {
		x.r.job = heldJob{until: -1}
	}
	return shell.Result{Stdout: res.Stdout, Stderr: res.Stderr, Code: res.Code, Drained: res.Drained, Waiting: follow && res.Code == 0}
}

// tool runs one of the container's own programs.
func (x inside) tool(in shell.Invocation, name string) shell.Result {
	r, ok := x.do(in.Vars, string(in.Stdin), in.Args)
	switch {
	case !ok || r.Missing:
		return shell.Result{Stderr: "sh: " + in.Args[0] + ": not found\n" + x.hint(name), Code: 127}
	case name == "cd":
		if r.Code == 0 {
			in.Vars["PWD"] = r.Dir
		}
	case !r.Ended:
		x.r.job = heldJob{until: -1}
		return shell.Result{Stdout: r.Out, Stderr: r.Err, Waiting: true}
	case r.Takes > noticed:
		x.r.job = heldJob{x.s.cluster.Now() + r.Takes, kubectl.Result{Stdout: r.Out, Stderr: r.Err, Code: int(r.Code)}}
		return shell.Result{Waiting: true}
	}
	return shell.Result{Stdout: r.Out, Stderr: r.Err, Code: int(r.Code)}
}

// hint tells whoever types a command of the cluster into a container where they are.
func (x inside) hint(name string) string {
	if name != "kubectl" && name != "k" && name != "why" && name != "fault" {
		return ""
	}
	return "(this is the shell inside pod " + x.r.pod.Name + "; exit, or Ctrl-D, leaves it)\n"
}

// do runs a program with the variables of the shell that are not the container's own.
func (x inside) do(vars shell.Vars, stdin string, argv []string) (workload.Result, bool) {
	c := &workload.Command{Argv: argv, Stdin: stdin}
	for _, name := range slices.Sorted(maps.Keys(vars)) {
		if own, ok := x.r.own[name]; name != "?" && (!ok || own != vars[name]) {
			c.Vars = append(c.Vars, api.EnvVar{Name: name, Value: vars[name]})
		}
	}
	return x.s.cluster.ExecWith("", x.r.pod, x.r.container, c)
}

// start takes the first result of a program that may go on, as the session does for its own.
func (x inside) start(res kubectl.Result) shell.Result {
	x.r.job = res.Job
	return shell.Result{Stdout: res.Stdout, Stderr: res.Stderr, Code: res.Code, Waiting: res.Job != nil}
}

// ReadFile is a file of the container.
func (x inside) ReadFile(name string) ([]byte, error) { return x.files(x.vars()).ReadFile(name) }

// WriteFile makes or lengthens a file of the container.
func (x inside) WriteFile(name string, data []byte, appending bool) error {
	return x.files(x.vars()).WriteFile(name, data, appending)
}

// vars are those of the line that runs.
func (x inside) vars() shell.Vars {
	if x.r.exec != nil {
		return x.r.exec.Vars
	}
	return x.r.vars
}

// roomFiles are the files of a container, as seen from a folder.
type roomFiles struct {
	inside
	seen shell.Vars
}

func (x inside) files(vars shell.Vars) roomFiles { return roomFiles{x, vars} }

// ReadFile asks the container's own cat.
func (f roomFiles) ReadFile(name string) ([]byte, error) {
	if name == "/etc/resolv.conf" { // a kubelet writes it
		return []byte("search " + f.r.pod.Namespace + ".svc.cluster.local svc.cluster.local cluster.local\nnameserver " + network.DNSAddress + "\noptions ndots:5\n"), nil
	}
	r, ok := f.do(f.seen, "", []string{"cat", name})
	if !ok || r.Code != 0 {
		return nil, systemError("No such file or directory")
	}
	return []byte(r.Out), nil
}

// WriteFile asks its tee.
func (f roomFiles) WriteFile(name string, data []byte, appending bool) error {
	if name == "/dev/null" {
		return nil
	}
	text := string(data)
	if appending {
		if old, err := f.ReadFile(name); err == nil {
			text = string(old) + text
		}
	}
	if len(text) > 4<<10 {
		return systemError("No space left on device")
	}
	if r, ok := f.do(f.seen, text, []string{"tee", name}); !ok || r.Code != 0 {
		return systemError("No such file or directory")
	}
	return nil
}

// shellName tells whether a word calls a shell.
func shellName(name string) bool { return name == "sh" || name == "ash" || name == "bash" }
