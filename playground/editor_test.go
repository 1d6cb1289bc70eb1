package playground_test

import (
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/orchestrate/schema"
	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

// only is the one message of a type among those said.
func only(t *testing.T, said []map[string]any, kind string) map[string]any {
	var found []map[string]any
	for _, m := range said {
		if m["type"] == kind {
			found = append(found, m)
		}
	}
	require.Len(t, found, 1, kind)
	return found[0]
}

// What an editor asks is no input: the log stays as it was, and what is typed next goes as if nobody had asked.
func TestAnEditorsQuestionsAreNoInputs(t *testing.T) {
	logs := map[bool]string{}
	for _, asks := range []bool{true, false} {
		p := newPage(t)
		p.say(t, sample(t, "../testdata/wire/op-open.json"))
		if asks {
			manifest := "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {a: b}}\n" +
				"  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: a, image: nginx}]}\n"
			require.Empty(t, only(t, p.say(t, map[string]any{"op": "check", "id": 1, "text": manifest}), "checked")["found"])
			require.Contains(t, only(t, p.say(t, map[string]any{"op": "diff", "id": 2, "text": manifest}), "compared")["text"], "+  name: web\n")
			p.say(t, map[string]any{"op": "explain", "id": 3, "kind": "Pod", "names": []string{"spec"}})
			p.say(t, map[string]any{"op": "line", "text": "kubectl edit node node-1"})
		}
		p.say(t, map[string]any{"op": "line", "text": "kubectl create deployment web --image=nginx"})
		p.say(t, map[string]any{"op": "tick", "ms": 5000})
		logs[asks] = only(t, p.say(t, map[string]any{"op": "save", "id": 4}), "saved")["log"].(string)
	}
	require.Equal(t, logs[false], logs[true])
}

// kubectl edit opens the editor; what it saves is a line of the log, which can be undone and replayed.
func TestEditThroughTheEditor(t *testing.T) {
	p := newPage(t)
	p.say(t, sample(t, "../testdata/wire/op-open.json"))
	p.say(t, map[string]any{"op": "line", "text": "kubectl create deployment web --image=nginx"})
	p.say(t, map[string]any{"op": "tick", "ms": 5000})
	said := p.say(t, map[string]any{"op": "line", "text": " kubectl edit  deploy/web"})
	edit := only(t, said, "edit")
	require.Equal(t, "kubectl edit deploy/web", edit["line"])
	require.Equal(t, false, only(t, said, "prompt")["busy"], "the terminal does not wait")
	text := strings.Replace(edit["text"].(string), "replicas: 1\n", "replicas: 3\n", 1)
	said = p.say(t, map[string]any{"op": "line", "text": edit["line"].(string) + " <<'EOF'\n" + text + "EOF"})
	require.Equal(t, "deployment.apps/web edited\n", only(t, said, "output")["text"])
	p.say(t, map[string]any{"op": "tick", "ms": 5000})
	log := only(t, p.say(t, map[string]any{"op": "save", "id": 4}), "saved")["log"].(string)
	again, err := playground.Load([]byte(log))
	require.NoError(t, err)
	out, err := again.Type("kubectl get deploy web -o jsonpath={.status.readyReplicas}")
	require.NoError(t, err)
	require.Equal(t, "3", out[len(out)-1].Text)
	p.say(t, map[string]any{"op": "undo"})
	said = p.say(t, map[string]any{"op": "line", "text": "kubectl get deploy web -o jsonpath={.spec.replicas}"})
	require.Equal(t, "1", only(t, said, "output")["text"])
}

// What cannot be opened is run, and says so; neither can an editor be part of a longer line.
func TestWhatTheEditorIsNotFor(t *testing.T) {
	p := newPage(t)
	p.say(t, sample(t, "../testdata/wire/op-open.json"))
	for line, want := range map[string]string{
		"kubectl edit pod nope":                "pods \"nope\" not found",
		"kubectl edit nodes":                   "no name was specified",
		"kubectl edit node node-1 | cat":       "unable to launch the editor",
		"kubectl edit node node-1; echo hello": "unable to launch the editor",
	} {
		said := p.say(t, map[string]any{"op": "line", "text": line})
		text := ""
		for _, m := range said {
			require.NotEqual(t, "edit", m["type"], line)
			if m["type"] == "output" {
				text += m["text"].(string)
			}
		}
		require.Contains(t, text, want)
	}
}

// Every kind can be explained, and says which apiVersion it has.
func TestEveryKindIsKnownToTheEditor(t *testing.T) {
	p := newPage(t)
	p.say(t, sample(t, "../testdata/wire/op-open.json"))
	kinds := only(t, p.say(t, map[string]any{"op": "explain", "id": 1}), "explained")["fields"].([]any)
	require.Len(t, kinds, len(schema.Resources()))
	for _, k := range kinds {
		k := k.(map[string]any)
		answer := only(t, p.say(t, map[string]any{"op": "explain", "id": 2, "kind": k["name"]}), "explained")
		version := ""
		for _, f := range answer["fields"].([]any) {
			if f := f.(map[string]any); f["name"] == "apiVersion" {
				version = f["values"].([]any)[0].(string)
			}
		}
		require.Equal(t, k["type"], version, k["name"])
	}
	missing := only(t, p.say(t, map[string]any{"op": "explain", "id": 3, "kind": "Pod", "names": []string{"nope"}}), "explained")
	require.NotContains(t, missing, "field")
}

// In the past, editing forks as every command does, and opens the object as it was then.
func TestEditingInThePastForks(t *testing.T) {
	p := newPage(t)
	p.say(t, sample(t, "../testdata/wire/op-open.json"))
	p.say(t, map[string]any{"op": "line", "text": "kubectl create deployment web --image=nginx"})
	p.say(t, map[string]any{"op": "tick", "ms": 5000})
	p.say(t, map[string]any{"op": "line", "text": "kubectl scale deployment web --replicas=4"})
	p.say(t, map[string]any{"op": "tick", "ms": 5000})
	p.say(t, map[string]any{"op": "seek", "ms": 2000})
	said := p.say(t, map[string]any{"op": "line", "text": "kubectl edit deployment web"})
	require.Contains(t, only(t, said, "edit")["text"], "replicas: 1\n")
	require.Len(t, only(t, said, "history")["branches"], 2)
	said = p.say(t, map[string]any{"op": "line", "text": "kubectl get deploy web -o jsonpath={.spec.replicas}"})
	require.Equal(t, "1", only(t, said, "output")["text"])
}

// A session that is only looked at answers questions, and edits nothing.
func TestNothingIsEditedInASessionThatIsLookedAt(t *testing.T) {
	p := newPage(t)
	p.say(t, map[string]any{"op": "load", "id": 1, "log": string(older(t, workedIn(t), nil))})
	only(t, p.say(t, map[string]any{"op": "explain", "id": 2, "kind": "Pod"}), "explained")
	only(t, p.say(t, map[string]any{"op": "check", "id": 3, "text": "kind: Pod"}), "checked")
	only(t, p.say(t, map[string]any{"op": "diff", "id": 4, "text": "kind: Pod"}), "compared")
	for _, m := range p.say(t, map[string]any{"op": "line", "text": "kubectl edit deployment web"}) {
		require.NotEqual(t, "edit", m["type"])
	}
}

// create --edit opens the manifest before it is created; saved as it was, nothing is.
func TestCreateThroughTheEditor(t *testing.T) {
	p := newPage(t)
	p.say(t, sample(t, "../testdata/wire/op-open.json"))
	p.say(t, map[string]any{"op": "line", "text": "cat > cm.yaml <<'X'\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {k: v}\nX"})
	edit := only(t, p.say(t, map[string]any{"op": "line", "text": "kubectl create --edit -f cm.yaml"}), "edit")
	text, line := edit["text"].(string), edit["line"].(string)
	require.Contains(t, text, "# Please edit the object below.")
	require.Contains(t, text, "data: {k: v}\n")
	said := p.say(t, map[string]any{"op": "line", "text": line + " <<'EOF'\n" + text + "EOF"})
	require.Equal(t, "Edit cancelled, no changes made.\n", only(t, said, "output")["text"])
	said = p.say(t, map[string]any{"op": "line", "text": line + " <<'EOF'\n" + strings.Replace(text, "k: v", "k: w", 1) + "EOF"})
	require.Equal(t, "configmap/c created\n", only(t, said, "output")["text"])
	said = p.say(t, map[string]any{"op": "line", "text": "kubectl get cm c -o jsonpath={.data.k}"})
	require.Equal(t, "w", only(t, said, "output")["text"])
	said = p.say(t, map[string]any{"op": "line", "text": "kubectl create --edit -f cm.yaml | cat"})
	require.Contains(t, only(t, said, "output")["text"], "unable to launch the editor")
}
