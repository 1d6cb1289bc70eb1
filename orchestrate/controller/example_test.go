package controller_test

import (
	"fmt"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/controller"
	"github.com/slipway-dev/slipway/orchestrate/reconcile"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

func Example() {
	s := store.New(store.Options{})
	shop, _ := s.Put(store.Write{Verb: store.VerbCreate, Object: &api.Namespace{ObjectMeta: api.ObjectMeta{Name: "shop", DeletionTimestamp: 1}}})
	web, _ := s.Put(store.Write{Verb: store.VerbCreate, Object: &api.Pod{ObjectMeta: api.ObjectMeta{Namespace: "shop", Name: "web"}, Spec: &api.PodSpec{}}})

	decide := func() {
		var plan reconcile.Plan
		controller.NewNamespaces().Reconcile(reconcile.Input{Snapshot: s.Latest(store.AllKinds), Key: shop.ID}, &plan)
		for _, op := range plan.Ops {
			fmt.Println(op.Verb, "object", op.ID, op.Reason)
		}
	}
	decide()
	_, _ = s.Put(store.Write{Verb: store.VerbDelete, ID: web.ID})
	decide()
	// Output:
	// delete object 2 Removed
	// delete object 1 NamespaceEmpty
}
