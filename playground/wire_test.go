package playground_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

// page is the other end of the wire: it keeps what the host says.
type page struct {
	host *playground.Host
	said []map[string]any
}

func newPage(t *testing.T) *page {
	p := &page{}
	p.host = playground.NewHost(func(b []byte) {
		if n := len(p.said); n > 0 && p.said[n-1]["long"] == true { // as pages do
			delete(p.said[n-1], "long")
			p.said[n-1]["text"] = string(b)
			return
		}
		var m map[string]any
		require.NoError(t, json.Unmarshal(b, &m), "%s", b)
		p.said = append(p.said, m)
	})
	return p
}

// say sends a message and gives what came back.
func (p *page) say(t *testing.T, m map[string]any) []map[string]any {
	b, err := json.Marshal(m)
	require.NoError(t, err)
	from := len(p.said)
	p.host.Handle(b)
	for i := from; i < len(p.said); i++ { // what an acknowledgement brings is acknowledged too
		if m := p.said[i]; m["type"] == "patch" {
			p.host.Handle(fmt.Appendf(nil, `{"op":"ack","seq":%v}`, m["seq"]))
		}
	}
	return p.said[from:]
}

func sample(t *testing.T, name string) map[string]any {
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	var m map[string]any
	require.NoError(t, json.Unmarshal(b, &m))
	return m
}

// shapeOf is the form of a JSON value without what it says: names and types, of a list its first item.
func shapeOf(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			out[k] = shapeOf(v[k])
		}
		return out
	case []any:
		if len(v) == 0 {
			return "list"
		}
		return []any{shapeOf(v[0])}
	}
	return fmt.Sprintf("%T", v)
}

// agree tells whether two values have the same form where both say something: an empty list agrees with any.
func agree(t *testing.T, at string, want, got any) {
	if want == "list" || got == "list" {
		return
	}
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		require.True(t, ok, "%s: %v", at, got)
		for k := range w {
			if g[k] != nil {
				agree(t, at+"."+k, w[k], g[k])
			}
		}
		for k := range g {
			if k != "id" { // an error has it if it answers a message with one
				require.Contains(t, w, k, "%s has a field the page does not know", at)
			}
		}
	case []any:
		g, ok := got.([]any)
		require.True(t, ok, "%s: %v", at, got)
		agree(t, at+"[0]", w[0], g[0])
	default:
		require.Equal(t, want, got, at)
	}
}

// The engine's messages have the form of the samples, which the page's own tests read.
func TestMessagesHaveTheFormOfTheSamples(t *testing.T) {
	p := newPage(t)
	p.say(t, sample(t, "../testdata/wire/op-open.json"))
	p.say(t, map[string]any{"op": "line", "text": "kubectl run web --image=nginx"})
	p.say(t, map[string]any{"op": "tick", "ms": 5000})
	p.say(t, map[string]any{"op": "line", "text": "kubectl get podz"})
	p.say(t, map[string]any{"op": "seek", "ms": 10})
	p.say(t, map[string]any{"op": "line", "text": "kubectl get pods"})
	p.say(t, map[string]any{"op": "complete", "id": 7, "text": "kubectl get po", "cursor": 14})
	p.say(t, map[string]any{"op": "explain", "id": 8, "kind": "Pod", "names": []string{"spec"}})
	p.say(t, map[string]any{"op": "check", "id": 9, "text": "apiVersion: v1\nkind: Pod\nmetadata:\n  nam: web\n"})
	p.say(t, map[string]any{"op": "diff", "id": 10, "text": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n"})
	p.say(t, map[string]any{"op": "line", "text": "kubectl edit node node-1"})
	p.say(t, map[string]any{"op": "save", "id": 3})
	p.say(t, map[string]any{"op": "load", "id": 4, "log": "nonsense"})
	p.say(t, map[string]any{"op": "undo"})
	files, err := filepath.Glob("../testdata/wire/msg-*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		if strings.Contains(file, "msg-panel-") || strings.Contains(file, "msg-output-long") {
			continue // panel_test.go, and the test below
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			want := sample(t, file)
			seen := 0
			for _, got := range p.said {
				if got["type"] == want["type"] {
					seen++
					if got["type"] == "patch" {
						continue
					}
					agree(t, file, shapeOf(want), shapeOf(got))
				}
			}
			require.NotZero(t, seen, "the engine never said %v", want["type"])
		})
	}
	full := shapeOf(sample(t, "../testdata/wire/msg-patch-full.json"))
	running := shapeOf(sample(t, "../testdata/wire/msg-patch-running.json")).(map[string]any)
	for _, got := range p.said {
		if got["type"] == "patch" {
			g := shapeOf(got).(map[string]any)
			for _, key := range []string{"nodes", "pods", "services", "traffic", "events", "goals"} {
				if w, ok := running[key]; ok && (key == "events" || key == "goals") && g[key] != nil {
					agree(t, key, w, g[key])
				}
				delete(g, key)
			}
			agree(t, "patch", full, g)
		}
	}
}

