package golden

import (
	"slices"
	"strings"
)

func (w *world) deployment(o map[string]any) any {
	out := map[string]any{
		"conditions": conditions(o), "replicas": get(o, "spec", "replicas"),
		"revision": annotation(o, "deployment.kubernetes.io/revision"), "status": counts(o),
	}
	put(out, "paused", get(o, "spec", "paused"))
	return out
}

func (w *world) replicaSet(o map[string]any) any {
	containers := list(get(o, "spec", "template", "spec", "containers"))
	out := map[string]any{
		"replicas": get(o, "spec", "replicas"), "revision": annotation(o, "deployment.kubernetes.io/revision"), "status": counts(o),
	}
	if len(containers) > 0 {
		out["image"] = get(containers[0], "image")
	}
	put(out, "owner", w.owners(o))
	labels, _ := get(o, "metadata", "labels").(map[string]any)
	put(out, "podTemplateHash", labels["pod-template-hash"])
	put(out, "revisionHistory", annotation(o, "deployment.kubernetes.io/revision-history"))
	return out
}

func (w *world) statefulSet(o map[string]any) any {
	revision := func(key string) any { return w.of("ControllerRevision", text(get(o, "status", key))) }
	return map[string]any{
		"replicas": get(o, "spec", "replicas"), "status": counts(o, "currentRevision", "updateRevision"),
		"currentRevision": revision("currentRevision"), "updateRevision": revision("updateRevision"),
	}
}

func (w *world) daemonSet(o map[string]any) any { return counts(o, "collisionCount") }

func (w *world) job(o map[string]any) any {
	out := counts(o, "startTime", "completionTime")
	out["conditions"] = conditions(o)
	out["startTimeSet"] = get(o, "status", "startTime") != nil
	out["completionTimeSet"] = get(o, "status", "completionTime") != nil
	messages := map[string]any{}
	for _, c := range list(get(o, "status", "conditions")) {
		put(messages, text(get(c, "type")), get(c, "message"))
	}
	if len(messages) > 0 {
		out["messages"] = messages
	}
	if s := get(o, "spec", "suspend"); s == true {
		out["suspend"] = true
	}
	return out
}

func (w *world) cronJob(o map[string]any) any {
	active := []any{}
	for _, r := range list(get(o, "status", "active")) {
		active = append(active, w.of("Job", text(get(r, "name"))))
	}
	return map[string]any{
		"active": active, "lastScheduleTimeSet": get(o, "status", "lastScheduleTime") != nil,
		"lastSuccessfulTimeSet": get(o, "status", "lastSuccessfulTime") != nil,
	}
}

func (w *world) controllerRevision(o map[string]any) any {
	return map[string]any{"owner": w.ownerNames(o), "revision": o["revision"]}
}

// ownerNames are the aliases of the owners.
func (w *world) ownerNames(o map[string]any) []any {
	out := []any{}
	for _, r := range w.owners(o) {
		_, name, _ := strings.Cut(text(r), "/")
		out = append(out, name)
	}
	return out
}

func (w *world) budget(o map[string]any) any {
	out := map[string]any{"conditions": conditions(o)}
	for _, k := range []string{"currentHealthy", "desiredHealthy", "disruptionsAllowed", "expectedPods"} {
		out[k] = get(o, "status", k)
	}
	return out
}

func (w *world) quota(o map[string]any) any {
	return map[string]any{"hard": get(o, "status", "hard"), "used": get(o, "status", "used")}
}

func (w *world) claim(o map[string]any) any {
	return map[string]any{
		"deleting": get(o, "metadata", "deletionTimestamp") != nil, "owner": w.owners(o), "phase": get(o, "status", "phase"),
	}
}

func (w *world) autoscaler(o map[string]any) any {
	out := map[string]any{"conditions": conditions(o), "metrics": nil}
	out["currentReplicas"], out["desiredReplicas"] = get(o, "status", "currentReplicas"), get(o, "status", "desiredReplicas")
	var metrics []any
	for _, m := range list(get(o, "status", "currentMetrics")) {
		one := map[string]any{"type": get(m, "type")}
		put(one, "resource", get(m, "resource"))
		metrics = append(metrics, one)
	}
	if metrics != nil {
		out["metrics"] = metrics
	}
	return out
}

func (w *world) configMap(o map[string]any) any {
	names := w.ownerNames(o)
	return map[string]any{
		"data": o["data"], "deleting": get(o, "metadata", "deletionTimestamp") != nil,
		"finalizers": get(o, "metadata", "finalizers"), "owners": names,
	}
}

func (w *world) namespaceView(o map[string]any) any {
	return map[string]any{"conditions": conditions(o), "phase": get(o, "status", "phase")}
}

func (w *world) nodeView(o map[string]any) any {
	ready, taints := "", []string{}
	for _, c := range list(get(o, "status", "conditions")) {
		if get(c, "type") == "Ready" {
			ready = text(get(c, "status")) + "/" + text(get(c, "reason"))
		}
	}
	for _, t := range list(get(o, "spec", "taints")) {
		taints = append(taints, text(get(t, "key"))+"="+text(get(t, "value"))+":"+text(get(t, "effect")))
	}
	slices.Sort(taints)
	sorted := []any{}
	for _, t := range taints {
		sorted = append(sorted, t)
	}
	return map[string]any{"ready": ready, "taints": sorted, "unschedulable": get(o, "spec", "unschedulable") == true}
}
