package playground_test

import (
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/slipway-dev/slipway/playground"
	"github.com/stretchr/testify/require"
)

// panelsOf are the panels among messages, by name.
func panelsOf(said []map[string]any) map[string]map[string]any {
	out := map[string]map[string]any{}
	for _, m := range said {
		if m["type"] == "panel" {
			out[m["name"].(string)] = m
		}
	}
	return out
}

func openShopPage(t *testing.T) *page {
	p := newPage(t)
	p.say(t, map[string]any{"op": "open", "scenario": map[string]any{"name": "shop", "seed": 3, "nodes": []any{map[string]any{}, map[string]any{}, map[string]any{}}, "start": shop}})
	p.say(t, map[string]any{"op": "tick", "ms": 3000})
	return p
}

func ask(object, selector string, names ...string) map[string]any {
	return map[string]any{"op": "panels", "names": names, "object": object, "selector": selector}
}

func list(t *testing.T, m map[string]any, name string) (out []map[string]any) {
	items, ok := m[name].([]any)
	require.True(t, ok, "%s: %v", name, m)
	for _, it := range items {
		out = append(out, it.(map[string]any))
	}
	return out
}

func TestPanelsAreSentWhileTheyAreOnShowAndWhenTheyChange(t *testing.T) {
	p := openShopPage(t)
	require.Empty(t, panelsOf(p.said), "nobody asked")
	got := panelsOf(p.say(t, ask("", "", "labels", "nonsense")))
	require.Len(t, got, 1)
	require.Contains(t, got, "labels")
	require.Empty(t, panelsOf(p.say(t, map[string]any{"op": "tick", "ms": 100})), "nothing changed")
	require.Empty(t, panelsOf(p.say(t, ask("", "", "labels"))), "the page has it")
	require.Contains(t, panelsOf(p.say(t, map[string]any{"op": "line", "text": "kubectl label pod client tier=x"})), "labels")
	p.say(t, ask("", ""))
	require.Empty(t, panelsOf(p.say(t, map[string]any{"op": "line", "text": "kubectl label pod client tier-"})), "it is not on show")
	require.Contains(t, panelsOf(p.say(t, ask("", "", "labels"))), "labels", "it is on show again")
	require.Contains(t, panelsOf(p.say(t, map[string]any{"op": "undo"})), "labels", "history was rewritten")
}

func TestPanelsWaitForThePageToDraw(t *testing.T) {
	p := openShopPage(t)
	p.say(t, ask("", "", "events"))
	from := len(p.said)
	p.host.Handle([]byte(`{"op":"line","text":"kubectl delete pod client --wait=false"}`))
	p.host.Handle([]byte(`{"op":"tick","ms":1000}`))
	p.host.Handle([]byte(`{"op":"tick","ms":1000}`))
	panels := 0
	for _, m := range p.said[from:] {
		if m["type"] == "panel" {
			panels++
		}
	}
	require.LessOrEqual(t, panels, 1, "one patch was sent and not yet drawn")
}

func TestLabelsPanelTellsWhyAPodIsFoundOrNot(t *testing.T) {
	p := openShopPage(t)
	got := panelsOf(p.say(t, ask("pod/default/client", "app in (web", "labels")))["labels"]
	typed := got["typed"].(map[string]any)
	require.Contains(t, typed["error"], "unable to parse requirement")
	require.EqualValues(t, 11, typed["at"])
	got = panelsOf(p.say(t, ask("pod/default/client", "!app", "labels")))["labels"]
	require.Empty(t, got["typed"].(map[string]any)["error"])
	sets := list(t, got, "sets")
	names := []string{}
	for _, s := range sets {
		names = append(names, s["kind"].(string)+" "+s["selector"].(string))
	}
	require.Equal(t, []string{"typed !app", "Service app=nobody", "Service app=web", "Deployment app=web"}, names[:4])
	require.EqualValues(t, 1, sets[0]["count"])
	require.EqualValues(t, 0, sets[1]["count"])
	require.EqualValues(t, 3, sets[2]["count"])
	chips := list(t, got, "chips")
	require.Len(t, chips, 4)
	require.Equal(t, "pod/default/client", chips[0]["key"])
	require.Equal(t, []any{0.0}, chips[0]["in"])
	require.Equal(t, []any{2.0, 3.0, 4.0}, chips[1]["in"])
	reasons := list(t, got, "reasons")
	require.Len(t, reasons, 5)
	require.Equal(t, true, reasons[0]["matches"])
	require.Equal(t, false, reasons[1]["matches"])
	require.Equal(t, "app is absent, but the requirement wants the key", list(t, reasons[1], "lines")[0]["why"])
}

