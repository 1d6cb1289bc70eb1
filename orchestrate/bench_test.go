package orchestrate_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// BenchmarkTraceEvents measures how many writes a second a world makes while pods go from applied to ready.
func BenchmarkTraceEvents(b *testing.B) {
	for _, size := range []struct{ pods, nodes int }{{100, 10}, {1000, 100}, {5000, 500}} {
		b.Run(fmt.Sprintf("pods=%d", size.pods), func(b *testing.B) {
			writes, spent := 0, time.Duration(0)
			for b.Loop() {
				c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(size.nodes)})
				c.Input("", "apply")
				for i := range size.pods {
					if _, err := c.Do(orchestrate.Request{Verb: store.VerbCreate, Object: newPod(fmt.Sprint("web-", i), "nginx")}); err != nil {
						b.Fatal(err)
					}
				}
				start, from := time.Now(), c.Revision()
				if _, err := c.Settle(time.Hour); err != nil {
					b.Fatal(err)
				}
				spent += time.Since(start)
				writes += int(c.Revision() - from)
				b.StopTimer()
				if !ready(find(c, fmt.Sprint("web-", size.pods-1))) {
					b.Fatal("the last pod is not ready")
				}
				b.StartTimer()
			}
			b.ReportMetric(float64(writes)/spent.Seconds(), "events/s")
			b.ReportMetric(float64(writes)/float64(b.N)/float64(size.pods), "events/pod")
		})
	}
}
