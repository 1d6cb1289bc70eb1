package api_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/labels"
	"github.com/slipway-dev/slipway/orchestrate/api"
)

func TestCloneSharesAndDeepCopyDoesNot(t *testing.T) {
	pod := &api.Pod{Spec: &api.PodSpec{Containers: []api.Container{{Name: "web"}}}}
	pod.Labels = map[string]string{"app": "web"}

	clone := pod.Clone().(*api.Pod)
	clone.Name = "other"
	require.Empty(t, pod.Name)
	require.Same(t, pod.Spec, clone.Spec)

	deep := api.DeepCopy(pod).(*api.Pod)
	require.Equal(t, pod, deep)
	deep.Spec.Containers[0].Name = "changed"
	deep.Labels["app"] = "changed"
	require.Equal(t, "web", pod.Spec.Containers[0].Name)
	require.Equal(t, "web", pod.Labels["app"])
	require.Nil(t, api.DeepCopy(nil))
}

func TestEachKindKnowsItself(t *testing.T) {
	for _, o := range []api.Object{&api.Namespace{}, &api.Node{}, &api.Pod{}, &api.Event{}, &api.Sandbox{},
		&api.ReplicaSet{}, &api.Deployment{}, &api.Service{}, &api.EndpointSlice{}, &api.ConfigMap{}, &api.Secret{},
		&api.ServiceAccount{}, &api.Lease{}} {
		o.Meta().Name = "x"
		require.Equal(t, "x", o.Clone().Meta().Name)
		require.Equal(t, o.Kind(), o.Clone().Kind())
		require.Equal(t, "*api."+o.Kind().String(), fmt.Sprintf("%T", o))
	}
}

// The texts were recorded from k8s.io/api v0.37.2, so that nothing is shown that upstream leaves out
// and nothing is left out that it shows.
func TestEmptyObjectsShowWhatUpstreamShows(t *testing.T) {
	pod := &api.Pod{Spec: &api.PodSpec{Containers: []api.Container{{
		Env:           []api.EnvVar{{ValueFrom: &api.EnvVarSource{ResourceFieldRef: &api.ResourceFieldSelector{}}}},
		LivenessProbe: &api.Probe{ProbeHandler: api.ProbeHandler{HTTPGet: &api.HTTPGetAction{}}},
	}}}}
	pod.Status.Conditions = []api.PodCondition{{}}
	pod.Status.ContainerStatuses = []api.ContainerStatus{{State: api.ContainerState{
		Running: &api.ContainerStateRunning{}, Terminated: &api.ContainerStateTerminated{}}}}
	node := &api.Node{Status: api.NodeStatus{Conditions: []api.NodeCondition{{}}}}
	for _, tt := range []struct {
		object any
		want   string
	}{
		{&api.Event{}, `{"metadata":{},"involvedObject":{},"source":{},"firstTimestamp":null,"lastTimestamp":null,"eventTime":null,"reportingComponent":"","reportingInstance":""}`},
		{pod, `{"metadata":{},"spec":{"containers":[{"name":"","env":[{"name":"","valueFrom":{"resourceFieldRef":{"resource":"","divisor":"0"}}}],"resources":{},"livenessProbe":{"httpGet":{"port":0}}}]},"status":{"conditions":[{"type":"","status":"","lastProbeTime":null,"lastTransitionTime":null}],"containerStatuses":[{"name":"","state":{"running":{"startedAt":null},"terminated":{"exitCode":0,"startedAt":null,"finishedAt":null}},"lastState":{},"ready":false,"restartCount":0,"image":"","imageID":""}]}}`},
		{node, `{"metadata":{},"spec":{},"status":{"conditions":[{"type":"","status":"","lastHeartbeatTime":null,"lastTransitionTime":null}],"daemonEndpoints":{"kubeletEndpoint":{"Port":0}},"nodeInfo":{"machineID":"","systemUUID":"","bootID":"","kernelVersion":"","osImage":"","containerRuntimeVersion":"","kubeletVersion":"","kubeProxyVersion":"","operatingSystem":"","architecture":""}}}`},
		{&api.Deployment{Spec: api.DeploymentSpec{Template: api.PodTemplateSpec{Spec: &api.PodSpec{Containers: []api.Container{}}}}}, `{"metadata":{},"spec":{"selector":null,"template":{"metadata":{},"spec":{"containers":[]}},"strategy":{}},"status":{}}`},
		{&api.ReplicaSet{}, `{"metadata":{},"spec":{"selector":null,"template":{"metadata":{}}},"status":{"replicas":0}}`},
		{&api.Service{Spec: api.ServiceSpec{Ports: []api.ServicePort{{}}}}, `{"metadata":{},"spec":{"ports":[{"port":0,"targetPort":0}]},"status":{"loadBalancer":{}}}`},
		{&api.EndpointSlice{Endpoints: []api.Endpoint{{}}}, `{"metadata":{},"addressType":"","endpoints":[{"addresses":null,"conditions":{}}],"ports":null}`},
		{&api.Secret{Data: map[string][]byte{"a": []byte("1")}}, `{"metadata":{},"data":{"a":"MQ=="}}`},
		{&api.Lease{}, `{"metadata":{},"spec":{}}`},
		{&api.Namespace{Status: api.NamespaceStatus{Conditions: []api.NamespaceCondition{{}}}}, `{"metadata":{},"spec":{},"status":{"conditions":[{"type":"","status":"","lastTransitionTime":null}]}}`},
	} {
		b, err := json.Marshal(tt.object)
		require.NoError(t, err)
		require.Equal(t, tt.want, string(b))
	}
}

