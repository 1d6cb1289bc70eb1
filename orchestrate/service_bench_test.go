package orchestrate_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

// BenchmarkServices measures what one Service before each Deployment adds to the time until all pods are ready, and how
// many versions of slices are written.
func BenchmarkServices(b *testing.B) {
	for _, size := range []struct{ pods, each int }{{5000, 0}, {5000, 100}, {5000, 5000}, {20000, 20000}} {
		b.Run(fmt.Sprintf("pods=%d/each=%d", size.pods, size.each), func(b *testing.B) {
			slices := 0
			for b.Loop() {
				each := max(size.each, 1)
				c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(size.pods / 10)})
				if size.each == 0 {
					each = size.pods
				}
				for i := range size.pods / each {
					name := fmt.Sprint("web-", i)
					create(b, c, newDeployment(name, "nginx", int32(each)))
					if size.each > 0 {
						create(b, c, &api.Service{
							ObjectMeta: api.ObjectMeta{Name: name, Namespace: "default"},
							Spec:       api.ServiceSpec{Selector: map[string]string{"app": name}, Ports: []api.ServicePort{{Port: 80}}},
						})
					}
				}
				if _, err := c.Settle(time.Hour); err != nil {
					b.Fatal(err)
				}
				listed := 0
				slices = 0
				for id, o := range c.Snapshot().List(api.KindEndpointSlice) {
					_ = id
					listed += len(o.(*api.EndpointSlice).Endpoints)
					slices += len(c.History(api.KindEndpointSlice, "default", o.Meta().Name, c.Revision()))
				}
				if size.each > 0 && listed != size.pods {
					b.Fatalf("%d of %d pods are listed", listed, size.pods)
				}
			}
			b.ReportMetric(float64(slices), "slice-writes")
		})
	}
}

// BenchmarkTraffic measures what one request of a stream costs.
func BenchmarkTraffic(b *testing.B) {
	const rate, seconds = 1000, 10
	c := webTraffic(b, 1, 10, rate)
	for b.Loop() {
		if err := c.Advance(seconds * time.Second); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rate/seconds, "ns/request")
}
