package kubectl_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/playground/kubectl"
	"github.com/stretchr/testify/require"
)

func troubledBox(t *testing.T) *box {
	b := newBox()
	for _, line := range []string{
		"create deployment web --image=nginx --replicas=30", "create deployment bad --image=nginx:nope", "expose deployment web --port=80",
		"create service clusterip lost --tcp=80", "create service clusterip bad --tcp=80", "create configmap settings --from-literal=A=b",
		"create configmap idle --from-literal=a=b", "set env deployment/bad --from=configmap/settings", "taint node node-1 team=a:NoSchedule",
	} {
		require.Empty(t, b.run(line).Stderr, line)
	}
	b.pass(time.Minute)
	return b
}

// Endpoints are nobody's object: what made them is the Service's story.
func TestWhyOfEndpointsIsThatOfTheirService(t *testing.T) {
	b := troubledBox(t)
	want := kubectl.Why(b.env, []string{"service/web"}).Stdout
	require.Contains(t, want, "created service/web")
	require.Equal(t, want, kubectl.Why(b.env, []string{"endpoints/web"}).Stdout)
}

func TestWhyGoesDownToWhatIsWrong(t *testing.T) {
	b := troubledBox(t)
	for line, want := range map[string]string{
		"deploy/bad":  "0 of 1 ready\n    Available is False: Deployment does not have minimum availability.\n  replicaset/bad-",
		"rs/nope":     "Error from server (NotFound): replicasets.apps \"nope\" not found\n",
		"svc/bad":     "    none of its pods is ready, so connections are refused\n",
		"svc/lost":    "    no pod has the labels app=lost; there are pods with app=bad, app=web\n",
		"svc/web":     "   30 of 30 pods\n",
		"cm/idle":     "configmap/idle   used by 0 pods\n",
		"cm/settings": "used by ",
		"sa/default":  "uses it",
		"node/node-1": "taint team   NoSchedule\n      pods that do not tolerate it stay away\n",
		"deploy/web":  "... and 28 more like it\n",
	} {
		require.Contains(t, whySays(b, line), want, line)
	}
	require.Contains(t, whySays(b, "deploy/bad"), "container nginx: Back-off pulling image \"nginx:nope\"")
	require.Contains(t, whySays(b, "svc/web"), "gets requests")
	require.NotContains(t, whySays(b, "svc/web"), "left out")
}

// What is wrong is told first: of many parts those that are well make room.
func TestWhyKeepsWhatIsWrong(t *testing.T) {
	b := troubledBox(t)
	b.run("set image deployment/web nginx=nginx:nope")
	b.pass(time.Minute)
	out := whySays(b, "deploy/web")
	require.Contains(t, out, "ImagePullBackOff")
	require.Contains(t, out, "  and ")
}

func TestWhyFitsIntoEightyColumnsForEveryKind(t *testing.T) {
	b := troubledBox(t)
	asked := 0
	for _, r := range schema.Resources() {
		objs, err := b.env.Server.List(r, "", request.ListOptions{})
		require.NoError(t, err)
		if len(objs) == 0 || r.Plural == "endpoints" {
			continue
		}
		m := objs[len(objs)-1].Meta()
		where := m.Namespace
		if where == "" {
			where = "default"
		}
		asked++
		out := whySays(b, r.Singular+"/"+m.Name+" -n "+where)
		require.True(t, strings.HasPrefix(out, "+"), out)
		for line := range strings.Lines(out) {
			require.LessOrEqual(t, len([]rune(strings.TrimSuffix(line, "\n"))), 80, line)
		}
		require.Contains(t, whySays(b, r.Singular+"/"+m.Name+" -o json -n "+where), `"chain": [`)
	}
	require.Greater(t, asked, 8)
	tree := whySays(b, "svc/bad -o yaml")
	require.Contains(t, tree, "parts:\n- level: 0\n  object: service/bad\n  state: 0 of 1 pods\n  why: none of its pods is ready, so connections are refused\n")
}

