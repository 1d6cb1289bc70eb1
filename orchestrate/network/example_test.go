package network_test

import (
	"fmt"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/clock"
)

type clockRand = clock.Rand

func newRand() clockRand { return clock.Fork(1, "test") }

// A Service gets an address at once, and an endpoint when a pod it selects is ready.
func Example() {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(1)})
	o, err := c.Do(orchestrate.Request{Verb: orchestrate.VerbCreate, Object: service("web", nil)})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("address:", o.(*api.Service).Spec.ClusterIP)
	_, err = c.Do(orchestrate.Request{Verb: orchestrate.VerbCreate, Object: &api.Pod{
		ObjectMeta: api.ObjectMeta{Name: "web-1", Namespace: "default", Labels: map[string]string{"app": "web"}},
		Spec:       &api.PodSpec{Containers: []api.Container{{Name: "web", Image: "nginx"}}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := c.Settle(time.Minute); err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range c.Snapshot().InNamespace(api.KindEndpointSlice, "default") {
		for _, e := range o.(*api.EndpointSlice).Endpoints {
			fmt.Println("endpoint:", e.Addresses[0], e.TargetRef.Name, "ready:", *e.Conditions.Ready)
		}
	}
	// Output:
	// address: 10.96.11.227
	// endpoint: 10.244.1.2 web-1 ready: true
}
