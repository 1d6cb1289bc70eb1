package playground

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

func number(n int64) string { return strconv.FormatInt(n, 10) }

// sessionJob is a job that needs more than the cluster: it runs commands.
type sessionJob interface {
	kubectl.Job
	poll(s *Session) (kubectl.Result, bool)
}

// sleepJob waits for a moment.
type sleepJob struct{ until time.Duration }

// Poll tells whether the moment has come.
func (j sleepJob) Poll(env *kubectl.Env) (kubectl.Result, bool) {
	return kubectl.Result{}, env.Server.Elapsed() >= j.until
}

// Deadline is the moment.
func (j sleepJob) Deadline() (time.Duration, bool) { return j.until, true }

// Clone copies the job.
func (j sleepJob) Clone() kubectl.Job { return j }

// shortest is the least time a command sleeps, so that a loop around it cannot run for ever in no time.
const shortest = 10 * time.Millisecond

func sleep(s *Session, in shell.Invocation) shell.Result {
	if len(in.Args) != 2 {
		return shell.Result{Stderr: "sleep: one number of seconds is wanted: sleep 5\n", Code: 1}
	}
	d, ok := seconds(in.Args[1])
	if !ok {
		return shell.Result{Stderr: "sleep: invalid number '" + in.Args[1] + "'\n", Code: 1}
	}
	return s.start(kubectl.Result{Job: sleepJob{s.cluster.Now() + max(d, shortest)}})
}

// seconds reads 5, 0.5, 5s, 2m or 1h.
func seconds(text string) (time.Duration, bool) {
	if text != "" && strings.Trim(text[len(text)-1:], "0123456789.") == "" {
		text += "s"
	}
	d, err := time.ParseDuration(text)
	return d, err == nil && d >= 0 && d <= maxEnd
}

// watchJob runs a script every few seconds and shows what it printed whenever that changed.
type watchJob struct {
	script *shell.Script
	every  time.Duration
	next   time.Duration
	shown  string
}

// Poll is never called; a watch needs the session.
func (j *watchJob) Poll(*kubectl.Env) (kubectl.Result, bool) { return kubectl.Result{}, false }

// Deadline is when it runs again.
func (j *watchJob) Deadline() (time.Duration, bool) { return j.next, true }

// Clone copies the job.
func (j *watchJob) Clone() kubectl.Job {
	k := *j
	return &k
}

func (j *watchJob) poll(s *Session) (kubectl.Result, bool) {
	if s.cluster.Now() < j.next {
		return kubectl.Result{}, false
	}
	j.next = s.cluster.Now() + j.every
	out, ok := s.inner(j.script)
	if !ok {
		return kubectl.Result{Stderr: "watch: the command goes on by itself; run it without watch\n", Code: 1}, true
	}
	if out == j.shown {
		return kubectl.Result{}, false
	}
	j.shown = out
	return kubectl.Result{Stdout: s.clock(s.cluster.Now()) + "\n" + out}, false
}

// inner runs a script inside a command that waits. It tells false if the script would wait itself.
func (s *Session) inner(script *shell.Script) (string, bool) {
	outer, breath := s.job, s.breathing
	s.breathing = breathing{still: true}
	exec := shell.NewExec(script, s.vars.Clone())
	var out strings.Builder
	for _, c := range exec.Run(s) {
		out.WriteString(c.Text)
	}
	s.job, s.breathing = outer, breath
	return out.String(), !exec.Waiting()
}

func watch(s *Session, in shell.Invocation) shell.Result {
	args, every := in.Args[1:], 2*time.Second
	if len(args) > 0 && strings.HasPrefix(args[0], "-n") {
		text := args[0][2:]
		if text == "" && len(args) > 1 {
			args = args[1:]
			text = args[0]
		}
		d, ok := seconds(text)
		if !ok {
			return shell.Result{Stderr: "watch: invalid number '" + text + "'\n", Code: 1}
		}
		args, every = args[1:], max(d, 100*time.Millisecond)
	}
	if len(args) == 0 {
		return shell.Result{Stderr: "watch: usage: watch [-n SECONDS] COMMAND\n", Code: 1}
	}
	text := strings.Join(args, " ")
	script, err := shell.Parse(text)
	if err != nil {
		return shell.Result{Stderr: "watch: " + err.Error() + "\n", Code: 1}
	}
	j := &watchJob{script: script, every: every, next: s.cluster.Now()}
	first, over := j.poll(s)
	if over {
		return shell.Result{Stderr: first.Stderr, Code: first.Code}
	}
	first.Job, first.Stdout = j, "Every "+strconv.FormatFloat(every.Seconds(), 'f', 1, 64)+"s: "+text+"\n"+first.Stdout
	return s.start(first)
}

