package kubectl_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/playground/kubectl"
	"github.com/stretchr/testify/require"
)

// Verbs that answer at once, each with what kubectl 1.37 says.
func TestSmallVerbs(t *testing.T) {
	b := newBox()
	for _, test := range []struct{ line, out, errs string }{
		{"top pods", "", "error: Metrics API not available\n"},
		{"top no", "", "error: Metrics API not available\n"},
		{"top pods -l app=web --sort-by=cpu -A", "", "error: Metrics API not available\n"},
		{"top things", "", "error: unknown command \"things\"\nSee 'kubectl top -h' for help and examples\n"},
		{"plugin list", "", "error: unable to find any kubectl plugins in your PATH\n"},
		{"completion", "", "error: Shell not specified.\nSee 'kubectl completion -h' for help and examples\n"},
		{"completion tcsh", "", "error: Unsupported shell type \"tcsh\".\nSee 'kubectl completion -h' for help and examples\n"},
		{"cluster-info", "Kubernetes control plane is running at https://127.0.0.1:6443\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n", ""},
		{"auth can-i create pods", "yes\n", ""},
		{"auth can-i get pods/web -q", "", ""},
		{"auth can-i get /healthz", "yes\n", ""},
		{"auth can-i create nodes", "yes\n", "Warning: resource 'nodes' is not namespace scoped\n\n"},
		{"auth can-i create nodes -A", "yes\n", ""},
		{"auth can-i create podz", "yes\n", "Warning: the server doesn't have a resource type 'podz'\n\n"},
		{"auth can-i fly pods", "yes\n", "Warning: verb 'fly' is not a known verb\n\n"},
		{"auth can-i create", "", "error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.\n"},
		{"auth can-i --list", "Resources   Non-Resource URLs   Resource Names   Verbs\n*.*         []                  []               [*]\n            [*]                 []               [*]\n", ""},
		{"auth whoami", "ATTRIBUTE   VALUE\nUsername    admin\nGroups      [system:masters system:authenticated]\n", ""},
		{"auth whoami -o jsonpath={.status.userInfo.username}", "admin", ""},
		{"auth who", "", "error: unknown command \"who\"\nSee 'kubectl auth -h' for help and examples\nDid you mean kubectl auth whoami?\n"},
		{"config current-context", "slipway\n", ""},
		{"config get-contexts", "CURRENT   NAME      CLUSTER   AUTHINFO   NAMESPACE\n*         slipway   slipway   admin      \n", ""},
		{"config get-contexts -o name", "slipway\n", ""},
		{"config get-clusters", "NAME\nslipway\n", ""},
		{"config view -o jsonpath={.clusters[0].cluster.server}", "https://127.0.0.1:6443", ""},
		{"config use-context slipway", "Switched to context \"slipway\".\n", ""},
		{"config use-context other", "", "error: no context exists with the name: \"other\"\n"},
		{"config set-context", "", "error: you must specify a non-empty context name or --current\n"},
		{"cp a", "", "error: source and destination are required\n"},
		{"cp a b", "", "error: one of src or dest must be a remote file specification\n"},
		{"cp a:b c:d", "", "error: one of src or dest must be a local file specification\n"},
		{"cp nope web:/x", "", "error: nope doesn't exist in local filesystem\n"},
		{"cp a/b/c:d e", "", "error: filespec must match the canonical format: [[namespace/]pod:]file/path\n"},
		{"port-forward web", "", "error: TYPE/NAME and list of ports are required for port-forward\nSee 'kubectl port-forward -h' for help and examples\n"},
		{"port-forward nope 80", "", "Error from server (NotFound): pods \"nope\" not found\n"},
		{"events --for web", "", "error: --for must be in resource/name form\n"},
		{"events --types=Bad", "", "error: valid --types are Normal or Warning\n"},
		{"events -n kube-public", "", "No events found in kube-public namespace.\n"},
		{"edit pod nope", "", "Error from server (NotFound): pods \"nope\" not found\n"},
		{"diff", "", "error: must specify one of -f and -k\n"},
	} {
		t.Run(test.line, func(t *testing.T) {
			res := kubectl.Run(b.env, strings.Fields(test.line))
			require.Equal(t, test.errs, res.Stderr)
			require.Equal(t, test.out, res.Stdout)
			require.Equal(t, test.out == "" && test.errs != "" && !strings.HasPrefix(test.errs, "No events"), res.Code != 0)
		})
	}
}