func TestRolloutPanelShowsSetsAndBandsOverTime(t *testing.T) {
	p := openShopPage(t)
	p.say(t, map[string]any{"op": "line", "text": "traffic start http://node-1:30080 --rate 20"})
	p.say(t, map[string]any{"op": "tick", "ms": 2000})
	p.say(t, map[string]any{"op": "line", "text": "kubectl set image deployment/web web=nginx:1.27"})
	for range 40 {
		p.say(t, map[string]any{"op": "tick", "ms": 500})
	}
	got := panelsOf(p.say(t, ask("", "", "rollout")))["rollout"]
	require.Equal(t, "deployment/default/web", got["object"])
	require.EqualValues(t, 3, got["wanted"])
	require.EqualValues(t, 4, got["most"])
	require.EqualValues(t, 3, got["least"])
	sets := list(t, got, "sets")
	require.Len(t, sets, 2)
	require.Equal(t, []any{"1", "2"}, []any{sets[0]["revision"], sets[1]["revision"]})
	require.Equal(t, []any{"nginx:1.26", "nginx:1.27"}, []any{sets[0]["image"], sets[1]["image"]})
	require.Equal(t, []any{false, true}, []any{sets[0]["current"], sets[1]["current"]})
	points := list(t, got, "points")
	require.Equal(t, []any{[]any{3.0, 3.0}, []any{0.0, 0.0}}, points[0]["sets"])
	last := points[len(points)-1]
	require.Equal(t, []any{[]any{0.0, 0.0}, []any{3.0, 3.0}}, last["sets"])
	for _, point := range points {
		require.LessOrEqual(t, point["high"], got["most"])
		require.GreaterOrEqual(t, point["low"], got["least"])
	}
	require.Greater(t, last["ended"], points[0]["ended"])
	t.Run("at a moment of the past it shows what there was then", func(t *testing.T) {
		got := panelsOf(p.say(t, map[string]any{"op": "seek", "ms": 2000}))["rollout"]
		require.Len(t, list(t, got, "sets"), 1)
	})
	t.Run("after going back it forgets", func(t *testing.T) {
		got := panelsOf(p.say(t, map[string]any{"op": "undo"}))["rollout"]
		require.Len(t, list(t, got, "sets"), 1)
	})
}

func TestWhyPanelTellsCausesAndVerdicts(t *testing.T) {
	p := openShopPage(t)
	p.say(t, map[string]any{"op": "line", "text": "kubectl run big --image=nginx --overrides='{\"spec\":{\"nodeSelector\":{\"disk\":\"ssd\"}}}'"})
	p.say(t, map[string]any{"op": "line", "text": "kubectl run small --image=nginx"})
	p.say(t, map[string]any{"op": "tick", "ms": 3000})
	got := panelsOf(p.say(t, ask("pod/default/small", "", "why")))["why"]
	require.Equal(t, true, got["exists"])
	chain := list(t, got, "chain")
	require.Equal(t, "asked", chain[0]["did"])
	require.Equal(t, "kubectl run small --image=nginx", chain[0]["what"])
	d := got["decision"].(map[string]any)
	nodes := list(t, d, "nodes")
	require.Len(t, nodes, 3)
	require.Equal(t, d["node"], nodes[0]["name"])
	require.Equal(t, true, nodes[0]["chosen"])
	require.GreaterOrEqual(t, nodes[1]["score"], nodes[2]["score"])
	require.Len(t, nodes[0]["points"], len(list(t, d, "plugins")))
	got = panelsOf(p.say(t, ask("node/node-1", "", "why")))["why"]
	require.Empty(t, list(t, got["decision"].(map[string]any), "nodes"))
	require.NotEmpty(t, list(t, got, "chain"))
}

func TestEventsAndInspectorFollowTheMomentOnShow(t *testing.T) {
	p := openShopPage(t)
	p.say(t, map[string]any{"op": "line", "text": "kubectl run web --image=nginx"})
	p.say(t, map[string]any{"op": "tick", "ms": 4000})
	got := panelsOf(p.say(t, ask("pod/default/web", "", "events", "inspector")))
	rows := list(t, got["events"], "rows")
	require.Equal(t, "Started", rows[0]["reason"])
	require.Equal(t, "pod/default/web", rows[0]["key"])
	for i := range rows[1:] {
		require.GreaterOrEqual(t, rows[i]["ms"], rows[i+1]["ms"], "newest first")
	}
	yaml := got["inspector"]["yaml"].(string)
	require.True(t, strings.HasPrefix(yaml, "apiVersion: v1\nkind: Pod\n"), yaml)
	require.Contains(t, yaml, "phase: Running")
	related := list(t, got["inspector"], "related")
	require.Equal(t, "node", related[0]["how"])
	got = panelsOf(p.say(t, map[string]any{"op": "seek", "ms": 0}))
	require.Equal(t, false, got["inspector"]["exists"])
	require.Empty(t, got["inspector"]["yaml"])
	require.Less(t, len(list(t, got["events"], "rows")), len(rows))
}

