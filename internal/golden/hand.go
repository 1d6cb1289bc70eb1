package golden

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// hand does to pods what the recorder's manual kubelet did.
func (w *world) hand(st *step) (any, error) {
	pods, err := w.chosen(st)
	if err != nil {
		return nil, err
	}
	done := []any{}
	for _, p := range pods {
		if err := w.move(st, p); err != nil {
			return nil, err
		}
		done = append(done, w.of("Pod", p.Name))
	}
	return map[string]any{"pods": done}, nil
}

// move brings one pod into the state of the step.
func (w *world) move(st *step, p *api.Pod) error {
	res := schema.ByKind(api.KindPod)
	if st.Op == "killpod" {
		now := int64(0)
		_, err := w.server.Delete(res, space, p.Name, request.DeleteOptions{GracePeriod: &now})
		return err
	}
	next := *p
	switch st.Op {
	case "ready":
		next.Status = runningStatus(p, uint32(p.ResourceVersion), true, w.now())
	case "run", "unready":
		next.Status = runningStatus(p, uint32(p.ResourceVersion), false, w.now())
	case "succeed":
		next.Status = endedStatus(p, 0, w.now())
	case "fail":
		code := int32(1)
		if st.Code != nil {
			code = *st.Code
		}
		next.Status = endedStatus(p, code, w.now())
	}
	next.ResourceVersion = 0
	_, err := w.server.UpdateStatus(res, space, p.Name, &next, request.WriteOptions{})
	return err
}

// chosen are the pods a step is about, oldest first.
func (w *world) chosen(st *step) ([]*api.Pod, error) {
	named, err := regexp.Compile(st.Pods)
	if err != nil {
		return nil, err
	}
	w.look()
	var out, exact []*api.Pod
	for _, o := range w.cluster.Snapshot().InNamespace(api.KindPod, space) {
		p, ok := o.(*api.Pod)
		if !ok || p.Spec.NodeName == "" || !concerns(st, p) {
			continue
		}
		alias := w.of("Pod", p.Name)
		if found := named.FindString(alias); st.Pods != "" && found == "" {
			continue
		} else if found == alias {
			exact = append(exact, p)
		}
		out = append(out, p)
	}
	if exact != nil { // p1 does not mean p10
		out = exact
	}
	if st.Count > 0 && len(out) > st.Count {
		out = out[:st.Count]
	}
	return out, nil
}

// concerns tells whether a pod is not yet what the step makes of it.
func concerns(st *step, p *api.Pod) bool {
	if st.Op == "killpod" {
		return p.DeletionTimestamp != 0
	}
	over := p.Status.Phase == api.PodSucceeded || p.Status.Phase == api.PodFailed
	if over || p.DeletionTimestamp != 0 && st.Pods == "" {
		return false
	}
	switch st.Op {
	case "ready":
		return !isReady(p)
	case "run":
		return p.Status.Phase != api.PodRunning || isReady(p)
	case "unready":
		return isReady(p)
	}
	return true
}

// drive makes one pod after the other ready and writes down where the ReplicaSets rest in between.
func (w *world) drive(st *step) (any, error) {
	rows := []any{}
	for range 500 {
		if err := w.settle(w.after(st)); err != nil {
			return nil, err
		}
		w.look()
		row := map[string]any{}
		for _, o := range w.objects("replicasets") {
			status := func(key string) any {
				if n := get(o, "status", key); n != nil {
					return n
				}
				return 0
			}
			row[w.of("ReplicaSet", text(get(o, "metadata", "name")))] = []any{
				get(o, "spec", "replicas"), status("replicas"), status("readyReplicas"), status("availableReplicas"),
			}
		}
		rows = append(rows, row)
		one := step{Op: "ready", Count: 1}
		pods, err := w.chosen(&one)
		if err != nil {
			return nil, err
		}
		if len(pods) == 0 {
			return map[string]any{
				"columns":    "per ReplicaSet [spec.replicas, status.replicas, ready, available] after each pod is made ready, oldest first",
				"equilibria": rows,
			}, nil
		}
		if err := w.move(&one, pods[0]); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("the pods are never all ready")
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
