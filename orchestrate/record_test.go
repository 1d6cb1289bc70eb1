package orchestrate_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
)

// chatty says something about a pod at every change to it, up to a number of times, and makes a change each time.
type chatty struct {
	times   int
	message func(i int) string
}

func (chatty) Describe() reconcile.Description {
	pods := api.KindsOf(api.KindPod)
	return reconcile.Description{Name: "chatty", Watches: pods, Reads: pods, Writes: pods | api.KindsOf(api.KindEvent)}
}

func (chatty) Route(c store.Change, _ store.Snapshot, enqueue func(reconcile.Key)) { enqueue(c.ID) }

func (l chatty) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	o, ok := in.Snapshot.ByID(in.Key)
	if !ok {
		return
	}
	said := len(o.Meta().Annotations["said"])
	if said >= l.times {
		return
	}
	next := o.Clone()
	next.Meta().Annotations = map[string]string{"said": o.Meta().Annotations["said"] + "."}
	plan.Update(in.Key, next, "Said")
	plan.Tell(reconcile.Event{About: next, Type: api.EventNormal, Reason: "Chatted", Message: l.message(said), Component: "chatty"})
}

func TestEventsAreCountedCombinedAndLimitedAsUpstreamDoes(t *testing.T) {
	for _, test := range []struct {
		name    string
		times   int
		message func(i int) string
		events  int   // how many there are in the end
		last    int32 // how often the last of them was counted
		text    string
	}{
		{"equal ones are counted", 5, func(int) string { return "again" }, 1, 5, "again"},
		{"different ones stay apart", 9, func(i int) string { return fmt.Sprint("word ", i) }, 9, 1, "word 8"},
		{"the tenth speaks for all that follow", 12, func(i int) string { return fmt.Sprint("word ", i) }, 10, 3, "(combined from similar events): word 11"},
		{"nobody may say more than 25 things at once", 100, func(i int) string { return fmt.Sprint("word ", i) }, 10, 16, "(combined from similar events): word 24"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := orchestrate.New(orchestrate.Options{Extra: []reconcile.Reconciler{chatty{test.times, test.message}}})
			require.NoError(t, apply(c, newPod("web", "nginx")))
			require.NoError(t, c.Advance(time.Second))
			var last *api.Event
			count := 0
			for _, o := range c.Snapshot().EventsAbout(find(c, "web").UID, "Chatted") {
				last = o.(*api.Event)
				count++
			}
			require.Equal(t, test.events, count)
			require.Equal(t, test.last, last.Count)
			require.Equal(t, test.text, last.Message)
		})
	}
}

// builder wants a pod in a namespace that does not let anything in.
type builder struct{ refused *[]time.Duration }

func (builder) Describe() reconcile.Description {
	return reconcile.Description{Name: "builder", Watches: api.KindsOf(api.KindNode), Writes: api.KindsOf(api.KindPod, api.KindEvent)}
}

func (builder) Route(c store.Change, _ store.Snapshot, enqueue func(reconcile.Key)) { enqueue(c.ID) }

func (b builder) Reconcile(in reconcile.Input, plan *reconcile.Plan) {
	for i, namespace := range []string{"default", "nowhere", "nowhere", "default"} {
		p := newPod(fmt.Sprint("p", i, "-", int64(in.Now)), "nginx")
		p.Namespace = namespace
		plan.Create(p, "Built")
		plan.Ops[i].Batch = uint8(i / 2)
		plan.Tell(reconcile.Event{About: p, Type: api.EventNormal, Reason: "Built", Message: p.Name, Component: "builder"})
	}
}

func (b builder) Refused(in reconcile.Input, refusals []reconcile.Refusal, plan *reconcile.Plan) {
	*b.refused = append(*b.refused, in.Now)
	if refusals[0].Err.Error() == `namespaces "nowhere" not found` && len(refusals) == 1 {
		plan.Failed = true
	}
}

func TestARefusedCreationEndsItsBatchAndIsTriedAgainWithGrowingPauses(t *testing.T) {
	var refused []time.Duration
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1), Extra: []reconcile.Reconciler{builder{&refused}}})
	o, _, _ := c.Snapshot().Get(api.KindNode, "", "node-1")
	_, err := c.Do(orchestrate.Request{Verb: store.VerbUpdate, Object: api.DeepCopy(o)})
	require.NoError(t, err)
	require.NoError(t, c.Advance(40*time.Millisecond))
	require.Equal(t, []time.Duration{0, 5 * time.Millisecond, 15 * time.Millisecond, 35 * time.Millisecond}, refused)
	pods := 0
	for range c.Snapshot().InNamespace(api.KindPod, "default") {
		pods++
	}
	require.Equal(t, len(refused), pods, "the batch after the refused one is left out each time")
}