// xargsJob runs commands one after the other; the one under way waits.
type xargsJob struct {
	inner kubectl.Job
	left  [][]string
	code  int
}

// Poll is never called; xargs needs the session.
func (j *xargsJob) Poll(*kubectl.Env) (kubectl.Result, bool) { return kubectl.Result{}, false }

// Deadline is that of the command under way.
func (j *xargsJob) Deadline() (time.Duration, bool) {
	if d, ok := j.inner.(interface {
		Deadline() (time.Duration, bool)
	}); ok {
		return d.Deadline()
	}
	return 0, false
}

// Clone copies the job.
func (j *xargsJob) Clone() kubectl.Job {
	k := *j
	k.inner, k.left = j.inner.Clone(), slices.Clone(j.left)
	return &k
}

func (j *xargsJob) poll(s *Session) (kubectl.Result, bool) {
	res, over := s.pollJob(j.inner)
	if !over {
		return res, false
	}
	if res.Code != 0 {
		j.code = xargsFailed
	}
	next := s.batches(j)
	next.Stdout, next.Stderr = res.Stdout+next.Stdout, res.Stderr+next.Stderr
	return next, next.Job == nil
}

// xargsFailed is the status of xargs when a command failed.
const xargsFailed = 123

// batches runs what is left until a command waits.
func (s *Session) batches(j *xargsJob) kubectl.Result {
	var all kubectl.Result
	for len(j.left) > 0 {
		args := j.left[0]
		j.left = j.left[1:]
		res := s.Run(shell.Invocation{Args: args, Piped: true})
		all.Stdout += res.Stdout
		all.Stderr += res.Stderr
		if res.Waiting {
			j.inner, s.job = s.job, j
			all.Job = j
			return all
		}
		if res.Code != 0 {
			j.code = xargsFailed
		}
	}
	all.Code = j.code
	return all
}

func xargs(s *Session, in shell.Invocation) shell.Result {
	args, most, mark := in.Args[1:], 0, ""
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		switch {
		case args[0] == "-r":
			args = args[1:]
			continue
		case strings.HasPrefix(args[0], "-n"), strings.HasPrefix(args[0], "-I"):
			letter, value := args[0][:2], args[0][2:]
			if args = args[1:]; value == "" && len(args) > 0 {
				value, args = args[0], args[1:]
			}
			if letter == "-I" {
				mark = value
				continue
			}
			n, err := strconv.Atoi(value)
			if err != nil || n < 1 {
				return shell.Result{Stderr: "xargs: invalid number '" + value + "'\n", Code: 1}
			}
			most = n
			continue
		}
		return shell.Result{Stderr: "xargs: unrecognized option: " + strings.TrimLeft(args[0], "-") + "\n", Code: 1}
	}
	if len(args) == 0 {
		args = []string{"echo"}
	}
	res := s.start(s.batches(&xargsJob{left: batched(args, string(in.Stdin), most, mark)}))
	res.Drained = true
	return res
}

// batched makes the command lines of xargs: all words on one, so many on each, or each line in the place of a mark.
func batched(command []string, input string, most int, mark string) [][]string {
	var all [][]string
	if mark != "" {
		for line := range strings.Lines(input) {
			line = strings.TrimSpace(line)
			args := slices.Clone(command)
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], mark, line)
			}
			all = append(all, args)
		}
		return all
	}
	words := strings.Fields(input)
	if most == 0 {
		most = max(len(words), 1)
	}
	for chunk := range slices.Chunk(words, most) {
		all = append(all, append(slices.Clone(command), chunk...))
	}
	return all
}
