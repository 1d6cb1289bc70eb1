package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// space is the namespace of every scenario; recordings call it NS.
const space = "ns-of-the-scenario"

// world is a cluster in which a scenario is played, and what is written down of it.
type world struct {
	*names
	cluster *orchestrate.Cluster
	server  *request.Server
	dir     string
	area    string
	podView string
	seen    seen // how far the changes of the world were looked at
	// settled is how long nothing may change before a step is over.
	settled time.Duration
	zones   bool // nodes are written as their zones
}

// newWorld is a cluster with these nodes and the namespace of the scenario.
func newWorld(dir, area, podView string, nodes []nodeSpec) (*world, error) {
	specs := make([]orchestrate.NodeSpec, len(nodes))
	for i, n := range nodes {
		specs[i] = n.machine()
	}
	w := &world{
		names: newNames(), dir: dir, area: area, podView: podView, settled: time.Second,
		cluster: orchestrate.New(orchestrate.Options{Seed: 1, Nodes: specs, Machines: []reconcile.Reconciler{machines{}}}),
	}
	if area == "job" {
		w.settled = 2500 * time.Millisecond
	}
	w.server = request.New(w.cluster)
	w.cluster.Input("", "kubectl create namespace "+space)
	res := schema.ByKind(api.KindNamespace)
	if _, err := w.server.Create(res, "", &api.Namespace{ObjectMeta: api.ObjectMeta{Name: space}}, request.WriteOptions{}); err != nil {
		return nil, err
	}
	if err := w.settle(w.settled); err != nil {
		return nil, err
	}
	w.look()
	w.seen.reset()
	return w, nil
}

// machine is a node with the recorder's defaults.
func (n nodeSpec) machine() orchestrate.NodeSpec {
	m := orchestrate.NodeSpec{Name: n.Name, CPU: n.CPU, Memory: n.Memory, Pods: n.Pods, Labels: n.Labels}
	if m.CPU == "" {
		m.CPU = "8"
	}
	if m.Memory == "" {
		m.Memory = "16Gi"
	}
	for _, t := range n.Taints {
		taint, _ := t.(map[string]any)
		text := func(key string) string { s, _ := taint[key].(string); return s }
		m.Taints = append(m.Taints, api.Taint{Key: text("key"), Value: text("value"), Effect: api.TaintEffect(text("effect"))})
	}
	return m
}

// object is the node as a machine that joins sends it.
func (n nodeSpec) object(now api.Time) *api.Node {
	m := n.machine()
	if m.Pods == 0 {
		m.Pods = 110
	}
	have := api.ResourceList{
		api.ResourceCPU: api.MustQuantity(m.CPU), api.ResourceMemory: api.MustQuantity(m.Memory),
		api.ResourcePods: api.MustQuantity(strconv.Itoa(m.Pods)),
	}
	node := &api.Node{ObjectMeta: api.ObjectMeta{Name: m.Name, Labels: map[string]string{"kubernetes.io/hostname": m.Name}}}
	for k, v := range m.Labels {
		node.Labels[k] = v
	}
	node.Spec.Taints = m.Taints
	node.Status.Capacity, node.Status.Allocatable = have, have
	node.Status.Conditions = []api.NodeCondition{readiness(api.ConditionTrue, "KubeletReady", now)}
	return node
}

func readiness(status api.ConditionStatus, reason string, now api.Time) api.NodeCondition {
	return api.NodeCondition{Type: api.NodeReady, Status: status, Reason: reason, LastHeartbeatTime: now, LastTransitionTime: now}
}

// env is what kubectl sees.
func (w *world) env(namespace, user string, stdin []byte) *kubectl.Env {
	return &kubectl.Env{Server: w.server.As(user), Namespace: namespace, Files: w, Stdin: stdin, Width: 80}
}

// ReadFile is a manifest of the scenario.
func (w *world) ReadFile(name string) ([]byte, error) { return os.ReadFile(filepath.Join(w.dir, name)) }

// now is the clock of the world.
func (w *world) now() api.Time { return w.cluster.Wall(w.cluster.Now()) }

// run is one command line of kubectl, let go on until it ends.
func (w *world) run(env *kubectl.Env, args []string) (kubectl.Result, error) {
	w.cluster.Input("", fmt.Sprint("kubectl ", args))
	res := kubectl.Run(env, args)
	const patience = 5 * time.Minute
	for end := w.cluster.Now() + patience; res.Job != nil; {
		job := res.Job
		more, done := job.Poll(env)
		res.Stdout += more.Stdout
		res.Stderr += more.Stderr
		if done {
			res.Code, res.Job = more.Code, nil
			break
		}
		if at, ok := w.cluster.Due(); !ok || at > end {
			return res, fmt.Errorf("kubectl %q still waits after %v", args, patience)
		}
		if _, err := w.cluster.Step(); err != nil {
			return res, err
		}
	}
	return res, nil
}
