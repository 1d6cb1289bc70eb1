package schedule_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/schedule"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// rig is a store and a scheduler that sees its changes, as the engine would have it.
type rig struct {
	store *store.Store
	loop  *schedule.Scheduler
	woken map[store.ID]bool
	now   time.Duration
}

func newRig() *rig {
	return &rig{store: store.New(store.Options{}), loop: schedule.New(), woken: map[store.ID]bool{}}
}

func (r *rig) put(w store.Write) store.Change {
	c, err := r.store.Put(w)
	if err != nil {
		panic(err)
	}
	r.loop.Observe(c)
	r.loop.Route(c, r.store.Latest(r.loop.Describe().Reads), func(k reconcile.Key) { r.woken[k] = true })
	return c
}

func (r *rig) create(o api.Object) store.ID {
	return r.put(store.Write{Verb: store.VerbCreate, Object: o}).ID
}

// schedule asks for one pod and carries out the answer: the node, or the message.
func (r *rig) schedule(id store.ID) (node, message string) {
	r.now += time.Hour // beyond any back-off
	delete(r.woken, id)
	var plan reconcile.Plan
	sn := r.store.Latest(r.loop.Describe().Reads)
	r.loop.Reconcile(reconcile.Input{Snapshot: sn, Key: id, Now: r.now, Wall: api.Time(r.now / time.Second)}, &plan)
	for _, op := range plan.Ops {
		if op.Event == nil {
			r.put(store.Write{Verb: op.Verb, ID: op.ID, Object: op.Object})
		}
	}
	o, _ := r.store.Latest(store.AllKinds).ByID(id)
	p := o.(*api.Pod)
	condition, _ := api.PodConditionOf(p.Status.Conditions, api.PodScheduled)
	return p.Spec.NodeName, condition.Message
}

// reset makes the scheduler forget everything and read the store again, as after a crash.
func (r *rig) reset() {
	r.loop.Reset()
	sn := r.store.Latest(store.AllKinds)
	for kind := api.KindNone + 1; kind < api.NumKinds; kind++ {
		for id, o := range sn.List(kind) {
			if r.loop.Describe().Watches.Has(kind) {
				r.loop.Observe(store.Change{ID: id, Kind: kind, New: o})
			}
		}
	}
}

func (r *rig) populate(t *rapid.T) {
	r.create(&api.Namespace{ObjectMeta: api.ObjectMeta{Name: "default", Labels: map[string]string{"app": "web"}}})
	r.create(&api.Namespace{ObjectMeta: api.ObjectMeta{Name: "other", Labels: map[string]string{"app": "db"}}})
	for _, name := range []string{"web", "db"} {
		r.create(&api.ReplicaSet{ObjectMeta: api.ObjectMeta{Name: name, Namespace: "default"},
			Spec: api.ReplicaSetSpec{Selector: &api.LabelSelector{MatchLabels: map[string]string{"app": name}}}})
	}
	for i := range rapid.IntRange(0, 6).Draw(t, "nodes") {
		r.create(randomNode(t, fmt.Sprint("n", i)))
	}
}

// The scheduler with its sums, classes and rows answers, at every step of a random history, as the dumb one that reads everything.
func TestTheSchedulerEqualsTheDumbOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := newRig()
		r.populate(t)
		var makers []func(int) *api.Pod
		for i := range rapid.IntRange(1, 3).Draw(t, "sets") {
			makers = append(makers, randomPods(t, i))
		}
		for i := range rapid.IntRange(1, 25).Draw(t, "steps") {
			if !often(t, "disturb", 3) {
				p := pick(t, "set", makers...)(i)
				id := r.create(p)
				wantNode, wantMessage := newOracle(p, r.store.Latest(store.AllKinds)).answer()
				node, message := r.schedule(id)
				require.Equal(t, wantNode, node, "step %d: %s", i, message)
				require.Equal(t, wantMessage, message, "step %d", i)
				continue
			}
			r.disturb(t, i)
		}
		r.checkVerdicts(t, makers[0](999))
		r.checkWaiting(t)
	})
}

