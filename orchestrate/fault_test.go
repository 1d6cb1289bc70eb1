package orchestrate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// fault makes something go wrong, as it is typed.
func (s story) fault(text string) {
	s.t.Helper()
	f, err := orchestrate.ParseFault(strings.Fields(text))
	require.NoError(s.t, err)
	s.Input("", "fault "+text)
	require.NoError(s.t, s.Inject("", f))
}

func box(c *orchestrate.Cluster, name string) *api.Sandbox {
	for _, o := range c.Snapshot().List(api.KindSandbox) {
		if o.Meta().OwnerReferences[0].Name == name {
			return o.(*api.Sandbox)
		}
	}
	return nil
}

func ExampleParseFault() {
	for _, text := range []string{"node-down node-1", "node-up node-1", "network-slow 200ms", "network-lossy 2.5% node-2", "registry-down", "node-down"} {
		f, err := orchestrate.ParseFault(strings.Fields(text))
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(f)
	}
	// Output:
	// node-down node-1
	// node-up node-1
	// network-slow 200ms
	// network-lossy 2.5% node-2
	// registry-down
	// it is not said what it is about; write: node-down NODE
}

// A machine that loses power tells nobody. Its pod stays Running in the API, though nothing runs any more.
func TestAMachineThatGoesOffTellsNobody(t *testing.T) {
	s := tell(t, 1, newPod("web", "nginx"), run("job", "busybox", "sleep", "20")).after(10 * time.Second)
	ip := find(s.Cluster, "web").Status.PodIP
	s.fault("node-down node-1")
	s.after(30 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("web"))
	require.Equal(t, api.RunExited, box(s.Cluster, "web").Containers[0].State, "that is what really is")

	// A pod that is deleted meanwhile stays Terminating: only its kubelet could say that it is gone.
	s.remove("job")
	s.after(2 * time.Minute)
	require.Equal(t, "Terminating", strings.Fields(s.status("job"))[1])

	s.fault("node-up node-1")
	s.after(10 * time.Second)
	require.Equal(t, "gone", s.status("job"))
	require.Equal(t, "1/1 Running 1", s.status("web"), "it was started again")
	require.NotEqual(t, ip, find(s.Cluster, "web").Status.PodIP, "in a new sandbox")
	require.Contains(t, s.events("web"), "Normal SandboxChanged: Pod sandbox changed, it will be killed and re-created.\n")
	last := find(s.Cluster, "web").Status.ContainerStatuses[0].LastTerminationState.Terminated
	require.Equal(t, "Unknown", last.Reason)
	require.EqualValues(t, 255, last.ExitCode)
}

// A node that is cut off goes on by what it last heard: it restarts what crashes, and hears of no deletion.
func TestACutOffNodeGoesOnByWhatItKnows(t *testing.T) {
	s := tell(t, 1, newPod("web", "nginx"), newPod("old", "nginx")).after(10 * time.Second)
	s.fault("network-cut node-1")
	s.fault("container-crash web")
	s.remove("old")
	require.NoError(t, apply(s.Cluster, newPod("new", "nginx")))
	s.after(time.Minute)
	require.Equal(t, "1/1 Running 0", s.status("web"), "the API server hears nothing")
	require.EqualValues(t, 1, box(s.Cluster, "web").Containers[0].Restarts, "but it was restarted")
	require.Equal(t, api.RunRunning, box(s.Cluster, "old").Containers[0].State, "nobody told it to stop")
	require.Nil(t, box(s.Cluster, "new"), "nor to start")

	s.fault("network-heal node-1")
	s.after(10 * time.Second)
	require.Equal(t, "1/1 Running 1", s.status("web"))
	require.Equal(t, "gone", s.status("old"))
	require.Equal(t, "1/1 Running 0", s.status("new"))
}

func TestWithoutItsKubeletNobodyRestartsAContainer(t *testing.T) {
	s := tell(t, 1, newPod("web", "nginx")).after(10 * time.Second)
	s.fault("kubelet-down node-1")
	s.fault("container-crash default/web/web")
	s.after(time.Minute)
	require.Equal(t, "1/1 Running 0", s.status("web"))
	require.Equal(t, api.RunExited, box(s.Cluster, "web").Containers[0].State)
	s.fault("kubelet-up node-1")
	s.after(10 * time.Second)
	require.Equal(t, "1/1 Running 1", s.status("web"))
}

