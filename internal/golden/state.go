package golden

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// get walks down a tree by keys; nil if there is nothing.
func get(v any, keys ...string) any {
	for _, k := range keys {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[k]
	}
	return v
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func orEmpty(v any) any {
	if v == nil {
		return ""
	}
	return v
}

// views are how a kind is written down; what is not here has no view of its own kind, see special.
var views = map[string]func(w *world, o map[string]any) any{
	"deployments": (*world).deployment, "replicasets": (*world).replicaSet, "statefulsets": (*world).statefulSet,
	"daemonsets": (*world).daemonSet, "jobs": (*world).job, "cronjobs": (*world).cronJob,
	"controllerrevisions": (*world).controllerRevision, "configmaps": (*world).configMap, "services": (*world).service,
	"endpoints": (*world).endpoints, "endpointslices": (*world).endpointSlice, "namespaces": (*world).namespaceView,
	"nodes": (*world).nodeView, "poddisruptionbudgets": (*world).budget, "resourcequotas": (*world).quota,
	"persistentvolumeclaims": (*world).claim, "horizontalpodautoscalers": (*world).autoscaler,
}

// missing is the kind a part of the state is about, if this cluster does not have it.
func missing(part string) []string {
	switch part {
	case "pods", "placement", "events", "unschedulableMessages":
		return nil
	}
	if has(part) {
		return nil
	}
	for _, kind := range kindsToCome {
		if strings.ToLower(kind)+"s" == part || strings.ToLower(strings.TrimSuffix(kind, "y"))+"ies" == part || strings.ToLower(kind)+"es" == part {
			return []string{kind}
		}
	}
	return []string{part}
}

// kindsToCome are kinds of recordings that clusters may not have, to name them as manifests do.
var kindsToCome = []string{
	"StatefulSet", "DaemonSet", "Job", "CronJob", "ControllerRevision", "PodDisruptionBudget", "ResourceQuota", "LimitRange",
	"PersistentVolumeClaim", "HorizontalPodAutoscaler", "Ingress", "NetworkPolicy", "Role", "RoleBinding",
}

// state writes down one part of the world.
func (w *world) state(part string) any {
	switch part {
	case "pods":
		return w.pods()
	case "placement":
		return w.placement()
	case "events":
		return w.events()
	case "unschedulableMessages":
		return w.unschedulable()
	}
	out := map[string]any{}
	view := views[part]
	for _, o := range w.objects(part) {
		name := w.of(text(o["kind"]), text(get(o, "metadata", "name")))
		if part == "namespaces" {
			name = w.mask(name)
		}
		if view == nil {
			out[name] = fmt.Sprintf("no view of %s is known", part)
			continue
		}
		out[name] = view(w, o)
	}
	return out
}

// objects are all objects of a resource in the scenario's namespace, oldest first; what every namespace has is left out.
func (w *world) objects(part string) []map[string]any {
	res := schema.Find(part)
	if res == nil {
		return nil
	}
	var out []map[string]any
	objects, err := w.server.List(res, "", request.ListOptions{})
	if err != nil {
		panic("golden: " + err.Error())
	}
	for _, o := range objects {
		m := o.Meta()
		switch {
		case res.Namespaced && m.Namespace != space, part == "namespaces" && m.Name != space, part == "configmaps" && m.Name == "kube-root-ca.crt":
			continue
		}
		out = append(out, schema.Tree(o))
	}
	return out
}

// conditions is type: status/reason.
func conditions(o map[string]any) map[string]any {
	out := map[string]any{}
	for _, c := range list(get(o, "status", "conditions")) {
		out[text(get(c, "type"))] = fmt.Sprintf("%v/%v", get(c, "status"), orEmpty(get(c, "reason")))
	}
	return out
}

// counts are the numbers of a status.
func counts(o map[string]any, drop ...string) map[string]any {
	out := map[string]any{}
	status, _ := get(o, "status").(map[string]any)
	for k, v := range status {
		if k != "conditions" && k != "observedGeneration" && !slices.Contains(drop, k) {
			out[k] = v
		}
	}
	return out
}

func annotation(o map[string]any, key string) any {
	m, _ := get(o, "metadata", "annotations").(map[string]any)
	return m[key]
}

// owners are "Kind/alias" of the owners; nil without any.
func (w *world) owners(o map[string]any) []any {
	var out []any
	for _, r := range list(get(o, "metadata", "ownerReferences")) {
		kind := text(get(r, "kind"))
		out = append(out, kind+"/"+w.of(kind, text(get(r, "name"))))
	}
	return out
}

// put sets a key unless the value is nil or an empty list.
func put(m map[string]any, key string, v any) {
	if l, ok := v.([]any); ok && len(l) == 0 || v == nil {
		return
	}
	m[key] = v
}

// setOf is a sorted list without repetitions.
func setOf(texts []string) []any {
	slices.Sort(texts)
	out := []any{}
	for _, t := range slices.Compact(texts) {
		out = append(out, t)
	}
	return out
}

func (w *world) events() any {
	var out []string
	for _, e := range w.objects("events") {
		kind := text(get(e, "involvedObject", "kind"))
		name := w.of(kind, text(get(e, "involvedObject", "name")))
		message := w.mask(text(e["message"]))
		if !w.scheduling {
			for _, n := range w.objects("nodes") {
				message = maskWord(message, text(get(n, "metadata", "name")), "<node>")
			}
		}
		out = append(out, fmt.Sprintf("%s/%s %v %v %s", kind, name, orEmpty(e["type"]), orEmpty(e["reason"]), message))
	}
	return setOf(out)
}

// maskWord replaces whole words.
func maskWord(s, word, mask string) string {
	fields := strings.Split(s, " ")
	for i, f := range fields {
		if f == word {
			fields[i] = mask
		}
	}
	return strings.Join(fields, " ")
}

func canonical(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
