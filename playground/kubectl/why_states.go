package kubectl

import (
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

// stateOf says in a word or two how an object is, and what keeps it from being well; "" if nothing does.
func stateOf(o api.Object) (state, why string) {
	switch o := o.(type) {
	case *api.Pod:
		state, why = request.Summarize(o).Status, podComplaint(o)
	case *api.EndpointSlice:
		ready := 0
		for i := range o.Endpoints {
			if r := o.Endpoints[i].Conditions.Ready; r == nil || *r {
				ready++
			}
		}
		state = itoa(ready) + " of " + itoa(len(o.Endpoints)) + " ready"
	default:
		tree := schema.Tree(o)
		state, why = replicasState(tree), conditionComplaint(tree)
	}
	if m := o.Meta(); m.DeletionTimestamp != 0 {
		why = "is being deleted"
		if o.Kind() == api.KindNamespace {
			why += "; everything in it goes first"
		}
		if len(m.Finalizers) > 0 {
			why += "; waits until these finalizers are gone: " + strings.Join(m.Finalizers, ", ")
		}
	}
	return state, why
}

// replicasState is how many replicas there are of how many; "" for what has none.
func replicasState(tree map[string]any) string {
	want, ok := dig(tree, "spec", "replicas").(int64)
	if !ok {
		return digText(tree, "status", "phase")
	}
	return itoa(int(digInt(tree, "status", "readyReplicas"))) + " of " + itoa(int(want)) + " ready"
}

// badIfTrue are conditions that say that something is wrong.
var badIfTrue = []string{"ReplicaFailure", "Failed", "FailureTarget", "MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"}

// conditionComplaint is the first condition that is not as one would wish; Ready says more than others.
func conditionComplaint(tree map[string]any) (found string) {
	for _, item := range digList(tree, "status", "conditions") {
		kind, status := digText(item, "type"), digText(item, "status")
		text := kind + " is " + status + ": " + digText(item, "message")
		if status == "True" {
			text = kind + ": " + digText(item, "message")
		}
		bad := status == "True" && slices.Contains(badIfTrue, kind) ||
			status == "False" && (kind == "Ready" || kind == "Available" || kind == "Progressing") || status == "Unknown"
		if bad && (found == "" || kind == "Ready") {
			found = text
		}
	}
	return found
}

// podComplaint is what a pod waits for, or why it fails.
func podComplaint(p *api.Pod) string {
	if p.Status.Reason != "" && p.Status.Message != "" {
		return p.Status.Reason + ": " + p.Status.Message
	}
	for n, list := range [2][]api.ContainerStatus{p.Status.InitContainerStatuses, p.Status.ContainerStatuses} {
		for i := range list {
			st := &list[i]
			last := ""
			if t := st.LastTerminationState.Terminated; t != nil {
				last = "; its last run " + ended(t) + "; kubectl logs " + p.Name + " -c " + st.Name + " --previous shows what it printed"
			}
			switch {
			case st.State.Waiting != nil && st.State.Waiting.Message != "":
				return "container " + st.Name + ": " + st.State.Waiting.Message + last
			case n == 0 && st.State.Running != nil && !sidecar(p, st.Name):
				return "init container " + st.Name + " runs and has not ended; kubectl logs " + p.Name + " -c " + st.Name + " may show what it waits for"
			case st.State.Terminated != nil && st.State.Terminated.ExitCode != 0:
				return "container " + st.Name + " " + ended(st.State.Terminated)
			}
		}
	}
	if p.Status.Phase == api.PodSucceeded {
		return ""
	}
	for i := range p.Status.Conditions {
		if cond := &p.Status.Conditions[i]; cond.Status == api.ConditionFalse && cond.Message != "" {
			return cond.Message
		}
	}
	return ""
}

// sidecar tells whether an init container runs on beside the others.
func sidecar(p *api.Pod, name string) bool {
	spec := containerOf(p, name)
	return spec != nil && spec.RestartPolicy != nil
}

// ended is how a run of a container came to its end.
func ended(t *api.ContainerStateTerminated) string {
	if t.Reason == api.ReasonOOMKilled {
		return "was killed because it took more memory than its limit (OOMKilled)"
	}
	return "ended with exit code " + itoa(int(t.ExitCode)) + " (" + t.Reason + ")"
}

// healthy tells whether nothing has to be said of a pod: it is ready, or over as it should be.
func healthy(p *api.Pod) bool {
	ready, _ := readySince(p)
	return ready || p.Status.Phase == api.PodSucceeded || p.DeletionTimestamp != 0 || p.Spec.NodeName == ""
}

// lastWarning is the latest warning about a pod, if it says more than is said already.
func (p *partsOf) lastWarning(pod *api.Pod, said string) string {
	events, err := p.server.List(eventResource, pod.Namespace, request.ListOptions{FieldSelector: "involvedObject.uid=" + string(pod.UID) + ",type=Warning"})
	if err != nil {
		return ""
	}
	var last *api.Event
	for _, o := range events {
		if e, ok := o.(*api.Event); ok && (last == nil || happened(e) >= happened(last)) && e.Reason != "BackOff" && e.Reason != "Failed" {
			last = e
		}
	}
	if last == nil || strings.Contains(said, last.Message) {
		return ""
	}
	return "the last warning was " + last.Reason + ": " + last.Message
}

// join puts a semicolon between two texts, if there are two.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}
