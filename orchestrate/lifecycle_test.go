package orchestrate_test

import (
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/store"
	"github.com/stretchr/testify/require"
)

func TestHowAContainerEndsWhenItIsAskedTo(t *testing.T) {
	sleepy := newPod("sleepy", "nginx")
	sleepy.Spec.Containers[0].Lifecycle = &api.Lifecycle{PreStop: &api.LifecycleHandler{Sleep: &api.SleepAction{Seconds: 5}}}
	endless := newPod("endless", "nginx")
	endless.Spec.Containers[0].Lifecycle = &api.Lifecycle{PreStop: &api.LifecycleHandler{Exec: &api.ExecAction{Command: []string{"sleep", "3600"}}}}
	for _, test := range []struct {
		name string
		pod  *api.Pod
		took time.Duration
		code int32
	}{
		{"nginx ends well", newPod("web", "nginx"), 250 * time.Millisecond, 0},
		{"a Go program as process 1", newPod("web", "gcr.io/google-samples/hello-app:1.0"), 50 * time.Millisecond, 2},
		{"Java says 128+15", newPod("web", "slipway/slow-starter"), 550 * time.Millisecond, 143},
		{"sleep does not listen and is killed", run("web", "busybox", "sleep", "1000"), 30 * time.Second, 137},
		{"a trap listens between two commands", run("web", "busybox", "sh", "-c", "trap 'exit 3' TERM; while true; do sleep 2; done"), time.Second, 3},
		{"a preStop hook comes first", sleepy, 5250 * time.Millisecond, 0},
		{"but not beyond the grace period, which then gets two seconds more", endless, 30200 * time.Millisecond, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := tell(t, 1, test.pod).after(10 * time.Second)
			name := test.pod.Name
			require.Equal(t, "1/1 Running 0", s.status(name))
			s.remove(name)
			var last *api.ContainerStateTerminated
			took := s.until(func() bool {
				if p := find(s.Cluster, name); p != nil && p.Status.ContainerStatuses[0].State.Terminated != nil {
					last = p.Status.ContainerStatuses[0].State.Terminated
				}
				return last != nil
			})
			require.InDelta(t, test.took.Seconds(), took.Seconds(), 1.1)
			require.Equal(t, test.code, last.ExitCode)
			s.after(time.Second)
			require.Equal(t, "gone", s.status(name))
			require.Contains(t, s.events(name), "Normal Killing: Stopping container "+name+"\n")
		})
	}
}

func TestAContainerThatTakesMoreMemoryThanItMayIsKilled(t *testing.T) {
	s := tell(t, 1, memory(newPod("leaky", "slipway/leaky"), "64Mi")).after(time.Second)
	took := s.until(func() bool { return find(s.Cluster, "leaky").Status.ContainerStatuses[0].State.Terminated != nil })
	require.InDelta(t, 22, took.Seconds(), 1, "20 MiB and 2 more each second make 64 after 22 seconds")
	st := find(s.Cluster, "leaky").Status.ContainerStatuses[0]
	require.Equal(t, "OOMKilled", st.State.Terminated.Reason)
	require.EqualValues(t, 137, st.State.Terminated.ExitCode)
	s.after(2 * time.Second)
	require.Equal(t, "1/1 Running 1", s.status("leaky"), "and started again")

	fits := memory(run("fits", "polinux/stress", "stress", "--vm", "1", "--vm-bytes", "150M", "--vm-hang", "1"), "200Mi")
	not := memory(run("not", "polinux/stress", "stress", "--vm", "1", "--vm-bytes", "250M", "--vm-hang", "1"), "100Mi")
	s = tell(t, 1, fits, not).after(time.Minute)
	require.Equal(t, "1/1 Running 0", s.status("fits"))
	require.Equal(t, "OOMKilled", find(s.Cluster, "not").Status.ContainerStatuses[0].LastTerminationState.Terminated.Reason)
}

func TestAContainerWithoutItsConfigurationWaitsForIt(t *testing.T) {
	p := newPod("web", "nginx")
	p.Spec.Containers[0].Env = []api.EnvVar{{Name: "COLOUR", ValueFrom: &api.EnvVarSource{ConfigMapKeyRef: &api.KeySelector{LocalObjectReference: api.LocalObjectReference{Name: "settings"}, Key: "colour"}}}}
	s := tell(t, 1, p).after(5 * time.Second)
	require.Equal(t, "0/1 CreateContainerConfigError 0", s.status("web"))
	require.Equal(t, `configmap "settings" not found`, find(s.Cluster, "web").Status.ContainerStatuses[0].State.Waiting.Message)
	require.Contains(t, s.events("web"), "Warning Failed: Error: configmap \"settings\" not found\n")

	_, err := s.Do(orchestrate.Request{Verb: store.VerbCreate, Object: &api.ConfigMap{
		ObjectMeta: api.ObjectMeta{Name: "settings", Namespace: "default"}, Data: map[string]string{"color": "red"},
	}})
	require.NoError(t, err)
	s.after(15 * time.Second)
	require.Equal(t, "couldn't find key colour in ConfigMap default/settings", find(s.Cluster, "web").Status.ContainerStatuses[0].State.Waiting.Message)

	o, _, _ := s.Snapshot().Get(api.KindConfigMap, "default", "settings")
	next := api.DeepCopy(o).(*api.ConfigMap)
	next.Data["colour"] = "blue"
	_, err = s.Do(orchestrate.Request{Verb: store.VerbUpdate, Object: next})
	require.NoError(t, err)
	s.after(15 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("web"))
}

