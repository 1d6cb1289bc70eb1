package kubectl

import (
	"slices"
	"strings"
	"time"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

func drainVerb() *verb {
	return &verb{
		name:     "drain",
		short:    "Empty a node: let no new pods onto it and evict those that are there.",
		usage:    "NODE [flags]",
		examples: []string{"kubectl drain node-1 --ignore-daemonsets", "kubectl drain node-1 --force --grace-period=10"},
		flags: `selector dry-run grace-period timeout chunk-size
force|b||Go on although some pods have no controller that would make them anew.
ignore-daemonsets|b||Leave the pods of DaemonSets where they are.
delete-emptydir-data|b||Go on although some pods keep data in emptyDir.
disable-eviction|b||Delete the pods; do not ask whether they may be evicted.
pod-selector|s||Only pods with these labels.
skip-wait-for-delete-timeout|i0||Accepted.`,
		run: drain,
	}
}

func drain(c *call) error {
	dry, err := c.dryRun()
	if err != nil {
		return err
	}
	if _, err := labels.Parse(c.text("pod-selector")); err != nil {
		return usageError("--pod-selector=<pod_selector> must be a valid label selector")
	}
	nodes, err := c.nodes()
	if err != nil {
		return err
	}
	job := &drainJob{start: c.env.Server.Elapsed(), limit: c.duration("timeout"), remove: c.on("disable-eviction")}
	if n := c.number("grace-period"); n >= 0 {
		job.grace = &n
	}
	for i := range nodes {
		if !c.mark(&nodes[i], true, dry) {
			continue
		}
		c.drainNode(nodes[i].name(), dry, job)
	}
	if dry != "none" || len(job.nodes) == 0 {
		return nil
	}
	res, done := job.Poll(c.env)
	c.out.WriteString(res.Stdout)
	c.err.WriteString(res.Stderr)
	if done {
		c.code = max(c.code, res.Code)
		return nil
	}
	job.failed = c.code != 0
	c.job = job
	return nil
}

// verdict is what drain thinks of a pod.
type verdict struct {
	pod           *api.Pod
	evict         bool
	refusal, warn string
}

const (
	refusedDaemonSet = "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)"
	refusedBare      = "cannot delete Pods that declare no controller (use --force to override)"
	refusedData      = "cannot delete Pods with local storage (use --delete-emptydir-data to override)"
	warnDaemonSet    = "ignoring DaemonSet-managed Pods"
	warnBare         = "deleting Pods that declare no controller"
	warnData         = "deleting Pods with local storage"
)

// judge decides about one pod.
//
// Source: k8s.io/kubectl/pkg/drain, filters.go.
func (c *call) judge(p *api.Pod) verdict {
	v := verdict{pod: p, evict: true}
	over := p.Status.Phase == api.PodSucceeded || p.Status.Phase == api.PodFailed
	kind := ""
	for _, r := range p.OwnerReferences {
		if r.Controller != nil && *r.Controller {
			kind = r.Kind
		}
	}
	data := slices.ContainsFunc(p.Spec.Volumes, func(v api.Volume) bool { return v.EmptyDir != nil })
	switch {
	case p.Annotations["kubernetes.io/config.mirror"] != "":
		v.evict = false
	case kind == "DaemonSet" && !over:
		v.evict = false
		if c.on("ignore-daemonsets") {
			v.warn = warnDaemonSet
		} else {
			v.refusal = refusedDaemonSet
		}
	case data && !over && !c.on("delete-emptydir-data"):
		v.evict, v.refusal = false, refusedData
	case kind == "" && !over && !c.on("force"):
		v.evict, v.refusal = false, refusedBare
	case kind == "" && !over:
		v.warn = warnBare
	case data && !over:
		v.warn = warnData
	}
	return v
}

// drainNode evicts the pods of one node, or says why it does not.
func (c *call) drainNode(node, dry string, job *drainJob) {
	objs, err := c.env.Server.List(schema.ByKind(api.KindPod), "", request.ListOptions{
		FieldSelector: "spec.nodeName=" + node, LabelSelector: c.text("pod-selector"),
	})
	if err != nil {
		c.fail(err, "")
		return
	}
	refused, warned := reasons{}, reasons{}
	var evict []*api.Pod
	for _, o := range objs {
		p, ok := o.(*api.Pod)
		if !ok {
			continue
		}
		v := c.judge(p)
		refused.add(v.refusal, p)
		warned.add(v.warn, p)
		if v.evict {
			evict = append(evict, p)
		}
	}
	if len(refused.texts) > 0 {
		why := joinErrors(refused.lines())
		c.err.WriteString("error: unable to drain node " + quote(node) + " due to error: " + why + ", continuing command...\nThere are pending nodes to be drained:\n " + node + "\n" +
			strings.Join(refused.lines(), "\n") + "\n")
		c.code = 1
		return
	}
	if lines := warned.lines(); len(lines) > 0 {
		c.err.WriteString("Warning: " + strings.Join(lines, "; ") + "\n")
	}
	if dry != "none" {
		for _, p := range evict {
			c.out.WriteString("evicting pod " + p.Namespace + "/" + p.Name + dryWord(dry) + "\n")
		}
		c.out.WriteString("node/" + node + " drained" + dryWord(dry) + "\n")
		return
	}
	d := drained{node: node}
	for _, p := range evict {
		d.left = append(d.left, waiting{schema.ByKind(api.KindPod), p.Namespace, p.Name, p.UID})
	}
	job.nodes = append(job.nodes, d)
}

// reasons collects pods by what is to be said of them, in the order in which it came up.
type reasons struct {
	texts []string
	pods  map[string][]string
}

func (r *reasons) add(text string, p *api.Pod) {
	if text == "" {
		return
	}
	if r.pods == nil {
		r.pods = map[string][]string{}
	}
	if r.pods[text] == nil {
		r.texts = append(r.texts, text)
	}
	r.pods[text] = append(r.pods[text], p.Namespace+"/"+p.Name)
}

func (r *reasons) lines() []string {
	var out []string
	slices.Sort(r.texts)
	for _, t := range r.texts {
		out = append(out, t+": "+strings.Join(r.pods[t], ", "))
	}
	return out
}

// drainJob evicts the pods of nodes and waits until they are gone.
type drainJob struct {
	nodes        []drained
	limit, start time.Duration
	grace        *int64
	remove       bool // delete instead of evict
	failed       bool
}

// drained is a node and the pods that are still to go.
type drained struct {
	node string
	left []waiting
	// asked is how many of left were evicted; the next is tried at again.
	asked int
	again time.Duration
}

// Poll evicts what can be evicted and reports what is gone, one node after the other.
func (j *drainJob) Poll(env *Env) (Result, bool) {
	var out, errs strings.Builder
	for len(j.nodes) > 0 {
		n := &j.nodes[0]
		if !j.step(env, n, &out, &errs) {
			if j.limit > 0 && env.Server.Elapsed() >= j.start+j.limit {
				return Result{Stdout: out.String(), Code: 1, Stderr: errs.String() + "error: unable to drain node " + quote(n.node) +
					" due to error: global timeout reached: " + j.limit.String() + ", continuing command...\nThere are pending nodes to be drained:\n " + n.node + "\n"}, true
			}
			return Result{Stdout: out.String(), Stderr: errs.String()}, false
		}
		out.WriteString("node/" + n.node + " drained\n")
		j.nodes = j.nodes[1:]
	}
	code := 0
	if j.failed {
		code = 1
	}
	return Result{Stdout: out.String(), Stderr: errs.String(), Code: code}, true
}

// step tells whether the node is empty now.
func (j *drainJob) step(env *Env, n *drained, out, errs *strings.Builder) bool {
	for n.asked < len(n.left) && env.Server.Elapsed() >= n.again {
		w := &n.left[n.asked]
		if n.again == 0 && !j.remove {
			out.WriteString("evicting pod " + w.namespace + "/" + w.name + "\n")
		}
		err := j.evict(env, w)
		if s, ok := err.(*api.StatusError); ok && s.Status.Reason == api.StatusTooManyRequests {
			errs.WriteString("error when evicting pods/" + quote(w.name) + " -n " + quote(w.namespace) + " (will retry after 5s): " + s.Error() + "\n")
			n.again = env.Server.Elapsed() + 5*time.Second
			break
		}
		n.again = 0
		n.asked++
	}
	n.left = slices.Clone(n.left)
	for i := 0; i < n.asked; {
		w := &n.left[i]
		o, err := env.Server.Get(w.res, w.namespace, w.name)
		if err == nil && o.Meta().UID == w.uid {
			i++
			continue
		}
		gone := " evicted\n"
		if j.remove {
			gone = " deleted\n"
		}
		out.WriteString("pod/" + w.name + gone)
		n.left = slices.Delete(n.left, i, i+1)
		n.asked--
	}
	return len(n.left) == 0
}

func (j *drainJob) evict(env *Env, w *waiting) error {
	o := request.DeleteOptions{GracePeriod: j.grace}
	if !j.remove {
		return env.Server.Evict(w.namespace, w.name, o)
	}
	_, err := env.Server.Delete(w.res, w.namespace, w.name, o)
	return err
}

// Deadline is when the job has something to do even if nothing happens.
func (j *drainJob) Deadline() (time.Duration, bool) {
	at, ok := j.start+j.limit, j.limit > 0
	if len(j.nodes) > 0 && j.nodes[0].again > 0 && (!ok || j.nodes[0].again < at) {
		return j.nodes[0].again, true
	}
	return at, ok
}

// Clone copies the job.
func (j *drainJob) Clone() Job {
	k := *j
	k.nodes = slices.Clone(j.nodes)
	for i := range k.nodes {
		k.nodes[i].left = slices.Clone(k.nodes[i].left)
	}
	return &k
}
