package playground_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

// What is long is kept as far as a page shows it; what reads it instead of the terminal gets all of it.
func TestTheEndOfALongOutputIsKept(t *testing.T) {
	const limit = 200_000
	s, err := playground.Open(playground.Scenario{Name: "x", Seed: 1, Nodes: orchestrate.Nodes(20)})
	require.NoError(t, err)
	enter(t, s, "kubectl create deployment web --image=nginx --replicas=150")
	_, err = s.Advance(60e9)
	require.NoError(t, err)
	for _, line := range []string{"kubectl get pods -o yaml", "kubectl get events -o json", "kubectl describe pods", "for i in 1 2; do kubectl describe pods; done"} {
		seen := enter(t, s, line)
		require.LessOrEqual(t, len(seen), limit)
		require.Greater(t, len(seen), limit-1000)
		lines := strings.Count(seen, "\n")
		require.Equal(t, enter(t, s, fmt.Sprint(line, " | tail -n ", lines)), seen, "whole lines of the end of: %s", line)
		all := enter(t, s, line+" | wc -l")
		n, err := strconv.Atoi(strings.TrimSpace(all))
		require.NoError(t, err)
		require.Greater(t, n, lines)
		for _, piped := range []string{"true; { " + line + "; } | wc -l", "x=$(" + line + "); echo \"$x\" | wc -l", line + " | cat | wc -l"} {
			require.Equal(t, all, enter(t, s, piped), piped)
		}
	}
	// Lines that cannot be cut are cut where a character begins.
	enter(t, s, "echo "+strings.Repeat("é", 100_000)+" > one; cat one one one | tr -d '\\n' > row")
	seen := enter(t, s, "cat row")
	require.True(t, utf8.ValidString(seen))
	require.Equal(t, strings.Repeat("é", limit/2), seen)
}
