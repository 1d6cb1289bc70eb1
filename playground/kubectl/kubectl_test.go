package kubectl_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/orchestrate"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/playground/kubectl"
	"github.com/stretchr/testify/require"
)

type files map[string]string

func (f files) Names() []string { return slices.Sorted(maps.Keys(f)) }

func (f files) ReadFile(name string) ([]byte, error) {
	if text, ok := f[name]; ok {
		return []byte(text), nil
	}
	return nil, fmt.Errorf("no such file")
}

// box is a cluster and what kubectl needs of it.
type box struct {
	c   *orchestrate.Cluster
	env *kubectl.Env
}

func newBox() *box {
	c := orchestrate.New(orchestrate.Options{Seed: 1, Nodes: orchestrate.Nodes(2)})
	return &box{c, &kubectl.Env{Server: request.New(c), Namespace: "default", Files: files{}}}
}

// run runs a line whose words have no spaces, and waits for its job.
func (b *box) run(line string) kubectl.Result {
	b.c.Input("", "kubectl "+line)
	res := kubectl.Run(b.env, strings.Fields(line))
	for job := res.Job; job != nil; {
		next, done := job.Poll(b.env)
		res.Stdout += next.Stdout
		res.Stderr += next.Stderr
		if done {
			res.Code, res.Job = next.Code, nil
			break
		}
		if more, err := b.c.Step(); err != nil || !more {
			b.pass(time.Second)
		}
	}
	return res
}

func (b *box) pass(d time.Duration) {
	if err := b.c.Advance(d); err != nil {
		panic(err)
	}
}

func Example() {
	b := newBox()
	fmt.Print(b.run("run web --image=nginx").Stdout)
	b.pass(10 * time.Second)
	fmt.Print(b.run("get pods -o wide").Stdout)
	fmt.Print(b.run("get podz").Stderr)
	// Output:
	// pod/web created
	// NAME   READY   STATUS    RESTARTS   AGE   IP           NODE     NOMINATED NODE   READINESS GATES
	// web    1/1     Running   0          10s   10.244.2.2   node-2   <none>           <none>
	// error: the server doesn't have a resource type "podz"
	// Did you mean pods?
}

