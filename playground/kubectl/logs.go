package kubectl

import (
	"strings"
	"time"

	"github.com/slipway-dev/slipway/internal/calendar"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
)

func logsVerb() *verb {
	return &verb{
		name: "logs", types: true,
		short:    "Print what a container in a pod has printed.",
		usage:    "[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER] [flags]",
		examples: []string{"kubectl logs web", "kubectl logs -f deployment/web", "kubectl logs web --previous", "kubectl logs -l app=web --all-containers --prefix"},
		flags: `selector
follow,f|b||Go on with what is printed from now on, until the container ends or Ctrl-C.
previous,p|b||The run before this one, of a container that restarted.
container,c|s||Which container.
all-containers|b||All containers of the pod.
all-pods|b||All pods of the workload; sets --prefix.
tail|i-1||Only so many of the last lines; -1 means all, and with a selector 10.
since|d0s||Only what is newer than 5s, 2m or 3h.
since-time|s||Only what is newer than a moment (RFC3339).
timestamps|b||The time in front of each line.
prefix|b||Pod and container in front of each line.
limit-bytes|i0||At most so many bytes; 0 means all.
max-log-requests|i5||How many logs a selector may follow at a time.
ignore-errors|b||Go on with the other logs when one cannot be read.
pod-running-timeout|d20s||Accepted; a workload without pods is an error at once.
insecure-skip-tls-verify-backend|b||Accepted; there is no TLS here.`,
		run: logs,
	}
}

const logsUsage = "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command"

// Source of the texts: k8s.io/kubectl/pkg/cmd/logs and pkg/polymorphichelpers, logsforobject.go.
func logs(c *call) error {
	job, err := c.logsJob()
	if err != nil {
		return err
	}
	pods, err := c.logsPods()
	if err != nil {
		return err
	}
	for _, p := range pods {
		if err := c.openLogs(job, p); err != nil {
			c.fail(err, "")
			job.follow = false // what was opened before it is still printed
			break
		}
	}
	if most := c.number("max-log-requests"); job.follow && int64(len(job.streams)) > most {
		return usageError("you are attempting to follow " + itoa(len(job.streams)) + " log streams, but maximum allowed concurrency is " +
			itoa(int(most)) + ", use --max-log-requests to increase the limit")
	}
	res, done := job.begin(c.env, c.logsSince())
	c.out.WriteString(res.Stdout)
	if !done {
		c.job = job
	}
	return nil
}

// logsJob is what the flags ask for, still without streams.
func (c *call) logsJob() (*logJob, error) {
	job := &logJob{follow: c.on("follow"), stamps: c.on("timestamps"), prefix: c.on("prefix") || c.on("all-pods"), tail: c.number("tail"), limit: c.number("limit-bytes")}
	if c.given("selector") && !c.given("tail") && !job.follow {
		job.tail = 10
	}
	switch {
	case len(c.args) == 0 && !c.given("selector"), len(c.args) > 2:
		return nil, c.misuse(logsUsage)
	case len(c.args) > 0 && c.given("selector"):
		return nil, c.misuse("only a selector (-l) or a POD name is allowed")
	case len(c.args) == 2 && c.given("container"):
		return nil, usageError("only one of -c or an inline [CONTAINER] arg is allowed")
	case c.given("since-time") && c.duration("since") != 0:
		return nil, usageError("at most one of `sinceTime` or `sinceSeconds` may be specified")
	case c.on("all-containers") && c.text("container") != "":
		return nil, usageError("--all-containers=true should not be specified with container name " + c.text("container"))
	case job.limit < 0 || c.given("limit-bytes") && job.limit == 0:
		return nil, usageError("--limit-bytes must be greater than 0")
	case c.duration("pod-running-timeout") <= 0:
		return nil, usageError("--pod-running-timeout must be higher than zero")
	case job.tail < -1:
		return nil, usageError("--tail must be greater than or equal to -1")
	case c.duration("since") < 0:
		return nil, usageError("--since must be greater than 0")
	}
	if at := c.text("since-time"); at != "" {
		if _, err := calendar.Parse(time.RFC3339, at); err != nil {
			return nil, err
		}
	}
	return job, nil
}

// logsSince is the moment from which lines count.
func (c *call) logsSince() time.Duration {
	now := c.env.Server.Elapsed()
	if d := c.duration("since"); d > 0 {
		return max(now-d, 0)
	}
	if at, err := calendar.Parse(time.RFC3339, c.text("since-time")); err == nil {
		return max(at.Sub(c.env.Server.Moment(0)), 0)
	}
	return 0
}