func TestAKilledContainerIsRestarted(t *testing.T) {
	s := tell(t, 1, newPod("web", "nginx")).after(10 * time.Second)
	s.fault("container-crash web")
	s.after(5 * time.Second)
	require.Equal(t, "1/1 Running 1", s.status("web"))
	require.EqualValues(t, 137, find(s.Cluster, "web").Status.ContainerStatuses[0].LastTerminationState.Terminated.ExitCode)
}

func TestWithoutItsSchedulerPodsWait(t *testing.T) {
	s := tell(t, 1)
	s.fault("component-down kube-scheduler")
	require.NoError(t, apply(s.Cluster, newPod("web", "nginx")))
	s.after(time.Minute)
	require.Equal(t, "0/1 Pending 0", s.status("web"))
	s.fault("component-up kube-scheduler")
	s.after(10 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("web"))
}

func TestAnImageThatCannotBePulled(t *testing.T) {
	s := tell(t, 1)
	s.fault("registry-down")
	require.NoError(t, apply(s.Cluster, newPod("web", "nginx")))
	s.after(11 * time.Second)
	require.Contains(t, s.events("web"), `failed to do request: Head "https://registry-1.docker.io/v2/library/nginx/manifests/latest": net/http: TLS handshake timeout`)
	s.fault("registry-up")
	s.after(30 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("web"))

	s.fault("image-missing nginx:1.27")
	require.NoError(t, apply(s.Cluster, newPod("new", "nginx:1.27")))
	s.after(5 * time.Second)
	require.Contains(t, s.events("new"), "docker.io/library/nginx:1.27: not found")
	s.fault("image-back nginx:1.27")
	s.after(30 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("new"))
}

func TestFaultsThatMakeNoSense(t *testing.T) {
	s := tell(t, 1, run("done", "busybox", "true")).after(30 * time.Second)
	for text, want := range map[string]string{
		"node-down node-9":                `there is no node "node-9"`,
		"node-up node-1":                  "node-down node-1 is not in effect",
		"component-down nobody":           `no component is called "nobody"; there are kube-scheduler, kubelet, containerd, kube-controller-manager`,
		"container-crash nobody":          `there is no pod "nobody" in namespace "default"`,
		"container-crash default/done/no": `no such container of pod "done" runs`,
	} {
		f, err := orchestrate.ParseFault(strings.Fields(text))
		require.NoError(t, err)
		require.ErrorContains(t, s.Inject("", f), want)
	}
	for _, text := range []string{"node-down", "node-down a b", "earthquake", "network-slow", "network-slow -1s", "network-lossy 101%", "network-lossy x", ""} {
		_, err := orchestrate.ParseFault(strings.Fields(text))
		require.Error(t, err, text)
	}
}

// What is in effect is part of the world: it can be rewound, and told why.
func TestAFaultIsPartOfTheWorld(t *testing.T) {
	s := tell(t, 2, newPod("web", "nginx")).after(10 * time.Second)
	before := s.Checkpoint()
	s.fault("node-down node-1")
	s.fault("component-down kube-scheduler")
	require.Equal(t, []orchestrate.Fault{{Type: api.ComponentDown, Target: "kube-scheduler"}, {Type: api.NodeDown, Target: "node-1"}}, s.Faults())
	require.NoError(t, s.Restore(before))
	require.Empty(t, s.Faults())
	require.NoError(t, apply(s.Cluster, newPod("two", "nginx")))
	s.after(10 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("two"), "the scheduler runs again")
	s.fault("container-crash web")
	s.after(5 * time.Second)
	chain := s.Why(api.KindPod, "default", "web", s.Revision())
	require.Equal(t, "fault container-crash web", chain[0].Input)
}

func TestFaultsPrintWhatTheyParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := rapid.SampledFrom(orchestrate.FaultDocs()).Draw(t, "fault")
		text := doc.Break
		if doc.Mend != "" && rapid.Bool().Draw(t, "mend") {
			text = doc.Mend
		} else if strings.HasPrefix(doc.Args, "DURATION") {
			text += " " + (time.Duration(rapid.IntRange(1, 5000).Draw(t, "ms")) * time.Millisecond).String()
		} else if strings.HasPrefix(doc.Args, "PERCENT") {
			text += fmt.Sprintf(" %d%%", rapid.IntRange(1, 100).Draw(t, "percent"))
		}
		text += " " + rapid.StringMatching(`[a-z][a-z0-9/.-]{0,20}`).Draw(t, "target")
		f, err := orchestrate.ParseFault(strings.Fields(text))
		require.NoError(t, err, text)
		again, err := orchestrate.ParseFault(strings.Fields(f.String()))
		require.NoError(t, err, text)
		require.Equal(t, f, again)
	})
}

