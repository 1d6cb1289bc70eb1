package orchestrate_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
)

// bigWorld is so many pods, in Deployments of at most 500, on a tenth as many nodes, all ready.
func bigWorld(b *testing.B, pods, each int) *orchestrate.Cluster {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(max(pods/10, 3))})
	for i := range pods / each {
		create(b, c, newDeployment(fmt.Sprint("web-", i), "nginx", int32(each)))
	}
	if _, err := c.Settle(time.Hour); err != nil {
		b.Fatal(err)
	}
	return c
}

// heap is how many bytes are in use.
func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// BenchmarkDeployments measures the time from the creation of Deployments until all their pods are ready.
func BenchmarkDeployments(b *testing.B) {
	for _, size := range []struct{ pods, each int }{{1000, 1000}, {5000, 100}, {5000, 5000}, {20000, 500}, {100000, 500}} {
		if size.pods > 20000 && testing.Short() {
			continue
		}
		b.Run(fmt.Sprintf("pods=%d/each=%d", size.pods, size.each), func(b *testing.B) {
			writes, empty := 0, heap()
			var c *orchestrate.Cluster
			for b.Loop() {
				c = bigWorld(b, size.pods, size.each)
				writes = int(c.Revision())
				if got := deploymentOf(c, "web-0").Status.AvailableReplicas; int(got) != size.each {
					b.Fatalf("%d of %d are available", got, size.each)
				}
			}
			b.ReportMetric(float64(writes)/float64(size.pods), "writes/pod")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(size.pods), "us/pod")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(writes), "ns/write")
			b.ReportMetric((heap()-empty)/float64(size.pods), "heap-B/pod") // with all of its history
			runtime.KeepAlive(c)
		})
	}
}

// BenchmarkRollingUpdate measures the time from the change of an image until all pods run it.
func BenchmarkRollingUpdate(b *testing.B) {
	for _, pods := range []int{100, 1000, 5000} {
		b.Run(fmt.Sprintf("pods=%d", pods), func(b *testing.B) {
			c := bigWorld(b, pods, pods)
			writes := 0
			for i := 0; b.Loop(); i++ {
				from := c.Revision()
				change(b, c, "web-0", image(fmt.Sprint("nginx:1.", 20+i%2)))
				if _, err := c.Settle(time.Hour); err != nil {
					b.Fatal(err)
				}
				writes = int(c.Revision() - from)
				if got := deploymentOf(c, "web-0").Status.UpdatedReplicas; int(got) != pods {
					b.Fatalf("%d of %d are updated", got, pods)
				}
			}
			b.ReportMetric(float64(writes)/float64(pods), "writes/pod")
		})
	}
}