func TestGetRaw(t *testing.T) {
	b := newBox()
	require.Contains(t, b.run("get --raw /api/v1/namespaces/default").Stdout, `{"apiVersion":"v1","kind":"Namespace",`)
	require.Contains(t, b.run("get --raw /api/v1/nodes?labelSelector=nope").Stdout, `"items":[]`)
	for line, want := range map[string]string{
		"get --raw /nope": "Error from server (NotFound): the server could not find the requested resource\n",
		"get --raw /api/v1/namespaces/default/pods/x": "Error from server (NotFound): pods \"x\" not found\n",
		"get --raw /api pods":                         "error: arguments may not be passed when --raw is specified\n",
		"get --raw /api -o yaml":                      "error: --raw and --output are mutually exclusive\n",
		"get --raw /api -w":                           "error: --raw may not be specified with other flags that filter the server request or alter the output\n",
	} {
		require.Equal(t, want, b.run(line).Stderr, line)
	}
	require.Equal(t, "ok", b.run("get --raw /healthz").Stdout)
}

func TestWatchSaysWhatHappened(t *testing.T) {
	b := newBox()
	require.Equal(t, "error: --output-watch-events option can only be used with --watch or --watch-only\n", b.run("get pods --output-watch-events").Stderr)
	b.run("run old --image=nginx")
	b.pass(10 * time.Second)
	res := kubectl.Run(b.env, strings.Fields("get pods -w --output-watch-events --no-headers"))
	require.Contains(t, res.Stdout, "ADDED   old")
	kubectl.Run(b.env, strings.Fields("delete pod old --now --wait=false"))
	b.pass(time.Minute)
	next, done := res.Job.Poll(b.env)
	require.False(t, done)
	require.Regexp(t, `(?m)^DELETED +old `, next.Stdout)
	require.Regexp(t, `(?m)^MODIFIED +old `, next.Stdout)
}

func whySays(b *box, line string) string {
	res := kubectl.Why(b.env, strings.Fields(line))
	return res.Stdout + res.Stderr
}

const troubledPods = `apiVersion: v1
kind: Pod
metadata: {name: oom}
spec:
  containers:
  - {name: c, image: polinux/stress, command: [stress, --vm, "1", --vm-bytes, 200M], resources: {limits: {memory: 100Mi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: probe}
spec:
  containers:
  - {name: c, image: nginx, readinessProbe: {httpGet: {path: /nope, port: 80}}}
---
apiVersion: v1
kind: Pod
metadata: {name: init}
spec:
  initContainers: [{name: wait, image: busybox, command: [sleep, "10000"]}]
  containers: [{name: c, image: nginx}]
---
apiVersion: v1
kind: Pod
metadata: {name: vol}
spec:
  volumes: [{name: s, secret: {secretName: nope}}]
  containers: [{name: c, image: nginx}]
---
apiVersion: v1
kind: Pod
metadata: {name: once}
spec:
  restartPolicy: Never
  containers: [{name: c, image: busybox, command: [sh, -c, exit 3]}]
---
apiVersion: v1
kind: Pod
metadata: {name: fin, finalizers: [example.com/never]}
spec:
  containers: [{name: c, image: nginx}]
`

// A learner who asks why gets an answer that can be acted on, and not only the name of a state.
func TestWhySaysWhatIsWrongWithPods(t *testing.T) {
	b := newBox()
	b.env.Files = files{"pods.yaml": troubledPods}
	for _, line := range []string{"apply -f pods.yaml", "run crash --image=slipway/crashing", "create namespace shop", "run there --image=nginx -n shop"} {
		require.Empty(t, b.run(line).Stderr, line)
	}
	b.pass(100 * time.Second)
	b.run("delete pod fin --wait=false")
	b.run("delete namespace shop --wait=false")
	for line, want := range map[string]string{
		"pod/oom":   "its last run was killed because it took more memory than its limit (OOMKilled)",
		"pod/crash": "its last run ended with exit code 1 (Error); kubectl logs crash -c crash --previous shows what it printed",
		"pod/probe": "the last warning was Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 404",
		"pod/init":  "init container wait runs and has not ended; kubectl logs init -c wait may show what it waits for",
		"pod/vol":   `the last warning was FailedMount: MountVolume.SetUp failed for volume "s" : secret "nope" not found`,
		"pod/once":  "container c ended with exit code 3 (Error)",
		"pod/fin":   "is being deleted; waits until these finalizers are gone: example.com/never",
		"ns/shop":   "is being deleted; everything in it goes first",
		"pod/there": "Did you mean why -n shop pod/there?",
	} {
		out := whySays(b, line)
		require.Contains(t, strings.Join(strings.Fields(out), " "), want, line)
		require.Less(t, strings.Count(out, "\n"), 50, "%s goes round and round", line)
	}
}