func TestLabelSelectorsCompile(t *testing.T) {
	web := &api.LabelSelector{MatchLabels: map[string]string{"app": "web"},
		MatchExpressions: []api.LabelSelectorRequirement{{Key: "tier", Operator: api.LabelNotIn, Values: []string{"db"}}}}
	for _, tt := range []struct {
		selector *api.LabelSelector
		finds    bool
		text     string
	}{{web, true, "app=web,tier notin (db)"}, {&api.LabelSelector{}, true, "<none>"}, {nil, false, "<none>"}} {
		s, err := tt.selector.Compile()
		require.NoError(t, err)
		require.Equal(t, tt.finds, s.Matches(labels.Set{"app": "web"}))
		require.Equal(t, tt.text, tt.selector.String())
	}
	web.MatchExpressions[0].Operator = "Near"
	_, err := web.Compile()
	require.ErrorContains(t, err, `"Near" is not a valid label selector operator`)
}

func TestIntOrStringKeepsWhichItIs(t *testing.T) {
	var ports []api.IntOrString
	require.NoError(t, json.Unmarshal([]byte(`[80,"http","80"]`), &ports))
	require.Equal(t, []api.IntOrString{api.IntOf(80), api.TextOf("http"), api.TextOf("80")}, ports)
	require.Equal(t, "80 http 80", fmt.Sprint(ports[0], " ", ports[1], " ", ports[2]))
	b, err := json.Marshal(ports)
	require.NoError(t, err)
	require.Equal(t, `[80,"http","80"]`, string(b))
	require.Error(t, json.Unmarshal([]byte(`[{}]`), &ports))
}

func TestTimesReadWhatTheyPrint(t *testing.T) {
	for _, text := range []string{`"2017-02-18T02:00:00Z"`, `null`} {
		var at api.Time
		require.NoError(t, json.Unmarshal([]byte(text), &at))
		b, err := json.Marshal(at)
		require.NoError(t, err)
		require.Equal(t, text, string(b))
	}
	var at api.MicroTime
	require.NoError(t, json.Unmarshal([]byte(`"2017-02-18T02:00:00.123456Z"`), &at))
	require.Equal(t, "2017-02-18T02:00:00.123456Z", at.String())
	var bad api.Time
	require.Error(t, json.Unmarshal([]byte(`"yesterday"`), &bad))
	require.Error(t, json.Unmarshal([]byte(`5`), &bad))
}

func TestRevisionIsTextInJSON(t *testing.T) {
	var r api.Revision
	require.NoError(t, json.Unmarshal([]byte(`"42"`), &r))
	require.Equal(t, api.Revision(42), r)
	require.Error(t, json.Unmarshal([]byte(`"latest"`), &r))
	require.Error(t, json.Unmarshal([]byte(`42`), &r))
}

func TestKindsIsASet(t *testing.T) {
	s := api.KindsOf(api.KindPod, api.KindNode)
	require.True(t, s.Has(api.KindPod))
	require.False(t, s.Has(api.KindEvent))
	require.Equal(t, "Unknown", api.NumKinds.String())
}

func TestRunStatesHaveNames(t *testing.T) {
	require.Equal(t, "Waiting", api.RunWaiting.String())
	require.Equal(t, "Exited", api.RunExited.String())
	require.Equal(t, "Unknown", api.RunState(99).String())
}
