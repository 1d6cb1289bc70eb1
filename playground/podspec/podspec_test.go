package podspec

import (
	"math"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/isolate"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/stretchr/testify/require"
)

const gi = 1 << 30

// read decodes a manifest and gives it what admission would: a UID and a class of service.
func read(t testing.TB, manifest string) *api.Pod {
	t.Helper()
	documents, err := schema.Decode([]byte(manifest), "pod.yaml")
	require.NoError(t, err)
	pod := documents[0].Object.(*api.Pod)
	pod.UID = "7b5c"
	pod.Status.QOSClass = schema.QOSClass(pod.Spec)
	return pod
}

const web = `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec:
  shareProcessNamespace: true
  securityContext: {runAsUser: 1000, runAsNonRoot: true, fsGroup: 2000, seccompProfile: {type: RuntimeDefault}}
  initContainers:
  - {name: wait, image: busybox, command: [sleep, "1"]}
  containers:
  - name: nginx
    image: nginx:1.27
    args: [-g, daemon off;]
    workingDir: /srv
    env:
    - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
    - {name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
    - {name: GREETING, value: "$(NAME) of $$(APP) and $(NOBODY) for $5"}
    - {name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
    resources: {requests: {cpu: 250m, memory: 256Mi}, limits: {cpu: 500m, memory: 512Mi}}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}
    volumeMounts:
    - {name: cache, mountPath: /cache}
    - {name: settings, mountPath: /etc/nginx, subPath: conf}
    - {name: logs, mountPath: /logs, readOnly: true}
  - name: exporter
    image: exporter
    securityContext: {runAsUser: 0, privileged: true}
  volumes:
  - {name: cache, emptyDir: {medium: Memory, sizeLimit: 16Mi}}
  - {name: settings, configMap: {name: nginx}}
  - {name: logs, hostPath: {path: /var/log}}
`

func TestWhatContainersShareIsHeldByPause(t *testing.T) {
	p := Of(read(t, web), 4*gi)
	require.Equal(t, []string{"/pause"}, p.Pause.Spec.Args)
	require.False(t, p.Pause.Spec.Open.Has(isolate.NetNS), "pause has the network of its own")
	require.Zero(t, p.Pause.Joins)
	require.Len(t, p.Containers, 3)
	require.True(t, p.Containers[0].Init)
	for _, c := range p.Containers {
		require.Equal(t, isolate.NetNS|isolate.IPCNS|isolate.UTSNS|isolate.PIDNS, c.Joins, c.Name)
		require.True(t, c.Spec.Open.Has(c.Joins|isolate.UserNS|isolate.TimeNS), "what is joined is not made")
		require.False(t, c.Spec.Open.Has(isolate.MountNS), "files are each container's own")
	}
}

func TestResourcesBecomeCgroups(t *testing.T) {
	p := Of(read(t, web), 4*gi)
	require.Equal(t, "/kubepods/burstable/pod7b5c", p.Cgroup.Path)
	require.Zero(t, p.Cgroup.Limits.Memory, "the exporter has no limit, so the pod has none")
	nginx := p.Containers[1]
	require.Equal(t, "/kubepods/burstable/pod7b5c/nginx", nginx.Cgroup)
	require.Equal(t, isolate.Limits{Memory: 512 << 20, CPU: 500, Weight: 35}, nginx.Spec.Limits)
	require.Equal(t, 1000-1000*256/4096, nginx.OOMScoreAdj)
	require.Equal(t, 999, p.Containers[0].OOMScoreAdj)
}

func TestClassesOfService(t *testing.T) {
	const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a, resources: RESOURCES}]}\n"
	for _, test := range []struct {
		resources, path string
		score           int
		limits          isolate.Limits
	}{
		{"{}", "/kubepods/besteffort/pod7b5c", 1000, isolate.Limits{Weight: 1}},
		{"{requests: {memory: 1Gi}}", "/kubepods/burstable/pod7b5c", 750, isolate.Limits{Weight: 1}},
		{"{requests: {memory: 4Gi}}", "/kubepods/burstable/pod7b5c", 3, isolate.Limits{Weight: 1}},
		{"{limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1, memory: 1Gi}}", "/kubepods/pod7b5c", -997, isolate.Limits{CPU: 1000, Memory: gi, Weight: 100}},
	} {
		p := Of(read(t, strings.Replace(pod, "RESOURCES", test.resources, 1)), 4*gi)
		require.Equal(t, test.path, p.Cgroup.Path, test.resources)
		require.Equal(t, test.limits, p.Cgroup.Limits, test.resources)
		require.Equal(t, test.score, p.Containers[0].OOMScoreAdj, test.resources)
	}
}