// logsPods are the pods whose logs are wanted.
func (c *call) logsPods() ([]*api.Pod, error) {
	if c.given("selector") {
		objs, err := c.env.Server.List(podResource, c.namespace(), c.selectors())
		if err != nil {
			return nil, err
		}
		if len(objs) == 0 {
			c.err.WriteString("No resources found in " + c.namespace() + " namespace.\n")
		}
		var pods []*api.Pod
		for _, o := range objs {
			if p, ok := o.(*api.Pod); ok {
				pods = append(pods, p)
			}
		}
		return pods, nil
	}
	t, err := oneTarget(c.args[0])
	if err != nil {
		return nil, err
	}
	o, err := c.env.Server.Get(t.res, c.namespace(), t.name)
	switch {
	case isNotFound(err):
		return nil, usageError("error from server (NotFound): " + err.Error() + " in namespace " + quote(c.namespace()))
	case err != nil:
		return nil, err
	}
	pods, err := c.podsOf(t.res, o)
	switch {
	case err != nil:
		return nil, usageError("cannot get the logs from *v1." + t.res.Kind.String() + ": " + err.Error())
	case len(pods) == 0:
		return nil, usageError("timed out waiting for the condition")
	case c.on("all-pods"):
		return pods, nil
	}
	best(pods, true)
	if len(pods) > 1 {
		c.err.WriteString("Found " + itoa(len(pods)) + " pods, using pod/" + pods[0].Name + "\n")
	}
	return pods[:1], nil
}

// openLogs adds the logs of one pod to those that are read.
func (c *call) openLogs(job *logJob, p *api.Pod) error {
	names := []string{c.text("container")}
	switch {
	case len(c.args) == 2:
		names[0] = c.args[1]
	case c.on("all-containers"):
		names = nil
		for i := range p.Spec.InitContainers {
			names = append(names, p.Spec.InitContainers[i].Name)
		}
		for i := range p.Spec.Containers {
			names = append(names, p.Spec.Containers[i].Name)
		}
	}
	for _, name := range names {
		chosen, err := c.chooseContainer(p, name, false)
		if err != nil {
			return err
		}
		log, err := c.env.Server.OpenLog(p.Namespace, p.Name, chosen, c.on("previous"))
		switch {
		case err != nil && c.on("ignore-errors"):
			c.err.WriteString("error: " + err.Error() + "\n")
		case err != nil:
			return err
		default:
			job.streams = append(job.streams, logStream{log: log, name: "[pod/" + p.Name + "/" + chosen + "] "})
		}
	}
	return nil
}

// logStream is one log being read.
type logStream struct {
	log  request.Log
	name string
	over bool
}

// logJob is logs --follow. It prints each line in its moment.
type logJob struct {
	streams                []logStream
	follow, stamps, prefix bool
	tail, limit            int64
	from, next             time.Duration
}

// begin prints what is there; false if it goes on.
func (j *logJob) begin(env *Env, since time.Duration) (Result, bool) {
	now := env.Server.Elapsed()
	var out strings.Builder
	for i := range j.streams {
		s := &j.streams[i]
		lines, open := env.Server.Read(s.log, since, now+1)
		if j.tail >= 0 {
			lines = lines[max(0, len(lines)-int(min(j.tail, int64(len(lines))))):]
		}
		s.over = !open
		j.write(env, &out, s, lines)
	}
	j.from = now + 1
	return Result{Stdout: out.String()}, !j.follow || j.schedule(env)
}

// write prints lines, and no more of them than asked for.
func (j *logJob) write(env *Env, out *strings.Builder, s *logStream, lines []request.LogLine) {
	left := j.limit
	for _, l := range lines {
		text := l.Text + "\n"
		if j.stamps {
			text = calendar.Text(env.Server.Moment(l.At), calendar.Nano) + " " + text
		}
		if j.limit > 0 {
			text = text[:min(int64(len(text)), left)]
			left -= int64(len(text))
		}
		if text != "" && j.prefix {
			out.WriteString(s.name)
		}
		out.WriteString(printable(text))
	}
}

// schedule finds the next moment to look; true if all logs have ended.
func (j *logJob) schedule(env *Env) bool {
	over := true
	j.next = 0
	for i := range j.streams {
		s := &j.streams[i]
		if s.over {
			continue
		}
		if at := env.Server.NextLine(s.log, j.from-1); over || at < j.next {
			j.next = at
		}
		over = false
	}
	return over
}

// Poll prints what has been printed since the last time.
func (j *logJob) Poll(env *Env) (Result, bool) {
	now := env.Server.Elapsed()
	var out strings.Builder
	for i := range j.streams {
		s := &j.streams[i]
		if s.over {
			continue
		}
		lines, open := env.Server.Read(s.log, j.from, now+1)
		s.over = !open
		j.write(env, &out, s, lines)
	}
	j.from = now + 1
	return Result{Stdout: out.String()}, j.schedule(env)
}

// Deadline is when there may be more.
func (j *logJob) Deadline() (time.Duration, bool) { return j.next, true }

// Clone copies the job.
func (j *logJob) Clone() Job {
	k := *j
	k.streams = append([]logStream(nil), j.streams...)
	return &k
}
