package orchestrate_test

import (
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/stretchr/testify/require"
)

func TestAPullSaysHowLongItTook(t *testing.T) {
	s := tell(t, 1, newPod("web", "nginx:1.27")).after(10 * time.Second)
	require.Equal(t, `Normal Pulling: Pulling image "nginx:1.27"
Normal Pulled: Successfully pulled image "nginx:1.27" in 1.7s (1.7s including waiting). Image size: 72000000 bytes.
Normal Created: Container created
Normal Started: Container started
`, s.events("web"))
	require.NoError(t, apply(s.Cluster, newPod("two", "nginx:1.27")))
	s.after(time.Second)
	require.Contains(t, s.events("two"), "Normal Pulled: Container image \"nginx:1.27\" already present on machine and can be accessed by the pod\n")
}

// A node pulls one image at a time, and a layer it has it does not pull again.
func TestPullsQueueUp(t *testing.T) {
	s := tell(t, 1, newPod("a", "gcr.io/google-samples/hello-app:1.0"), newPod("b", "gcr.io/google-samples/hello-app:2.0")).after(10 * time.Second)
	require.Contains(t, s.events("a"), "in 733ms (733ms including waiting). Image size: 14000000 bytes.")
	require.Contains(t, s.events("b"), "in 690ms (1.423s including waiting). Image size: 14000000 bytes.")
}

func TestWhatAPullThatFailsSays(t *testing.T) {
	for _, test := range []struct{ image, message string }{
		{"ngnix", `failed to pull and unpack image "docker.io/library/ngnix:latest": failed to resolve reference "docker.io/library/ngnix:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`},
		{"nginx:1.99", `rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:1.99": failed to resolve reference "docker.io/library/nginx:1.99": docker.io/library/nginx:1.99: not found`},
	} {
		s := tell(t, 1, newPod("web", test.image)).after(900 * time.Millisecond)
		waiting := find(s.Cluster, "web").Status.ContainerStatuses[0].State.Waiting
		require.Equal(t, "ErrImagePull", waiting.Reason)
		require.Equal(t, test.message, waiting.Message)
		s.after(5 * time.Second)
		waiting = find(s.Cluster, "web").Status.ContainerStatuses[0].State.Waiting
		require.Equal(t, "ImagePullBackOff", waiting.Reason)
		require.Equal(t, `Back-off pulling image "`+test.image+`": ErrImagePull: `+test.message, waiting.Message)
		require.Equal(t, `Normal Pulling: Pulling image "`+test.image+`"
Warning Failed: Failed to pull image "`+test.image+`": `+test.message+`
Warning Failed: Error: ErrImagePull
Normal BackOff: Back-off pulling image "`+test.image+`"
Warning Failed: Error: ImagePullBackOff
`, s.events("web"))
	}
}

func TestPullPoliciesAndNames(t *testing.T) {
	never, shouting := newPod("never", "nginx"), newPod("shouting", "NGINX")
	never.Spec.Containers[0].ImagePullPolicy = api.PullNever
	s := tell(t, 1, never, shouting).after(5 * time.Second)
	require.Equal(t, "0/1 ErrImageNeverPull 0", s.status("never"))
	require.Equal(t, "0/1 InvalidImageName 0", s.status("shouting"))
	require.Contains(t, s.events("shouting"), "repository name (library/NGINX) must be lowercase")
}
