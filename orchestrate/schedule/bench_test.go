package schedule_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/schedule"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// BenchmarkSchedule measures what it costs to find nodes for pods, ten to a node: from the look at a pod that waits to having
// noted where it went, without the store.
func BenchmarkSchedule(b *testing.B) {
	for _, size := range []struct{ pods, nodes, sets int }{{5000, 500, 1}, {5000, 500, 50}, {5000, 500, 1000}, {50000, 5000, 10}, {100000, 10000, 10}} {
		for _, kind := range []string{"bare", "spread", "zones", "apart"} {
			if kind == "apart" && size.pods/size.sets > size.nodes {
				continue
			}
			b.Run(fmt.Sprintf("%s/pods=%d/nodes=%d/sets=%d", kind, size.pods, size.nodes, size.sets), func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					r, ids := crowd(size.pods, size.nodes, size.sets, kind)
					sn := r.store.Latest(r.loop.Describe().Reads)
					var plan reconcile.Plan
					b.StartTimer()
					for _, id := range ids {
						plan.Reset()
						r.loop.Reconcile(reconcile.Input{Snapshot: sn, Key: id, Now: time.Second}, &plan)
						old, _ := sn.ByID(id)
						r.loop.Observe(store.Change{ID: id, Kind: api.KindPod, Old: old, New: plan.Ops[0].Object})
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size.pods), "ns/pod")
			})
		}
	}
}

func crowd(pods, nodes, sets int, kind string) (*rig, []store.ID) {
	r := newRig()
	for i := range nodes {
		n := node(fmt.Sprint("node-", i), "32", nil)
		n.Labels[api.LabelZone] = fmt.Sprint("zone-", i%3)
		n.Status.Allocatable[api.ResourcePods] = api.MustQuantity("110")
		r.create(n)
	}
	templates := make([]*api.Pod, sets)
	for s := range sets {
		p := waiting("", "100m")
		p.Labels = map[string]string{"app": fmt.Sprint("app-", s), "pod-template-hash": "5d9c"}
		if kind != "bare" {
			name := fmt.Sprint("rs-", s)
			r.create(&api.ReplicaSet{ObjectMeta: api.ObjectMeta{Name: name, Namespace: "default"},
				Spec: api.ReplicaSetSpec{Selector: &api.LabelSelector{MatchLabels: p.Labels}}})
			p.OwnerReferences = []api.OwnerReference{{APIVersion: "apps/v1", Kind: "ReplicaSet", Name: name, Controller: ptr(true)}}
		}
		of := &api.LabelSelector{MatchLabels: map[string]string{"app": p.Labels["app"]}}
		switch kind {
		case "zones":
			p.Spec.TopologySpreadConstraints = []api.TopologySpreadConstraint{{MaxSkew: 1, TopologyKey: api.LabelZone, WhenUnsatisfiable: api.DoNotSchedule, LabelSelector: of}}
		case "apart":
			p.Spec.Affinity = &api.Affinity{PodAntiAffinity: &api.PodAffinity{RequiredDuringSchedulingIgnoredDuringExecution: []api.PodAffinityTerm{{LabelSelector: of, TopologyKey: api.LabelHostname}}}}
		}
		templates[s] = p
	}
	var ids []store.ID
	for i := range pods {
		p := *templates[i*sets/pods]
		p.Name = fmt.Sprint("p-", i)
		p.UID = api.UID(fmt.Sprint("f47ac10b-58cc-4372-a567-", i))
		ids = append(ids, r.create(&p))
	}
	_ = schedule.Name
	return r, ids
}