func TestAPIVersionsAreSorted(t *testing.T) {
	out := newBox().run("api-versions").Stdout
	require.True(t, strings.HasPrefix(out, "apps/v1\n"), out)
	require.True(t, strings.HasSuffix(out, "\nv1\n"), out)
}

func TestEvents(t *testing.T) {
	b := newBox()
	b.run("run web --image=nginx")
	b.run("run bad --image=nginx:nope")
	b.pass(20 * time.Second)
	out := b.run("events --for pod/web").Stdout
	require.Regexp(t, `^LAST SEEN   TYPE     REASON      OBJECT    MESSAGE\n20s         Normal   Scheduled   Pod/web   Successfully assigned default/web to node-\d\n`, out)
	require.NotContains(t, out, "Pod/bad")
	require.NotContains(t, b.run("events --types=warning").Stdout, "Normal")
	require.True(t, strings.HasPrefix(b.run("events -A").Stdout, "NAMESPACE   LAST SEEN"))
	require.Contains(t, b.run("events -o yaml").Stdout, "kind: List")

	res := kubectl.Run(b.env, strings.Fields("events --for pod/late -w"))
	require.NotNil(t, res.Job)
	other := res.Job.Clone()
	b.run("run late --image=nginx")
	b.pass(10 * time.Second)
	next, done := res.Job.Poll(b.env)
	require.False(t, done)
	require.Contains(t, next.Stdout, "Started")
	again, _ := res.Job.Poll(b.env)
	require.Empty(t, again.Stdout)
	same, _ := other.Poll(b.env)
	require.Equal(t, next.Stdout, same.Stdout)
}

func TestDiff(t *testing.T) {
	b := newBox()
	pod := func(image string) files {
		return files{"p.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: '" + image + "'}]}\n"}
	}
	b.env.Files = pod("nginx:1.26")
	res := b.run("diff -f p.yaml")
	require.Equal(t, 1, res.Code)
	require.Contains(t, res.Stdout, "\n@@ -0,0 +1,")
	b.run("apply -f p.yaml")
	b.pass(10 * time.Second)
	require.Equal(t, kubectl.Result{}, b.run("diff -f p.yaml"), "what is as the manifest says has no difference")
	rev := b.c.Revision()
	b.env.Files = pod("nginx:1.27")
	res = b.run("diff -f p.yaml")
	require.Equal(t, 1, res.Code)
	require.Regexp(t, `^diff -u -N /tmp/LIVE-\d+/v1\.Pod\.default\.p /tmp/MERGED-\d+/v1\.Pod\.default\.p\n--- /tmp/LIVE-\d+/v1\.Pod\.default\.p\t2017-02-18 02:00:10\.0+ \+0000\n\+\+\+ `, res.Stdout)
	require.Contains(t, res.Stdout, "   containers:\n-  - image: nginx:1.26\n+  - image: nginx:1.27\n     imagePullPolicy: IfNotPresent\n")
	require.Equal(t, rev+1, b.c.Revision(), "only the typed line is new")
	b.env.Files = files{"p.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, imagee: i}]}\n"}
	res = b.run("diff -f p.yaml")
	require.Equal(t, 2, res.Code)
	require.Contains(t, res.Stderr, "did you mean image?")
}

func TestDiffHidesSecrets(t *testing.T) {
	b := newBox()
	b.env.Files = files{"s.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: one, b: two}\n"}
	b.run("apply -f s.yaml")
	b.env.Files = files{"s.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: one, b: three}\n"}
	out := b.run("diff -f s.yaml").Stdout
	require.Contains(t, out, "   a: '***'\n-  b: '*** (before)'\n+  b: '*** (after)'\n")
	require.NotContains(t, out, "dGhyZWU=")
}

func TestTheContextsNamespaceIsHandedOn(t *testing.T) {
	b := newBox()
	require.Equal(t, "shop", b.run("config set-context --current --namespace=shop").Namespace)
	require.Equal(t, "shop", b.run("config set-context slipway -n shop").Namespace)
	require.Equal(t, "default", b.run("config set-context --current --namespace=").Namespace)
	b.env.Namespace = "shop"
	require.Equal(t, "shop", b.run("config view -o jsonpath={.contexts[0].context.namespace}").Stdout)
}