func TestPanelsAreBounded(t *testing.T) {
	p := newPage(t)
	nodes := make([]any, 100)
	for i := range nodes {
		nodes[i] = map[string]any{}
	}
	p.say(t, map[string]any{"op": "open", "scenario": map[string]any{"name": "crowd", "seed": 1, "nodes": nodes}})
	p.say(t, map[string]any{"op": "line", "text": "kubectl create deployment web --image=nginx --replicas=300"})
	p.say(t, map[string]any{"op": "tick", "ms": 20000})
	got := panelsOf(p.say(t, ask("deployment/default/web", "app=web", "labels", "rollout", "events", "inspector")))
	require.Len(t, got["labels"]["chips"], 120)
	require.EqualValues(t, 180, got["labels"]["moreChips"])
	require.EqualValues(t, 300, list(t, got["labels"], "sets")[0]["count"])
	require.LessOrEqual(t, len(got["rollout"]["points"].([]any)), 161)
	require.Len(t, got["events"]["rows"], 100)
	pod := list(t, got["labels"], "chips")[0]["key"].(string)
	got = panelsOf(p.say(t, ask(pod, "", "why")))
	require.Len(t, got["why"]["decision"].(map[string]any)["nodes"], 60)
	require.EqualValues(t, 40, got["why"]["decision"].(map[string]any)["more"])
}

// Keys come from outside: whatever they are, the engine answers.
func TestAnyKeyAndSelectorIsAnswered(t *testing.T) {
	p := openShopPage(t)
	for _, key := range []string{"", "pod", "pod/x", "pod/a/b/c", "node/a/b", "pods/default/web", "traffic/x", "///", "event/default/x", strings.Repeat("a", 5000)} {
		for _, selector := range []string{"", ",", "a=b,c", "a in (", "x>y", strings.Repeat("a,", 5000)} {
			got := panelsOf(p.say(t, ask(key, selector, "labels", "rollout", "why", "events", "inspector")))
			for name, m := range got {
				_, err := json.Marshal(m)
				require.NoError(t, err, name)
			}
		}
	}
}

// The panels have the form of the samples, which the page's own tests read.
func TestPanelsHaveTheFormOfTheSamples(t *testing.T) {
	files, err := filepath.Glob("../testdata/wire/msg-panel-*.json")
	require.NoError(t, err)
	require.Len(t, files, 5)
	p := openShopPage(t)
	p.say(t, sample(t, "../testdata/wire/op-panels.json"))
	var pod string
	for _, m := range list(t, panelsOf(p.say(t, ask("", "", "labels")))["labels"], "chips") {
		pod = m["key"].(string)
	}
	got := panelsOf(p.say(t, ask(pod, "app=web", "labels", "rollout", "why", "events", "inspector")))
	for _, file := range files {
		want := sample(t, file)
		name := want["name"].(string)
		require.NotNil(t, got[name], name)
		agree(t, file, shapeOf(want), shapeOf(got[name]))
	}
}

// Services and streams of requests in a patch have the form of the sample.
func TestServicesAndTrafficHaveTheFormOfTheSample(t *testing.T) {
	p := openShopPage(t)
	p.say(t, map[string]any{"op": "line", "text": "traffic start http://node-1:30080 --rate 20"})
	p.say(t, map[string]any{"op": "tick", "ms": 2000})
	want := sample(t, "../testdata/wire/msg-patch-traffic.json")
	for _, kind := range []string{"services", "traffic"} {
		example := firstItem(want, kind)
		require.NotNil(t, example, kind)
		seen := 0
		for _, m := range p.said {
			if got := firstItem(m, kind); got != nil {
				seen++
				agree(t, kind, shapeOf(example), shapeOf(got))
			}
		}
		require.NotZero(t, seen, kind)
	}
	last := map[string]any{}
	for _, m := range p.said {
		if got := firstItem(m, "traffic"); got != nil {
			last = got
		}
	}
	require.Equal(t, "service/default/web", last["service"], "found by the node's port")
	require.NotZero(t, last["lastEnded"])
}

// firstItem is the first item a patch adds or sets of a kind; nil if there is none.
func firstItem(patch map[string]any, kind string) map[string]any {
	changes, ok := patch[kind].(map[string]any)
	if !ok {
		return nil
	}
	for _, how := range []string{"add", "set"} {
		if items, ok := changes[how].([]any); ok && len(items) > 0 {
			return items[0].([]any)[1].(map[string]any)
		}
	}
	return nil
}

// BenchmarkPanels is one change of a world of 1,000 pods on 50 nodes, with each panel on show in turn.
func BenchmarkPanels(b *testing.B) {
	host := playground.NewHost(func([]byte) {})
	nodes := strings.Repeat("{},", 49) + "{}"
	host.Handle([]byte(`{"op":"open","scenario":{"name":"crowd","seed":1,"nodes":[` + nodes + `]}}`))
	host.Handle([]byte(`{"op":"line","text":"kubectl create deployment web --image=nginx --replicas=1000"}`))
	host.Handle([]byte(`{"op":"tick","ms":60000}`))
	host.Handle([]byte(`{"op":"line","text":"kubectl run one --image=nginx"}`))
	host.Handle([]byte(`{"op":"tick","ms":60000}`))
	for _, name := range []string{"labels", "rollout", "why", "events", "inspector"} {
		b.Run(name, func(b *testing.B) {
			for i := range b.N {
				// Another question each time, so that each is answered.
				host.Handle([]byte(`{"op":"panels","names":["` + name + `"],"object":"pod/default/one","selector":"app=web` + strconv.Itoa(i) + `"}`))
			}
		})
	}
}
