package orchestrate_test

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
)

var rewrite = flag.Bool("rewrite", false, "write the trace hashes again instead of comparing them")

const hashFile = "testdata/trace_hash.txt"

// worlds are scenarios whose every write must be the same on every platform.
var worlds = []struct {
	name string
	live func(c *orchestrate.Cluster) error
}{
	{"empty", func(c *orchestrate.Cluster) error { return c.Advance(time.Hour) }},
	{"one pod", func(c *orchestrate.Cluster) error {
		if err := apply(c, newPod("web", "nginx")); err != nil {
			return err
		}
		return c.Advance(time.Minute)
	}},
	{"crashes and a missing image", func(c *orchestrate.Cluster) error {
		if err := apply(c, newPod("b", "busybox"), newPod("x", "nobody/has-this"), newPod("web", "nginx")); err != nil {
			return err
		}
		return c.Advance(30 * time.Minute)
	}},
	{"many pods, half of them deleted", func(c *orchestrate.Cluster) error {
		for i := range 200 {
			if err := apply(c, newPod(fmt.Sprint("web-", i), "nginx")); err != nil {
				return err
			}
		}
		if err := c.Advance(1500 * time.Millisecond); err != nil {
			return err
		}
		for i := range 100 {
			_, err := c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: fmt.Sprint("web-", 2*i)})
			if err != nil {
				return err
			}
		}
		return c.Advance(time.Hour)
	}},
	{"pods that spread, keep apart and stay together", func(c *orchestrate.Cluster) error {
		if err := zoned(c); err != nil {
			return err
		}
		for i := range 40 {
			p := particular([]string{"even", "apart", "near", "plain"}[i%4], []string{"web", "db", "api"}[i%3], i)
			p.Spec.Containers[0].Resources.Requests[api.ResourceMemory] = api.QuantityOf(int64(i%7)*37_000_001, api.DecimalSI)
			if err := apply(c, p); err != nil {
				return err
			}
		}
		return c.Advance(time.Hour)
	}},
	{"a rollout, a lost node, a deleted namespace", func(c *orchestrate.Cluster) error {
		for _, o := range []api.Object{&api.Namespace{ObjectMeta: api.ObjectMeta{Name: "shop"}}, newDeployment("web", "nginx", 7)} {
			if _, err := c.Do(orchestrate.Request{Verb: store.VerbCreate, Object: o}); err != nil {
				return err
			}
		}
		if err := c.Advance(time.Minute); err != nil {
			return err
		}
		next := api.DeepCopy(deploymentOf(c, "web")).(*api.Deployment)
		image("nginx:1.27")(next)
		lost := api.DeepCopy(nodeOf(c, "node-2")).(*api.Node)
		lost.Status.Conditions[len(lost.Status.Conditions)-1].Status = api.ConditionFalse
		for _, o := range []api.Object{next, lost} {
			if _, err := c.Do(orchestrate.Request{Verb: store.VerbUpdate, Object: o}); err != nil {
				return err
			}
		}
		if _, err := c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindNamespace, Name: "shop"}); err != nil {
			return err
		}
		return c.Advance(20 * time.Minute)
	}},
	{"a rollout where news is late", func(c *orchestrate.Cluster) error {
		if _, err := c.Do(orchestrate.Request{Verb: store.VerbCreate, Object: newDeployment("web", "nginx", 7)}); err != nil {
			return err
		}
		if err := c.Advance(time.Minute); err != nil {
			return err
		}
		next := api.DeepCopy(deploymentOf(c, "web")).(*api.Deployment)
		image("nginx:1.27")(next)
		if _, err := c.Do(orchestrate.Request{Verb: store.VerbUpdate, Object: next}); err != nil {
			return err
		}
		return c.Advance(5 * time.Minute)
	}},
}

// The hashes are committed, and this test runs natively, as WebAssembly and on other processors.
func TestTraceHashIsTheSameOnEveryPlatform(t *testing.T) {
	var b strings.Builder
	for _, w := range worlds {
		o := orchestrate.Options{Seed: 7, Nodes: orchestrate.Nodes(5)}
		if strings.Contains(w.name, "late") {
			o.Staleness, o.Jitter = 2*time.Second, 100*time.Millisecond
		}
		c := orchestrate.New(o)
		require.NoError(t, w.live(c), w.name)
		fmt.Fprintf(&b, "%s  %s  %s\n", c.TraceHash(), c.Fingerprint(), w.name)
	}
	if *rewrite {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(hashFile, []byte(b.String()), 0o644))
		return
	}
	want, err := os.ReadFile(hashFile)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String(), "on %s/%s; if the change is meant, run make rewrite and say why in the commit", runtime.GOOS, runtime.GOARCH)
}
