package golden

import (
	"fmt"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// seen is what the recorder noticed of the changes so far.
type seen struct {
	rev   api.Revision // up to which the changes were looked at
	trace []traceLine  // of the present step
	pods  map[string]podState
	total span
	// active pods are neither being deleted nor finished.
	active, ready span
}

type podState struct{ active, ready bool }

// span is a number with the least and most it was during a step.
type span struct{ now, min, max int }

func (s *span) set(n int) { s.now, s.min, s.max = n, min(s.min, n), max(s.max, n) }

// reset begins a step.
func (s *seen) reset() {
	s.trace = nil
	for _, sp := range []*span{&s.total, &s.active, &s.ready} {
		sp.min, sp.max = sp.now, sp.now
	}
}

// look goes through the changes since the last time: it gives new objects their aliases, writes the trace and counts pods.
func (w *world) look() {
	cursor := w.cluster.Watch(^api.Kinds(0), w.seen.rev)
	w.seen.rev = w.cluster.Revision()
	for ch, ok := cursor.Next(); ok; ch, ok = cursor.Next() {
		if ch.Kind == api.KindSandbox {
			continue
		}
		if ch.Old == nil && ch.New != nil {
			w.meet(ch.New)
		}
		if ch.Object().Meta().Namespace != space {
			continue
		}
		w.traceChange(ch.Old, ch.New)
		if ch.Kind == api.KindPod {
			w.countPods(ch.Object().Meta().Name, ch.New)
		}
	}
}

func (w *world) countPods(name string, now api.Object) {
	s := &w.seen
	if s.pods == nil {
		s.pods = map[string]podState{}
	}
	if p, ok := now.(*api.Pod); ok {
		live := p.DeletionTimestamp == 0 && p.Status.Phase != api.PodSucceeded && p.Status.Phase != api.PodFailed
		s.pods[name] = podState{active: live, ready: live && isReady(p)}
	} else {
		delete(s.pods, name)
	}
	active, ready := 0, 0
	for _, p := range s.pods {
		if p.active {
			active++
		}
		if p.ready {
			ready++
		}
	}
	s.total.set(len(s.pods))
	s.active.set(active)
	s.ready.set(ready)
}

func isReady(p *api.Pod) bool {
	for _, c := range p.Status.Conditions {
		if c.Type == api.PodReady {
			return c.Status == api.ConditionTrue
		}
	}
	return false
}

// counts is podCounts of the step.
func (s *seen) counts() map[string]any {
	of := func(s span) any { return map[string]any{"min": s.min, "max": s.max} }
	return map[string]any{"total": of(s.total), "active": of(s.active), "ready": of(s.ready)}
}

// traceLine is a line of the trace, with what decides whether and how it is compared.
type traceLine struct {
	text string
	// class is the kind of line: recordings hold all lines of a class or none.
	class string
}

// traceChange writes the lines that one change is worth.
func (w *world) traceChange(old, now api.Object) {
	kind := orOld(old, now).Kind().String()
	name := w.of(kind, orOld(old, now).Meta().Name)
	lower := strings.ToLower(kind)
	add := func(verb, rest string) {
		text := verb + rest
		class := verb
		if kind != "Pod" && (verb == "scale" || verb == "+" || verb == "deleting" || verb == "gone") {
			class = verb + " " + lower
		}
		w.seen.trace = append(w.seen.trace, traceLine{text, class})
	}
	switch kind {
	case "Pod":
		w.tracePod(old, now, name, add)
		return
	case "Deployment", "ReplicaSet", "StatefulSet", "Job", "DaemonSet", "CronJob":
	default:
		return
	}
	was, is := treeOf(old), treeOf(now)
	replicas := func(t any) any { return get(t, "spec", "replicas") }
	switch {
	case now == nil:
		add("gone", " "+lower+" "+name)
		return
	case old == nil:
		text := lower + " " + name
		if n := replicas(is); n != nil {
			text += fmt.Sprint(" replicas=", n)
		}
		add("+", text)
	case fmt.Sprint(replicas(was)) != fmt.Sprint(replicas(is)):
		add("scale", fmt.Sprintf(" %s %v->%v", name, replicas(was), replicas(is)))
	}
	if old != nil && old.Meta().DeletionTimestamp == 0 && now.Meta().DeletionTimestamp != 0 {
		add("deleting", " "+lower+" "+name)
	}
	if kind == "Job" {
		if c := conditionText(is); c != "" && c != conditionText(was) {
			add("job", " "+name+" conditions "+c)
		}
	}
}

func orOld(old, now api.Object) api.Object {
	if now != nil {
		return now
	}
	return old
}

func treeOf(o api.Object) any {
	if o == nil {
		return nil
	}
	return schema.Tree(o)
}

// conditionText is the conditions of a Job as the trace writes them.
func conditionText(tree any) string {
	var out []string
	for _, c := range list(get(tree, "status", "conditions")) {
		out = append(out, fmt.Sprintf("%v=%v/%v", get(c, "type"), get(c, "status"), orEmpty(get(c, "reason"))))
	}
	return strings.Join(out, ",")
}

func (w *world) tracePod(old, now api.Object, name string, add func(verb, rest string)) {
	was, _ := old.(*api.Pod)
	is, _ := now.(*api.Pod)
	if is == nil {
		if was.DeletionTimestamp == 0 {
			add("deleting", " "+name)
		}
		add("gone", " "+name)
		return
	}
	if was == nil {
		add("+", "pod "+name)
		was = &api.Pod{Spec: &api.PodSpec{}}
		was.OwnerReferences = is.OwnerReferences
	}
	if was.Spec.NodeName == "" && is.Spec.NodeName != "" {
		add("bind", " "+name+" "+w.node(is.Spec.NodeName))
	}
	if before, _ := w.controller(was); before != first(w.controller(is)) {
		add("owner", fmt.Sprintf(" %s %s -> %s", name, orNone(before), orNone(first(w.controller(is)))))
	}
	if !isReady(was) && isReady(is) {
		add("ready", " "+name)
	}
	if was.Status.Phase != is.Status.Phase && (is.Status.Phase == api.PodSucceeded || is.Status.Phase == api.PodFailed) {
		add(string(is.Status.Phase), " "+name)
	}
	if was.DeletionTimestamp == 0 && is.DeletionTimestamp != 0 {
		add("deleting", " "+name)
	}
}

func first(a, _ string) string { return a }

func orNone(s string) string {
	if s == "" {
		return "None"
	}
	return s
}

// node is a node as the recording writes it: only the scheduler's scenarios say which.
func (w *world) node(name string) string {
	if w.scheduling || name == "" {
		return name
	}
	return "<node>"
}