// The texts are those kubectl 1.37 was recorded to print.
func TestTexts(t *testing.T) {
	b := newBox()
	b.env.Files = files{
		"pod.yaml":   "apiVersion: v1\nkind: Pod\nmetadata: {name: mine, labels: {app: hello}}\nspec: {containers: [{name: c, image: nginx}]}\n",
		"typo.yaml":  "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - name: c\n    imagee: nginx\n",
		"tabs.yaml":  "apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: c\n",
		"kind.yaml":  "apiVersion: v1\nkind: Podd\nmetadata: {name: x}\n",
		"bare.yaml":  "metadata: {name: x}\n",
		"other.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: elsewhere}\nspec: {containers: [{name: c, image: i}]}\n",
		"two.yaml":   "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: c, image: i, resources: {requests: {gpu: 1}}}]}\n",
	}
	for _, test := range []struct{ line, out, errs string }{
		{"get pods", "", "No resources found in default namespace.\n"},
		{"get pods -A", "", "No resources found\n"},
		{"get pod nope", "", "Error from server (NotFound): pods \"nope\" not found\n"},
		{"get pod nope --ignore-not-found", "", ""},
		{"get ns -o name", "namespace/default\nnamespace/kube-node-lease\nnamespace/kube-public\nnamespace/kube-system\n", ""},
		{"get nodes --no-headers -o custom-columns=N:.metadata.name,C:.status.capacity.cpu", "node-1   4\nnode-2   4\n", ""},
		{"get nodes -o jsonpath={.items[*].metadata.name}", "node-1 node-2", ""},
		{"get node node-1 -o jsonpath={.spec.podCIDR}", "10.244.1.0/24", ""},
		{"gett pods", "", "error: unknown command \"gett\" for \"kubectl\"\n\nDid you mean this?\n\tset\n\tget\n"},
		{"get pods --watchh", "", "error: unknown flag: --watchh\nDid you mean --watch?\nSee 'kubectl get --help' for usage.\n"},
		{"get pods -o yml", "", "error: unable to match a printer suitable for the output format \"yml\", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml\n"},
		{"create namespace shop", "namespace/shop created\n", ""},
		{"create namespace a.b", "", "The Namespace \"a.b\" is invalid: metadata.name: Invalid value: \"a.b\": must not contain dots\n"},
		{"run web -t --image=x", "", "error: -i/--stdin is required for containers with -t/--tty=true\n"},
		{"run web --rm --image=x", "", "error: --rm should only be used for attached containers\n"},
		{"run web -i --image=x --dry-run=client", "", "error: --dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)\n"},
		{"run web", "", "error: required flag(s) \"image\" not set\n"},
		{"run web --image=nginx --dry-run=client", "pod/web created (dry run)\n", ""},
		{"run web --image=nginx", "pod/web created\n", ""},
		{"run web --image=nginx", "", "Error from server (AlreadyExists): pods \"web\" already exists\n"},
		{"run web --image=nginx -n nope", "", "Error from server (NotFound): namespaces \"nope\" not found\n"},
		{"apply -f pod.yaml", "pod/mine created\n", ""},
		{"apply -f pod.yaml", "pod/mine unchanged\n", ""},
		{"apply -f nope.yaml", "", "error: the path \"nope.yaml\" does not exist\n"},
		{"apply -f typo.yaml", "", "Error from server (BadRequest): error when creating \"typo.yaml\": Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown field \"spec.containers[0].imagee\"\n  at typo.yaml:7:5: did you mean image?\n"},
		{"apply -f tabs.yaml", "", "error: error parsing tabs.yaml: error converting YAML to JSON: yaml: line 4: found character that cannot start any token\n  at tabs.yaml:4:1: YAML indents with spaces; this line begins with a tab\n"},
		{"apply -f kind.yaml", "", "error: resource mapping not found for name: \"x\" namespace: \"\" from \"kind.yaml\": no matches for kind \"Podd\" in version \"v1\"\nensure CRDs are installed first\n  at kind.yaml:1:1: did you mean kind: Pod?\n"},
		{"apply -f bare.yaml", "", "error: error validating \"bare.yaml\": error validating data: kind not set; if you choose to ignore these errors, turn validation off with --validate=false\n"},
		{"apply -f other.yaml -n default", "", "error: the namespace from the provided object \"elsewhere\" does not match the namespace \"default\". You must pass '--namespace=elsewhere' to perform this operation.\n"},
		{"create -f two.yaml", "", "The Pod \"x\" is invalid: \n* spec.containers[0].resources.requests[gpu]: Invalid value: \"gpu\": must be a standard resource type or fully qualified\n* spec.containers[0].resources.requests[gpu]: Invalid value: \"gpu\": must be a standard resource for containers\n"},
		{"wait --for=condition=Ready pod/web", "pod/web condition met\n", ""},
		{"wait --for=condition=Ready pod/web --timeout=0", "pod/web condition met\n", ""},
		{"wait --for=jsonpath={.status.phase}=Failed pod/web --timeout=5s", "", "error: timed out waiting for the condition on pods/web\n"},
		{"wait --for=delete pod/nope", "", ""},
		{"wait --for=sunshine pod/web", "", "error: unrecognized condition: \"sunshine\"\n"},
		{"get pods --show-labels --no-headers -l app=hello", "mine   1/1   Running   0     8s    app=hello\n", ""},
		{"delete pod web", "pod \"web\" deleted from default namespace\n", ""},
		{"delete pod web", "", "Error from server (NotFound): pods \"web\" not found\n"},
		{"delete pods", "", "error: resource(s) were provided, but no name was specified\n"},
		{"delete -f pod.yaml", "pod \"mine\" deleted from default namespace\n", ""},
		{"delete ns shop", "namespace \"shop\" deleted\n", ""},
		{"delete pods --all", "No resources found\n", ""},
		{"version --client", "Client Version: v1.37.2\n", ""},
		{"api-resources --namespaced=false -o name", "namespaces\nnodes\n", ""},
	} {
		t.Run(test.line, func(t *testing.T) {
			res := b.run(test.line)
			require.Equal(t, test.errs, res.Stderr)
			if strings.Contains(test.line, "--show-labels") {
				res.Stdout = strings.Join(strings.Fields(res.Stdout), " ")
				require.Contains(t, res.Stdout, "app=hello")
				return
			}
			require.Equal(t, test.out, res.Stdout)
			require.Equal(t, test.errs == "" || strings.HasPrefix(test.errs, "No resources"), res.Code == 0, "code %d", res.Code)
		})
	}
}

func TestApplyChangesWhatTheManifestSaysAndLeavesTheRest(t *testing.T) {
	b := newBox()
	pod := func(labels, image string) {
		b.env.Files = files{"p.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: " + labels + "}\nspec: {containers: [{name: c, image: " + image + "}]}\n"}
	}
	pod("{a: '1', b: '2'}", "nginx:1")
	require.Equal(t, "pod/p created\n", b.run("apply -f p.yaml").Stdout)
	pod("{a: '3'}", "nginx:2")
	res := b.run("apply -f p.yaml")
	require.Equal(t, "pod/p configured\n", res.Stdout, res.Stderr)
	require.Equal(t, `{"a":"3"}`, b.run("get pod p -o jsonpath={.metadata.labels}").Stdout)
	require.Equal(t, "nginx:2", b.run("get pod p -o jsonpath={.spec.containers[0].image}").Stdout)
	pod("{a: '3'}", "nginx:2\n, hostname: h")
	b.env.Files = files{"p.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {hostname: h, containers: [{name: c, image: nginx}]}\n"}
	require.Contains(t, b.run("apply -f p.yaml").Stderr, "pod updates may not change fields other than")
}

