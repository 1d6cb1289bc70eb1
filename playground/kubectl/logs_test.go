package kubectl_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/playground/kubectl"
	"github.com/stretchr/testify/require"
)

const chatty = `apiVersion: v1
kind: Pod
metadata: {name: two, labels: {app: two}}
spec:
  initContainers:
  - {name: setup, image: busybox, command: [sh, -c, "echo ready"]}
  containers:
  - {name: main, image: busybox, command: [sh, -c, "i=0; while true; do echo tick $i; i=$((i+1)); sleep 2; done"]}
  - {name: side, image: busybox, command: [sh, -c, "echo beside; sleep 1000"]}
---
apiVersion: v1
kind: Pod
metadata: {name: crash}
spec:
  containers:
  - {name: c, image: busybox, command: [sh, -c, "echo begin; date +%s; sleep 3; echo oh no; exit 1"]}
---
apiVersion: v1
kind: Pod
metadata: {name: nowhere}
spec: {containers: [{name: c, image: busybox, resources: {requests: {cpu: 900}}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: typo}
spec: {containers: [{name: c, image: "nginx:latests"}]}
`

func chattyBox(t *testing.T) *box {
	b := newBox()
	b.env.Files = files{"chatty.yaml": chatty}
	require.Empty(t, b.run("apply -f chatty.yaml").Stderr)
	b.pass(30 * time.Second)
	return b
}

// masked is a log without what depends on how long images take to pull.
func masked(log string) string {
	log = regexp.MustCompile(`tick \d+`).ReplaceAllString(log, "tick N")
	return regexp.MustCompile(`2017\S+Z`).ReplaceAllString(log, "<time>")
}

func TestLogs(t *testing.T) {
	b := chattyBox(t)
	for _, test := range []struct{ line, out, errs string }{
		{"logs two -c setup", "ready\n", ""},
		{"logs two --tail=2 -c main", "tick N\ntick N\n", ""},
		{"logs two --since=2s", "tick N\n", "Defaulted container \"main\" out of: main, side, setup (init)\n"},
		{"logs two side", "beside\n", ""},
		{"logs pod/two --all-containers --tail=1 --prefix", "[pod/two/setup] ready\n[pod/two/main] tick N\n[pod/two/side] beside\n", ""},
		{"logs -l app=two -c main --tail=1", "tick N\n", ""},
		{"logs two -c nope", "", "error: container nope is not valid for pod two out of: main, side, setup (init)\n"},
		{"logs crash --tail=1 -p", "oh no\n", ""},
		{"logs two -c main -p", "", "Error from server (BadRequest): previous terminated container \"main\" in pod \"two\" not found\n"},
		{"logs nowhere", "", ""},
		{"logs typo", "", "Error from server (BadRequest): container \"c\" in pod \"typo\" is waiting to start: trying and failing to pull image\n"},
		{"logs nope", "", "error: error from server (NotFound): pods \"nope\" not found in namespace \"default\"\n"},
		{"logs", "", "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples\n"},
		{"logs -l app=two two", "", "error: only a selector (-l) or a POD name is allowed\nSee 'kubectl logs -h' for help and examples\n"},
		{"logs two --all-containers -c main", "", "error: --all-containers=true should not be specified with container name main\n"},
		{"logs two --tail=-2", "", "error: --tail must be greater than or equal to -1\n"},
		{"logs cm/kube-root-ca.crt", "", "error: cannot get the logs from *v1.ConfigMap: selector for *v1.ConfigMap not implemented\n"},
		{"logs -l app=nope", "", "No resources found in default namespace.\n"},
		{"logs two -c side --timestamps", "<time> beside\n", ""},
		{"logs two -c side --limit-bytes=3", "bes", ""},
	} {
		t.Run(test.line, func(t *testing.T) {
			res := kubectl.Run(b.env, strings.Fields(test.line))
			require.Equal(t, test.errs, res.Stderr)
			require.Equal(t, test.out, masked(res.Stdout))
			require.Nil(t, res.Job)
		})
	}
}

// A run that is over keeps its own clock: what it printed does not move when a later run begins.
func TestLogsOfThePreviousRunAreItsOwn(t *testing.T) {
	b := chattyBox(t)
	now := b.run("logs crash --timestamps").Stdout
	before := b.run("logs crash --timestamps --previous").Stdout
	b.pass(2 * time.Minute)
	later := b.run("logs crash --timestamps --previous").Stdout
	require.NotEqual(t, before, later)
	require.Contains(t, now, " begin\n")
	require.Less(t, before, later)
}

func TestLogsFollow(t *testing.T) {
	b := chattyBox(t)
	res := kubectl.Run(b.env, strings.Fields("logs -f two -c main --tail=1"))
	require.NotNil(t, res.Job)
	require.Equal(t, "tick N\n", masked(res.Stdout))
	at, ok := res.Job.(interface {
		Deadline() (time.Duration, bool)
	}).Deadline()
	require.True(t, ok)
	b.pass(at - b.c.Now() - 1)
	out, done := res.Job.Poll(b.env)
	require.Empty(t, out.Stdout, "nothing is printed before its time")
	require.False(t, done)
	other := res.Job.Clone()
	b.pass(1)
	out, _ = res.Job.Poll(b.env)
	require.Equal(t, "tick N\n", masked(out.Stdout))
	out, _ = other.Poll(b.env)
	require.Equal(t, "tick N\n", masked(out.Stdout), "a copy goes its own way")

	b.run("delete pod two --now")
	_, done = res.Job.Poll(b.env)
	require.True(t, done, "a log ends with its container")
	require.Nil(t, b.run("logs -f two -c main").Job)
}

func TestLogsOfAWorkload(t *testing.T) {
	b := newBox()
	b.run("create deployment web --image=nginx --replicas=2")
	b.pass(10 * time.Second)
	res := b.run("logs deploy/web --tail=1")
	require.Contains(t, res.Stderr, "Found 2 pods, using pod/web-")
	require.NotEmpty(t, res.Stdout)
	all := b.run("logs deploy/web --all-pods --tail=1").Stdout
	require.Equal(t, 2, strings.Count(all, "[pod/web-"))
	b.run("scale deploy/web --replicas=0")
	b.pass(time.Minute)
	require.Equal(t, "error: timed out waiting for the condition\n", b.run("logs deploy/web").Stderr)
}
