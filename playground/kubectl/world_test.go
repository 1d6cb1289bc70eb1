package kubectl

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// loader is a control loop that puts objects into a world as they are, statuses and all, in its first step.
type loader struct{ objs []api.Object }

func (loader) Describe() reconcile.Description {
	return reconcile.Description{
		Name: "loader", AsIs: true, Watches: api.KindsOf(api.KindNamespace), Reads: api.KindsOf(api.KindNamespace),
		Writes: store.AllKinds,
	}
}

func (loader) Route(_ store.Change, _ store.Snapshot, enqueue func(reconcile.Key)) { enqueue(1) }

func (l loader) Reconcile(_ reconcile.Input, plan *reconcile.Plan) {
	for _, o := range l.objs {
		plan.Create(o, "Loaded")
	}
}

// worldObjects are the objects of testdata/world.yaml.
var worldObjects = sync.OnceValue(func() []api.Object { return objectsOf("world.yaml") })

func objectsOf(file string) []api.Object {
	src, err := os.ReadFile("testdata/" + file)
	if err != nil {
		panic(err)
	}
	docs, err := schema.Decode(src, file)
	if err != nil {
		panic(err)
	}
	var objs []api.Object
	for _, d := range docs {
		if d.Err != nil || len(d.Strict) > 0 {
			panic(fmt.Sprintf("%s: %s %s: %v %v", file, d.Kind, d.Name, d.Err, d.Strict))
		}
		objs = append(objs, d.Object)
	}
	return objs
}

// stillWorld is testdata/world.yaml at the talk's epoch. Nothing in it moves unless time passes.
func stillWorld(t testing.TB) *Env {
	t.Helper()
	return loaded(t, worldObjects(), api.KindPod, "web")
}

// worldOf is a file of testdata with its defaults at the talk's epoch, up to the object of this kind and name.
func worldOf(t testing.TB, file string, kind api.Kind, name string) *Env {
	t.Helper()
	objs := objectsOf(file)
	for _, o := range objs {
		schema.Default(o)
	}
	return loaded(t, objs, kind, name)
}

func loaded(t testing.TB, objs []api.Object, kind api.Kind, name string) *Env {
	t.Helper()
	var l loader
	for _, o := range objs {
		l.objs = append(l.objs, api.DeepCopy(o))
	}
	c := orchestrate.New(orchestrate.Options{Extra: []reconcile.Reconciler{l}})
	for {
		if _, _, ok := c.Snapshot().Get(kind, "default", name); ok {
			break
		}
		more, err := c.Step()
		require.NoError(t, err)
		require.True(t, more, "the world was never loaded")
	}
	require.Zero(t, c.Now(), "time passed while the world was loaded")
	return &Env{Server: request.New(c), Namespace: "default", Files: files{}}
}

// files is a folder in memory.
type files map[string]string

func (f files) ReadFile(name string) ([]byte, error) {
	if text, ok := f[name]; ok {
		return []byte(text), nil
	}
	return nil, os.ErrNotExist
}

func (f files) Names() []string { return slices.Sorted(maps.Keys(f)) }

func TestTheStillWorldIsWhatTheManifestsSay(t *testing.T) {
	env := stillWorld(t)
	pods, err := env.Server.List(schema.Find("pods"), "", request.ListOptions{})
	require.NoError(t, err)
	require.Len(t, pods, 14)
	require.Equal(t, "2017-02-18T02:00:00Z", env.Server.Now().Format("2006-01-02T15:04:05Z07:00"))
}