func TestWatchPrintsEachChange(t *testing.T) {
	b := newBox()
	res := kubectl.Run(b.env, []string{"get", "pods", "-w"})
	require.NotNil(t, res.Job)
	b.run("run web --image=nginx")
	b.pass(10 * time.Second)
	out, done := res.Job.Poll(b.env)
	require.False(t, done)
	require.True(t, strings.HasPrefix(out.Stdout, "NAME   READY   STATUS"), out.Stdout)
	require.Contains(t, out.Stdout, "ContainerCreating")
	require.Contains(t, out.Stdout, "Running")
	again, _ := res.Job.Poll(b.env)
	require.Empty(t, again.Stdout, "each change is printed once")
}

func TestWhyFollowsTheCausesToTheTypedLine(t *testing.T) {
	b := newBox()
	b.run("run web --image=nginx")
	b.pass(10 * time.Second)
	out := kubectl.Why(b.env, []string{"pod/web"}).Stdout
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Contains(t, lines[0], "asked: kubectl run web --image=nginx")
	require.Contains(t, lines[slices.Index(lines, "")-1], "(Running)", "then comes what the scheduler said")
	for _, l := range lines {
		require.LessOrEqual(t, len(l), 80, l)
	}
	require.Contains(t, kubectl.Why(b.env, []string{"pod/web", "-o", "json"}).Stdout, `"actor": "default-scheduler"`)
	require.Equal(t, "Error from server (NotFound): pods \"never\" not found\n", kubectl.Why(b.env, []string{"pod/never"}).Stderr)

	b.env.Files = files{"big.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: big}\nspec: {containers: [{name: c, image: i, resources: {requests: {cpu: 9}}}]}\n"}
	b.run("apply -f big.yaml")
	b.pass(time.Second)
	require.Contains(t, kubectl.Why(b.env, []string{"pod", "big"}).Stdout, "Insufficient cpu")
}

func TestDescribePod(t *testing.T) {
	b := newBox()
	b.run("run web --image=nginx")
	b.pass(10 * time.Second)
	out := strings.Join(strings.Fields(b.run("describe pod web").Stdout), " ")
	for _, line := range []string{
		"Name: web Namespace: default Priority: 0", "Node: node-2/192.168.0.11", "Labels: run=web", "Status: Running", "QoS Class: BestEffort",
		"Normal Scheduled 10s default-scheduler Successfully assigned default/web to node-2", "Successfully pulled image \"nginx\"", "Container started",
	} {
		require.Contains(t, out, line)
	}
}

func TestComplete(t *testing.T) {
	b := newBox()
	b.run("run web --image=nginx")
	texts := func(words ...string) string {
		var out []string
		for _, c := range kubectl.Complete(b.env, words) {
			out = append(out, c.Text)
		}
		return strings.Join(out, " ")
	}
	require.Equal(t, "get", texts("kubectl", "ge"))
	require.Equal(t, "pods", texts("kubectl", "get", "po"))
	require.Equal(t, "web", texts("kubectl", "get", "pods", ""))
	require.Equal(t, "pod/web", texts("kubectl", "describe", "pod/w"))
	require.Equal(t, "--watch --watch-only", texts("kubectl", "get", "pods", "--wat"))
	require.Equal(t, "default", texts("kubectl", "get", "pods", "-n", "def"))
	require.Equal(t, "--restart=Never", texts("kubectl", "run", "x", "--restart=N"))
	require.Equal(t, "pod/web", texts("why", "pod/"))
	require.Empty(t, texts("kubectl", "dance", ""))
}

func TestEveryVerbHasHelp(t *testing.T) {
	b := newBox()
	top := b.run("--help").Stdout
	for _, verb := range []string{"create", "get", "run", "delete", "describe", "apply", "wait", "api-resources", "version"} {
		require.Contains(t, top, "  "+verb+" ")
		require.Contains(t, b.run(verb+" --help").Stdout, "Usage:\n  kubectl "+verb)
	}
}

func FuzzRun(f *testing.F) {
	for _, line := range []string{"get pods -o jsonpath={.items[0}", "apply -f -", "delete pods -l a in", "get -o custom-columns=A:.b[", "wait --for=jsonpath={ pod/x", "run x --image=y --port=z", "describe /", "get a/b/c", "-n", "get --sort-by={}"} {
		f.Add(line)
	}
	f.Fuzz(func(_ *testing.T, line string) {
		b := newBox()
		b.env.Stdin = []byte(line)
		kubectl.Run(b.env, strings.Fields(line))
		kubectl.Complete(b.env, append([]string{"kubectl"}, strings.Fields(line)...))
		kubectl.Why(b.env, strings.Fields(line))
	})
}
