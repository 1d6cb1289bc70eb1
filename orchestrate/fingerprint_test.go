package orchestrate_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// However often a world was read on, also halfway, and whatever was taken back, its fingerprint is that of one that is read at once.
func TestTheFingerprintDoesNotDependOnWhenTheWorldWasRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes := orchestrate.Nodes(2)
		read, never := orchestrate.New(orchestrate.Options{Seed: 3, Nodes: nodes}), orchestrate.New(orchestrate.Options{Seed: 3, Nodes: nodes})
		replicas := int32(rapid.SampledFrom([]int{3, 3, 3, 3, 150}).Draw(t, "replicas"))
		look := func() {
			if rapid.Bool().Draw(t, "look") {
				read.ReadOn()
			}
		}
		worlds := []*orchestrate.Cluster{read, never}
		each := func(do func(c *orchestrate.Cluster) error) {
			for _, c := range worlds {
				require.NoError(t, do(c))
			}
			look()
		}
		step := func(names ...string) {
			each(func(c *orchestrate.Cluster) error { return roll(c, names[0], replicas) })
			each(func(c *orchestrate.Cluster) error { return apply(c, newPod(names[1], "busybox")) })
			rest := time.Duration(rapid.IntRange(0, 20_000).Draw(t, "rest")) * time.Millisecond
			each(func(c *orchestrate.Cluster) error { return c.Advance(rest) })
			each(func(c *orchestrate.Cluster) error {
				_, err := c.Do(orchestrate.Request{Verb: store.VerbDelete, Kind: api.KindPod, Namespace: "default", Name: names[1]})
				return err
			})
			each(func(c *orchestrate.Cluster) error { return c.Advance(rest / 2) })
		}
		step("a", "b")
		points := []*orchestrate.Checkpoint{read.Checkpoint(), never.Checkpoint()}
		step("c", "d")
		for i, c := range worlds {
			require.NoError(t, c.Restore(points[i]))
		}
		look()
		step("e", "f")
		require.Equal(t, never.Fingerprint(), read.Fingerprint())
		require.Equal(t, read.Fingerprint(), read.Fingerprint())
	})
}

// What was passed over, because it was written again later, counts when the later write is taken back.
func TestAWriteThatIsTakenBackBeforeItWasReadIsForgotten(t *testing.T) {
	live := func(read bool) string {
		c := orchestrate.New(orchestrate.Options{Seed: 1, Nodes: orchestrate.Nodes(20)})
		require.NoError(t, roll(c, "web", 500))
		require.NoError(t, c.Advance(700*time.Millisecond))
		half := c.Checkpoint()
		require.NoError(t, c.Advance(time.Minute))
		if read {
			require.False(t, c.ReadOn())
		}
		require.NoError(t, c.Restore(half))
		return c.Fingerprint()
	}
	require.Equal(t, live(false), live(true))
}

func roll(c *orchestrate.Cluster, name string, replicas int32) error {
	_, err := c.Do(orchestrate.Request{Verb: store.VerbCreate, Object: newDeployment(name, "nginx", replicas)})
	return err
}

// What was read once is not read again.
func TestOnlyWhatIsNewIsRead(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Seed: 1, Nodes: orchestrate.Nodes(20)})
	require.NoError(t, roll(c, "web", 500))
	require.NoError(t, c.Advance(time.Minute))
	calls := func() int {
		for n := 1; ; n++ {
			if c.ReadOn() {
				return n
			}
		}
	}
	require.Greater(t, calls(), 5, "a world of 500 pods is read in pieces")
	require.Equal(t, 1, calls())
	for range 10 {
		require.NoError(t, c.Advance(time.Second))
		require.NoError(t, apply(c, newPod("x"+strings.ReplaceAll(c.Fingerprint(), "-", ""), "nginx")))
		require.Equal(t, 1, calls(), "a pod is little")
	}
}

func TestWorldsThatDifferHaveOtherFingerprints(t *testing.T) {
	seen := map[string]string{}
	for _, label := range []string{"", "a", "b"} {
		for _, image := range []string{"nginx", "busybox"} {
			for _, after := range []time.Duration{0, time.Minute} {
				c := orchestrate.New(orchestrate.Options{Seed: 1, Nodes: orchestrate.Nodes(1)})
				p := newPod("web", image)
				p.Labels = map[string]string{"x": label}
				require.NoError(t, apply(c, p))
				require.NoError(t, c.Advance(after))
				what := label + " " + image + " " + after.String()
				print := c.Fingerprint()
				require.Regexp(t, `^[0-9a-f]{10,16}-[0-9a-f]{10,16}$`, print)
				require.Empty(t, seen[print], what)
				seen[print] = what
			}
		}
	}
	require.Len(t, seen, 12)
}
