package playground

import (
	"slices"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/network"
	"github.com/slipway-dev/slipway/orchestrate/workload"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// room is a shell inside a container: what kubectl exec -it, attach and debug leave the terminal in. Lines that are typed go to it until
// it is left. It is a job like another, so it is part of every checkpoint.
type room struct {
	pod       *api.Pod
	container string
	run       string     // the id of the container's run, with which the shell ends
	prompts   bool       // it prints a prompt and reads on: -t
	reads     bool       // it reads on: -i; otherwise it ends with its first script
	first     bool       // it is the container's first process, which ends with it
	look      string     // what its prompt is like: "busybox", "dash" or "bash"
	own       shell.Vars // the container's variables
	vars      shell.Vars
	outer     []shell.Vars // of the shells this one was started in
	inner     bool         // a shell was started by the line that runs
	exec      *shell.Exec  // the line that runs; nil at the prompt
	job       kubectl.Job  // what that line waits for
	typed     []string     // lines that are still to be run
}

// enterRoom opens a shell in a container, for what a kubectl command is to run there.
func (s *Session) enterRoom(c *kubectl.Command, argv []string) *room {
	id, _ := s.cluster.Running(c.Pod, c.Container)
	r := &room{pod: c.Pod, container: c.Container, run: id, prompts: c.Terminal, reads: c.Input && c.Stdin == nil, first: len(c.Argv) == 0}
	r.own = shell.Vars{"HOME": "/root"}
	env, _ := s.cluster.Exec("", c.Pod, c.Container, []string{"env"})
	for line := range strings.Lines(env.Out) {
		if name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "="); ok {
			r.own[name] = value
		}
	}
	r.vars = r.own.Clone()
	r.vars["PWD"] = "/"
	im, _ := s.scenario.catalog().Find(c.Spec.Image)
	if len(im.Layers) > 0 && im.Layers[0].Name == "debian" && !strings.Contains(c.Spec.Image, "alpine") {
		if r.look = "dash"; strings.HasSuffix(argv[0], "bash") {
			r.look = "bash"
		}
	}
	return r
}

// prompt is what the shell prints when it waits for a line.
func (r *room) prompt() string {
	dir := r.vars["PWD"]
	if dir == "/root" {
		dir = "~"
	}
	switch {
	case !r.prompts:
		return ""
	case r.look == "bash":
		return "root@" + workload.Hostname(r.pod) + ":" + dir + "# "
	case r.look == "dash":
		return "# "
	}
	return dir + " # "
}

// idle tells whether it waits for a line.
func (r *room) idle() bool { return r.exec == nil && len(r.typed) == 0 && r.reads }

// Poll is never called; a room needs the session.
func (r *room) Poll(*kubectl.Env) (kubectl.Result, bool) { return kubectl.Result{}, false }

// Deadline is that of the command under way.
func (r *room) Deadline() (time.Duration, bool) {
	if d, ok := r.job.(interface {
		Deadline() (time.Duration, bool)
	}); ok {
		return d.Deadline()
	}
	return 0, false
}

// Clone copies the job.
func (r *room) Clone() kubectl.Job {
	k := *r
	k.vars, k.typed = r.vars.Clone(), slices.Clone(r.typed)
	k.outer = slices.Clone(r.outer) // the variables of a shell that waits do not change
	if r.exec != nil {
		k.exec = r.exec.Clone()
	}
	if r.job != nil {
		k.job = r.job.Clone()
	}
	return &k
}

