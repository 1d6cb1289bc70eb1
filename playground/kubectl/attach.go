package kubectl

import (
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
)

// Command is something to run in a container.
type Command struct {
	Pod       *api.Pod
	Container string
	// Spec is what the pod says of it.
	Spec *api.Container
	// Argv is the program and its arguments. It is empty where nothing new is to run: the container's own first process is meant.
	Argv []string
	// Stdin is what is piped into it; nil if nothing is.
	Stdin []byte
	// Input tells that what people type goes to it, and Terminal that it prints a prompt for them.
	Input, Terminal bool
}

func attachVerb() *verb {
	return &verb{
		name:     "attach",
		short:    "Join what a container runs already.",
		usage:    "(POD | TYPE/NAME) [-c CONTAINER]",
		examples: []string{"kubectl attach web", "kubectl attach -it shell"},
		flags: `stdin tty quiet pod-running-timeout
container,c|s||The container; the pod's first if none is given.`,
		run: attach,
	}
}

// Source: k8s.io/kubectl/pkg/cmd/attach.
func attach(c *call) error {
	switch {
	case len(c.args) == 0:
		return usageError("at least 1 argument is required for attach")
	case len(c.args) > 2:
		return usageError("expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw " + itoa(len(c.args)) + ": [" + strings.Join(c.args, " ") + "]")
	}
	word := c.args[0]
	if len(c.args) == 2 {
		word += "/" + c.args[1]
	}
	pod, err := c.execPod([]string{word})
	if err != nil {
		return err
	}
	if pod.Status.Phase == api.PodSucceeded || pod.Status.Phase == api.PodFailed {
		return usageError("cannot attach a container in a completed pod; current phase is " + string(pod.Status.Phase))
	}
	container, err := c.chooseContainer(pod, c.text("container"), c.on("quiet"))
	if err != nil {
		return usageError("cannot attach to the container: " + err.Error())
	}
	if !isRunning(pod, container) {
		return notInside(container)
	}
	j := c.attachTo(pod, container)
	res, over := j.enter(c.env, pod, c.env.Server.Elapsed())
	c.wait(j, res, over)
	return nil
}

// wait prints what a job has to say and, if it is not over, makes it the command's.
func (c *call) wait(j Job, res Result, over bool) {
	c.out.WriteString(res.Stdout)
	c.err.WriteString(res.Stderr)
	if c.code = res.Code; !over {
		c.job = j
	}
}

// attachTo is the job of being attached to a container, as the flags ask for it.
func (c *call) attachTo(pod *api.Pod, container string) *attachJob {
	j := &attachJob{
		namespace: pod.Namespace, name: pod.Name, container: container, stdin: c.env.Stdin,
		input: c.on("stdin"), terminal: c.on("tty"), quiet: c.on("quiet"), verb: "kubectl attach",
	}
	if d := c.duration("pod-running-timeout"); d > 0 {
		j.until = c.env.Server.Elapsed() + d
	}
	return j
}

// attachJob waits until a container runs, is attached to it until that ends, and cleans up behind it. While it is attached, inner is
// the shell that people type into, or what prints a log.
type attachJob struct {
	namespace, name, container string
	stdin                      []byte
	input, terminal, quiet     bool
	verb                       string
	until                      time.Duration // when waiting for the container is given up; 0 is never
	inner                      Job
	report                     bool // the exit code of the container is the command's
	remove                     bool // the pod is removed in the end
	ended                      bool // the session is over; the report is waited for
}

// Under is the job that runs inside this one; nil if none does.
func (j *attachJob) Under() Job { return j.inner }

// Clone copies the job.
func (j *attachJob) Clone() Job {
	k := *j
	if j.inner != nil {
		k.inner = j.inner.Clone()
	}
	return &k
}

// Deadline is when it wants to be asked even if nothing happens.
func (j *attachJob) Deadline() (time.Duration, bool) {
	if d, ok := j.inner.(interface {
		Deadline() (time.Duration, bool)
	}); ok {
		return d.Deadline()
	}
	return j.until, j.inner == nil && !j.ended && j.until > 0
}

// Poll goes on with whatever it is at.
func (j *attachJob) Poll(env *Env) (Result, bool) {
	if j.inner != nil {
		res, over := env.poll(j.inner)
		if !over {
			return res, false
		}
		j.inner = nil
		return j.left(env, res)
	}
	o, err := env.Server.Get(podResource, j.namespace, j.name)
	pod, _ := o.(*api.Pod)
	switch over := pod != nil && (pod.Status.Phase == api.PodSucceeded || pod.Status.Phase == api.PodFailed); {
	case err != nil:
		return Result{Stderr: "error: " + err.Error() + "\n", Code: 1}, true
	case j.ended && over:
		return j.finish(env, j.outcome(pod))
	case j.ended:
		return Result{}, false
	case over || isRunning(pod, j.container):
		return j.enter(env, pod, 0)
	case j.until > 0 && env.Server.Elapsed() >= j.until:
		return j.finish(env, Result{Stderr: "error: timed out waiting for the condition\n", Code: 1})
	}
	return Result{}, false
}