// Whatever breaks, and in whatever order: once all is mended, the world comes to the rest it would have come to.
func TestAMendedWorldComesToTheSameRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := orchestrate.New(orchestrate.Options{Seed: 5, Nodes: orchestrate.Nodes(2)})
		leaky := memory(newPod("leaky", "slipway/leaky"), "64Mi")
		require.NoError(t, apply(c, newPod("a", "nginx"), newPod("b", "gcr.io/google-samples/hello-app:1.0"), leaky))
		for range rapid.IntRange(1, 8).Draw(t, "faults") {
			require.NoError(t, c.Advance(time.Duration(rapid.IntRange(0, 20_000).Draw(t, "ms"))*time.Millisecond))
			text := rapid.SampledFrom([]string{
				"node-down node-1", "node-up node-1", "network-cut node-2", "network-heal node-2", "kubelet-down node-1", "kubelet-up node-1",
				"component-down kube-scheduler", "component-up kube-scheduler", "component-crash kubelet", "component-crash containerd",
				"registry-down", "registry-up", "container-crash a", "component-down containerd", "component-up containerd",
			}).Draw(t, "fault")
			f, err := orchestrate.ParseFault(strings.Fields(text))
			require.NoError(t, err)
			_ = c.Inject("", f) // some make no sense at this moment
		}
		for _, f := range c.Faults() {
			f.Mend = true
			require.NoError(t, c.Inject("", f))
		}
		require.NoError(t, c.Advance(15*time.Minute))
		for _, name := range []string{"a", "b"} {
			p := find(c, name)
			require.NotNil(t, p)
			require.True(t, ready(p), "%s: %+v", name, p.Status)
		}
		limits(t, c)
	})
}

// limits checks, over all that ever happened, that no container held more memory than it might.
func limits(t require.TestingT, c *orchestrate.Cluster) {
	watch := c.Watch(api.KindsOf(api.KindSandbox), 0)
	for ch, ok := watch.Next(); ok; ch, ok = watch.Next() {
		b := ch.Object().(*api.Sandbox)
		if b.OwnerReferences[0].Name != "leaky" || ch.Verb == orchestrate.VerbDelete {
			continue
		}
		for _, run := range b.Containers {
			if run.State == api.RunRunning {
				require.NotZero(t, run.Until, "its end is foreseen")
				require.LessOrEqual(t, run.Until-run.Since, int64(22*time.Second), "20 MiB and 2 a second reach 64 after 22 seconds")
			}
		}
	}
}

// The whole story of a lost machine: its Lease grows old, the node is marked, its pods are given up and replaced elsewhere; they
// stay Terminating until the machine is back and says that they are gone.
func TestALostMachineIsNoticedByItsSilence(t *testing.T) {
	c := orchestrate.New(orchestrate.Options{Nodes: orchestrate.Nodes(3), VerifyFrozen: true})
	create(t, c, newDeployment("web", "nginx", 3))
	settle(t, c)
	s := story{t, c}
	lost := ""
	for _, o := range c.Snapshot().ByNode(api.KindPod, "node-1") {
		lost = o.Meta().Name
	}
	require.NotEmpty(t, lost)
	s.fault("node-down node-1")
	s.after(30 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status(lost), "nobody has noticed")
	s.after(25 * time.Second)
	ready := nodeOf(c, "node-1").Status.Conditions[3]
	require.Equal(t, api.ConditionUnknown, ready.Status)
	require.Equal(t, "Kubelet stopped posting node status.", ready.Message)
	s.after(6 * time.Minute)
	require.Equal(t, "Terminating", strings.Fields(s.status(lost))[1])
	require.EqualValues(t, 3, deploymentOf(c, "web").Status.AvailableReplicas, "another took its place")
	require.NotNil(t, find(c, lost))
	s.after(time.Hour)
	require.NotNil(t, find(c, lost), "only its kubelet could say that it is gone")

	s.fault("node-up node-1")
	s.after(30 * time.Second)
	require.Nil(t, find(c, lost))
	require.Nil(t, box(c, lost))
	require.Equal(t, api.ConditionTrue, nodeOf(c, "node-1").Status.Conditions[3].Status)
	require.Empty(t, taintsOf(c, "node-1"))
}
