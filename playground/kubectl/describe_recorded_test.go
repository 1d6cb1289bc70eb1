package kubectl

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// TestPagesAreThoseOfKubectl describes the objects of testdata/kinds.yaml, each with those around it.
func TestPagesAreThoseOfKubectl(t *testing.T) {
	env := worldOf(t, "kinds.yaml", api.KindServiceAccount, "robot")
	src, err := os.ReadFile("testdata/describe_kinds.txt")
	require.NoError(t, err)
	pages := strings.Split(string(src), "\n$ ")[1:]
	require.Greater(t, len(pages), 20)
	for _, page := range pages {
		title, recorded, _ := strings.Cut(page, "\n")
		var want strings.Builder
		for line := range strings.Lines(recorded) {
			if text, ok := strings.CutPrefix(line, "| "); ok {
				want.WriteString(text)
			}
		}
		kind, name, _ := strings.Cut(title, " ")
		t.Run(title, func(t *testing.T) {
			got := Run(env, []string{"describe", schema.Find(strings.ToLower(kind)).Qualified(), name})
			if diff := cmp.Diff(want.String(), got.Stdout+got.Stderr); diff != "" {
				t.Errorf("(-kubectl +ours):\n%s", diff)
			}
		})
	}
}

// TestOldReplicaSetsAreListedByAge makes the second of two ReplicaSets come first by name.
func TestOldReplicaSetsAreListedByAge(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{})
	env := &Env{Server: request.New(c), Namespace: "default"}
	yes := true
	selector := &api.LabelSelector{MatchLabels: map[string]string{"app": "web"}}
	template := func(image string) api.PodTemplateSpec {
		return api.PodTemplateSpec{ObjectMeta: api.ObjectMeta{Labels: selector.MatchLabels},
			Spec: &api.PodSpec{Containers: []api.Container{{Name: "web", Image: image}}}}
	}
	zero := int32(0)
	web := &api.Deployment{ObjectMeta: api.ObjectMeta{Name: "web", Namespace: "default"},
		Spec: api.DeploymentSpec{Paused: true, Selector: selector, Template: template("new"), Replicas: &zero}}
	made, err := c.Do(orchestrate.Request{Verb: store.VerbCreate, Object: web})
	require.NoError(t, err)
	for _, name := range []string{"web-z", "web-a"} {
		require.NoError(t, c.Advance(time.Minute))
		_, err := c.Do(orchestrate.Request{Verb: store.VerbCreate, Object: &api.ReplicaSet{
			ObjectMeta: api.ObjectMeta{Name: name, Namespace: "default", Labels: selector.MatchLabels, OwnerReferences: []api.OwnerReference{
				{APIVersion: "apps/v1", Kind: "Deployment", Name: "web", UID: made.Meta().UID, Controller: &yes}}},
			Spec: api.ReplicaSetSpec{Replicas: &zero, Selector: selector, Template: template(name)},
		}})
		require.NoError(t, err)
	}
	page := strings.Join(strings.Fields(Run(env, []string{"describe", "deployment", "web"}).Stdout), " ")
	require.Contains(t, page, "OldReplicaSets: web-z (0/0 replicas created), web-a (0/0 replicas created) NewReplicaSet: <none>")
}