// enter attaches to the container; of one that is over already, or that reads nothing, it prints the log from a moment on.
func (j *attachJob) enter(env *Env, pod *api.Pod, from time.Duration) (Result, bool) {
	var said Result
	spec := containerOf(pod, j.container)
	terminal := j.terminal
	switch {
	case terminal && j.stdin != nil:
		said.Stderr, terminal = noTerminal, false
	case terminal && (spec == nil || !spec.TTY):
		if terminal = false; !j.quiet {
			said.Stderr = "error: Unable to use a TTY - container " + j.container + " did not allocate one\n"
		}
	}
	if !j.quiet {
		said.Stderr += attached
	}
	if env.Exec != nil && spec != nil && isRunning(pod, j.container) {
		res := env.Exec(&Command{Pod: pod, Container: j.container, Spec: spec, Stdin: j.stdin, Input: j.input && spec.Stdin, Terminal: terminal})
		if res.Job != nil {
			j.inner = res.Job
			said.Stdout += res.Stdout
			said.Stderr += res.Stderr
			return j.after(env, said)
		}
	}
	log, err := env.Server.OpenLog(j.namespace, j.name, j.container, false)
	if err != nil {
		return j.finish(env, Result{Stderr: said.Stderr + "error: " + err.Error() + "\n", Code: 1})
	}
	logs := &logJob{follow: true, tail: -1, streams: []logStream{{log: log}}}
	logs.from, logs.next = from, from
	j.inner = logs
	return j.after(env, said)
}

// after goes on at once where there is nothing to be said first.
func (j *attachJob) after(env *Env, said Result) (Result, bool) {
	if said.Stdout == "" && said.Stderr == "" {
		return j.Poll(env)
	}
	return said, false
}

// What kubectl says to whoever attaches.
const (
	attached = "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n" +
		"If you don't see a command prompt, try pressing enter.\n"
	noTerminal = "Unable to use a TTY - input is not a terminal or the right kind of file\n"
)

// left is what follows once the session in the container is over.
func (j *attachJob) left(env *Env, res Result) (Result, bool) {
	res.Code, j.ended = 0, true
	o, err := env.Server.Get(podResource, j.namespace, j.name)
	pod, ok := o.(*api.Pod)
	if err != nil || !ok {
		return res, true
	}
	resume := j.verb + " " + j.name + " -c " + j.container + " -i -t'"
	switch {
	case j.quiet || !j.input || !j.terminal || j.stdin != nil:
	case isEphemeral(pod, j.container):
		res.Stdout += "Session ended, the ephemeral container will not be restarted but may be reattached using '" + resume + " if it is still running\n"
	case pod.Spec.RestartPolicy == api.RestartAlways:
		res.Stdout += "Session ended, resume using '" + resume + " command when the pod is running\n"
	}
	if j.report && pod.Spec.RestartPolicy != api.RestartAlways {
		return res, false
	}
	return j.finish(env, res)
}

// outcome is what run says of a pod that is over.
func (j *attachJob) outcome(pod *api.Pod) Result {
	if pod.Status.Phase == api.PodSucceeded {
		return Result{}
	}
	for i := range pod.Status.ContainerStatuses {
		if t := pod.Status.ContainerStatuses[i].State.Terminated; t != nil && t.ExitCode != 0 {
			return Result{Stderr: "pod " + j.namespace + "/" + j.name + " terminated (" + t.Reason + ")\n" + t.Message, Code: int(t.ExitCode)}
		}
	}
	return Result{Stderr: "error: pod " + j.namespace + "/" + j.name + " failed with unknown exit code\n", Code: 1}
}

// finish removes the pod if that was asked for.
func (j *attachJob) finish(env *Env, res Result) (Result, bool) {
	if j.remove {
		if _, err := env.Server.Delete(podResource, j.namespace, j.name, request.DeleteOptions{}); err == nil {
			res.Stdout += "pod " + strconv.Quote(j.name) + " deleted from " + j.namespace + " namespace\n"
		}
	}
	return res, true
}

// Interrupted cleans up after Ctrl-C.
func (j *attachJob) Interrupted(env *Env) Result {
	res, _ := j.finish(env, Result{})
	return res
}
