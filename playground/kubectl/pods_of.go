package kubectl

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/slipway-dev/slipway/internal/sorting"
	"github.com/slipway-dev/slipway/orchestrate/api"
	"github.com/slipway-dev/slipway/orchestrate/request"
	"github.com/slipway-dev/slipway/orchestrate/schema"
)

var podResource = schema.ByKind(api.KindPod)

// oneTarget is the object that a single word means: TYPE/NAME, or the name of a pod.
func oneTarget(word string) (target, error) {
	if word == "" {
		return target{}, errNoName
	}
	if !strings.Contains(word, "/") {
		return target{podResource, word}, nil
	}
	list, err := pairTargets([]string{word})
	if err != nil {
		return target{}, err
	}
	return list[0], nil
}

// podsOf are the pods an object stands for: itself, or those its selector selects. An error says that it selects none.
//
// Source: k8s.io/kubectl/pkg/polymorphichelpers, SelectorsForObject.
func (c *call) podsOf(res *schema.Resource, o api.Object) ([]*api.Pod, error) {
	if p, ok := o.(*api.Pod); ok {
		return []*api.Pod{p}, nil
	}
	selector, ok := podSelector(schema.Tree(o))
	if !ok || res.Kind.String() == "PodDisruptionBudget" {
		return nil, usageError("selector for *v1." + res.Kind.String() + " not implemented")
	}
	if selector == "" {
		return nil, usageError("invalid service '" + o.Meta().Name + "': Service is defined without a selector")
	}
	objs, err := c.env.Server.List(podResource, o.Meta().Namespace, request.ListOptions{LabelSelector: selector})
	if err != nil {
		return nil, err
	}
	var pods []*api.Pod
	for _, o := range objs {
		if p, ok := o.(*api.Pod); ok {
			pods = append(pods, p)
		}
	}
	return pods, nil
}

// podSelector is an object's selector of pods in one line; false if it has none.
func podSelector(tree map[string]any) (string, bool) {
	if kind, _ := tree["kind"].(string); kind == "Service" {
		var parts []string
		pairs, _ := dig(tree, "spec", "selector").(map[string]any)
		for _, k := range sortedKeys(pairs) {
			parts = append(parts, k+"="+digText(pairs, k))
		}
		return strings.Join(parts, ","), true
	}
	if dig(tree, "spec", "template") == nil {
		return "", false
	}
	text := request.SelectorText(dig(tree, "spec", "selector"))
	return text, text != "" && text != "<none>"
}

// best puts the pod first that kubectl would choose of several: one on a node, running, ready, and ready for longest; then, for
// logs, the one that restarted most, and otherwise the one that restarted least; then the oldest.
//
// Source: k8s.io/kubectl/pkg/util/podutils, ByLogging and ActivePods.
func best(pods []*api.Pod, logs bool) {
	phase := func(p *api.Pod) int {
		switch {
		case p.Status.Phase == api.PodRunning || logs && p.Status.Phase != api.PodPending:
			return 0
		}
		return 1
	}
	restarts := func(p *api.Pod) (most int32) {
		for i := range p.Status.ContainerStatuses {
			most = max(most, p.Status.ContainerStatuses[i].RestartCount)
		}
		if logs {
			return -most
		}
		return most
	}
	sorting.Stable(pods, func(a, b *api.Pod) int {
		readyA, sinceA := readySince(a)
		readyB, sinceB := readySince(b)
		return cmp.Or(
			-compareBools(a.Spec.NodeName != "", b.Spec.NodeName != ""),
			cmp.Compare(phase(a), phase(b)),
			-compareBools(readyA, readyB),
			cmp.Compare(sinceA, sinceB),
			cmp.Compare(restarts(a), restarts(b)),
			cmp.Compare(a.CreationTimestamp, b.CreationTimestamp),
		)
	})
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func readySince(p *api.Pod) (bool, api.Time) {
	for i := range p.Status.Conditions {
		if c := &p.Status.Conditions[i]; c.Type == api.PodReady {
			return c.Status == api.ConditionTrue, c.LastTransitionTime
		}
	}
	return false, 0
}

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// container is one of a pod, and what kubectl says behind its name.
type container struct{ name, note string }

// podContainers are a pod's containers, init containers last.
func podContainers(p *api.Pod) []container {
	var all []container
	for i := range p.Spec.Containers {
		all = append(all, container{p.Spec.Containers[i].Name, ""})
	}
	for i := range p.Spec.InitContainers {
		all = append(all, container{p.Spec.InitContainers[i].Name, " (init)"})
	}
	return all
}

const defaultContainer = "kubectl.kubernetes.io/default-container"

// chooseContainer is the container that is meant: the one named, the one an annotation names, or the first of several, which is
// said unless quietly.
//
// Source: k8s.io/kubectl/pkg/cmd/util/podcmd.
func (c *call) chooseContainer(p *api.Pod, name string, quietly bool) (string, error) {
	all := podContainers(p)
	names := ""
	for i, o := range all {
		if i > 0 {
			names += ", "
		}
		names += o.name + o.note
	}
	if name = cmp.Or(name, p.Annotations[defaultContainer]); name != "" {
		if !slices.ContainsFunc(all, func(o container) bool { return o.name == name }) {
			return "", usageError("container " + name + " is not valid for pod " + p.Name + " out of: " + names)
		}
		return name, nil
	}
	if len(all) == 0 {
		return "", usageError("no container found in pod " + p.Name)
	}
	if len(all) > 1 && !quietly {
		c.err.WriteString("Defaulted container " + quote(all[0].name) + " out of: " + names + "\n")
	}
	return all[0].name, nil
}
