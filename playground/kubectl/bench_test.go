package kubectl_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/playground/kubectl"
	"github.com/stretchr/testify/require"
)

// thousandPods is a world of a Deployment of so many pods on 20 nodes.
func thousandPods(b testing.TB) *box {
	c := orchestrate.New(orchestrate.Options{Seed: 1, Nodes: orchestrate.Nodes(20)})
	w := &box{c, &kubectl.Env{Server: request.New(c), Namespace: "default", Files: files{}}}
	require.Empty(b, w.run("create deployment web --image=nginx --replicas=1000").Stderr)
	require.Empty(b, w.run("expose deployment web --port=80").Stderr)
	w.pass(2 * time.Minute)
	return w
}

// slowLines are those whose time is promised: 50 ms each in a browser, which takes six to ten times as long.
var slowLines = []string{
	"get pods", "get pods -o wide", "get pods -A --show-labels", "get pods -l app=web", "get pods --sort-by=.metadata.creationTimestamp",
	"get pods -o name", "get pods -o yaml", "get pods -o json", "get pods -o jsonpath={.items[*].metadata.name}",
	"get pods -o custom-columns=N:.metadata.name,S:.status.phase", "get pods --field-selector=status.phase=Running", "get all", "get events", "get endpoints",
	"events", "describe deployment web", "describe node node-1", "describe service web", "describe pods", "get deployment web -o yaml", "logs deploy/web",
}

// best runs what is measured and tells also how long the shortest run took: on a machine that is busy with other things, that one was
// disturbed least.
func best(b *testing.B, run func()) {
	b.ReportAllocs()
	shortest := time.Hour
	for b.Loop() {
		start := time.Now()
		run()
		shortest = min(shortest, time.Since(start))
	}
	b.ReportMetric(float64(shortest)/1e6, "best-ms")
}

func BenchmarkLines(b *testing.B) {
	w := thousandPods(b)
	for _, line := range slowLines {
		words := strings.Fields(line)
		b.Run(strings.ReplaceAll(line, " ", "_"), func(b *testing.B) {
			best(b, func() {
				if res := kubectl.Run(w.env, words); res.Code != 0 || res.Stdout == "" {
					b.Fatalf("%+v", res)
				}
			})
		})
	}
	name := strings.Fields(w.run("get pods -o jsonpath={.items[*].metadata.name}").Stdout)[500]
	for _, line := range []string{"get pod " + name, "describe pod " + name, "get pod " + name + " -o yaml"} {
		words := strings.Fields(line)
		b.Run(strings.ReplaceAll(line, " "+name, "_one"), func(b *testing.B) {
			best(b, func() { kubectl.Run(w.env, words) })
		})
	}
	b.Run("why_pod", func(b *testing.B) {
		best(b, func() { kubectl.Why(w.env, []string{"pod/" + name}) })
	})
	b.Run("why_service", func(b *testing.B) {
		best(b, func() { kubectl.Why(w.env, []string{"service/web"}) })
	})
}
