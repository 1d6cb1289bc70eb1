package kubectl

import (
	"os"
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
		Name: "loader", Watches: api.KindsOf(api.KindNamespace), Reads: api.KindsOf(api.KindNamespace),
		Writes: api.KindsOf(api.KindNamespace, api.KindNode, api.KindPod, api.KindEvent),
	}
}

func (loader) Route(_ store.Change, _ store.Snapshot, enqueue func(reconcile.Key)) { enqueue(1) }

func (l loader) Reconcile(_ reconcile.Input, plan *reconcile.Plan) {
	for _, o := range l.objs {
		plan.Create(o, "Loaded")
	}
}

// stillWorld is testdata/world.yaml at the talk's epoch. Nothing in it moves unless time passes.
func stillWorld(t testing.TB) *Env {
	t.Helper()
	src, err := os.ReadFile("testdata/world.yaml")
	require.NoError(t, err)
	docs, err := schema.Decode(src, "world.yaml")
	require.NoError(t, err)
	var l loader
	for _, d := range docs {
		require.Nil(t, d.Err, "%s %s", d.Kind, d.Name)
		require.Empty(t, d.Strict, "%s %s", d.Kind, d.Name)
		l.objs = append(l.objs, d.Object)
	}
	c := orchestrate.New(orchestrate.Options{Extra: []reconcile.Reconciler{l}})
	for {
		if _, _, ok := c.Snapshot().Get(api.KindPod, "default", "web"); ok {
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

func TestTheStillWorldIsWhatTheManifestsSay(t *testing.T) {
	env := stillWorld(t)
	pods, err := env.Server.List(schema.Find("pods"), "", request.ListOptions{})
	require.NoError(t, err)
	require.Len(t, pods, 14)
	require.Equal(t, "2017-02-18T02:00:00Z", env.Server.Now().Format("2006-01-02T15:04:05Z07:00"))
}