func (r *room) poll(s *Session) (kubectl.Result, bool) {
	var out kubectl.Result
	if id, _ := s.cluster.Running(r.pod, r.container); id != r.run {
		return kubectl.Result{Stderr: "command terminated with exit code 137\n", Code: 137}, true
	}
	in := inside{s, r}
	if r.job != nil {
		res, over := s.pollJob(r.job)
		if !over && res.Stdout == "" && res.Stderr == "" {
			return out, false
		}
		if over {
			r.job = nil
		}
		r.write(&out, r.exec.Resume(in, shell.Result{Stdout: res.Stdout, Stderr: res.Stderr, Code: res.Code, Waiting: !over}))
		if r.settle() {
			return r.leave(s, out, r.exec.Status()), true
		}
	}
	for r.exec == nil && len(r.typed) > 0 {
		line := r.typed[0]
		r.typed = r.typed[1:]
		s.cluster.Input("", strings.TrimSpace(firstLine(line)))
		script, err := shell.Parse(line)
		if err != nil {
			r.write(&out, []shell.Chunk{{Stream: shell.Stderr, Text: "sh: " + err.Error() + "\n"}})
			r.vars["?"] = "2"
			if r.reads {
				continue
			}
			return r.leave(s, out, 2), true
		}
		r.exec = shell.NewExec(script, r.vars)
		r.write(&out, r.exec.Run(in))
		if exec := r.exec; r.settle() {
			return r.leave(s, out, exec.Status()), true
		}
	}
	return out, false
}

// settle lets go of a line that is over, and tells whether the shell is left with it.
func (r *room) settle() bool {
	exec := r.exec
	if exec.Waiting() {
		return false
	}
	r.vars = exec.Vars
	switch {
	case !r.reads || exec.Exited() && len(r.outer) == 0:
		return true
	case exec.Exited():
		n := len(r.outer) - 1
		code := r.vars["?"]
		r.vars, r.outer = r.outer[n].Clone(), r.outer[:n:n]
		r.vars["?"] = code
	case r.inner:
		r.outer = append(r.outer[:len(r.outer):len(r.outer)], r.vars.Clone())
	}
	r.exec, r.inner = nil, false
	return false
}

// write adds what a script printed; a terminal has one stream only.
func (r *room) write(out *kubectl.Result, chunks []shell.Chunk) {
	for _, c := range chunks {
		if c.Stream == shell.Stderr && !r.prompts {
			out.Stderr += c.Text
		} else {
			out.Stdout += c.Text
		}
	}
}

// leave is the end of the shell, and of its container if it was started with it.
func (r *room) leave(s *Session, out kubectl.Result, code int) kubectl.Result {
	r.exec = nil
	if r.first {
		s.cluster.Leave("", r.pod, r.container, int32(code))
		return out
	}
	out.Code = code
	return ended(out, true)
}

// interrupt is Ctrl-C: the line that runs ends, the shell does not.
func (r *room) interrupt() {
	r.typed = nil
	if r.exec != nil {
		r.exec.Interrupt()
		r.vars, r.exec, r.job, r.inner = r.exec.Vars, nil, nil, false
	}
}

// hangUp is Ctrl-D at the prompt, which is the end of what the shell reads.
func (r *room) hangUp() { r.typed = append(r.typed[:len(r.typed):len(r.typed)], "exit $?") }

// room is the shell in a container that the terminal is in; nil if it is in none that reads.
func (s *Session) room() *room {
	job := s.job
	for job != nil {
		if r, ok := job.(*room); ok && r.reads {
			return r
		}
		u, ok := job.(interface{ Under() kubectl.Job })
		if !ok {
			return nil
		}
		job = u.Under()
	}
	return nil
}

// Prompt is what stands before the next line: that of the container the terminal is in, or the session's own.
func (s *Session) Prompt() string {
	if s.machine != nil {
		return s.machine.prompt()
	}
	if r := s.room(); r != nil {
		return r.prompt()
	}
	return prompt
}

// HangUp is Ctrl-D: it leaves the shell in a container, or the shell in a shell of a machine, that waits for a line. Anywhere else it does nothing, and is not logged.
func (s *Session) HangUp() ([]Output, error) {
	if s.machine != nil {
		if s.looking || !s.machine.inside() {
			return nil, nil
		}
		return s.enter(Input{Kind: "end"})
	}
	if r := s.room(); r == nil || !r.idle() || s.looking {
		return nil, nil
	}
	return s.enter(Input{Kind: "end"})
}

// at is where its commands ask from.
func (r *room) at() network.Place { return network.Place{Namespace: r.pod.Namespace, Pod: r.pod.Name} }
