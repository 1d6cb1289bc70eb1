package kubectl_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slipway-dev/slipway/internal/shell"
	"github.com/slipway-dev/slipway/playground/kubectl"
)

// sh runs a line as a shell would split it.
func (b *box) sh(t *testing.T, line string) kubectl.Result {
	t.Helper()
	s, err := shell.Parse(line)
	require.NoError(t, err, line)
	var words []string
	for _, w := range s.Lists[0].Pipelines[0].Commands[0].Words {
		words = append(words, shell.Expand(w, shell.Vars{})...)
	}
	b.c.Input("", line)
	res := kubectl.Run(b.env, words)
	for end := b.c.Now() + time.Minute; res.Job != nil && b.c.Now() < end; b.pass(100 * time.Millisecond) {
		next, done := res.Job.Poll(b.env)
		res.Stdout, res.Stderr = res.Stdout+next.Stdout, res.Stderr+next.Stderr
		if done {
			res.Code, res.Job = next.Code, nil
		}
	}
	return res
}

// line is a command line and what it prints: on stdout, or on stderr if it fails.
type line struct{ line, want string }

// play runs lines one after the other in one world; a line that begins with "wait" lets ten seconds pass.
func play(t *testing.T, b *box, lines []line) {
	t.Helper()
	for _, l := range lines {
		if l.line == "wait" {
			b.pass(10 * time.Second)
			continue
		}
		res := b.sh(t, l.line)
		got := res.Stdout
		if res.Code != 0 {
			got = res.Stderr
		}
		require.Equal(t, l.want, got, "%s\n%s", l.line, res.Stderr)
	}
}

