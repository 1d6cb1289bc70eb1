package playground_test

import (
	"testing"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

func TestAScenarioBringsItsOwnImages(t *testing.T) {
	sc := playground.Scenario{Seed: 7, Nodes: orchestrate.Nodes(1), Images: []playground.Image{
		{Name: "shop/cart:2.0", SizeMiB: 20, StartsMs: 100, Port: 8080, Pages: []playground.ImagePage{{Body: "cart $VERSION on $HOSTNAME\n"}}, Log: []string{"cart is open"}},
		{Name: "shop/broken", RunsMs: 2000, ExitCode: 7},
	}}
	s, err := playground.Open(sc)
	require.NoError(t, err)
	enter(t, s, "kubectl run cart --image=shop/cart:2.0")
	require.Equal(t, "cart is open\n", enter(t, s, "kubectl logs cart"))
	require.Equal(t, "cart 2.0 on cart\n", enter(t, s, "kubectl exec cart -- sh -c 'wget -qO- http://localhost:8080/'"))
	enter(t, s, "kubectl run old --image=shop/cart:1.0")
	require.Regexp(t, `old +0/1 +(ErrImagePull|ImagePullBackOff)`, enter(t, s, "kubectl get pods"))
	enter(t, s, "kubectl run broken --image=shop/broken --restart=Never")
	require.Regexp(t, `broken +0/1 +Error`, enter(t, s, "kubectl get pods"))

	log, err := s.Save()
	require.NoError(t, err)
	again, err := playground.Load(log)
	require.NoError(t, err)
	require.Equal(t, s.Cluster().TraceHash(), again.Cluster().TraceHash())
}

func TestImagesThatMakeNoSense(t *testing.T) {
	for _, im := range []playground.Image{{}, {Name: "Shop"}, {Name: "a", LeakMiB: -1}, {Name: "a", StartsMs: 1 << 40}} {
		_, err := playground.Open(playground.Scenario{Images: []playground.Image{im}})
		require.ErrorContains(t, err, "images[0]")
	}
}
