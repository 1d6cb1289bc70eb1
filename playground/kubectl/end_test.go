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

// Where only the end of an output is kept, that end is the same, and little more than it is printed.
func TestWhereOnlyTheEndIsKeptLittleMoreIsPrinted(t *testing.T) {
	t.Parallel()
	c := orchestrate.New(orchestrate.Options{Seed: 1, Nodes: orchestrate.Nodes(20)})
	w := &box{c, &kubectl.Env{Server: request.New(c), Namespace: "default", Files: files{}}}
	require.Empty(t, w.run("create deployment web --image=nginx --replicas=400").Stderr)
	w.pass(2 * time.Minute)
	end := func(s string, n int) string { return s[max(0, len(s)-n):] }
	for _, line := range []string{
		"get pods -o yaml", "get pods -o json", "get pods -o kyaml", "get events -o yaml", "get pods,events,nodes -o yaml", "get nodes,pods -o json",
		"get pods -o json --sort-by=.status.podIP", "describe pods", "describe nodes", "get pods", "get pods -o name", "get nothing -o yaml",
	} {
		w.env.Kept = 0
		all := w.run(line)
		for _, kept := range []int{1, 5_000, 60_000, 100_000_000} {
			w.env.Kept = kept
			some := w.run(line)
			require.Equal(t, all.Code, some.Code)
			require.Equal(t, all.Stderr, some.Stderr)
			require.Equal(t, end(all.Stdout, kept), end(some.Stdout, kept), "%s, %d kept", line, kept)
			long := len(all.Stdout) > 500_000
			if table := line == "get pods" || strings.HasSuffix(line, "name"); kept <= 60_000 && long && !table {
				require.Less(t, len(some.Stdout), 350_000, "%s, %d kept", line, kept)
				require.Less(t, len(some.Stdout), len(all.Stdout)/2)
			}
		}
	}
}