func TestPortForward(t *testing.T) {
	b := newBox()
	b.run("create deployment web --image=nginx --port=80")
	b.run("expose deployment web --port=8000 --target-port=80 --name=svc")
	b.pass(300 * time.Millisecond)
	require.Equal(t, "error: unable to forward port because pod is not running. Current status=Pending\n", b.run("port-forward deploy/web 80").Stderr)
	b.pass(20 * time.Second)
	res := kubectl.Run(b.env, strings.Fields("port-forward svc/svc 8080:8000"))
	require.NotNil(t, res.Job)
	require.True(t, strings.HasPrefix(res.Stdout, "Forwarding from 127.0.0.1:8080 -> 80\nForwarding from [::1]:8080 -> 80\n"), res.Stdout)
	require.Contains(t, res.Stdout, "answered now: 200")
	require.Contains(t, kubectl.Run(b.env, strings.Fields("port-forward deploy/web 9 --address=0.0.0.0")).Stdout, "Forwarding from 0.0.0.0:9 -> 9\n")
	require.Contains(t, kubectl.Run(b.env, strings.Fields("port-forward deploy/web 9")).Stdout, "would be refused")
	require.Equal(t, "error: Service svc does not have a service port 81\n", b.run("port-forward svc/svc 81").Stderr)
	require.Contains(t, b.run("port-forward deploy/web x").Stderr, "does not have a named port 'x'")
	_, done := res.Job.Poll(b.env)
	require.False(t, done)
	b.run("delete deployment web")
	b.pass(time.Minute)
	end, done := res.Job.Poll(b.env)
	require.True(t, done)
	require.Equal(t, "error: lost connection to pod\n", end.Stderr)
}

// copyFolder is a folder that can be written.
type copyFolder struct{ files }

func (f copyFolder) WriteFile(name string, data []byte, _ bool) error {
	f.files[name] = string(data)
	return nil
}

func TestCopyingFiles(t *testing.T) {
	b := newBox()
	b.run("run bb --image=busybox -- sleep 1000")
	b.pass(20 * time.Second)
	b.env.Exec = func(cmd *kubectl.Command) kubectl.Result {
		r, ok := b.c.Exec("", cmd.Pod, cmd.Container, cmd.Argv)
		require.True(t, ok)
		return kubectl.Result{Stdout: r.Out, Stderr: r.Err, Code: int(r.Code)}
	}
	text := "it's 100% \"text\"\nof $two lines\n"
	folder := copyFolder{files{"a.txt": text, "big": strings.Repeat("x", 5000)}}
	b.env.Files = folder
	require.Equal(t, kubectl.Result{}, b.run("cp a.txt bb:/tmp/"))
	require.Equal(t, kubectl.Result{}, b.run("cp default/bb:/tmp/a.txt back.txt"))
	require.Equal(t, text, folder.files["back.txt"])
	require.Equal(t, kubectl.Result{}, b.run("cp bb:/tmp/a.txt ."))
	require.Equal(t, "error: /tmp/nope no such file or directory\n", b.run("cp bb:/tmp/nope x").Stderr)
	require.Contains(t, b.run("cp big bb:/x").Stderr, "at most 4096")
}

func TestEditSaysWhatToDoInstead(t *testing.T) {
	b := newBox()
	b.run("run web --image=nginx")
	res := b.run("edit pod web")
	require.Equal(t, 1, res.Code)
	require.True(t, strings.HasPrefix(res.Stderr, "error: unable to launch the editor \"vi\"\n"))
	for line := range strings.Lines(res.Stderr) {
		require.LessOrEqual(t, len(line), 81)
		if words, ok := strings.CutPrefix(strings.TrimSpace(line), "kubectl patch "); ok {
			require.Equal(t, "pod/web patched\n", b.run("patch "+strings.ReplaceAll(words, "'", "")).Stdout, "what it says works")
		}
	}
}

func TestExecTexts(t *testing.T) {
	b := newBox()
	b.run("run bb --image=busybox -- sleep 1000")
	for line, want := range map[string]string{
		"exec":                  "error: pod, type/name or --filename must be specified\n",
		"exec bb":               "error: you must specify at least one command for the container\n",
		"exec bb ls":            "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples\n",
		"exec nope -- ls":       "Error from server (NotFound): pods \"nope\" not found\n",
		"exec deploy/x -- ls":   "Error from server (NotFound): deployments.apps \"x\" not found\n",
		"exec bb -c x -- ls":    "error: container x is not valid for pod bb out of: bb\n",
		"exec bb -c bb -- ls":   "Error from server (BadRequest): pod bb does not have a host assigned\n",
		"exec ns/default -- ls": "error: cannot attach to *v1.Namespace: selector for *v1.Namespace not implemented\n",
	} {
		b.pass(10 * time.Microsecond)
		require.Equal(t, want, b.run(line).Stderr, line)
	}
}