// Every operation of the samples is understood.
func TestOperationsOfTheSamplesAreUnderstood(t *testing.T) {
	files, err := filepath.Glob("../testdata/wire/op-*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			p := newPage(t)
			p.say(t, sample(t, "../testdata/wire/op-open.json"))
			if strings.HasSuffix(file, "op-crash.json") {
				require.Panics(t, func() { p.say(t, sample(t, file)) })
				return
			}
			for _, m := range p.say(t, sample(t, file)) {
				if m["type"] == "error" {
					require.NotContains(t, m["message"], "unknown op")
					require.NotEqual(t, "wire", m["code"])
				}
			}
		})
	}
}

func TestAPatchTellsOnlyWhatChanged(t *testing.T) {
	p := newPage(t)
	first := p.say(t, sample(t, "../testdata/wire/op-open.json"))
	full := first[len(first)-1]
	require.Equal(t, true, full["full"])
	require.Len(t, full["nodes"].(map[string]any)["add"], 3)
	said := p.say(t, map[string]any{"op": "line", "text": "kubectl run web --image=nginx"})
	patch := said[len(said)-1]
	require.Equal(t, false, patch["full"])
	require.Len(t, patch["pods"].(map[string]any)["add"], 1)
	require.Empty(t, patch["nodes"].(map[string]any)["set"], "nothing is on a node yet")
	said = p.say(t, map[string]any{"op": "tick", "ms": 5000})
	patch = said[len(said)-1]
	require.Len(t, patch["pods"].(map[string]any)["set"], 1)
	require.Len(t, patch["nodes"].(map[string]any)["set"], 1)
	require.Equal(t, "ready", p.goalMet(patch))
	require.Empty(t, p.say(t, map[string]any{"op": "live"}), "nothing changed, so nothing is said")
	said = p.say(t, map[string]any{"op": "undo"})
	patch = said[len(said)-1]
	require.Equal(t, true, patch["full"], "history was rewritten")
}

// goalMet is the id of the first goal that is met.
func (p *page) goalMet(patch map[string]any) string {
	for _, g := range patch["goals"].([]any) {
		if g := g.(map[string]any); g["met"] == true {
			return strings.ReplaceAll(g["id"].(string), "running", "ready")
		}
	}
	return ""
}

func TestWithoutAnAcknowledgementPatchesAreMerged(t *testing.T) {
	p := newPage(t)
	p.host.Handle([]byte(`{"op":"open","scenario":{"name":"x","seed":1,"nodes":[{}]}}`))
	patches := func() int {
		n := 0
		for _, m := range p.said {
			if m["type"] == "patch" {
				n++
			}
		}
		return n
	}
	require.Equal(t, 1, patches())
	p.host.Handle([]byte(`{"op":"line","text":"kubectl run web --image=nginx"}`))
	p.host.Handle([]byte(`{"op":"tick","ms":5000}`))
	require.Equal(t, 1, patches(), "the page has not drawn the first one")
	p.host.Handle([]byte(`{"op":"ack","seq":1}`))
	require.Equal(t, 2, patches())
}