func TestSecurityContextsBecomeWalls(t *testing.T) {
	p := Of(read(t, web), 4*gi)
	nginx, exporter := p.Containers[1].Spec, p.Containers[2].Spec
	require.Equal(t, isolate.User{UID: 1000, Groups: []uint32{2000}}, nginx.User)
	require.False(t, nginx.Open.Has(isolate.NoNewPrivs), "allowPrivilegeEscalation is false")
	require.False(t, nginx.Open.Has(isolate.Seccomp), "there is a profile")
	require.True(t, nginx.ReadOnly)
	require.Equal(t, "CAP_NET_BIND_SERVICE", nginx.Capabilities.Bounding.String())
	require.Zero(t, nginx.Capabilities.Effective, "a user who is not root has none: Kubernetes sets no ambient capabilities")
	require.True(t, exporter.Open.Has(isolate.Masks|isolate.Seccomp|isolate.NoNewPrivs), "privileged")
	all, err := isolate.ParseCapabilities("all")
	require.NoError(t, err)
	require.Equal(t, all, exporter.Capabilities.Effective)

	plain := Of(read(t, "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n"), 0).Containers[0].Spec
	require.Equal(t, 14, strings.Count(plain.Capabilities.Bounding.String(), "CAP_"))
	require.True(t, plain.Open.Has(isolate.Seccomp|isolate.NoNewPrivs), "open unless asked for")
}

func TestNamespacesOfTheNode(t *testing.T) {
	const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {FIELDS, containers: [{name: a, image: a}]}\n"
	for fields, open := range map[string]isolate.Walls{
		"hostNetwork: true": isolate.NetNS | isolate.UTSNS | isolate.UserNS | isolate.TimeNS,
		"hostPID: true":     isolate.PIDNS | isolate.UserNS | isolate.TimeNS,
		"hostIPC: true":     isolate.IPCNS | isolate.UserNS | isolate.TimeNS,
		"hostUsers: false":  isolate.TimeNS,
	} {
		p := Of(read(t, strings.Replace(pod, "FIELDS", fields, 1)), 0)
		require.Equal(t, open, p.Pause.Spec.Open, fields)
		require.Zero(t, p.Containers[0].Joins&open, "%s: nobody holds what nobody has", fields)
		require.Equal(t, fields == "hostUsers: false", p.Containers[0].Joins.Has(isolate.UserNS))
	}
}

func TestVariablesAndFiles(t *testing.T) {
	nginx := Of(read(t, web), 0).Containers[1]
	require.Subset(t, nginx.Spec.Env, []string{"HOSTNAME=web", "NAME=web", "APP=web", "GREETING=web of $(APP) and $(NOBODY) for $5"})
	require.Equal(t, []string{"PASSWORD from Secret db"}, nginx.Unresolved)
	require.Equal(t, []string{"-g", "daemon off;"}, nginx.Spec.Args)
	require.Equal(t, "/srv", nginx.Spec.Dir)
	require.Equal(t, []isolate.Mount{
		{Kind: isolate.Tmpfs, Target: "/cache", Writable: true, Size: 16 << 20},
		{Kind: isolate.Bind, Source: "/var/lib/kubelet/pods/7b5c/volumes/kubernetes.io~configmap/settings/conf", Target: "/etc/nginx"},
		{Kind: isolate.Bind, Source: "/var/log", Target: "/logs"},
	}, nginx.Spec.Mounts[2:])
}

// Whatever a Pod says, the plan for it can be made: what is explained and run elsewhere begins here.
func TestEverySpecHasAPlan(t *testing.T) {
	p := Of(read(t, web), 4*gi)
	for _, c := range append(p.Containers, p.Pause) {
		if len(c.Spec.Args) == 0 {
			c.Spec.Args = []string{"/bin/exporter"} // the image says it
		}
		plan, err := isolate.Build(c.Spec, isolate.Host{})
		require.NoError(t, err, c.Name)
		require.NotEmpty(t, plan.Steps)
	}
}

func TestWeightIsTheFormulaOfTheRuntimes(t *testing.T) {
	for shares, want := range map[int64]int64{2: 1, 1024: 100, 1 << 18: 10000} {
		require.Equal(t, want, weight(shares))
	}
	before := int64(0)
	for s := int64(2); s <= 1<<18; s += 7 {
		l := math.Log2(float64(s))
		require.InDelta(t, math.Ceil(math.Pow(10, (l*l+125*l)/612-7.0/34)), weight(s), 1, s)
		require.GreaterOrEqual(t, weight(s), before, "more shares never weigh less")
		before = weight(s)
	}
}

func TestAHostNameIsOneLabel(t *testing.T) {
	pod := read(t, "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n")
	pod.Name = strings.Repeat("a", 62) + "-b"
	require.Equal(t, strings.Repeat("a", 62), hostname(pod))
}
