package reconcile_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/stretchr/testify/require"
)

func ExamplePlan() {
	var plan reconcile.Plan
	pod := &api.Pod{ObjectMeta: api.ObjectMeta{Name: "web", ResourceVersion: 7}}
	next := pod.Clone()
	next.Meta().Labels = map[string]string{"seen": "yes"}
	plan.Update(3, next, "Labelled")
	plan.Again(10 * time.Second)
	plan.Again(time.Minute)
	for _, op := range plan.Ops {
		fmt.Println(op.Verb, "object", op.ID, "if it is still of revision", op.Expect, "because", op.Reason)
	}
	fmt.Println("again after", plan.After)
	// Output:
	// update object 3 if it is still of revision 7 because Labelled
	// again after 10s
}

func TestDeletion(t *testing.T) {
	grace := func(n int64) *int64 { return &n }
	bound := func() *api.Pod {
		return &api.Pod{Spec: &api.PodSpec{NodeName: "n", TerminationGracePeriodSeconds: grace(30)}}
	}
	deleting := bound()
	deleting.DeletionTimestamp, deleting.DeletionGracePeriodSeconds = 130, grace(30)
	held := bound()
	held.Finalizers = []string{"example.com/hold"}
	done := bound()
	done.Status.Phase = api.PodSucceeded
	for _, test := range []struct {
		name   string
		object api.Object
		grace  *int64
		remove bool
		at     api.Time // of the deletion timestamp; 0 if nothing changes
	}{
		{"a pod on a node gets its own grace period", bound(), nil, false, 130},
		{"or the one that is asked for", bound(), grace(5), false, 105},
		{"or none", bound(), grace(0), true, 0},
		{"a pod without a node goes at once", &api.Pod{Spec: &api.PodSpec{}}, nil, true, 0},
		{"a pod that has ended goes at once", done, nil, true, 0},
		{"asking twice changes nothing", deleting, nil, false, 0},
		{"asking for less time shortens it", deleting, grace(1), false, 101},
		{"asking for none ends it", deleting, grace(0), true, 0},
		{"a finalizer holds", held, grace(0), false, 100},
		{"a namespace stays until it is empty", &api.Namespace{Spec: api.NamespaceSpec{Finalizers: []string{"kubernetes"}}}, nil, false, 100},
		{"a node goes at once", &api.Node{}, nil, true, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			next, remove := reconcile.Deletion(test.object, test.grace, "", 100)
			require.Equal(t, test.remove, remove)
			if test.at == 0 {
				require.Nil(t, next)
				return
			}
			require.Equal(t, test.at, next.Meta().DeletionTimestamp)
		})
	}
}

func TestDeletionNotesHowItGoesOn(t *testing.T) {
	with := func(finalizers ...string) api.Object {
		return &api.Node{ObjectMeta: api.ObjectMeta{Finalizers: finalizers}}
	}
	for _, test := range []struct {
		name   string
		object api.Object
		how    api.DeletionPropagation
		remove bool
		want   []string
	}{
		{"in the background it goes at once", with(), api.DeleteBackground, true, nil},
		{"in the foreground it waits for what it owns", with(), api.DeleteForeground, false, []string{api.FinalizerForeground}},
		{"orphaning waits until nothing names it", with("example.com/hold"), api.DeleteOrphan, false, []string{"example.com/hold", api.FinalizerOrphan}},
		{"nothing asked keeps what is noted", with(api.FinalizerForeground), "", false, []string{api.FinalizerForeground}},
		{"what is asked replaces what is noted", with(api.FinalizerForeground, "a"), api.DeleteOrphan, false, []string{"a", api.FinalizerOrphan}},
		{"even so that nothing holds it", with(api.FinalizerForeground), api.DeleteBackground, true, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			next, remove := reconcile.Deletion(test.object, nil, test.how, 100)
			require.Equal(t, test.remove, remove)
			if !remove {
				require.Equal(t, test.want, next.Meta().Finalizers)
			}
		})
	}
}