// What is long follows its message as it is; the session keeps no more of it than the page does.
func TestLongOutputComesAsItIs(t *testing.T) {
	var said []string
	h := playground.NewHost(func(b []byte) { said = append(said, string(b)) })
	h.Handle([]byte(`{"op":"open","scenario":{"name":"x","seed":1,"nodes":[{}]}}`))
	text := strings.Repeat("<long> \u00e9\n", 19_000)
	line, err := json.Marshal(map[string]any{"op": "line", "text": "cat <<'END'\n" + text + "END\n"})
	require.NoError(t, err)
	said = nil
	h.Handle(line)
	at := slices.Index(said, text)
	require.Positive(t, at)
	var head map[string]any
	require.NoError(t, json.Unmarshal([]byte(said[at-1]), &head))
	require.Equal(t, sample(t, "../testdata/wire/msg-output-long.json"), head)

	var log map[string]any
	said = nil
	h.Handle([]byte(`{"op":"save","id":1}`))
	require.NoError(t, json.Unmarshal([]byte(said[0]), &log))
	load, err := json.Marshal(map[string]any{"op": "load", "id": 2, "log": log["log"], "tell": true})
	require.NoError(t, err)
	said = nil
	h.Handle(load)
	require.Contains(t, said, text, "told again, it is whole")
}

func FuzzHandle(f *testing.F) {
	f.Add(`{"op":"line","text":"kubectl get pods -o jsonpath='{.items[*].metadata.name}'"}`)
	f.Add(`{"op":"tick","ms":1e300}`)
	f.Add(`{"op":"seek","ms":-1}`)
	f.Add(`{"op":"branch","index":-5}`)
	f.Add(`{"op":"complete","text":"kubectl ","cursor":99}`)
	f.Add(`{"op":"open","scenario":{"nodes":[{"cpu":"1e400"}]}}`)
	f.Add(`{"op":"explain","kind":"EndpointSlice","names":["endpoints","x"]}`)
	f.Add(`{"op":"check","text":"kind: Pod\napiVersion: v1\nspec: [{"}`)
	f.Add(`{"op":"diff","text":"- a"}`)
	f.Add(`{"op":"line","text":"k edit node node-1"}`)
	f.Add(`[]`)
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "crash") {
			return // which is what it is for
		}
		long := false
		h := playground.NewHost(func(b []byte) {
			if !long && !json.Valid(b) {
				t.Errorf("not JSON: %q", b)
			}
			long = strings.Contains(string(b), `"long":true`)
		})
		h.Handle([]byte(`{"op":"open","scenario":{"name":"x","seed":1,"nodes":[{}]}}`))
		h.Handle([]byte(text))
	})
}

// A log that came from elsewhere has no terminal beside it: told to, the host says again what was said.
func TestALoadedSessionTellsWhatWasSaid(t *testing.T) {
	p := newPage(t)
	p.say(t, sample(t, "../testdata/wire/op-open.json"))
	p.say(t, map[string]any{"op": "line", "text": "kubectl run web --image=nginx"})
	p.say(t, map[string]any{"op": "tick", "ms": 5000})
	log := p.say(t, map[string]any{"op": "save", "id": 1})[0]["log"]
	said := func(tell bool) (all []string) {
		for _, m := range p.say(t, map[string]any{"op": "load", "id": 2, "log": log, "tell": tell}) {
			if m["type"] == "output" {
				all = append(all, fmt.Sprintf("%v %v", m["stream"], m["text"]))
			}
		}
		return all
	}
	require.Equal(t, []string{"in kubectl run web --image=nginx\n", "out pod/web created\n"}, said(true))
	require.Empty(t, said(false))
}
