package kubelet_test

import (
	"fmt"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/kubelet"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/slipway-dev/slipway/orchestrate/workload"
)

// The runtime lets a pull that has begun come to its end.
func ExampleRuntime() {
	s := store.New(store.Options{})
	made, _ := s.Put(store.Write{Verb: store.VerbCreate, Object: &api.Sandbox{
		Node:       "node-1",
		Containers: []api.ContainerRun{{Name: "web", Image: "nginx", State: api.RunPulling, Until: int64(2 * time.Second)}},
	}})
	for _, now := range []time.Duration{time.Second, 2 * time.Second} {
		var plan reconcile.Plan
		kubelet.NewRuntime(workload.Standard()).Reconcile(reconcile.Input{Snapshot: s.Latest(store.AllKinds), Key: made.ID, Now: now}, &plan)
		fmt.Println("at", now, "ops", len(plan.Ops), "again after", plan.After)
		for _, op := range plan.Ops {
			fmt.Println(op.Reason, op.Object.(*api.Sandbox).Containers[0].State)
		}
	}
	// Output:
	// at 1s ops 0 again after 1s
	// at 2s ops 1 again after 0s
	// Pulled Pulled
}
