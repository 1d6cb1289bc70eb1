package kubectl_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slipway-dev/slipway/playground/kubectl"
	"github.com/stretchr/testify/require"
)

const goodPod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: nginx\n"

// Whatever apply would refuse stands at its line and column, with upstream's text.
func TestCheckFindsWhatApplyRefuses(t *testing.T) {
	b := newBox()
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"only a remark", "# later\n", ""},
		{"what is right", goodPod, ""},
		{"broken YAML", "apiVersion: v1\nkind: [Pod\n", `2:7 error converting YAML to JSON: yaml: line 2: did not find expected ',' or ']' (a bracket was opened and not closed, or a comma is missing)`},
		{"an unknown field", strings.Replace(goodPod, "image:", "imagee:", 1), `8:5 unknown field "spec.containers[0].imagee" (did you mean image?)`},
		{"a wrong type", strings.Replace(goodPod, "name: web\nspec", "name: [web]\nspec", 1), `4:9 json: cannot unmarshal array into Go struct field ObjectMeta.metadata.name of type string`},
		{"a value that may not be", strings.Replace(goodPod, "name: web\nspec", "name: Web\nspec", 1), "4:3 metadata.name: Invalid value: \"Web\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"},
		{"a value that is missing", strings.Replace(goodPod, "  - name: web\n    image: nginx\n", "  - image: nginx\n", 1), "7:5 spec.containers[0].name: Required value"},
		{"a kind nobody knows", strings.Replace(goodPod, "Pod", "Podd", 1), `2:1 resource mapping not found for name: "web" namespace: "" from "STDIN": no matches for kind "Podd" in version "v1"` + "\n" + `ensure CRDs are installed first (did you mean kind: Pod?)`},
		{"no kind", "apiVersion: v1\nmetadata:\n  name: web\n", `1:1 error validating "STDIN": error validating data: kind not set; if you choose to ignore these errors, turn validation off with --validate=false`},
		{"no object", "hello", "1:1 a manifest is an object with apiVersion, kind and metadata, not a string"},
		{"a namespace that is not there", strings.Replace(goodPod, "  name: web\nspec", "  name: web\n  namespace: shop\nspec", 1), `4:3 Error from server (NotFound): error when creating "STDIN": namespaces "shop" not found`},
		{"a namespace that comes with it", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\n" + strings.Replace(goodPod, "  name: web\nspec", "  name: web\n  namespace: shop\nspec", 1), ""},
		{"the second document", goodPod + "---\n" + strings.Replace(goodPod, "image:", "imagee:", 1), `17:5 unknown field "spec.containers[0].imagee" (did you mean image?)`},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, found(b.env, c.text))
		})
	}
}

func found(env *kubectl.Env, text string) string {
	var lines []string
	for _, f := range kubectl.Check(env, text) {
		line := fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Text)
		if f.Hint != "" {
			line += " (" + f.Hint + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// Asking leaves no trace: a world that was asked goes on as one that was not.
func TestCheckChangesNothing(t *testing.T) {
	asked, other, author := newBox(), newBox(), newBox()
	for _, b := range []*box{asked, other} {
		b.run("create deployment web --image=nginx --replicas=2")
		b.pass(2 * time.Second)
	}
	text := ""
	for _, line := range []string{
		"create deployment web --image=nginx:2 --replicas=5", "create service nodeport shop --tcp=80", "run shell --image=busybox",
		"create job once --image=busybox", "create configmap cm --from-literal=a=b",
	} {
		text += author.run(line+" --dry-run=client -o yaml").Stdout + "---\n"
	}
	before := asked.c.TraceHash()
	require.Empty(t, found(asked.env, text))
	require.NotEmpty(t, found(asked.env, goodPod+"---\nkind: Pod\n"))
	require.Equal(t, before, asked.c.TraceHash())
	for _, b := range []*box{asked, other} {
		b.run("scale deployment web --replicas=4")
		b.run("expose deployment web --port=80 --type=NodePort")
		b.pass(20 * time.Second)
	}
	require.Equal(t, other.c.TraceHash(), asked.c.TraceHash())
}
