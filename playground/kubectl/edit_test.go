package kubectl_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// open is what kubectl edit puts into the editor.
func (b *box) open(line string) string {
	text := ""
	b.env.Editor = &text
	b.run(line)
	b.env.Editor = nil
	return text
}

// save runs the line with what the editor made of the text.
func (b *box) save(line, text string) (out, errs string) {
	b.env.Stdin = []byte(text)
	res := b.run(line)
	b.env.Stdin = nil
	return res.Stdout, res.Stderr
}

func TestEditWithAnEditor(t *testing.T) {
	b := newBox()
	b.run("create deployment web --image=nginx")
	b.pass(5e9)
	text := b.open("edit deploy web")
	require.True(t, strings.HasPrefix(text, "# Please edit the object below. Lines beginning with a '#' will be ignored,\n"))
	require.NotContains(t, text, "managedFields")
	for _, c := range []struct{ name, old, now, out, errs string }{
		{"as it was", "", "", "", "Edit cancelled, no changes made.\n"},
		{"other remarks", "# Please", "# Do", "", "Edit cancelled, no changes made.\n"},
		{"emptied", text, "# nothing\n\n", "", "Edit cancelled, saved file was empty.\n"},
		{"another name", "\n  name: web\n", "\n  name: shop\n", "", "error: At least one of apiVersion, kind and name was changed\n"},
		{"broken", "kind: Deployment", "kind: [", "", "error: The edited file had a syntax error: error parsing edited-file: "},
		{"a field nobody knows", "\n  replicas:", "\n  replica:", "", `Error from server (BadRequest): Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"`},
		{"a value that may not be", "replicas: 1\n  rev", "replicas: -1\n  rev", "", `The Deployment "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0`},
		{"only the status", "readyReplicas: 1", "readyReplicas: 7", "deployment.apps/web edited\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, errs := b.save("edit deploy web", strings.Replace(text, c.old, c.now, 1))
			require.Equal(t, c.out, out)
			require.True(t, strings.HasPrefix(errs, c.errs) && (errs == "") == (c.errs == ""), errs)
		})
	}
}

// What others changed while the editor was open stays; what the person took out goes, though no apply ever set it.
func TestEditChangesWhatWasChanged(t *testing.T) {
	b := newBox()
	b.run("create deployment web --image=nginx")
	b.run("label deployment web tier=front")
	text := b.open("edit deploy/web")
	b.run("scale deployment web --replicas=3")
	text = strings.Replace(strings.Replace(text, "    tier: front\n", "", 1), "image: nginx", "image: nginx:2", 1)
	out, errs := b.save("edit deploy/web", text)
	require.Equal(t, "deployment.apps/web edited\n", out, errs)
	require.Equal(t, "3 nginx:2 app=web", b.run("get deploy web -o jsonpath={.spec.replicas}").Stdout+" "+
		b.run("get deploy web -o jsonpath={.spec.template.spec.containers[0].image}").Stdout+" "+
		strings.Fields(b.run("get deploy web --show-labels --no-headers").Stdout)[5])
}

func TestEditOpensOneObject(t *testing.T) {
	b := newBox()
	b.run("run a --image=nginx")
	b.run("run b --image=nginx")
	for _, line := range []string{"edit pod nope", "edit pods", "edit pod a b", "edit", "edit pod a -o json"} {
		require.Empty(t, b.open(line), line)
	}
	require.Contains(t, b.open("edit pod a"), "  name: a\n")
}
