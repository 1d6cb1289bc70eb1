package golden

import (
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// pod is a pod alone, by all that views tell of it.
func (w *world) pod(o map[string]any) map[string]any {
	out := map[string]any{"phase": get(o, "status", "phase"), "ready": false}
	if containers := list(get(o, "spec", "containers")); len(containers) > 0 {
		out["image"] = get(containers[0], "image")
	}
	if owners := w.owners(o); len(owners) > 0 {
		out["owner"] = owners[0]
	}
	if node := text(get(o, "spec", "nodeName")); node != "" {
		out["node"] = w.node(node)
	}
	put(out, "finalizers", get(o, "metadata", "finalizers"))
	if get(o, "metadata", "deletionTimestamp") != nil {
		out["deleting"] = true
	}
	for _, c := range list(get(o, "status", "conditions")) {
		switch get(c, "type") {
		case "Ready":
			out["ready"] = get(c, "status") == "True"
		case "PodScheduled":
			if get(c, "status") == "False" {
				out["podScheduled"] = "False/" + text(get(c, "reason"))
				put(out, "message", w.mask(text(get(c, "message"))))
			}
		}
	}
	return out
}

func (w *world) pods() any {
	if w.podView == "each" {
		out := map[string]any{}
		for _, o := range w.objects("pods") {
			out[w.of("Pod", text(get(o, "metadata", "name")))] = w.pod(o)
		}
		return out
	}
	return w.groups(func(o map[string]any) map[string]any {
		p := w.pod(o)
		delete(p, "node")
		if p["owner"] == nil {
			p["owner"] = "Pod/" + w.of("Pod", text(get(o, "metadata", "name")))
		}
		return p
	})
}

func (w *world) placement() any {
	return w.groups(func(o map[string]any) map[string]any {
		p := w.pod(o)
		out := map[string]any{"phase": p["phase"], "owner": p["owner"], "node": "<none>"}
		if out["owner"] == nil {
			out["owner"] = "Pod/" + w.of("Pod", text(get(o, "metadata", "name")))
		}
		if node := text(get(o, "spec", "nodeName")); node != "" {
			out["node"] = w.place(node)
		}
		return out
	})
}

// place is the node of a placement, or its zone where the recording tells only zones.
func (w *world) place(name string) string {
	if !w.zones {
		return name
	}
	for _, n := range w.objects("nodes") {
		if text(get(n, "metadata", "name")) == name {
			labels, _ := get(n, "metadata", "labels").(map[string]any)
			if zone := text(labels["zone"]); zone != "" {
				return "zone " + zone
			}
		}
	}
	return name
}

// groups counts equal pods.
func (w *world) groups(view func(map[string]any) map[string]any) []any {
	number := map[string]int{}
	groups := map[string]map[string]any{}
	for _, o := range w.objects("pods") {
		g := view(o)
		key := canonical(g)
		number[key]++
		groups[key] = g
	}
	out := []any{}
	for key, g := range groups {
		g["count"] = number[key]
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b any) int { return compare(canonical(a), canonical(b)) })
	return out
}

func (w *world) unschedulable() any {
	var out []string
	for _, o := range w.objects("pods") {
		if m := text(w.pod(o)["message"]); m != "" {
			out = append(out, m)
		}
	}
	return setOf(out)
}

// has tells whether the cluster serves a kind.
func has(kind string) bool { return schema.Find(kind) != nil }
