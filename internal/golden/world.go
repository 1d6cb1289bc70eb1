package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
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
	// scheduling tells that it is about the scheduler: then nodes have their names.
	scheduling bool
}

// newWorld is a cluster with these nodes and the namespace of the scenario.
func newWorld(dir, area, podView string, nodes []nodeSpec) (*world, error) {
	w := &world{
		names: newNames(), dir: dir, area: area, podView: podView, settled: time.Second,
		cluster: orchestrate.New(orchestrate.Options{Seed: 1, Machines: []reconcile.Reconciler{machines{}, leases{}}}),
	}
	w.scheduling = area == "scheduling" || strings.HasPrefix(filepath.Base(dir), "sched-")
	if area == "job" {
		w.settled = 2500 * time.Millisecond
	}
	w.server = request.New(w.cluster)
	for _, n := range nodes {
		if _, err := w.server.Create(schema.ByKind(api.KindNode), "", n.object(w.now()), request.WriteOptions{}); err != nil {
			return nil, err
		}
	}
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

// env is what kubectl sees.
func (w *world) env(namespace, user string, stdin []byte) *kubectl.Env {
	return &kubectl.Env{Server: w.server.As(user), Namespace: namespace, Files: w, Stdin: stdin, Width: 80}
}

// Names is nothing: a case names each of its files.
func (w *world) Names() []string { return nil }

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