const shop = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: c, image: nginx, ports: [{containerPort: 80}]}]
`

// newShop is a world with a Deployment web.
func newShop(t *testing.T) *box {
	b := newBox()
	b.env.Files = files{"web.yaml": shop, "two.yaml": strings.ReplaceAll(shop, "replicas: 2", "replicas: 5")}
	require.Equal(t, "deployment.apps/web created\n", b.sh(t, "create -f web.yaml").Stdout)
	b.pass(20 * time.Second)
	return b
}

func TestScale(t *testing.T) {
	play(t, newShop(t), []line{
		{"scale deploy/web --current-replicas=5 --replicas=3", "error: Expected replicas to be 5, was 2\n"},
		{"scale deploy/web --replicas=3", "deployment.apps/web scaled\n"},
		{"get deploy web -o jsonpath={.spec.replicas}", "3"},
		{"scale deploy/web --replicas=4 --dry-run=server", "deployment.apps/web scaled (server dry run)\n"},
		{"scale deploy/web --replicas=4 --dry-run=client", "deployment.apps/web scaled (dry run)\n"},
		{"get deploy web -o jsonpath={.spec.replicas}", "3"},
		{"scale deploy/none --replicas=1", "Error from server (NotFound): deployments.apps \"none\" not found\n"},
		{"scale deploy/web", "error: required flag(s) \"replicas\" not set\n"},
		{"scale node/node-1 --replicas=1", "Error from server (NotFound): the server could not find the requested resource\n"},
		{"autoscale deploy/web --max=5", "error: failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: empty input\n"},
		{"autoscale deploy/web", "error: required flag(s) \"max\" not set\n"},
	})
}

func TestLabelAndAnnotate(t *testing.T) {
	play(t, newShop(t), []line{
		{"label deploy/web tier=front", "deployment.apps/web labeled\n"},
		{"label deploy/web tier=front", "deployment.apps/web not labeled\n"},
		{"label deploy/web tier=back", "error: 'tier' already has a value (front), and --overwrite is false\n"},
		{"label deploy/web tier=back --overwrite", "deployment.apps/web labeled\n"},
		{"label deploy web tier-", "deployment.apps/web unlabeled\n"},
		{"label deploy web tier-", "label \"tier\" not found.\ndeployment.apps/web not labeled\n"},
		{"label deploy web a=b deploy", "error: all resources must be specified before label changes: deploy\n"},
		{"label deploy web", "error: at least one label update is required\n"},
		{"label deploy web a=b a-", "error: can not both modify and remove a label in the same command\n"},
		{"label node --all pool=x", "node/node-1 labeled\nnode/node-2 labeled\n"},
		{"annotate deploy/web note='a b'", "deployment.apps/web annotated\n"},
		{"annotate deploy/web note=c", "error: --overwrite is false but found the following declared annotation(s): 'note' already has a value (a b)\n"},
		{"annotate deploy/web note-", "deployment.apps/web annotated\n"},
		{"annotate deploy/web", "error: at least one annotation update is required\n"},
	})
}

func TestPatchAndReplace(t *testing.T) {
	play(t, newShop(t), []line{
		{`patch deploy/web -p '{"spec":{"replicas":3}}'`, "deployment.apps/web patched\n"},
		{`patch deploy/web -p '{"spec":{"replicas":3}}'`, "deployment.apps/web patched (no change)\n"},
		{`patch deploy web --type=json -p '[{"op":"replace","path":"/spec/replicas","value":1}]'`, "deployment.apps/web patched\n"},
		{`patch deploy web --type=merge -p 'metadata: {labels: {x: z}}'`, "deployment.apps/web patched\n"},
		{"get deploy web -o jsonpath='{.spec.replicas} {.metadata.labels.x}'", "1 z"},
		{`patch deploy web -p '{"spec":{"template":{"spec":{"containers":[{"name":"c","image":"httpd"}]}}}}'`, "deployment.apps/web patched\n"},
		{"get deploy web -o jsonpath='{.spec.template.spec.containers[*].image}'", "httpd"},
		{"patch deploy web", "error: must specify --patch or --patch-file containing the contents of the patch\n"},
		{"patch deploy web --type=odd -p '{}'", "error: --type must be one of [json merge strategic], not \"odd\"\n"},
		{`patch deploy web -p '{"spec":{"replicas":-1}}'`, "The Deployment \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0\n"},
		{"replace -f two.yaml", "deployment.apps/web replaced\n"},
		{"get deploy web -o jsonpath={.spec.replicas}", "5"},
		{"replace -f -", "error: no objects passed to replace\n"},
		{"replace", "error: must specify one of -f and -k\n"},
	})
}

func TestSet(t *testing.T) {
	image := "get deploy web -o jsonpath='{.spec.template.spec.containers[0].image}'"
	env := "get deploy web -o jsonpath='{.spec.template.spec.containers[0].env[*].name}'"
	play(t, newShop(t), []line{
		{"set image deploy/web c=httpd", "deployment.apps/web image updated\n"},
		{image, "httpd"},
		{"set image deploy/web *=nginx", "deployment.apps/web image updated\n"},
		{"set image deploy/web c=nginx", ""},
		{"set image deploy/web d=nginx", "error: unable to find container named \"d\"\n"},
		{"set image deploy/web", "error: at least one image update is required\n"},
		{"set env deploy/web A=1 B=2", "deployment.apps/web env updated\n"},
		{"set env deploy/web A- C=3", "deployment.apps/web env updated\n"},
		{env, "B C"},
		{"set env deploy/web --list", "# Deployment web, container c\nB=2\nC=3\n"},
		{"create configmap settings --from-literal=log.level=debug", "configmap/settings created\n"},
		{"set env deploy/web --from=configmap/settings --prefix=X_", "deployment.apps/web env updated\n"},
		{env, "B C X_LOG_LEVEL"},
		{"set resources deploy web --limits=cpu=200m,memory=64Mi", "deployment.apps/web resource requirements updated\n"},
		{"get deploy web -o jsonpath='{.spec.template.spec.containers[0].resources.limits}'", `{"cpu":"200m","memory":"64Mi"}`},
		{"set resources deploy web", "error: you must specify an update to requests or limits (in the form of --requests/--limits)\n"},
		{"set serviceaccount deploy web default", "deployment.apps/web serviceaccount updated\n"},
		{"set frob", "error: unknown command \"frob\"\nSee 'kubectl set -h' for help and examples\n"},
	})
}

func TestRollout(t *testing.T) {
	b := newShop(t)
	play(t, b, []line{
		{"rollout status deploy/web", "deployment \"web\" successfully rolled out\n"},
		{"rollout undo deploy/web", "error: no rollout history found for deployment \"web\"\n"},
		{"set image deploy/web c=httpd", "deployment.apps/web image updated\n"},
	})
	res := b.sh(t, "rollout status deploy/web")
	require.Contains(t, res.Stdout, "Waiting for deployment \"web\" rollout to finish: ")
	require.True(t, strings.HasSuffix(res.Stdout, "deployment \"web\" successfully rolled out\n"), res.Stdout)
	play(t, b, []line{
		{"rollout history deploy/web", "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n"},
		{"rollout history deploy/web --revision=9", "error: unable to find the specified revision\n"},
		{"rollout undo deploy/web --dry-run=server", "deployment.apps/web rolled back (server dry run)\n"},
		{"rollout undo deploy/web", "deployment.apps/web rolled back\n"},
		{"get deploy web -o jsonpath='{.spec.template.spec.containers[0].image}'", "nginx"},
		{"wait", ""},
		{"rollout undo deploy/web --to-revision=3", "deployment.apps/web skipped rollback (current template already matches revision 3)\n"},
		{"rollout pause deploy/web", "deployment.apps/web paused\n"},
		{"rollout pause deploy/web", "error: deployments.apps \"web\" is already paused\n"},
		{"rollout undo deploy/web", "error: you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again\n"},
		{"rollout restart deploy/web", "error: deployments.apps \"web\" can't restart paused deployment (run rollout resume first)\n"},
		{"rollout resume deploy/web", "deployment.apps/web resumed\n"},
		{"rollout resume deploy/web", "error: deployments.apps \"web\" is not paused\n"},
		{"rollout restart deploy/web", "deployment.apps/web restarted\n"},
		{"rollout pause node/node-1", "error: nodes \"node-1\" pausing is not supported\n"},
		{"rollout status", "error: required resource not specified\n"},
	})
}

func TestExpose(t *testing.T) {
	spec := "get svc web -o jsonpath='{.spec.ports[0].port} {.spec.ports[0].targetPort} {.spec.selector}'"
	play(t, newShop(t), []line{
		{"expose deploy web", "service/web exposed\n"},
		{spec, `80 80 {"app":"web"}`},
		{"expose deploy web", "Error from server (AlreadyExists): services \"web\" already exists\n"},
		{"expose deploy web --name=other --port=8080 --target-port=http", "service/other exposed\n"},
		{"expose svc web --name=third --port=90", "service/third exposed\n"},
		{"expose deploy web --name=fourth --type=NodePort --dry-run=client", "service/fourth exposed (dry run)\n"},
		{"expose node node-1 --port=1", "error: cannot expose a Node\n"},
		{"run bare --image=nginx --labels=a=b", "pod/bare created\n"},
		{"expose pod bare", "error: couldn't find port via --port flag or introspection\nSee 'kubectl expose -h' for help and examples\n"},
	})
}

func TestCordonTaintDrain(t *testing.T) {
	b := newShop(t)
	play(t, b, []line{
		{"cordon node-1", "node/node-1 cordoned\n"},
		{"cordon node-1", "node/node-1 already cordoned\n"},
		{"uncordon node-1", "node/node-1 uncordoned\n"},
		{"cordon none", "Error from server (NotFound): nodes \"none\" not found\n"},
		{"taint nodes node-1 dedicated=db:PreferNoSchedule", "node/node-1 tainted\n"},
		{"taint nodes node-1 dedicated=web:PreferNoSchedule", "error: node node-1 already has dedicated taint(s) with same effect(s) and --overwrite is false\n"},
		{"taint nodes node-1 dedicated=web:PreferNoSchedule --overwrite", "node/node-1 modified\n"},
		{"taint nodes node-1 dedicated-", "node/node-1 untainted\n"},
		{"taint nodes node-1 dedicated:NoSchedule-", "error: taint \"dedicated:NoSchedule\" not found\n"},
		{"taint nodes node-1 a=b:Never", "error: invalid taint effect: Never, unsupported taint effect\nSee 'kubectl taint -h' for help and examples\n"},
		{"taint pods p a=b:NoSchedule", "error: invalid resource type pods, only node types are supported\n"},
		{"cordon node-2", "node/node-2 cordoned\n"},
		{"run bare --image=nginx", "pod/bare created\n"},
		{"wait", ""},
		{"uncordon node-2", "node/node-2 uncordoned\n"},
		{"drain node-1", "error: unable to drain node \"node-1\" due to error: cannot delete Pods that declare no controller (use --force to override): default/bare, continuing command...\nThere are pending nodes to be drained:\n node-1\ncannot delete Pods that declare no controller (use --force to override): default/bare\n"},
	})
	res := b.sh(t, "drain node-1 --force")
	require.Zero(t, res.Code, res.Stderr)
	require.Contains(t, res.Stdout, "node/node-1 already cordoned\n")
	require.Contains(t, res.Stdout, "evicting pod default/bare\n")
	require.Contains(t, res.Stdout, "pod/bare evicted\n")
	require.True(t, strings.HasSuffix(res.Stdout, "node/node-1 drained\n"), res.Stdout)
	require.Contains(t, res.Stderr, "Warning: deleting Pods that declare no controller: default/bare\n")
	b.pass(20 * time.Second)
	require.NotContains(t, b.sh(t, "get pods -o wide").Stdout, "node-1")
}

func TestCreateByName(t *testing.T) {
	b := newBox()
	b.env.Files = files{"index.html": "<h1>", "settings.env": "# a comment\nA=1\nB=2\n"}
	play(t, b, []line{
		{"create deployment web --image=nginx:1.29 --replicas=2 --port=80", "deployment.apps/web created\n"},
		{"get deploy web -o jsonpath='{.spec.template.spec.containers[0].name} {.spec.replicas}'", "nginx 2"},
		{"create deployment web", "error: required flag(s) \"image\" not set\n"},
		{"create deployment --image=nginx", "error: exactly one NAME is required, got 0\nSee 'kubectl create deployment -h' for help and examples\n"},
		{"create deployment web --image=nginx", "error: failed to create deployment: deployments.apps \"web\" already exists\n"},
		{"create configmap page --from-file=index.html --from-literal=a=b", "configmap/page created\n"},
		{"get cm page -o jsonpath={.data}", `{"a":"b","index.html":"\u003ch1\u003e"}`},
		{"create cm env --from-env-file=settings.env", "configmap/env created\n"},
		{"get cm env -o jsonpath={.data}", `{"A":"1","B":"2"}`},
		{"create cm twice --from-literal=a=1 --from-literal=a=2", "error: cannot add key \"a\", another key by that name already exists in Data for ConfigMap \"twice\"\n"},
		{"create cm bad --from-literal=a", "error: invalid literal source a, expected key=value\n"},
		{"create secret generic db --from-literal=password=s3cret", "secret/db created\n"},
		{"get secret db -o jsonpath='{.type} {.data.password}'", "Opaque czNjcmV0"},
		{"create secret tls cert", "error: key and cert must be specified\n"},
		{"create service clusterip web --tcp=80:8080", "service/web created\n"},
		{"get svc web -o jsonpath='{.spec.ports[0].name} {.spec.selector}'", `80-8080 {"app":"web"}`},
		{"create service nodeport np", "error: at least one tcp port specifier must be provided\n"},
		{"create serviceaccount builder", "serviceaccount/builder created\n"},
		{"create namespace shop", "namespace/shop created\n"},
		{"create ns shop", "Error from server (AlreadyExists): namespaces \"shop\" already exists\n"},
		{"create cronjob c --image=x --schedule='* * * * *'", "error: failed to create cronjob: the server could not find the requested resource\n"},
		{"create role r --verb=get --resource=pods", "Error from server (NotFound): the server could not find the requested resource\n"},
		{"create frob x", "error: Unexpected args: [frob x]\nSee 'kubectl create -h' for help and examples\n"},
	})
}

// What is deleted by its owner goes with it, unless it is to be orphaned.
func TestDeleteCascades(t *testing.T) {
	play(t, newShop(t), []line{
		{"delete deploy web --cascade=orphan", "deployment.apps \"web\" deleted from default namespace\n"},
		{"get rs -o jsonpath='{.items[*].spec.replicas} {.items[*].metadata.ownerReferences}'", "2 "},
	})
	play(t, newShop(t), []line{
		{"delete deploy web --cascade=foreground", "deployment.apps \"web\" deleted from default namespace\n"},
		{"get rs,pods", ""},
		{"delete deploy web --cascade=odd", "error: invalid cascade value (odd). Must be \"background\", \"foreground\", or \"orphan\"\n"},
	})
}

// The verbs behind a verb are helped with and completed like the others.
func TestSubcommands(t *testing.T) {
	b := newBox()
	require.Contains(t, b.sh(t, "rollout --help").Stdout, "\nCommands:\n  history")
	require.Contains(t, b.sh(t, "help rollout undo").Stdout, "--to-revision")
	require.Contains(t, b.sh(t, "rollout undo -h").Stdout, "Usage:\n  kubectl rollout undo (TYPE NAME | TYPE/NAME) [flags]\n")
	var names []string
	for _, c := range kubectl.Complete(b.env, []string{"kubectl", "rollout", "re"}) {
		names = append(names, c.Text)
	}
	require.Equal(t, []string{"restart", "resume"}, names)
	require.NotEmpty(t, kubectl.Complete(b.env, []string{"kubectl", "set", "env", "--over"}))
	require.NotEmpty(t, kubectl.Complete(b.env, []string{"kubectl", "create", "deployment", "web", "--im"}))
}

func TestApplyServerSide(t *testing.T) {
	b := newBox()
	b.env.Files = files{"a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {x: \"1\"}\n", "b.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {x: \"2\"}\n"}
	play(t, b, []line{
		{"apply --server-side -f a.yaml", "configmap/c serverside-applied\n"},
		{"apply --server-side -f b.yaml --dry-run=server", "configmap/c serverside-applied (server dry run)\n"},
		{"apply --server-side --field-manager=other --force-conflicts -f b.yaml", "configmap/c serverside-applied\n"},
		{"get cm c -o jsonpath='{.data.x} {.metadata.managedFields[*].manager}'", "2 other"},
		{"apply --force-conflicts -f a.yaml", "error: --force-conflicts only works with --server-side\n"},
		{"apply --server-side --dry-run=client -f a.yaml", "error: --dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)\n"},
		{"label cm c a=b", "configmap/c labeled\n"},
		{"get cm c -o jsonpath='{.metadata.managedFields[*].manager}'", "other kubectl-label"},
	})
	require.Contains(t, b.sh(t, "apply --server-side -f a.yaml").Stderr, "error: Apply failed with 1 conflict: conflict with \"other\": .data.x\nPlease review the fields above")
	require.NotContains(t, b.sh(t, "get cm c -o yaml").Stdout, "managedFields")
	require.Contains(t, b.sh(t, "get cm c -o yaml --show-managed-fields").Stdout, "managedFields")
}

// What was applied by kubectl itself is taken over when kubectl lets the server apply.
func TestServerSideAfterClientSide(t *testing.T) {
	b := newBox()
	b.env.Files = files{"a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {x: \"1\", k: \"1\"}\n", "b.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {x: \"2\"}\n"}
	play(t, b, []line{
		{"apply -f a.yaml", "configmap/c created\n"},
		{"apply --server-side -f b.yaml", "configmap/c serverside-applied\n"},
		{"get cm c -o jsonpath={.data}", `{"x":"2"}`},
	})
}
