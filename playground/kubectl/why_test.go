package kubectl_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/playground/kubectl"
	"github.com/stretchr/testify/require"
)

func (b *box) why(line string) string {
	res := kubectl.Why(b.env, strings.Fields(line))
	return res.Stdout + res.Stderr
}

func (b *box) apply(t *testing.T, manifest string) {
	b.env.Files = files{"m.yaml": manifest}
	res := b.run("apply -f m.yaml")
	require.Zero(t, res.Code, res.Stderr)
	b.pass(5 * time.Second)
}

const twoPods = `
apiVersion: v1
kind: Pod
metadata: {name: heavy}
spec:
  nodeName: node-1
  containers: [{name: c, image: nginx, resources: {requests: {cpu: "2", memory: 1Gi}}}]
---
apiVersion: v1
kind: Pod
metadata: {name: light}
spec:
  containers: [{name: c, image: nginx, resources: {requests: {cpu: "1", memory: 1Gi}}}]
---
apiVersion: v1
kind: Pod
metadata: {name: huge}
spec:
  containers: [{name: c, image: nginx, resources: {requests: {cpu: "9"}}}]
`

func TestWhyShowsWhatTheSchedulerSaidOfEachNode(t *testing.T) {
	b := newBox()
	b.apply(t, twoPods)
	said := b.why("pod/light")
	b.apply(t, strings.ReplaceAll(twoPods, "name: light", "name: later"))
	require.Equal(t, said, b.why("pod/light"), "what happened since changes nothing")
	_, table, _ := strings.Cut(said, "\n\n")
	require.Equal(t, strings.TrimLeft(`
node-2 was chosen at +20ms. The scheduler said of each:
NODE     FITS   SCORE   Fit   BalancedAllocation
node-1   yes    422     50    72
node-2   yes    452     81    71
`, "\n"), table)
	require.Contains(t, b.why("pod/huge"), `
No node has been chosen. What the scheduler says of each:
NODE     FITS   SCORE   WHY NOT
node-1   no     -       Insufficient cpu
node-2   no     -       Insufficient cpu
`)
	require.NotContains(t, b.why("pod/heavy"), "NODE", "the scheduler had no say")
	require.NotContains(t, b.why("node/node-1"), "FITS")
	require.Contains(t, b.why("pod/light -o json"), `"plugin": "NodeResourcesFit"`)
}

func TestWhySaysThatALotWasDrawn(t *testing.T) {
	b := newBox()
	b.run("run web --image=nginx")
	b.pass(time.Second)
	require.Contains(t, b.why("pod/web"), "\nnode-2 was chosen at +20ms, by lot among 2. The scheduler said of each:\n")
}
