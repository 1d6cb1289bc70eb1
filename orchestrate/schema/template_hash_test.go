package schema_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/stretchr/testify/require"
)

// The hashes were computed by k8s.io/apimachinery 0.37.2 from k8s.io/api's own types; the first is that of a recorded
// Deployment too.
func TestTemplateHashIsUpstreams(t *testing.T) {
	f, err := os.Open("testdata/template_hash.jsonl")
	require.NoError(t, err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	n := 0
	for ; lines.Scan(); n++ {
		var c struct {
			Template   api.PodTemplateSpec
			Collisions int32
			Hash       string
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		collisions := &c.Collisions
		if c.Collisions < 0 {
			collisions = nil
		}
		require.Equal(t, c.Hash, schema.TemplateHash(&c.Template, collisions), "case %d", n)
	}
	require.Equal(t, 5, n)
}