// The same where only spreading matters: zones that fill and empty, nodes that lack one of two labels.
func TestSpreadingEqualsTheDumbOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := newRig()
		for i := range rapid.IntRange(2, 5).Draw(t, "nodes") {
			r.create(node(fmt.Sprint("n", i), "99", func(n *api.Node) {
				n.Status.Allocatable[api.ResourcePods] = api.MustQuantity("99")
				for _, key := range []string{api.LabelZone, "rack"} {
					if v := pick(t, key, "a", "a", "b", "b", "c", ""); v != "" {
						n.Labels[key] = v
					}
				}
			}))
		}
		template := pod("", func(p *api.Pod) { p.Labels, p.Spec.SchedulerName = map[string]string{"app": "web"}, schedule.Name })
		for range rapid.IntRange(1, 2).Draw(t, "constraints") {
			template.Spec.TopologySpreadConstraints = append(template.Spec.TopologySpreadConstraints, api.TopologySpreadConstraint{
				MaxSkew: int32(rapid.IntRange(1, 3).Draw(t, "skew")), TopologyKey: pick(t, "key", api.LabelZone, "rack"),
				WhenUnsatisfiable: pick(t, "action", api.DoNotSchedule, api.DoNotSchedule, api.ScheduleAnyway),
				LabelSelector:     &api.LabelSelector{MatchLabels: map[string]string{"app": "web"}},
			})
		}
		var there []store.ID
		for i := range rapid.IntRange(1, 40).Draw(t, "steps") {
			if len(there) > 0 && often(t, "delete", 3) {
				at := rapid.IntRange(0, len(there)-1).Draw(t, "which")
				r.put(store.Write{Verb: store.VerbDelete, ID: there[at]})
				there = append(there[:at], there[at+1:]...)
				continue
			}
			p := api.DeepCopy(template).(*api.Pod)
			p.Name = fmt.Sprint("p", i)
			p.UID = api.UID(p.Name)
			id := r.create(p)
			there = append(there, id)
			wantNode, wantMessage := newOracle(p, r.store.Latest(store.AllKinds)).answer()
			node, message := r.schedule(id)
			require.Equal(t, wantNode+wantMessage, node+message, "step %d", i)
		}
		r.checkWaiting(t)
	})
}

// checkVerdicts compares what why shows with the dumb scheduler, node by node.
func (r *rig) checkVerdicts(t *rapid.T, p *api.Pod) {
	sn := r.store.Latest(store.AllKinds)
	o := newOracle(p, sn)
	scores := o.scores()
	for i, v := range schedule.Verdicts(p, sn) {
		reasons, hopeless := o.filter(o.nodes[i])
		require.Equal(t, o.nodes[i].Name, v.Node)
		require.Equal(t, reasons, v.Reasons)
		require.Equal(t, hopeless, v.Hopeless)
		require.Equal(t, scores[v.Node], v.Score, "%v", v)
		sum := int64(0)
		for _, s := range v.Scores {
			sum += s.Points * s.Weight
		}
		require.Equal(t, v.Score, sum)
	}
}

// checkWaiting looks again at everybody who was woken, until nobody is; then no pod that waits fits anywhere.
func (r *rig) checkWaiting(t *rapid.T) {
	for range 100 {
		if len(r.woken) == 0 {
			break
		}
		for id := range r.store.Latest(store.AllKinds).ByNode(api.KindPod, "") {
			if r.woken[id] {
				r.schedule(id)
			}
		}
		for id := range r.woken {
			if o, ok := r.store.Latest(store.AllKinds).ByID(id); !ok || o.(*api.Pod).Spec.NodeName != "" {
				delete(r.woken, id)
			}
		}
	}
	sn := r.store.Latest(store.AllKinds)
	for _, o := range sn.ByNode(api.KindPod, "") {
		if p := o.(*api.Pod); p.DeletionTimestamp != 0 || p.Status.Phase == api.PodSucceeded {
			continue
		}
		node, _ := newOracle(o.(*api.Pod), sn).answer()
		require.Empty(t, node, "%s waits, but fits", o.Meta().Name)
	}
}
