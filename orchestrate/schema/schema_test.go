package schema_test

import (
	"fmt"
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/stretchr/testify/require"
)

const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: c
    imagee: nginx
`

func Example() {
	docs, err := schema.Decode([]byte(manifest), "pod.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range docs[0].Strict {
		fmt.Printf("line %d, column %d: %s; did you mean %s?\n", p.Line, p.Column, p, p.Nearest)
	}
	// Output:
	// line 8, column 5: unknown field "spec.containers[0].imagee"; did you mean image?
}

func ExampleMarshalYAML() {
	b, _ := schema.MarshalYAML(&api.Namespace{ObjectMeta: api.ObjectMeta{Name: "yes", Labels: map[string]string{"a": "1"}}})
	fmt.Print(string(b))
	// Output:
	// apiVersion: v1
	// kind: Namespace
	// metadata:
	//   labels:
	//     a: "1"
	//   name: "yes"
	// spec: {}
	// status: {}
}

func TestFind(t *testing.T) {
	for _, word := range []string{"po", "pod", "pods", "Pod", "PODS", "pods.", "pods.v1."} {
		require.Equal(t, api.KindPod, schema.Find(word).Kind, word)
	}
	for _, word := range []string{"podz", "", "pods.apps", "sandbox", "sandboxes"} {
		require.Nil(t, schema.Find(word), word)
	}
	for _, word := range []string{"deploy", "deployments", "deployments.apps", "Deployment.v1.apps"} {
		require.Equal(t, api.KindDeployment, schema.Find(word).Kind, word)
	}
	require.Equal(t, "pods", schema.Nearest("podz", schema.Names()))
	require.Empty(t, schema.Nearest("statefulsets", schema.Names()))
}

// TestAllIsInTheOrderOfKubectl is the order of the tables of kubectl get all, as it was recorded from a real cluster.
func TestAllIsInTheOrderOfKubectl(t *testing.T) {
	var all []string
	for _, r := range schema.InCategory("all") {
		all = append(all, r.Qualified())
	}
	require.Equal(t, []string{"pods", "services", "deployments.apps", "replicasets.apps"}, all)
}

func TestDecodeErrors(t *testing.T) {
	for _, test := range []struct {
		name, src, want string
		line, column    int
	}{
		{"a number for a text", "apiVersion: v1\nkind: Pod\nmetadata: {name: 5}", "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string", 3, 18},
		{"a text for a list", "apiVersion: v1\nkind: Pod\nspec:\n  containers: no thanks", "json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type []v1.Container", 4, 15},
		{"a truth for a label", "apiVersion: v1\nkind: Pod\nmetadata: {labels: {a: yes}}", "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string", 3, 24},
		{"no quantity", "apiVersion: v1\nkind: Pod\nspec: {containers: [{resources: {requests: {cpu: many}}}]}", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'", 3, 50},
		{"a list for a manifest", "- a", "a manifest is an object with apiVersion, kind and metadata, not a array", 1, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			docs, err := schema.Decode([]byte(test.src), "x")
			require.NoError(t, err)
			require.NotNil(t, docs[0].Err)
			require.Equal(t, test.want, docs[0].Err.Message)
			require.Equal(t, test.line, docs[0].Err.Line)
			require.Equal(t, test.column, docs[0].Err.Column)
		})
	}
}

func TestSyntaxErrorsHaveAPlaceAndAHint(t *testing.T) {
	for _, test := range []struct {
		src, want, hint string
		line, column    int
	}{
		{"a:\n\tb: 2\n", "found character that cannot start any token", "tab", 2, 1},
		{"a: 1\nb\n", "could not find expected ':'", `needs ": "`, 2, 1},
		{"kind: A\nspec: {a: [1, 2\n", "line 2: did not find expected ',' or ']'", "not closed", 2, 11},
		{"a: \"open\n", "found unexpected end of stream", "never closed", 1, 4},
	} {
		_, err := schema.Decode([]byte(test.src), "x")
		var syntax *schema.SyntaxError
		require.ErrorAs(t, err, &syntax, test.src)
		require.Contains(t, syntax.Cause, test.want)
		require.Contains(t, syntax.Hint, test.hint, test.src)
		require.Equal(t, []int{test.line, test.column}, []int{syntax.Line, syntax.Column}, test.src)
	}
}

func TestManyDocumentsAndLists(t *testing.T) {
	docs, err := schema.Decode([]byte("---\n# only a comment\n---\nkind: Pod\napiVersion: v1\n---\napiVersion: v1\nkind: List\nitems:\n- {kind: Node, apiVersion: v1}\n- {kind: Namespace, apiVersion: v1}\n"), "x")
	require.NoError(t, err)
	var kinds []string
	for _, d := range docs {
		kinds = append(kinds, d.Kind)
	}
	require.Equal(t, []string{"Pod", "Node", "Namespace"}, kinds)
}

// YAML 1.1, as kubectl reads it: y, n, on and off are truth values, also as keys.
func TestYAMLIsOfTheOldKind(t *testing.T) {
	docs, err := schema.Decode([]byte("y: 1\non: 2\nv: [yes, 'yes', 0x10, 010, ~, 1e3, .5]\n<<: {merged: true}\n"), "x")
	require.NoError(t, err)
	require.Equal(t, map[string]any{"true": int64(2), "merged": true, "v": []any{true, "yes", int64(16), int64(8), nil, int64(1000), 0.5}}, docs[0].Tree)
}

func TestAliasesThatNestAreStopped(t *testing.T) {
	src := "x0: &x0 [a]\n"
	for i := range 1200 {
		src += fmt.Sprintf("x%d: &x%d [*x%d]\n", i+1, i+1, i)
	}
	_, err := schema.Decode([]byte(src), "x")
	require.EqualError(t, err, "error parsing x: error converting YAML to JSON: yaml: exceeded max depth of 1000")
}

func TestAliasesThatExplodeAreStopped(t *testing.T) {
	src := "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'j'; c++ {
		src += fmt.Sprintf("%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	_, err := schema.Decode([]byte(src), "x")
	require.ErrorContains(t, err, "document contains excessive aliasing")
}

func TestThreeWay(t *testing.T) {
	m := func(text string) map[string]any {
		docs, err := schema.Decode([]byte(text), "x")
		require.NoError(t, err)
		return docs[0].Tree
	}
	pods := schema.Find("pods")
	original := m("metadata: {labels: {a: '1', old: x}}\nspec: {containers: [{name: c, image: v1}, {name: gone, image: v1}], nodeSelector: {x: y}}")
	modified := m("metadata: {labels: {a: '2'}}\nspec: {containers: [{name: c, image: v2}]}")
	current := m("metadata: {labels: {a: '1', old: x, other: z}, uid: u}\nspec: {containers: [{name: c, image: v1, imagePullPolicy: Always}, {name: gone, image: v1}, {name: sidecar, image: s}], nodeSelector: {x: y}}\nstatus: {phase: Running}")
	want := m("metadata: {labels: {a: '2', other: z}, uid: u}\nspec: {containers: [{name: c, image: v2, imagePullPolicy: Always}, {name: sidecar, image: s}]}\nstatus: {phase: Running}")
	require.Equal(t, want, schema.ThreeWay(pods, original, modified, current))
	require.Equal(t, want, schema.ThreeWay(pods, modified, modified, want), "applying again changes nothing")

	injected := m("spec: {containers: [{name: sidecar, image: s}, {name: c, image: v1}, {name: last, image: l}]}")
	want = m("spec: {containers: [{name: sidecar, image: s}, {name: c, image: v2}, {name: new, image: n}, {name: last, image: l}]}")
	modified = m("spec: {containers: [{name: c, image: v2}, {name: new, image: n}]}")
	require.Equal(t, want, schema.ThreeWay(pods, nil, modified, injected), "what others put in stays where it was")
	require.Equal(t, want, schema.ThreeWay(pods, modified, modified, want))
}

func TestQOSClass(t *testing.T) {
	list := func(cpu, memory string) api.ResourceList {
		return api.ResourceList{api.ResourceCPU: api.MustQuantity(cpu), api.ResourceMemory: api.MustQuantity(memory)}
	}
	spec := func(r api.ResourceRequirements) *api.PodSpec {
		return &api.PodSpec{Containers: []api.Container{{Resources: r}}}
	}
	require.Equal(t, api.QOSBestEffort, schema.QOSClass(spec(api.ResourceRequirements{})))
	require.Equal(t, api.QOSBurstable, schema.QOSClass(spec(api.ResourceRequirements{Requests: list("1", "1Gi")})))
	require.Equal(t, api.QOSGuaranteed, schema.QOSClass(spec(api.ResourceRequirements{Requests: list("1", "1Gi"), Limits: list("1000m", "1Gi")})))
}

func FuzzDecode(f *testing.F) {
	f.Add(manifest)
	f.Add("a: &a [*a]")
	f.Add("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"status\":{\"capacity\":{\"cpu\":1e9}}}")
	f.Add("? [a]\n: b")
	f.Add("kind: Pod\napiVersion: v1\nspec: {containers: [{ports: [{containerPort: 99999999999}]}]}")
	f.Add("kind: Deployment\napiVersion: apps/v1\nspec: {strategy: {rollingUpdate: {maxSurge: a%}}, template: {spec: null}, selector: {matchExpressions: [{}]}}")
	f.Add("kind: Service\napiVersion: v1\nspec: {ports: [{}], clusterIP: a, clusterIPs: [b], externalIPs: ['fe8::', '::1'], sessionAffinity: ClientIP, sessionAffinityConfig: {}}")
	f.Add("kind: EndpointSlice\napiVersion: discovery.k8s.io/v1\nports: [{}]\naddressType: IPv6\nendpoints: [{}, {addresses: ['fe80::']}]")
	f.Add("kind: Secret\napiVersion: v1\nstringData: {a: b}\ndata: {a: '%'}\ntype: kubernetes.io/dockercfg")
	f.Fuzz(func(t *testing.T, src string) {
		docs, _ := schema.Decode([]byte(src), "x")
		for _, d := range docs {
			if d.Object == nil {
				continue
			}
			again, err := schema.FromTree(d.Resource, schema.Tree(d.Object))
			if err != nil {
				t.Fatalf("what was written cannot be read: %v", err)
			}
			a, _ := schema.Marshal(d.Object)
			b, _ := schema.Marshal(again)
			if string(a) != string(b) {
				t.Fatalf("writing and reading changed it:\n%s\n%s", a, b)
			}
			schema.Default(d.Object)
			schema.Validate(d.Object, nil)
		}
	})
}

func TestWrittenIsWhatIsWrittenOfATree(t *testing.T) {
	for _, manifest := range []string{
		"{apiVersion: v1, kind: Event, metadata: {name: e, managedFields: [{manager: kubectl, fieldsV1: {f:a: {}}}]}, action: a, count: 1, lastTimestamp: 2017-02-18T02:00:00Z, involvedObject: {kind: Pod}}",
		"{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, labels: {b: '1', B: '2', a10: x, a9: z}}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}",
	} {
		docs, err := schema.Decode([]byte(manifest), "x")
		require.NoError(t, err)
		o := docs[0].Object
		require.NotNil(t, o, docs[0].Err)
		tree := schema.Tree(o)
		want, err := schema.MarshalYAMLTree(tree)
		require.NoError(t, err)
		all, err := schema.MarshalYAMLTree(schema.Written(true, o)[0])
		require.NoError(t, err)
		require.Equal(t, string(want), string(all))

		delete(tree["metadata"].(map[string]any), "managedFields")
		want, err = schema.MarshalIndent(tree)
		require.NoError(t, err)
		less, err := schema.MarshalIndent(schema.Written(false, o)[0])
		require.NoError(t, err)
		require.Equal(t, string(want), string(less))
	}
}
