package schema_test

import (
	"fmt"
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/stretchr/testify/require"
)

const located = `# a remark
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
    app.kubernetes.io/name: shop
spec:
  containers:
  - name: web
    image: nginx
  - image: redis
    ports: [{containerPort: 80}]
`

func TestLocate(t *testing.T) {
	docs, err := schema.Decode([]byte("kind: List\n---\n"+located), "x")
	require.NoError(t, err)
	require.Len(t, docs, 2)
	for _, c := range []struct{ path, want string }{
		{"", "4:1"},
		{"spec.containers[0].image", "14:5"},
		{"spec.containers[1].ports[0].containerPort", "16:14"},
		{"spec.containers[1].name", "15:5"},
		{"spec.containers[9].name", "12:3"},
		{"spec.containers[x]", "12:3"},
		{"spec.nodeName", "11:1"},
		{"metadata.labels[app.kubernetes.io/name]", "10:5"},
		{"metadata.labels.app.kubernetes.io/name", "10:5"},
		{"metadata.labels", "8:3"},
		{"status", "4:1"},
		{"spec.", "11:1"},
		{"..[", "4:1"},
	} {
		line, column := docs[1].Locate(c.path)
		require.Equal(t, c.want, fmt.Sprintf("%d:%d", line, column), c.path)
	}
	line, column := new(schema.Document).Locate("spec")
	require.Zero(t, line+column)
}

// Whatever the path, the place lies in the text.
func FuzzLocate(f *testing.F) {
	f.Add("spec.containers[0].image")
	f.Add("metadata.labels[")
	f.Add("[0][\"a\"].b")
	docs, err := schema.Decode([]byte(located), "x")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, path string) {
		line, column := docs[0].Locate(path)
		require.True(t, line >= 2 && line <= 14 && column >= 1 && column <= 40)
	})
}
