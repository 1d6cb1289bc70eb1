//go:build unix

package orchestrate_test

import (
	"fmt"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/store"
)

// processorTime is what this process has taken so far, the collector and the kernel's work for it included.
func processorTime(b *testing.B) time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// objects is how many objects a world ever had.
func objects(c *orchestrate.Cluster) (n int) {
	for w := c.Watch(store.AllKinds, 0); ; {
		ch, ok := w.Next()
		if !ok {
			return n
		}
		if ch.Verb == store.VerbCreate {
			n++
		}
	}
}

// BenchmarkCurve measures how the cost of a pod grows with the world it is in. Each size builds 100,000 pods and keeps them: in 100
// worlds, or in one. So each takes as many pages from the kernel and gives the collector as much to do, and only the size of a
// world differs. scripts/bench runs each size in a process of its own.
func BenchmarkCurve(b *testing.B) {
	if testing.Short() {
		b.Skip("it builds 100,000 pods for each size")
	}
	const all = 100_000
	for _, pods := range []int{1000, 5000, 20000, all} {
		b.Run(fmt.Sprintf("pods=%d", pods), func(b *testing.B) {
			worlds := make([]*orchestrate.Cluster, all/pods)
			before := processorTime(b)
			for b.Loop() {
				for i := range worlds {
					worlds[i] = bigWorld(b, pods, 500)
				}
			}
			spent := processorTime(b) - before
			b.ReportMetric(float64(spent.Nanoseconds())/1e3/float64(b.N*all), "cpu-us/pod")
			b.ReportMetric(float64(objects(worlds[0])), "objects")
			runtime.KeepAlive(worlds)
		})
	}
}