func TestAVolumeWhoseSecretIsMissingKeepsThePodFromStarting(t *testing.T) {
	p := newPod("web", "nginx")
	p.Spec.Volumes = []api.Volume{{Name: "keys", VolumeSource: api.VolumeSource{Secret: &api.SecretVolumeSource{SecretName: "keys"}}}}
	s := tell(t, 1, p).after(5 * time.Second)
	require.Contains(t, s.events("web"), `Warning FailedMount: MountVolume.SetUp failed for volume "keys" : secret "keys" not found`)
	_, err := s.Do(orchestrate.Request{Verb: store.VerbCreate, Object: &api.Secret{ObjectMeta: api.ObjectMeta{Name: "keys", Namespace: "default"}}})
	require.NoError(t, err)
	s.after(15 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("web"))
}

// A sidecar starts before the others, runs beside them, and ends after them.
func TestASidecarOutlivesWhatItServes(t *testing.T) {
	always := api.RestartAlways
	p := run("job", "busybox", "sleep", "5")
	p.Spec.RestartPolicy = api.RestartNever
	p.Spec.InitContainers = []api.Container{{Name: "proxy", Image: "nginx", RestartPolicy: &always}}
	s := tell(t, 1, p).after(6 * time.Second)
	require.Equal(t, "1/1 Running 0", s.status("job"))
	require.NotNil(t, find(s.Cluster, "job").Status.InitContainerStatuses[0].State.Running)
	s.after(10 * time.Second)
	require.Equal(t, api.PodSucceeded, find(s.Cluster, "job").Status.Phase)
	require.NotNil(t, find(s.Cluster, "job").Status.InitContainerStatuses[0].State.Terminated)
}

func TestAnInitContainerThatFailsHoldsThePod(t *testing.T) {
	p := newPod("web", "nginx")
	p.Spec.InitContainers = []api.Container{{Name: "migrate", Image: "busybox", Command: []string{"false"}}}
	s := tell(t, 1, p).after(time.Minute)
	st := find(s.Cluster, "web").Status
	require.Equal(t, api.PodPending, st.Phase)
	require.Equal(t, "CrashLoopBackOff", st.InitContainerStatuses[0].State.Waiting.Reason)
	require.Equal(t, "PodInitializing", st.ContainerStatuses[0].State.Waiting.Reason)
	never := newPod("never", "nginx")
	never.Spec.RestartPolicy = api.RestartNever
	never.Spec.InitContainers = p.Spec.InitContainers
	s = tell(t, 1, never).after(time.Minute)
	require.Equal(t, api.PodFailed, find(s.Cluster, "never").Status.Phase)
}

func TestAPodMayRunOnlySoLong(t *testing.T) {
	p := run("job", "busybox", "sleep", "1000")
	seconds, grace := int64(10), int64(2)
	p.Spec.ActiveDeadlineSeconds, p.Spec.TerminationGracePeriodSeconds = &seconds, &grace
	s := tell(t, 1, p).after(30 * time.Second)
	st := find(s.Cluster, "job").Status
	require.Equal(t, api.PodFailed, st.Phase)
	require.Equal(t, "DeadlineExceeded", st.Reason)
	require.NotNil(t, st.ContainerStatuses[0].State.Terminated)
}

func TestTheBackOffDoublesToFiveMinutesAndIsForgottenAfterTenGoodOnes(t *testing.T) {
	s := tell(t, 1, run("b", "busybox", "false"))
	var pauses []time.Duration
	ended := time.Duration(0)
	for len(pauses) < 9 {
		s.until(func() bool {
			st := find(s.Cluster, "b").Status.ContainerStatuses
			return len(st) > 0 && st[0].State.Terminated != nil
		})
		ended = s.Now()
		n := find(s.Cluster, "b").Status.ContainerStatuses[0].RestartCount
		s.until(func() bool { return find(s.Cluster, "b").Status.ContainerStatuses[0].RestartCount > n })
		pauses = append(pauses, (s.Now() - ended).Round(time.Second))
	}
	seconds := func(n ...int) (out []time.Duration) {
		for _, n := range n {
			out = append(out, time.Duration(n)*time.Second)
		}
		return out
	}
	require.Equal(t, seconds(1, 10, 20, 40, 80, 160, 300, 300, 300), pauses)

	s = tell(t, 1, run("b", "busybox", "sh", "-c", "sleep 660; exit 1")).after(36 * time.Minute)
	require.NotEqual(t, "0/1 CrashLoopBackOff 3", s.status("b"))
	require.EqualValues(t, 3, find(s.Cluster, "b").Status.ContainerStatuses[0].RestartCount, "each restart was at once")
}
