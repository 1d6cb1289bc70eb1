package kubectl_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/stretchr/testify/require"
)

// The manifests with which the page's editor begins are right as they are, and there is one for each kind that people write.
func TestEditorTemplatesApply(t *testing.T) {
	files, err := filepath.Glob("../../site/src/slipway-editor/templates/*.yaml")
	require.NoError(t, err)
	have := map[string]bool{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		require.NoError(t, err)
		b := newBox()
		require.Empty(t, found(b.env, string(src)), file)
		docs, err := schema.Decode(src, file)
		require.NoError(t, err)
		kind := strings.TrimSuffix(filepath.Base(file), ".yaml")
		require.Equal(t, kind, docs[0].Kind, file)
		have[kind] = true
	}
	for _, kind := range []string{"Pod", "ReplicaSet", "Deployment", "Service", "ConfigMap", "Secret", "Namespace", "ServiceAccount"} {
		require.True(t, have[kind], "no template for a %s", kind)
	}
}
