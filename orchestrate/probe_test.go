package orchestrate_test

import (
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/stretchr/testify/require"
)

// The first exercise of the Kubernetes documentation on probes: a file is there for thirty seconds, then it is not.
func TestALivenessProbeRestartsWhatIsNotWell(t *testing.T) {
	p := run("liveness", "busybox", "sh", "-c", "touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600")
	probe := every(5, execs("cat", "/tmp/healthy"))
	probe.InitialDelaySeconds = 5
	p.Spec.Containers[0].LivenessProbe = probe
	s := tell(t, 1, p).after(30 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("liveness"))
	require.NotContains(t, s.events("liveness"), "Unhealthy", "nothing has happened yet")

	s.after(20 * time.Second)
	require.Contains(t, s.events("liveness"), `Warning Unhealthy: Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory (x3)
Normal Killing: Container liveness failed liveness probe, will be restarted
`)
	// The shell ignores SIGTERM: the grace period of thirty seconds passes first.
	require.Equal(t, "1/1 Running 0", s.status("liveness"))
	s.after(35 * time.Second)
	require.Equal(t, "1/1 Running 1", s.status("liveness"))
	last := find(s.Cluster, "liveness").Status.ContainerStatuses[0].LastTerminationState.Terminated
	require.EqualValues(t, 137, last.ExitCode)
	require.Equal(t, "Error", last.Reason)
}

func TestAnHTTPProbeGoesByTheStatus(t *testing.T) {
	p := newPod("liveness", "registry.k8s.io/e2e-test-images/agnhost:2.40")
	p.Spec.Containers[0].Args = []string{"liveness"}
	p.Spec.Containers[0].LivenessProbe = every(3, gets("/healthz", 8080))
	s := tell(t, 1, p).after(40 * time.Second)
	require.Contains(t, s.events("liveness"), "Warning Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 500 (x")
	require.Contains(t, s.events("liveness"), "Container liveness failed liveness probe, will be restarted")
}

// A program that takes half a minute to serve is running at once. Only a readiness probe knows the difference.
func TestAReadinessProbeKeepsTrafficAwayUntilAProgramServes(t *testing.T) {
	blind, careful := newPod("blind", "slipway/slow-starter"), newPod("careful", "slipway/slow-starter")
	careful.Spec.Containers[0].ReadinessProbe = every(5, gets("/healthz", 8080))
	s := tell(t, 1, blind, careful).after(15 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("blind"))
	require.Equal(t, "0/1 Running 0", s.status("careful"))
	require.Contains(t, s.events("careful"), "Readiness probe failed: Get \"http://10.244.1.3:8080/healthz\": dial tcp 10.244.1.3:8080: connect: connection refused")
	ready, _ := api.PodConditionOf(find(s.Cluster, "careful").Status.Conditions, api.PodReady)
	require.Equal(t, "containers with unready status: [careful]", ready.Message)

	s.after(30 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("careful"))
	ready, _ = api.PodConditionOf(find(s.Cluster, "careful").Status.Conditions, api.PodReady)
	initialized, _ := api.PodConditionOf(find(s.Cluster, "careful").Status.Conditions, api.PodInitialized)
	require.Greater(t, ready.LastTransitionTime, initialized.LastTransitionTime+25, "each condition has its own time")
}

func TestALivenessProbeWithoutPatienceKillsASlowStarterForever(t *testing.T) {
	hasty, patient := newPod("hasty", "slipway/slow-starter"), newPod("patient", "slipway/slow-starter")
	for _, p := range []*api.Pod{hasty, patient} {
		p.Spec.Containers[0].LivenessProbe = every(5, gets("/healthz", 8080))
	}
	patient.Spec.Containers[0].StartupProbe = every(5, gets("/healthz", 8080))
	patient.Spec.Containers[0].StartupProbe.FailureThreshold = 30
	s := tell(t, 1, hasty, patient).after(10 * time.Minute)
	require.Equal(t, "1/1 Running 0", s.status("patient"))
	st := find(s.Cluster, "hasty").Status.ContainerStatuses[0]
	require.Greater(t, st.RestartCount, int32(3))
	require.EqualValues(t, 143, st.LastTerminationState.Terminated.ExitCode, "Java ends of SIGTERM with 128+15")
}

func TestAStartupProbeThatNeverSucceedsEndsTheContainer(t *testing.T) {
	p := newPod("web", "nginx")
	p.Spec.Containers[0].StartupProbe = every(2, gets("/not-there", 80))
	s := tell(t, 1, p).after(9 * time.Second)
	require.Contains(t, s.events("web"), "Warning Unhealthy: Startup probe failed: HTTP probe failed with statuscode: 404 (x3)\n")
	require.Contains(t, s.events("web"), "Normal Killing: Container web failed startup probe, will be restarted\n")
}

func TestATCPProbeOnlyConnects(t *testing.T) {
	p := newPod("db", "redis:7")
	p.Spec.Containers[0].Ports = []api.ContainerPort{{Name: "redis", ContainerPort: 6379}}
	p.Spec.Containers[0].ReadinessProbe = every(10, api.ProbeHandler{TCPSocket: &api.TCPSocketAction{Port: api.TextOf("redis")}})
	s := tell(t, 1, p).after(10 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("db"))
	wrong := newPod("wrong", "redis:7")
	wrong.Spec.Containers[0].ReadinessProbe = every(10, api.ProbeHandler{TCPSocket: &api.TCPSocketAction{Port: api.IntOf(6380)}})
	require.NoError(t, apply(s.Cluster, wrong))
	s.after(10 * time.Second)
	require.Contains(t, s.events("wrong"), "Readiness probe failed: dial tcp 10.244.1.3:6380: connect: connection refused")
}

// A container whose probes go on succeeding costs nothing: no step is taken for an hour.
func TestASteadyContainerIsNotPolled(t *testing.T) {
	p := newPod("web", "nginx")
	p.Spec.Containers[0].ReadinessProbe = every(1, gets("/", 80))
	p.Spec.Containers[0].LivenessProbe = every(1, gets("/", 80))
	s := tell(t, 1, p).after(time.Minute)
	require.Equal(t, "1/1 Running 0", s.status("web"))
	before := s.Revision()
	s.after(time.Hour)
	for l := range s.Trace(before, s.Revision()) {
		require.True(t, l.Kind == api.KindLease || l.Reason == "Heartbeat", "%+v", l)
	}
}

// And one whose probes go on failing becomes quiet: of what is repeated without end nobody is told any more.
func TestAnEndlessComplaintFadesOut(t *testing.T) {
	p := newPod("web", "nginx")
	p.Spec.Containers[0].ReadinessProbe = every(5, gets("/", 8080))
	s := tell(t, 1, p)
	rest, err := s.Settle(time.Hour)
	require.NoError(t, err)
	require.True(t, rest.Quiet)
	require.Equal(t, "0/1 Running 0", s.status("web"))
}

// Somebody says in the container that it is ready, and then that it is not.
func TestAProbeSeesWhatPeopleDoInAContainer(t *testing.T) {
	p := newPod("web", "nginx")
	p.Spec.Containers[0].ReadinessProbe = every(5, execs("cat", "/tmp/ready"))
	s := tell(t, 1, p).after(10 * time.Second)
	require.Equal(t, "0/1 Running 0", s.status("web"))
	do := func(command ...string) string {
		res, ok := s.Exec("", find(s.Cluster, "web"), "web", command)
		require.True(t, ok)
		return res.Out
	}
	do("touch", "/tmp/ready")
	s.after(6 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("web"))
	require.Equal(t, "ready\n", do("ls", "/tmp"))
	s.after(time.Hour)
	do("rm", "/tmp/ready")
	s.after(16 * time.Second)
	require.Equal(t, "0/1 Running 0", s.status("web"), "after three failures")
	_, ok := s.Exec("", find(s.Cluster, "web"), "nobody", []string{"true"})
	require.False(t, ok)
}
